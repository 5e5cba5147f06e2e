"""La base abierta no alcanza nada fuera de sí, ni se deja reconfigurar para eso."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from datos.base import abrir
from tests.conftest import copia

INTENTOS = (
    "select * from read_text('/etc/passwd')",
    "select * from read_blob('/etc/passwd')",
    "select * from read_csv('/etc/passwd', header = false)",
    "select * from '/etc/passwd'",
    "select * from glob('/etc/*')",
    "select * from read_parquet('http://127.0.0.1:9/a.parquet')",
    "attach '{carpeta}/otra.duckdb' as otra",
    "attach ':memory:' as otra; copy (select 1) to '{carpeta}/salida.csv'",
    "copy (select 1) to '{carpeta}/salida.csv'",
    "copy temas from '/etc/passwd'",
    "export database '{carpeta}/salida'",
    "install httpfs",
    "install h3 from community",
    "load httpfs",
    "load '{carpeta}/ajena.duckdb_extension'",
    "set enable_external_access = true",
    "set global enable_external_access = true",
    "reset enable_external_access",
    "set allowed_directories = ['/etc']",
    "set allow_community_extensions = true",
    "set autoinstall_known_extensions = true",
    "set lock_configuration = false",
    "set memory_limit = '1TB'",
    "set max_temp_directory_size = '1TB'",
    "set temp_directory = '{carpeta}'",
    "set threads = 64",
    "set home_directory = '{carpeta}'",
    "set secret_directory = '{carpeta}'",
    "set log_query_path = '{carpeta}/salida.log'",
    "pragma enable_profiling; set profiling_output = '{carpeta}/salida.json'",
    "create persistent secret s (type http, bearer_token 'x')",
    "select * from secreta",
)


@pytest.fixture(scope="module", params=["escribe", "lee"])
def abierta(
    request: pytest.FixtureRequest,
    base_muestra: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[duckdb.DuckDBPyConnection]:
    base = copia(base_muestra, tmp_path_factory)
    with abrir(base, escribe=request.param == "escribe") as con:
        yield con


@pytest.mark.parametrize("intento", INTENTOS)
def test_la_base_abierta_rehusa_salir_de_si(
    abierta: duckdb.DuckDBPyConnection, tmp_path: Path, intento: str
) -> None:
    secreta = [1]  # noqa: F841  (el SQL no debe verla)
    with abierta.cursor() as cursor, pytest.raises(duckdb.Error) as error:
        cursor.execute(intento.format(carpeta=tmp_path)).fetchall()
    # Se rehúsa por permiso, no porque el intento esté mal escrito.
    assert not isinstance(error.value, duckdb.ParserException), error.value
    assert not list(tmp_path.iterdir())


def test_lo_que_no_cabe_en_memoria_va_junto_a_la_base_y_acotado(
    abierta: duckdb.DuckDBPyConnection,
) -> None:
    filas = abierta.execute("select name, value from duckdb_settings()").fetchall()
    ajustes = dict(filas)
    assert ajustes["temp_directory"].endswith("muestra.duckdb.tmp")
    assert ajustes["max_temp_directory_size"] == "2.0 GiB"
    (memoria,) = duckdb.execute("select current_setting('memory_limit')").fetchall()[0]
    assert ajustes["memory_limit"] != memoria

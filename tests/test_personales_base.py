"""En toda la base, ningún dato personal pasa sin que se diga dónde, y ninguno se ve."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from datos.base import abrir
from datos.personales_base import buscar, main, textos
from tests.test_personales import CORREOS, RUTS, TELEFONOS


@pytest.fixture
def ruta(base_muestra: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(base_muestra, tmp_path / "base.duckdb"))


@pytest.fixture
def con(ruta: Path) -> Iterator[DuckDBPyConnection]:
    with abrir(ruta, escribe=True) as abierta:
        yield abierta


def test_la_fuente_no_trae_ninguno(base_real: Path) -> None:
    with duckdb.connect(str(base_real), read_only=True) as con:
        assert buscar(con) == []


@pytest.mark.parametrize("caso", RUTS + CORREOS + TELEFONOS)
def test_lo_que_se_halla_en_un_texto_se_halla_en_la_base(
    con: DuckDBPyConnection, caso: str
) -> None:
    texto = caso.replace("⟦", "").replace("⟧", "")
    con.execute("update documentos set texto = ?", [texto])
    hallados = [h for h in buscar(con) if h.columna == "texto"]
    assert len(hallados) >= caso.count("⟦")


def test_dice_tabla_fila_y_columna_y_no_lo_muestra(con: DuckDBPyConnection) -> None:
    # La bitácora guarda lo que decía antes, y también se mira.
    con.execute(
        "insert into bitacora (momento, quien, accion, tabla, clave, antes) values"
        " (now()::timestamp, 'ana', 'codificar', 'lecturas', 'x',"
        """ '{"nota": "ver 12.345.678-5"}')"""
    )
    (hallado,) = buscar(con)
    assert (hallado.tabla, hallado.columna, hallado.linea) == ("bitacora", "antes", 1)
    assert hallado.clave == '{"bitacora_id": 1}'
    assert hallado.muestra == "1██████████5"


def test_se_mira_todo_texto_que_alguien_pudo_escribir(con: DuckDBPyConnection) -> None:
    mirados = textos(con)
    for tabla, columnas in {
        "documentos": {"titulo", "texto"},
        "enunciados": {"texto"},
        "codificaciones": {"nota"},
        "lecturas": {"nota"},
        "respuestas": {"razon", "accion", "responsable", "avance", "evidencia"},
        "bitacora": {"quien", "antes", "despues"},
        "cargas": {"archivo", "quien", "resumen"},
        "cargas_filas": {"antes"},
        "autoridades": {"cargo", "participacion"},
    }.items():
        assert columnas <= set(mirados[tabla]), tabla
    assert not any(tabla.startswith("lectura_") for tabla in mirados)


def test_la_consola_dice_donde_y_devuelve_si_hay(
    ruta: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--bd", str(ruta)]) == 0
    assert "No se halló" in capsys.readouterr().out
    with abrir(ruta, escribe=True) as con:
        con.execute("update documentos set texto = 'escriba a mesa@ejemplo.cl'")
    assert main(["--bd", str(ruta)]) == 1
    dicho = capsys.readouterr().out
    assert "documentos" in dicho and "correo" in dicho and "mesa@" not in dicho


@pytest.mark.parametrize("que", ["no está", "no es"])
def test_sin_base_se_dice(
    tmp_path: Path, que: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ruta = tmp_path / "x.duckdb"
    if que == "no es":
        ruta.write_bytes(b"otra cosa" * 900)
    assert main(["--bd", str(ruta)]) == 1
    assert str(ruta) in capsys.readouterr().err

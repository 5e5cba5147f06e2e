"""Con el tablero en marcha: pestañas que se cierran, y archivos que no se entregan."""

import http.client
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from datos.abierto import exportar
from datos.base import abrir
from pruebas_de_carga.pestanas import ESPERAN_ACUSE, cerrar_pestanas, revisar
from tests.conftest import Servidor, en_un_hilo, servir
from tests.test_respaldos import respaldar

pytestmark = pytest.mark.navegador
PESTANAS = 16


@pytest.fixture(scope="module")
def ruta(base_real: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Una base con su respaldo y su paquete abierto al lado."""
    ruta = tmp_path_factory.mktemp("servida") / "tablero.duckdb"
    shutil.copy(base_real, ruta)
    with abrir(ruta, escribe=True) as con:
        assert respaldar(con, ruta)
    exportar(ruta, ruta.with_name("todo.zip"))
    return ruta


@pytest.fixture(scope="module")
def servidor(ruta: Path) -> Iterator[Servidor]:
    with servir(ruta) as abierto:
        yield abierto


def pedir(url: str, direccion: str) -> bytes:
    """Pide una dirección tal cual: una biblioteca quitaría los «..»."""
    conexion = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    try:
        conexion.request("GET", direccion)
        return conexion.getresponse().read()
    finally:
        conexion.close()


def test_ni_la_base_ni_sus_respaldos_ni_el_paquete_se_entregan(
    servidor: Servidor, ruta: Path
) -> None:
    (respaldo,) = (ruta.parent / "tablero.duckdb.respaldos").glob("*.duckdb")
    guardados = [ruta, respaldo, Path(f"{respaldo}.json"), ruta.with_name("todo.zip")]
    for archivo in guardados:
        suelto = archivo.relative_to(ruta.parent)
        for direccion in (
            f"/{suelto}",
            f"/datos/{suelto}",
            f"/static/{suelto}",
            f"/app/static/{suelto}",
            f"/tablero/{suelto}",
            f"/media/{suelto}",
            f"/tablero/../../..{archivo}",
            f"/tablero/..%2f..%2f..%2f..%2f..{archivo}",
            f"/static/../../../../../../../../../../..{archivo}",
            f"/app/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e{archivo}",
            f"/{archivo}",
        ):
            cuerpo = pedir(servidor.url, direccion)
            assert cuerpo[8:12] != b"DUCK", direccion
            assert cuerpo[:2] != b"PK", direccion
            assert b'"sha256"' not in cuerpo, direccion


def test_pestanas_que_se_cierran_al_guardar_no_pierden_ni_dejan_nada_a_medias(
    servidor: Servidor, ruta: Path
) -> None:
    cuenta = en_un_hilo(cerrar_pestanas(servidor.url, PESTANAS))
    servidor.proceso.kill()
    servidor.proceso.wait()
    revisar(ruta, cuenta)
    assert cuenta.cerradas == PESTANAS
    # El tablero siguió guardando para quien vino cuando todas se habían ido.
    assert f"pestana-{PESTANAS * ESPERAN_ACUSE}" in cuenta.acusadas
    assert cuenta.guardadas >= len(cuenta.acusadas)
    assert (cuenta.perdidas, cuenta.a_medias) == (0, 0)

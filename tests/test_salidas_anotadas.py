"""Todo lo que sale queda anotado: quién, qué y cuánto, y nunca el texto."""

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import Response

from consultas.seleccion import Seleccion
from datos import abierto, salidas
from datos.errores import ErrorDeDatos
from datos.permisos import Persona, Rol
from datos.salidas import API, CORTADA, EMPEZADA, ENTERA, PAGINA, Salida, anotar, leer
from datos.ubicacion import ruta_base
from tablero import anotadas, identidad, maquinas
from tablero.descargas import _a_salvo
from tests.conftest import RAIZ

UNA = Salida("ana", "enunciados", PAGINA, "csv", {"tema": ("2",)}, 8)


@pytest.fixture
def ruta(tmp_path: Path) -> Path:
    return tmp_path / "base.duckdb"


def test_una_salida_vuelve_como_se_anoto(ruta: Path) -> None:
    anotar(ruta, UNA)
    (leida,) = leer(ruta)
    assert replace(leida, filtros={}) == replace(UNA, filtros={})
    assert leida.filtros == {"tema": ["2"]}
    assert leida.momento.endswith("+00:00")


def test_de_lo_buscado_no_quedan_las_palabras(ruta: Path) -> None:
    elegida = Seleccion(tema=("2",), buscar="palabra secreta")
    anotar(ruta, replace(UNA, filtros=elegida.activos()))
    (archivo,) = salidas.carpeta(ruta).iterdir()
    assert "secreta" not in archivo.read_text()
    assert next(leer(ruta)).filtros == {"tema": ["2"], "buscar": ["sí"]}


def test_solo_su_duenno_lee_el_registro(ruta: Path) -> None:
    anotar(ruta, UNA)
    for suyo in (salidas.carpeta(ruta), *salidas.carpeta(ruta).iterdir()):
        assert suyo.stat().st_mode & 0o077 == 0


MUCHAS_PY = """
import sys
from pathlib import Path
from datos.salidas import Salida, anotar
for n in range(200):
    anotar(Path(sys.argv[1]), Salida(sys.argv[2], "x" * 500, "api", "csv", filas=n))
"""


def test_varios_procesos_anotan_a_la_vez_y_ninguna_linea_se_pierde(ruta: Path) -> None:
    procesos = [
        subprocess.Popen(
            [sys.executable, "-c", MUCHAS_PY, str(ruta), f"p{n}"], cwd=RAIZ
        )
        for n in range(4)
    ]
    assert [proceso.wait(timeout=120) for proceso in procesos] == [0] * 4
    anotadas_ = [(s.quien, s.filas) for s in leer(ruta)]
    assert len(anotadas_) == 800 and len(set(anotadas_)) == 800


def test_se_lee_de_la_mas_nueva_y_solo_los_dias_pedidos(ruta: Path) -> None:
    dias = ["2026-01-31", "2026-02-01", "2026-02-02", "2026-03-05"]
    for dia in dias:
        anotar(ruta, replace(UNA, momento=f"{dia}T10:00:00+00:00", clave=dia))
    assert [s.clave for s in leer(ruta)] == dias[::-1]
    assert [s.clave for s in leer(ruta, "2026-02-01", "2026-02-02")] == [
        "2026-02-02", "2026-02-01"
    ]  # fmt: skip


def test_una_linea_a_medias_no_estropea_las_demas(
    ruta: Path, caplog: pytest.LogCaptureFixture
) -> None:
    anotar(ruta, UNA)
    (archivo,) = salidas.carpeta(ruta).iterdir()
    with archivo.open("ab") as abierto_:
        abierto_.write(b'\n{"quien": "an')
    anotar(ruta, replace(UNA, clave="otra"))
    with caplog.at_level(logging.WARNING):
        assert [s.clave for s in leer(ruta)] == ["otra", UNA.clave]
    assert "no se entiende" in caplog.text


def escribir() -> tuple[bytes, int]:
    return b"a,b\r\n1,2\r\n", 1


@pytest.fixture
def sin_registro(ruta: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Una base junto a la que no se puede anotar."""
    monkeypatch.setenv("TABLERO_BD", str(ruta))
    salidas.carpeta(ruta).write_text("no es una carpeta")


@pytest.mark.usefixtures("sin_registro")
def test_sin_cuentas_lo_que_no_se_pudo_anotar_sale_y_el_servidor_lo_dice(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        assert _a_salvo(escribir, "text/csv", UNA) == escribir()[0]
    assert "No se pudo anotar una exportación" in caplog.text


@pytest.mark.usefixtures("sin_registro")
def test_con_cuentas_lo_que_no_se_pudo_anotar_no_sale(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(identidad, "con_cuentas", lambda: True)
    bajado = _a_salvo(escribir, "text/csv", UNA)
    assert bajado.decode("utf-8-sig").strip() == anotadas.NO_SALIO


def test_cada_vez_que_se_pulsa_un_boton_es_otra_salida(
    ruta: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TABLERO_BD", str(ruta))
    for _ in range(2):
        _a_salvo(escribir, "text/csv", replace(UNA, filas=0))
    dos = list(leer(ruta))
    assert [s.filas for s in dos] == [1, 1]
    assert dos[0].clave != dos[1].clave


def pedir(camino: str, metodo: str = "GET") -> Response:
    ruta, _, consulta = camino.partition("?")
    return maquinas.responder(Request({
        "type": "http", "method": metodo, "path": f"/api/enunciados.{ruta}",
        "query_string": consulta.encode(), "headers": [], "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80), "scheme": "http",
    }))  # fmt: skip


def trozos(respuesta: Response) -> maquinas.PorTrozos:
    assert isinstance(respuesta, maquinas.PorTrozos)
    return respuesta


@pytest.fixture
def limpio(con_muestra: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """La muestra, con su registro de salidas sin estrenar."""
    monkeypatch.setenv("TABLERO_EXPORTACIONES", str(tmp_path / "salidas"))


@pytest.mark.parametrize("tipo", ["csv", "json"])
@pytest.mark.usefixtures("limpio")
def test_por_la_direccion_se_anota_cuando_termina_con_sus_filas(tipo: str) -> None:
    respuesta = trozos(pedir(f"{tipo}?tema=1&buscar=noche"))
    (empezada,) = leer(ruta_base())
    assert (empezada.estado, empezada.filas) == (EMPEZADA, 0)
    list(respuesta.trozos)
    (entera,) = leer(ruta_base())
    assert (entera.estado, entera.filas, entera.via) == (ENTERA, 2, API)
    assert entera.filtros == {"tema": ["1"], "buscar": ["sí"]}
    assert (entera.quien, entera.formato) == ("local", tipo)


@pytest.mark.usefixtures("limpio")
def test_lo_que_se_corta_a_medio_camino_se_anota_como_cortado(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("consultas.partes.POR_TROZO", 3)
    respuesta = trozos(pedir("csv"))
    respuesta.trozos.close()
    (cortada,) = leer(ruta_base())
    # El primer trozo ya se había pedido.
    assert (cortada.estado, cortada.filas) == (CORTADA, 3)


@pytest.mark.usefixtures("limpio")
def test_quien_solo_pregunta_no_se_lleva_nada_y_no_se_anota() -> None:
    trozos(pedir("csv", "HEAD")).trozos.close()
    assert list(leer(ruta_base())) == []


@pytest.mark.usefixtures("limpio")
def test_se_anota_el_nombre_con_que_se_entro(monkeypatch: pytest.MonkeyPatch) -> None:
    ficha = Persona("ficha-power-bi", Rol.LECTURA)
    monkeypatch.setattr(maquinas, "persona_de_programa", lambda _: ficha)
    list(trozos(pedir("json")).trozos)
    assert next(leer(ruta_base())).quien == "ficha-power-bi"


@pytest.mark.usefixtures("limpio", "sin_registro_de_api")
def test_con_cuentas_la_direccion_no_da_lo_que_no_puede_anotar(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(identidad, "con_cuentas", lambda: True)
    respuesta = pedir("csv")
    assert respuesta.status_code == 503
    assert "no se pudo anotar" in json.loads(bytes(respuesta.body))["error"]


@pytest.fixture
def sin_registro_de_api(limpio: None) -> None:
    salidas.carpeta(ruta_base()).write_text("no es una carpeta")


def test_por_consola_tambien_se_anota(
    base_muestra: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TABLERO_EXPORTACIONES", str(tmp_path / "salidas"))
    destino = str(tmp_path / "todo.zip")
    assert abierto.main(["exportar", destino, "--bd", str(base_muestra)]) == 0
    (salida,) = leer(base_muestra)
    assert (salida.quien, salida.via, salida.formato) == ("consola", "consola", "zip")
    assert salida.filas > 100


def test_nada_baja_por_otro_camino() -> None:
    de_streamlit: Callable[[Path], bool] = lambda r: "download_button" in r.read_text()  # noqa: E731
    archivos = [*RAIZ.glob("tablero/*.py"), *RAIZ.glob("pages/*.py")]
    assert [r.name for r in filter(de_streamlit, archivos)] == ["descargas.py"]


def test_lo_que_no_se_puede_anotar_dice_donde(ruta: Path) -> None:
    salidas.carpeta(ruta).write_text("no es una carpeta")
    with pytest.raises(ErrorDeDatos, match=r"base\.duckdb\.exportaciones"):
        anotar(ruta, UNA)

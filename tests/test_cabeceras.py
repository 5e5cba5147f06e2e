"""Las cabeceras de seguridad: van en toda respuesta y nada del tablero las infringe."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import streamlit
from playwright.sync_api import Browser, ConsoleMessage

from tablero.cabeceras import CABECERAS, DE_TODA, PIEZAS
from tablero.paginas import PAGINAS
from tests import informes
from tests.conftest import Servidor
from tests.visitas import Visita, bajar, pulsar_barra, visitar

pytestmark = pytest.mark.navegador

AVISAR_JS = """document.addEventListener('securitypolicyviolation', (e) =>
  console.error(`FALTA ${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}`));"""
CAMINOS = (
    "", "temas", "no-existe", "static/no-existe.js", "tablero/es.js", "media/no-existe",
    "_stcore/health", "_stcore/host-config", "api/enunciados.csv",
    "api/enunciados.json?tema=ninguno", "component/no/existe",
)  # fmt: skip


@contextmanager
def vigilada(
    navegador: Browser, servidor: Servidor, ancho: int = 1366
) -> Iterator[tuple[Visita, list[str]]]:
    """Una visita, y lo que la política bloqueó en ella."""
    faltas: list[str] = []

    def anotar(mensaje: ConsoleMessage) -> None:
        # También lo que el navegador no entienda de las cabeceras.
        if "Policy" in mensaje.text or "FALTA" in mensaje.text:
            faltas.append(mensaje.text)

    with visitar(navegador, servidor, ancho) as visita:
        visita.pagina.add_init_script(AVISAR_JS)
        visita.pagina.on("console", anotar)
        yield visita, faltas


def pulsar_partes(visita: Visita) -> None:
    """Abre cada parte de una página partida: cada una trae controles distintos."""
    partes = visita.pagina.locator("[data-testid=stMain] [role=radiogroup]").first
    for lugar in range(partes.get_by_role("radio").count()):
        partes.get_by_role("radio").nth(lugar).click()
        visita.quieta()


@pytest.mark.parametrize("camino", CAMINOS)
def test_toda_respuesta_lleva_las_cabeceras(servidor: Servidor, camino: str) -> None:
    try:
        respuesta = urllib.request.urlopen(f"{servidor.url}/{camino}", timeout=20)
    except urllib.error.HTTPError as error:
        respuesta = error
    with respuesta:
        assert {n: respuesta.headers[n] for n in CABECERAS} == CABECERAS


def test_las_piezas_de_streamlit_llevan_las_que_valen_para_todo(
    servidor: Servidor,
) -> None:
    estatico = Path(streamlit.__file__).parent / "static"
    for final in ("js", "css", "woff2"):
        camino = next(estatico.rglob(f"*.{final}")).relative_to(estatico)
        with urllib.request.urlopen(f"{servidor.url}/{camino}", timeout=20) as dada:
            assert dada.headers["content-type"].startswith(PIEZAS)
            assert {n: dada.headers[n] for n in DE_TODA} == DE_TODA
            assert dada.headers["content-security-policy"] is None
    # Un dibujo se puede abrir como documento: lleva todas.
    dibujo = next(estatico.rglob("*.svg")).relative_to(estatico)
    with urllib.request.urlopen(f"{servidor.url}/{dibujo}", timeout=20) as dada:
        assert {n: dada.headers[n] for n in CABECERAS} == CABECERAS


def test_ninguna_pagina_infringe_la_politica(
    navegador: Browser, servidor: Servidor
) -> None:
    with vigilada(navegador, servidor) as (visita, faltas):
        visita.ir()
        for pagina_de in PAGINAS:
            pagina = visita.por_el_menu(pagina_de.titulo)
            if pagina.locator("[data-testid=stPlotlyChart]").count():
                pagina.locator(".js-plotly-plot .main-svg").first.wait_for()
            pulsar_partes(visita)
        assert faltas == [] and visita.afuera == []


def test_en_un_telefono_tampoco(navegador: Browser, servidor: Servidor) -> None:
    with vigilada(navegador, servidor, 390) as (visita, faltas):
        visita.ir("temas?tema=2").get_by_role(
            "button", name="Mostrar los filtros"
        ).click()
        visita.quieta()
        assert faltas == []


def test_pulsar_bajar_subir_e_imprimir_no_infringen_la_politica(
    navegador: Browser, servidor: Servidor
) -> None:
    with vigilada(navegador, servidor) as (visita, faltas):
        pagina = visita.ir("temas")
        pulsar_barra(pagina, "Enunciados por tema y naturaleza", 0)
        visita.quieta()
        assert visita.direccion["tema"]
        assert bajar(visita, "Excel (XLSX)").startswith(b"PK")
        assert pagina.pdf().startswith(b"%PDF")
        pagina.emulate_media(color_scheme="dark")
        visita.quieta()
        visita.ir("cargar")
        subir = {"name": "informe.txt", "mimeType": "text/plain",
                 "buffer": informes.texto().encode()}  # fmt: skip
        pagina.locator("input[type=file]").set_input_files(subir)  # type: ignore[arg-type]
        visita.quieta()
        pagina.get_by_role("button", name="Revisar lo que se entendió").wait_for()
        assert faltas == []


INTRUSOS = {
    "script-src-elem inline": "document.body.appendChild(Object.assign("
    "document.createElement('script'), {textContent: 'window.entro = 1'}))",
    "script-src-attr inline": "document.body.insertAdjacentHTML('beforeend',"
    " '<img src=x onerror=\"window.entro = 1\">')",
    "script-src eval": "eval('window.entro = 1')",
    "script-src-elem http://localhost:9/a.js": "document.body.appendChild("
    "Object.assign(document.createElement('script'), {src: 'http://localhost:9/a.js'}))",
    "connect-src http://localhost:9/": "fetch('http://localhost:9/')",
    "connect-src ws://localhost:9/": "new WebSocket('ws://localhost:9/')",
    "img-src http://localhost:9/a.png": "new Image().src = 'http://localhost:9/a.png'",
    "frame-src http://localhost:9": "document.body.insertAdjacentHTML('beforeend',"
    " '<iframe src=\"http://localhost:9/\"></iframe>')",
    "form-action http://localhost:9/": "document.body.appendChild(Object.assign("
    "document.createElement('form'), {action: 'http://localhost:9/'})).submit()",
    "style-src-elem inline": "document.body.insertAdjacentHTML('beforeend',"
    " '<style>body {display: none}</style>')",
    "base-uri http://localhost:9": "document.head.appendChild(Object.assign("
    "document.createElement('base'), {href: 'http://localhost:9'}))",
    "worker-src blob": "new Worker(URL.createObjectURL(new Blob(['1'])))",
}  # fmt: skip


def test_lo_que_se_cuele_en_una_pagina_no_corre_ni_sale(
    navegador: Browser, servidor: Servidor
) -> None:
    with vigilada(navegador, servidor) as (visita, faltas):
        pagina = visita.ir("guia")
        for intento in INTRUSOS.values():
            pagina.evaluate(f"() => setTimeout(() => {{ {intento} }})")
        pagina.wait_for_timeout(500)
        avisadas = " ".join(faltas)
        assert [b for b in INTRUSOS if f"FALTA {b}" not in avisadas] == []
        assert pagina.evaluate("window.entro") is None


def test_otro_sitio_no_puede_enmarcarla(navegador: Browser, servidor: Servidor) -> None:
    pagina = navegador.new_page()
    dichos: list[str] = []
    pagina.on("console", lambda mensaje: dichos.append(mensaje.text))
    pagina.set_content(f"<iframe src='{servidor.url}'></iframe>")
    pagina.wait_for_timeout(500)
    pagina.close()
    assert any("frame-ancestors 'none'" in dicho for dicho in dichos)

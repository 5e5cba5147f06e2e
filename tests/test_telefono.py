"""En la mano: el menú, los mapas que no caben y la ficha que se abre lejos."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tablero.paginas import PAGINAS
from tests.conftest import Servidor
from tests.visitas import INGLES, TEXTOS_JS, Visita, visitar

pytestmark = pytest.mark.navegador
ANCHO, ALTO = 390, 844


@pytest.fixture
def visita(navegador: Browser, servidor: Servidor) -> Iterator[Visita]:
    with visitar(navegador, servidor, ANCHO, ALTO) as abierta:
        yield abierta


def test_el_menu_esta_entero_en_espanol_y_se_cierra_al_elegir(visita: Visita) -> None:
    pagina = visita.ir("resumen")
    pagina.get_by_role("button", name="Mostrar los filtros").click()
    barra = pagina.locator("[data-testid=stSidebar]")
    for una in PAGINAS:
        expect(barra.get_by_role("link", name=una.titulo, exact=True)).to_be_visible()
    ingles = [t for t in pagina.evaluate(TEXTOS_JS) if t.startswith((*INGLES, "View"))]
    assert ingles == []
    barra.get_by_role("link", name="Grupos", exact=True).click()
    expect(pagina).to_have_title(re.compile("^Grupos"))
    expect(barra).to_have_attribute("data-collapsed", "true")


def test_un_mapa_que_no_cabe_dice_que_sigue(visita: Visita) -> None:
    pagina = visita.ir("resumen")
    mapa = pagina.locator("[class*=st-key-mapa_]").first
    ancho, cabe = mapa.evaluate("(e) => [e.scrollWidth, e.clientWidth]")
    assert ancho > cabe
    dicho = mapa.evaluate("(e) => getComputedStyle(e, '::before').content")
    assert "El gráfico sigue hacia el lado" in dicho


@pytest.mark.parametrize("nombre", ["enunciados", "seguimiento"])
def test_la_ficha_queda_a_la_vista_aunque_se_pulse_muy_abajo(
    visita: Visita, nombre: str
) -> None:
    pagina = visita.ir(nombre)
    for fila in (30, 10):
        pagina.locator("table.tabla tbody tr").nth(fila).locator("button").click()
        visita.quieta()
        ficha = pagina.locator(".st-key-ficha")
        expect(ficha).to_be_visible()
        pagina.wait_for_timeout(700)
        assert 0 < ficha.evaluate("(e) => e.getBoundingClientRect().top") < ALTO / 2

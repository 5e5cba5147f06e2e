"""Toda página, en un Chromium de verdad: accesible, propia y en español."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tablero.paginas import PAGINAS
from tests.conftest import Servidor, servir
from tests.visitas import INGLES, TEXTOS_JS, WCAG, visitar

pytestmark = pytest.mark.navegador

SIN_FRASE = {
    "metodologia", "guia", "cargar", "codificar", "acuerdo", "administracion"
}  # fmt: skip
LADEO_JS = """() => Math.max(...[document.documentElement,
  document.querySelector('[data-testid=stMain]')]
  .map((e) => e.scrollWidth - e.clientWidth))"""


def test_un_enlace_profundo_es_la_primera_visita_tras_partir(
    navegador: Browser, base_real: Path
) -> None:
    with servir(base_real) as recien, visitar(navegador, recien) as visita:
        pagina = visita.ir("temas?tema=2&naturaleza=recomendacion")
        expect(pagina.locator("h1")).to_have_text("Temas")
        expect(pagina.locator(".filtros")).to_contain_text("Se muestran 2 de 62")
        enlaces = pagina.locator("[data-testid=stTopNavLink]").all_inner_texts()
        assert [enlace.strip() for enlace in enlaces] == [p.titulo for p in PAGINAS]


@pytest.mark.parametrize("nombre", [pagina.nombre for pagina in PAGINAS])
def test_un_enlace_en_frio_trae_pagina_menu_y_filtros(
    navegador: Browser, servidor: Servidor, nombre: str
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir(f"{nombre}?tema=2&naturaleza=recomendacion")
        assert pagina.locator("[data-testid=stTopNavLink]").count() == len(PAGINAS)
        assert visita.direccion["tema"] == ["2"]
        assert visita.direccion["naturaleza"] == ["recomendacion"]
        barra = pagina.locator("[data-testid=stSidebar]")
        expect(barra).to_contain_text("2. Eficiencia en el uso")
        if nombre not in SIN_FRASE:
            expect(pagina.locator(".filtros")).to_contain_text(
                "de naturaleza Recomendación"
            )


FONDO_JS = "() => getComputedStyle(document.querySelector('.stApp')).backgroundColor"


def faltas_de(pagina: Page, nombre: str) -> list[str]:
    """Devuelve lo que axe halla en la página, y lo que quedó en inglés."""
    resultado = Axe().run(pagina, options=WCAG).response
    faltas = [
        f"{nombre}: {falta['id']} {nodo['target']}"
        for falta in resultado["violations"]
        for nodo in falta["nodes"]
    ]
    ingles = [t for t in pagina.evaluate(TEXTOS_JS) if t.startswith(INGLES)]
    return faltas + [f"{nombre}: en inglés, «{texto}»" for texto in ingles]


@pytest.mark.parametrize(("ancho", "alto"), [(1366, 768), (390, 844)])
def test_toda_pagina_es_accesible_propia_y_en_espanol(
    navegador: Browser, servidor: Servidor, ancho: int, alto: int
) -> None:
    faltas: list[str] = []
    with visitar(navegador, servidor, ancho, alto) as visita:
        for pagina_de in PAGINAS:
            pagina = visita.ir(pagina_de.nombre)
            if pagina.locator("[data-testid=stPlotlyChart]").count():
                pagina.wait_for_selector(".js-plotly-plot .main-svg")
            assert pagina.locator("html").get_attribute("lang") == "es-CL"
            assert pagina.get_by_role("dialog").count() == 0
            expect(pagina).to_have_title(f"{pagina_de.titulo} · Diálogos regionales")
            assert pagina.locator("[data-testid=stException]").count() == 0
            assert pagina.evaluate(LADEO_JS) <= 1, pagina_de.nombre
            faltas += faltas_de(pagina, pagina_de.nombre)
            # El tema sigue al del equipo sin volver a cargar la página.
            claro = pagina.evaluate(FONDO_JS)
            pagina.emulate_media(color_scheme="dark")
            # Una espera escrita en JavaScript la impide la política de contenido.
            fondo = pagina.locator(".stApp")
            expect(fondo).not_to_have_css("background-color", claro)
            visita.quieta()
            faltas += faltas_de(pagina, f"{pagina_de.nombre}, en oscuro")
            pagina.emulate_media(color_scheme="light")
        assert visita.afuera == []
    assert faltas == []


def test_los_datos_hostiles_se_leen_y_no_se_ejecutan(
    navegador: Browser, servidor_muestra: Servidor
) -> None:
    with visitar(navegador, servidor_muestra) as visita:
        visita.ir()
        for pagina_de in PAGINAS:
            pagina = visita.por_el_menu(pagina_de.titulo)
            assert pagina.locator("img[src$='x'], img[src$='x.png']").count() == 0
            assert pagina.locator("[data-testid=stException]").count() == 0
        pagina = visita.ir("enunciados")
        celda = pagina.get_by_text('<img src=x onerror="alert(1)"> **negrita**')
        expect(celda.first).to_be_visible()
        caja = pagina.get_by_role("textbox", name="Buscar en los enunciados")
        caja.fill("<img **negrita**")
        caja.press("Enter")
        expect(pagina.locator(".filtros")).to_contain_text("«<img **negrita**»")
        filtro = pagina.get_by_role("combobox", name="Tema")
        filtro.click()
        expect(
            pagina.get_by_role("option").filter(has_text="**negrita**")
        ).to_be_visible()
        assert pagina.locator("img[src$='x'], img[src$='x.png']").count() == 0
        assert visita.avisos == [] and visita.afuera == []


def test_la_demostracion_se_enciende_desde_mesas_y_toda_pagina_lo_dice(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("mesas")
        expect(pagina.locator(".ficticios")).to_have_count(0)
        ofrece = "Ver cómo se compara con actas por mesa, con datos ficticios"
        pagina.get_by_role("button", name=ofrece).click()
        expect(pagina.locator(".ficticios")).to_contain_text("186 de 248 enunciados")
        visita.quieta()
        assert visita.direccion == {"ficticio": ["si"]}
        for pagina_de in PAGINAS:
            visita.por_el_menu(pagina_de.titulo)
            expect(pagina.locator(".ficticios")).to_be_visible()
        pagina.get_by_role("button", name="Quitar los ficticios").click()
        expect(pagina.locator(".ficticios")).to_have_count(0)
        visita.quieta()
        assert visita.direccion == {}

"""El tablero en un Chromium de verdad, como lo encuentra una persona."""

import csv
import io
import re
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Page, Route, expect

from tablero.paginas import PAGINAS
from tests.conftest import Servidor, servir

pytestmark = pytest.mark.navegador

QUIETA = "[data-testid=stApp][data-test-script-state=notRunning]"
SIN_FRASE = {"metodologia", "guia"}
WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
}
INGLES = (
    "Choose options", "Choose an option", "Select", "No results", "Skip to main",
    "Expand sidebar", "Collapse sidebar", "Help for", "Open", "Dismiss", "Search",
    "Press Enter", "Running", "Deploy", "Rerun", "Fullscreen", "Clear all", "Close",
    "App pages", "Sidebar", "Remove ", "Download", "Loading", "Connecting", "Main menu",
)  # fmt: skip
TEXTOS_JS = """() => {
  const hallados = [];
  document.querySelectorAll('body *').forEach((e) => {
    if (['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(e.tagName)) return;
    for (const a of ['aria-label', 'title', 'placeholder']) {
      if (e.getAttribute(a)) hallados.push(e.getAttribute(a));
    }
    e.childNodes.forEach((n) => {
      if (n.nodeType === 3 && n.data.trim()) hallados.push(n.data.trim());
    });
  });
  return hallados;
}"""
LADEO_JS = """() => Math.max(...[document.documentElement,
  document.querySelector('[data-testid=stMain]')]
  .map((e) => e.scrollWidth - e.clientWidth))"""
TABLA_JS = """(tabla) => [...tabla.querySelectorAll('tbody tr')].map((fila) =>
  [...fila.cells].map((celda) => celda.innerText.trim()))"""


class Visita:
    """Una persona en el tablero: su página, lo que pidió afuera y los avisos."""

    def __init__(self, pagina: Page, url: str) -> None:
        self.pagina, self.url = pagina, url
        self.afuera: list[str] = []
        self.avisos: list[str] = []
        pagina.on("dialog", self._anotar)
        pagina.route("**/*", self._vigilar)

    def _anotar(self, aviso: Dialog) -> None:
        self.avisos.append(aviso.message)
        aviso.dismiss()

    def _vigilar(self, ruta: Route) -> None:
        destino = ruta.request.url
        if destino.startswith((self.url, "data:", "blob:")):
            ruta.continue_()
        else:
            self.afuera.append(destino)
            ruta.abort()

    def ir(self, camino: str = "") -> Page:
        self.pagina.goto(f"{self.url}/{camino}", wait_until="commit")
        self.pagina.wait_for_selector("h1")
        return self.quieta()

    def quieta(self) -> Page:
        # Una vuelta tarda en empezar: se espera a que la página siga quieta.
        for _ in range(2):
            self.pagina.wait_for_selector(QUIETA)
            self.pagina.wait_for_timeout(250)
        self.pagina.wait_for_selector(QUIETA)
        return self.pagina

    @property
    def direccion(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.pagina.url).query)

    def filas(self, lugar: int = -1) -> list[list[str]]:
        tablas = self.pagina.locator("table.tabla")
        filas: list[list[str]] = tablas.nth(lugar).evaluate(TABLA_JS)
        return filas


@contextmanager
def visitar(
    navegador: Browser, servidor: Servidor, ancho: int = 1366, alto: int = 768,
    oscuro: bool = False,
) -> Iterator[Visita]:  # fmt: skip
    angosta = ancho < 600
    contexto = navegador.new_context(
        viewport={"width": ancho, "height": alto}, locale="es-CL", is_mobile=angosta,
        has_touch=angosta, color_scheme="dark" if oscuro else "light",
        accept_downloads=True,
    )  # fmt: skip
    contexto.set_default_timeout(20_000)
    try:
        yield Visita(contexto.new_page(), servidor.url)
    finally:
        contexto.close()


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
            expect(pagina.locator(".filtros")).to_contain_text("que son Recomendación")


VISTAS = [(1366, 768, False), (1366, 768, True), (390, 844, False), (390, 844, True)]


@pytest.mark.parametrize(("ancho", "alto", "oscuro"), VISTAS)
def test_toda_pagina_es_accesible_propia_y_en_espanol(
    navegador: Browser, servidor: Servidor, ancho: int, alto: int, oscuro: bool
) -> None:
    faltas: list[str] = []
    with visitar(navegador, servidor, ancho, alto, oscuro) as visita:
        for pagina_de in PAGINAS:
            pagina = visita.ir(pagina_de.nombre)
            if pagina.locator("[data-testid=stPlotlyChart]").count():
                pagina.wait_for_selector(".js-plotly-plot .main-svg")
            assert pagina.locator("html").get_attribute("lang") == "es-CL"
            assert pagina.get_by_role("dialog").count() == 0
            expect(pagina).to_have_title(f"{pagina_de.titulo} · Diálogos regionales")
            assert pagina.locator("[data-testid=stException]").count() == 0
            assert pagina.evaluate(LADEO_JS) <= 1, pagina_de.nombre
            resultado = Axe().run(pagina, options=WCAG).response
            faltas += [
                f"{pagina_de.nombre}: {falta['id']} {nodo['target']}"
                for falta in resultado["violations"]
                for nodo in falta["nodes"]
            ]
            ingles = [t for t in pagina.evaluate(TEXTOS_JS) if t.startswith(INGLES)]
            faltas += [f"{pagina_de.nombre}: en inglés, «{texto}»" for texto in ingles]
        assert visita.afuera == []
    assert faltas == []


def test_la_lista_de_un_filtro_tambien_habla_espanol(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("guia?tema=1")
        pagina.locator("[data-testid=stMultiSelect] input").nth(2).click()
        pagina.keyboard.type("zzzz")
        expect(pagina.get_by_text("Sin resultados")).to_be_visible()
        ingles = [t for t in pagina.evaluate(TEXTOS_JS) if t.startswith(INGLES)]
        assert ingles == []


def test_pulsar_una_barra_acota_y_un_control_lo_deshace(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("temas")
        barra = pagina.locator(".js-plotly-plot .point path")
        barra.first.wait_for()
        figura = pagina.get_by_role("figure", name="Enunciados por tema y naturaleza")
        expect(figura).to_be_visible()
        caja = barra.first.bounding_box()
        assert caja
        # Fuera del centro, donde el número tapa la barra.
        pagina.mouse.click(caja["x"] + 12, caja["y"] + caja["height"] / 2)
        expect(pagina.locator(".filtros")).to_contain_text("Se muestran 7 de 62")
        visita.quieta()
        assert visita.direccion == {"tema": ["1"], "naturaleza": ["recomendacion"]}
        enlace, frase = pagina.url, pagina.locator(".filtros").inner_text()
        filas = visita.filas()
        with visitar(navegador, servidor) as otra:
            otra.ir(enlace.removeprefix(f"{servidor.url}/"))
            assert otra.pagina.locator(".filtros").inner_text() == frase
            assert otra.filas() == filas
        pagina.get_by_role("button", name="Quitar filtros").click()
        expect(pagina.locator(".filtros")).to_have_count(0)
        visita.quieta()
        assert visita.direccion == {}


def test_pulsar_una_celda_del_mapa_acota_a_ella(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir()
        celda = pagina.locator(".js-plotly-plot .point path").first
        celda.wait_for()
        celda.scroll_into_view_if_needed()
        caja = celda.bounding_box()
        assert caja
        pagina.mouse.click(caja["x"] + 10, caja["y"] + 8)
        expect(pagina.locator(".filtros")).to_contain_text("Se muestran 3 de 62")
        visita.quieta()
        assert visita.direccion == {"tema": ["1"], "tipo": ["PERT"]}


def test_un_enunciado_abre_su_ficha_con_el_teclado_y_queda_en_la_direccion(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("tipos?tipo=EJE")
        boton = pagina.locator("table.tabla button[data-hacer=abrir]").first
        boton.focus()
        pagina.keyboard.press("Enter")
        expect(pagina.locator("h1")).to_have_text("Enunciados")
        expect(pagina.get_by_text("Dónde consta")).to_be_visible()
        visita.quieta()
        assert visita.direccion["enunciado"] == ["antofagasta-2018-3-05"]
        pagina.reload()
        expect(pagina.get_by_text("Dónde consta")).to_be_visible()
        pagina.get_by_role("button", name="Cerrar ficha").click()
        expect(pagina.get_by_text("Dónde consta")).to_have_count(0)
        visita.quieta()
        assert "enunciado" not in visita.direccion


def test_el_primer_tabulador_ofrece_saltar_al_contenido(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("guia")
        pagina.keyboard.press("Tab")
        assert (
            pagina.evaluate("document.activeElement.innerText") == "Saltar al contenido"
        )


def test_ordenar_cambia_las_filas_el_titulo_y_la_direccion(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("enunciados")
        antes = visita.filas()
        titulo = pagina.get_by_role("columnheader", name="Tipo")
        titulo.get_by_role("button").click()
        expect(titulo).to_have_attribute("aria-sort", "ascending")
        subida = visita.filas()
        assert subida != antes and sorted(subida) == sorted(antes)
        titulo.get_by_role("button").click()
        expect(titulo).to_have_attribute("aria-sort", "descending")
        visita.quieta()
        assert visita.direccion == {"orden": ["tipo"], "sentido": ["desc"]}
        assert visita.filas()[0][2] == subida[-1][2] != subida[0][2]


def bajar(visita: Visita, rotulo: str) -> bytes:
    boton = visita.pagina.get_by_role("button", name=rotulo).last
    with visita.pagina.expect_download() as descarga:
        boton.click()
    return Path(descarga.value.path()).read_bytes()


@pytest.mark.parametrize(
    "camino", ["enunciados?tema=3&orden=tipo&sentido=desc", "muestra"]
)
def test_los_csv_son_la_tabla_de_la_pantalla_fila_por_fila(
    navegador: Browser, servidor: Servidor, servidor_muestra: Servidor, camino: str
) -> None:
    real = camino != "muestra"
    with visitar(navegador, servidor if real else servidor_muestra) as visita:
        pagina = visita.ir(camino if real else "enunciados")
        titulos = [
            re.sub(r"\s*[↕▲▼]$", "", titulo.strip())
            for titulo in pagina.locator("table.tabla thead th").all_inner_texts()
        ]
        pantalla = [titulos, *visita.filas()]
        excel, simple = bajar(visita, "CSV para Excel"), bajar(visita, "CSV simple")
    assert len(pantalla) == (12 if real else 9)
    assert excel.startswith(b"\xef\xbb\xbf") and b"\r\n" in excel
    assert not simple.startswith(b"\xef\xbb\xbf") and b"\r\n" not in simple
    for texto, separador in ((excel.decode("utf-8-sig"), ";"), (simple.decode(), ",")):
        leido = list(csv.reader(io.StringIO(texto, newline=""), delimiter=separador))
        peligrosas = [celda for fila in leido for celda in fila
                      if celda.startswith(("=", "@", "+"))]  # fmt: skip
        assert peligrosas == []
        sin_apostrofo = [[celda.removeprefix("'") for celda in fila] for fila in leido]
        assert sin_apostrofo == pantalla


def test_los_datos_hostiles_se_leen_y_no_se_ejecutan(
    navegador: Browser, servidor_muestra: Servidor
) -> None:
    with visitar(navegador, servidor_muestra) as visita:
        for pagina_de in PAGINAS:
            pagina = visita.ir(pagina_de.nombre)
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


def test_buscar_sin_tildes_halla_lo_que_las_lleva(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("enunciados")
        caja = pagina.get_by_role("textbox", name="Buscar en los enunciados")
        caja.fill("region")
        caja.press("Enter")
        expect(pagina.locator(".filtros")).to_contain_text("que contienen «region»")
        visita.quieta()
        textos = [fila[0] for fila in visita.filas()]
        assert any("región" in texto for texto in textos)
        dicho = re.search(r"Se muestran (\d+) de 62", pagina.inner_text(".filtros"))
        assert dicho and int(dicho[1]) == len(textos)


def test_lo_desconocido_en_la_direccion_no_deja_rastro(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        malo = "tema=99&tipo=%3Cscript%3E&orden=zzz&mesa=A%27--&enunciado=nada"
        pagina = visita.ir(f"enunciados?{malo}")
        assert len(visita.filas()) == 62
        assert visita.direccion == {}
        assert pagina.locator(".filtros").count() == 0
        assert pagina.locator("[data-testid=stAlert]").count() == 0
        assert "zzz" not in pagina.inner_text("body")


def test_el_inventario_de_inconsistencias_esta_a_un_clic(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir()
        pagina.get_by_role("button", name="Ver 14 puntos").click()
        expect(pagina.locator("h1")).to_have_text("Metodología")
        expect(pagina.get_by_text("Registro de inconsistencias")).to_be_visible()
        visita.quieta()
        assert visita.direccion == {"seccion": ["inconsistencias"]}
        assert len(visita.filas()) == 14


def test_lo_impreso_lleva_graficos_y_no_controles(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("temas?tema=1")
        pagina.wait_for_selector(".js-plotly-plot .main-svg")
        pagina.emulate_media(media="print")
        for control in ("stSidebar", "stDownloadButton", "stButton", "stHeader"):
            visibles = pagina.locator(f"[data-testid={control}]").filter(visible=True)
            assert visibles.count() == 0, control
        expect(pagina.locator("[data-testid=stPlotlyChart]").first).to_be_visible()


def test_una_pagina_que_no_existe_se_dice_en_espanol(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("nadaquever")
        expect(pagina.get_by_text("Esa página no existe")).to_be_visible()
        assert [t for t in pagina.evaluate(TEXTOS_JS) if t.startswith("The page")] == []


def test_sin_javascript_el_aviso_es_en_espanol(servidor: Servidor) -> None:
    with urllib.request.urlopen(f"{servidor.url}/temas") as respuesta:
        texto = respuesta.read().decode()
    (aviso,) = re.findall(r"<noscript>(.*?)</noscript>", texto, re.DOTALL)
    assert aviso == "Para usar este tablero, active JavaScript en su navegador."

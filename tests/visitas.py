"""Una persona en el tablero, con un Chromium de verdad."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, Dialog, Page, Route, expect

from tests.conftest import Servidor

QUIETA = "[data-testid=stApp][data-test-script-state=notRunning]"
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

    def por_el_menu(self, titulo: str) -> Page:
        """Va a otra página como quien ya está dentro, sin volver a cargarlo todo."""
        enlace = self.pagina.locator("[data-testid=stTopNavLink]").filter(
            has_text=re.compile(rf"^\s*{re.escape(titulo)}\s*$")
        )
        # En la barra angosta el menú los guarda plegados: se pulsan igual.
        enlace.evaluate("(e) => e.click()")
        expect(self.pagina).to_have_title(re.compile(rf"^{re.escape(titulo)} ·"))
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


def pulsar_barra(pagina: Page, figura: str, lugar: int) -> None:
    """Pulsa la barra `lugar` de una figura, fuera del centro, donde va el número."""
    barras = pagina.get_by_role("figure", name=figura).locator(".point path")
    barras.nth(lugar).wait_for()
    barras.nth(lugar).scroll_into_view_if_needed()
    caja = barras.nth(lugar).bounding_box()
    assert caja
    pagina.mouse.click(caja["x"] + 9, caja["y"] + 7)


def bajar(visita: Visita, rotulo: str) -> bytes:
    boton = visita.pagina.get_by_role("button", name=rotulo).last
    with visita.pagina.expect_download() as descarga:
        boton.click()
    return Path(descarga.value.path()).read_bytes()

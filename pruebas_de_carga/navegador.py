"""El tablero en un navegador de verdad: qué tarda, cuánto baja y si salta.

    python -m pruebas_de_carga.navegador [--rondas 10] [--visitas 5] [--bd BASE]

Los bytes, los saltos y los servidores ajenos valen en cualquier equipo; los tiempos, en
uno desocupado.
"""

import argparse
import base64
import os
import re
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from pruebas_de_carga.concurrencia import percentil
from pruebas_de_carga.proceso import servir_tablero

NAVEGADORES = ("chromium", "chromium-browser", "google-chrome", "chrome")
BINARIO = 2
MIB = 1 << 20
FIGURA = "Enunciados por tema y naturaleza"
GRAFICO = ".js-plotly-plot .main-svg"
# CLS: la peor ventana, de saltos a menos de 1 s uno de otro y de 5 s en total
# (https://web.dev/articles/cls). Un clic se cuenta desde que se aprieta el botón.
ANOTAR_JS = """
window.visto = {saltos: 0, cambio: 0, clic: 0};
const ventana = {desde: -1e9, hasta: -1e9, suma: 0};
new PerformanceObserver((lista) => lista.getEntries().forEach((salto) => {
  if (salto.hadRecentInput) return;
  const ahora = salto.startTime;
  if (ahora - ventana.hasta > 1000 || ahora - ventana.desde > 5000) {
    Object.assign(ventana, {desde: ahora, suma: 0});
  }
  ventana.hasta = ahora;
  ventana.suma += salto.value;
  visto.saltos = Math.max(visto.saltos, ventana.suma);
})).observe({type: 'layout-shift', buffered: true});
new MutationObserver(() => { visto.cambio = performance.now(); }).observe(document,
  {subtree: true, childList: true, attributes: true, characterData: true});
addEventListener('pointerdown', () => { visto.clic = performance.now(); }, true);
"""
# Quieta: el servidor terminó y por medio segundo nada cambió. Ese medio no se cuenta.
QUIETA_JS = """() => performance.now() - visto.cambio > 500
  && document.querySelector('[data-testid=stApp][data-test-script-state=notRunning]')
"""


@dataclass
class Visita:
    """La primera visita de alguien, con la memoria del navegador vacía."""

    segundos: float = 0.0
    bytes: float = 0.0
    saltos: float = 0.0
    ajenos: set[str] = field(default_factory=set)


@contextmanager
def abrir_chromium() -> Iterator[Browser]:
    """Mantiene abierto el Chromium del equipo, o el de Playwright si no hay otro."""
    hallado = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, NAVEGADORES)), None
    )
    argumentos = ["--disable-dev-shm-usage"]
    # Como root, Chromium solo parte sin su caja de arena.
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        argumentos.append("--no-sandbox")
    with sync_playwright() as playwright:
        abierto = playwright.chromium.launch(executable_path=hallado, args=argumentos)
        yield abierto
        abierto.close()


@contextmanager
def _pagina(navegador: Browser, visita: Visita, url: str) -> Iterator[Page]:
    """Una ventana nueva que anota en `visita` cuánto baja y a quién se pide."""
    contexto = navegador.new_context(
        viewport={"width": 1366, "height": 768}, locale="es-CL"
    )
    contexto.add_init_script(ANOTAR_JS)
    pagina = contexto.new_page()
    red = contexto.new_cdp_session(pagina)

    def bajado(aviso: dict[str, float]) -> None:
        visita.bytes += aviso["encodedDataLength"]

    def mensaje(aviso: dict[str, dict[str, str | int]]) -> None:
        dato = str(aviso["response"]["payloadData"])
        binario = aviso["response"]["opcode"] == BINARIO
        visita.bytes += len(base64.b64decode(dato) if binario else dato.encode())

    def pedido(destino: str) -> None:
        partes = urlsplit(destino)
        if partes.netloc and partes.netloc != urlsplit(url).netloc:
            visita.ajenos.add(partes.netloc)

    red.on("Network.loadingFinished", bajado)
    red.on("Network.webSocketFrameReceived", mensaje)
    red.send("Network.enable")
    pagina.on("request", lambda algo: pedido(algo.url))
    pagina.on("websocket", lambda algo: pedido(algo.url))
    try:
        yield pagina
    finally:
        contexto.close()


def primera(navegador: Browser, url: str) -> Visita:
    """Abre el tablero por primera vez, hasta ver el primer gráfico y que se aquiete."""
    visita = Visita()
    with _pagina(navegador, visita, url) as pagina:
        desde = time.perf_counter()
        pagina.goto(url, wait_until="commit")
        pagina.wait_for_selector(GRAFICO)
        visita.segundos = time.perf_counter() - desde
        pagina.wait_for_function(QUIETA_JS)
        visita.saltos = pagina.evaluate("visto.saltos")
    return visita


def _tardar(pagina: Page, pulsar: Callable[[], None], efecto: str) -> float:
    """Devuelve los ms de apretar a que, visto el efecto, nada más cambia."""
    pulsar()
    pagina.wait_for_function(efecto)
    pagina.wait_for_function(QUIETA_JS)
    return float(pagina.evaluate("visto.cambio - visto.clic"))


def _pulsar_barra(pagina: Page) -> None:
    barra = pagina.get_by_role("figure", name=FIGURA).locator(".point path").first
    barra.scroll_into_view_if_needed()
    caja = barra.bounding_box()
    assert caja
    # Fuera del centro, donde va el número.
    pagina.mouse.click(caja["x"] + 9, caja["y"] + 7)


def _por_el_menu(pagina: Page, titulo: str) -> None:
    igual = re.compile(rf"^\s*{titulo}\s*$")
    pagina.locator("[data-testid=stTopNavLink]").filter(has_text=igual).click()


def clics(navegador: Browser, url: str, rondas: int) -> dict[str, list[float]]:
    """Devuelve los ms de cada clic hasta que la página queda quieta, por clase."""
    con_filtro = "() => document.querySelector('.filtros')"
    sin_filtro = "() => !document.querySelector('.filtros')"
    en = "() => document.title.startsWith('{} ·')"
    tiempos: dict[str, list[float]] = {
        "pulsar una barra": [], "elegir en un filtro": [], "quitar los filtros": [],
        "cambiar de página": [],
    }  # fmt: skip
    barra, filtro, quitar, cambio = tiempos.values()
    with _pagina(navegador, Visita(), url) as pagina:
        pagina.goto(f"{url}/temas")
        pagina.wait_for_selector(GRAFICO)
        pagina.wait_for_function(QUIETA_JS)
        quita = pagina.get_by_role("button", name="Quitar filtros")
        for ronda in range(rondas):
            barra.append(_tardar(pagina, lambda: _pulsar_barra(pagina), con_filtro))
            quitar.append(_tardar(pagina, quita.click, sin_filtro))
            pagina.get_by_role("combobox", name="Tipo").click()
            opciones = pagina.get_by_role("option")
            opcion = opciones.nth(ronda % opciones.count())
            filtro.append(_tardar(pagina, opcion.click, con_filtro))
            pagina.keyboard.press("Escape")
            quitar.append(_tardar(pagina, quita.click, sin_filtro))
            for titulo in ("Tipos", "Temas"):
                ir = lambda titulo=titulo: _por_el_menu(pagina, titulo)  # noqa: E731
                cambio.append(_tardar(pagina, ir, en.format(titulo)))
    return tiempos


def redactar(visitas: list[Visita], tiempos: dict[str, list[float]]) -> str:
    """Devuelve la tabla en Markdown; de varias visitas, la mediana y lo peor."""
    segundos = [visita.segundos for visita in visitas]
    ajenos = set().union(*(visita.ajenos for visita in visitas))
    filas = [
        ("primer gráfico a la vista, sin nada guardado (mediana)",
         f"{statistics.median(segundos):.2f} s", "3,5 s"),
        ("bajado en la primera visita",
         f"{max(visita.bytes for visita in visitas) / MIB:.2f} MiB", "3"),
        ("saltos de la página (CLS)",
         f"{max(visita.saltos for visita in visitas):.3f}", "0,1"),
        ("otros servidores", ", ".join(sorted(ajenos)) or "ninguno", "ninguno"),
    ]  # fmt: skip
    todos = [ms for clase in tiempos.values() for ms in clase]
    for clase, ms in {**tiempos, "todo clic": todos}.items():
        p50, p95 = percentil(ms, 50), percentil(ms, 95)
        filas.append((f"{clase}, hasta quedar quieta: p50 y p95 ({len(ms)})",
                      f"{p50:.0f} y {p95:.0f} ms", "300 ms"))  # fmt: skip
    return "\n".join(
        ["| en el navegador | medido | meta |", "|---|---:|---:|"]
        + [f"| {que} | {medido} | {meta} |" for que, medido, meta in filas]
    )


def main() -> None:
    """Imprime una tabla en Markdown."""
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("--rondas", type=int, default=10)
    opciones.add_argument("--visitas", type=int, default=5)
    opciones.add_argument("--bd", type=Path, help="una base; si no, el diálogo real")
    pedido = opciones.parse_args()
    with servir_tablero(pedido.bd) as servidor, abrir_chromium() as navegador:
        visitas = [primera(navegador, servidor.url) for _ in range(pedido.visitas)]
        tiempos = clics(navegador, servidor.url, pedido.rondas)
    print(redactar(visitas, tiempos))


if __name__ == "__main__":
    main()

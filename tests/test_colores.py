"""Lo escrito sobre los colores de los gráficos se lee, en el modo claro y el oscuro."""

import re
import tomllib

import pytest
from playwright.sync_api import Browser, expect

from tablero.colores import TEMA
from tablero.mapas import OSCURO
from tests.conftest import Servidor
from tests.visitas import visitar

# WCAG 2.1, criterio 1.4.3, nivel AA.
CONTRASTE = 4.5
# Las cuatro naturalezas y los tres estados de un par.
DE_BARRAS = 7
TEXTOS_JS = """() => [...document.querySelectorAll('.barlayer .point')].flatMap(
  (punto) => [...punto.querySelectorAll('.bartext')].map((letra) => [
    getComputedStyle(punto.querySelector('path')).fill, getComputedStyle(letra).fill
  ]))"""

BOTONES_JS = """() => {
  const fondo = getComputedStyle(document.querySelector('[data-testid=stApp]'));
  const opaco = (e) => {
    for (; e; e = e.parentElement) {
      const color = getComputedStyle(e).backgroundColor;
      if (!/, 0\\)$|transparent/.test(color)) return color;
    }
    return fondo.backgroundColor;
  };
  return [...document.querySelectorAll('[data-testid=stMain] .stButton button')].map(
    (b) => [b.innerText, !b.disabled, opaco(b), getComputedStyle(b).color]);
}"""


def contraste(uno: tuple[int, ...], otro: tuple[int, ...]) -> float:
    """Devuelve la razón de contraste de dos colores sRGB, como la define WCAG 2.1."""

    def luminancia(color: tuple[int, ...]) -> float:
        partes = [c / 255 for c in color]
        rojo, verde, azul = (
            c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in partes
        )
        return 0.2126 * rojo + 0.7152 * verde + 0.0722 * azul

    menor, mayor = sorted((luminancia(uno), luminancia(otro)))
    return (mayor + 0.05) / (menor + 0.05)


def rgb(color: str) -> tuple[int, ...]:
    """Devuelve las partes de #rrggbb o de rgb(r, g, b)."""
    if color.startswith("#"):
        return tuple(int(color[i : i + 2], 16) for i in (1, 3, 5))
    return tuple(int(parte) for parte in re.findall(r"\d+", color)[:3])


def sobre(fondo: str, letra: str) -> tuple[int, ...]:
    """Devuelve cómo se ve una letra, que puede ser traslúcida, sobre su fondo."""
    opaca = float([*re.findall(r"[\d.]+", letra), "1"][3])
    return tuple(
        round(a * (1 - opaca) + b * opaca)
        for a, b in zip(rgb(fondo), rgb(letra), strict=True)
    )


def test_la_razon_de_contraste_es_la_de_la_norma() -> None:
    assert contraste((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contraste((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("modo", ["light", "dark"])
def test_sobre_cada_tono_y_cada_barra_se_lee(modo: str) -> None:
    tema = tomllib.loads(TEMA.read_text("utf-8"))["theme"][modo]
    fondo, tinta = rgb(tema["backgroundColor"]), rgb(tema["textColor"])
    for lugar, tono in enumerate(tema["chartSequentialColors"]):
        letra = fondo if lugar >= OSCURO else tinta
        assert contraste(rgb(tono), letra) >= CONTRASTE, (lugar, tono)
    for color in tema["chartCategoricalColors"][:DE_BARRAS]:
        assert contraste(rgb(color), fondo) >= CONTRASTE, color


@pytest.mark.navegador
@pytest.mark.parametrize("modo", ["light", "dark"])
def test_lo_dibujado_tambien_se_lee(
    navegador: Browser, servidor: Servidor, modo: str
) -> None:
    with visitar(navegador, servidor, oscuro=modo == "dark") as visita:
        pagina = visita.ir("temas")
        # La segunda figura es el mapa: con ella están las dos.
        pagina.locator(".js-plotly-plot").nth(1).locator(".bartext").first.wait_for()
        dibujado = {tuple(par) for par in pagina.evaluate(TEXTOS_JS)}
    assert len(dibujado) > 8
    # Lo rayado lleva un relleno que no es un color.
    for color, letra in dibujado:
        if color.startswith("rgb"):
            assert contraste(rgb(color), rgb(letra)) >= CONTRASTE, (color, letra)


@pytest.mark.navegador
@pytest.mark.parametrize("modo", ["light", "dark"])
def test_los_botones_se_leen_tambien_antes_de_poder_pulsarlos(
    navegador: Browser, servidor: Servidor, modo: str
) -> None:
    with visitar(navegador, servidor, oscuro=modo == "dark") as visita:
        pagina = visita.ir("codificar")
        # Está desde que hay a qué pasar; hasta entonces, todos esperan.
        expect(
            pagina.get_by_role("button", name="Siguiente", exact=True)
        ).to_be_enabled()
        botones = pagina.evaluate(BOTONES_JS)
    assert {sirve for _, sirve, _, _ in botones} == {True, False}
    for dicho, sirve, fondo, letra in botones:
        # A lo que no se puede pulsar la norma no le pide nada, pero ha de verse.
        minimo = CONTRASTE if sirve else 1.5
        assert contraste(rgb(fondo), sobre(fondo, letra)) >= minimo, (dicho, letra)

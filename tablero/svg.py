"""Figuras fijas para imprimir y enviar: SVG sin programas, con su texto dentro."""

import textwrap
from collections.abc import Sequence
from html import escape

import pandas as pd

from tablero.colores import categoria, es_oscuro, tono
from tablero.graficos import NATURALEZAS

ANCHO = 720
CABEZA = 66
ROTULO = 250
BARRA = 30
LETRA = 12


def _texto(x: float, y: float, dicho: str, resto: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {resto}>{escape(dicho)}</text>'


def _rotulo(y: float, dicho: str, alto: float, ancho: int = 40) -> str:
    lineas = textwrap.wrap(dicho, ancho)[:2] or [""]
    inicio = y + alto / 2 + LETRA * 0.35 - (len(lineas) - 1) * LETRA / 2
    return "".join(
        _texto(ROTULO - 8, inicio + i * LETRA, linea, 'text-anchor="end"')
        for i, linea in enumerate(lineas)
    )


def _casilla(
    x: float, y: float, ancho: float, alto: float, color: str, dicho: str
) -> str:
    tinta = ' fill="white"' if es_oscuro(color) else ""
    centro = f'text-anchor="middle"{tinta}'
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{ancho:.1f}" height="{alto:.1f}"'
        f' fill="{color}"/>'
        + _texto(x + ancho / 2, y + alto / 2 + LETRA * 0.35, dicho, centro)
    )


def _lienzo(alto: float, titulo: str, cuerpo: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {ANCHO}'
        f' {alto:.0f}" width="100%" font-size="{LETRA}" font-family="sans-serif"'
        f' aria-label="{escape(titulo)}"><title>{escape(titulo)}</title>'
        f"{''.join(cuerpo)}</svg>"
    )


def barras(datos: pd.DataFrame, nombre: str, titulo: str) -> str:
    """Barras apiladas por naturaleza: una por valor de `nombre`, con sus recuentos.

    `datos` trae `nombre`, naturaleza_nombre y enunciados, en el orden en que se lee.
    """
    totales = datos.groupby(nombre, sort=False)["enunciados"].sum()
    escala = (ANCHO - ROTULO - 10) / max(totales.max(), 1)
    cuerpo = []
    for lugar, naturaleza in enumerate(NATURALEZAS):
        leyenda = ROTULO + lugar * 115
        cuerpo.append(f'<rect x="{leyenda}" y="2" width="11" height="11"'
                      f' fill="{categoria(lugar)}"/>')  # fmt: skip
        cuerpo.append(_texto(leyenda + 16, 12, naturaleza))
    for fila, valor in enumerate(totales.index):
        y, x = 24 + fila * (BARRA + 6), float(ROTULO)
        cuerpo.append(_rotulo(y, str(valor), BARRA))
        for lugar, naturaleza in enumerate(NATURALEZAS):
            parte = datos[(datos[nombre] == valor)
                          & (datos["naturaleza_nombre"] == naturaleza)]  # fmt: skip
            cuantos = int(parte["enunciados"].sum())
            if cuantos:
                largo = cuantos * escala
                color = categoria(lugar)
                cuerpo.append(_casilla(x, y, largo, BARRA, color, str(cuantos)))
                x += largo
    return _lienzo(24 + len(totales) * (BARRA + 6), titulo, cuerpo)


def mapa(datos: pd.DataFrame, columna: str, fila: str, titulo: str) -> str:
    """Mapa de calor de `fila` por `columna`, con cada recuento escrito."""
    columnas = sorted(datos[columna].unique())
    filas = list(dict.fromkeys(datos[fila]))
    tope = max(datos["enunciados"].max(), 1)
    ancho, alto = (ANCHO - ROTULO) / len(columnas), 21
    cuerpo = []
    for lugar, nombre in enumerate(columnas):
        for i, linea in enumerate(textwrap.wrap(str(nombre), int(ancho / 6.2))[:5]):
            centro = ROTULO + (lugar + 0.5) * ancho
            cuerpo.append(_texto(centro, 12 + i * 12, linea, 'text-anchor="middle"'))
    for uno in datos.itertuples():
        x = ROTULO + columnas.index(getattr(uno, columna)) * ancho
        y = CABEZA + filas.index(getattr(uno, fila)) * (alto + 2)
        color = tono(uno.enunciados / tope)
        cuerpo.append(_casilla(x, y, ancho - 2, alto, color, str(uno.enunciados)))
    for lugar, nombre in enumerate(filas):
        cuerpo.append(_rotulo(CABEZA + lugar * (alto + 2), str(nombre), alto, 44))
    return _lienzo(CABEZA + len(filas) * (alto + 2), titulo, cuerpo)

"""Los gráficos: funciones puras de una tabla a una figura de Plotly.

Una figura es un diccionario, no un objeto de Plotly: armarla cuesta cien veces menos.
Los colores son los números del tema (`.streamlit/config.toml`), que Streamlit cambia en
el navegador por los del modo claro u oscuro: `#000001` es el primero de la lista de
categorías y `#000011` el primero de la secuencia.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.io
import streamlit.elements.plotly_chart  # noqa: F401  (inscribe la plantilla que se usa)
from plotly.basedatatypes import BaseFigure

from tablero.destinos import columna_de, destinos
from tablero.formato import rotulo
from tablero.recorte import BARRAS, los_mayores, se_muestran

Figura = dict[str, Any]

NATURALEZAS = ("Recomendación", "Diagnóstico", "Valoración", "Contexto")
SECUENCIA = [f"#0000{11 + i:02d}" for i in range(10)]
ALTO_LINEA = 14
ALTO_MARCO = 110
MARCAS = 8
# El gris más oscuro del tema, o el más claro en modo oscuro.
TINTA = "#000037"
FONDO = "#000038"
LIENZO: Figura = {
    # La plantilla de Streamlit, que el navegador completa con los colores del tema.
    "template": plotly.io.templates["streamlit"].to_plotly_json(),
    "margin": {"l": 8, "r": 16, "t": 52, "b": 44},
    "separators": ",.",
    "dragmode": False,
    "clickmode": "event+select",
    "hoverlabel": {"align": "left"},
    "font": {"size": 13},
}
# Referida al ancho de toda la figura: en un teléfono cabe en dos filas.
LEYENDA: Figura = {
    "orientation": "h",
    "xref": "container",
    "x": 0,
    "yref": "container",
    "y": 1,
    "yanchor": "top",
    "traceorder": "normal",
    "itemclick": False,
    "itemdoubleclick": False,
}


class FiguraLista(BaseFigure):  # type: ignore[misc]
    """Una figura que ya es el diccionario que se envía.

    Streamlit revisa campo por campo todo diccionario que recibe, unos 5 ms de CPU por
    gráfico; a una figura de Plotly solo le pide su diccionario. Que estas figuras son
    válidas para Plotly lo prueba tests/test_graficos.py, una vez.
    """

    def __init__(self, figura: Figura) -> None:
        """Guarda la figura sin copiarla."""
        self.__dict__["figura"] = figura

    def to_dict(self) -> Figura:
        """Devuelve la figura tal cual."""
        figura: Figura = self.__dict__["figura"]
        return figura


def alto(rotulos: Sequence[str]) -> int:
    """Alto de la figura para que el rótulo con más líneas no toque al vecino."""
    lineas = max((rotulo.count("<br>") + 1 for rotulo in rotulos), default=1)
    return ALTO_MARCO + len(rotulos) * (ALTO_LINEA * (lineas + 1))


def _eje(titulo: str, trazos: Sequence[Figura]) -> Figura:
    """Eje de recuentos, desde cero y de a enteros: con pocos, de uno en uno."""
    largos: dict[str, int] = {}
    for trazo in trazos:
        for nombre, cuantos in zip(trazo["y"], trazo["x"], strict=True):
            largos[nombre] = largos.get(nombre, 0) + cuantos
    marcas = {"dtick": 1} if max(largos.values(), default=0) < MARCAS else {}
    return {
        "title": {"text": titulo, "standoff": 12},
        "fixedrange": True,
        "rangemode": "tozero",
        "tickformat": ",d",
        "nticks": MARCAS,
    } | marcas


def categorias(nombres: Sequence[str]) -> Figura:
    """Eje de categorías, de arriba abajo en el orden dado."""
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": list(nombres),
        "autorange": "reversed",
        "fixedrange": True,
        "automargin": True,
        "ticklabelstandoff": 8,
        "tickfont": {"color": TINTA},
    }


def barras(
    datos: pd.DataFrame, filtro: str, nombre: str, unidad: str = "Enunciados"
) -> Figura:
    """Barras horizontales por categoría, apiladas por naturaleza.

    `datos` trae una fila por categoría y naturaleza: `<filtro>_id` o `<filtro>`, la
    columna `nombre`, naturaleza, naturaleza_nombre y enunciados. Al pulsar un tramo,
    el punto entrega los filtros que acotan a él, escritos como en la dirección. En
    `meta` va lo que hay que decir de lo que no se dibuja, como en toda figura.
    """
    datos, avisos = los_mayores(datos, filtro, BARRAS)
    valor = columna_de(datos, filtro)
    rotulos = {v: rotulo(n) for v, n in zip(datos[valor], datos[nombre], strict=True)}
    trazos = []
    for indice, naturaleza in enumerate(NATURALEZAS):
        parte = datos[datos["naturaleza_nombre"] == naturaleza]
        if parte.empty:
            continue
        trazos.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": naturaleza,
                "y": [rotulos[v] for v in parte[valor]],
                "x": parte["enunciados"].tolist(),
                "text": parte["enunciados"].tolist(),
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "constraintext": "none",
                "marker": {"color": f"#0000{indice + 1:02d}"},
                "insidetextfont": {"color": FONDO},
                "customdata": destinos(parte, (filtro, "naturaleza")),
                "hovertemplate": "%{y}<br>%{fullData.name}: %{x}<extra></extra>",
            }
        )
    nombres = list(rotulos.values())
    return {
        "data": trazos,
        "layout": LIENZO | {
            "barmode": "stack",
            "bargap": 0.3,
            "height": alto(nombres),
            "xaxis": _eje(unidad, trazos),
            "yaxis": categorias(nombres),
            "legend": LEYENDA,
            "meta": avisos,
        },
    }  # fmt: skip


ESTADOS_DE_PAR = (("ambas", "En ambas"), ("solo_a", "Solo A"), ("solo_b", "Solo B"))


def barras_de_pares(pares: pd.DataFrame) -> Figura:
    """Una barra por par de mesas: códigos en ambas, solo en A y solo en B.

    `pares` son filas de `mesas_coincidencia` con su `jaccard`, en el orden en que se
    muestran: si no caben todos, los primeros. Al pulsar, el punto entrega los filtros
    de diálogo y tema del par.
    """
    hay, pares = len(pares), pares.head(BARRAS)
    rotulos = [
        f"{rotulo(dialogo, 40)}<br>Tema {numero}"
        for dialogo, numero in zip(pares["dialogo"], pares["tema_numero"], strict=True)
    ]
    puntos = destinos(pares, ("dialogo", "tema"))
    temas = [rotulo(tema, 40) for tema in pares["tema"]]
    trazos = [
        {
            "type": "bar",
            "orientation": "h",
            "name": nombre,
            "y": rotulos,
            "x": pares[clave].tolist(),
            "text": [n or "" for n in pares[clave]],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "constraintext": "none",
            "marker": {"color": f"#0000{lugar:02d}"},
            "insidetextfont": {"color": FONDO},
            "customdata": puntos,
            "hovertext": temas,
            "hovertemplate": f"%{{hovertext}}<br>{nombre}: %{{x}}<extra></extra>",
        }
        for lugar, (clave, nombre) in enumerate(ESTADOS_DE_PAR, start=5)
    ]
    return {
        "data": trazos,
        "layout": LIENZO | {
            "barmode": "stack",
            "bargap": 0.3,
            "height": alto(rotulos),
            "xaxis": _eje("Códigos distintos", trazos),
            "yaxis": categorias(rotulos),
            "legend": LEYENDA,
            "meta": [se_muestran("los {} pares que más difieren", BARRAS, hay)]
            if hay > BARRAS
            else [],
        },
    }  # fmt: skip

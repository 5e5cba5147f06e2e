"""Los mapas: tipos, preguntas y regiones en casillas que se pueden pulsar.

Cada casilla es una barra de largo uno, porque Plotly no deja pulsar las celdas de su
propio mapa de calor.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from tablero.colores import paso
from tablero.destinos import columna_de, destinos
from tablero.formato import contar, numero, rotulo
from tablero.graficos import (
    FONDO,
    LIENZO,
    SECUENCIA,
    TINTA,
    Figura,
    alto,
    categorias,
)
from tablero.recorte import BARRAS, COLUMNAS, los_mayores

# Lo que se lee en una casilla sin enunciados, según por qué no los hay.
SIN_ENUNCIADOS = {
    "sin registro": "sin<br>reg.",
    "sin codificar": "sin<br>cód.",
    "sin asignar": "sin<br>asig.",
}
# Desde este tono, lo escrito encima se lee mejor con el color del fondo.
OSCURO = 6


def _ejes(datos: pd.DataFrame, columna: str, nombres: pd.Series) -> dict[Any, str]:
    """Devuelve los valores de las columnas del mapa con su nombre, en orden."""
    valores = datos[columna_de(datos, columna)]
    clave = f"{columna}_orden" if f"{columna}_orden" in datos else valores.name
    puesto = dict(zip(valores, datos[clave], strict=True))
    escritos = dict(zip(valores, nombres.astype(str), strict=True))
    return {v: escritos[v] for v in sorted(escritos, key=puesto.__getitem__)}


def mapa(
    datos: pd.DataFrame,
    columna: str,
    fila: str = "tipo",
    *,
    ancho_rotulo: int = 24,
    ancho_fila: int = 24,
    total: str = "",
    solo: bool = False,
) -> Figura:
    """Mapa de calor de `fila` por `columna`, con el recuento escrito en cada celda.

    Cada celda es una barra de largo uno, porque Plotly no deja pulsar las celdas de su
    propio mapa de calor. `datos` trae una fila por combinación; donde enunciados es 0
    se lee «sin registro». Con `total` el tono es la parte de esa columna, y el
    denominador va en el rótulo. `solo`: el recuento no mira los filtros que no son de
    diálogo, y pulsar los quita.
    """
    datos, avisos = los_mayores(datos, columna, COLUMNAS)
    datos, otros = los_mayores(datos, fila, BARRAS)
    nombre_fila = f"{fila}_nombre" if f"{fila}_nombre" in datos else fila
    nombres = datos[columna].astype(str)
    if total:
        nombres = nombres + " (" + datos[total].astype(str) + ")"
    ejes = _ejes(datos, columna, nombres)
    rotulos = {v: rotulo(n, ancho_rotulo) for v, n in ejes.items()}
    lugar = {v: i for i, v in enumerate(rotulos)}
    valor_fila, valor_columna = (
        datos[columna_de(datos, fila)],
        datos[columna_de(datos, columna)],
    )
    filas = {
        v: rotulo(n, ancho_fila)
        for v, n in zip(valor_fila, datos[nombre_fila], strict=True)
    }
    cuantos = datos["enunciados"].tolist()
    por_que = (
        datos["registro"].tolist()
        if "registro" in datos
        else ["sin registro"] * len(cuantos)
    )
    denominador = datos[total].tolist() if total else [1] * len(cuantos)
    tonos = _pasos([n / d for n, d in zip(cuantos, denominador, strict=True)])
    celdas = {
        "type": "bar",
        "orientation": "h",
        "y": [filas[v] for v in valor_fila],
        "x": [1] * len(datos),
        "base": [lugar[v] - 0.5 for v in valor_columna],
        "text": [n or SIN_ENUNCIADOS[p] for n, p in zip(cuantos, por_que, strict=True)],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "hovertext": [
            f"{rotulo(a, 40)}<br>{rotulo(b, 40)}<br>"
            + _recuento(n, d if total else 0, p)
            for a, b, n, d, p in zip(
                datos[columna].astype(str), datos[nombre_fila], cuantos,
                denominador, por_que, strict=True,
            )
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "customdata": [
            # Lo que está sin registro no se pulsa: llevaría a una pantalla vacía.
            destino if n else ""
            for destino, n in zip(
                destinos(datos, (columna, fila), solo=solo), cuantos, strict=True
            )
        ],
        "marker": {**_tonos(tonos), **_rayado(cuantos)},
        "insidetextfont": _letra(tonos),
        "showlegend": False,
    }  # fmt: skip
    return {
        "data": [celdas],
        "layout": LIENZO | {
            "bargap": 0.06,
            "height": alto(list(filas.values())),
            "xaxis": _arriba(list(rotulos.values())),
            "yaxis": categorias(list(filas.values())) | {"showgrid": False},
            "meta": avisos + otros,
        },
    }  # fmt: skip


def _rayado(cuantos: Sequence[int]) -> Figura:
    """Raya lo que no tiene enunciados."""
    # Un rayado vacío no se ve y le cuesta al navegador un cuarto más.
    if all(cuantos):
        return {}
    return {
        "pattern": {
            "shape": ["" if n else "/" for n in cuantos],
            "fgcolor": TINTA,
            "fillmode": "overlay",
            "size": 6,
            "solidity": 0.15,
        }
    }


def _pasos(valores: Sequence[float]) -> list[int]:
    """Devuelve el tono de cada valor, en una escala que parte de cero."""
    tope = max(valores, default=0) or 1
    return [paso(valor / tope) for valor in valores]


def _tonos(pasos: Sequence[int]) -> Figura:
    return {"color": [SECUENCIA[p] for p in pasos]}


def _letra(pasos: Sequence[int]) -> Figura:
    """El color de lo escrito en cada casilla: el de Plotly no se lee en los medios."""
    return {"color": [FONDO if p >= OSCURO else TINTA for p in pasos]}


def _recuento(cuantos: int, de: int, por_que: str) -> str:
    if not cuantos:
        return por_que.capitalize()
    return f"Enunciados: {numero(cuantos)}" + (f" de {numero(de)}" if de else "")


def _arriba(nombres: Sequence[str]) -> Figura:
    """Eje de casillas con su nombre arriba."""
    return {
        "tickmode": "array",
        "tickvals": list(range(len(nombres))),
        "ticktext": list(nombres),
        "range": [-0.5, len(nombres) - 0.5],
        "side": "top",
        "fixedrange": True,
        "showgrid": False,
        "autotickangles": [0, -90],
        "tickfont": {"color": TINTA},
        "automargin": True,
    }


def franja(regiones: pd.DataFrame) -> Figura:
    """Las 16 regiones de norte a sur, una casilla cada una, con su recuento.

    `regiones` son las filas de `regiones_recuento`. Lo que no tiene diálogo va sin
    relleno y no se pulsa; lo que lo tiene, sin registro, rayado.
    """
    nombres = [rotulo(nombre, 40) for nombre in regiones["region"]]
    con = regiones["dialogos"].gt(0).tolist()
    cuantos = regiones["enunciados"].tolist()
    lleva = destinos(regiones, ("region",))
    textos = [
        f"{contar(n, 'enunciado', 'enunciados')} en {contar(d, 'diálogo', 'diálogos')}"
        if estado == "con registro"
        else estado
        for estado, n, d in zip(
            regiones["estado"], cuantos, regiones["dialogos"], strict=True
        )
    ]
    comun = {
        "type": "bar",
        "orientation": "h",
        "textposition": "inside",
        "insidetextanchor": "middle",
        "constraintext": "none",
        "hovertemplate": "%{y}<br>%{text}<extra></extra>",
        "showlegend": False,
    }
    tonos = _pasos(cuantos)
    hay = [i for i, tiene in enumerate(con) if tiene]
    no_hay = [i for i, tiene in enumerate(con) if not tiene]
    trazos = [
        comun | {
            "y": [nombres[i] for i in hay],
            "x": [1] * len(hay),
            "text": [textos[i] for i in hay],
            "customdata": [lleva[i] if cuantos[i] else "" for i in hay],
            "marker": {
                **_tonos([tonos[i] for i in hay]),
                **_rayado([cuantos[i] for i in hay]),
            },
            "insidetextfont": _letra([tonos[i] for i in hay]),
        },
        comun | {
            "y": [nombres[i] for i in no_hay],
            "x": [1] * len(no_hay),
            "text": [textos[i] for i in no_hay],
            "marker": {"color": SECUENCIA[0], "opacity": 0.6},
        },
    ]  # fmt: skip
    return {
        "data": trazos,
        "layout": LIENZO | {
            "bargap": 0.12,
            "height": 16 * 27 + 40,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "xaxis": {"visible": False, "fixedrange": True, "range": [0, 1]},
            "yaxis": categorias(nombres) | {"showgrid": False},
        },
    }  # fmt: skip

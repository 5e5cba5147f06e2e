"""La parte de seguimiento que muestra cada recomendación con su respuesta."""

from typing import Any, cast
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from tablero.conexion import preguntar
from tablero.descargas import descargas
from tablero.estado import seleccion
from tablero.formato import contar, de_total, fecha, numero
from tablero.hechos import ahora
from tablero.hojas import de_la_hoja, hoja
from tablero.seguimiento_r_ficha import ficha
from tablero.significados import SIGNIFICADOS
from tablero.tabla import Celda, Columna, Parte, dibujar, presentar
from tablero.vista import parrafo

# Columna de `respuestas_estados`, rótulo y a qué recomendaciones lleva.
CIFRAS = (
    ("vencidas", "Vencidas", "vencidas"),
    ("sin_respuesta", "Sin respuesta", "sin-respuesta"),
    ("pendientes", "Pendientes", "pendientes"),
    ("en_curso", "En curso", "en-curso"),
    ("cerradas", "Cerradas", "cerradas"),
    ("recomendaciones", "Todas", "todas"),
)
COLUMNAS = (
    Columna("texto", "Recomendación", ancho="38%"),
    Columna("tema", "Tema"),
    Columna("situacion", "Estado"),
    Columna("vence", "Vence", vacio="sin fecha"),
    Columna("es_vencida", "Vencida"),
    Columna("resultado", "Resultado"),
    Columna("unidad", "Unidad"),
    Columna("comparte_con", "Comparte con"),
)


def respuestas() -> None:
    """Muestra las cifras, los temas, la recomendación abierta y la lista."""
    cifras = preguntar("respuestas_estados", seleccion(), hoy=ahora().date())
    de = {str(c): int(cifras[c].tolist()[0]) for c in cifras}
    if not de["recomendaciones"]:
        st.info(
            "Ninguna recomendación pasa los filtros: los demás enunciados no se"
            " responden. Quite algún filtro."
        )
        return
    if not de["respondidas"]:
        parrafo(
            "Todavía no se registra ninguna respuesta. No es una falta: el seguimiento"
            " parte aquí. Pulse una recomendación para responderla.",
            "aviso",
        )
    _cifras(de)
    ficha(str(st.session_state["recomendacion"]))
    _lista(de)
    _temas()


def _cifras(de: dict[str, int]) -> None:
    total = de["recomendaciones"]
    partes = []
    for clave, rotulo, cuales in CIFRAS:
        valor = f"cuales={cuales}" if de[clave] else ""
        dicho = Parte(numero(de[clave]), valor, hace="seguir").html()
        partes.append(
            f"<div><dt>{rotulo}</dt><dd>{dicho} <span>de {numero(total)}</span></dd>"
            "</div>"
        )
    st.html(f'<dl class="cifras">{"".join(partes)}</dl>')


def _lista(de: dict[str, int]) -> None:
    """Muestra una hoja de la lista; las descargas llevan esa misma hoja, y lo dicen."""
    cuales, total = str(st.session_state["cuales"]), numero(de["recomendaciones"])
    rotulo, hay = {c: (r, de[clave]) for clave, r, c in CIFRAS}[cuales]
    if not hay:
        st.info(f"{rotulo}: ninguna de {total}. Pulse otra cifra para ver las demás.")
        return
    cual = hoja(hay, f"respuestas_{cuales}")
    datos = preguntar(
        "respuestas_lista", seleccion(), hoy=ahora().date(), cuales=cuales,
        desde=cual.start, limite=cual.stop,
    )  # fmt: skip
    dichas = [
        None if v is None else fecha(v.year, v.month, v.day) for v in datos["vence"]
    ]
    datos["vence"] = pd.Series(dichas, dtype=object)
    cuadro = presentar(datos, COLUMNAS)
    filas = []
    for fila, clave in zip(cuadro.filas, datos["enunciado_id"], strict=True):
        primera = Celda((Parte(str(fila[0]), clave, hace="recomendacion"),))
        resto = [Celda((Parte(str(v)),)) for v in fila[1:]]
        es_actual = clave == st.session_state["recomendacion"]
        filas.append(([primera, *resto], "actual" if es_actual else ""))
    cuantas = contar(hay, "recomendación", "recomendaciones")
    dibujar(COLUMNAS, filas, f"{rotulo}: {cuantas}, de {total}", "respuestas")
    significados = tuple((c.titulo, SIGNIFICADOS[c.clave]) for c in COLUMNAS)
    aparte = f"solo: {rotulo}{de_la_hoja(cual, hay)}"
    descargas(cuadro, significados, "respuestas", seleccion(), aparte)
    if len(datos) < hay:
        parrafo("Las descargas llevan las filas de esta página; la planilla y el"
                " informe, todas las de la selección.", "menor")  # fmt: skip


def _temas() -> None:
    datos = preguntar("respuestas_temas", seleccion(), hoy=ahora().date())
    columnas = [
        Columna("tema", "Tema", ancho="55%"),
        Columna("respondidas", "Respondidas"),
        Columna("sin_respuesta", "Sin respuesta"),
        Columna("vencidas", "Vencidas"),
    ]
    filas = []
    for uno in cast(list[dict[str, Any]], datos.to_dict("records")):
        numeros = (
            ("todas", de_total(uno["respondidas"], uno["recomendaciones"]), True),
            ("sin-respuesta", numero(uno["sin_respuesta"]), uno["sin_respuesta"]),
            ("vencidas", numero(uno["vencidas"]), uno["vencidas"]),
        )
        celdas = [Celda((Parte(uno["tema"]),))]
        for cuales, dicho, hay in numeros:
            valor = urlencode({"tema": uno["tema_id"], "cuales": cuales}) if hay else ""
            celdas.append(Celda((Parte(dicho, valor, hace="seguir"),), es_numero=True))
        filas.append((celdas, ""))
    dibujar(
        columnas, filas, "Respondidas por tema, en recomendaciones", "respuestas_temas",
        numericas=[False, True, True, True],
    )  # fmt: skip

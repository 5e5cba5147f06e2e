"""Quien llega aquí quiere saber qué clase de cosas se pidieron y sobre qué."""

import streamlit as st

from tablero.conexion import preguntar
from tablero.estado import seleccion
from tablero.graficos import barras
from tablero.tabla import Columna
from tablero.vista import cabecera, enlace_a_enunciados, enunciados, grafico_con_tabla

cifras = cabecera(
    "Tipos",
    "De qué clase es lo que se pidió, criticó o reconoció, y sobre qué instrumentos.",
)
tipos = preguntar("tipos_naturalezas", seleccion())
grafico_con_tabla(
    barras(tipos, "tipo", "tipo_nombre"),
    tipos,
    [
        Columna("tipo_nombre", "Tipo"),
        Columna("naturaleza_nombre", "Naturaleza"),
        Columna("enunciados", "Enunciados", lleva=("tipo", "naturaleza")),
        Columna("del_tipo", "Enunciados del tipo", lleva=("tipo",)),
    ],
    "Enunciados por tipo y naturaleza",
    "tipos_naturalezas",
)
enlace_a_enunciados(cifras["enunciados"])
instrumentos = preguntar("instrumentos_naturalezas", seleccion())
grafico_con_tabla(
    barras(instrumentos, "instrumento", "rotulo"),
    instrumentos,
    [
        Columna("instrumento", "Instrumento"),
        Columna("estado", "Estado"),
        Columna("naturaleza_nombre", "Naturaleza"),
        Columna("enunciados", "Enunciados", lleva=("instrumento", "naturaleza")),
    ],
    "Enunciados por instrumento. Propuesto: solo existe como petición",
    "instrumentos_naturalezas",
    "Ningún enunciado de la selección menciona un instrumento.",
)
st.subheader("Los enunciados", anchor=False)
enunciados("tipos_enunciados", cifras["enunciados"])

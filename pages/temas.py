"""Quien llega aquí quiere saber qué se pidió, criticó y reconoció en cada tema."""

import streamlit as st

from tablero.conexion import preguntar
from tablero.estado import seleccion
from tablero.graficos import barras
from tablero.tabla import Columna, mostrar
from tablero.vista import cabecera, enlace_a_enunciados, enunciados, grafico_con_tabla

cifras = cabecera(
    "Temas", "Qué se pidió, qué se criticó y qué se reconoció en cada tema."
)
naturalezas = preguntar("temas_naturalezas", seleccion())
grafico_con_tabla(
    barras(naturalezas, "tema", "tema"),
    naturalezas,
    [
        Columna("tema", "Tema"),
        Columna("naturaleza_nombre", "Naturaleza"),
        Columna("enunciados", "Enunciados"),
    ],
    "Enunciados por tema y naturaleza",
    "temas_naturalezas",
)
enlace_a_enunciados(cifras["enunciados"])
preguntas = preguntar("preguntas_cobertura", seleccion())
st.subheader("Qué preguntas quedaron respondidas", anchor=False)
mostrar(
    preguntas,
    [
        Columna("pregunta", "Pregunta (en palabras propias)", ancho="42%"),
        Columna("tema", "Tema"),
        Columna("es_comun", "Común a los temas"),
        Columna("registro", "En las conclusiones"),
        Columna("enunciados", "Enunciados"),
    ],
    "Cobertura por bloque de preguntas. Con registro: al menos un enunciado lo responde"
    ", aunque sea en parte.",
    "preguntas_cobertura",
)
st.subheader("Los enunciados", anchor=False)
enunciados("Primeros enunciados de la selección", "temas_enunciados")

"""Quien llega aquí quiere saber qué se pidió, criticó y reconoció en cada tema."""

import streamlit as st

from tablero.conexion import preguntar
from tablero.estado import seleccion
from tablero.graficos import barras
from tablero.llevarse import botones_de_sistematizacion
from tablero.mapas import mapa
from tablero.tabla import Columna
from tablero.vista import (
    cabecera,
    enlace_a_enunciados,
    enunciados,
    grafico_con_tabla,
    parrafo,
)

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
        Columna("enunciados", "Enunciados", lleva=("tema", "naturaleza")),
    ],
    "Enunciados por tema y naturaleza",
    "temas_naturalezas",
)
enlace_a_enunciados(cifras["enunciados"])
preguntas = preguntar("preguntas_temas", seleccion())
grafico_con_tabla(
    mapa(preguntas, "tema", "pregunta", ancho_fila=38, solo=True),
    preguntas,
    [
        Columna("pregunta", "Pregunta", ancho="42%"),
        Columna("tema", "Tema"),
        Columna("es_comun", "Común"),
        Columna("registro", "En las conclusiones"),
        Columna("enunciados", "Enunciados", lleva=("pregunta", "tema"), solo=True),
        Columna("con_registro", "Bloques con registro"),
        Columna("bloques", "Bloques"),
    ],
    "Qué preguntas quedaron respondidas en cada tema",
    "preguntas_temas",
)
parrafo(
    "Con registro: al menos un enunciado responde, aunque sea en parte. Cuenta todo lo"
    " que responde, sin los demás filtros. Una casilla en blanco: ahí no se preguntó.",
    "menor",
)
st.subheader("Matriz de sistematización", anchor=False)
parrafo(
    "Por tema: pregunta, tipo, enunciado, naturaleza, lugar y mesa, con las preguntas"
    " sin registro. Respeta los filtros.",
    "menor",
)
botones_de_sistematizacion()
st.subheader("Los enunciados", anchor=False)
enunciados("temas_enunciados", cifras["enunciados"])

"""Quien llega aquí quiere saber en un minuto qué se dijo y qué quedó sin decir."""

import streamlit as st

from tablero import ficha
from tablero.conexion import preguntar
from tablero.estado import ir, seleccion
from tablero.formato import contar
from tablero.llevarse import boton_de_sintesis
from tablero.mapas import mapa
from tablero.tabla import Columna
from tablero.vista import (
    cabecera,
    enlace_a_enunciados,
    grafico_con_tabla,
    parrafo,
)

cifras = cabecera("Qué dijeron las mesas", ficha.en_una_frase(seleccion()))
preguntas = preguntar("preguntas_cobertura", seleccion())
sin_registro = int(preguntas["registro"].eq("sin registro").sum())
ficha.cifras(cifras, len(preguntas), sin_registro)
frecuentes = preguntar("tipos_naturalezas", seleccion())
parrafo(ficha.lo_mas_frecuente(frecuentes, cifras["enunciados"]), "bajada")
tipos = preguntar("temas_tipos", seleccion())
grafico_con_tabla(
    mapa(tipos, "tema"),
    tipos,
    [
        Columna("tipo_nombre", "Tipo"),
        Columna("tema", "Tema"),
        Columna("enunciados", "Enunciados", lleva=("tema", "tipo")),
    ],
    "De qué trató cada tema: enunciados por tipo",
    "resumen_temas_tipos",
)
enlace_a_enunciados(cifras["enunciados"])
boton_de_sintesis()
st.subheader("Preguntas sin respuesta en las conclusiones", anchor=False)
ficha.preguntas_sin_registro(preguntas)
st.subheader("Lo que se pidió", anchor=False)
ficha.lo_que_se_pidio(cifras["recomendaciones"])
dudosos = len(preguntar("inconsistencias_registro", seleccion()))
st.button(
    f"Ver {contar(dudosos, 'observación', 'observaciones')} al informe: en qué se"
    " contradice, calla o varía",
    on_click=ir,
    args=("metodologia",),
    kwargs={"seccion": "inconsistencias"},
    icon=":material/fact_check:",
)

"""Quien llega aquí quiere saber en un minuto qué se dijo y qué quedó sin decir."""

import streamlit as st

from tablero import ficha
from tablero.conexion import preguntar
from tablero.estado import ir, seleccion
from tablero.formato import contar
from tablero.llevarse import boton_de_sintesis
from tablero.mapas import mapa
from tablero.tabla import Columna, mostrar
from tablero.vista import (
    cabecera,
    enlace_a_enunciados,
    enunciados,
    grafico_con_tabla,
    parrafo,
)

cifras = cabecera("Qué dijeron las mesas", ficha.en_una_frase(seleccion()))
preguntas = preguntar("preguntas_cobertura", seleccion())
sin_registro = preguntas[preguntas["registro"] == "sin registro"]
ficha.cifras(cifras, len(preguntas), len(sin_registro))
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
mostrar(
    sin_registro,
    [
        Columna("pregunta", "Pregunta", ancho="55%"),
        Columna("tema", "Tema"),
        Columna("registro", "Estado"),
    ],
    f"{len(sin_registro)} de {contar(len(preguntas), 'bloque', 'bloques')} de"
    " preguntas",
    "preguntas_sin_registro",
)
st.subheader("Lo que se pidió", anchor=False)
enunciados("Primeras recomendaciones", "recomendaciones", naturaleza="recomendacion")
dudosos = len(preguntar("inconsistencias_registro", seleccion()))
st.button(
    f"Ver {contar(dudosos, 'punto', 'puntos')} en que el informe se contradice o calla",
    on_click=ir,
    args=("metodologia",),
    kwargs={"seccion": "inconsistencias"},
    icon=":material/fact_check:",
)

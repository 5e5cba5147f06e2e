"""Quien llega aquí quiere saber cuánto puede fiarse de lo que vio."""

import streamlit as st

from tablero.estado import SECCIONES, seleccion
from tablero.metodo import TITULOS, mostrar_seccion
from tablero.vista import parrafo

st.title("Metodología", anchor=False)
parrafo(
    "De dónde sale cada dato, cómo se codificó y qué no se puede concluir.", "bajada"
)
elegida = st.segmented_control(
    "Sección",
    SECCIONES,
    format_func=TITULOS.__getitem__,
    key="seccion",
    required=True,
    label_visibility="collapsed",
    persist_state="session",
)
mostrar_seccion(elegida, seleccion())

"""Quien llega aquí quiere saber qué se respondió a cada recomendación, y responder."""

import streamlit as st

from tablero import seguimiento_informe, seguimiento_planilla, seguimiento_respuestas
from tablero.vista import cabecera, parrafo

PARTES = {"respuestas": "Respuestas", "planilla": "Planilla", "informe": "Informe"}
cabecera(
    "Seguimiento",
    "Qué se pidió, qué se respondió y qué está vencido."
    " Pulse una recomendación para ver su respuesta o responderla.",
)
if acuse := st.session_state.pop("acuse", None):
    parrafo(f"Listo. {acuse}", "aviso")
if st.session_state.pop("sin_recomendacion", False):
    parrafo("Esa recomendación no está, o no se muestra.", "aviso")
st.segmented_control(
    "Qué ver",
    list(PARTES),
    format_func=PARTES.__getitem__,
    key="ver",
    required=True,
    label_visibility="collapsed",
    persist_state="session",
)
match st.session_state["ver"]:
    case "respuestas":
        seguimiento_respuestas.respuestas()
    case "planilla":
        seguimiento_planilla.planilla()
    case _:
        seguimiento_informe.informe()

"""Quien llega aquí quiere traer el informe o las actas de un diálogo, y revisarlos."""

import streamlit as st

from tablero import carga_actas, carga_hechas, carga_informe
from tablero.carga_revision import revisar_borrador
from tablero.vista import parrafo

PARTES = {"informe": "Un informe", "actas": "Actas por mesa", "hechas": "Lo cargado"}
st.title("Cargar", anchor=False)
parrafo(
    "Traiga el informe de un diálogo o el acta de cada mesa. Vea qué se entendió,"
    " corríjalo y guárdelo.",
    "bajada",
)
if acuse := st.session_state.pop("acuse", None):
    parrafo(f"Listo. {acuse}", "aviso")
if st.session_state.pop("sin_borrador", False):
    parrafo("Ese borrador ya no está: se guardó o alguien lo quitó.", "aviso")
if borrador := st.session_state["borrador"]:
    revisar_borrador(borrador)
else:
    st.segmented_control(
        "Qué va a hacer",
        list(PARTES),
        format_func=PARTES.__getitem__,
        key="parte",
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )
    match st.session_state["parte"]:
        case "informe":
            carga_informe.quien()
            carga_informe.recibir()
            carga_informe.pendientes()
        case "actas":
            carga_actas.actas()
        case _:
            carga_hechas.hechas()

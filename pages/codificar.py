"""Quien llega aquí quiere codificar enunciados, con el libro a la vista."""

import streamlit as st

from tablero import (
    codifica_adjudicar,
    codifica_intercambio,
    codifica_leer,
    codifica_libro,
    codifica_unidades,
)
from tablero.vista import parrafo

PARTES = {
    "codificar": "Codificar",
    "adjudicar": "Adjudicar",
    "unidades": "Dividir en unidades",
    "libro": "Libro de códigos",
    "intercambio": "Intercambio",
}
st.title("Codificar", anchor=False)
parrafo(
    "Lea cada enunciado y póngale sus códigos, con el libro al lado y sin ver lo que"
    " puso otra persona. Donde no coincidan, alguien decide y todo se conserva.",
    "bajada",
)
if acuse := st.session_state.pop("acuse", None):
    parrafo(f"Listo. {acuse}", "aviso")
if nada := st.session_state.pop("sin_efecto", None):
    parrafo(nada, "aviso")
st.segmented_control(
    "Qué va a hacer",
    list(PARTES),
    format_func=PARTES.__getitem__,
    key="hacer",
    required=True,
    label_visibility="collapsed",
    persist_state="session",
)
match st.session_state["hacer"]:
    case "codificar":
        codifica_leer.leer()
    case "unidades":
        codifica_unidades.dividir()
    case "libro":
        codifica_libro.libro()
    case "intercambio":
        codifica_intercambio.intercambio()
    case _:
        codifica_adjudicar.adjudicar()

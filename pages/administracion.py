"""Quien llega aquí administra el tablero: quién hizo qué, respaldos, datos y fichas."""

import streamlit as st

from tablero import (
    admin_bitacora,
    admin_borrar,
    admin_fichas,
    admin_personales,
    admin_respaldos,
)
from tablero.vista import parrafo

PARTES = {
    "bitacora": "Bitácora",
    "respaldos": "Respaldos",
    "personales": "Datos personales",
    "borrar": "Borrar una carga",
    "fichas": "Fichas",
}
st.title("Administración", anchor=False)
parrafo(
    "Quién escribió y quién se llevó qué; los respaldos; los datos personales que no"
    " deberían estar, y cómo se van. Aquí no valen los filtros.",
    "bajada",
)
if acuse := st.session_state.pop("acuse", None):
    parrafo(f"Listo. {acuse}", "aviso")
st.segmented_control(
    "Qué administrar",
    list(PARTES),
    format_func=PARTES.__getitem__,
    key="administrar",
    required=True,
    label_visibility="collapsed",
    persist_state="session",
)
match st.session_state["administrar"]:
    case "bitacora":
        admin_bitacora.seccion()
    case "respaldos":
        admin_respaldos.seccion()
    case "personales":
        admin_personales.seccion()
    case "borrar":
        admin_borrar.seccion()
    case _:
        admin_fichas.fichas()

"""Lo que se pulsa en una tabla y lo que eso hace."""

from pathlib import Path

import streamlit as st

from tablero import (
    acuerdo,
    carga_enunciados,
    codifica_libro_editar,
    codifica_libro_traslado,
    estado,
    seguimiento_r_ir,
)

_componente = st.components.v2.component(
    "puente",
    html="<span></span>",
    js=(Path(__file__).parent / "estatico" / "puente.js").read_text(encoding="utf-8"),
)
ACCIONES = {
    "abrir": estado.abrir_enunciado,
    "leer": estado.leer,
    "ordenar": estado.ordenar,
    "candidato": carga_enunciados.elegir,
    "recomendacion": seguimiento_r_ir.abrir,
    "celda": acuerdo.celda,
    "adjudicar": acuerdo.adjudicar,
    "codigo_del_libro": codifica_libro_editar.elegir,
    "recodificar": codifica_libro_traslado.recodificar,
    "seguir": seguimiento_r_ir.seguir,
}
LLAVE = "puente"


def _atender() -> None:
    match st.session_state[LLAVE].get("pulsado"):
        case [str(accion), str(valor)] if accion in ACCIONES:
            ACCIONES[accion](valor[: estado.LARGO_ACCION])


def tender() -> None:
    """Pone el puente en la página; se tiende antes que ella, por si se detiene."""
    _componente(key=LLAVE, on_pulsado_change=_atender)

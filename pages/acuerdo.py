"""Quien llega aquí quiere saber cuánto fiarse de la codificación, y qué se disputa."""

import streamlit as st

from tablero import acuerdo, acuerdo_avisos, acuerdo_pares, acuerdo_unidades
from tablero.codifica_puestas import VALORES
from tablero.estado import seleccion
from tablero.vista import parrafo

CLASES = {"persona": "Personas", "modelo": "Modelos"}
st.title("Acuerdo", anchor=False)
parrafo(
    "Cuánto coinciden quienes leyeron los mismos enunciados, cada cual por su lado."
    " Las adjudicaciones no entran. Valen los filtros de diálogo y de tema.",
    "bajada",
)
st.segmented_control(
    "De quiénes",
    list(CLASES),
    format_func=CLASES.__getitem__,
    key="clase",
    required=True,
    persist_state="session",
)
clase = st.session_state["clase"]
acuerdo_avisos.aviso_de_clase(clase)
acuerdo_avisos.aviso_de_versiones(clase, acuerdo.de_dialogo(seleccion()))
acuerdo_avisos.aviso_de_repetidas(clase, acuerdo.de_dialogo(seleccion()))
acuerdo.resumen(clase)
parrafo(
    "Alfa de 0,800 o más: acuerdo firme. De 0,667 a 0,799: conclusiones tentativas."
    " Menos: no permite concluir (Krippendorff). El intervalo sale de remuestrear"
    " enunciados 1.000 veces; sin ningún desacuerdo no hay qué remuestrear. En"
    " instrumentos se comparan conjuntos (distancia MASI), el acuerdo observado es la"
    " semejanza media y AC1, que es de códigos, no se calcula.",
    "menor",
)
st.segmented_control(
    "Faceta",
    list(VALORES),
    format_func=VALORES.__getitem__,
    key="faceta",
    required=True,
    persist_state="session",
)
acuerdo_pares.detalle(clase, st.session_state["faceta"])
acuerdo_unidades.seccion(clase)

"""La ficha de una recomendación: qué se respondió, quién lo cambió y el formulario."""

import html
from typing import Any, cast

import streamlit as st

from datos.respuestas import historia_de
from datos.respuestas_revision import NOMBRES, es_direccion
from tablero.conexion import conexion, preguntar
from tablero.estado import abrir_enunciado, seleccion
from tablero.seguimiento_r_formulario import formulario
from tablero.seguimiento_r_historia import decir, tabla_de_cambios
from tablero.seguimiento_r_ir import abrir
from tablero.vista import parrafo, subtitulo


def ficha(recomendacion: str) -> None:
    """Muestra una recomendación con su respuesta; con una clave vacía, nada."""
    filas = preguntar("respuestas_ficha", seleccion(), enunciado=recomendacion)
    if filas.empty:
        return
    una = cast(dict[str, Any], filas.to_dict("records")[0])
    with st.container(border=True, key="ficha"):
        parrafo(una["texto"], "cita")
        parrafo(f"{una['dialogo']}, tema {una['tema']} · {una['tipo_nombre']}.", "nota")
        with st.container(horizontal=True, key="ficha_botones"):
            st.button("Ver dónde consta", on_click=abrir_enunciado,
                      args=(recomendacion,), key="consta")  # fmt: skip
            st.button("Cerrar ficha", on_click=abrir, args=("",), key="cerrar",
                      icon=":material/close:")  # fmt: skip
        if una["respuesta_id"] is None:
            parrafo("Todavía sin respuesta.", "nota")
        else:
            _respuesta(una)
            for otra in preguntar(
                "respuestas_compartidas", enunciado=recomendacion
            ).itertuples():
                parrafo(f"Comparte la respuesta con: {otra.texto} ({otra.tema})",
                        "menor")  # fmt: skip
        formulario(una)
        if una["respuesta_id"] is not None:
            cambios = historia_de(conexion().cursor(), una["respuesta_id"])
            tabla_de_cambios(cambios, "Historia de la respuesta", "r_historia")


def _respuesta(una: dict[str, Any]) -> None:
    subtitulo("La respuesta")
    for campo, rotulo in NOMBRES.items():
        valor = una[campo]
        if campo == "evidencia" and valor and es_direccion(valor):
            seguro = html.escape(valor)
            st.html(f'<p class="nota">{rotulo}: <a href="{seguro}" target="_blank"'
                    f' rel="noopener noreferrer">{seguro}</a></p>')  # fmt: skip
        else:
            parrafo(f"{rotulo}: {decir(valor)}", "nota")

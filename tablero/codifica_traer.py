"""Traer un libro de códigos de otro programa: leerlo, compararlo y prepararlo."""

from collections.abc import Sequence
from functools import partial
from typing import cast

import streamlit as st

from datos.extraer_qdc import TAMANO_MAXIMO
from datos.leido import Planilla
from datos.libro_diferencias import comparar
from datos.libro_nuevo import (
    LARGO_MOTIVO,
    LARGO_NOMBRE,
    copiar_libro,
    en_preparacion,
)
from datos.libro_revisar import revisar_codigos
from datos.libro_traido import Traido, conocidos, interpretar, leer
from datos.libro_traido_codigo import Conocidos
from datos.libros import Codigo
from datos.recibir import MEGA
from tablero import carga_informe
from tablero.conexion import conexion
from tablero.estado import ir
from tablero.libro_cambios import tabla_de_diferencias
from tablero.tablas_simples import tabla_simple
from tablero.tareas import hacer
from tablero.vista import parrafo

LEIDO = "qdc_leido"
FUERA = "fuera"
# A naturaleza no: sus códigos son fijos.
DESTINOS = {FUERA: "Dejarlos fuera", "tipo": "A Tipo", "recurso": "A Recurso"}


def _abrir() -> Planilla | None:
    """Devuelve lo que trae el archivo puesto, o None si no hay o no sirve."""
    archivo = st.file_uploader(
        "Libro de códigos de otro programa (.qdc)",
        type=["qdc"],
        key=carga_informe.llave_de_archivo("qdc"),
        max_upload_size=TAMANO_MAXIMO // MEGA,
    )
    if archivo is None:
        st.session_state.pop(LEIDO, None)
        return None
    guardado = st.session_state.get(LEIDO)
    if not guardado or guardado[0] != archivo.file_id:
        abrir = partial(leer, archivo.name, archivo.getvalue())
        guardado = (archivo.file_id, hacer(abrir, "Leyendo el libro de códigos"))
        if guardado[1] is not None:
            st.session_state[LEIDO] = guardado
    return cast(Planilla | None, guardado[1])


def _entender(planilla: Planilla, sabidos: Conocidos) -> Traido:
    """Interpreta el archivo; si trae códigos sueltos, pregunta a qué faceta van."""
    traido = interpretar(planilla, sabidos)
    if not traido.sueltos:
        return traido
    destino = st.selectbox(
        "Códigos que no están en Naturaleza, Tipo ni Recurso",
        list(DESTINOS),
        format_func=DESTINOS.__getitem__,
        key="qdc_sueltos",
    )
    return traido if destino == FUERA else interpretar(planilla, sabidos, destino)


def _avisar(avisos: Sequence[str]) -> None:
    if avisos:
        tabla_simple(
            ["Aviso"],
            [[aviso] for aviso in avisos],
            "Lo que hubo que suponer, y lo que no cabe en este libro",
            "avisos_qdc",
        )


def _guardar(quien: str, codigos: Sequence[Codigo]) -> None:
    hecho = hacer(
        partial(
            copiar_libro,
            conexion(),
            quien,
            str(st.session_state["qdc_nombre"]),
            str(st.session_state["qdc_motivo"]),
            codigos=list(codigos),
        ),
        "Guardando la versión",
        escribe=True,
    )
    if hecho:
        st.session_state["acuse"] = (
            "El libro traído quedó como versión en preparación. Revísela y publíquela"
            " aquí: mientras tanto nada cambia."
        )
        st.session_state.pop(LEIDO, None)
        carga_informe.vaciar_archivos()
        ir("codificar", hacer="libro")
        st.rerun()


def _ofrecer(codigos: Sequence[Codigo]) -> None:
    if otra := en_preparacion(conexion().cursor()):
        parrafo(
            f"Ya se prepara otra versión del libro, {otra}. Publíquela o descártela en"
            " «Libro de códigos» para poder guardar esta.",
            "aviso",
        )
        return
    quien = carga_informe.quien().strip().lower()
    st.text_input("Nombre de la versión", key="qdc_nombre", max_chars=LARGO_NOMBRE,
                  placeholder="Libro de códigos, versión 2")  # fmt: skip
    st.text_area("Por qué se cambia", key="qdc_motivo", max_chars=LARGO_MOTIVO,
                 height=68)  # fmt: skip
    if st.button(
        "Guardar como versión en preparación",
        type="primary",
        key="qdc_guardar",
        disabled=not quien,
    ):
        _guardar(quien, codigos)
    if not quien:
        parrafo("Escriba su seudónimo para poder guardar.", "nota")


def traer() -> None:
    """Recibe un .qdc, muestra qué cambiaría y lo guarda en una versión nueva."""
    st.subheader("Traer un libro de códigos", anchor=False)
    parrafo(
        "Se compara con el que rige antes de guardar nada. Las facetas se reconocen por"
        " su nombre, Naturaleza, Tipo y Recurso, en el primer nivel.",
        "nota",
    )
    planilla = _abrir()
    if planilla is None:
        return
    sabidos = conocidos(conexion().cursor())
    traido = _entender(planilla, sabidos)
    _avisar(traido.avisos)
    codigos = hacer(
        partial(revisar_codigos, traido.codigos, sabidos.base), "Revisando los códigos"
    )
    if codigos is None:
        return
    halladas = comparar(sabidos.base, codigos)
    if not halladas:
        parrafo("Es igual al libro que rige: no hay nada que guardar.", "aviso")
        return
    tabla_de_diferencias(halladas, "cambios_qdc", "la versión que rige")
    _ofrecer(codigos)

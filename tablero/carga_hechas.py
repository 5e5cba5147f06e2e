"""La tercera parte de cargar: lo que se ha cargado, y deshacerlo."""

from functools import partial

import streamlit as st

from datos.cargas import revisar_quien
from datos.deshacer import deshacer
from datos.ubicacion import ruta_base
from tablero import carga_informe
from tablero.conexion import conexion, preguntar
from tablero.tabla import Columna, mostrar
from tablero.tareas import hacer
from tablero.vista import parrafo, subtitulo


def _deshacer(carga_id: str, quien: str) -> bool:
    deshacer(conexion(), ruta_base(), carga_id, revisar_quien(quien))
    return True


def hechas() -> None:
    """Muestra las cargas y deja deshacer una vigente, entera."""
    subtitulo("Lo que se ha cargado")
    lista = preguntar("cargas_lista")
    if lista.empty:
        parrafo(
            "Todavía no se ha cargado nada por aquí. Lo que el tablero trae de"
            " fábrica no es una carga.",
            "nota",
        )
        return
    lista["cuando"] = lista["momento"].map(lambda m: f"{m:%d-%m-%Y %H:%M} UTC")
    mostrar(
        lista,
        [
            Columna("cuando", "Cuándo"),
            Columna("archivo", "Archivo"),
            Columna("clase", "Clase"),
            Columna("quien", "Quién"),
            Columna("estado", "Estado"),
            Columna("resumen", "Qué trajo", ancho="35%"),
            Columna("filas", "Filas"),
        ],
        "Cargas, la más nueva primero",
        "cargas",
    )
    vigentes = lista[lista["estado"] == "vigente"]
    if vigentes.empty:
        return
    rotulos = {
        c.carga_id: f"{c.cuando}, {c.clase}, {c.carga_id}"
        for c in vigentes.itertuples()
    }
    quien = carga_informe.quien()
    elegida = st.selectbox(
        "Carga por deshacer",
        list(rotulos),
        index=None,
        format_func=rotulos.__getitem__,
        placeholder="Elija una",
        key="por_deshacer",
    )
    if elegida is None:
        return
    parrafo(
        "Se quitará todo lo que trajo y volverá lo que cambió. Antes se copia la base.",
        "aviso",
    )
    if st.button(
        "Deshacer esta carga", key="deshacer", icon=":material/undo:"
    ) and hacer(
        partial(_deshacer, str(elegida), quien), "Deshaciendo la carga", escribe=True
    ):
        st.session_state["acuse"] = "La carga se deshizo entera."
        st.rerun()

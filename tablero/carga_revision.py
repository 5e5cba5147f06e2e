"""La revisión de un informe: qué se entendió, qué se acepta y el último paso."""

from contextlib import suppress

import streamlit as st

from datos import cargas
from datos.borrador import Borrador, faltas, recuento
from datos.errores import ErrorDeDatos
from datos.escritura import ya_cargado
from datos.ubicacion import ruta_base
from tablero import borradores_abiertos, carga_ficha, carga_informe, estado
from tablero.carga_enunciados import al_dejar_el_paso, revisar_enunciados
from tablero.conexion import conexion
from tablero.tablas_simples import tabla_simple
from tablero.tareas import hacer, mostrar_error
from tablero.vista import parrafo

PASOS = {
    "dialogo": "1. Diálogo",
    "temas": "2. Temas",
    "enunciados": "3. Enunciados",
    "guardar": "4. Guardar",
}


def _guardar(borrador: Borrador) -> None:
    cuantos = recuento(borrador)
    tabla_simple(
        ["Enunciados", "Cuántos", "Qué pasa con ellos"],
        [
            ["Aceptados", str(cuantos["aceptado"]), "Entran codificados por usted."],
            [
                "Pendientes",
                str(cuantos["pendiente"]),
                "Entran sin código y no se cuentan hasta que alguien los codifique,"
                " aquí en el paso 3 o después en Codificar.",
            ],
            ["Descartados", str(cuantos["descartado"]), "No entran."],
        ],
        "Qué se va a guardar",
        "por_guardar",
    )
    if halladas := faltas(borrador):
        mostrar_error(ErrorDeDatos("Todavía no se puede guardar.", halladas))
        return
    quien = carga_informe.quien()
    if st.button("Guardar el diálogo", type="primary", key="guardar"):
        acuse = hacer(
            lambda: cargas.guardar(conexion(), ruta_base(), quien, borrador),
            "Guardando el diálogo",
            escribe=True,
        )
        if acuse:
            _terminar(acuse.resumen)


def _reparo() -> None:
    if reparo := st.session_state.pop(borradores_abiertos.AVISO, None):
        mostrar_error(reparo)


def _terminar(resumen: str) -> None:
    """Deja atrás el borrador, que ya está en la base, y lo dice."""
    with suppress(ErrorDeDatos):
        # Otra ventana pudo quitarlo antes.
        borradores_abiertos.quitar(st.session_state["borrador"])
    st.session_state["acuse"] = resumen
    carga_informe.abrir_borrador("")
    st.rerun()


def revisar_borrador(clave: str) -> None:
    """Muestra un borrador en el paso en que va."""
    try:
        borrador, version = borradores_abiertos.abrir(clave)
    except ErrorDeDatos as error:
        mostrar_error(error)
        st.button(
            "Volver", on_click=carga_informe.abrir_borrador, args=("",), key="atras"
        )
        return
    if resumen := ya_cargado(conexion().cursor(), borrador.sha256):
        _terminar(f"Ese informe ya quedó guardado. {resumen}")
    st.session_state["version"] = version
    with st.container(horizontal=True, vertical_alignment="center", key="de_que"):
        parrafo(
            f"En revisión: {borrador.archivo}. Cada cambio queda en el borrador; la"
            " base no se toca hasta el último paso.",
            "nota",
        )
        st.button(
            "Dejarlo para después",
            on_click=carga_informe.abrir_borrador,
            args=("",),
            key="atras",
            icon=":material/close:",
        )
    for aviso in borrador.avisos:
        parrafo(aviso, "aviso")
    st.segmented_control(
        "Paso",
        list(PASOS),
        format_func=PASOS.__getitem__,
        key="paso",
        on_change=al_dejar_el_paso,
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )
    match st.session_state["paso"]:
        case "dialogo":
            _reparo()
            carga_ficha.dialogo(borrador)
        case "temas":
            _reparo()
            carga_ficha.temas(borrador)
        case "enunciados":
            revisar_enunciados(borrador)
        case _:
            _guardar(borrador)
    siguiente = list(PASOS)[
        (list(PASOS).index(st.session_state["paso"]) + 1) % len(PASOS)
    ]
    if siguiente != "dialogo":
        st.button(
            f"Seguir a {PASOS[siguiente][3:]}",
            key="siguiente",
            on_click=estado.ir,
            args=("cargar",),
            kwargs={"paso": siguiente},
            icon=":material/arrow_forward:",
        )

"""La parte de codificar en que se lee cada enunciado, con el libro al lado."""

from dataclasses import replace
from functools import partial

import streamlit as st

from datos.codificar import guardar_lectura
from datos.codificar_deshacer import deshacer_ultima
from datos.edicion import Choque
from tablero import carga_informe
from tablero.codifica_choque import mostrar_choque
from tablero.codifica_facetas import (
    elegida,
    facetas,
    libro_que_rige,
    vaciar,
    ver_de_nuevo,
    version_vista,
)
from tablero.codifica_fuera import aviso_de_fuera
from tablero.codifica_pasaje import mostrar_enunciado
from tablero.codifica_progreso import progreso
from tablero.codifica_puestas import contada, otras_lecturas
from tablero.codifica_turno import Turno, temas_por_leer, turno
from tablero.conexion import conexion, preguntar
from tablero.estado import seleccion
from tablero.formato import de_total
from tablero.tareas import hacer
from tablero.vista import parrafo

OTR = 0.05
# Con menos que estos, uno más o menos ya cruza el 5 %: la parte no dice nada.
BASTAN = 20


def frase_de_otros(libro: str, otros: int, enunciados: int) -> str | None:
    """Devuelve el aviso de que «Otro» pasa del 5 %; None si no pasa o son pocos."""
    if enunciados < BASTAN or otros <= OTR * enunciados:
        return None
    return (
        f"«Otro» tiene {de_total(otros, enunciados)} enunciados codificados con la"
        f" versión que rige ({libro}), más del 5 %: conviene revisar el libro de"
        " códigos."
    )


def aviso_de_otros() -> None:
    """Avisa si «Otro» pasa del 5 % de lo contado con la versión que rige."""
    # Quien acota a un tipo lo deja todo o nada en «Otro»: ese filtro no cuenta aquí.
    elegida = replace(seleccion(), tipo=())
    for fila in preguntar("codificar_otros", elegida).itertuples():
        otros, enunciados = int(str(fila.otros)), int(str(fila.enunciados))
        if dicho := frase_de_otros(str(fila.libro), otros, enunciados):
            parrafo(dicho, "aviso")


def _ir(clave: str) -> None:
    st.session_state["leer"] = clave


def _moverse(turno: Turno) -> None:
    with st.container(horizontal=True, key="moverse"):
        for rotulo, destino, icono in (
            ("Anterior", turno.anterior(), "arrow_back"),
            ("Siguiente", turno.siguiente(), "arrow_forward"),
            ("Siguiente sin leer", turno.sin_leer(), "skip_next"),
        ):
            st.button(
                rotulo,
                key=f"leer_{icono}",
                on_click=_ir,
                args=(destino,),
                disabled=not destino,
                icon=f":material/{icono}:",
            )


def _guardar(quien: str, enunciado: str, version: int | None, sigue: str) -> None:
    lectura, libro = elegida(enunciado), libro_que_rige()
    vista = version_vista(enunciado)
    if lectura is None:
        parrafo("Elija naturaleza, tipo y recurso antes de guardar.", "aviso")
        return

    def al_chocar(choque: Choque) -> None:
        mostrar_choque(choque)
        ver_de_nuevo(enunciado, version)

    hecho = hacer(
        partial(guardar_lectura, conexion(), quien, enunciado, libro, lectura, vista),
        "Guardando la lectura",
        escribe=True,
        al_chocar=al_chocar,
    )
    if hecho:
        vaciar(enunciado)
        st.session_state["leer"] = sigue
        contado = contada(enunciado)
        es_suya = contado is not None and contado[0] == quien.strip().lower()
        st.session_state["acuse"] = (
            "La lectura está guardada y es la que se cuenta."
            if es_suya
            else "La lectura está guardada; se sigue contando la de antes."
        )
        st.rerun()


def _deshacer(quien: str) -> None:
    hecho = hacer(
        partial(_deshecha, quien), "Deshaciendo la última lectura", escribe=True
    )
    if hecho is None:
        return
    vaciar(hecho)
    st.session_state["leer"] = hecho
    st.session_state["acuse" if hecho else "sin_efecto"] = (
        "Se deshizo su última lectura." if hecho else "No hay nada suyo que deshacer."
    )
    st.rerun()


def _deshecha(quien: str) -> str:
    return deshacer_ultima(conexion(), quien) or ""


def leer() -> None:
    """Muestra un enunciado con su pasaje y deja codificarlo, a ciegas si se quiere."""
    quien = carga_informe.quien().strip().lower()
    a_ciegas = st.toggle(
        "A ciegas",
        value=True,
        key="a_ciegas",
        help="Lo que puso otra persona no se ve hasta que usted haya leído el"
        " enunciado. Así las dos lecturas son independientes.",
    )
    aviso_de_otros()
    temas = temas_por_leer(quien)
    aviso_de_fuera(temas)
    if temas.empty:
        st.info("No hay enunciados que codificar con esos filtros. Traiga un informe o"
                " las actas en Cargar, o quite algún filtro.")  # fmt: skip
        return
    progreso(temas, quien)
    actual = turno(quien, temas, str(st.session_state["leer"]))
    enunciado, version = actual.enunciado, actual.version
    _moverse(actual)
    mostrar_enunciado(actual)
    facetas(enunciado, quien, version)
    sigue = actual.sin_leer() or enunciado
    with st.container(horizontal=True, key="guardar_lectura"):
        guardar = st.button(
            "Guardar y seguir",
            type="primary",
            key="guardar_y_seguir",
            shortcut="Ctrl+Enter",
            disabled=not quien,
        )
        deshacer = st.button(
            "Deshacer lo último",
            key="deshacer_lectura",
            disabled=not quien,
            help="Deshace su última lectura; si repite, la anterior. Lo que decidió se"
            " deshace en Adjudicar.",
        )
    if not quien:
        parrafo("Escriba su seudónimo para poder guardar.", "nota")
    if guardar:
        _guardar(quien, enunciado, version, sigue)
    if deshacer:
        _deshacer(quien)
    otras_lecturas(enunciado, quien, a_ciegas and version is None)

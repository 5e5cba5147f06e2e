"""La parte de administración que muestra los respaldos, los hace y los revisa."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import streamlit as st

from datos import permisos, respaldos
from datos.borrar_copias import hasta_cuando
from datos.permisos import Rol
from datos.respaldo import verificar
from datos.respaldo_ficha import Respaldo
from datos.respaldo_reloj import respaldar_si_cambio
from datos.respaldo_revisar import revisar_aparte
from datos.respaldos import A_MANO, carpeta, listar
from datos.ubicacion import ruta_base
from tablero.conexion import conexion
from tablero.formato import momento, numero
from tablero.tablas_simples import tabla_simple
from tablero.tareas import hacer
from tablero.vista import parrafo, subtitulo

NADA = "Nada cambió desde el último respaldo: no hacía falta otro."
DICHO = "respaldos_dicho"
MIB = 1 << 20


def _estado(uno: Respaldo) -> str:
    if uno.problema:
        return f"no sirve: {uno.problema}"
    return "sirve" if uno.sirve else "nadie lo ha revisado"


def _celdas(uno: Respaldo) -> list[str]:
    filas = numero(sum(uno.marca.filas.values())) if uno.marca else "no consta"
    return [
        uno.archivo.name, momento(datetime.fromisoformat(uno.momento)), _estado(uno),
        filas, f"{numero(uno.archivo.stat().st_size / MIB, 1)} MB", hasta_cuando(uno),
    ]  # fmt: skip


def _crear() -> str:
    permisos.exigir(Rol.ADMINISTRACION)
    hecho = respaldar_si_cambio(conexion(), ruta_base(), A_MANO, revisar_aparte)
    if hecho is None:
        return NADA
    return f"Respaldo {hecho.archivo.name}: {_estado(hecho)}."


def _verificar(nombres: list[str]) -> str:
    permisos.exigir(Rol.ADMINISTRACION)
    lineas, _ = verificar(ruta_base(), nombres)
    return "\n".join(lineas)


def _politica() -> str:
    """Dice cuánto se guarda, con los números que rigen."""
    cargas = respaldos.entero("TABLERO_RESPALDOS_CARGAS", respaldos.SE_GUARDAN)
    horas = respaldos.entero("TABLERO_RESPALDOS_HORAS", respaldos.HORAS)
    dias = respaldos.entero("TABLERO_RESPALDOS_DIAS", respaldos.DIAS)
    meses = respaldos.entero("TABLERO_RESPALDOS_MESES", respaldos.MESES)
    return (
        f"Se guardan los de las últimas {cargas} cargas y el último de cada hora"
        f" ({horas}), día ({dias}) y mes ({meses}) en que algo cambió. Los que pide una"
        " persona no se quitan solos."
    )


def seccion() -> None:
    """Muestra los respaldos y su estado; deja hacer uno y revisarlos."""
    subtitulo("Respaldos")
    parrafo(_politica(), "nota")
    todos = listar(ruta_base())
    if todos:
        tabla_simple(
            ["Respaldo", "De cuándo", "Estado", "Filas", "Tamaño", "Hasta cuándo"],
            [_celdas(uno) for uno in todos],
            f"En {carpeta(ruta_base())}",
            "respaldos",
        )
    else:
        parrafo("Todavía no hay ninguno: el primero se hace antes de la primera carga"
                " o a la hora de partir.", "aviso")  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom", key="respaldar"):
        if st.button("Respaldar ahora", key="respaldo_crear"):
            _hacer(_crear, "Respaldando")
        elegido = st.selectbox(
            "Cuál revisar", [uno.archivo.name for uno in todos], index=None,
            placeholder="Todos", key="respaldo_cual",
        )  # fmt: skip
        if st.button("Revisar", key="respaldo_verificar", disabled=not todos):
            _hacer(partial(_verificar, [elegido] if elegido else []), "Revisando")
    for linea in st.session_state.pop(DICHO, "").splitlines():
        parrafo(linea, "aviso")
    parrafo(
        "Reponer un respaldo se hace en la consola, con el tablero detenido: python -m"
        " datos.respaldo restaurar RESPALDO. La base que había queda al lado.",
        "menor",
    )


def _hacer(que: Callable[[], str], rotulo: str) -> None:
    if dicho := hacer(que, rotulo):
        st.session_state[DICHO] = dicho
        st.rerun()

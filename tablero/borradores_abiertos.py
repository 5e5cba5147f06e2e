"""El borrador en revisión: se guarda con cada decisión, y fuera de la base."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from datos import borradores
from datos.borrador import Borrador
from datos.borrador_libro import al_dia
from datos.errores import ErrorDeDatos
from datos.permisos import actuando
from datos.registros import a_json, de_json
from datos.ubicacion import ruta_base
from tablero import identidad
from tablero.carga_lista import codigos

AVISO = "aviso_carga"
DE_LA_FICHA = ("ficha_", "canonico_")


def carpeta() -> Path:
    """Devuelve la carpeta de los borradores: junto a la base."""
    return ruta_base().with_name(f"{ruta_base().name}.borradores")


def existe(clave: str) -> bool:
    """Dice si hay un borrador con esa clave que se pueda abrir."""
    try:
        borradores.leer(carpeta(), clave)
    except ErrorDeDatos:
        return False
    return True


def abrir(clave: str) -> tuple[Borrador, int]:
    """Devuelve un borrador y su versión; lanza ErrorDeDatos si no se puede abrir."""
    contenido = borradores.leer(carpeta(), clave)
    version = contenido["version"]
    borrador: Borrador = de_json(Borrador, contenido["datos"])
    # Lo que la versión que hoy rige del libro no tiene se muestra por codificar.
    return al_dia(borrador, codigos()), int(str(version))


def guardar(clave: str, borrador: Borrador, version: int) -> None:
    """Guarda el borrador si nadie lo cambió desde `version`; 0 es uno nuevo."""
    contenido = {
        "titulo": f"{borrador.ficha.nombre} ({borrador.archivo})".strip(),
        "datos": a_json(borrador),
    }
    with actuando(identidad.persona()):
        borradores.guardar(carpeta(), clave, contenido, datetime.now(UTC), version)


def quitar(clave: str) -> None:
    """Quita un borrador para todos; lanza ErrorDeDatos si ya no está."""
    with actuando(identidad.persona()):
        borradores.quitar(carpeta(), clave)


def cambiar(cambio: Callable[[Borrador], Borrador]) -> bool:
    """Cambia el borrador abierto y dice si se pudo; si no, deja dicho por qué."""
    clave = st.session_state["borrador"]
    try:
        borrador, version = abrir(clave)
        # La versión es la que la persona está viendo: si otra ventana lo cambió, no
        # se le pasa por encima.
        guardar(clave, cambio(borrador), st.session_state.get("version", version))
    except ErrorDeDatos as error:
        st.session_state[AVISO] = error
        # Los controles vuelven a decir lo que está guardado.
        for llave in [k for k in st.session_state if str(k).startswith(DE_LA_FICHA)]:
            del st.session_state[llave]
        return False
    return True

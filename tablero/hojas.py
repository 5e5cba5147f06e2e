"""Las listas largas se miran por hojas: de a mil filas, y se dice cuántas hay."""

import streamlit as st

from tablero.formato import numero

# Con más filas, una tabla pesa más de lo que alguien lee.
FILAS = 1000


def de_la_hoja(cuales: slice, filas: int) -> str:
    """Devuelve qué filas son de cuántas, para la descarga de una sola hoja."""
    if cuales.stop - cuales.start == filas:
        return ""
    return f"; filas {_tramo(cuales, filas)}"


def _tramo(cuales: slice, filas: int) -> str:
    desde, hasta = numero(cuales.start + 1), numero(cuales.stop)
    return f"{desde} a {hasta} de {numero(filas)}"


def hoja(filas: int, asunto: str, por_hoja: int = 0) -> slice:
    """Deja elegir la hoja de una lista de `filas` filas; devuelve cuáles se miran.

    Una lista que cabe en una hoja no muestra nada. Si la lista cambia de largo, otra
    vez se mira desde la primera.
    """
    por_hoja = por_hoja or FILAS
    if filas <= por_hoja:
        return slice(0, filas)
    with st.container(horizontal=True, vertical_alignment="center", key=f"h_{asunto}"):
        dicho = st.empty()
        cual = st.pagination(
            -(-filas // por_hoja), key=f"hoja_{asunto}_{filas}", persist_state="session"
        )
        cuales = slice((cual - 1) * por_hoja, min(cual * por_hoja, filas))
        dicho.html(f'<p class="nota">Filas {_tramo(cuales, filas)}.</p>')
    return cuales

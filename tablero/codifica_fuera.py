"""El enunciado que se pidió leer y los filtros dejan fuera, o que no está."""

import pandas as pd
import streamlit as st

from tablero import estado
from tablero.conexion import preguntar
from tablero.vista import parrafo


def _ver(pedido: str) -> None:
    """Quita los filtros y vuelve a lo pedido, que la lista pudo haber cambiado."""
    estado.quitar()
    st.session_state["leer"] = pedido


def aviso_de_fuera(temas: pd.DataFrame) -> bool:
    """Dice si el enunciado pedido no está en lo filtrado, y deja quitar los filtros.

    `temas` son las filas de `codificar_temas`. Devuelve si lo dijo.
    """
    if st.session_state.pop("sin_leer", False):
        parrafo("El enunciado que pide la dirección no está, o no se muestra.", "aviso")
    pedido = str(st.session_state["leer"])
    if not pedido:
        return False
    filas = preguntar("codificar_pasaje", estado.seleccion(), enunciado=pedido)
    if filas.empty or filas["tema_dialogo_id"][0] in set(temas["tema_dialogo_id"]):
        return False
    with st.container(horizontal=True, vertical_alignment="center", key="filtrado"):
        parrafo(
            f"El enunciado «{filas['texto'].tolist()[0]}» no está en lo filtrado: lo"
            " que sigue es otro.",
            "filtros",
        )
        st.button(
            "Quitar filtros",
            on_click=_ver,
            args=(pedido,),
            key="quitar",
            icon=":material/close:",
        )
    return True

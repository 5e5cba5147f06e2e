"""Dividir un candidato en dos, o unirlo con el siguiente de su párrafo."""

from dataclasses import replace

import streamlit as st

from datos import candidatos
from datos.borrador import Borrador
from datos.leido import Candidato
from tablero.borradores_abiertos import cambiar
from tablero.vista import parrafo


def llave(campo: str, c: Candidato) -> str:
    """Devuelve la llave de un control: cambia con el pasaje, y el control se rehace."""
    return f"c_{campo}_{c.tema}_{c.parrafo}_{c.desde}_{c.hasta}"


def _partir(lugar: int, c: Candidato) -> None:
    caracter = int(st.session_state[llave("corte", c)])
    cambiar(
        lambda b: replace(
            b, candidatos=candidatos.dividir(b.candidatos, lugar, caracter, b.informe)
        )
    )
    st.session_state["candidato"] = lugar


def _juntar(lugar: int) -> None:
    cambiar(lambda b: replace(b, candidatos=candidatos.unir(b.candidatos, lugar)))
    st.session_state["candidato"] = lugar


def _cortes(pasaje: str) -> list[int]:
    """Devuelve dónde se puede dividir un pasaje: entre palabras."""
    return [i + 1 for i, letra in enumerate(pasaje[:-1]) if letra == " " and i]


def dividir_o_unir(c: Candidato, lugar: int, borrador: Borrador, pasaje: str) -> None:
    """Deja dividir el pasaje entre dos palabras, o unirlo con el que le sigue."""
    cortes = _cortes(pasaje)
    siguiente = borrador.candidatos[lugar + 1 : lugar + 2]
    junta = bool(siguiente) and (siguiente[0].tema, siguiente[0].parrafo) == (
        c.tema,
        c.parrafo,
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="partir"):
        if cortes:
            st.select_slider(
                "Dividir después del carácter",
                cortes,
                cortes[len(cortes) // 2],
                key=llave("corte", c),
                width=320,
            )
            st.button(
                "Dividir aquí",
                key="dividir",
                on_click=_partir,
                args=(lugar, c),
                icon=":material/content_cut:",
            )
        st.button(
            "Unir con el siguiente",
            key="unir",
            on_click=_juntar,
            args=(lugar,),
            disabled=not junta,
            icon=":material/link:",
        )
    if cortes:
        corte = int(st.session_state[llave("corte", c)])
        parrafo(
            f"Quedaría: «{pasaje[:corte].strip()}» / «{pasaje[corte:].strip()}»",
            "menor",
        )

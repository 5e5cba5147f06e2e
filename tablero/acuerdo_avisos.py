"""Lo que la página de acuerdo advierte antes de mostrar una cifra."""

import streamlit as st

from consultas.seleccion import Seleccion
from tablero.codifica_facetas import libro_que_rige
from tablero.conexion import preguntar
from tablero.formato import contar, de_total
from tablero.vista import parrafo

DOS = {"persona": "dos personas", "modelo": "dos modelos"}


def ver_modelos() -> None:
    """Cambia a las lecturas de modelos."""
    st.session_state["clase"] = "modelo"


def sin_comunes(clase: str) -> None:
    """Dice qué hacer para que haya acuerdo que medir."""
    st.info(
        f"Ningún enunciado de lo que se muestra tiene lecturas de {DOS[clase]}. Para"
        " medir acuerdo, dos personas codifican los mismos en Codificar, sin verse."
    )
    if clase == "persona":
        st.button("Ver las lecturas de modelos", on_click=ver_modelos, key="a_modelos")


def aviso_de_clase(clase: str) -> None:
    """Dice lo que las lecturas de modelos no prueban."""
    if clase == "modelo":
        parrafo(
            "Son lecturas de modelos de lenguaje. Que coincidan prueba poco:"
            " aprendieron de lo mismo y pueden errar igual. No se mezclan con las de"
            " personas.",
            "aviso",
        )


def aviso_de_versiones(clase: str, elegida: Seleccion) -> None:
    """Dice cuántas lecturas no entran por ser de versiones anteriores del libro."""
    leidas = preguntar("acuerdo_lecturas", elegida, clase=clase)
    fuera = leidas[leidas["libro_id"] != libro_que_rige()]
    cuantas = int(fuera["lecturas"].sum())
    if cuantas:
        son = contar(
            cuantas,
            "lectura es de una versión anterior",
            "lecturas son de versiones anteriores",
        )
        parrafo(
            f"{son} del libro de códigos y no entran en estas cifras: solo se comparan"
            " lecturas hechas con la que rige.",
            "aviso",
        )


def aviso_de_repetidas(clase: str, elegida: Seleccion) -> None:
    """Dice cuántas lecturas se cambiaron cuando las otras ya podían verse."""
    leidas = preguntar("acuerdo_lecturas", elegida, clase=clase)
    suyas = leidas[leidas["libro_id"] == libro_que_rige()]
    repetidas = int(suyas["repetidas"].sum())
    if repetidas:
        total = int(suyas["lecturas"].sum())
        parrafo(
            f"{de_total(repetidas, total)} lecturas se guardaron más de una vez:"
            " quien vuelve a guardar ya pudo ver las otras.",
            "nota",
        )

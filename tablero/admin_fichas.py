"""Las fichas con que otros programas leen el tablero: crearlas, verlas, revocarlas."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pandas as pd
import streamlit as st

from datos.fichas import DURA_A_LO_MAS, LARGO_MAXIMO, Ficha, crear, listar, revocar
from datos.ubicacion import ruta_base
from tablero import identidad
from tablero.conexion import conexion
from tablero.tabla import Columna, mostrar
from tablero.tareas import hacer
from tablero.vista import parrafo, subtitulo

MESES_POR_OMISION = timedelta(days=180)


def _estado(ficha: Ficha) -> str:
    if ficha.revocada:
        return "revocada"
    return "rige" if ficha.rige(datetime.now(UTC).date()) else "vencida"


def fichas() -> None:
    """Muestra las fichas, y deja crear una o revocarla."""
    subtitulo("Fichas para otros programas")
    parrafo(
        "Con una ficha, Excel, Power BI u otro programa lee los enunciados sin la"
        " cuenta de nadie. Dé una a cada uno: así se sabe cuál pidió qué."
    )
    if not identidad.con_cuentas():
        parrafo("Sin cuentas no hacen falta: a los programas de este equipo se les"
                " responde sin ficha, y a los de otros no.", "nota")  # fmt: skip
    todas = hacer(partial(listar, ruta_base()), "Leyendo las fichas")
    if todas is None:
        return
    if todas:
        _mostrar(todas)
    if nueva := st.session_state.pop("ficha_nueva", None):
        parrafo("Esta es la ficha. Cópiela ahora: no se puede volver a ver.", "aviso")
        st.code(nueva, language=None)
    _crear()
    if rigen := [una.nombre for una in todas if _estado(una) == "rige"]:
        _revocar(rigen)


def _mostrar(todas: tuple[Ficha, ...]) -> None:
    datos = pd.DataFrame(
        {
            "ficha": [una.nombre for una in todas],
            "rol": [una.rol for una in todas],
            "estado": [_estado(una) for una in todas],
            "creada": [una.creada[:10] for una in todas],
            "por": [una.por for una in todas],
            "vence": [una.vence for una in todas],
        }
    )
    columnas = [
        Columna("ficha", "Ficha"),
        Columna("rol", "Rol"),
        Columna("estado", "Estado"),
        Columna("creada", "Creada"),
        Columna("por", "Por"),
        Columna("vence", "Vence"),
    ]
    mostrar(datos, columnas, "Fichas, en el orden en que se crearon", "fichas")


def _crear() -> None:
    hoy = datetime.now(UTC).date()
    with st.form("ficha_crear", border=True):
        nombre = st.text_input(
            "Nombre de la ficha", max_chars=LARGO_MAXIMO, placeholder="power-bi",
            key="ficha_nombre",
        )  # fmt: skip
        vence = st.date_input(
            "Vence", value=hoy + MESES_POR_OMISION, min_value=hoy + timedelta(days=1),
            max_value=hoy + timedelta(days=DURA_A_LO_MAS), format="DD/MM/YYYY",
            key="ficha_vence",
        )  # fmt: skip
        if not st.form_submit_button("Crear la ficha"):
            return
    verbo = partial(
        crear, conexion(), ruta_base(), identidad.firma(), nombre.strip(), vence
    )
    if hecha := hacer(verbo, "Creando la ficha"):
        st.session_state["ficha_nueva"] = hecha
        st.rerun()


def _revocar(rigen: list[str]) -> None:
    elegida = st.selectbox(
        "Ficha por revocar", rigen, index=None, placeholder="Elija una",
        key="ficha_por_revocar",
    )  # fmt: skip
    if elegida is None:
        return
    parrafo(
        f"Quien use «{elegida}» dejará de entrar enseguida, y no se deshace.", "aviso"
    )
    verbo = partial(revocar, conexion(), ruta_base(), identidad.firma(), elegida)
    if st.button("Revocar esta ficha", key="ficha_revocar") and hacer(
        lambda: verbo() or True, "Revocando la ficha"
    ):
        st.session_state["acuse"] = f"La ficha «{elegida}» ya no rige."
        st.rerun()

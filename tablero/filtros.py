"""Los filtros que comparten todas las páginas, y su redacción en una frase."""

from functools import cache

import streamlit as st

from consultas.seleccion import Seleccion
from tablero import estado
from tablero.conexion import preguntar
from tablero.formato import enumerar

ROTULOS = {
    "dialogo": ("Diálogo", "Todos los diálogos"),
    "tema": ("Tema", "Todos los temas"),
    "grupo": ("Grupo convocado", "Todos los grupos"),
    "tipo": ("Tipo", "Todos los tipos"),
    "naturaleza": ("Naturaleza", "Todas"),
    "instrumento": ("Instrumento", "Todos los instrumentos"),
    "mesa": ("Mesa", "Todas las mesas"),
}
AYUDAS = {
    "grupo": "Grupos convocados a las mesas del tema. Convocado no es quien lo dijo.",
    "mesa": "Registro conjunto: el documento no separa las dos mesas del tema.",
}
FRASES = {
    "dialogo": "en el diálogo {}",
    "tema": "en el tema {}",
    "grupo": "en mesas a las que se convocó a {}",
    "tipo": "del tipo {}",
    "naturaleza": "que son {}",
    "instrumento": "sobre {}",
    "mesa": "atribuidos a {}",
    "buscar": "que contienen «{}»",
}


@cache
def opciones() -> dict[str, dict[str, str]]:
    """Devuelve, por filtro, sus valores con su etiqueta, en el orden de pantalla.

    Como la base se abre en solo lectura, no cambian mientras dure el proceso.
    """
    tabla = preguntar("filtros_opciones")
    por_filtro: dict[str, dict[str, str]] = {nombre: {} for nombre in estado.LISTAS}
    for filtro, valor, etiqueta in tabla.itertuples(index=False, name=None):
        por_filtro[filtro][valor] = etiqueta
    return por_filtro


def dibujar(disponibles: dict[str, dict[str, str]]) -> None:
    """Dibuja los filtros; cada uno escribe su valor en la sesión."""
    st.text_input(
        "Buscar en los enunciados",
        key=estado.clave("buscar"),
        max_chars=estado.LARGO_BUSQUEDA,
        placeholder="Una o más palabras",
        help="Exige todas las palabras. Da igual con o sin tildes, mayúsculas o ñ.",
        persist_state="session",
    )
    for nombre, (rotulo, todos) in ROTULOS.items():
        st.multiselect(
            rotulo,
            list(disponibles[nombre]),
            format_func=disponibles[nombre].__getitem__,
            key=estado.clave(nombre),
            placeholder=todos,
            help=AYUDAS.get(nombre),
            select_all=False,
            persist_state="session",
        )
    st.button(
        "Quitar todos los filtros",
        on_click=estado.quitar,
        disabled=not estado.seleccion().activos(),
        width="stretch",
        key="quitar_todos",
    )


def frase(elegida: Seleccion, disponibles: dict[str, dict[str, str]]) -> str:
    """Redacta los filtros puestos; sin filtros devuelve una cadena vacía."""
    partes = []
    for nombre, valores in elegida.activos().items():
        textos = [disponibles.get(nombre, {}).get(valor, valor) for valor in valores]
        partes.append(FRASES[nombre].format(enumerar(textos, nexo="o")))
    return ", ".join(partes)

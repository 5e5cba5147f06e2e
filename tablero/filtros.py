"""Los filtros que comparten todas las páginas, y su redacción en una frase."""

from functools import lru_cache

import streamlit as st

from consultas.seleccion import LISTAS, Seleccion
from tablero import estado
from tablero.conexion import edicion, preguntar
from tablero.formato import enumerar

ROTULOS = {
    "region": ("Región", "Todas las regiones"),
    "anio": ("Año", "Todos los años"),
    "dialogo": ("Diálogo", "Todos los diálogos"),
    "tema": ("Tema", "Todos los temas"),
    "pregunta": ("Pregunta", "Todas las preguntas"),
    "grupo": ("Grupo convocado", "Todos los grupos"),
    "tipo": ("Tipo", "Todos los tipos"),
    "naturaleza": ("Naturaleza", "Todas"),
    "instrumento": ("Instrumento", "Todos los instrumentos"),
    "mesa": ("Mesa", "Todas las mesas"),
}
# Con un solo valor no hay qué elegir, y ocuparían el lugar de los que sirven.
SOLO_SI_VARIOS = ("region", "anio", "dialogo")
AYUDAS = {
    "pregunta": "Una pregunta común a varios temas o diálogos aparece una sola vez.",
    "grupo": "Grupos convocados a las mesas del tema. Convocado no es quien lo dijo.",
    "mesa": "Registro conjunto: el documento no separa las dos mesas del tema.",
}
FRASES = {
    "region": "en la región de {}",
    "anio": "del año {}",
    "pregunta": "que responden a «{}»",
    "dialogo": "en el diálogo {}",
    "tema": "en el tema {}",
    "grupo": "en mesas a las que se convocó a {}",
    "tipo": "del tipo {}",
    "naturaleza": "de naturaleza {}",
    "instrumento": "sobre {}",
    "mesa": "atribuidos a {}",
    "buscar": "que contienen «{}»",
}


def opciones(ficticio: bool) -> dict[str, dict[str, str]]:
    """Devuelve, por filtro, sus valores con su etiqueta, en el orden de pantalla.

    Con `ficticio`, también los que solo tienen los diálogos ficticios.
    """
    return _opciones(ficticio, edicion())


@lru_cache(maxsize=4)
def _opciones(ficticio: bool, edicion: int) -> dict[str, dict[str, str]]:
    tabla = preguntar("filtros_opciones", Seleccion(ficticio=ficticio))
    por_filtro: dict[str, dict[str, str]] = {nombre: {} for nombre in LISTAS}
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
    elegida = estado.seleccion()
    for nombre, (rotulo, todos) in ROTULOS.items():
        sin_eleccion = len(disponibles[nombre]) < 2 and not getattr(elegida, nombre)
        if nombre in SOLO_SI_VARIOS and sin_eleccion:
            continue
        st.multiselect(
            rotulo,
            list(disponibles[nombre]),
            format_func=disponibles[nombre].__getitem__,
            key=estado.clave(nombre),
            placeholder=todos,
            help=AYUDAS.get(nombre),
            select_all=False,
            # De otro modo, «OTEC» ofrece también lo que solo tiene esas letras sueltas.
            filter_mode="contains",
            persist_state="session",
        )
    st.button(
        "Quitar todos los filtros",
        on_click=estado.quitar,
        disabled=not elegida.activos(),
        width="stretch",
        key="quitar_todos",
    )
    st.toggle(
        "Datos ficticios de demostración",
        key=estado.FICTICIO,
        on_change=_al_cambiar_ficticios,
        help="Agrega tres diálogos inventados, casi todos con acta por mesa, para ver"
        " cómo se compara. Nada de ellos ocurrió.",
        persist_state="session",
    )


def _al_cambiar_ficticios() -> None:
    estado.mostrar_ficticios(bool(st.session_state[estado.FICTICIO]))


def ofrecer_ficticios(rotulo: str, mostrar: bool) -> None:
    """Un botón que agrega o quita los diálogos ficticios de lo que se mira."""
    st.button(
        rotulo,
        on_click=estado.mostrar_ficticios,
        args=(mostrar,),
        key=f"ficticios_{mostrar}",
        icon=":material/science:",
    )


def frase(elegida: Seleccion, disponibles: dict[str, dict[str, str]]) -> str:
    """Redacta los filtros puestos; sin filtros devuelve una cadena vacía."""
    partes = []
    for nombre, valores in elegida.activos().items():
        textos = [disponibles.get(nombre, {}).get(valor, valor) for valor in valores]
        partes.append(FRASES[nombre].format(enumerar(textos, nexo="o")))
    return ", ".join(partes)

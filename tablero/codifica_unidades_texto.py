"""El cuadro en que se escriben las rayas, con la vista previa de las unidades."""

from functools import partial

import streamlit as st

from datos.cortes import cortes_de, marca_de, marcar, unidades
from datos.edicion import Choque
from datos.errores import ErrorDeDatos
from datos.segmentar import Parrafo, guardar_segmentacion, quitar_segmentacion
from tablero.conexion import conexion
from tablero.divisiones import lado_a_lado
from tablero.fiabilidad_cortes import Cortes
from tablero.formato import contar
from tablero.tablas_simples import tabla_simple
from tablero.tareas import hacer, mostrar_error
from tablero.vista import parrafo

# Los cortes que esa persona tiene guardados y su versión, o None si no lo dividió.
Suya = tuple[Cortes, int] | None
ALTO_LINEA, LETRAS_POR_LINEA, ALTO_MINIMO, ALTO_MAXIMO = 25, 55, 140, 420


def _llave(que: str, lugar: Parrafo) -> str:
    return f"u_{que}_{lugar.documento}_{lugar.tema_dialogo}_{lugar.numero}"


def _preparar(lugar: Parrafo, texto: str, quien: str, suya: Suya) -> None:
    """Pone en el cuadro lo guardado, o el párrafo sin rayas: nunca una propuesta.

    Lo escrito y no guardado se queda, con la versión que se veía al empezar.
    """
    cuadro, marca = _llave("texto", lugar), _llave("vista", lugar)
    version = None if suya is None else suya[1]
    hoy = st.session_state.get(marca)
    escrito = st.session_state.get(cuadro)
    if hoy and hoy[0] == quien and (hoy[1] == version or hoy[2] != escrito):
        return
    base = marcar(texto, suya[0]) if suya else texto
    # Quien escribe su seudónimo después de las rayas no las pierde.
    recien = hoy and not hoy[0] and escrito not in (None, hoy[2])
    if not recien:
        st.session_state[cuadro] = base
    st.session_state[marca] = (quien, version, base)


def _empezar_de_nuevo(lugar: Parrafo, texto: str) -> None:
    st.session_state[_llave("texto", lugar)] = texto


def _previa(texto: str, escrito: str) -> Cortes | None:
    """Muestra las unidades y devuelve sus cortes; None, diciéndolo, si algo no va."""
    try:
        cortes = cortes_de(texto, escrito)
    except ErrorDeDatos as error:
        mostrar_error(error)
        return None
    cuantas = contar(len(cortes), "unidad", "unidades")
    tabla_simple(
        ["N.º", "Unidad"],
        [[str(n), u] for n, u in enumerate(unidades(texto, cortes), 1)],
        f"Así queda: {cuantas}",
        "unidades_previas",
    )
    return cortes


def _guardar(
    lugar: Parrafo, texto: str, quien: str, escrito: str, cortes: Cortes
) -> None:
    marca = _llave("vista", lugar)
    vista: int | None = st.session_state[marca][1]

    def al_chocar(choque: Choque) -> None:
        mostrar_error(choque)
        ultimo = (choque.cambios[-1].despues or {}) if choque.cambios else {}
        hoy = ultimo.get("version")
        if isinstance(otros := ultimo.get("cortes"), list):
            lado_a_lado(
                texto,
                {"En la otra ventana": tuple(otros), "En esta": cortes},
                "Lo que se guardó entretanto y lo que hay en pantalla.",
                "choque_division",
            )
        # Ya se mostró qué cambió: si guarda de nuevo, es sabiéndolo.
        st.session_state[marca] = (quien, hoy, st.session_state[marca][2])

    hecho = hacer(
        partial(guardar_segmentacion, conexion(), quien, lugar, escrito, vista),
        "Guardando la división",
        escribe=True,
        al_chocar=al_chocar,
    )
    if hecho:
        _soltar(lugar)
        cuantas = contar(len(cortes), "unidad", "unidades")
        st.session_state["acuse"] = f"La división está guardada: {cuantas}."
        st.rerun()


def _soltar(lugar: Parrafo) -> None:
    for que in ("texto", "vista"):
        st.session_state.pop(_llave(que, lugar), None)


def _quitar(lugar: Parrafo, quien: str, version: int) -> None:
    """Quita la división propia; antes pregunta."""
    if not st.session_state.get("u_por_quitar"):
        if st.button("Quitar mi división", key="u_quitar"):
            st.session_state["u_por_quitar"] = True
            st.rerun()
        return
    if st.button("Sí, quitarla", key="u_si_quitar", type="primary"):
        st.session_state.pop("u_por_quitar")
        if hacer(
            partial(quitar_segmentacion, conexion(), quien, lugar, version),
            "Quitando la división",
            escribe=True,
        ):
            _soltar(lugar)
            st.session_state["acuse"] = "Su división se quitó."
            st.rerun()
    if st.button("No", key="u_no_quitar"):
        st.session_state.pop("u_por_quitar")
        st.rerun()


def escribir(lugar: Parrafo, texto: str, quien: str, suya: Suya) -> None:
    """Deja marcar las unidades de un párrafo, verlas y guardarlas."""
    _preparar(lugar, texto, quien, suya)
    raya = marca_de(texto)
    lineas = 2 + len(texto) // LETRAS_POR_LINEA
    controles, al_lado = st.columns(2, gap="medium")
    with controles:
        escrito = st.text_area(
            f"Escriba «{raya}» entre una unidad y la siguiente",
            key=_llave("texto", lugar),
            height=min(max(lineas * ALTO_LINEA, ALTO_MINIMO), ALTO_MAXIMO),
            help="Ponga solo rayas, entre palabras: si cambia otra cosa, se le dice y"
            " no se guarda. Sin rayas, el párrafo es una sola unidad.",
            persist_state="session",
        )
        with st.container(horizontal=True, key="guardar_division"):
            guardar = st.button(
                "Guardar", type="primary", key="u_guardar", disabled=not quien
            )
            st.button(
                "Quitar las rayas",
                key="u_de_nuevo",
                on_click=_empezar_de_nuevo,
                args=(lugar, texto),
            )
            if suya is not None:
                _quitar(lugar, quien, suya[1])
        if not quien:
            parrafo("Escriba su seudónimo para poder guardar.", "nota")
        parrafo(
            "«Así queda» se pone al día al salir del cuadro, o con Ctrl+Enter.",
            "menor",
        )
    with al_lado:
        cortes = _previa(texto, escrito)
    if guardar and cortes:
        _guardar(lugar, texto, quien, escrito, cortes)
    elif guardar:
        parrafo("No se guardó: corrija antes lo que se dice del texto.", "aviso")

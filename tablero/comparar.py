"""La pantalla de las dos mesas: qué se elige, las matrices y su tabla para llevarse."""

from dataclasses import replace
from typing import cast

import pandas as pd
import streamlit as st

from consultas.seleccion import Seleccion
from tablero import pares, tabla
from tablero.conexion import preguntar
from tablero.estado import PROPIOS, seleccion
from tablero.formato import contar
from tablero.tabla import Columna
from tablero.vista import parrafo, plegado, subtitulo

COLUMNAS_PLANAS = [
    Columna("dialogo", "Diálogo"),
    Columna("tema", "Tema"),
    Columna("codigo_nombre", "Código"),
    Columna("estado_nombre", "Estado del par"),
    Columna("hay_tension", "En tensión"),
    Columna("mesa", "Mesa"),
    Columna("naturaleza_nombre", "Naturaleza"),
    Columna("texto", "Enunciado"),
    Columna("lugar", "Lugar en el documento"),
]


def de_ambas_mesas() -> Seleccion:
    """Devuelve la selección sin el filtro de mesa, y dice cómo pesan los demás."""
    elegida = seleccion()
    if elegida.mesa:
        parrafo("El filtro de mesa no se aplica en esta página: dejaría una sola.",
                "aviso")  # fmt: skip
    elegida = elegida.de_ambas_mesas()
    propios = set(elegida.activos()) - {"region", "anio", "dialogo", "tema"}
    if propios:
        parrafo(
            "Estados y coincidencia se calculan solo con los enunciados que pasan los"
            " filtros: «solo A» puede ser que lo de B quedó fuera de ellos.",
            "aviso",
        )
    return elegida


def controles() -> None:
    """Deja elegir qué va en las filas y qué estados se ven; ambos, en la dirección."""
    with st.container(horizontal=True, key="controles"):
        st.segmented_control(
            "Qué va en las filas",
            PROPIOS["mesas"]["filas"],
            format_func=pares.FILAS.__getitem__,
            key="filas",
            required=True,
            persist_state="session",
        )
        st.selectbox(
            "Estado del código",
            PROPIOS["mesas"]["estado"],
            format_func=pares.FILTRO_ESTADO.__getitem__,
            key="estado",
            width=260,
            persist_state="session",
        )


def _elegir(registro: pd.DataFrame) -> pd.DataFrame:
    """Devuelve los pares que caben en pantalla; si son muchos, el que más difiere."""
    if len(registro) <= pares.A_LA_VISTA:
        return registro
    comparables = pares.comparables(registro)
    if len(comparables) > 1:
        dicho = "el que más difiere; pulse otro en el gráfico o elija diálogo y tema"
    elif len(comparables):
        dicho = "el único que se puede comparar; para ver otro, elija diálogo y tema"
    else:
        dicho = "el primero, y ninguno se puede comparar; elija diálogo y tema"
    parrafo(
        f"Hay {contar(len(registro), 'par', 'pares')} de mesas en la selección. Se"
        f" muestra {dicho}.",
        "aviso",
    )
    return (comparables if len(comparables) else registro).head(1)


def _de_los(elegida: Seleccion, elegidos: pd.DataFrame) -> Seleccion:
    """Acota la selección a los pares que se muestran: los demás ni se preguntan."""
    return replace(
        elegida,
        dialogo=tuple(elegidos["dialogo_id"].unique()),
        tema=tuple(str(tema) for tema in elegidos["tema_id"].unique()),
    )


def _por_par(datos: pd.DataFrame) -> dict[str, list[pares.Fila]]:
    return {de[0]["tema_dialogo_id"]: de for de in pares.por_tema(datos)}


def matrices(
    elegida: Seleccion, registro: pd.DataFrame, filas: str, estado: str
) -> None:
    """Muestra la matriz de cada par, con su coincidencia encima, y la tabla plana."""
    elegidos = _elegir(registro)
    suyos = _de_los(elegida, elegidos)
    cual = None if estado == "todos" else estado
    base = pares.base_de(filas)
    por_par = _por_par(preguntar("mesas_pares", suyos, filas=base, estado=None))
    a_la_vista = _por_par(preguntar("mesas_pares", suyos, filas=filas, estado=cual))
    for par in cast(list[pares.Fila], elegidos.to_dict("records")):
        clave = par["tema_dialogo_id"]
        subtitulo(f"{par['dialogo']} · Tema {par['tema_numero']}")
        for linea in pares.medidas(par, por_par.get(clave, [])):
            parrafo(linea, "nota")
        if clave in a_la_vista:
            tabla.dibujar(
                pares.columnas(filas),
                list(pares.filas(a_la_vista[clave])),
                par["tema"],
                f"par_{clave}",
            )
        else:
            parrafo("Ningún código de este par está en lo elegido.", "nota")
    for _ in plegado("Ver en una sola tabla y descargar", "pares"):
        vista = preguntar("mesas_pares", elegida, filas=filas, estado=cual)
        vista["estado_nombre"] = vista["estado"].map(pares.ESTADOS)
        tabla.mostrar(
            vista,
            COLUMNAS_PLANAS,
            "Enunciados por par de mesas",
            "pares",
            elegida=elegida,
            aparte=f"filas: {filas}; estado: {estado}",
        )

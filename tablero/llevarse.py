"""Los documentos para llevarse: la síntesis, y la matriz de sistematización."""

from functools import partial

import streamlit as st

from consultas.seleccion import Seleccion
from datos.errores import ErrorDeDatos
from tablero import cifras, sintesis, sistematizacion
from tablero.conexion import preguntar
from tablero.descargas import WORD, XLSX, Escrito, bajar
from tablero.estado import direccion, seleccion
from tablero.exportar import nombre_de_archivo
from tablero.formato import numero
from tablero.hechos import Hechos, ahora, reunir
from tablero.significados import SIGNIFICADOS

# En Word cada fila cuesta más de un milisegundo, y mientras tanto los demás esperan.
FILAS_WORD = 5_000


def _sintesis(elegida: Seleccion, vista: str) -> Escrito:
    filas = int(cifras.de(elegida)["enunciados"])
    return sintesis.html(elegida, ahora(), vista).encode(), filas


def boton_de_sintesis() -> None:
    """Ofrece la síntesis de dos páginas de lo que se mira."""
    elegida = seleccion()
    nombre = nombre_de_archivo("sintesis", elegida, ahora().date(), ".html")
    bajar(
        "Síntesis de dos páginas (HTML)",
        partial(_sintesis, elegida, direccion()),
        nombre,
        "text/html",
        "bajar_sintesis",
        "síntesis",
        elegida,
    )


def _hechos(elegida: Seleccion, filas: int, vista: str) -> Hechos:
    columnas = tuple(
        (titulo, SIGNIFICADOS[clave]) for clave, titulo, _ in sistematizacion.COLUMNAS
    )
    return reunir("Matriz de sistematización", elegida, filas, columnas, ahora(), vista)


def _matriz(elegida: Seleccion, en_word: bool, vista: str) -> Escrito:
    filas = preguntar("sistematizacion_filas", elegida)
    if en_word and len(filas) > FILAS_WORD:
        raise ErrorDeDatos(
            f"En Word la matriz lleva hasta {numero(FILAS_WORD)} filas, y aquí serían"
            f" {numero(len(filas))}. Acote con los filtros, o llévela en XLSX."
        )
    escribir = sistematizacion.word if en_word else sistematizacion.xlsx
    hechos = _hechos(elegida, len(filas), vista)
    return escribir(filas, hechos, ahora()), len(filas)


def botones_de_sistematizacion() -> None:
    """Ofrece la matriz de cada tema de la selección, en XLSX y en Word."""
    elegida = seleccion()
    with st.container(horizontal=True, key="descargas_sistematizacion"):
        for rotulo, final, mime in (
            ("Matriz de sistematización (XLSX)", ".xlsx", XLSX),
            ("Matriz de sistematización (Word)", ".docx", WORD),
        ):
            bajar(
                rotulo,
                partial(_matriz, elegida, final == ".docx", direccion()),
                nombre_de_archivo("sistematizacion", elegida, ahora().date(), final),
                mime,
                f"bajar_matriz{final.replace('.', '_')}",
                "matriz de sistematización",
                elegida,
            )

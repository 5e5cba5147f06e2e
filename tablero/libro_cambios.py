"""Qué cambia una versión del libro de códigos respecto de aquella de que se copió."""

from collections.abc import Sequence

import pandas as pd

from datos.libro_diferencias import Diferencia, comparar
from datos.libros import codigos_de
from tablero.conexion import conexion, preguntar
from tablero.estado import seleccion
from tablero.formato import contar
from tablero.tablas_simples import tabla_simple
from tablero.vista import parrafo

QUE = {
    "agregado": "Código nuevo",
    "quitado": "Código quitado",
    "cambiado": "Cambia",
    "orden": "Cambia el orden",
}
ROTULOS = {
    "nombre": "nombre",
    "definicion": "qué abarca",
    "incluir": "cuándo usarlo",
    "excluir": "cuándo no",
    "ejemplo": "ejemplo",
    "prioridad": "prioridad",
    "orden": "orden",
}


def versiones() -> pd.DataFrame:
    """Devuelve todas las versiones del libro: las que no rigen nunca, primero."""
    return preguntar("libros_lista", seleccion())


def diferencias_de(antes: str, despues: str) -> list[Diferencia]:
    """Devuelve en qué difieren dos versiones, por su clave."""
    cursor = conexion().cursor()
    return comparar(codigos_de(cursor, antes), codigos_de(cursor, despues))


def _filas(d: Diferencia) -> list[list[str]]:
    codigo = f"{d.nombre} ({d.codigo})" if d.codigo else "todos"
    relee = "sí" if d.cambia_el_sentido else "no"
    cambios = d.cambios or (("", "", ""),)
    return [
        [
            d.faceta,
            codigo,
            f"{QUE[d.que]}{': ' if c and d.que == 'cambiado' else ''}"
            f"{ROTULOS[c] if c and d.que == 'cambiado' else ''}",
            "—" if era in (None, "") else str(era),
            "—" if es in (None, "") else str(es),
            relee,
        ]
        for c, era, es in cambios
    ]


def mostrar_diferencias(antes: str, despues: str, asunto: str) -> list[Diferencia]:
    """Muestra en una tabla en qué difieren dos versiones, y las devuelve."""
    halladas = diferencias_de(antes, despues)
    if halladas:
        tabla_de_diferencias(halladas, asunto, "la versión de que se copió")
    else:
        parrafo("No cambia nada de la versión de que se copió.", "nota")
    return halladas


def tabla_de_diferencias(
    halladas: Sequence[Diferencia], asunto: str, con_cual: str
) -> None:
    """Muestra diferencias en una tabla; `con_cual` dice con qué versión lo son."""
    tabla_simple(
        ["Faceta", "Código", "Qué cambia", "Decía", "Dice", "Pide leer de nuevo"],
        [fila for d in halladas for fila in _filas(d)],
        f"{contar(len(halladas), 'diferencia', 'diferencias')} con {con_cual}."
        " Pide leer de nuevo lo que tenía un código quitado o con otro sentido.",
        asunto,
    )

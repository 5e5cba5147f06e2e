"""Qué cambia una versión del libro de códigos respecto de aquella de que se copió."""

from collections.abc import Sequence

import pandas as pd

from datos.libro_diferencias import Diferencia, comparar
from datos.libro_revisar import ROTULOS
from datos.libros import codigos_de
from tablero.carga_lista import FACETAS
from tablero.conexion import conexion, preguntar
from tablero.estado import seleccion
from tablero.formato import contar, enumerar
from tablero.tablas_simples import tabla_simple
from tablero.vista import parrafo

QUE = {
    "agregado": "Código nuevo",
    "quitado": "Código quitado",
    "cambiado": "Cambia",
    "orden": "Cambia el orden",
}


def versiones() -> pd.DataFrame:
    """Devuelve todas las versiones del libro: las que no rigen nunca, primero."""
    return preguntar("libros_lista", seleccion())


def diferencias_de(antes: str, despues: str) -> list[Diferencia]:
    """Devuelve en qué difieren dos versiones, por su clave."""
    cursor = conexion().cursor()
    return comparar(codigos_de(cursor, antes), codigos_de(cursor, despues))


def _filas(d: Diferencia) -> list[list[str]]:
    """Devuelve una fila por columna que cambia."""
    codigo = f"{d.nombre} ({d.codigo})" if d.codigo else "todos"
    return [
        [
            FACETAS.get(d.faceta, d.faceta),
            codigo,
            QUE[d.que] + (f": {ROTULOS[c].lower()}" if d.que == "cambiado" else ""),
            "—" if era in (None, "") else str(era),
            "—" if es in (None, "") else str(es),
            "sí" if d.pide_leer(c) else "no",
        ]
        for c, era, es in d.cambios
    ]


def cuantas(halladas: Sequence[Diferencia]) -> str:
    """Dice cuántos cambios hay, uno por fila, y en cuántos códigos u órdenes."""
    codigos = sum(bool(d.codigo) for d in halladas)
    ordenes = len(halladas) - codigos
    donde = [
        *([contar(codigos, "código", "códigos")] if codigos else []),
        *([f"el orden de {contar(ordenes, 'faceta', 'facetas')}"] if ordenes else []),
    ]
    filas = sum(len(d.cambios) for d in halladas)
    return f"{contar(filas, 'cambio', 'cambios')} en {enumerar(donde)}"


def mostrar_diferencias(antes: str, despues: str, asunto: str) -> list[Diferencia]:
    """Muestra en una tabla en qué difieren dos versiones, y las devuelve."""
    halladas = diferencias_de(antes, despues)
    if halladas:
        tabla_de_diferencias(halladas, asunto, "la versión de que se copió")
    else:
        parrafo("No cambia nada de la versión de que se copió.", "nota")
    return halladas


def filas_de(halladas: Sequence[Diferencia]) -> list[list[str]]:
    """Devuelve una fila por cambio: primero lo que dice cada código, luego su lugar."""
    en_orden = sorted(halladas, key=lambda d: d.solo_de_lugar)
    return [fila for d in en_orden for fila in _filas(d)]


def tabla_de_diferencias(
    halladas: Sequence[Diferencia], asunto: str, con_cual: str
) -> None:
    """Muestra diferencias en una tabla; `con_cual` dice con qué versión lo son."""
    tabla_simple(
        ["Faceta", "Código", "Qué cambia", "Decía", "Dice", "Pide leer de nuevo"],
        filas_de(halladas),
        f"{cuantas(halladas)} respecto de {con_cual}. De uno nuevo o quitado se muestra"
        " qué abarca. Hay que leer de nuevo lo que tenía un código quitado o con otro"
        " sentido.",
        asunto,
    )

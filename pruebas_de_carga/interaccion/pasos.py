"""Una interacción: qué se pulsa y qué se responde. La misma para todos.

Cambia un filtro, y la pantalla entera responde: siete consultas, dos gráficos y dos
tablas. Solo pide la biblioteca estándar: lo importan entornos con muy poco instalado.
"""

import json
from collections.abc import Iterable
from typing import Any, SupportsInt

# Cada filtro, con su columna y su rótulo en pantalla.
COLUMNAS = {"region": "region_id", "tema": "tema_id", "tipo": "tipo"}
ROTULOS = {"region": "Región", "tema": "Tema", "tipo": "Tipo"}
POR_FILTRO = 5
PALABRAS = ("capacitacion", "mineria")
PAGINA = 50
# Lo que trae cada fila de las dos tablas.
FILA = ("texto", "tema_id", "tipo", "naturaleza", "mesa")


def en_orden(filas: Iterable[Iterable[Any]]) -> list[list[Any]]:
    """Devuelve las filas de un recuento, que no tienen orden propio, ordenadas."""
    return sorted(([*fila] for fila in filas), key=repr)


def escribir(
    cuantos: SupportsInt, temas_tipos: Iterable[Iterable[Any]],
    tipos_naturalezas: Iterable[Iterable[Any]], pares: Iterable[Any],
    halladas: SupportsInt, buscar: Iterable[str], primeros: Iterable[str],
) -> str:  # fmt: skip
    """Devuelve una respuesta como JSON, en la forma en que se comparan.

    `pares` son los códigos en ambas mesas, solo en A y solo en B, sumados; `buscar` y
    `primeros`, los textos de las dos tablas, en el orden de los documentos.
    """
    respuesta = {
        "cuantos": int(cuantos),
        "temas_tipos": en_orden(temas_tipos),
        "tipos_naturalezas": en_orden(tipos_naturalezas),
        "pares": [int(n or 0) for n in pares],
        "halladas": int(halladas),
        "buscar": [*buscar],
        "primeros": [*primeros],
    }
    return json.dumps(respuesta, ensure_ascii=False)

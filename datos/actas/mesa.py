"""Lee lo que un acta dice de su mesa: cuál es, cuántas personas y en qué soporte."""

from collections.abc import Callable, Mapping
from typing import TypeAlias, TypeVar

from datos.actas.celdas import (
    Lista,
    Reparo,
    armar_lista,
    elegir,
    leer_participantes,
    plegar,
)
from datos.actas.forma import SOPORTES, TITULOS, MesaEnBlanco
from datos.errores import Falta

Valor = TypeVar("Valor")
Lector: TypeAlias = Callable[[str], tuple[Valor | None, Reparo | None]]

LISTA_SOPORTES = armar_lista(
    "un soporte del acta", [(codigo, (nombre,)) for codigo, nombre in SOPORTES]
)


def lista_de_mesas(mesas: Mapping[str, MesaEnBlanco]) -> Lista:
    """Devuelve las claves de mesa que un acta puede llevar."""
    que = "la clave de una mesa conocida"
    return armar_lista(que, [(mesa_id, (mesa_id,)) for mesa_id in mesas])


def _leer(
    archivo: str, fila: int, columna: str, celda: str | None, lector: Lector[Valor]
) -> tuple[Valor | None, list[Falta]]:
    if celda is None or not plegar(celda):
        return None, []
    valor, reparo = lector(celda)
    return valor, ([Falta(archivo, *reparo, fila, TITULOS[columna])] if reparo else [])


def leer_mesa(
    archivo: str, fila: int, celda: str | None, claves: Lista
) -> tuple[str | None, list[Falta]]:
    """Devuelve la mesa_id conocida que la celda nombra, o None y por qué no."""
    mesa_id, faltas = _leer(
        archivo, fila, "mesa_id", celda, lambda texto: elegir(texto, claves)
    )
    if mesa_id is None and not faltas:
        remedio = "Baje de nuevo el acta en blanco y copie su clave tal cual."
        faltas = [Falta(archivo, "está vacía.", remedio, fila, TITULOS["mesa_id"])]
    return mesa_id, faltas


def leer_datos(
    archivo: str, donde: Mapping[str, tuple[int, str | None]]
) -> tuple[int | None, str | None, list[Falta]]:
    """Devuelve participantes y soporte; `donde` da la fila y la celda de cada uno."""
    fila, celda = donde.get("participantes", (0, None))
    participantes, faltas = _leer(
        archivo, fila, "participantes", celda, leer_participantes
    )
    fila, celda = donde.get("soporte", (0, None))
    soporte, otras = _leer(
        archivo, fila, "soporte", celda, lambda texto: elegir(texto, LISTA_SOPORTES)
    )
    return participantes, soporte, faltas + otras

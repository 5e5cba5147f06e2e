"""A qué lleva lo que se pulsa: de una fila de datos, los filtros que acotan a ella."""

from collections.abc import Sequence
from urllib.parse import urlencode

import pandas as pd

# El número pulsado no miraba los filtros que no son de diálogo: pulsarlo los quita.
SOLO = ("solo", "si")


def columna_de(datos: pd.DataFrame, filtro: str) -> str:
    """Devuelve la columna de `datos` con los valores de un filtro: `x_id` o `x`."""
    return f"{filtro}_id" if f"{filtro}_id" in datos else filtro


def destinos(
    datos: pd.DataFrame, filtros: Sequence[str], *, solo: bool = False
) -> list[str]:
    """Devuelve, por fila, los filtros que acotan a ella, escritos como en la dirección.

    Con `solo`, al seguirlos se quitan antes los filtros que no son de diálogo.
    """
    valores = [datos[columna_de(datos, filtro)].tolist() for filtro in filtros]
    aparte = [SOLO] if solo else []
    return [
        urlencode([*zip(filtros, fila, strict=True), *aparte])
        for fila in zip(*valores, strict=True)
    ]

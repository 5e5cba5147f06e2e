"""Cuánto leyó una persona de lo que tiene por leer, en total y por tema."""

import pandas as pd

from tablero.formato import contar, de_total
from tablero.vista import parrafo


def por_tema(lista: pd.DataFrame) -> list[str]:
    """Devuelve una frase por diálogo con lo leído de cada tema, en su orden.

    `lista` son las filas de `codificar_lista`. La unidad es el enunciado.
    """
    leidos: dict[str, dict[int, list[int]]] = {}
    for dialogo, tema, version in zip(
        lista["dialogo"], lista["tema_numero"], lista["version_propia"], strict=True
    ):
        cuenta = leidos.setdefault(str(dialogo), {}).setdefault(int(tema), [0, 0])
        cuenta[0] += not pd.isna(version)
        cuenta[1] += 1
    return [
        f"{dialogo}: "
        + " · ".join(f"tema {tema}, {de_total(*n)}" for tema, n in de.items())
        for dialogo, de in leidos.items()
    ]


def progreso(lista: pd.DataFrame) -> None:
    """Dice lo leído de lo que se mira y, si hay más de un tema, de cada uno."""
    leidos = int(lista["version_propia"].notna().sum())
    pendientes = int((lista["estado"] == "pendiente").sum())
    dicho = f"Leídos por usted: {de_total(leidos, len(lista))} enunciados."
    if pendientes:
        esperan = contar(pendientes, "espera su primer código", "esperan su primer"
                         " código")  # fmt: skip
        dicho += f" {esperan}."
    parrafo(
        f"{dicho} Aquí valen los filtros de región, año, diálogo y tema; otros, no.",
        "nota",
    )
    if lista["tema_dialogo_id"].nunique() > 1:
        for frase in por_tema(lista):
            parrafo(frase, "menor")

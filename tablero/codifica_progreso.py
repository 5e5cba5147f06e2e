"""Cuánto leyó una persona de lo que tiene por leer, en total y por tema."""

import pandas as pd

from tablero.formato import contar, de_total
from tablero.vista import parrafo

# Con más diálogos que estos, la lista no se lee: van los que la persona empezó.
DIALOGOS = 10


def por_dialogo(temas: pd.DataFrame) -> tuple[list[str], int]:
    """Devuelve una frase por diálogo con lo leído de cada tema, y cuántos faltan.

    `temas` son las filas de `codificar_temas`. La unidad es el enunciado. Si son más de
    DIALOGOS, los empezados van primero y los demás solo se cuentan.
    """
    dialogos = {str(d): de for d, de in temas.groupby("dialogo", sort=False)}
    dichos = list(dialogos)
    if len(dichos) > DIALOGOS:
        dichos = [d for d in dichos if dialogos[d]["leidos"].any()][:DIALOGOS]
    frases = [
        f"{dialogo}: "
        + " · ".join(
            f"tema {tema}, {de_total(leidos, hay)}"
            for tema, leidos, hay in zip(
                dialogos[dialogo]["tema_numero"],
                dialogos[dialogo]["leidos"],
                dialogos[dialogo]["enunciados"],
                strict=True,
            )
        )
        for dialogo in dichos
    ]
    return frases, len(dialogos) - len(dichos)


def progreso(temas: pd.DataFrame, quien: str) -> None:
    """Dice lo leído de lo que se mira y, si hay más de un tema, de cada uno.

    Sin saber quién lee, no dice que no ha leído nada.
    """
    leidos, hay = int(temas["leidos"].sum()), int(temas["enunciados"].sum())
    pendientes = int(temas["pendientes"].sum())
    dicho = f"Leídos por usted: {de_total(leidos, hay)} enunciados."
    if not quien:
        dicho = "Con su seudónimo escrito verá cuánto lleva leído."
    if pendientes:
        esperan = contar(pendientes, "espera su primer código", "esperan su primer"
                         " código")  # fmt: skip
        dicho += f" {esperan}."
    parrafo(
        f"{dicho} Aquí valen los filtros de región, año, diálogo y tema; otros, no.",
        "nota",
    )
    if quien and len(temas) > 1:
        frases, otros = por_dialogo(temas)
        for frase in frases:
            parrafo(frase, "menor")
        if otros:
            cuantos = contar(otros, "diálogo más", "diálogos más")
            parrafo(f"Y {cuantos}: elija uno en los filtros para ver sus temas.",
                    "menor")  # fmt: skip

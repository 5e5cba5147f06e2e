"""Números, fechas y textos como se escriben en Chile."""

import html
import re
import textwrap
from datetime import datetime
from functools import cache

import pandas as pd

MESES = ("ene", "feb", "mar", "abr", "may", "jun",
         "jul", "ago", "sept", "oct", "nov", "dic")  # fmt: skip
NO_CONSTA = "no consta"
# Ante qué comienzo el nexo cambia, por su sonido: «hierro» no suena como «hilo».
CHOCA = {
    "y": re.compile(r"h?[ií](?![aeéoó])", re.IGNORECASE),
    "o": re.compile(r"h?[oó]", re.IGNORECASE),
}
# Un espacio duro: la cifra y su unidad no se separan al final de una línea.
DURO = "\N{NO-BREAK SPACE}"


def numero(valor: float | int, decimales: int = 0) -> str:
    """Devuelve el número con punto de miles y coma decimal: 1234.5 → «1.234,5»."""
    return f"{valor:,.{decimales}f}".translate(str.maketrans(",.", ".,"))


def fecha(anio: int | None, mes: int | None, dia: int | None) -> str:
    """Devuelve la fecha con lo que conste: «17 oct 2018», «oct 2018», «2018»."""
    partes = []
    if mes is not None and not pd.isna(mes):
        if not pd.isna(dia):
            partes.append(str(dia))
        partes.append(MESES[int(mes) - 1])
    if not pd.isna(anio):
        partes.append(str(anio))
    return DURO.join(partes) or NO_CONSTA


def momento(cuando: datetime) -> str:
    """Devuelve un momento en UTC, como los guarda la base: «17 oct 2018 14:05 UTC»."""
    return f"{fecha(cuando.year, cuando.month, cuando.day)} {cuando:%H:%M} UTC"


def de_total(parte: int, total: int) -> str:
    """Devuelve un recuento con su denominador: «11 de 62»."""
    return f"{numero(parte)} de {numero(total)}"


def contar(cuantos: int, singular: str, plural: str) -> str:
    """Devuelve el recuento con su unidad: «1 enunciado», «62 enunciados»."""
    return f"{numero(cuantos)}{DURO}{singular if cuantos == 1 else plural}"


def enumerar(cosas: list[str], nexo: str = "y") -> str:
    """Une con comas y un nexo final: «a, b y c», «a e indicios», «a u otro»."""
    if len(cosas) < 2:
        return "".join(cosas)
    if CHOCA[nexo].match(cosas[-1]):
        nexo = {"y": "e", "o": "u"}[nexo]
    return f"{', '.join(cosas[:-1])} {nexo} {cosas[-1]}"


@cache
def rotulo(texto: str, ancho: int = 24) -> str:
    """Devuelve el texto para un eje de Plotly: inerte y partido en líneas.

    Plotly entiende un poco de HTML en sus textos; los datos no deben usarlo.
    """
    lineas = textwrap.wrap(texto, ancho, break_long_words=False) or [""]
    return "<br>".join(html.escape(linea, quote=False) for linea in lineas)

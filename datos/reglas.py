"""Sugiere la naturaleza y el tipo de un enunciado por palabras a la vista."""

import re
from collections.abc import Sequence
from functools import lru_cache

from datos.encabezados import aplanar
from datos.leido import Regla

# El desempate del libro: entre dos tipos que calzan, el primero.
TIPOS = (
    "TIC", "BOL", "SEG", "DEM", "EMP", "ART", "INT", "EJE", "ACC", "DIF", "HAB", "PERT"
)  # fmt: skip
# Pedir manda sobre criticar, y criticar sobre reconocer: así define el libro cada una.
NATURALEZAS = ("recomendacion", "diagnostico", "valoracion", "contexto")


@lru_cache(maxsize=1024)
def _plana(expresion: str) -> str:
    return " ".join(aplanar(expresion).split())


def _lugar(expresion: str, plano: str) -> int:
    """Devuelve dónde empieza la expresión, al comienzo de una palabra, o -1."""
    lugar = plano.find(expresion)
    while lugar > 0 and plano[lugar - 1].isalnum():
        lugar = plano.find(expresion, lugar + 1)
    return lugar


def calza(expresion: str, plano: str) -> bool:
    """Dice si la expresión está al comienzo de una palabra de un texto ya aplanado."""
    return _lugar(expresion, plano) >= 0


def palabras(regla: Regla, texto: str) -> str:
    """Devuelve las primeras palabras del texto que calzan con la regla, enteras.

    Sin signos alrededor; una cadena vacía si ninguna calza.
    """
    expresion, plano = _plana(regla.expresion), _plana(texto)
    lugar = _lugar(expresion, plano) if expresion else -1
    if lugar < 0:
        return ""
    # Aplanar no junta ni parte palabras.
    primera = plano.count(" ", 0, lugar)
    halladas = texto.split()[primera : primera + expresion.count(" ") + 1]
    return re.sub(r"^\W+|\W+$", "", " ".join(halladas))


def _primero(hallados: set[str], orden: Sequence[str]) -> str | None:
    return next((codigo for codigo in orden if codigo in hallados), None)


def sugerir(
    texto: str, reglas: Sequence[Regla]
) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Devuelve naturaleza, tipo y las reglas que calzaron; sin regla, None.

    Compara sin tildes ni mayúsculas, con los espacios plegados.
    """
    plano = " ".join(aplanar(texto).split())
    halladas = [
        regla
        for regla in reglas
        if regla.faceta in ("naturaleza", "tipo")
        and (expresion := _plana(regla.expresion))
        and calza(expresion, plano)
    ]
    de = {
        faceta: {regla.codigo for regla in halladas if regla.faceta == faceta}
        for faceta in ("naturaleza", "tipo")
    }
    return (
        _primero(de["naturaleza"], NATURALEZAS),
        _primero(de["tipo"], TIPOS),
        tuple(regla.regla_id for regla in halladas),
    )

"""Cuánto coinciden las dos mesas de un tema, y cuánto coincidirían por azar."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import comb

import numpy as np

PERMUTACIONES = 2000
# El mismo azar para todos: quien abra el enlace ve la misma cifra.
SEMILLA = 20181017
CENTRAL = (5.0, 95.0)


@dataclass(frozen=True)
class Coincidencia:
    """Códigos distintos en ambas mesas, y en alguna de las dos."""

    ambas: int
    alguna: int

    @property
    def jaccard(self) -> float | None:
        """Devuelve |A∩B| / |A∪B| (Jaccard, 1901), de 0 a 1.

        Con los dos conjuntos vacíos no está definido: devuelve None, nunca 0 ni 1.
        """
        return self.ambas / self.alguna if self.alguna else None


@dataclass(frozen=True)
class Azar:
    """Jaccard al repartir al azar los mismos enunciados entre las dos mesas.

    `media`, y entre `desde` y `hasta` el 90 % central de las `permutaciones`, que son
    todas las posibles o una muestra.
    """

    media: float
    desde: float
    hasta: float
    permutaciones: int
    son_todas: bool


def contar(en_a: Sequence[bool], codigos: Sequence[frozenset[str]]) -> Coincidencia:
    """Cuenta los códigos de ambas mesas; `en_a` dice de qué mesa es cada enunciado."""
    de_a = {c for a, suyos in zip(en_a, codigos, strict=True) if a for c in suyos}
    de_b = {c for a, suyos in zip(en_a, codigos, strict=True) if not a for c in suyos}
    return Coincidencia(len(de_a & de_b), len(de_a | de_b))


def _repartos(en_a: tuple[bool, ...], permutaciones: int) -> np.ndarray:
    """Devuelve una fila por reparto: todos, si son pocos, o una muestra al azar."""
    todos, de_a = len(en_a), sum(en_a)
    if comb(todos, de_a) <= permutaciones:
        repartos = np.zeros((comb(todos, de_a), todos), dtype=bool)
        for fila, elegidos in enumerate(combinations(range(todos), de_a)):
            repartos[fila, list(elegidos)] = True
        return repartos
    azar = np.random.default_rng(SEMILLA)
    return azar.permuted(np.tile(np.array(en_a), (permutaciones, 1)), axis=1)


@lru_cache(maxsize=512)
def al_azar(
    en_a: tuple[bool, ...],
    codigos: tuple[frozenset[str], ...],
    permutaciones: int = PERMUTACIONES,
) -> Azar | None:
    """Permuta las etiquetas de mesa y devuelve cuánto coincidirían sin diferencias.

    Cada enunciado conserva sus códigos y cada mesa su número de enunciados (prueba de
    permutación: Fisher, 1935; Good, 2005). Si los repartos posibles no pasan de
    `permutaciones` se recorren todos, y la cifra es exacta. Es un punto de comparación
    y no un valor p. Sin códigos, o con una mesa sin enunciados, devuelve None.
    """
    nombres = sorted({codigo for suyos in codigos for codigo in suyos})
    if not nombres or all(en_a) or not any(en_a):
        return None
    tiene = np.array([[int(n in suyos) for n in nombres] for suyos in codigos])
    repartos = _repartos(en_a, permutaciones)
    de_a = (repartos.astype(int) @ tiene) > 0
    de_b = ((~repartos).astype(int) @ tiene) > 0
    # Todo enunciado queda en una mesa: la unión es siempre la misma.
    jaccard = (de_a & de_b).sum(axis=1) / len(nombres)
    desde, hasta = np.percentile(jaccard, CENTRAL)
    return Azar(
        media=float(jaccard.mean()),
        desde=float(desde),
        hasta=float(hasta),
        permutaciones=len(repartos),
        son_todas=comb(len(en_a), sum(en_a)) <= permutaciones,
    )

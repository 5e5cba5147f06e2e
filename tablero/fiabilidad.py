"""Cuánto coinciden quienes codificaron, más allá del azar; y cuándo no se puede decir.

Las unidades en que se leyó lo mismo van juntas, con cuántas son: ninguna de estas
cifras distingue una de otra.

Alfa: Krippendorff (2011), «Computing Krippendorff's Alpha-Reliability»; las pruebas lo
comparan con el paquete `krippendorff`. Distancia entre conjuntos: MASI, Passonneau
(2006). Kappa: Cohen (1960). AC1: Gwet (2008). Intervalo: remuestreo de unidades, Zapf y
otros (2016).
"""

import math
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

# Qué puso cada codificador, un código o un conjunto de instrumentos, y en cuántas
# unidades pusieron eso mismo.
Lecturas = Sequence[tuple[Mapping[str, Hashable], int]]
Matriz = NDArray[np.float64]
FIRME, TENTATIVO = 0.8, 0.667
REMUESTRAS = 1000
SEMILLA = 20181017
UN_CODIFICADOR = "hay un solo codificador"
SIN_COMUNES = "ningún enunciado tiene dos lecturas"
UNA_CATEGORIA = "todas las lecturas pusieron lo mismo: no hay con qué comparar el azar"
CONJUNTOS = "es de códigos, no de conjuntos"
POR_VEZ = 100


@dataclass(frozen=True)
class Cifra:
    """Un coeficiente, o por qué no es calculable."""

    valor: float | None
    razon: str = ""


@dataclass(frozen=True)
class Acuerdo:
    """El acuerdo en una faceta: cuántas unidades y codificadores, y sus cifras."""

    unidades: int
    codificadores: int
    observado: Cifra
    alfa: Cifra
    desde: float | None
    hasta: float | None
    ac1: Cifra


def masi(uno: Hashable, otro: Hashable) -> float:
    """Distancia MASI entre dos conjuntos, de 0 (iguales) a 1 (nada en común)."""
    assert isinstance(uno, frozenset) and isinstance(otro, frozenset)  # noqa: S101
    if uno == otro:
        return 0.0
    comunes, todos = uno & otro, uno | otro
    peso = 2 / 3 if uno <= otro or otro <= uno else 1 / 3
    return 1 - len(comunes) / len(todos) * peso if comunes else 1.0


def _distancias(dominio: Sequence[Hashable]) -> Matriz:
    if dominio and isinstance(dominio[0], frozenset):
        return np.array([[masi(a, b) for b in dominio] for a in dominio])
    return 1.0 - np.eye(len(dominio))


def _cuentas(comunes: Lecturas) -> tuple[Matriz, list[Hashable]]:
    """Devuelve cuántos pusieron cada valor, por unidad."""
    dominio = list(dict.fromkeys(v for suyas, _ in comunes for v in suyas.values()))
    lugar = {valor: i for i, valor in enumerate(dominio)}
    cuentas = np.zeros((len(comunes), len(dominio)))
    for fila, (suyas, _) in enumerate(comunes):
        for valor in suyas.values():
            cuentas[fila, lugar[valor]] += 1
    return cuentas, dominio


def _ac1(lecturas: Lecturas, observado: float, dominio: list[Hashable]) -> Cifra:
    if dominio and isinstance(dominio[0], frozenset):
        return Cifra(None, CONJUNTOS)
    # Lo que cuenta es lo común: otra categoría leída por uno solo no basta.
    if len(dominio) < 2:
        return Cifra(None, UNA_CATEGORIA)
    leidas = [(suyas, n) for suyas, n in lecturas if suyas]
    cuentas, valores = _cuentas(leidas)
    partes = cuentas / cuentas.sum(axis=1, keepdims=True)
    medias = np.average(partes, axis=0, weights=[n for _, n in leidas])
    azar = float((medias * (1 - medias)).sum()) / (len(valores) - 1)
    return Cifra((observado - azar) / (1 - azar))


def _desacuerdos(cuentas: Matriz, distancias: Matriz) -> Matriz:
    """El desacuerdo observado de cada unidad: Σ n_uc n_uk δ_ck / (m_u - 1)."""
    suma = (cuentas @ distancias * cuentas).sum(axis=1)
    por_unidad: Matriz = suma / (cuentas.sum(axis=1) - 1)
    return por_unidad


def _alfas(observado: Matriz, totales: Matriz, distancias: Matriz) -> list[float]:
    """El alfa de muchas remuestras a la vez; las de una sola categoría no dan."""
    esperado = (totales @ distancias * totales).sum(axis=1)
    hay = esperado > 0
    lecturas = totales.sum(axis=1)[hay]
    alfas: list[float] = (1 - (lecturas - 1) * observado[hay] / esperado[hay]).tolist()
    return alfas


def _intervalo(
    observados: Matriz, cuentas: Matriz, veces: Matriz, distancias: Matriz
) -> tuple[float | None, float | None]:
    """Remuestrea filas: una unidad cada una, o las que se leyeron juntas, sumadas.

    `veces` es cuántas hay de cada una: sacar al azar entre filas iguales es sacar una
    de ellas con esa probabilidad.
    """
    # Sin desacuerdos diría de 1 a 1 con cuatro unidades o con mil: no informa. Una sola
    # fila, remuestreada, es siempre la misma.
    unidades = int(veces.sum())
    if unidades < 2 or not observados.any():
        return None, None
    azar = np.random.default_rng(SEMILLA)
    alfas: list[float] = []
    for desde_vez in range(0, REMUESTRAS, POR_VEZ):
        cuantas = min(POR_VEZ, REMUESTRAS - desde_vez)
        salen = azar.multinomial(unidades, veces / unidades, size=cuantas).astype(float)
        alfas += _alfas(salen @ observados, salen @ cuentas, distancias)
    # Donde muchas remuestras traen una sola categoría no hay intervalo que dar.
    if len(alfas) < 0.9 * REMUESTRAS:
        return None, None
    desde, hasta = np.percentile(alfas, [2.5, 97.5])
    return float(desde), float(hasta)


def acuerdo(lecturas: Lecturas, abren: Sequence[int] = ()) -> Acuerdo:
    """Mide el acuerdo en una faceta. Lo que no es calculable dice por qué.

    Con `abren`, las unidades comunes se leyeron juntas por tramos, y el intervalo los
    remuestrea enteros: son los lugares, desde 0, en que empieza cada uno. Entonces cada
    unidad va suelta, una vez.
    """
    codificadores = {quien for suyas, _ in lecturas for quien in suyas}
    comunes = [(suyas, n) for suyas, n in lecturas if len(suyas) > 1]
    if len(codificadores) < 2 or not comunes:
        nada = Cifra(None, UN_CODIFICADOR if len(codificadores) == 1 else SIN_COMUNES)
        return Acuerdo(0, len(codificadores), nada, nada, None, None, nada)
    cuentas, dominio = _cuentas(comunes)
    veces = np.array([n for _, n in comunes], dtype=float)
    distancias = _distancias(dominio)
    desacuerdos = _desacuerdos(cuentas, distancias)
    # Uno menos la distancia media entre los pares de lecturas de una unidad.
    distantes = np.average(desacuerdos / cuentas.sum(axis=1), weights=veces)
    observado = 1 - float(distantes)
    alfas = _alfas(
        (veces @ desacuerdos)[None], (veces @ cuentas)[None], distancias
    )  # fmt: skip
    if abren:
        desacuerdos = np.add.reduceat(desacuerdos, abren)
        cuentas, veces = np.add.reduceat(cuentas, abren), np.ones(len(abren))
    desde, hasta = _intervalo(desacuerdos, cuentas, veces, distancias)
    return Acuerdo(
        sum(n for _, n in comunes),
        len(codificadores),
        Cifra(observado),
        Cifra(alfas[0]) if alfas else Cifra(None, UNA_CATEGORIA),
        desde,
        hasta,
        _ac1(lecturas, observado, dominio),
    )


def cruce(
    lecturas: Lecturas, una: str, otra: str
) -> Counter[tuple[Hashable, Hashable]]:
    """Devuelve, por par de valores, en cuántas unidades una y otra los pusieron."""
    cuantas: Counter[tuple[Hashable, Hashable]] = Counter()
    for suyas, n in lecturas:
        if una in suyas and otra in suyas:
            cuantas[suyas[una], suyas[otra]] += n
    return cuantas


def kappa(cuantas: Mapping[tuple[Hashable, Hashable], int]) -> Cifra:
    """Kappa de Cohen entre dos codificadores, de lo que da `cruce`."""
    total = sum(cuantas.values())
    if not total:
        return Cifra(None, SIN_COMUNES)
    de_una: Counter[Hashable] = Counter()
    de_otra: Counter[Hashable] = Counter()
    for (a, b), n in cuantas.items():
        de_una[a] += n
        de_otra[b] += n
    if len(de_una | de_otra) < 2:
        return Cifra(None, UNA_CATEGORIA)
    iguales = sum(n for (a, b), n in cuantas.items() if a == b) / total
    azar = sum(n * de_otra[valor] for valor, n in de_una.items()) / total**2
    return Cifra((iguales - azar) / (1 - azar))


def pares(lecturas: Lecturas) -> list[tuple[str, str]]:
    """Devuelve los pares de codificadores con alguna unidad común, en orden."""
    return sorted({p for suyas, _ in lecturas for p in combinations(sorted(suyas), 2)})


def _palabra(alfa: float) -> str:
    if alfa >= FIRME:
        return "Acuerdo firme"
    return "Acuerdo tentativo" if alfa >= TENTATIVO else "No permite concluir"


def a_la_vista(valor: float) -> float:
    """Devuelve un alfa con tres decimales, sin que redondear alcance un umbral.

    Un alfa de 0,7996 no es firme: es 0,799 y no 0,800. Las demás cifras no los tienen.
    """
    cerca = round(valor, 3)
    return (
        cerca if _palabra(cerca) == _palabra(valor) else math.floor(valor * 1e3) / 1e3
    )


def en_palabras(hecho: Acuerdo) -> str:
    """Dice el alfa con los umbrales de su autor, y qué umbrales cruza el intervalo."""
    if hecho.alfa.valor is None:
        return f"No calculable: {hecho.alfa.razon}."
    dicho = _palabra(hecho.alfa.valor)
    if hecho.desde is None or hecho.hasta is None:
        return (
            f"{dicho}; sin intervalo: no hay desacuerdos, o muy pocas unidades,"
            " que remuestrear."
        )
    abajo, arriba = _palabra(hecho.desde), _palabra(hecho.hasta)
    if abajo == arriba:
        return f"{dicho}."
    return f"{dicho}; el intervalo va de «{abajo.lower()}» a «{arriba.lower()}»."

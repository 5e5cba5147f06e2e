"""Cuánto coinciden quienes codificaron, más allá del azar; y cuándo no se puede decir.

Alfa: Krippendorff (2011), «Computing Krippendorff's Alpha-Reliability», con su paquete
`krippendorff`. Distancia entre conjuntos: MASI, Passonneau (2006). Kappa: Cohen (1960).
AC1: Gwet (2008). Intervalo: remuestreo de unidades, Zapf y otros (2016).
"""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import krippendorff
import numpy as np
from numpy.typing import NDArray

# unidad → codificador → valor: un código, o un conjunto de instrumentos.
Lecturas = Mapping[str, Mapping[str, Hashable]]
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


def _cuentas(lecturas: Lecturas) -> tuple[Matriz, list[Hashable]]:
    """Devuelve cuántos pusieron cada valor, por unidad con dos lecturas o más."""
    comunes = [suyas for suyas in lecturas.values() if len(suyas) > 1]
    dominio = list(dict.fromkeys(v for suyas in comunes for v in suyas.values()))
    lugar = {valor: i for i, valor in enumerate(dominio)}
    cuentas = np.zeros((len(comunes), len(dominio)))
    for fila, suyas in enumerate(comunes):
        for valor in suyas.values():
            cuentas[fila, lugar[valor]] += 1
    return cuentas, dominio


def _alfa(cuentas: Matriz, distancias: Matriz) -> float | None:
    if (cuentas.sum(axis=0) > 0).sum() < 2:
        return None

    def distancia(
        v1: object, v2: object, i1: Matriz, i2: Matriz, n_v: object, dtype: object
    ) -> Matriz:
        medida: Matriz = distancias[i1.astype(int), i2.astype(int)]
        return medida

    return float(
        krippendorff.alpha(
            value_counts=cuentas,
            level_of_measurement=distancia,  # type: ignore[arg-type]
        )
    )


def _observado(cuentas: Matriz, distancias: Matriz) -> float:
    """Uno menos la distancia media entre los pares de lecturas de una unidad."""
    total = cuentas.sum(axis=1)
    iguales = np.einsum("ui,ij,uj->u", cuentas, 1.0 - distancias, cuentas) - total
    return float(np.mean(iguales / (total * (total - 1))))


def _ac1(lecturas: Lecturas, cuentas: Matriz, dominio: list[Hashable]) -> Cifra:
    if dominio and isinstance(dominio[0], frozenset):
        return Cifra(None, CONJUNTOS)
    # Lo que cuenta es lo común: otra categoría leída por uno solo no basta.
    if len(dominio) < 2:
        return Cifra(None, UNA_CATEGORIA)
    valores = list(dict.fromkeys(v for s in lecturas.values() for v in s.values()))
    partes = [
        [sum(v == valor for v in suyas.values()) / len(suyas) for valor in valores]
        for suyas in lecturas.values()
        if suyas
    ]
    medias = np.mean(np.array(partes), axis=0)
    azar = float((medias * (1 - medias)).sum()) / (len(valores) - 1)
    observado = _observado(cuentas, 1.0 - np.eye(len(dominio)))
    return Cifra((observado - azar) / (1 - azar))


def _desacuerdos(cuentas: Matriz, distancias: Matriz) -> Matriz:
    """El desacuerdo observado de cada unidad: Σ n_uc n_uk δ_ck / (m_u - 1)."""
    suma = np.einsum("ui,ij,uj->u", cuentas, distancias, cuentas)
    por_unidad: Matriz = suma / (cuentas.sum(axis=1) - 1)
    return por_unidad


def _alfas(observado: Matriz, totales: Matriz, distancias: Matriz) -> list[float]:
    """El alfa de muchas remuestras a la vez; las de una sola categoría no dan.

    Es la cuenta de `krippendorff.alpha`, con que se prueba: llamarlo mil veces por
    faceta tarda segundos.
    """
    esperado = np.einsum("ri,ij,rj->r", totales, distancias, totales)
    hay = esperado > 0
    lecturas = totales.sum(axis=1)[hay]
    alfas: list[float] = (1 - (lecturas - 1) * observado[hay] / esperado[hay]).tolist()
    return alfas


def _intervalo(
    observados: Matriz, cuentas: Matriz, distancias: Matriz
) -> tuple[float | None, float | None]:
    """Remuestrea filas: una unidad cada una, o las que se leyeron juntas, sumadas."""
    # Sin desacuerdos diría de 1 a 1 con cuatro unidades o con mil: no informa. Una sola
    # fila, remuestreada, es siempre la misma.
    if len(cuentas) < 2 or not observados.any():
        return None, None
    azar = np.random.default_rng(SEMILLA)
    partes = np.full(len(cuentas), 1.0 / len(cuentas))
    alfas: list[float] = []
    for desde_vez in range(0, REMUESTRAS, POR_VEZ):
        cuantas = min(POR_VEZ, REMUESTRAS - desde_vez)
        veces = azar.multinomial(len(cuentas), partes, size=cuantas).astype(float)
        alfas += _alfas(veces @ observados, veces @ cuentas, distancias)
    # Donde muchas remuestras traen una sola categoría no hay intervalo que dar.
    if len(alfas) < 0.9 * REMUESTRAS:
        return None, None
    desde, hasta = np.percentile(alfas, [2.5, 97.5])
    return float(desde), float(hasta)


def acuerdo(lecturas: Lecturas, abren: Sequence[int] = ()) -> Acuerdo:
    """Mide el acuerdo en una faceta. Lo que no es calculable dice por qué.

    Con `abren`, las unidades comunes se leyeron juntas por tramos, y el intervalo los
    remuestrea enteros: son los lugares, desde 0, en que empieza cada uno.
    """
    codificadores = {quien for suyas in lecturas.values() for quien in suyas}
    cuentas, dominio = _cuentas(lecturas)
    if len(codificadores) < 2 or not len(cuentas):
        nada = Cifra(None, UN_CODIFICADOR if len(codificadores) == 1 else SIN_COMUNES)
        return Acuerdo(0, len(codificadores), nada, nada, None, None, nada)
    distancias = _distancias(dominio)
    alfa = _alfa(cuentas, distancias)
    desacuerdos, donde = _desacuerdos(cuentas, distancias), abren or range(len(cuentas))
    sumados, sumadas = (np.add.reduceat(f, donde) for f in (desacuerdos, cuentas))
    desde, hasta = _intervalo(sumados, sumadas, distancias)
    return Acuerdo(
        len(cuentas),
        len(codificadores),
        Cifra(_observado(cuentas, distancias)),
        Cifra(alfa, "" if alfa is not None else UNA_CATEGORIA),
        desde,
        hasta,
        _ac1(lecturas, cuentas, dominio),
    )


def kappa(lecturas: Lecturas, una: str, otra: str) -> tuple[int, Cifra]:
    """Kappa de Cohen entre dos codificadores, y en cuántas unidades comunes."""
    pares = [(s[una], s[otra]) for s in lecturas.values() if una in s and otra in s]
    if not pares:
        return 0, Cifra(None, SIN_COMUNES)
    valores = {v for par in pares for v in par}
    if len(valores) < 2:
        return len(pares), Cifra(None, UNA_CATEGORIA)
    iguales = sum(a == b for a, b in pares) / len(pares)
    azar = (
        sum(
            sum(a == v for a, _ in pares) * sum(b == v for _, b in pares)
            for v in valores
        )
        / len(pares) ** 2
    )
    return len(pares), Cifra((iguales - azar) / (1 - azar))


def pares(lecturas: Lecturas) -> list[tuple[str, str]]:
    """Devuelve los pares de codificadores con alguna unidad común, en orden."""
    quienes = sorted({quien for suyas in lecturas.values() for quien in suyas})
    return [
        (a, b)
        for a, b in combinations(quienes, 2)
        if any(a in suyas and b in suyas for suyas in lecturas.values())
    ]


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

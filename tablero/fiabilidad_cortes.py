"""Cuánto coinciden quienes dividieron los mismos párrafos, sin mirar ningún código.

La unidad es el hueco entre dos palabras de un párrafo que dividieron dos o más: en cada
uno, cada persona cortó o no. Sobre eso, el alfa nominal de Krippendorff (2011),
«Computing Krippendorff's Alpha-Reliability»: es el de una codificación binaria, no el
alfa de unidades del mismo autor (αu), que compara tramos por su largo. El intervalo
remuestrea párrafos: los huecos de uno no son independientes.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from datos.cortes import finales
from tablero.fiabilidad import Acuerdo, Cifra, acuerdo

# El último carácter de cada unidad, con el final del párrafo incluido.
Cortes = tuple[int, ...]
# documento, tema del diálogo y número de párrafo
Clave = tuple[str, str, int]
# párrafo → codificador → cortes
Divisiones = Mapping[Clave, Mapping[str, Cortes]]
# párrafo → su texto
Textos = Mapping[Clave, str]
NADIE = "nadie dividió ningún párrafo de lo que se muestra"
UNA_PERSONA = "una sola persona dividió párrafos"
SIN_COMUNES = "ningún párrafo tiene dos divisiones"
SIN_HUECOS = "los párrafos comunes tienen una sola palabra"
NADIE_CORTA = "nadie cortó en ningún hueco: no hay con qué comparar el azar"
TODOS_CORTAN = "todos cortaron en todos los huecos: no hay con qué comparar el azar"


@dataclass(frozen=True)
class Medida:
    """El acuerdo al dividir. `hecho.unidades` cuenta huecos entre palabras."""

    parrafos: int
    limites: int
    hecho: Acuerdo


@dataclass(frozen=True)
class Par:
    """Dos codificadores: en qué límites y en qué unidades enteras coinciden.

    Una unidad coincide si tiene el mismo primer y el mismo último carácter. Las ternas
    son ambas, solo una y solo otra.
    """

    una: str
    otra: str
    parrafos: int
    huecos: int
    limites: tuple[int, int, int]
    unidades: tuple[int, int, int]
    alfa: Cifra


def comunes(divisiones: Divisiones) -> dict[Clave, dict[str, Cortes]]:
    """Devuelve los párrafos que dividieron dos codificadores o más."""
    return {p: dict(suyas) for p, suyas in divisiones.items() if len(suyas) > 1}


def _huecos(
    divisiones: Divisiones, textos: Textos
) -> tuple[list[tuple[dict[str, Hashable], int]], list[int]]:
    """Devuelve quién cortó en cada hueco, y en qué lugar empieza cada párrafo."""
    lecturas: list[tuple[dict[str, Hashable], int]] = []
    abren: list[int] = []
    for parrafo, suyas in divisiones.items():
        # Tras la última palabra no hay hueco: ahí terminan todas las divisiones.
        huecos = finales(textos[parrafo])[:-1]
        abren += [len(lecturas)] if huecos else []
        lecturas += [({q: fin in c for q, c in suyas.items()}, 1) for fin in huecos]
    return lecturas, abren


def _por_que_no(divisiones: Divisiones, cortados: set[Hashable]) -> str:
    """Devuelve por qué no hay alfa; `cortados`, los valores que hubo en los huecos."""
    quienes = {q for suyas in divisiones.values() for q in suyas}
    if len(quienes) < 2:
        return UNA_PERSONA if quienes else NADIE
    if not comunes(divisiones):
        return SIN_COMUNES
    if not cortados:
        return SIN_HUECOS
    return TODOS_CORTAN if True in cortados else NADIE_CORTA


def medir(divisiones: Divisiones, textos: Textos) -> Medida:
    """Mide el acuerdo al dividir. Lo que no es calculable dice por qué; nunca es 1."""
    juntas = comunes(divisiones)
    lecturas, abren = _huecos(juntas, textos)
    hecho = acuerdo(lecturas, abren)
    quienes = {q for suyas in juntas.values() for q in suyas}
    hecho = replace(hecho, codificadores=len(quienes))
    if hecho.alfa.valor is None:
        cortados = {v for suyas, _ in lecturas for v in suyas.values()}
        razon = _por_que_no(divisiones, cortados)
        observado = hecho.observado
        if observado.valor is None:
            observado = Cifra(None, razon)
        hecho = replace(hecho, observado=observado, alfa=Cifra(None, razon))
    limites = sum(any(suyas.values()) for suyas, _ in lecturas)
    return Medida(len(juntas), limites, hecho)


def _unidades(cortes: Cortes) -> set[tuple[int, int]]:
    # Dos unidades con los mismos bordes empiezan también en el mismo carácter.
    return set(zip((0, *cortes[:-1]), cortes, strict=True))


def _terna(a: set[Hashable], b: set[Hashable]) -> tuple[int, int, int]:
    return len(a & b), len(a - b), len(b - a)


def par(divisiones: Divisiones, textos: Textos, una: str, otra: str) -> Par:
    """Compara a dos codificadores en los párrafos que ambos dividieron."""
    de_dos = {
        p: {una: suyas[una], otra: suyas[otra]}
        for p, suyas in divisiones.items()
        if una in suyas and otra in suyas
    }
    medida = medir(de_dos, textos)
    limites: list[set[Hashable]] = [
        {(p, corte) for p, suyas in de_dos.items() for corte in suyas[quien][:-1]}
        for quien in (una, otra)
    ]
    unidades: list[set[Hashable]] = [
        {(p, u) for p, suyas in de_dos.items() for u in _unidades(suyas[quien])}
        for quien in (una, otra)
    ]
    return Par(
        una,
        otra,
        len(de_dos),
        medida.hecho.unidades,
        _terna(*limites),
        _terna(*unidades),
        medida.hecho.alfa,
    )


def pares(divisiones: Divisiones, textos: Textos) -> list[Par]:
    """Devuelve los pares de codificadores con algún párrafo común, en orden."""
    quienes = sorted({q for suyas in divisiones.values() for q in suyas})
    hechos = (par(divisiones, textos, a, b) for a, b in combinations(quienes, 2))
    return [hecho for hecho in hechos if hecho.parrafos]

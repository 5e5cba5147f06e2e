"""Dónde termina cada unidad de un párrafo, según las rayas que alguien escribió.

Un corte es el último carácter de una unidad, desde 1; el final del párrafo es siempre
uno. Solo se corta entre palabras, y palabra es lo que va entre espacios.
"""

import re
from collections.abc import Sequence
from itertools import accumulate

from datos.errores import ErrorDeDatos, Falta

PALABRA = re.compile(r"\S+")
RAYAS = re.compile(r"\|+")
# Lo que de un texto se cita en un mensaje.
A_LA_VISTA = 60
# Más que esto no es el párrafo con rayas: es otra cosa pegada.
HOLGURA = 500


def marca_de(parrafo: str) -> str:
    """Devuelve con qué se marca: «|», o una raya más que las que el párrafo traiga."""
    return "|" * (1 + max(map(len, RAYAS.findall(parrafo)), default=0))


def finales(parrafo: str) -> list[int]:
    """Devuelve el último carácter de cada palabra, desde 1."""
    return [palabra.end() for palabra in PALABRA.finditer(parrafo)]


def marcar(parrafo: str, cortes: Sequence[int]) -> str:
    """Devuelve el párrafo con rayas donde termina cada unidad menos la última."""
    return f" {marca_de(parrafo)} ".join(unidades(parrafo, cortes))


def unidades(parrafo: str, cortes: Sequence[int]) -> list[str]:
    """Devuelve el texto de cada unidad, sin espacios al borde."""
    pares = zip([0, *cortes[:-1]], cortes, strict=True)
    return [parrafo[desde:hasta].strip() for desde, hasta in pares]


def calzan(parrafo: str, cortes: Sequence[int]) -> bool:
    """Dice si los cortes son de ese párrafo: entre palabras, en orden y hasta el final.

    Si el texto se cargó de nuevo y es otro, dejan de serlo.
    """
    todos = finales(parrafo)
    en_orden = list(cortes) == sorted(set(cortes) & set(todos))
    return bool(cortes) and en_orden and cortes[-1] == todos[-1]


def _citado(texto: str) -> str:
    corto = " ".join(texto.split())
    if not corto:
        return "nada"
    cabe = len(corto) <= A_LA_VISTA
    return f"«{corto}»" if cabe else f"«{corto[: A_LA_VISTA - 1]}…»"


def _cambio(parrafo: str, sin_rayas: str) -> Falta:
    """Dice en qué palabras el texto escrito deja de ser el del párrafo."""
    eran, son = PALABRA.findall(parrafo), PALABRA.findall(sin_rayas)
    corto = min(len(eran), len(son))
    antes = next((i for i in range(corto) if eran[i] != son[i]), corto)
    resto = corto - antes
    despues = next((i for i in range(resto) if eran[-1 - i] != son[-1 - i]), resto)
    decia = _citado(" ".join(eran[antes : len(eran) - despues]))
    dice = _citado(" ".join(son[antes : len(son) - despues]))
    return Falta(
        f"palabra {antes + 1}",
        f"el texto cambió: decía {decia} y dice {dice}.",
        "Déjelo como estaba; solo se agregan rayas.",
    )


def _faltas(parrafo: str, marca: str, partes: Sequence[str]) -> list[Falta]:
    """Devuelve todo lo que impide leer las rayas; ninguna, si se pueden leer."""
    palabras = PALABRA.findall(parrafo)
    if "".join(PALABRA.findall("".join(partes))) != "".join(palabras):
        return [_cambio(parrafo, " ".join(partes))]
    faltas = []
    hasta_aqui = 0
    # Sin contar espacios: junto a una raya puede haberlos o no.
    bordes = set(accumulate(map(len, palabras)))
    for lugar, parte in enumerate(partes[:-1], 1):
        suyas = len("".join(parte.split()))
        hasta_aqui += suyas
        donde = f"raya {lugar}"
        if not suyas:
            faltas.append(
                Falta(donde, "no tiene texto antes.", f"Quite esa «{marca}».")
            )
        elif hasta_aqui not in bordes:
            faltas.append(
                Falta(
                    donde,
                    f"parte una palabra, después de {_citado(parte[-20:])}.",
                    "Póngala entre dos palabras.",
                )
            )
    if len(partes) > 1 and not partes[-1].strip():
        faltas.append(
            Falta(
                f"raya {len(partes) - 1}",
                "está al final y no separa nada.",
                f"Quite esa «{marca}»: la última unidad termina con el párrafo.",
            )
        )
    if not faltas and PALABRA.findall(" ".join(partes)) != palabras:
        faltas.append(_cambio(parrafo, " ".join(partes)))
    return faltas


def cortes_de(parrafo: str, marcado: str) -> tuple[int, ...]:
    """Devuelve los cortes de un párrafo en que alguien escribió rayas.

    Los espacios junto a una raya, y los saltos de línea, no importan. Sin rayas, el
    párrafo es una sola unidad. Lanza ErrorDeDatos, con todas las faltas, si lo demás
    cambió o alguna raya no está entre dos palabras.
    """
    marca = marca_de(parrafo)
    if len(marcado) > (1 + 3 * len(marca)) * len(parrafo) + HOLGURA:
        raise ErrorDeDatos(
            "Lo escrito es mucho más largo que el párrafo. Vuelva a empezar desde él y"
            " agregue solo rayas."
        )
    exacta = rf"(?<!\|){re.escape(marca)}(?!\|)" if len(marca) > 1 else r"\|"
    partes = re.split(exacta, marcado)
    if faltas := _faltas(parrafo, marca, partes):
        raise ErrorDeDatos("La división no se puede leer así.", faltas)
    todos, usadas, cortes = finales(parrafo), 0, []
    for parte in partes:
        usadas += len(PALABRA.findall(parte))
        cortes.append(todos[usadas - 1])
    return tuple(cortes)

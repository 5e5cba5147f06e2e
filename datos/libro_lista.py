"""Los códigos de una versión en preparación: poner uno en su lugar, o sacarlo."""

from collections.abc import Sequence
from dataclasses import replace

from datos.libros import Codigo


def _numerados(claves: Sequence[str], una: str, lugar: int | None) -> dict[str, int]:
    """Devuelve el lugar de cada clave, desde 1, con `una` donde se pide, si se pide."""
    orden = [clave for clave in claves if clave != una]
    if lugar is not None:
        orden.insert(max(lugar, 1) - 1, una)
    return {clave: numero for numero, clave in enumerate(orden, start=1)}


def _con_lugares(
    codigos: Sequence[Codigo],
    faceta: str,
    uno: str,
    orden: int | None,
    prioridad: int | None,
) -> list[Codigo]:
    suyos = [c for c in codigos if c.faceta == faceta]
    en_orden = sorted(suyos, key=lambda c: (c.orden, c.codigo))
    con_prioridad = sorted(
        (c for c in suyos if c.prioridad is not None),
        key=lambda c: (c.prioridad or 0, c.codigo),
    )
    ordenes = _numerados([c.codigo for c in en_orden], uno, orden)
    prioridades = _numerados([c.codigo for c in con_prioridad], uno, prioridad)
    return [
        replace(c, orden=ordenes[c.codigo], prioridad=prioridades.get(c.codigo))
        if c.faceta == faceta
        else c
        for c in codigos
    ]


def con_codigo(codigos: Sequence[Codigo], puesto: Codigo) -> list[Codigo]:
    """Devuelve la lista con un código agregado o cambiado, y los demás corridos.

    `orden` y `prioridad` de `puesto` son el lugar que ocupa entre los de su faceta.
    """
    clave = (puesto.faceta, puesto.codigo)
    lista = [puesto if (c.faceta, c.codigo) == clave else c for c in codigos]
    if puesto not in lista:
        lista.append(puesto)
    return _con_lugares(
        lista, puesto.faceta, puesto.codigo, puesto.orden, puesto.prioridad
    )


def sin_codigo(codigos: Sequence[Codigo], faceta: str, codigo: str) -> list[Codigo]:
    """Devuelve la lista sin un código, y los demás corridos."""
    quedan = [c for c in codigos if (c.faceta, c.codigo) != (faceta, codigo)]
    return _con_lugares(quedan, faceta, codigo, None, None)

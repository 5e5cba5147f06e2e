"""Un borrador que se empezó con otra versión del libro: qué de él ya no está."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from datos.borrador import ACEPTADO, PENDIENTE, Borrador
from datos.leido import Candidato
from datos.libros import FACETAS


def _uno(c: Candidato, codigos: Mapping[str, Collection[str]]) -> Candidato:
    perdidos = {
        faceta: None
        for faceta in FACETAS
        if (puesto := getattr(c, faceta)) and puesto not in codigos[faceta]
    }
    if not perdidos:
        return c
    nuevo = replace(c, **perdidos)
    if c.estado == ACEPTADO and not (nuevo.naturaleza and nuevo.tipo):
        return replace(nuevo, estado=PENDIENTE)
    return nuevo


def al_dia(borrador: Borrador, codigos: Mapping[str, Collection[str]]) -> Borrador:
    """Devuelve el borrador sin los códigos que el libro que rige ya no tiene.

    `codigos` son los de cada faceta. Lo aceptado que se queda sin naturaleza o sin tipo
    vuelve a estar pendiente.
    """
    nuevos = tuple(_uno(c, codigos) for c in borrador.candidatos)
    return (
        borrador
        if nuevos == borrador.candidatos
        else replace(borrador, candidatos=nuevos)
    )

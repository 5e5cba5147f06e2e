"""Un borrador que se empezó con otra versión del libro: qué de él ya no está."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from datos.borrador import ACEPTADO, PENDIENTE, Borrador
from datos.leido import Candidato
from datos.libros import FACETAS


def _uno(c: Candidato, codigos: Mapping[str, Collection[str]]) -> Candidato:
    puestos = {faceta: getattr(c, faceta) for faceta in FACETAS}
    quedan = {f: v if v in codigos[f] else None for f, v in puestos.items()}
    nuevo = replace(
        c,
        naturaleza=quedan["naturaleza"],
        tipo=quedan["tipo"],
        recurso=quedan["recurso"],
    )
    if nuevo != c and c.estado == ACEPTADO and not (nuevo.naturaleza and nuevo.tipo):
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

"""A qué llevan, dentro de seguimiento, sus números y sus recomendaciones."""

from urllib.parse import parse_qsl

from tablero import claves, estado

CUALES = estado.PROPIOS["seguimiento"]["cuales"]


def abrir(recomendacion: str) -> None:
    """Abre la ficha de una recomendación; vacía, la cierra. Lo que no existe, no."""
    if not recomendacion or claves.existe(
        "recomendacion", recomendacion, estado.seleccion().ficticio
    ):
        estado.ir("seguimiento", recomendacion=recomendacion, ver="respuestas")


def seguir(filtros: str) -> None:
    """Acota a las recomendaciones que hay detrás de un número."""
    pares = parse_qsl(filtros)
    cuales = dict(pares).get("cuales", CUALES[0])
    if cuales in CUALES:
        estado.acotar(pares)
        estado.ir("seguimiento", cuales=cuales, recomendacion="")

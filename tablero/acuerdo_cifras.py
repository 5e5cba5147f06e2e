"""Cómo se escribe una cifra de acuerdo en pantalla, o por qué no la hay."""

from tablero.fiabilidad import Acuerdo, Cifra, a_la_vista
from tablero.formato import numero

NO_CALCULABLE = "no calculable"


def decir_alfa(cifra: Cifra) -> str:
    """Devuelve un alfa con tres decimales, o por qué no es calculable."""
    if cifra.valor is None:
        return f"{NO_CALCULABLE}: {cifra.razon}"
    return numero(a_la_vista(cifra.valor), 3)


def alfa(cifra: Cifra) -> float | None:
    """Devuelve un alfa como número para una tabla; None si no es calculable."""
    return None if cifra.valor is None else a_la_vista(cifra.valor)


def valor(cifra: Cifra) -> float | None:
    """Devuelve lo que no es un alfa, redondeado; None si no es calculable."""
    return None if cifra.valor is None else round(cifra.valor, 3)


def intervalo(hecho: Acuerdo) -> str:
    """Devuelve los extremos del intervalo del alfa, o que no es calculable."""
    if hecho.desde is None or hecho.hasta is None:
        return NO_CALCULABLE
    return f"{numero(hecho.desde, 3)} a {numero(hecho.hasta, 3)}"

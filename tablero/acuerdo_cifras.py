"""Cómo se escribe una cifra de acuerdo en pantalla, o por qué no la hay."""

from tablero.fiabilidad import Acuerdo, Cifra, a_la_vista
from tablero.formato import numero

NO_CALCULABLE = "no calculable"


def decir(cifra: Cifra) -> str:
    """Devuelve la cifra con tres decimales, o por qué no es calculable."""
    if cifra.valor is None:
        return f"{NO_CALCULABLE}: {cifra.razon}"
    return numero(a_la_vista(cifra.valor), 3)


def valor(cifra: Cifra) -> float | None:
    """Devuelve la cifra como número para una tabla; None si no es calculable."""
    return None if cifra.valor is None else a_la_vista(cifra.valor)


def intervalo(hecho: Acuerdo) -> str:
    """Devuelve los extremos del intervalo del alfa, o que no es calculable."""
    if hecho.desde is None or hecho.hasta is None:
        return NO_CALCULABLE
    desde, hasta = a_la_vista(hecho.desde), a_la_vista(hecho.hasta)
    return f"{numero(desde, 3)} a {numero(hasta, 3)}"

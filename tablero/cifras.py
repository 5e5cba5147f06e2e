"""Cuánto hay en una selección, en una sola pregunta a la base."""

from consultas.seleccion import Seleccion
from tablero.conexion import preguntar

DE_GRUPO = ("libro", "codificado_por")


def de(elegida: Seleccion) -> dict[str, int]:
    """Devuelve los recuentos de `resumen_cifras`, sumados; sin enunciados, ceros."""
    grupos = preguntar("resumen_cifras", elegida)
    # Sumar con pandas dos o tres filas cuesta un milisegundo.
    return {c: sum(grupos[c].tolist()) for c in map(str, grupos) if c not in DE_GRUPO}

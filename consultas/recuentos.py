"""Elige de dónde contar: enunciado por enunciado, o de las casillas ya contadas."""

from consultas.lector import DE_RECUENTOS, cuenta
from consultas.seleccion import PALABRAS

# Filtros de los que lectura_recuentos no sabe.
AJENOS = ("pregunta", "instrumento", *(f"palabra_{n + 1}" for n in range(PALABRAS)))


def con_recuentos(nombre: str, enlazados: dict[str, object]) -> dict[str, object]:
    """Agrega a los valores la seña de leer lectura_recuentos, si responde lo mismo.

    No, si se filtra por lo que sus casillas no distinguen, o si de eso se cuenta. La
    tabla está vacía con menos de 50.000 enunciados: entonces no se pida.
    """
    ajenos = [enlazados[clave] for clave in AJENOS if clave in enlazados]
    fino = any(valor is not None for valor in ajenos)
    por_ajeno = any(enlazados.get(clave) in AJENOS for clave in ("filas", "filtro"))
    if not cuenta(nombre) or fino or por_ajeno:
        return enlazados
    return {**enlazados, DE_RECUENTOS: True}

"""Si existe lo que nombra una clave que llegó en la dirección."""

from consultas.seleccion import Seleccion
from tablero import borradores_abiertos
from tablero.conexion import preguntar


def existe(que: str, clave: str, ficticio: bool) -> bool:
    """Dice si hay un borrador, o un enunciado, con esa clave.

    Un enunciado ficticio solo existe si se piden.
    """
    if not clave:
        return False
    if que == "borrador":
        return borradores_abiertos.existe(clave)
    elegida = Seleccion(ficticio=ficticio)
    if que == "leer":
        return not preguntar("codificar_pasaje", elegida, enunciado=clave).empty
    if que == "recomendacion":
        return not preguntar("respuestas_ficha", elegida, enunciado=clave).empty
    return not preguntar("enunciados_ficha", elegida, enunciado=clave).empty

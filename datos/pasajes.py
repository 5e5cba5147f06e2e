"""El pasaje que sostiene un enunciado, tomado del texto cargado de su documento."""

import hashlib

from datos.parrafos import conclusiones, lineas


def parrafos(texto: str, clase: str, tema: int) -> list[str]:
    """Devuelve los párrafos en que se buscan las citas de un tema; el 1 va primero.

    En un informe son los de las conclusiones del tema; en un acta, sus líneas.
    """
    return conclusiones(texto).get(tema, []) if clase == "informe" else lineas(texto)


def pasaje(
    texto: str,
    clase: str,
    tema: int,
    parrafo: int,
    desde: int,
    hasta: int,
    sha256: str,
) -> str | None:
    """Devuelve los caracteres `desde` a `hasta` de un párrafo, o None si no calzan.

    Posiciones desde 1, inclusive, en caracteres Unicode; el párrafo, entre los que da
    `parrafos`. Un pasaje cuya huella SHA-256 no es `sha256` no se muestra: el texto
    cargado sería otro.
    """
    todos = parrafos(texto, clase, tema)
    if parrafo > len(todos):
        return None
    hallado = todos[parrafo - 1][desde - 1 : hasta]
    igual = hashlib.sha256(hallado.encode()).hexdigest() == sha256
    return hallado if igual else None

"""El pasaje que sostiene un enunciado, tomado del texto cargado de su documento."""

import hashlib

from datos.parrafos import conclusiones, lineas


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

    Posiciones desde 1, inclusive, en caracteres Unicode. En un informe el párrafo se
    cuenta entre las conclusiones del tema; en un acta, entre sus líneas. Un pasaje cuya
    huella SHA-256 no es `sha256` no se muestra: el texto cargado sería otro.
    """
    if clase == "informe":
        parrafos = conclusiones(texto).get(tema, [])
    else:
        parrafos = lineas(texto)
    if parrafo > len(parrafos):
        return None
    hallado = parrafos[parrafo - 1][desde - 1 : hasta]
    igual = hashlib.sha256(hallado.encode()).hexdigest() == sha256
    return hallado if igual else None

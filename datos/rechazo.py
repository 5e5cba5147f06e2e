"""El rechazo de un archivo cargado: una sola falta, dicha para una persona."""

from datos.errores import ErrorDeDatos, Falta

CORTADO = "el archivo está cortado o dañado."
DE_NUEVO = "Vuelva a descargarlo o a guardarlo, y cárguelo otra vez."


def rechazo(
    archivo: str,
    problema: str,
    remedio: str,
    fila: int | None = None,
    columna: str | None = None,
) -> ErrorDeDatos:
    """Devuelve el error que dice qué tiene `archivo`, dónde y qué hacer."""
    falta = Falta(archivo, problema, remedio, fila, columna)
    return ErrorDeDatos("El archivo no se puede usar.", [falta])

"""Quién cambió una respuesta, cuándo, qué decía y qué dice."""

from datetime import date

from datos.historia import CHOQUE, Cambio
from datos.respuestas_revision import NOMBRES
from tablero.conexion import preguntar
from tablero.estado import seleccion
from tablero.formato import fecha, momento
from tablero.tablas_simples import tabla_simple


def decir(valor: object) -> str:
    """Devuelve el valor de un campo como se lee: las fechas, «17 oct 2018»."""
    if valor is None or valor != valor:
        return "no consta"
    if isinstance(valor, date):
        return fecha(valor.year, valor.month, valor.day)
    return str(valor)


def _leido(campo: str, valor: object) -> object:
    """Devuelve el valor de un campo: en la bitácora, fechas y enlaces son textos."""
    if not valor or campo not in ("vence", "enunciado_id"):
        return valor
    if campo == "vence":
        return date.fromisoformat(str(valor))
    filas = preguntar("codificar_pasaje", seleccion(), enunciado=valor)
    if filas.empty:
        return f"{valor} (ya no rige, o no se muestra)"
    return f"{filas['tema_numero'].tolist()[0]}. {filas['texto'].tolist()[0]}"


def _dicho(cambio: Cambio) -> list[list[str]]:
    if cambio.accion == CHOQUE:
        return [["Chocó: no se guardó", "", ""]]
    nombres = {**NOMBRES, "enunciado_id": "Recomendación enlazada"}
    return [
        [nombres[campo], decir(_leido(campo, antes)), decir(_leido(campo, despues))]
        for campo, (antes, despues) in cambio.columnas().items()
        if campo in nombres
    ]


def tabla_de_cambios(cambios: tuple[Cambio, ...], leyenda: str, asunto: str) -> None:
    """Muestra quién cambió qué, cuándo, qué decía y qué dice."""
    filas = [
        [momento(c.momento), c.quien, *dicho] for c in cambios for dicho in _dicho(c)
    ]
    if filas:
        tabla_simple(["Cuándo", "Quién", "Campo", "Decía", "Dice"], filas, leyenda,
                     asunto)  # fmt: skip

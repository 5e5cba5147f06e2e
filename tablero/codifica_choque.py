"""Quién cambió una lectura mientras otra ventana la tenía abierta, y qué cambió."""

from datos.edicion import Choque
from tablero.formato import momento
from tablero.tablas_simples import tabla_simple
from tablero.tareas import mostrar_error

CALLADAS = ("version", "momento", "es_principal", "es_adjudicacion")


def mostrar_choque(choque: Choque) -> None:
    """Dice quién, cuándo y qué; lo que se escribió sigue en la pantalla."""
    mostrar_error(choque)
    filas = [
        [
            momento(c.momento),
            c.quien,
            columna,
            str(antes or "—"),
            str(despues or "—"),
        ]
        for c in choque.cambios
        for columna, (antes, despues) in c.columnas().items()
        if columna not in CALLADAS and not columna.endswith("_id")
    ]
    if filas:
        tabla_simple(
            ["Cuándo", "Quién", "Qué", "Decía", "Dice"],
            filas,
            "Qué cambió entretanto",
            "choque_lectura",
        )

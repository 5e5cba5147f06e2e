"""Ninguna consulta de una pantalla corre más de un plazo: se detiene y se dice.

DuckDB no tiene plazo por consulta; otro hilo la interrumpe.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
from duckdb import DuckDBPyConnection

from datos.errores import ErrorDeDatos

# Segundos. Quien tenga un equipo lento puede subirlo sin tocar el programa.
PLAZO = float(os.environ.get("TABLERO_PLAZO") or 1)


class Tardanza(ErrorDeDatos):
    """Una consulta se detuvo porque tardaba más que el plazo."""


@contextmanager
def con_plazo(
    cursor: DuckDBPyConnection, segundos: float | None = None
) -> Iterator[None]:
    """Interrumpe lo que el cursor esté haciendo al cumplirse el plazo.

    Lanza Tardanza, con qué hacer; lo que otros preguntan sigue.
    """
    plazo = PLAZO if segundos is None else segundos
    reloj = threading.Timer(plazo, cursor.interrupt)
    reloj.daemon = True
    reloj.start()
    try:
        yield
    except duckdb.InterruptException as error:
        raise Tardanza(
            f"Esto tardaba más de {plazo:g} s y se detuvo, para no detener a los demás."
            " Acote con los filtros (un diálogo o un tema) y vuelva a intentarlo."
        ) from error
    finally:
        reloj.cancel()

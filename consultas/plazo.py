"""Ninguna consulta de una pantalla corre más de un plazo: se detiene y se dice.

DuckDB no tiene plazo por consulta; otro hilo la interrumpe.
"""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
from duckdb import DuckDBPyConnection

from datos.errores import ErrorDeDatos

# Segundos. Quien tenga un equipo lento puede subirlo sin tocar el programa.
PLAZO = float(os.environ.get("TABLERO_PLAZO") or 1)
# Cada cuánto se mira quién se pasó: con tanto atraso, a lo más, se interrumpe.
PULSO = 0.05


class Tardanza(ErrorDeDatos):
    """Una consulta se detuvo porque tardaba más que el plazo."""


class Vigia:
    """Un solo hilo que interrumpe lo que se pasa: uno por consulta costaba 0,5 ms."""

    def __init__(self) -> None:
        """Empieza sin nada que vigilar; el hilo parte con la primera consulta."""
        self.plazos: dict[DuckDBPyConnection, float] = {}
        self.cerrojo = threading.Lock()
        self.hay = threading.Event()
        self.hilo: threading.Thread | None = None

    def vigilar(self, cursor: DuckDBPyConnection, segundos: float) -> None:
        """Interrumpirá al cursor dentro de `segundos`, si nadie lo suelta antes."""
        with self.cerrojo:
            self.plazos[cursor] = time.monotonic() + segundos
            if self.hilo is None:
                self.hilo = threading.Thread(target=self._rondar, daemon=True)
                self.hilo.start()
        if not self.hay.is_set():
            self.hay.set()

    def soltar(self, cursor: DuckDBPyConnection) -> None:
        """Deja de vigilarlo. Desde que vuelve, ya no será interrumpido."""
        with self.cerrojo:
            del self.plazos[cursor]

    def _rondar(self) -> None:
        while self.hay.wait():
            with self.cerrojo:
                ahora = time.monotonic()
                for cursor, limite in self.plazos.items():
                    if limite <= ahora:
                        cursor.interrupt()
                if not self.plazos:
                    self.hay.clear()
            time.sleep(PULSO)


VIGIA = Vigia()


@contextmanager
def con_plazo(
    cursor: DuckDBPyConnection, segundos: float | None = None
) -> Iterator[None]:
    """Interrumpe lo que el cursor esté haciendo al cumplirse el plazo.

    Lanza Tardanza, con qué hacer; lo que otros preguntan sigue.
    """
    plazo = PLAZO if segundos is None else segundos
    VIGIA.vigilar(cursor, plazo)
    try:
        yield
    except duckdb.InterruptException as error:
        raise Tardanza(
            f"Esto tardaba más de {plazo:g} s y se detuvo, para no detener a los demás."
            " Acote con los filtros (un diálogo o un tema) y vuelva a intentarlo."
        ) from error
    finally:
        VIGIA.soltar(cursor)

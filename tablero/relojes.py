"""Lo que corre junto al servidor: respaldar y publicar o, en una copia, renovarse."""

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from datos.errores import ErrorDeDatos
from datos.permisos import motivo_de_copia, solo_leer
from datos.publicar_reloj import publicaciones_al_escribir
from datos.respaldo_reloj import respaldos_a_su_hora
from datos.segundo_plano import en_segundo_plano
from datos.ubicacion import ruta_base, ruta_publicaciones
from tablero import copia
from tablero.conexion import conexion, nueva_edicion

registro = logging.getLogger("tablero")
# Segundos entre mirar si hay una publicación nueva: leer un archivo de cien bytes.
PULSO = 1.0


def partir() -> None:
    """Decide, antes de abrir nada, si este servidor es una copia de lectura."""
    if os.environ.get("TABLERO_REPLICA", "").strip() not in ("", "0"):
        escritora = os.environ.get("TABLERO_ESCRITORA", "").strip()
        solo_leer(escritora or "la dirección que le dé quien administra el tablero")


@contextmanager
def en_marcha() -> Iterator[None]:
    """Mantiene en marcha lo que corre junto al servidor mientras dure el bloque."""
    if motivo_de_copia():
        with _renovaciones():
            yield
        return
    publica = os.environ.get("TABLERO_PUBLICACIONES", "").strip()
    publicar = (
        publicaciones_al_escribir(ruta_base(), ruta_publicaciones())
        if publica else nullcontext()
    )  # fmt: skip
    with respaldos_a_su_hora(conexion, ruta_base()), publicar:
        yield


def renovar() -> None:
    """Pasa, en una copia, a lo último publicado; si es otro, olvida lo respondido.

    Lanza ErrorDeDatos u OSError si no se puede leer; se sigue con lo que había.
    """
    if copia.renovar():
        nueva_edicion()


@contextmanager
def _renovaciones() -> Iterator[None]:
    def vigilar(parar: threading.Event) -> None:
        dicho = ""
        while not parar.wait(PULSO):
            try:
                renovar()
                dicho = ""
            except (ErrorDeDatos, OSError) as error:
                # Se sigue leyendo la que había; se dice una vez y no cada segundo.
                if dicho != (dicho := str(error)):
                    registro.error("No se pudo leer lo publicado: %s", error)

    with en_segundo_plano(vigilar, "renovaciones", PULSO):
        yield

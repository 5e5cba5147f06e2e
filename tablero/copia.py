"""Lo que lee una copia de lectura: la publicación que rige, y la siguiente."""

import os
import threading

from duckdb import DuckDBPyConnection

from datos.base import abrir
from datos.publicar import Publicacion, retener, vigente
from datos.ubicacion import ruta_publicaciones

CERROJO = threading.Lock()
# La publicación que se lee, abierta, y el descriptor que la retiene.
LEIDA: list[tuple[Publicacion, DuckDBPyConnection, int]] = []


def conexion() -> DuckDBPyConnection:
    """Devuelve abierta la publicación que se lee."""
    if not LEIDA:
        renovar()
    return LEIDA[0][1]


def leida() -> Publicacion | None:
    """Devuelve la publicación que este proceso lee; None si no lee ninguna."""
    return LEIDA[0][0] if LEIDA else None


def renovar() -> bool:
    """Pasa a leer la publicación que rige; dice si es otra.

    Quien estaba leyendo termina con la suya. Lanza ErrorDeDatos u OSError si no hay, o
    no se puede abrir; entonces se sigue leyendo la que había.
    """
    with CERROJO:
        nueva = vigente(ruta_publicaciones())
        if leida() == nueva:
            return False
        retenida = retener(nueva)
        try:
            # De la base a que le faltara el archivo, `abrir` haría una nueva.
            con = abrir(nueva.base.resolve(strict=True))
        except BaseException:
            os.close(retenida)
            raise
        anteriores, LEIDA[:] = LEIDA[:], [(nueva, con, retenida)]
    _dejar(anteriores)
    return True


def soltar() -> None:
    """Deja de leer la publicación; la próxima pregunta abre la que rija."""
    with CERROJO:
        anteriores, LEIDA[:] = LEIDA[:], []
    _dejar(anteriores)


def _dejar(anteriores: list[tuple[Publicacion, DuckDBPyConnection, int]]) -> None:
    # Solo se deja de retener: quien esté leyendo la mantiene abierta.
    for _, _, retenida in anteriores:
        os.close(retenida)

"""Respalda la base cada cierto tiempo mientras el tablero atiende, si algo cambió."""

import logging
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from duckdb import DuckDBPyConnection

from datos.errores import ErrorDeDatos
from datos.escritura import en_turno
from datos.filas import ahora
from datos.respaldo_ficha import Respaldo
from datos.respaldo_revisar import Marca, marca_de, revisar_aparte
from datos.respaldos import (
    concluir,
    copiar_en_turno,
    entero,
    listar,
    revisar_espacio,
)
from datos.segundo_plano import en_segundo_plano

registro = logging.getLogger("tablero")
# Lo que se pierde, a lo más, si se pierde el disco de la base y no el de los respaldos.
MINUTOS = 60
DEL_RELOJ = "r-"
# Un servidor que se reinicia antes de cada hora también respalda.
PRIMERA_ESPERA = 60.0
# Al detener el servidor no se espera a una copia larga: lo a medias se quita después.
DESPEDIDA = 2.0


def respaldar_si_cambio(
    con: DuckDBPyConnection,
    ruta: Path,
    clase: str = DEL_RELOJ,
    revisar: Callable[[Path], Marca] = revisar_aparte,
) -> Respaldo | None:
    """Respalda la base si dice algo distinto que su último respaldo que sirve.

    Quienes leen no esperan; quienes escriben, solo mientras se copia el archivo. Lanza
    ErrorDeDatos si no se pudo copiar.
    """
    propio = con.cursor()
    clave = f"{clase}{ahora():%Y%m%d%H%M%S}-{secrets.token_hex(3)}"
    hechas: list[tuple[Marca, Path]] = []

    def copiar() -> None:
        viva = marca_de(propio)
        ultimo = next((r for r in listar(ruta) if r.sirve), None)
        if ultimo is None or ultimo.marca != viva:
            revisar_espacio(ruta)
            hechas.append((viva, copiar_en_turno(ruta, clave)))

    try:
        en_turno(copiar)
    finally:
        propio.close()
    for viva, copia in hechas:
        return concluir(ruta, copia, clave, revisar, viva)
    return None


@contextmanager
def respaldos_a_su_hora(
    conexion: Callable[[], DuckDBPyConnection], ruta: Path
) -> Iterator[None]:
    """Mientras dura el bloque, un hilo respalda cada `TABLERO_RESPALDOS_MINUTOS`.

    Con 0 no hay hilo. `conexion` devuelve la base abierta, que puede reabrirse.
    """
    minutos = entero("TABLERO_RESPALDOS_MINUTOS", MINUTOS)

    def vigilar(parar: threading.Event) -> None:
        espera = min(PRIMERA_ESPERA, minutos * 60)
        while not parar.wait(espera):
            espera = minutos * 60
            try:
                respaldar_si_cambio(conexion(), ruta)
            except ErrorDeDatos as error:
                registro.error("No se respaldó la base: %s (%s)", error,
                               error.__cause__)  # fmt: skip
            except Exception:
                # El hilo sigue: mañana puede haber espacio, o una base sana.
                registro.exception("No se respaldó la base")

    hilo = en_segundo_plano(vigilar, "respaldos", DESPEDIDA)
    with hilo if minutos else nullcontext():
        yield

"""Lee un archivo cargado en un proceso aparte: si se cae o se cuelga, cae solo él."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from datos.leido import Hoja, Planilla, Texto
from datos.rechazo import CORTADO, DE_NUEVO, rechazo
from datos.recibir import MEGA, mostrable, recibir

RAIZ = Path(__file__).resolve().parent.parent
SEGUNDOS = 20.0
SALIDA_MAXIMA = 30 * MEGA
# Cada lectura puede tomar 300 MB: más de dos a la vez no se dejan.
TURNOS = threading.BoundedSemaphore(2)
DE_TEXTO = ("docx", "pdf", "txt")
DE_PLANILLA = ("xlsx", "csv")
DE_LIBRO = ("qdc",)
DIVIDALO = "Divídalo, o guárdelo de nuevo sin imágenes ni formatos."


@dataclass(frozen=True)
class Corrida:
    """Cómo terminó el proceso: su código, lo que escribió y si se le acabó el plazo."""

    codigo: int
    salida: bytes
    vencio: bool


def _entorno() -> dict[str, str]:
    # Windows no arranca un proceso sin saber dónde está.
    return {n: os.environ[n] for n in ("SYSTEMROOT",) if n in os.environ}


def correr(orden: Sequence[str], contenido: bytes, segundos: float) -> Corrida:
    """Corre `orden` con `contenido` por la entrada; la mata si se pasa de un tope."""
    # Sin intérprete de órdenes, y nada de lo que se ejecuta viene del archivo.
    proceso = subprocess.Popen(  # noqa: S603
        orden,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=RAIZ,
        env=_entorno(),
    )
    vencio = threading.Event()

    def vencer() -> None:
        vencio.set()
        proceso.kill()

    reloj = threading.Timer(segundos, vencer)
    reloj.start()
    try:
        salida = _conversar(proceso, contenido)
    except BaseException:
        proceso.kill()
        raise
    finally:
        codigo = proceso.wait()
        reloj.cancel()
    return Corrida(codigo, salida, vencio.is_set())


def _conversar(proceso: subprocess.Popen[bytes], contenido: bytes) -> bytes:
    """Entrega la entrada y lee la salida hasta el tope; quien lo pasa, muere."""
    assert proceso.stdin is not None and proceso.stdout is not None  # noqa: S101
    # Si muere antes de leerlo todo, lo dirá su código de término.
    with suppress(OSError):
        proceso.stdin.write(contenido)
    with suppress(OSError):
        proceso.stdin.close()
    with proceso.stdout as tubo:
        salida = tubo.read(SALIDA_MAXIMA + 1)
        if len(salida) > SALIDA_MAXIMA:
            proceso.kill()
    return salida


def _entender(archivo: str, corrida: Corrida) -> dict[str, Any]:
    """Devuelve lo que respondió el proceso, o el ErrorDeDatos de cómo terminó."""
    sin_tiempo = (-getattr(signal, "SIGXCPU", 0), -getattr(signal, "SIGKILL", 0))
    if len(corrida.salida) > SALIDA_MAXIMA:
        raise rechazo(archivo, "trae demasiado texto.", DIVIDALO)
    if corrida.vencio or (corrida.codigo and corrida.codigo in sin_tiempo):
        raise rechazo(archivo, "tarda demasiado en leerse.", DIVIDALO)
    if corrida.codigo:
        problema = "no se pudo abrir: está dañado o pide demasiada memoria."
        raise rechazo(archivo, problema, DE_NUEVO)
    try:
        respuesta: dict[str, Any] = json.loads(corrida.salida)
    except ValueError:
        raise rechazo(archivo, CORTADO, DE_NUEVO) from None
    if "problema" in respuesta:
        raise rechazo(archivo, **respuesta)
    return respuesta


def _extraer(
    nombre: str, contenido: bytes, formato: str, encabezado: Sequence[str]
) -> dict[str, Any]:
    modulo = ("-B", "-W", "ignore", "-m", "datos.extraer")
    orden = [sys.executable, *modulo, formato, json.dumps(list(encabezado))]
    archivo = mostrable(nombre)
    ocupado = "el servidor está ocupado leyendo otros archivos."
    if not TURNOS.acquire(timeout=SEGUNDOS):
        raise rechazo(archivo, ocupado, "Espere un minuto y cárguelo otra vez.")
    try:
        corrida = correr(orden, contenido, SEGUNDOS)
    except (OSError, MemoryError):
        problema = "el servidor no pudo empezar a leerlo."
        raise rechazo(archivo, problema, "Inténtelo otra vez en un minuto.") from None
    finally:
        TURNOS.release()
    return _entender(archivo, corrida)


def _formato(nombre: str, contenido: bytes, sirven: Sequence[str]) -> str:
    formato = recibir(nombre, contenido)
    if formato not in sirven:
        problema = f"aquí no se recibe un .{formato}."
        lista = ", ".join(f".{uno}" for uno in sirven)
        raise rechazo(mostrable(nombre), problema, f"Aquí sirven: {lista}.")
    return formato


def leer_texto(nombre: str, contenido: bytes) -> Texto:
    """Devuelve el texto de un .txt, .docx o .pdf; todo fallo es un ErrorDeDatos."""
    formato = _formato(nombre, contenido, DE_TEXTO)
    leido = _extraer(nombre, contenido, formato, ())
    return Texto(formato, leido["texto"], tuple(leido["avisos"]))


def leer_planilla(nombre: str, contenido: bytes, encabezado: Sequence[str]) -> Planilla:
    """Devuelve las hojas de un .xlsx o .csv; todo fallo es un ErrorDeDatos.

    `encabezado` son las columnas que se esperan: con ellas se halla el separador.
    """
    return _hojas(nombre, contenido, DE_PLANILLA, encabezado)


def leer_libro(nombre: str, contenido: bytes) -> Planilla:
    """Devuelve los códigos y conjuntos de un .qdc; todo fallo es un ErrorDeDatos."""
    return _hojas(nombre, contenido, DE_LIBRO, ())


def _hojas(
    nombre: str, contenido: bytes, sirven: Sequence[str], encabezado: Sequence[str]
) -> Planilla:
    formato = _formato(nombre, contenido, sirven)
    leido = _extraer(nombre, contenido, formato, encabezado)
    hojas = tuple(
        Hoja(titulo, tuple(map(tuple, filas))) for titulo, filas in leido["hojas"]
    )
    return Planilla(formato, hojas, tuple(leido["avisos"]))

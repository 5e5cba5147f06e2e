"""Publica lo escrito poco después, mientras el tablero atiende, para sus copias."""

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from datos.respaldos import entero
from datos.segundo_plano import en_segundo_plano

registro = logging.getLogger("tablero")
# Entre lo escrito y su publicación, a lo más; entre dos publicaciones, a lo menos: cada
# una copia la base entera, y una ráfaga de ediciones cabe en una.
SEGUNDOS = 3
# Copiar una base enorme tarda: entre una y otra se descansa estas veces lo que tardó.
DESCANSO = 4
TRAS_FALLAR = 30.0
RAIZ = Path(__file__).parent.parent


def _huella(base: Path) -> tuple[tuple[int, int, int], ...]:
    """Devuelve lo que cambia con cada escritura, sin abrir la base ni su registro."""
    halladas = []
    for ruta in (base, base.with_name(f"{base.name}.wal")):
        with suppress(FileNotFoundError):
            estado = ruta.stat()
            halladas.append((estado.st_ino, estado.st_size, estado.st_mtime_ns))
    return tuple(halladas)


def _publicar(base: Path, destino: Path) -> bool:
    # En un hijo: leer el archivo desde este proceso soltaría el cerrojo de DuckDB.
    hecho = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "datos.publicar", "--bd", str(base.resolve()),
         str(destino.resolve())],
        cwd=RAIZ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if hecho.returncode:
        registro.error("No se publicó: %s", hecho.stderr.strip())
    return hecho.returncode == 0


@contextmanager
def publicaciones_al_escribir(base: Path, destino: Path) -> Iterator[None]:
    """Mientras dura el bloque, un hilo publica la base en `destino` si cambió.

    Publica también al empezar: quien lee encuentra lo que la base dice ahora. Cada
    TABLERO_PUBLICAR_SEGUNDOS a lo más, o menos a menudo si copiarla tarda.
    """
    segundos = float(max(entero("TABLERO_PUBLICAR_SEGUNDOS", SEGUNDOS), 1))

    def vigilar(parar: threading.Event) -> None:
        publicada: tuple[tuple[int, int, int], ...] = ()
        espera = 0.0
        while not parar.wait(espera):
            espera = segundos
            # Antes de copiar: lo que se escriba entretanto se publica en la próxima.
            if (actual := _huella(base)) == publicada:
                continue
            desde = time.monotonic()
            if _publicar(base, destino):
                publicada = actual
                espera = max(segundos, DESCANSO * (time.monotonic() - desde))
            else:
                espera = TRAS_FALLAR

    with en_segundo_plano(vigilar, "publicaciones", segundos):
        yield

"""Un servidor en un proceso que es solo de él: partirlo, esperarlo y ver qué gasta."""

import math
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from datos.construir import construir

RAIZ = Path(__file__).parent.parent
ESPERA_ARRANQUE = 120.0


class NoParte(Exception):
    """Un servidor se detuvo o no respondió; el mensaje trae lo que dijo."""


@dataclass(frozen=True)
class Servidor:
    """Un servidor en marcha: dónde atiende y qué proceso es.

    Lo que gasta se lee de /proc: fuera de Linux es NaN, que se escribe «—».
    """

    url: str
    pid: int

    def cpu(self) -> float:
        """Devuelve los segundos de CPU, de usuario y de sistema, que lleva gastados."""
        try:
            texto = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8")
        except OSError:
            return math.nan
        # El nombre va entre paréntesis y puede llevar espacios: se cuenta tras él.
        campos = texto.rpartition(")")[2].split()
        return (int(campos[11]) + int(campos[12])) / os.sysconf("SC_CLK_TCK")

    def memoria(self, cual: str = "VmRSS") -> float:
        """Devuelve los KiB residentes; con «VmHWM», los más que ha tenido."""
        try:
            texto = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        except OSError:
            return math.nan
        _, _, resto = texto.partition(f"{cual}:")
        return float(resto.split(maxsplit=1)[0])


def puerto_libre() -> int:
    """Devuelve un puerto de este equipo que nadie usa."""
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        return int(enchufe.getsockname()[1])


def _responde(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=2).close()
    except (urllib.error.URLError, OSError):
        return False
    return True


@contextmanager
def servir(
    orden: Sequence[str], puerto: int, salud: str, entorno: Mapping[str, str]
) -> Iterator[Servidor]:
    """Mantiene en marcha un servidor mientras dure el bloque.

    Parte cuando `salud`, un camino, responde. Lanza NoParte si eso no ocurre.
    """
    url = f"http://127.0.0.1:{puerto}"
    limite = time.monotonic() + ESPERA_ARRANQUE
    # A un archivo: una tubería que nadie lee se llena y detiene al servidor.
    with tempfile.TemporaryFile("w+", encoding="utf-8") as salida:
        proceso = subprocess.Popen(
            orden, cwd=RAIZ, env={**os.environ, **entorno}, stdout=salida,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            while not _responde(f"{url}/{salud}"):
                if proceso.poll() is not None or time.monotonic() > limite:
                    salida.seek(0)
                    raise NoParte(f"No partió {' '.join(orden)}:\n{salida.read()}")
                time.sleep(0.1)
            yield Servidor(url, proceso.pid)
        finally:
            proceso.terminate()
            proceso.wait(timeout=30)


@contextmanager
def servir_tablero(
    base: Path | None, guion: str = "dashboard.py", plazo: str = ""
) -> Iterator[Servidor]:
    """Sirve el tablero sobre una copia de `base`; sin ella, sobre el diálogo real.

    Una copia porque quien la sirve la abre para escribir, y la toma entera.
    """
    puerto = puerto_libre()
    orden = [sys.executable, "-m", "streamlit", "run", guion,
             "--server.port", str(puerto)]  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="carga-") as carpeta:
        suya = Path(carpeta) / "base.duckdb"
        if base:
            shutil.copy(base, suya)
        else:
            construir(suya)
        propio = {"TABLERO_BD": str(suya), "TABLERO_PLAZO": plazo}
        with servir(orden, puerto, "_stcore/health", propio) as abierto:
            yield abierto

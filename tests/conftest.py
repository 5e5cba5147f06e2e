"""Lo que las pruebas comparten: bases reales, un servidor real y un navegador real."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from datos.construir import FUENTE, construir

RAIZ = Path(__file__).parent.parent
MUESTRA = Path(__file__).parent / "muestra"
# De la fuente real la muestra solo toma lo que no habla de ningún diálogo.
CATALOGOS = ("regiones", "libros", "codigos", "codificadores", "instrumentos", "grupos")
NAVEGADORES = ("chromium", "chromium-browser", "google-chrome", "chrome")
ESPERA_ARRANQUE = 60.0


@pytest.fixture(scope="session")
def base_real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """La base del proyecto, construida de su fuente."""
    return construir(tmp_path_factory.mktemp("real") / "tablero.duckdb")


@pytest.fixture(scope="session")
def fuente_muestra(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Una fuente pequeña y difícil: tildes, comillas, nulos, empates, hostilidad."""
    carpeta = tmp_path_factory.mktemp("fuente")
    for nombre in CATALOGOS:
        shutil.copy(FUENTE / f"{nombre}.csv", carpeta)
    for ruta in MUESTRA.glob("*.csv"):
        shutil.copy(ruta, carpeta)
    return carpeta


@pytest.fixture(scope="session")
def base_muestra(
    fuente_muestra: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """La base de la muestra."""
    destino = tmp_path_factory.mktemp("muestra") / "muestra.duckdb"
    return construir(destino, fuente_muestra)


@dataclass(frozen=True)
class Servidor:
    """Un tablero en marcha y la carpeta de su base."""

    url: str
    proceso: subprocess.Popen[str]


def puerto_libre() -> int:
    """Devuelve un puerto de este equipo que nadie usa."""
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        return int(enchufe.getsockname()[1])


def lanzar(base: Path, puerto: int) -> subprocess.Popen[str]:
    """Lanza el tablero como lo lanza `make run`, sobre otra base y otro puerto."""
    return subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "dashboard.py",
         "--server.port", str(puerto)],
        cwd=RAIZ,
        env={**os.environ, "TABLERO_BD": str(base)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )  # fmt: skip


def _servir(base: Path) -> Iterator[Servidor]:
    puerto = puerto_libre()
    url = f"http://127.0.0.1:{puerto}"
    proceso = lanzar(base, puerto)
    limite = time.monotonic() + ESPERA_ARRANQUE
    while True:
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=2).close()
            break
        except (urllib.error.URLError, OSError):
            if proceso.poll() is not None or time.monotonic() > limite:
                proceso.kill()
                salida = proceso.stdout.read() if proceso.stdout else ""
                pytest.fail(f"El servidor no partió:\n{salida}")
            time.sleep(0.2)
    yield Servidor(url, proceso)
    proceso.terminate()
    proceso.communicate(timeout=20)


@pytest.fixture(scope="session")
def servidor(base_real: Path) -> Iterator[Servidor]:
    """El tablero con el diálogo real."""
    yield from _servir(base_real)


@pytest.fixture(scope="session")
def servidor_muestra(base_muestra: Path) -> Iterator[Servidor]:
    """El tablero con la muestra difícil."""
    yield from _servir(base_muestra)


@pytest.fixture(scope="session")
def navegador() -> Iterator[Browser]:
    """Chromium de verdad: el del equipo o el de Playwright.

    En CI su falta es un error; en otro equipo se omite y se dice cómo instalarlo.
    """
    hallado = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, NAVEGADORES)), None
    )
    with sync_playwright() as playwright:
        propio = Path(playwright.chromium.executable_path)
        if hallado is None and not propio.exists():
            falta = "No hay Chromium. Instálelo con: make navegador"
            if os.environ.get("CI"):
                pytest.fail(falta)
            pytest.skip(falta)
        # Como root, Chromium solo parte sin su caja de arena.
        argumentos = ["--disable-dev-shm-usage"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            argumentos.append("--no-sandbox")
        abierto = playwright.chromium.launch(executable_path=hallado, args=argumentos)
        yield abierto
        abierto.close()

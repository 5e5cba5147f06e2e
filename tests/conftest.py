"""Lo que las pruebas comparten: bases reales, un servidor real y un navegador real."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeVar

import pytest
from duckdb import DuckDBPyConnection
from playwright.sync_api import Browser, expect, sync_playwright

# En un equipo ocupado con pruebas, un segundo de reloj no dice nada de una consulta. Se
# lee al importar.
os.environ.setdefault("TABLERO_PLAZO", "60")

from datos import derivar_grandes
from datos.construir import FUENTE, construir
from datos.derivar import derivar_todo
from tablero import conexion

# Los cinco segundos de siempre no alcanzan a un equipo ocupado con otras pruebas.
expect.set_options(timeout=20_000)
T = TypeVar("T")
RAIZ = Path(__file__).parent.parent
MUESTRA = Path(__file__).parent / "muestra"
# De la fuente real la muestra solo toma lo que no habla de ningún diálogo.
CATALOGOS = ("regiones", "libros", "codigos", "codificadores", "instrumentos", "grupos",
             "reglas")  # fmt: skip
NAVEGADORES = ("chromium", "chromium-browser", "google-chrome", "chrome")
ESPERA_ARRANQUE = 60.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Pone primero lo que usa navegador: es lo largo, y repartido al final no calza."""
    items.sort(key=lambda item: item.get_closest_marker("navegador") is None)


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


def copia(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Una copia de la base: quien la sirve la abre para escribir, y la toma entera."""
    return Path(shutil.copy(base, tmp_path_factory.mktemp("copia") / base.name))


def derivar_como_grande(con: DuckDBPyConnection) -> None:
    """Deriva la base con lo que solo se lleva con muchos enunciados."""
    with pytest.MonkeyPatch.context() as parche:
        parche.setattr(derivar_grandes, "GRANDE", 1)
        derivar_todo(con)


@pytest.fixture(scope="session")
def copia_real(base_real: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """La base del proyecto, para las páginas que corren en este proceso."""
    return copia(base_real, tmp_path_factory)


@pytest.fixture(scope="session")
def copia_muestra(base_muestra: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """La muestra, para las páginas que corren en este proceso."""
    return copia(base_muestra, tmp_path_factory)


@pytest.fixture
def con_real(copia_real: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Las páginas, en este proceso, sobre la base real."""
    monkeypatch.setenv("TABLERO_BD", str(copia_real))
    conexion.cerrar()
    yield
    conexion.cerrar()


@pytest.fixture
def con_muestra(copia_muestra: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Las páginas, en este proceso, sobre la muestra."""
    monkeypatch.setenv("TABLERO_BD", str(copia_muestra))
    conexion.cerrar()
    yield
    conexion.cerrar()


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


def lanzar(
    base: Path,
    puerto: int,
    salida: int | IO[str] = subprocess.PIPE,
    entorno: Mapping[str, str] | None = None,
) -> subprocess.Popen[str]:
    """Lanza el tablero como lo lanza `make run`, sobre otra base y otro puerto."""
    return subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "dashboard.py",
         "--server.port", str(puerto)],
        cwd=RAIZ,
        env={**os.environ, "TABLERO_BD": str(base), **(entorno or {})},
        stdout=salida,
        stderr=subprocess.STDOUT,
        text=True,
    )  # fmt: skip


def en_un_hilo(corrutina: Coroutine[Any, Any, T]) -> T:
    """Corre una corrutina aparte: en el hilo de las pruebas ya hay un bucle andando."""
    with ThreadPoolExecutor(1) as hilo:
        return hilo.submit(asyncio.run, corrutina).result()


@contextmanager
def servir(
    base: Path, entorno: Mapping[str, str] | None = None, puerto: int = 0
) -> Iterator[Servidor]:
    """Mantiene en marcha un tablero sobre `base` mientras dure el bloque."""
    puerto = puerto or puerto_libre()
    url = f"http://127.0.0.1:{puerto}"
    limite = time.monotonic() + ESPERA_ARRANQUE
    # A un archivo: una tubería que nadie lee se llena y detiene al servidor.
    with tempfile.TemporaryFile("w+", encoding="utf-8") as salida:
        proceso = lanzar(base, puerto, salida, entorno)
        try:
            while not _responde(url):
                if proceso.poll() is not None or time.monotonic() > limite:
                    salida.seek(0)
                    pytest.fail(f"El servidor no partió:\n{salida.read()}")
                time.sleep(0.2)
            yield Servidor(url, proceso)
        finally:
            proceso.terminate()
            proceso.wait(timeout=20)


def _responde(url: str) -> bool:
    try:
        urllib.request.urlopen(f"{url}/_stcore/health", timeout=2).close()
    except (urllib.error.URLError, OSError):
        return False
    return True


@pytest.fixture(scope="session")
def servidor(
    base_real: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Servidor]:
    """El tablero con el diálogo real."""
    with servir(copia(base_real, tmp_path_factory)) as abierto:
        yield abierto


@pytest.fixture(scope="session")
def servidor_muestra(
    base_muestra: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Servidor]:
    """El tablero con la muestra difícil."""
    with servir(copia(base_muestra, tmp_path_factory)) as abierto:
        yield abierto


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

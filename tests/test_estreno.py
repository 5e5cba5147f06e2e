"""Antes de atender, el tablero ya corrió todas sus páginas."""

import os
import subprocess
import sys
from pathlib import Path

from tablero.paginas import PAGINAS
from tests.conftest import RAIZ

# Parte y se detiene como lo hace un servidor ASGI, sin puerto, y dice qué quedó hecho.
PARTIR = """
import asyncio, logging, sys
logging.basicConfig(level="INFO", stream=sys.stdout, format="%(message)s")
from streamlit.runtime import Runtime
import dashboard
from tablero import estreno
from tablero.conexion import _responder

estreno.PLAZO = float(sys.argv[1])

async def main():
    de_afuera, hacia_afuera = asyncio.Queue(), asyncio.Queue()
    await de_afuera.put({"type": "lifespan.startup"})
    tarea = asyncio.create_task(
        dashboard.app({"type": "lifespan"}, de_afuera.get, hacia_afuera.put)
    )
    dicho = await hacia_afuera.get()
    sesiones = Runtime.instance()._session_mgr.list_active_sessions()
    print(dicho["type"], _responder.cache_info().currsize, sesiones)
    await de_afuera.put({"type": "lifespan.shutdown"})
    await tarea

asyncio.run(main())
"""


def partir(base: Path, plazo: float) -> str:
    hecho = subprocess.run(
        [sys.executable, "-c", PARTIR, str(plazo)],
        cwd=RAIZ,
        env={**os.environ, "TABLERO_BD": str(base)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert hecho.returncode == 0, hecho.stderr
    return hecho.stdout


def test_al_partir_ya_se_pregunto_lo_que_toda_pagina_pregunta(copia_real: Path) -> None:
    salida = partir(copia_real, 60)
    estado, preguntas, sesiones = salida.splitlines()[-1].split(maxsplit=2)
    assert estado == "lifespan.startup.complete"
    assert int(preguntas) > 2 * len(PAGINAS)
    # La sesión con que se recorrió no queda viva.
    assert sesiones == "[]"
    assert "a medias" not in salida


def test_si_no_alcanza_igual_parte_y_lo_dice(copia_real: Path) -> None:
    salida = partir(copia_real, 0)
    assert "El estreno se dejó a medias" in salida
    assert "lifespan.startup.complete" in salida

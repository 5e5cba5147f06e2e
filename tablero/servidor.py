"""Lo que rodea a las páginas: arranque, idioma, compresión y aviso de errores."""

import gc
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse
from starlette.routing import Route

from consultas.plazo import Tardanza
from datos.base import es_de_la_fuente
from datos.errores import ErrorDeDatos
from tablero import estreno, facetas, identidad, maquinas, relojes
from tablero.cabeceras import Cabeceras
from tablero.conexion import conexion
from tablero.entrada import Entrada
from tablero.idioma import PaginaEnEspanol
from tablero.paginas import PAGINAS
from tablero.puerta import Puerta
from tablero.subidas import Subidas
from tablero.tareas import mostrar_error

ESTATICO = Path(__file__).parent / "estatico"
registro = logging.getLogger("tablero")


@asynccontextmanager
async def ciclo_de_vida(app: object) -> AsyncIterator[None]:
    """Abre la base (si falta, la construye) antes de atender; si no puede, se detiene.

    El mensaje sale por la salida de errores, sin traza: dice archivo, fila y columna.
    """
    try:
        identidad.partir()
        relojes.partir()
        if not es_de_la_fuente(conexion()):
            print("Aviso: la base es de otra versión de datos/fuente. Rehágala con"
                  " make base.", flush=True)  # fmt: skip
    except (ErrorDeDatos, OSError) as error:
        print(f"\nEl tablero no puede partir.\n{error}\n", file=sys.stderr, flush=True)
        # Salir por una excepción dejaría una traza de uvicorn sobre el mensaje, y aún
        # no hay nada abierto que cerrar.
        os._exit(1)
    # Lo ya cargado no es basura. Se aparta antes del estreno, que da muchas vueltas; y
    # después, con lo que cargó él.
    gc.freeze()
    await estreno.recorrer()
    gc.collect()
    gc.freeze()
    with relojes.en_marcha():
        yield


def _entregar(nombre: str, tipo: str) -> Route:
    async def entregar(request: Request) -> FileResponse:
        return FileResponse(ESTATICO / nombre, media_type=tipo)

    return Route(f"/tablero/{nombre}", entregar)


def avisar_error(error: Exception) -> bool:
    """Muestra un aviso en español en lugar de la traza, que queda en el registro."""
    if isinstance(error, Tardanza):
        registro.warning("%s", error)
        mostrar_error(error)
        return True
    registro.error("Falló una página", exc_info=error)
    st.error(
        "No se pudo mostrar esta página. Vuelva a cargarla; si se repite, avise a quien"
        " administra el tablero e indique la hora."
    )
    return True


async def _al_inicio(request: Request) -> RedirectResponse:
    return RedirectResponse(str(request.url.replace(path="/")))


RUTAS = [
    _entregar("es.js", "text/javascript"),
    _entregar("cuantos.js", "text/javascript"),
    _entregar("marco.css", "text/css"),
    # La página de inicio vive en la raíz, pero su nombre también lleva a ella.
    Route(f"/{PAGINAS[0].nombre}", _al_inicio),
    *facetas.RUTAS,
    *maquinas.RUTAS,
]
CAPAS = [
    Middleware(Cabeceras),
    Middleware(Puerta),
    Middleware(Entrada),
    Middleware(Subidas),
    Middleware(GZipMiddleware, minimum_size=1000, compresslevel=6),
    Middleware(PaginaEnEspanol),
]

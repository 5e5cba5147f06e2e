"""Qué archivos deja subir el servidor, antes de recibir el primer byte.

La dirección de subida de Streamlit recibe cualquier archivo de cualquier sesión abierta
y lo guarda en memoria hasta que ella termina. Aquí solo pasa el de una sesión que tiene
a la vista un control de archivo, dentro de lo que se admite por archivo, por sesión y
por proceso.
"""

import logging
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from datos.recibir import MEGA

registro = logging.getLogger("tablero")

PREFIJO = "/_stcore/upload_file/"
VENTANA = 600.0  # segundos
POR_SESION = 100 * MEGA  # en una ventana
EN_MEMORIA = 400 * MEGA  # de todas las sesiones: lo guardado y lo que está llegando
# Un archivo vacío también cuesta: cuenta como uno así, y eso acota cuántos.
MINIMO = 128 * 1024

MUY_GRANDE = "El archivo pesa más de lo que se admite: {} MB.\n"
SIN_CONTROL = "Desde esta página no se suben archivos. Vuelva a cargarla.\n"
DEMASIADOS = "Se subieron demasiados archivos. Espere unos minutos.\n"


class Rebasa(Exception):
    """El cuerpo trae más bytes que los que se admiten."""


class Cuota:
    """Cuánto ha subido cada sesión en la última ventana, y cuánto está llegando."""

    def __init__(self, reloj: Callable[[], float] = time.monotonic) -> None:
        """Parte sin nada; `reloj` cuenta segundos."""
        self.reloj = reloj
        self.recientes: deque[tuple[float, str, int]] = deque()
        self.llegando = 0

    def tomar(self, sesion: str, largo: int, guardado: int) -> bool:
        """Aparta lugar para `largo` bytes, si lo hay; `guardado` es lo de todas."""
        ahora = self.reloj()
        while self.recientes and self.recientes[0][0] < ahora - VENTANA:
            self.recientes.popleft()
        peso = max(largo, MINIMO)
        suyo = sum(otro for _, cual, otro in self.recientes if cual == sesion)
        en_memoria = guardado + self.llegando + largo
        if suyo + peso > POR_SESION or en_memoria > EN_MEMORIA:
            return False
        self.recientes.append((ahora, sesion, peso))
        self.llegando += largo
        return True

    def soltar(self, largo: int) -> None:
        """Devuelve el lugar: llegó, y ya cuenta como guardado, o no llegó."""
        self.llegando -= largo


def tiene_control(sesion: str) -> bool:
    """Dice si una sesión abierta tiene a la vista un control para subir archivos.

    Lo sabe el estado de la sesión, que Streamlit no publica: los controles dibujados en
    la última vuelta están ahí, cada uno con la clase de su valor.
    """
    info = Runtime.instance()._session_mgr.get_active_session_info(sesion)
    if info is None:
        return False
    estado = info.session.session_state
    nuevo = estado._new_widget_state
    return any(
        llave in nuevo.states or llave in estado._old_state
        for llave, control in nuevo.widget_metadata.copy().items()
        if control.value_type == "file_uploader_state_value"
    )


def _guardado() -> int:
    """Devuelve los bytes que Streamlit guarda hoy, de todas las sesiones."""
    gestor = Runtime.instance().uploaded_file_mgr
    return gestor._total_bytes if isinstance(gestor, MemoryUploadedFileManager) else 0


class Subidas:
    """Capa ASGI que rehúsa, con una frase, lo que no se debe subir."""

    def __init__(self, app: ASGIApp) -> None:
        """Envuelve `app`."""
        self.app = app
        self.cuota = Cuota()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Atiende una petición; solo mira las que traen un archivo."""
        trae = scope["type"] == "http" and scope["method"] == "PUT"
        if not (trae and scope["path"].startswith(PREFIJO)):
            await self.app(scope, receive, send)
            return
        limite = int(config.get_option("server.maxUploadSize"))
        tope = limite * MEGA
        largo = _largo(Headers(scope=scope), tope)
        sesion = scope["path"].removeprefix(PREFIJO).split("/")[0]
        if largo > tope:
            rehusa = 413, MUY_GRANDE.format(limite)
        elif not tiene_control(sesion):
            rehusa = 403, SIN_CONTROL
        elif not self.cuota.tomar(sesion, largo, _guardado()):
            rehusa = 429, DEMASIADOS
        else:
            try:
                await self.app(scope, _contado(receive, tope), send)
                return
            except Rebasa:
                rehusa = 413, MUY_GRANDE.format(limite)
            finally:
                self.cuota.soltar(largo)
        estado, motivo = rehusa
        registro.warning("Subida rehusada, %s: %s", estado, motivo.strip())
        if estado != 413:
            await _botar(receive, tope)
        # De lo muy grande no se lee el resto: la conexión se cierra.
        respuesta = PlainTextResponse(motivo, estado, {"connection": "close"})
        await respuesta(scope, receive, send)


def _largo(cabeceras: Headers, tope: int) -> int:
    """Devuelve los bytes que una petición anuncia; si no los anuncia, los que caben."""
    anunciado = cabeceras.get("content-length", "")
    return int(anunciado) if anunciado.isdecimal() else tope


def _contado(receive: Receive, tope: int) -> Receive:
    """Devuelve el mismo cuerpo, que se interrumpe al pasar de `tope` bytes."""
    recibidos = 0

    async def recibir() -> Message:
        nonlocal recibidos
        mensaje = await receive()
        recibidos += len(mensaje.get("body", b""))
        if recibidos > tope:
            raise Rebasa
        return mensaje

    return recibir


async def _botar(receive: Receive, tope: int) -> None:
    """Lee un cuerpo sin guardarlo: si se cerrara antes, la respuesta no llegaría."""
    recibir = _contado(receive, tope)
    with suppress(Rebasa):
        while (await recibir()).get("more_body", False):
            pass

"""A quién se le responde, antes de que la petición llegue a nadie más.

Sin cuentas, solo a este equipo. Con ellas, lo que lleva datos pide una sesión con su
rol o, en la dirección para programas, una ficha. La página en sí no lleva ninguno hasta
que el marco sabe quién mira.
"""

import ipaddress
import json
import logging
import os
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette import starlette_server_config, starlette_websocket

from datos.errores import ErrorDeDatos
from datos.fichas import persona_de
from datos.permisos import LOCAL, NADIE, Persona, Rol
from datos.ubicacion import ruta_base
from tablero import identidad

registro = logging.getLogger("tablero")

PARA_PROGRAMAS = "/api/"
# Lo que responde con datos, o los recibe, y el rol que pide.
DE_ROL = {
    PARA_PROGRAMAS: Rol.LECTURA,
    "/media/": Rol.LECTURA,
    "/tablero/cuantos/": Rol.LECTURA,
    "/_stcore/upload_file/": Rol.EDICION,
}
SALUD = "/_stcore/health"
REENVIADA = ("forwarded", "x-forwarded-for", "x-real-ip")
ABIERTO = "abierto"
SOLO_AQUI = (
    "Este tablero no tiene cuentas y solo atiende a su propio equipo. Para servirlo en"
    " una red, configure las cuentas: deploy/README.md.\n"
)
SIN_ENTRAR = "Entre antes al tablero con una cuenta que pueda ver esto.\n"
SIN_FICHA = (
    "Falta una ficha de acceso que rija. Va en la cabecera «Authorization: Bearer …»;"
    " la crea quien administra el tablero.\n"
)
MAL_PUESTAS = "Las cuentas están mal configuradas: avise a quien administra.\n"
# A dónde iba quien tuvo que entrar: el proveedor siempre lo devuelve al inicio.
DESTINO = "tablero_destino"
DESTINO_DURA = 600  # segundos
CAMINO = re.compile(r"/[a-z_]+(\?[\w.~%&=+-]*)?", re.ASCII)


def es_de_aqui(conexion: HTTPConnection) -> bool:
    """Dice si una conexión viene de este equipo y nadie la reenvía."""
    if any(nombre in conexion.headers for nombre in REENVIADA):
        return False
    if conexion.client is None:
        return False
    try:
        return ipaddress.ip_address(conexion.client.host).is_loopback
    except ValueError:
        return False


def reclamos(conexion: HTTPConnection) -> Mapping[str, Any]:
    """Devuelve lo que dice la cookie de identidad, si su firma es la de aquí."""
    try:
        dicho = starlette_websocket._get_signed_cookie_with_chunks(
            conexion.cookies, starlette_server_config.USER_COOKIE_NAME
        )
        hallados = json.loads(dicho) if dicho else {}
    except ValueError:
        return {}
    return hallados if isinstance(hallados, dict) else {}


def persona_de_sesion(conexion: HTTPConnection) -> Persona:
    """Devuelve quién hace una petición, según su cookie."""
    return identidad.de_reclamos(reclamos(conexion))


def persona_de_programa(conexion: HTTPConnection) -> Persona:
    """Devuelve quién hace una petición en la dirección para programas.

    Con ficha, lo que diga ella; sin ficha, la sesión. Sin cuentas, solo este equipo.
    """
    if not identidad.con_cuentas():
        return LOCAL if es_de_aqui(conexion) else NADIE
    esquema, _, ficha = conexion.headers.get("authorization", "").partition(" ")
    if not esquema:
        return persona_de_sesion(conexion)
    if esquema.lower() != "bearer":
        return NADIE
    return persona_de(ruta_base(), ficha.strip())


def _rehusa(conexion: HTTPConnection) -> tuple[int, str] | None:
    """Devuelve por qué no se atiende una petición, o None si se atiende."""
    camino = conexion.url.path
    if not identidad.con_cuentas():
        abierto = os.environ.get("TABLERO_SIN_CUENTAS", "") == ABIERTO
        abierto &= not camino.startswith(PARA_PROGRAMAS)
        return None if abierto or camino == SALUD or es_de_aqui(conexion) else (
            403, SOLO_AQUI
        )  # fmt: skip
    for prefijo, rol in DE_ROL.items():
        if not camino.startswith(prefijo):
            continue
        if prefijo == PARA_PROGRAMAS:
            quien, falta = persona_de_programa(conexion), SIN_FICHA
        else:
            quien, falta = persona_de_sesion(conexion), SIN_ENTRAR
        if quien.rol < rol:
            return 401 if quien.rol is Rol.NINGUNO else 403, falta
    return None


class Entrada:
    """Capa ASGI que rehúsa a quien no puede, y recuerda a dónde iba quien entra."""

    def __init__(self, app: ASGIApp) -> None:
        """Envuelve `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Atiende una petición o una conexión; lo demás pasa tal cual."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        conexion = HTTPConnection(scope)
        try:
            motivo = _rehusa(conexion)
        except ErrorDeDatos as error:
            registro.error("%s", error)
            motivo = 503, MAL_PUESTAS
        if motivo and scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif motivo:
            estado, falta = motivo
            pide = {"www-authenticate": "Bearer"} if falta == SIN_FICHA else None
            await PlainTextResponse(falta, estado, pide)(scope, receive, send)
        else:
            await self._atender(conexion, receive, send)

    async def _atender(
        self, conexion: HTTPConnection, receive: Receive, send: Send
    ) -> None:
        scope, camino = conexion.scope, conexion.url.path
        con_cuentas = scope["type"] == "http" and identidad.con_cuentas()
        if con_cuentas and camino == "/auth/login":
            send = _con_destino(send, conexion.headers.get("referer", ""))
        elif con_cuentas and camino == "/auth/logout":
            if suyos := reclamos(conexion):
                identidad.anotar_salida(suyos)
        elif con_cuentas and camino == "/" and DESTINO in conexion.cookies:
            destino = conexion.cookies[DESTINO]
            if CAMINO.fullmatch(destino) and persona_de_sesion(conexion).rol:
                respuesta = RedirectResponse(destino, 302)
                respuesta.delete_cookie(DESTINO)
                await respuesta(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _con_destino(send: Send, referente: str) -> Send:
    """Devuelve el mismo envío, con la cookie que dice de qué página se venía."""
    partes = urlsplit(referente)
    destino = partes.path + (f"?{partes.query}" if partes.query else "")

    async def enviar(mensaje: Message) -> None:
        if mensaje["type"] == "http.response.start" and CAMINO.fullmatch(destino):
            MutableHeaders(raw=mensaje["headers"]).append(
                "set-cookie", f"{DESTINO}={destino}; Max-Age={DESTINO_DURA}; Path=/;"
                " HttpOnly; SameSite=Lax",
            )  # fmt: skip
        await send(mensaje)

    return enviar

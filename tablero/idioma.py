"""Reescribe la página HTML de Streamlit: en español, con lo nuestro y sin saltos.

Streamlit declara la página en inglés y no lo deja elegir. Además pide cada pieza de la
pantalla cuando ya la necesita, y la página salta al llegar; aquí se piden desde el
comienzo las que todas las páginas usan.
"""

import re
from pathlib import Path

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# La de gráficos pesa demasiado para correrla en páginas sin ellos: solo se baja.
CORRER, BAJAR = ("Html", "TextInput", "Multiselect", "BidiComponent"), ("PlotlyChart",)


def _adelantos() -> bytes:
    """Devuelve las etiquetas que adelantan las piezas que esta versión tenga."""
    carpeta = Path(streamlit.__file__).parent / "static" / "static" / "js"

    def etiquetas(piezas: tuple[str, ...], etiqueta: str) -> str:
        rutas = [ruta for pieza in piezas for ruta in carpeta.glob(f"{pieza}.*.js")]
        return "".join(etiqueta.format(f"/static/js/{ruta.name}") for ruta in rutas)

    correr = etiquetas(CORRER, '<script type="module" src="{}"></script>')
    return (correr + etiquetas(BAJAR, '<link rel="modulepreload" href="{}">')).encode()


SIN_JAVASCRIPT = re.compile(rb"<noscript>.*?</noscript>", re.DOTALL)
AVISO_JAVASCRIPT = (
    b"<noscript>Para usar este tablero, active JavaScript en su navegador.</noscript>"
)
CAMBIOS = (
    (b'<html lang="en">', b'<html lang="es-CL" translate="no">'),
    (b"<title>Streamlit</title>", b"<title>Di\xc3\xa1logos regionales</title>"),
    (
        b"</head>",
        _adelantos() + b'<link rel="stylesheet" href="/tablero/marco.css">'
        b'<script src="/tablero/es.js" defer></script>'
        b'<script src="/tablero/cuantos.js" defer></script></head>',
    ),
)


class PaginaEnEspanol:
    """Capa ASGI que reescribe la página HTML de Streamlit y deja pasar lo demás."""

    def __init__(self, app: ASGIApp) -> None:
        """Envuelve `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Atiende una petición; solo junta el cuerpo si la respuesta es HTML."""
        # Bajo /media/ van los archivos que se descargan: salen como se escribieron.
        if scope["type"] != "http" or "/media/" in scope["path"]:
            await self.app(scope, receive, send)
            return
        # La compresión es de la capa de fuera: por dentro el HTML debe venir legible.
        cabeceras = [par for par in scope["headers"] if par[0] != b"accept-encoding"]
        reescritura = _Reescritura(send)
        await self.app({**scope, "headers": cabeceras}, receive, reescritura.enviar)


class _Reescritura:
    """Retiene la respuesta HTML hasta tenerla entera y la envía cambiada."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.inicio: Message | None = None
        self.cuerpo = bytearray()

    async def enviar(self, mensaje: Message) -> None:
        if mensaje["type"] == "http.response.start":
            tipo = Headers(raw=mensaje["headers"]).get("content-type", "")
            if tipo.startswith("text/html") and mensaje["status"] == 200:
                self.inicio = mensaje
                return
        elif self.inicio is not None:
            self.cuerpo += mensaje.get("body", b"")
            if not mensaje.get("more_body", False):
                await self._terminar(self.inicio)
            return
        await self.send(mensaje)

    async def _terminar(self, inicio: Message) -> None:
        cuerpo = bytes(self.cuerpo)
        cuerpo = SIN_JAVASCRIPT.sub(AVISO_JAVASCRIPT, cuerpo)
        for antes, despues in CAMBIOS:
            cuerpo = cuerpo.replace(antes, despues, 1)
        cabeceras = MutableHeaders(raw=inicio["headers"])
        # En respuesta a HEAD el cuerpo viene vacío y el largo no se toca.
        if cuerpo:
            cabeceras["content-length"] = str(len(cuerpo))
        for propia in ("etag", "last-modified"):
            if propia in cabeceras:
                del cabeceras[propia]
        await self.send(inicio)
        await self.send({"type": "http.response.body", "body": cuerpo})

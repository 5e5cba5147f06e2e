"""Las cabeceras con que el navegador se cuida de lo que una página no debe hacer.

La política de contenido es la más estrecha con que toda página, gráfico, descarga,
subida e impresión funciona: tests/test_cabeceras.py la recorre entera en Chromium.
"""

import base64
import hashlib
import re
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

GUION_EN_LINEA = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def _huella(texto: str) -> str:
    resumen = hashlib.sha256(texto.encode()).digest()
    return f"'sha256-{base64.b64encode(resumen).decode()}'"


def _guiones() -> str:
    """Devuelve las huellas de los guiones en línea de la página de Streamlit."""
    pagina = Path(streamlit.__file__).parent / "static" / "index.html"
    guiones = GUION_EN_LINEA.findall(pagina.read_text(encoding="utf-8"))
    return " ".join(map(_huella, guiones))


# Dos estilos que la pantalla de Streamlit 1.67 trae escritos: el de lo que se pulsa y
# el de los mapas de Plotly. Con otra versión cambian, y la consola dice los nuevos.
ESTILOS = (
    "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='",
    "'sha256-2GF9hCGTDj/GGFNlQA54jDdMGl2fvoeZmZjAvBSiAtM='",
)
POLITICA = "; ".join(
    (
        "default-src 'none'",
        # blob: el puente de las tablas, que Streamlit importa así; para crear uno hay
        # que correr ya un guion. wasm: la aritmética de protobuf.js; sin permiso
        # funciona igual, pero cada visita dejaría una falta que taparía a las de veras.
        f"script-src 'self' blob: 'wasm-unsafe-eval' {_guiones()}",
        # La huella del estilo vacío: los componentes crean uno y agregan sus reglas.
        " ".join(("style-src 'self'", _huella(""), *ESTILOS)),
        # data: el ícono de la página y la letra de las fórmulas.
        "img-src 'self' data:",
        "font-src 'self' data:",
        # Incluye el websocket del mismo sitio.
        "connect-src 'self'",
        # Sin esto valdría lo de script-src, que admite blob:.
        "worker-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
# Lo que un navegador ofrece a una página y esta no usa.
NEGADOS = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media",
    "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer",
    "microphone", "midi", "payment", "publickey-credentials-get", "screen-wake-lock",
    "serial", "storage-access", "usb", "window-management", "xr-spatial-tracking",
)  # fmt: skip
DE_TODA = {
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
}
CABECERAS = {
    **DE_TODA,
    "content-security-policy": POLITICA,
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": ", ".join(f"{nombre}=()" for nombre in NEGADOS),
    # Los filtros y lo buscado van en la dirección: no salen a un enlace de fuera.
    "referrer-policy": "same-origin",
    # Para navegadores que no conocen frame-ancestors.
    "x-frame-options": "DENY",
}
# Las piezas de la pantalla de Streamlit: más de cien por primera visita. Lo que rige a
# un documento el navegador no lo mira en ellas, y son 1 KB cada vez.
PIEZAS = ("text/javascript", "application/javascript", "text/css", "font/")


def _es_pieza(camino: str, tipo: str) -> bool:
    return camino.startswith("/static/") and tipo.startswith(PIEZAS)


class Cabeceras:
    """Capa ASGI que pone las cabeceras de seguridad en toda respuesta.

    En las piezas de Streamlit, que no son documentos, solo las que valen para todo.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Envuelve `app`; va primera, para que nada responda sin ellas."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Atiende una petición; lo que no es HTTP pasa tal cual."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def enviar(mensaje: Message) -> None:
            if mensaje["type"] == "http.response.start":
                dichas = MutableHeaders(raw=mensaje["headers"])
                pieza = _es_pieza(scope["path"], dichas.get("content-type", ""))
                dichas.update(DE_TODA if pieza else CABECERAS)
            await send(mensaje)

        await self.app(scope, receive, enviar)

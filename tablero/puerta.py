"""La puerta: a qué nombres responde el tablero y qué direcciones de Streamlit cierra.

Streamlit no deja quitar sus rutas ni poner otras en su lugar; aquí se responde antes.
"""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

# Las métricas cuentan sesiones y memoria; el agente deja manejar el tablero por HTTP y,
# apagado, describe igual cómo. Nadie aquí los usa.
CERRADAS = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")


def _cerrada(camino: str) -> bool:
    return any(camino == c or camino.startswith(f"{c}/") for c in CERRADAS)


class Puerta:
    """Capa ASGI que no responde a nombres ajenos ni en direcciones cerradas."""

    def __init__(self, app: ASGIApp) -> None:
        """Envuelve `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Atiende una petición; del websocket Streamlit ya mira el nombre."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        # Contra una página ajena que hace pasar su nombre por el de este equipo.
        nombre = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
        if not is_host_allowed(nombre):
            respuesta = PlainTextResponse(
                "Este tablero no atiende con ese nombre. Quien lo administra puede"
                " agregarlo en server.allowedHosts.\n",
                status_code=421,
            )
        elif _cerrada(scope["path"]):
            respuesta = PlainTextResponse("Aquí no hay nada.\n", status_code=404)
        else:
            await self.app(scope, receive, send)
            return
        await respuesta(scope, receive, send)

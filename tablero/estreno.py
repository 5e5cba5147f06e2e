"""Recorre cada página una vez antes de atender: la primera visita no paga el estreno.

Lo que se estrena es lo que Python y Streamlit dejan para la primera vez, y las
respuestas sin filtros, que son las que más se piden.
"""

import asyncio
import logging

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.session_manager import SessionClient

from tablero.identidad import DE_LA_CASA
from tablero.paginas import PAGINAS

# Segundos. Con una base enorme no alcanza para todas, y no se espera más.
PLAZO = 5.0

registro = logging.getLogger("tablero")


class Nadie(SessionClient):
    """Quien mira en el estreno: no dibuja nada, solo sabe cuándo terminó la página."""

    def __init__(self) -> None:
        """Espera la primera página."""
        self.termino = asyncio.Event()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        """Recibe lo que iría al navegador."""
        if msg.WhichOneof("type") == "script_finished":
            self.termino.set()


async def recorrer() -> None:
    """Corre cada página en una sesión de verdad que después se cierra.

    Una página que falla lo dice en el registro, y no impide partir.
    """
    mirar, corredor = Nadie(), Runtime.instance()
    sesion = corredor.connect_session(mirar, dict(DE_LA_CASA))
    try:
        async with asyncio.timeout(PLAZO):
            for pagina in PAGINAS:
                mirar.termino.clear()
                pedido = ClientState(page_name=pagina.nombre)
                corredor.handle_backmsg(sesion, BackMsg(rerun_script=pedido))
                await mirar.termino.wait()
    except TimeoutError:
        registro.info("El estreno se dejó a medias: no cabía en %g s.", PLAZO)
    finally:
        corredor.close_session(sesion)

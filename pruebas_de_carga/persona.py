"""Una persona simulada: lo que hace su navegador, dicho por el websocket de Streamlit.

Sin dibujar nada: sirve para medir al servidor con muchas a la vez.
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin, Subprotocol

from tablero.filtros import ROTULOS

# Segundos: pasado esto una vuelta no terminó, y es un error.
ESPERA = 60.0
FILTROS = {rotulo for rotulo, _ in ROTULOS.values()}


class SinTerminar(Exception):
    """Una vuelta no terminó en el plazo, o el servidor cortó."""


@dataclass
class Vuelta:
    """Una vuelta del guion: de pedirla a que el servidor dice que terminó."""

    segundos: float = 0.0
    pagina: str = ""
    textos: list[str] = field(default_factory=list)
    errores: list[str] = field(default_factory=list)


class Persona:
    """Una pestaña abierta. Guarda lo que guarda el navegador entre vueltas."""

    def __init__(self, enchufe: ClientConnection, consulta: str = "") -> None:
        """Toma una conexión recién abierta; `consulta` es lo que va tras el «?»."""
        self._enchufe, self._consulta = enchufe, consulta
        self._guardados: dict[str, ForwardMsg] = {}
        self._valores: dict[str, WidgetState] = {}
        self._usados: set[str] = set()
        self._puesto = ""
        self._pagina = ""
        # De la dirección de cada página a su código, y del rótulo de cada filtro a su
        # identificador y sus opciones.
        self.paginas: dict[str, str] = {}
        self.filtros: dict[str, tuple[str, list[str]]] = {}

    async def ir(self, nombre: str) -> Vuelta:
        """Va a otra página, por el menú."""
        self._pagina = self.paginas[nombre]
        self._valores.clear()
        return await self.vuelta()

    async def filtrar(self, azar: random.Random) -> Vuelta:
        """Elige una opción de un filtro al azar; si ya había una elegida, la quita.

        De a uno: varios al azar dejan cero enunciados, y una página vacía no cuesta.
        """
        if rotulo := self._puesto:
            self._puesto = ""
            return await self.elegir({rotulo: []})
        self._puesto = azar.choice(sorted(self.filtros))
        _, opciones = self.filtros[self._puesto]
        return await self.elegir({self._puesto: [azar.choice(opciones)]})

    async def elegir(self, puestas: Mapping[str, Sequence[str]]) -> Vuelta:
        """Deja cada filtro, nombrado por su rótulo, con esas opciones."""
        for rotulo, elegidas in puestas.items():
            cual, _ = self.filtros[rotulo]
            valor = WidgetState(id=cual)
            valor.string_array_value.data.extend(elegidas)
            self._valores[cual] = valor
        return await self.vuelta()

    async def vuelta(self, nombre: str = "") -> Vuelta:
        """Pide una vuelta y la espera; `nombre` es la página, en la primera.

        Lanza SinTerminar si el servidor corta o no termina en `ESPERA`.
        """
        pedido = BackMsg()
        estado = pedido.rerun_script
        estado.page_name, estado.page_script_hash = nombre, self._pagina
        estado.query_string = self._consulta
        estado.cached_message_hashes.extend(self._guardados)
        estado.widget_states.widgets.extend(self._valores.values())
        vista, self._usados = Vuelta(), set()
        desde = time.perf_counter()
        try:
            await self._enchufe.send(pedido.SerializeToString())
            async with asyncio.timeout(ESPERA):
                while not self._atender(await self._enchufe.recv(), vista):
                    pass
        except (OSError, TimeoutError, WebSocketException) as error:
            raise SinTerminar(f"{type(error).__name__} {error}") from error
        vista.segundos = time.perf_counter() - desde
        # El servidor olvida lo que no se usó en la vuelta; el navegador, también.
        self._guardados = {h: self._guardados[h] for h in self._usados}
        return vista

    def _atender(self, crudo: str | bytes, vista: Vuelta) -> bool:
        """Anota un mensaje del servidor; dice si con él la vuelta terminó."""
        assert isinstance(crudo, bytes)
        mensaje = ForwardMsg.FromString(crudo)
        if mensaje.ref_hash:
            self._usados.add(mensaje.ref_hash)
            mensaje = self._guardados[mensaje.ref_hash]
        elif mensaje.metadata.cacheable:
            self._usados.add(mensaje.hash)
            self._guardados[mensaje.hash] = mensaje
        match mensaje.WhichOneof("type"):
            case "navigation":
                self._anotar_paginas(mensaje, vista)
            case "delta":
                self._anotar_elemento(mensaje, vista)
            case "script_finished":
                como = mensaje.script_finished
                if como == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    vista.errores.append("el guion no compila")
                return bool(como != ForwardMsg.FINISHED_EARLY_FOR_RERUN)
        return False

    def _anotar_paginas(self, mensaje: ForwardMsg, vista: Vuelta) -> None:
        navegacion = mensaje.navigation
        self._pagina = navegacion.page_script_hash
        for pagina in navegacion.app_pages:
            self.paginas[pagina.url_pathname] = pagina.page_script_hash
            if pagina.page_script_hash == self._pagina:
                vista.pagina = pagina.url_pathname

    def _anotar_elemento(self, mensaje: ForwardMsg, vista: Vuelta) -> None:
        elemento = mensaje.delta.new_element
        match elemento.WhichOneof("type"):
            case "exception" if not elemento.exception.is_warning:
                vista.errores.append(elemento.exception.message)
            case "alert" if elemento.alert.format == Alert.ERROR:
                vista.errores.append(elemento.alert.body)
            case "markdown":
                vista.textos.append(elemento.markdown.body)
            case "html":
                vista.textos.append(elemento.html.body)
            case "multiselect" if elemento.multiselect.label in FILTROS:
                lista = elemento.multiselect
                self.filtros[lista.label] = (lista.id, list(lista.options))


@asynccontextmanager
async def abrir(
    url: str, camino: str, cookies: Mapping[str, str] | None = None
) -> AsyncIterator[tuple[Persona, Vuelta]]:
    """Mantiene una pestaña abierta en una página; da la persona y su primera vuelta.

    `camino` es el nombre de la página y, si la lleva, su «?consulta»; `cookies`, las de
    quien ya entró. Lanza SinTerminar si no se pudo abrir.
    """
    nombre, _, consulta = camino.partition("?")
    traidas = dict(cookies or {})
    protocolos = ["streamlit", *filter(None, [traidas.get(XSRF_COOKIE_NAME)])]
    try:
        enchufe = await connect(
            f"{url.replace('http', 'ws', 1)}/_stcore/stream",
            origin=Origin(url), subprotocols=list(map(Subprotocol, protocolos)),
            additional_headers={
                "Cookie": "; ".join(f"{n}={v}" for n, v in traidas.items())
            } if traidas else None,
            compression=None, max_size=None, ping_interval=None, proxy=None,
        )  # fmt: skip
    except (OSError, TimeoutError, WebSocketException) as error:
        raise SinTerminar(f"{type(error).__name__} {error}") from error
    async with enchufe:
        persona = Persona(enchufe, consulta)
        yield persona, await persona.vuelta(nombre)

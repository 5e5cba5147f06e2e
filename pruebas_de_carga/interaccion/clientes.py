"""Quien pulsa en cada rival, como lo haría un navegador, y mide hasta lo último."""

import html
import http.client
import json
import re
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

from pruebas_de_carga.interaccion.de_datasette import CONSULTAS
from pruebas_de_carga.interaccion.pasos import COLUMNAS, ROTULOS, escribir
from pruebas_de_carga.persona import Persona, Vuelta, abrir

ESPERA = 600.0
# Los que un navegador abre a la vez con un mismo servidor.
A_LA_VEZ = 6


class Cliente(Protocol):
    """Alguien que pulsa un filtro y espera la pantalla entera."""

    async def pulsar(self, filtro: str, valor: str) -> float:
        """Cambia el filtro y devuelve los segundos hasta la respuesta completa."""

    async def comprobar(self, filtro: str, valor: str) -> str:
        """Devuelve la respuesta como la escribe `pasos.escribir`."""


class PorStreamlit:
    """Un websocket abierto: de mandar el filtro a que el guion terminó."""

    def __init__(
        self,
        url: str,
        persona: Persona,
        etiquetas: Mapping[tuple[str, str], str],
        abiertas: AsyncExitStack,
    ) -> None:
        """Toma una pestaña abierta; `etiquetas` dice cómo se lee cada opción.

        Cuando haga falta otra, queda abierta en `abiertas`.
        """
        self.url, self.persona, self.etiquetas = url, persona, etiquetas
        self.abiertas = abiertas
        self.otra: Persona | None = None

    async def pulsar(self, filtro: str, valor: str) -> float:
        """Deja puesto solo ese filtro, en una vuelta."""
        return (await self._elegir(self.persona, filtro, valor)).segundos

    async def _elegir(self, persona: Persona, filtro: str, valor: str) -> Vuelta:
        etiqueta = self.etiquetas.get((filtro, valor), valor)
        solo = {ROTULOS[otro]: [etiqueta] if otro == filtro else [] for otro in ROTULOS}
        vuelta = await persona.elegir(solo)
        if vuelta.errores:
            raise RuntimeError(f"Falló {filtro} = {valor}: {vuelta.errores}")
        return vuelta

    async def comprobar(self, filtro: str, valor: str) -> str:
        """Lo pregunta en otra pestaña, que escribe la respuesta en vez de dibujarla.

        Es siempre la misma: de cada una que se cierra, Streamlit guarda un rato todo.
        """
        if self.otra is None:
            abierta = abrir(self.url, "?ficticio=si&comprobar=si")
            nueva, _ = await self.abiertas.enter_async_context(abierta)
            self.otra = nueva
        vuelta = await self._elegir(self.otra, filtro, valor)
        (texto,) = (t for t in vuelta.textos if t.startswith("<pre>"))
        return html.unescape(re.sub("</?pre>", "", texto))


class _PorHttp:
    """Pedidos por conexiones que se mantienen abiertas, una por hilo."""

    def __init__(self, url: str) -> None:
        self.destino = urlsplit(url).netloc
        self.propio = threading.local()

    def pedir(self, camino: str, cuerpo: object = None) -> bytes:
        if not hasattr(self.propio, "con"):
            self.propio.con = http.client.HTTPConnection(self.destino, timeout=ESPERA)
        con: http.client.HTTPConnection = self.propio.con
        try:
            respuesta = self._mandar(con, camino, cuerpo)
        except http.client.RemoteDisconnected:
            # Esperando su turno, el servidor cerró la que no se usaba: como un
            # navegador, se abre otra.
            con.close()
            respuesta = self._mandar(con, camino, cuerpo)
        leido = respuesta.read()
        if respuesta.status != http.HTTPStatus.OK:
            raise RuntimeError(
                f"{camino} respondió {respuesta.status}: {leido[:300]!r}"
            )
        return leido

    @staticmethod
    def _mandar(
        con: http.client.HTTPConnection, camino: str, cuerpo: object
    ) -> http.client.HTTPResponse:
        if cuerpo is None:
            con.request("GET", camino)
        else:
            con.request("POST", camino, json.dumps(cuerpo),
                        {"Content-Type": "application/json"})  # fmt: skip
        return con.getresponse()


class PorDatasette(_PorHttp):
    """Las siete consultas guardadas, pedidas a la vez como JSON."""

    def __init__(self, url: str, base: str) -> None:
        """Prepara los hilos con que se pide."""
        super().__init__(url)
        self.base, self.hilos = base, ThreadPoolExecutor(A_LA_VEZ)

    def _todas(self, filtro: str, valor: str) -> list[bytes]:
        caminos = [
            f"/{self.base}/{nombre}_{filtro}.json?_shape=array&valor={quote(valor)}"
            for nombre in CONSULTAS
        ]
        return list(self.hilos.map(self.pedir, caminos))

    async def pulsar(self, filtro: str, valor: str) -> float:
        """Las pide todas y espera la última."""
        desde = time.perf_counter()
        self._todas(filtro, valor)
        return time.perf_counter() - desde

    async def comprobar(self, filtro: str, valor: str) -> str:
        """Lee las siete respuestas."""
        leidas = map(json.loads, self._todas(filtro, valor))
        tablas = dict(zip(CONSULTAS, leidas, strict=True))
        pares = tablas["pares"][0]
        return escribir(
            tablas["cuantos"][0]["n"],
            [fila.values() for fila in tablas["temas_tipos"]],
            [fila.values() for fila in tablas["tipos_naturalezas"]],
            [pares[columna] for columna in ("ambas", "solo_a", "solo_b")],
            tablas["halladas"][0]["n"],
            [fila["texto"] for fila in tablas["buscar"]],
            [fila["texto"] for fila in tablas["primeros"]],
        )


class PorDash(_PorHttp):
    """El pedido con que la página de Dash llama a su función."""

    def __init__(self, url: str) -> None:
        """Pregunta qué salidas tiene la función, como hace la página al abrirse."""
        super().__init__(url)
        (funcion,) = json.loads(self.pedir("/_dash-dependencies"))
        self.salida: str = funcion["output"]
        self.salidas: Sequence[Any] = [
            dict(zip(("id", "property"), una.rsplit(".", 1), strict=True))
            for una in self.salida.strip(".").split("...")
        ]

    async def pulsar(self, filtro: str, valor: str) -> float:
        """Llama a la función una vez: trae las cifras, las figuras y las tablas."""
        entradas = {"filtro": filtro, "valor": valor}
        cuerpo = {
            "output": self.salida,
            "outputs": self.salidas,
            "inputs": [
                {"id": nombre, "property": "value", "value": puesto}
                for nombre, puesto in entradas.items()
            ],
            "changedPropIds": ["valor.value"],
        }
        desde = time.perf_counter()
        self.pedir("/_dash-update-component", cuerpo)
        return time.perf_counter() - desde

    async def comprobar(self, filtro: str, valor: str) -> str:
        """La pide por un camino aparte, hecho para esto."""
        assert filtro in COLUMNAS
        return self.pedir(f"/comprobar/{filtro}/{quote(valor)}").decode()

"""La dirección estable para otros programas: los enunciados, con los mismos filtros.

Power Query o Power BI la leen y la refrescan. Un valor que no existe es un error: a un
programa no se le contesta otra cosa que lo que pidió.
"""

import logging
from collections.abc import Generator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from itertools import chain

import duckdb
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from consultas.seleccion import LISTAS, Seleccion
from datos.errores import ErrorDeDatos
from datos.salidas import API, CORTADA, EMPEZADA, ENTERA, Salida
from tablero import anotadas, en_sql, exportar
from tablero.conexion import conexion, enlazar
from tablero.entrada import persona_de_programa
from tablero.estado import LARGO_BUSQUEDA, PROPIOS
from tablero.filtros import opciones

registro = logging.getLogger("tablero")

CONSULTA = "enunciados_api"
TIPOS = {"json": "application/json", "csv": "text/csv"}

FORMATOS = {"simple": exportar.SIMPLE, "excel": exportar.EXCEL}
# Se aceptan sin efecto: quien copia la dirección de una página las trae.
DE_PAGINA = {nombre for propios in PROPIOS.values() for nombre in propios}
ADMITIDOS = {*LISTAS, "buscar", "ficticio", "formato", *DE_PAGINA}


class PedidoInvalido(ValueError):
    """La dirección pide algo que no existe; el mensaje dice qué."""


def leer_seleccion(pedido: Request) -> Seleccion:
    """Devuelve la selección que pide una dirección.

    Lanza PedidoInvalido si trae un filtro o un valor que no existe.
    """
    parametros = pedido.query_params
    if ajenos := sorted(set(parametros) - ADMITIDOS):
        raise PedidoInvalido(
            f"No existe el filtro «{ajenos[0]}». Existen: {', '.join(LISTAS)}, buscar"
            " y ficticio."
        )
    ficticio = parametros.get("ficticio", "no")
    if ficticio not in ("si", "no"):
        raise PedidoInvalido("«ficticio» debe ser si o no.")
    disponibles = opciones(ficticio == "si")
    listas = {}
    for nombre in LISTAS:
        pedidos = tuple(dict.fromkeys(parametros.getlist(nombre)))
        for valor in pedidos:
            if valor not in disponibles[nombre]:
                admitidos = ", ".join(disponibles[nombre])
                raise PedidoInvalido(
                    f"«{nombre}» no admite «{valor}». Admite: {admitidos}."
                )
        listas[nombre] = pedidos
    buscar = " ".join(parametros.get("buscar", "").split())
    if len(buscar) > LARGO_BUSQUEDA:
        raise PedidoInvalido(f"«buscar» admite hasta {LARGO_BUSQUEDA} caracteres.")
    return Seleccion(**listas, buscar=buscar, ficticio=ficticio == "si")


@dataclass
class Cuenta:
    """Cuántas filas se han dado de una salida, y si se dieron todas."""

    salida: Salida
    filas: int = 0

    def sumar(self, filas: int) -> None:
        """Suma las de otro trozo."""
        self.filas += filas

    def anotada(self, trozos: Generator[bytes]) -> Generator[bytes]:
        """Entrega los trozos; anota la salida al empezar y al terminar, o al cortarse.

        Lanza ErrorDeDatos, sin haber dado nada, si no se pudo anotar y debía.
        """
        with closing(trozos):
            anotadas.anotar(replace(self.salida, estado=EMPEZADA))
            estado = CORTADA
            try:
                yield from trozos
                estado = ENTERA
            finally:
                with suppress(ErrorDeDatos):
                    # Lo que salió ya salió: la falla queda en el registro.
                    anotadas.anotar(
                        replace(self.salida, estado=estado, filas=self.filas)
                    )


class PorTrozos(StreamingResponse):
    """Una respuesta que suelta la base también cuando quien la pidió se va."""

    def __init__(self, trozos: Generator[bytes], tipo: str) -> None:
        """Pide el primer trozo antes de responder: si la consulta falla, no hay 200."""
        self.trozos = trozos
        super().__init__(
            chain([next(trozos)], trozos), media_type=f"{tipo}; charset=utf-8",
            headers={"Cache-Control": "no-store"},
        )  # fmt: skip

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Envía los trozos; a quien solo pregunta (HEAD), ninguno más."""
        if scope["method"] == "HEAD":
            self.trozos.close()
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.trozos.close()


def falla(mensaje: str, estado: int) -> Response:
    """Responde a un programa que no se pudo, y por qué."""
    return JSONResponse({"error": mensaje}, status_code=estado)


def responder(pedido: Request) -> Response:
    """Responde con la selección entera, por partes, o con un 400 que dice qué falla."""
    try:
        elegida = leer_seleccion(pedido)
        formato = FORMATOS.get(pedido.query_params.get("formato", "simple"))
        if formato is None:
            raise PedidoInvalido("«formato» debe ser simple o excel.")
        enlazados = enlazar(CONSULTA, elegida)
        tipo = pedido.url.path.rpartition(".")[2]
        quien = persona_de_programa(pedido).seudonimo or "local"
        cuenta = Cuenta(Salida(quien, "enunciados", API, tipo, elegida.activos()))
        pregunta = (conexion(), CONSULTA, enlazados)
        trozos = (
            en_sql.json(*pregunta, cuenta.sumar)
            if tipo == "json"
            else en_sql.csv(*pregunta, formato, cuenta.sumar)
        )
        # Quien solo pregunta (HEAD) no se lleva nada.
        if pedido.method != "HEAD":
            trozos = cuenta.anotada(trozos)
        return PorTrozos(trozos, TIPOS[tipo])
    except PedidoInvalido as error:
        return falla(str(error), 400)
    except ErrorDeDatos as error:
        registro.warning("%s", error)
        return falla(str(error), 503)
    except duckdb.Error:
        registro.exception("Falló /api/enunciados")
        return falla("No se pudo responder. Avise a quien administra el tablero.", 500)


RUTAS = [
    Route("/api/enunciados.csv", responder),
    Route("/api/enunciados.json", responder),
]

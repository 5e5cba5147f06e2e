"""La dirección estable para otros programas: los enunciados, con los mismos filtros.

Power Query o Power BI la leen y la refrescan. Un valor que no existe es un error: a un
programa no se le contesta otra cosa que lo que pidió.
"""

import json
import logging
from collections.abc import Iterator
from itertools import chain

import duckdb
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from consultas.lector import recorrer
from consultas.seleccion import LISTAS, Seleccion
from datos.errores import ErrorDeDatos
from tablero import exportar
from tablero.conexion import conexion, enlazar
from tablero.estado import LARGO_BUSQUEDA, PROPIOS
from tablero.filtros import opciones

registro = logging.getLogger("tablero")

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


def _json(titulos: list[str], filas: Iterator[tuple[object, ...]]) -> Iterator[bytes]:
    """Escribe una lista de objetos JSON, por trozos."""
    guardado, primero = ["["], True
    largo = 0
    for fila in filas:
        objeto = dict(zip(titulos, fila, strict=True))
        texto = json.dumps(objeto, ensure_ascii=False, default=str)
        guardado.append(texto if primero else f",\n{texto}")
        primero = False
        largo += len(texto)
        if largo >= exportar.TROZO:
            yield "".join(guardado).encode()
            guardado, largo = [], 0
    yield "".join([*guardado, "]\n"]).encode()


def responder(pedido: Request) -> Response:
    """Responde con la selección entera, por partes, o con un 400 que dice qué falla."""
    try:
        elegida = leer_seleccion(pedido)
        formato = FORMATOS.get(pedido.query_params.get("formato", "simple"))
        if formato is None:
            raise PedidoInvalido("«formato» debe ser simple o excel.")
    except PedidoInvalido as error:
        return JSONResponse({"error": str(error)}, status_code=400)
    enlazados = enlazar("enunciados_api", elegida)
    try:
        titulos, filas = recorrer(conexion(), "enunciados_api", enlazados)
    except (duckdb.Error, ErrorDeDatos):
        registro.exception("Falló /api/enunciados")
        aviso = "No se pudo responder. Avise a quien administra el tablero."
        return JSONResponse({"error": aviso}, status_code=500)
    if pedido.url.path.endswith(".json"):
        cuerpo, tipo = _json(titulos, filas), "application/json"
    else:
        cuerpo, tipo = exportar.trozos(titulos, filas, formato), "text/csv"
    # El primer trozo se pide antes de responder: si la consulta falla, no hay un 200.
    primero = next(cuerpo)
    return StreamingResponse(
        chain([primero], cuerpo), media_type=f"{tipo}; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )  # fmt: skip


RUTAS = [
    Route("/api/enunciados.csv", responder),
    Route("/api/enunciados.json", responder),
]

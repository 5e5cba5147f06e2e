"""Lo que se escribió y lo que salió, en una sola lista: quién, qué y cuánto.

De los textos no se dice nada: solo qué columnas cambiaron.
"""

import heapq
import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from datos import salidas
from datos.borrar_plan import BORRADO
from datos.historia import Cambio
from datos.salidas import ENTERA, Salida
from datos.ubicacion import ruta_base
from tablero.conexion import preguntar
from tablero.formato import momento as en_chile

EXPORTAR = "exportar"
TITULOS = ("Cuándo", "Quién", "Qué hizo", "Sobre qué", "Filas", "Detalle")
TODAS = 2**31 - 1


@dataclass(frozen=True)
class Pedido:
    """Qué renglones: de qué días, inclusive, de quién y qué acción; vacío es todo."""

    desde: date
    hasta: date
    quien: str = ""
    accion: str = ""


@dataclass(frozen=True)
class Renglon:
    """Una escritura o una exportación. `momento` es UTC, sin zona."""

    momento: datetime
    quien: str
    accion: str
    sobre: str
    filas: int
    detalle: str

    def celdas(self) -> tuple[object, ...]:
        """Devuelve el renglón como se lee, en el orden de TITULOS."""
        return (en_chile(self.momento), self.quien, self.accion, self.sobre,
                self.filas, self.detalle)  # fmt: skip


def cuentas(pedido: Pedido) -> dict[tuple[str, str], int]:
    """Devuelve cuántos renglones hay en esos días por persona y acción."""
    tabla = preguntar(
        "bitacora_recuento", desde_dia=pedido.desde, hasta_dia=pedido.hasta
    )
    hay = {
        (str(quien), str(accion)): int(n)
        for quien, accion, n in zip(
            tabla["quien"], tabla["accion"], tabla["renglones"], strict=True
        )
    }
    for salida in _salidas(pedido):
        llave = (salida.quien, EXPORTAR)
        hay[llave] = hay.get(llave, 0) + 1
    return hay


def _salidas(pedido: Pedido) -> list[Salida]:
    dias = (pedido.desde.isoformat(), pedido.hasta.isoformat())
    return list(salidas.leer(ruta_base(), *dias))


def renglones(pedido: Pedido, desde: int = 0, hasta: int = TODAS) -> list[Renglon]:
    """Devuelve los renglones pedidos, del más nuevo, en esas posiciones."""
    escritas = preguntar(
        "bitacora_lista", de_quien=pedido.quien or None,
        que_accion=pedido.accion or None, desde_dia=pedido.desde,
        hasta_dia=pedido.hasta, limite=hasta,
    )  # fmt: skip
    de_la_base = map(_escrita, escritas.to_dict("records"))
    salieron = (
        _salida(salida)
        for salida in _salidas(pedido)
        if pedido.quien in ("", salida.quien) and pedido.accion in ("", EXPORTAR)
    )
    juntos = heapq.merge(de_la_base, salieron, key=lambda r: r.momento, reverse=True)
    return list(islice(juntos, desde, hasta))


def _escrita(fila: Mapping[Hashable, Any]) -> Renglon:
    antes, despues = (
        json.loads(str(fila[lado])) if fila[lado] else None
        for lado in ("antes", "despues")
    )
    momento: datetime = fila["momento"]
    que = Cambio(momento, "", "", antes, despues).columnas()
    de_carga = fila["tabla"] == "cargas"
    filas = (despues or {}).get("filas", 0) if de_carga else 1
    detalle = "" if de_carga else ", ".join(que)
    if BORRADO in que:
        detalle = "lo que decía se borró"
    return Renglon(
        momento, str(fila["quien"]), str(fila["accion"]),
        f"{fila['tabla']} {_clave(str(fila['clave']))}", int(filas), detalle,
    )  # fmt: skip


def _clave(escrita: str) -> str:
    """Devuelve los valores de una llave, que la bitácora guarda en JSON o sola."""
    if not escrita.startswith("{"):
        return escrita
    return " ".join(map(str, json.loads(escrita).values()))


def _salida(salida: Salida) -> Renglon:
    filtros = [f"{n}: {', '.join(v)}" for n, v in salida.filtros.items()]
    como = [] if salida.estado == ENTERA else [salida.estado]
    return Renglon(
        datetime.fromisoformat(salida.momento).replace(tzinfo=None),
        salida.quien, EXPORTAR,
        f"{salida.asunto} ({salida.formato}, por {salida.via})", salida.filas,
        "; ".join([*como, *filtros]),
    )  # fmt: skip

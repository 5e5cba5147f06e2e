"""La historia de una fila en la bitácora: quién la cambió, cuándo y qué decía."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from duckdb import DuckDBPyConnection

from datos.filas import Fila, en_json

CHOQUE = "choque"


@dataclass(frozen=True)
class Cambio:
    """Un cambio de una fila: `antes` y `despues` son JSON, o None si no la había."""

    momento: datetime
    quien: str
    accion: str
    antes: dict[str, object] | None
    despues: dict[str, object] | None

    def columnas(self) -> dict[str, tuple[object, object]]:
        """Devuelve las columnas que cambiaron: qué decían y qué dicen."""
        antes, despues = self.antes or {}, self.despues or {}
        return {
            columna: (antes.get(columna), despues.get(columna))
            for columna in dict.fromkeys([*antes, *despues])
            if antes.get(columna) != despues.get(columna)
        }


def historia(con: DuckDBPyConnection, tabla: str, clave: Fila) -> tuple[Cambio, ...]:
    """Devuelve los cambios de una fila, del más antiguo al más nuevo, y los choques."""
    filas = con.execute(
        "select momento, quien, accion, antes, despues from bitacora"
        " where tabla = ? and clave = ? order by bitacora_id",
        [tabla, en_json(clave)],
    ).fetchall()
    return tuple(
        Cambio(momento, quien, accion, _de_json(antes), _de_json(despues))
        for momento, quien, accion, antes, despues in filas
    )


def _de_json(texto: str | None) -> dict[str, object] | None:
    return None if texto is None else json.loads(texto)


def despues_de(cambios: Sequence[Cambio], vista: int | None) -> tuple[Cambio, ...]:
    """De una historia, devuelve los cambios posteriores a la versión que se vio.

    None es no haber visto nada: son todos, también los que no llevan versión.
    """
    guardados = [c for c in cambios if c.accion != CHOQUE]
    if vista is None:
        return tuple(guardados)
    lugares = [
        i for i, c in enumerate(guardados) if (c.despues or {}).get("version") == vista
    ]
    # Quien vio la fila tal como se cargó no tiene su versión en la bitácora.
    return tuple(guardados[lugares[-1] + 1 :] if lugares else guardados)


def desde_la_version(
    con: DuckDBPyConnection, tabla: str, clave: Fila, vista: int | None
) -> tuple[Cambio, ...]:
    """Devuelve los cambios de una fila posteriores a la versión que alguien vio."""
    return despues_de(historia(con, tabla, clave), vista)


def version_nueva(con: DuckDBPyConnection, tabla: str, clave: Fila) -> int:
    """Devuelve la versión de una fila que se agrega: la de una quitada no se repite."""
    vistas = historia(con, tabla, clave)
    usadas = [(c.despues or c.antes or {}).get("version", 0) for c in vistas]
    return 1 + max((int(str(v)) for v in usadas), default=0)

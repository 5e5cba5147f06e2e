"""Filas, llaves y momentos, como los escribe y los anota la base."""

import json
import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from duckdb import DuckDBPyConnection

Fila = Mapping[str, object]
# Preguntar por la llave de una tabla cuesta 3 ms, y no cambia.
LLAVES: dict[str, list[str]] = {}
# Lo menos que separa dos momentos en la base.
INSTANTE = timedelta(microseconds=1)
ULTIMO = [datetime.min]
CERROJO = threading.Lock()


def en_json(valores: Fila) -> str:
    """Devuelve una fila como JSON; las fechas, como AAAA-MM-DD."""
    return json.dumps(dict(valores), ensure_ascii=False, default=str)


def igual(clave: Fila) -> str:
    """Devuelve la condición de SQL de una llave, con sus valores por enlazar."""
    return " and ".join(f"{columna} = ?" for columna in clave)


def no_antes_de(momento: datetime | None) -> None:
    """Desde aquí `ahora` es posterior a ese momento, el de la última escritura."""
    with CERROJO:
        ULTIMO[0] = momento or datetime.min


def ahora() -> datetime:
    """Devuelve el momento, en UTC y sin zona, como lo guarda la base.

    Nunca se repite ni retrocede, aunque el reloj del equipo lo haga: qué carga vino
    después, o qué libro rige, se sabe por los momentos anotados.
    """
    with CERROJO:
        ULTIMO[0] = max(datetime.now(UTC).replace(tzinfo=None), ULTIMO[0] + INSTANTE)
        return ULTIMO[0]


def insertar(con: DuckDBPyConnection, tabla: str, filas: Sequence[Fila]) -> None:
    """Inserta las filas con una sola orden: una por fila cuesta diez veces más."""
    columnas = list(filas[0])
    con.execute(
        f"insert into {tabla} ({', '.join(columnas)})"
        f" select {', '.join(['unnest(?)'] * len(columnas))}",
        [[fila[columna] for fila in filas] for columna in columnas],
    )


def llave_de(con: DuckDBPyConnection, tabla: str) -> list[str]:
    """Devuelve las columnas de la llave primaria de una tabla; ninguna si no tiene."""
    if tabla in LLAVES:
        return LLAVES[tabla]
    filas = con.execute(
        "select constraint_column_names from duckdb_constraints() where table_name = ?"
        " and schema_name = 'main' and constraint_type = 'PRIMARY KEY'",
        [tabla],
    ).fetchall()
    LLAVES[tabla] = list(filas[0][0]) if filas else []
    return LLAVES[tabla]


def enlaces(con: DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """Devuelve tabla, columna y tabla a que se refiere, de cada llave foránea."""
    return con.execute(
        "select table_name, constraint_column_names[1], referenced_table"
        " from duckdb_constraints() where constraint_type = 'FOREIGN KEY'"
        " and schema_name = 'main' and length(constraint_column_names) = 1"
        " order by table_name, constraint_index"
    ).fetchall()


def partes(anotada: Fila) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Devuelve lo que una fila anotada decía, lo que dice y su llave, de su JSON."""
    antes, despues, clave = (
        json.loads(str(anotada.get(columna) or "{}"))
        for columna in ("antes", "despues", "clave")
    )
    return antes, despues, clave

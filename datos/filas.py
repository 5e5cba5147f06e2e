"""Filas, llaves y momentos, como los escribe y los anota la base."""

import json
import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

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
    """Devuelve las columnas de la llave primaria de una tabla."""
    if tabla in LLAVES:
        return LLAVES[tabla]
    filas = con.execute(
        "select constraint_column_names from duckdb_constraints() where table_name = ?"
        " and schema_name = 'main' and constraint_type = 'PRIMARY KEY'",
        [tabla],
    ).fetchall()
    LLAVES[tabla] = filas[0][0]
    return LLAVES[tabla]

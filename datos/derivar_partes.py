"""Qué se deriva de una vez, y dónde queda: las tablas temporales que leen los .sql.

`temas_por_derivar` y `por_derivar` dicen de qué temas y enunciados; `posiciones`, qué
lugares de la numeración ocupan.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from duckdb import DuckDBPyConnection

CARPETA = Path(__file__).parent / "lectura"
# Cuántos enunciados se derivan de una vez: con más, la memoria crece sin ganar tiempo.
PARTE = 100_000
TEMPORALES = (
    "temas_por_derivar", "por_derivar", "posiciones", "temas_puestos", "habia", "hay",
    "cambian", "entran", "en_desorden",
)  # fmt: skip


@cache
def sql(nombre: str) -> str:
    """Devuelve la regla de una tabla de lectura."""
    return (CARPETA / f"{nombre}.sql").read_text(encoding="utf-8")


def apartar(con: DuckDBPyConnection, tabla: str, orden: str, *valores: object) -> None:
    """Deja el resultado de una orden en una tabla temporal."""
    con.execute(f"create or replace temp table {tabla} as {orden}", list(valores))


def soltar(con: DuckDBPyConnection) -> None:
    """Quita las tablas temporales: la conexión que deriva todo puede durar días."""
    for tabla in TEMPORALES:
        con.execute(f"drop table if exists {tabla}")


def entera(con: DuckDBPyConnection, *nombres: str) -> None:
    """Hace de nuevo cada tabla de lectura, entera, con su regla."""
    for nombre in nombres:
        con.execute(f"create or replace table lectura_{nombre} as {sql(nombre)}")


def partes(con: DuckDBPyConnection) -> list[list[str]]:
    """Devuelve los temas en orden, en grupos de a lo más PARTE enunciados."""
    grupos: list[list[str]] = []
    libre = 0
    for tema, ocupa in con.execute(
        "select tema_dialogo_id, ocupa from lectura_temas order by desde"
    ).fetchall():
        if ocupa > libre or not grupos:
            grupos.append([])
            libre = PARTE
        grupos[-1].append(tema)
        libre -= ocupa
    return grupos


def elegir_temas(con: DuckDBPyConnection, temas: Sequence[str]) -> None:
    """Elige temas enteros, con los lugares que hoy ocupan."""
    apartar(
        con,
        "temas_por_derivar",
        "select unnest($1::varchar[]) as tema_dialogo_id",
        list(temas),
    )
    apartar(
        con,
        "por_derivar",
        "select enunciado_id from enunciados"
        " where tema_dialogo_id in (from temas_por_derivar)",
    )
    ocupar(con)


def elegir_enunciados(con: DuckDBPyConnection, enunciados: Sequence[str]) -> None:
    """Elige enunciados sueltos, y sus temas."""
    apartar(
        con,
        "por_derivar",
        "select e.enunciado_id, e.tema_dialogo_id, t.desde + e.orden as posicion"
        " from enunciados as e inner join lectura_temas as t using (tema_dialogo_id)"
        " where e.enunciado_id in (select unnest($1))",
        list(enunciados),
    )
    apartar(
        con,
        "temas_por_derivar",
        "select distinct tema_dialogo_id from por_derivar",
    )
    apartar(con, "posiciones", "select posicion from por_derivar")


def ocupar(con: DuckDBPyConnection) -> None:
    """Deja en `posiciones` los lugares de los temas elegidos."""
    apartar(
        con,
        "posiciones",
        "select cast(unnest(range(desde + 1, desde + ocupa + 1)) as integer)"
        " as posicion from lectura_temas"
        " where tema_dialogo_id in (from temas_por_derivar)",
    )

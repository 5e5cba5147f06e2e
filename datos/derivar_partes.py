"""Qué se deriva de una vez, y dónde queda: las tablas temporales que leen los .sql.

`temas_por_derivar` dice de qué temas; `sus_enunciados` y las demás `sus_`, qué filas de
las tablas normalizadas; `posiciones`, qué lugares de la numeración ocupan.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from duckdb import DuckDBPyConnection

CARPETA = Path(__file__).parent / "lectura"
# Cuántos enunciados se derivan de una vez: con más, la memoria crece sin ganar tiempo.
PARTE = 100_000
# Lo que se deriva de un enunciado está en estas.
DE_ELLOS = ("enunciados", "citas", "codificaciones", "enunciados_instrumentos")
TEMPORALES = (
    "temas_por_derivar", "por_derivar", "posiciones", "temas_puestos", "habia", "hay",
    "cambian", "entran", "salen", "en_desorden",
    *(f"sus_{tabla}" for tabla in DE_ELLOS),
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
    _apartar_lo_suyo(con)
    ocupar(con)


def elegir_enunciados(con: DuckDBPyConnection, enunciados: Sequence[str]) -> None:
    """Elige enunciados sueltos, y sus temas, con el lugar de cada uno."""
    apartar(con, "por_derivar", "select unnest($1) as enunciado_id", list(enunciados))
    _apartar_lo_suyo(con)
    apartar(
        con,
        "temas_por_derivar",
        "select distinct tema_dialogo_id from sus_enunciados",
    )
    apartar(
        con,
        "posiciones",
        "select t.desde + e.orden as posicion from sus_enunciados as e"
        " inner join lectura_temas as t using (tema_dialogo_id)",
    )


def _apartar_lo_suyo(con: DuckDBPyConnection) -> None:
    """Aparta las filas de los enunciados elegidos.

    Con esa sola condición y sin cruces DuckDB las busca por su índice; dentro de una
    consulta más grande recorrería las tablas enteras.
    """
    for tabla in DE_ELLOS:
        apartar(
            con,
            f"sus_{tabla}",
            f"from {tabla} where enunciado_id in (from por_derivar)",
        )


def ocupar(con: DuckDBPyConnection) -> None:
    """Deja en `posiciones` los lugares de los temas elegidos."""
    apartar(
        con,
        "posiciones",
        "select cast(unnest(range(desde + 1, desde + ocupa + 1)) as integer)"
        " as posicion from lectura_temas"
        " where tema_dialogo_id in (from temas_por_derivar)",
    )

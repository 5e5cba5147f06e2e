"""Escribe lo que abren los demás motores: la tabla ancha y los dos cruces."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import duckdb

from pruebas_de_carga.motores.de_sqlite import BUSQUEDA, COLUMNAS, INDICES
from pruebas_de_carga.motores.preguntas import Lugar

POR_PARTE = 20_000
# Cada tabla, con sus columnas; la primera columna es por la que se busca.
TABLAS = {
    "enunciados": COLUMNAS,
    "grupos": ("convocatoria", "grupo_id"),
    "instrumentos": ("tratados", "instrumento_id"),
}


def _a_parquet(lugar: Lugar) -> None:
    with duckdb.connect(str(lugar.base), read_only=True) as con:
        con.execute("set enable_progress_bar = false")
        for tabla, columnas in TABLAS.items():
            con.execute(
                f"copy (select {', '.join(columnas)} from lectura_{tabla}"
                f" order by {columnas[0]}) to '{lugar.parquet(tabla)}' (format parquet)"
            )


def _llenar(con: sqlite3.Connection, lugar: Lugar) -> None:
    """Crea las tablas y les pone lo que hay en los Parquet."""
    otras = ", ".join(COLUMNAS[1:])
    con.execute(f"create table enunciados (posicion integer primary key, {otras})")
    con.execute("create table grupos (convocatoria, grupo_id)")
    con.execute("create table instrumentos (tratados, instrumento_id)")
    with duckdb.connect() as origen:
        origen.execute("set enable_progress_bar = false")
        for tabla, columnas in TABLAS.items():
            huecos = ", ".join("?" * len(columnas))
            leido = origen.execute(
                f"select {', '.join(columnas)} from read_parquet(?)",
                [str(lugar.parquet(tabla))],
            )
            while parte := leido.fetchmany(POR_PARTE):
                con.executemany(f"insert into {tabla} values ({huecos})", parte)


def _indexar(con: sqlite3.Connection) -> None:
    for numero, columnas in enumerate(INDICES):
        con.execute(f"create index por_{numero} on enunciados ({columnas})")
    con.execute("create index de_grupos on grupos (convocatoria, grupo_id)")
    con.execute("create index de_usados on instrumentos (tratados, instrumento_id)")
    con.execute(BUSQUEDA)
    con.execute("insert into busqueda (busqueda) values ('rebuild')")
    con.execute("insert into busqueda (busqueda) values ('optimize')")
    con.execute("analyze")


def _a_sqlite(lugar: Lugar) -> None:
    with closing(sqlite3.connect(lugar.sqlite)) as con, con:
        # Si se corta, se hace de nuevo: no hay nada que proteger mientras se llena.
        con.execute("pragma journal_mode = off")
        con.execute("pragma synchronous = off")
        _llenar(con, lugar)
        _indexar(con)


def preparar(base: Path, carpeta: Path) -> tuple[Lugar, dict[str, float]]:
    """Copia la base a `carpeta`, vacía; devuelve el lugar y cuánto tomó cada copia."""
    carpeta.mkdir(parents=True, exist_ok=True)
    lugar = Lugar(base, carpeta)
    tiempos = {}
    for nombre, hacer in (("parquet", _a_parquet), ("sqlite", _a_sqlite)):
        desde = time.perf_counter()
        hacer(lugar)
        tiempos[nombre] = time.perf_counter() - desde
    return lugar, tiempos

"""El libro de códigos: con qué versión se codifica hoy y qué es un código."""

from dataclasses import dataclass, fields

from duckdb import DuckDBPyConnection

from datos.errores import ErrorDeDatos

FACETAS = ("naturaleza", "tipo", "recurso")


@dataclass(frozen=True)
class Codigo:
    """Un código de una faceta, con las columnas de la tabla `codigos`."""

    faceta: str
    codigo: str
    nombre: str
    orden: int
    definicion: str
    prioridad: int | None = None
    incluir: str | None = None
    excluir: str | None = None
    ejemplo: str | None = None


COLUMNAS = tuple(columna.name for columna in fields(Codigo))


def libro_vigente(con: DuckDBPyConnection) -> str:
    """Devuelve la versión publicada más nueva del libro de códigos.

    Una que todavía se prepara no rige. Lanza ErrorDeDatos si no hay ninguna.
    """
    fila = con.execute(
        "select l.libro_id from libros as l left join libros_versiones as v"
        " using (libro_id) where v.libro_id is null or v.publicado is not null"
        " order by v.publicado desc nulls last, l.fecha desc, l.libro_id desc limit 1"
    ).fetchone()
    if fila is None:
        raise ErrorDeDatos("La base no tiene libro de códigos. Rehágala con make base.")
    libro: str = fila[0]
    return libro


def codigos_de(con: DuckDBPyConnection, libro: str) -> list[Codigo]:
    """Devuelve los códigos de una versión, por faceta y en el orden en que se ven."""
    filas = con.execute(
        f"select {', '.join(COLUMNAS)} from codigos where libro_id = ?"
        " order by list_position(?, faceta), orden, codigo",
        [libro, list(FACETAS)],
    ).fetchall()
    return [Codigo(*fila) for fila in filas]

"""Con qué versión del libro de códigos se codifica hoy."""

from duckdb import DuckDBPyConnection

from datos.errores import ErrorDeDatos


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

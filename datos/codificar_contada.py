"""Qué lectura de un enunciado se cuenta, y si una nueva pasa a contarse."""

from duckdb import DuckDBPyConnection

from datos.codificar_valores import Lugar


def principal(con: DuckDBPyConnection, enunciado: str) -> Lugar | None:
    """Devuelve de quién es lo que hoy se cuenta de un enunciado, o None si nada."""
    # Con otra condición más, DuckDB no las busca por su índice: recorre la tabla.
    filas = con.execute(
        "select faceta, libro_id, codificador_id, es_principal from codificaciones"
        " where enunciado_id = ?",
        [enunciado],
    ).fetchall()
    contadas = {faceta: de for faceta, *de, cuenta in filas if cuenta}
    if not {"naturaleza", "tipo"} <= contadas.keys():
        return None
    return Lugar(enunciado, *contadas["tipo"])


def pasa_a_contarse(
    con: DuckDBPyConnection, actual: Lugar | None, lugar: Lugar
) -> bool:
    """Dice si una lectura nueva se cuenta, según la que hoy se cuenta.

    La primera de una persona con la versión que rige releva a la de una anterior, salvo
    que una persona la haya decidido: eso solo lo cambia otra decisión.
    """
    if actual is None or actual.codificador == lugar.codificador:
        return True
    if actual.libro == lugar.libro:
        return False
    ((lo_impiden,),) = con.execute(
        "select count(*) from lecturas as l inner join codificadores as c"
        " using (codificador_id) where l.enunciado_id = ? and c.clase = 'persona' and ("
        " (l.es_adjudicacion and l.libro_id = ? and l.codificador_id = ?)"
        " or (not l.es_adjudicacion and l.libro_id = ? and l.codificador_id <> ?))",
        [
            lugar.enunciado, actual.libro, actual.codificador, lugar.libro,
            lugar.codificador,
        ],
    ).fetchall()  # fmt: skip
    return not lo_impiden

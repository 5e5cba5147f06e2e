"""Lo que solo se lleva con muchos enunciados: el índice de palabras y las casillas.

Con menos, recorrer los textos y contar los enunciados cuesta menos, y quedan vacíos.
"""

from duckdb import DuckDBPyConnection

from datos.derivar_partes import elegir_temas, ocupar, partes, sql

GRANDE = 50_000


def quitar_palabras(con: DuckDBPyConnection) -> None:
    """Saca del índice las palabras de `posiciones`."""
    if _hay(con):
        con.execute(sql("palabras_quitar"))


def poner(con: DuckDBPyConnection, *, textos: bool) -> None:
    """Pone al día lo de los temas elegidos; sus palabras, solo si cambian los `textos`.

    Lo rehace todo si los enunciados pasan a ser bastantes, o dejan de serlo.
    """
    if _es_grande(con) != _hay(con):
        poner_todo(con)
    elif _hay(con):
        ocupar(con)
        con.execute(
            "delete from lectura_recuentos"
            " where tema_dialogo_id in (from temas_por_derivar)"
        )
        _poner(con, textos=textos)


def poner_todo(con: DuckDBPyConnection) -> None:
    """Rehace el índice y las casillas, por partes; vacíos si son pocos enunciados."""
    for tabla in ("vocabulario", "apariciones", "recuentos"):
        con.execute(f"delete from lectura_{tabla}")
    if not _es_grande(con):
        return
    for temas in partes(con):
        elegir_temas(con, temas)
        _poner(con, textos=True)
    # Por palabra: así de una palabra se lee solo lo suyo.
    con.execute("create or replace temp table en_desorden as from lectura_apariciones")
    con.execute(
        "create or replace table lectura_apariciones as from en_desorden"
        " order by palabra_id, posicion"
    )


def _poner(con: DuckDBPyConnection, *, textos: bool) -> None:
    con.execute(f"insert into lectura_recuentos {sql('recuentos')}")
    if textos:
        con.execute(sql("palabras"))


def _hay(con: DuckDBPyConnection) -> bool:
    ((hay,),) = con.execute("select exists(from lectura_vocabulario)").fetchall()
    return bool(hay)


def _es_grande(con: DuckDBPyConnection) -> bool:
    ((cuantos,),) = con.execute("select count(*) from enunciados").fetchall()
    return int(cuantos) >= GRANDE

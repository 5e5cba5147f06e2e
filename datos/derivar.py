"""Deriva las tablas de lectura de las normalizadas: todo, o lo que tocó una escritura.

Las reglas son los .sql de `lectura/`, los mismos en los dos casos: derivar todo es
vaciar las tablas y derivar por partes. Quien llama abre la transacción.
"""

from collections.abc import Sequence

from duckdb import DuckDBPyConnection

from datos import derivar_grandes
from datos.derivar_partes import (
    apartar,
    elegir_enunciados,
    elegir_temas,
    entera,
    partes,
    soltar,
    sql,
)
from datos.tocado import Tocado

# Lo que DuckDB guarda junto, y se lee o se salta entero.
GRUPO_DE_FILAS = 122_880
# Dependen de qué valores están en uso, y no de en cuántos enunciados.
DE_LOS_USOS = ("grupos", "instrumentos", "opciones")
# Dependen de los temas y sus mesas, y no de sus enunciados.
DE_LOS_TEMAS = ("convocatorias", "pares")


def derivar_todo(con: DuckDBPyConnection) -> None:
    """Deriva todas las tablas de lectura, aunque no las haya, por partes y en orden."""
    con.execute(sql("vacias"))
    entera(con, "codigos")
    _poner_temas(con)
    entera(con, *DE_LOS_TEMAS)
    elegir_temas(con, ())
    entera(con, "enunciados", "preguntas", "recuentos")
    apartar(con, "habia", "from lectura_enunciados")
    for temas in partes(con):
        elegir_temas(con, temas)
        apartar(con, "hay", sql("enunciados"))
        con.execute("insert into lectura_enunciados from hay")
        _sumar_usos(con)
        con.execute(f"insert into lectura_preguntas {sql('preguntas')}")
    entera(con, *DE_LOS_USOS)
    derivar_grandes.poner_todo(con)
    soltar(con)


def derivar(con: DuckDBPyConnection, tocado: Tocado) -> None:
    """Deriva de nuevo lo que tocó una escritura, o todo si así hay que hacerlo."""
    if tocado.todo:
        derivar_todo(con)
    elif tocado.temas:
        _los_temas(con, tocado.temas)
    elif tocado.enunciados:
        _los_enunciados(con, tocado.enunciados)


def ordenar_si_conviene(con: DuckDBPyConnection) -> None:
    """Deriva todo, y así lo ordena, si hay demasiadas filas después de su lugar.

    Lo que entra va al final: muchas, y leer una región o un diálogo ya no se salta las
    demás. Con menos de un grupo de filas no hay qué saltarse.
    """
    ((filas,),) = con.execute("select count(*) from lectura_enunciados").fetchall()
    if filas <= GRUPO_DE_FILAS:
        return
    # Sin orden por columna, la ventana sigue el de la tabla, y no guarda nada.
    ((atrasadas,),) = con.execute(
        "select count(*) from (select posicion, max(posicion) over"
        " (rows between unbounded preceding and current row) as mayor"
        " from lectura_enunciados) where posicion < mayor"
    ).fetchall()
    if atrasadas > max(GRUPO_DE_FILAS, filas // 16):
        derivar_todo(con)


def _poner_temas(con: DuckDBPyConnection) -> bool:
    """Da lugar a los temas nuevos y lo quita a los que ya no están; dice si caben."""
    apartar(con, "temas_puestos", sql("temas"))
    con.execute("create or replace table lectura_temas as from temas_puestos")
    ((se_pisan,),) = con.execute(
        "select count(*) from (select desde, lag(desde + ocupa, 1, 0)"
        " over (order by lugar) as libre from lectura_temas) where desde < libre"
    ).fetchall()
    return not se_pisan


def _los_temas(con: DuckDBPyConnection, temas: Sequence[str]) -> None:
    """Deriva de nuevo temas enteros, también los que son nuevos o ya no están."""
    elegir_temas(con, temas)
    _apartar_habia(con)
    derivar_grandes.quitar_palabras(con)
    if not _poner_temas(con):
        derivar_todo(con)
        return
    entera(con, *DE_LOS_TEMAS)
    apartar(con, "hay", sql("enunciados"))
    _poner_hay(con)
    _sumar_usos(con)
    _poner_preguntas(con)
    entera(con, *DE_LOS_USOS)
    derivar_grandes.poner(con, textos=True)


def _los_enunciados(con: DuckDBPyConnection, enunciados: Sequence[str]) -> None:
    """Deriva de nuevo enunciados sueltos, que siguen en su lugar."""
    elegir_enunciados(con, enunciados)
    _apartar_habia(con)
    apartar(con, "hay", sql("enunciados"))
    # Una lectura más, que no se cuenta, no cambia nada.
    if _filas(con, "hay") == _filas(con, "habia"):
        return
    _poner_hay(con)
    usos = _sumar_usos(con)
    if "pregunta_id" in usos:
        _poner_preguntas(con)
    if any(usos.values()):
        entera(con, *DE_LOS_USOS)
    derivar_grandes.poner(con, textos=False)


def _apartar_habia(con: DuckDBPyConnection) -> None:
    donde = "posicion in (from posiciones)"
    apartar(con, "habia", f"from lectura_enunciados where {donde}")


def _filas(con: DuckDBPyConnection, tabla: str) -> list[tuple[object, ...]]:
    return con.execute(f"from {tabla} order by posicion").fetchall()


def _poner_hay(con: DuckDBPyConnection) -> None:
    """Pone lo derivado en lugar de lo que había.

    Lo que estaba se cambia donde está: solo lo que entra va al final.
    """
    ((sobran,),) = con.execute(
        "select count(*) from habia anti join hay using (posicion)"
    ).fetchall()
    if sobran:
        con.execute(
            "delete from lectura_enunciados where posicion in"
            " (select posicion from habia anti join hay using (posicion))"
        )
    con.execute(
        "merge into lectura_enunciados as l using hay as h on l.posicion = h.posicion"
        " when matched then update when not matched then insert"
    )


def _sumar_usos(con: DuckDBPyConnection) -> dict[str, bool]:
    """Pone al día `lectura_usos` y devuelve las columnas que cambian.

    De cada una dice si en ella apareció un valor o dejó de haberlo.
    """
    apartar(con, "cambian", sql("usos"))
    columnas = con.execute(
        "select c.columna,"
        " bool_or(u.enunciados is null or u.enunciados + c.enunciados = 0)"
        " from cambian as c left join lectura_usos as u"
        " using (columna, valor, es_ficticio) group by c.columna"
    ).fetchall()
    if columnas:
        con.execute(
            "merge into lectura_usos as u using cambian as c"
            " using (columna, valor, es_ficticio)"
            " when matched and u.enunciados + c.enunciados = 0 then delete"
            " when matched then update set enunciados = u.enunciados + c.enunciados"
            " when not matched then insert"
        )
    return dict(columnas)


def _poner_preguntas(con: DuckDBPyConnection) -> None:
    con.execute(
        "delete from lectura_preguntas"
        " where tema_dialogo_id in (from temas_por_derivar)"
    )
    con.execute(f"insert into lectura_preguntas {sql('preguntas')}")

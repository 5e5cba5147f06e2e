"""Deriva las tablas de lectura de las normalizadas: todo, o lo que tocó una escritura.

Las reglas son los .sql de `lectura/`, los mismos en los dos casos: derivar todo es vaciar
las tablas y derivar por partes. Quien llama abre la transacción.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from duckdb import DuckDBPyConnection

from datos.tocado import Tocado

CARPETA = Path(__file__).parent / "lectura"
# Cuántos enunciados se derivan de una vez: con más, la memoria crece sin ganar tiempo.
PARTE = 100_000
# Desde cuántos enunciados se lleva el índice de palabras: con menos, recorrer los textos
# cuesta menos que buscar en él.
CON_INDICE = 50_000
# Un grupo de filas de DuckDB: con menos que eso fuera de su lugar, leer cuesta lo mismo.
GRUPO_DE_FILAS = 122_880
# Dependen de qué valores están en uso, y no de en cuántos enunciados.
DE_LOS_USOS = ("grupos", "instrumentos", "opciones")
# Dependen de los temas y sus mesas, y no de sus enunciados.
DE_LOS_TEMAS = ("convocatorias", "pares")


@cache
def _sql(nombre: str) -> str:
    return (CARPETA / f"{nombre}.sql").read_text(encoding="utf-8")


def _apartar(con: DuckDBPyConnection, tabla: str, sql: str, *valores: object) -> None:
    """Deja el resultado en una tabla temporal, de las que leen los .sql."""
    con.execute(f"create or replace temp table {tabla} as {sql}", list(valores))


def _entera(con: DuckDBPyConnection, *nombres: str) -> None:
    for nombre in nombres:
        con.execute(f"create or replace table lectura_{nombre} as {_sql(nombre)}")


def derivar_todo(con: DuckDBPyConnection) -> None:
    """Deriva todas las tablas de lectura, aunque no las haya, por partes y en orden."""
    con.execute(_sql("vacias"))
    _entera(con, "codigos")
    _poner_temas(con)
    _entera(con, *DE_LOS_TEMAS)
    _elegir_temas(con, ())
    _entera(con, "enunciados")
    _apartar(con, "habia", "from lectura_enunciados")
    for temas in _partes(con):
        _elegir_temas(con, temas)
        _apartar(con, "hay", _sql("enunciados"))
        con.execute("insert into lectura_enunciados from hay")
        _sumar_usos(con)
    _elegir_temas(con, [tema for temas in _partes(con) for tema in temas])
    _entera(con, "preguntas", *DE_LOS_USOS)
    _indexar_todo(con)


def derivar(con: DuckDBPyConnection, tocado: Tocado) -> None:
    """Deriva de nuevo lo que tocó una escritura, o todo si así hay que hacerlo."""
    if tocado.todo:
        derivar_todo(con)
    elif tocado.temas:
        _los_temas(con, tocado.temas)
    elif tocado.enunciados:
        _los_enunciados(con, tocado.enunciados)


def ordenar_si_conviene(con: DuckDBPyConnection) -> bool:
    """Deriva todo, y así lo ordena, si hay demasiado fuera de su lugar; lo dice."""
    ((fuera, filas),) = con.execute(
        "select fuera_de_lugar, (select count(*) from lectura_enunciados)"
        " from lectura_estado"
    ).fetchall()
    if fuera <= max(GRUPO_DE_FILAS, filas // 16):
        return False
    derivar_todo(con)
    return True


def _poner_temas(con: DuckDBPyConnection) -> bool:
    """Da lugar a los temas nuevos y lo quita a los que ya no están; dice si caben."""
    _apartar(con, "temas_puestos", _sql("temas"))
    con.execute("create or replace table lectura_temas as from temas_puestos")
    ((se_pisan,),) = con.execute(
        "select count(*) from (select desde, lag(desde + ocupa, 1, 0) over"
        " (order by lugar) as libre from lectura_temas) where desde < libre"
    ).fetchall()
    return not se_pisan


def _partes(con: DuckDBPyConnection) -> list[list[str]]:
    """Devuelve los temas en orden, en grupos de a lo más PARTE enunciados."""
    partes: list[list[str]] = []
    libre = 0
    for tema, ocupa in con.execute(
        "select tema_dialogo_id, ocupa from lectura_temas order by desde"
    ).fetchall():
        if ocupa > libre or not partes:
            partes.append([])
            libre = PARTE
        partes[-1].append(tema)
        libre -= ocupa
    return partes


def _elegir_temas(con: DuckDBPyConnection, temas: Sequence[str]) -> None:
    """Deja en `temas_por_derivar` esos temas, y en `por_derivar` sus enunciados."""
    _apartar(con, "temas_por_derivar", "select unnest($1::varchar[]) as tema_dialogo_id",
             list(temas))  # fmt: skip
    _apartar(
        con,
        "por_derivar",
        "select enunciado_id from enunciados"
        " where tema_dialogo_id in (from temas_por_derivar)",
    )


def _los_temas(con: DuckDBPyConnection, temas: Sequence[str]) -> None:
    """Deriva de nuevo temas enteros, también los que ya no están."""
    _apartar(
        con,
        "por_vaciar",
        "select unnest(range(desde + 1, desde + ocupa + 1))::integer as posicion"
        " from lectura_temas where tema_dialogo_id in (select unnest($1))",
        list(temas),
    )
    con.execute(_sql("palabras_quitar"))
    if not _poner_temas(con):
        derivar_todo(con)
        return
    _entera(con, *DE_LOS_TEMAS)
    _elegir_temas(con, temas)
    _rehacer(con)
    _rehacer_preguntas(con)
    _entera(con, *DE_LOS_USOS)
    _indexar(con)


def _los_enunciados(con: DuckDBPyConnection, enunciados: Sequence[str]) -> None:
    """Deriva de nuevo enunciados sueltos, que siguen en su lugar."""
    _apartar(
        con,
        "por_derivar",
        "select e.enunciado_id, e.tema_dialogo_id, t.desde + e.orden as posicion"
        " from enunciados as e inner join lectura_temas as t using (tema_dialogo_id)"
        " where e.enunciado_id in (select unnest($1))",
        list(enunciados),
    )
    _apartar(con, "por_vaciar", "select posicion from por_derivar")
    cambian = _rehacer(con)
    if "pregunta_id" in cambian:
        _apartar(con, "temas_por_derivar",
                 "select distinct tema_dialogo_id from por_derivar")  # fmt: skip
        _rehacer_preguntas(con)
    if any(cambian.values()):
        _entera(con, *DE_LOS_USOS)


def _rehacer(con: DuckDBPyConnection) -> dict[str, bool]:
    """Pone lo derivado en lugar de lo que había, y devuelve lo de `_sumar_usos`.

    Lo que estaba se cambia donde está: solo lo que entra queda fuera de su lugar.
    """
    _apartar(
        con, "habia", "from lectura_enunciados where posicion in (from por_vaciar)"
    )
    _apartar(con, "hay", _sql("enunciados"))
    con.execute(
        "delete from lectura_enunciados where posicion in"
        " (select posicion from habia anti join hay using (posicion))"
    )
    con.execute(
        "merge into lectura_enunciados as l using (from hay except from habia) as n"
        " on l.posicion = n.posicion when matched then update when not matched then insert"
    )
    con.execute(
        "update lectura_estado set fuera_de_lugar = fuera_de_lugar"
        " + (select count(*) from hay anti join habia using (posicion))"
    )
    return _sumar_usos(con)


def _sumar_usos(con: DuckDBPyConnection) -> dict[str, bool]:
    """Suma y resta en `lectura_usos`; devuelve las columnas que cambian.

    De cada una dice si en ella apareció un valor o dejó de haberlo.
    """
    _apartar(con, "cambian", _sql("usos"))
    columnas = con.execute(
        "select c.columna, bool_or(coalesce(u.enunciados, 0) * (coalesce(u.enunciados, 0)"
        " + c.enunciados) = 0) from cambian as c left join lectura_usos as u"
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


def _rehacer_preguntas(con: DuckDBPyConnection) -> None:
    con.execute(
        "delete from lectura_preguntas where tema_dialogo_id in (from temas_por_derivar)"
    )
    con.execute(f"insert into lectura_preguntas {_sql('preguntas')}")


def _indexar(con: DuckDBPyConnection) -> None:
    """Agrega al índice las palabras de los temas derivados, o lo rehace entero.

    Se rehace cuando los enunciados pasan a ser bastantes para llevarlo, o dejan de serlo.
    """
    ((lleva, hay),) = con.execute(
        "select (select count(*) from enunciados) >= $1,"
        " exists(from lectura_vocabulario)",
        [CON_INDICE],
    ).fetchall()
    if lleva != hay:
        _indexar_todo(con)
    elif lleva:
        con.execute(_sql("palabras"))


def _indexar_todo(con: DuckDBPyConnection) -> None:
    """Rehace el índice, por partes, y lo ordena por palabra; vacío si no conviene."""
    con.execute("delete from lectura_apariciones; delete from lectura_vocabulario")
    ((cuantos,),) = con.execute("select count(*) from enunciados").fetchall()
    if cuantos < CON_INDICE:
        return
    for temas in _partes(con):
        _elegir_temas(con, temas)
        con.execute(_sql("palabras"))
    _apartar(con, "en_desorden", "from lectura_apariciones")
    con.execute(
        "create or replace table lectura_apariciones as from en_desorden"
        " order by palabra_id, posicion"
    )

"""Qué renglones de los registros guardan textos de una carga que se borra.

Queda que algo se hizo, quién y cuándo; de lo que decía, una nota.
"""

from datetime import datetime

from duckdb import DuckDBPyConnection

from datos.borrar_plan import Clave, Plan
from datos.filas import en_json, llave_de

# El texto de un enunciado o de un documento también está en lo que alguien hizo sobre
# él y después quitó: eso solo lo sabe la bitácora.
DE_QUIEN = {"enunciados": "enunciado_id", "documentos": "documento_id"}


def renglones(con: DuckDBPyConnection, plan: Plan) -> dict[str, set[Clave]]:
    """Devuelve las llaves de los renglones de `bitacora` y de `cargas_filas`."""
    suyas = {(una.tabla, en_json(una.clave)) for una in plan.anotadas}
    for tabla, claves in plan.quitar.items():
        columnas = llave_de(con, tabla)
        suyas |= {
            (tabla, en_json(dict(zip(columnas, clave, strict=True))))
            for clave in claves
        }
    fin = _fin(con, plan)
    suyas |= _de_lo_que_se_quito(con, plan, fin)
    tablas, dichas = [t for t, _ in suyas], [c for _, c in suyas]
    de_ellas = (
        " inner join (select unnest($tablas) as tabla, unnest($dichas) as clave) as s"
        " on r.tabla = s.tabla and r.clave = s.clave"
    )
    valores = {"tablas": tablas, "dichas": dichas, "desde": plan.momento}
    bitacora = con.execute(
        f"select r.bitacora_id from bitacora as r {de_ellas}"
        " where r.momento between $desde and $fin"
        " and coalesce(r.antes, r.despues) is not null",
        {**valores, "fin": fin},
    ).fetchall()
    # Lo que otra carga, ya deshecha, guardó como anterior también era de esta.
    filas = con.execute(
        f"select r.carga_id, r.orden from cargas_filas as r {de_ellas}"
        " inner join cargas as c on r.carga_id = c.carga_id"
        " where r.antes is not null and (r.carga_id = $carga"
        " or (c.estado = 'deshecha' and c.momento between $desde and $fin))",
        {**valores, "fin": fin, "carga": plan.carga_id},
    ).fetchall()
    return {"bitacora": set(bitacora), "cargas_filas": set(filas)}


def _fin(con: DuckDBPyConnection, plan: Plan) -> datetime:
    """Devuelve hasta cuándo lo anotado de esas filas era de esta carga.

    Deshecha, sus llaves pueden ser hoy las de otra carga del mismo archivo.
    """
    ((deshecha,),) = con.execute(
        "select max(momento) from bitacora where tabla = 'cargas' and clave = ?"
        " and accion = 'deshacer'",
        [plan.carga_id],
    ).fetchall()
    return deshecha if plan.estado == "deshecha" and deshecha else datetime.max


def _de_lo_que_se_quito(
    con: DuckDBPyConnection, plan: Plan, fin: datetime
) -> set[tuple[str, str]]:
    """Devuelve las filas que la bitácora liga a un enunciado o documento que se va."""
    halladas: set[tuple[str, str]] = set()
    for tabla, columna in DE_QUIEN.items():
        idos = [u.clave[columna] for u in plan.anotadas if u.tabla == tabla]
        filas = con.execute(
            "select distinct tabla, clave from bitacora"
            " where momento between $desde and $fin and tabla <> 'cargas' and ("
            + " or ".join(
                f"json_extract_string({lugar}, '$.{columna}') in (select unnest($idos))"
                for lugar in ("clave", "antes", "despues")
            )
            + ")",
            {"desde": plan.momento, "fin": fin, "idos": idos},
        ).fetchall()
        halladas |= set(filas)
    return halladas

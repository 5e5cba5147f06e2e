"""Qué se va con una carga que se borra: lo que agregó, y lo que se hizo sobre eso.

A diferencia de deshacer, borrar no se detiene ante lecturas, divisiones ni respuestas
posteriores: sin los enunciados no significan nada, y se van con ellos. Sí se detiene
ante otra carga que se apoya en esta: se borra antes aquella.
"""

import json

from duckdb import DuckDBPyConnection

from datos.borrar_plan import BORRADO, Anotada, Clave, Plan
from datos.errores import ErrorDeDatos
from datos.filas import en_json, enlaces, igual, llave_de
from datos.tocado import CATALOGOS

VIVAS = ("vigente", "reemplazada")
DE_OTRA_VIVA = (
    " from cargas_filas as f inner join cargas as c on f.carga_id = c.carga_id"
    " where c.estado in ('vigente', 'reemplazada') and f.tabla = ?"
)
# Lo que otra carga dice de las filas de esta, y ninguna de las dos necesita.
DE_PASO = "retirados"
# Los nombres que usa más de una carga se quedan si alguien más los usa.
COMUNES = CATALOGOS | {"comunas"}


def averiguar(con: DuckDBPyConnection, carga_id: str) -> Plan:
    """Averigua qué se va con una carga, sin cambiar nada.

    Lanza ErrorDeDatos si no existe, si ya se borró o si otra carga se apoya en ella.
    """
    filas = con.execute(
        "select c.carga_id, c.archivo, c.sha256, c.estado, c.momento, v.carga_id"
        " from cargas as c left join cargas as v on c.reemplaza_a = v.carga_id"
        " and v.estado = 'reemplazada' and c.estado = 'vigente' where c.carga_id = ?",
        [carga_id],
    ).fetchall()
    if not filas:
        raise ErrorDeDatos(f"No hay ninguna carga {carga_id}.")
    plan = Plan(*filas[0])
    if plan.archivo == BORRADO:
        raise ErrorDeDatos(f"La carga {carga_id} ya se borró.")
    if plan.estado not in (*VIVAS, "deshecha"):
        raise ErrorDeDatos("Esa carga está a medio deshacer: abra antes el tablero.")
    plan.anotadas = [
        Anotada(tabla, json.loads(clave), json.loads(antes) if antes else None)
        for tabla, clave, antes in con.execute(
            "select tabla, clave, antes from cargas_filas where carga_id = ?"
            " order by orden",
            [carga_id],
        ).fetchall()
    ]
    if plan.estado in VIVAS:
        _llenar(con, plan)
    return plan


def _llenar(con: DuckDBPyConnection, plan: Plan) -> None:
    for anotada in plan.anotadas:
        if anotada.antes is not None or not _existe(con, anotada):
            continue
        if despues := _despues(con, plan, anotada):
            # Otra carga la hizo suya: es como si ella la hubiera agregado.
            plan.cambia("cargas_filas", despues[:2], {"antes": None})
        else:
            plan.quita(anotada.tabla, {anotada.suya})
    _seguir(con, plan)
    _sin_que_responder(con, plan)
    _soltar_comunes(con, plan)
    for anotada in plan.anotadas:
        if anotada.antes is not None and _existe(con, anotada):
            _volver(con, plan, anotada, dict(anotada.antes))


def _existe(con: DuckDBPyConnection, una: Anotada) -> bool:
    sql = f"select 1 from {una.tabla} where {igual(una.clave)}"
    return bool(con.execute(sql, list(una.clave.values())).fetchall())


def _despues(
    con: DuckDBPyConnection, plan: Plan, una: Anotada
) -> tuple[str, int, str] | None:
    """Devuelve el primer renglón de otra carga que después cambió la misma fila."""
    return con.execute(
        f"select f.carga_id, f.orden, f.antes {DE_OTRA_VIVA} and f.clave = ?"
        " and f.antes is not null and c.momento > ? order by c.momento limit 1",
        [una.tabla, en_json(una.clave), plan.momento],
    ).fetchone()


def _que_nombran(
    con: DuckDBPyConnection, plan: Plan, enlace: tuple[str, str, str]
) -> dict[Clave, object]:
    """Devuelve las filas que nombran a las que se van y no se van, y a cuál nombran."""
    hija, columna, madre = enlace
    if not plan.se_van(madre):
        return {}
    filas = con.execute(
        f"select {columna}, {', '.join(llave_de(con, hija))} from {hija}"
        f" where {columna} in (select unnest(?))",
        [[clave[0] for clave in plan.se_van(madre)]],
    ).fetchall()
    return {clave: cual for cual, *resto in filas
            if (clave := tuple(resto)) not in plan.se_van(hija)}  # fmt: skip


def _seguir(con: DuckDBPyConnection, plan: Plan) -> None:
    """Suma lo que se hizo sobre lo que se va, hasta que no haya más."""
    sigue = [enlace for enlace in enlaces(con) if enlace[2] not in COMUNES]
    # Las que esta carga agregó o cambió, y se quedan, solo dejan de nombrar.
    propias = {(una.tabla, una.suya) for una in plan.anotadas}
    estorban: set[str] = set()
    hubo = True
    while hubo:
        hubo = False
        for enlace in sigue:
            hija, columna, _ = enlace
            nombran = set(_que_nombran(con, plan, enlace))
            for clave in [c for c in nombran if (hija, c) in propias]:
                plan.cambia(hija, clave, {columna: None})
                nombran.remove(clave)
            if nombran:
                hubo = True
                plan.quita(hija, nombran)
                estorban |= _de_otra_carga(con, plan, hija, nombran)
    if estorban:
        raise ErrorDeDatos(
            "No se puede borrar todavía: sobre ella se apoya otra carga,"
            f" {', '.join(sorted(estorban))}. Borre o deshaga antes esa."
        )


def _de_otra_carga(
    con: DuckDBPyConnection, plan: Plan, tabla: str, claves: set[Clave]
) -> set[str]:
    """Devuelve las otras cargas que agregaron alguna de esas filas."""
    if tabla == DE_PASO:
        return set()
    columnas = llave_de(con, tabla)
    dichas = [en_json(dict(zip(columnas, clave, strict=True))) for clave in claves]
    filas = con.execute(
        f"select distinct f.carga_id {DE_OTRA_VIVA} and f.antes is null"
        " and f.clave in (select unnest(?)) and f.carga_id <> ?",
        [tabla, dichas, plan.carga_id],
    ).fetchall()
    return {otra for (otra,) in filas}


def _sin_que_responder(con: DuckDBPyConnection, plan: Plan) -> None:
    """Suma las respuestas que quedan sin recomendación; suelta lo que se reiteraba."""
    suyas = plan.se_van("respuestas_enunciados")
    filas = con.execute(
        "select respuesta_id, enunciado_id from respuestas_enunciados"
        " where respuesta_id in (select unnest(?))",
        [[respuesta for respuesta, _ in suyas]],
    ).fetchall()
    siguen = {respuesta for respuesta, _ in set(filas) - suyas}
    plan.quita("respuestas", {(r,) for r, _ in suyas if r not in siguen})
    idos = plan.se_van("enunciados")
    reiteran = con.execute(
        "select enunciado_id from enunciados where reitera_a in (select unnest(?))",
        [[clave[0] for clave in idos]],
    ).fetchall()
    for clave in set(reiteran) - idos:
        plan.cambia("enunciados", clave, {"reitera_a": None})


def _soltar_comunes(con: DuckDBPyConnection, plan: Plan) -> None:
    """Deja los temas, grupos o codificadores que nombra algo que no se va."""
    for enlace in enlaces(con):
        if enlace[2] in COMUNES and plan.se_van(enlace[2]):
            usados = _que_nombran(con, plan, enlace).values()
            plan.quitar[enlace[2]] -= {(usado,) for usado in usados}


def _volver(
    con: DuckDBPyConnection, plan: Plan, una: Anotada, vuelven: dict[str, object]
) -> None:
    """Suma una fila que la carga cambió y que vuelve a lo que decía.

    Si otra carga la cambió después, lo que hoy dice es de esa: lo que vuelve es lo que
    ella guarda como anterior.
    """
    if una.suya in plan.se_van(una.tabla):
        return
    if despues := _despues(con, plan, una):
        anterior = json.loads(despues[2])
        comunes = {c: vuelven.pop(c) for c in anterior if c in vuelven}
        nuevo = {"antes": en_json({**anterior, **comunes})}
        plan.cambia("cargas_filas", despues[:2], nuevo)
    plan.cambia(una.tabla, una.suya, vuelven)
    if una.tabla == "documentos" and "texto" in vuelven:
        # Dividían un texto que ya no estará.
        divisiones = con.execute(
            f"select {', '.join(llave_de(con, 'segmentaciones'))} from segmentaciones"
            " where documento_id = ?",
            list(una.suya),
        ).fetchall()
        plan.quita("segmentaciones", set(divisiones))

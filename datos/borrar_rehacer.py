"""Escribe la base otra vez, en un archivo nuevo, sin lo que se borra.

DuckDB deja en el archivo los bloques de lo que se quita. En uno nuevo nunca estuvo: lo
que se borra no se copia, y lo que cambia se copia ya cambiado.
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from datos.abierto_construir import avanzar, tablas
from datos.borrar_plan import BORRADO, Clave, Plan
from datos.construir import FORMATO
from datos.derivar import derivar_todo
from datos.errores import ErrorDeDatos
from datos.filas import Fila, en_json, igual, insertar, llave_de
from datos.migraciones import DICCIONARIO, esquema_de
from datos.ubicacion import VERSION_ESQUEMA

NOTA = en_json({BORRADO: True})


def rehacer(
    vieja: Path,
    nueva: Path,
    plan: Plan,
    textos: dict[str, set[Clave]],
    constancia: Fila,
) -> None:
    """Escribe en `nueva` lo que dice `vieja` sin lo que el plan quita.

    `textos` son los renglones de los registros que quedan con una nota, y `constancia`,
    el de la bitácora que se agrega. Nadie escribe en `vieja` mientras tanto. Lanza
    ErrorDeDatos si algo que debía quedar no está.
    """
    with duckdb.connect(
        str(nueva), config={"storage_compatibility_version": FORMATO}
    ) as con:
        for archivo in esquema_de(VERSION_ESQUEMA):
            con.execute(archivo.read_text(encoding="utf-8"))
        del_esquema = tablas(con)
        origen, aparte = (str(r).replace("'", "''") for r in (vieja, f"{nueva}.tmp"))
        con.execute(f"set temp_directory = '{aparte}'")
        con.execute(f"attach '{origen}' as vieja (read_only)")
        con.execute("set enable_external_access = false")
        con.execute("begin transaction")
        for tabla in del_esquema:
            _pasar(con, plan, tabla, textos.get(tabla, set()))
        con.execute("commit")
        secuencias = con.execute(
            "select sequence_name, coalesce(last_value, 0) from duckdb_sequences()"
            " where database_name = 'vieja'"
        ).fetchall()
        con.execute("detach vieja")
        avanzar(con, dict(secuencias))
        insertar(con, "bitacora", [constancia])
        derivar_todo(con)
        con.execute(DICCIONARIO.read_text(encoding="utf-8"))
        con.execute("checkpoint")


def _pasar(con: DuckDBPyConnection, plan: Plan, tabla: str, textos: set[Clave]) -> None:
    """Copia una tabla: lo que no cambia, tal cual; lo que cambia, ya cambiado."""
    cambian = plan.cambiar.get(tabla, {})
    aparte = {*plan.se_van(tabla), *cambian, *textos}
    if not aparte:
        con.execute(f"insert into main.{tabla} by name from vieja.main.{tabla}")
        return
    llave = llave_de(con, tabla)
    _poner_llaves(con, tabla, "aparte", aparte)
    _poner_llaves(con, tabla, "de_nota", textos)
    con.execute(
        f"create temp table cambiadas as from vieja.main.{tabla}"
        f" semi join aparte using ({', '.join(llave)})"
    )
    _poner_llaves(con, tabla, "idas", plan.se_van(tabla))
    con.execute(
        f"create temp table quedan as from cambiadas"
        f" anti join idas using ({', '.join(llave)})"
    )
    if textos:
        con.execute(_con_nota(llave, tabla))
    for clave, nuevos in cambian.items():
        if nuevos:
            con.execute(
                f"update quedan set {', '.join(f'{c} = ?' for c in nuevos)}"
                f" where {igual(dict.fromkeys(llave))}",
                [*nuevos.values(), *clave],
            )
    con.execute(
        f"insert into main.{tabla} by name from vieja.main.{tabla}"
        f" anti join aparte using ({', '.join(llave)})"
    )
    con.execute(f"insert into main.{tabla} by name from quedan")
    for suya in ("aparte", "de_nota", "cambiadas", "idas", "quedan"):
        con.execute(f"drop table temp.{suya}")
    _contar(con, plan, tabla)


def _poner_llaves(
    con: DuckDBPyConnection, tabla: str, nombre: str, claves: set[Clave]
) -> None:
    """Deja unas llaves de la tabla en una tabla de paso, con sus tipos."""
    llave = llave_de(con, tabla)
    con.execute(
        f"create temp table {nombre} as select {', '.join(llave)}"
        f" from vieja.main.{tabla} limit 0"
    )
    if claves:
        filas = [dict(zip(llave, clave, strict=True)) for clave in claves]
        insertar(con, f"temp.{nombre}", filas)


def _con_nota(llave: Sequence[str], tabla: str) -> str:
    """Devuelve la orden que cambia los textos de un registro por una nota."""
    columnas = ("antes", "despues") if tabla == "bitacora" else ("antes",)
    notas = ", ".join(
        f"{c} = case when {c} is not null then '{NOTA}' end" for c in columnas
    )
    iguales = " and ".join(f"quedan.{c} = de_nota.{c}" for c in llave)
    return f"update quedan set {notas} from de_nota where {iguales}"


def _contar(con: DuckDBPyConnection, plan: Plan, tabla: str) -> None:
    ((antes,), (ahora,)) = con.execute(
        f"select count(*) from vieja.main.{tabla} union all"
        f" select count(*) from main.{tabla}"
    ).fetchall()
    if ahora != antes - len(plan.se_van(tabla)):
        raise ErrorDeDatos(
            f"No se borró: en {tabla} quedarían {ahora} filas de {antes}, y debían irse"
            f" {len(plan.se_van(tabla))}. La base sigue como estaba."
        )

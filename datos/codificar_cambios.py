"""Qué cambió en una lectura desde que alguien la vio, un cambio por guardado."""

import json
from collections.abc import Sequence

from duckdb import DuckDBPyConnection

from datos.codificar_valores import Lugar
from datos.filas import en_json
from datos.historia import CHOQUE, Cambio

TABLAS = ("codificaciones", "enunciados_instrumentos", "lecturas")
Fila = dict[str, object]
Anotada = tuple[int, object, str, str, str, str, str | None, str | None]


def anotadas(con: DuckDBPyConnection, enunciado: str, desde: int) -> list[Anotada]:
    """Devuelve lo anotado sobre las lecturas de un enunciado, después de `desde`."""
    suyas = {
        clave
        for (clave,) in con.execute(
            "select codificacion_id from codificaciones where enunciado_id = ?",
            [enunciado],
        ).fetchall()
    }
    filas: list[Anotada] = con.execute(
        "select bitacora_id, momento, quien, accion, tabla, clave, antes, despues"
        " from bitacora where bitacora_id > ? and accion <> ?"
        " and tabla in (select unnest(?)) order by bitacora_id",
        [desde, CHOQUE, list(TABLAS)],
    ).fetchall()

    def es_suya(fila: Anotada) -> bool:
        de_clave = json.loads(fila[5])
        entera = {**_de(fila[6]), **_de(fila[7]), **de_clave}
        return (
            entera.get("enunciado_id") == enunciado
            or de_clave.get("codificacion_id") in suyas
        )

    return [fila for fila in filas if es_suya(fila)]


def _de(texto: str | None) -> Fila:
    return {} if texto is None else json.loads(texto)


def _dicho(tabla: str, fila: Fila, clave: Fila, faceta: dict[str, str]) -> Fila:
    """Devuelve lo que una fila dice, con el nombre con que se muestra."""
    if tabla == "codificaciones" and "codigo" in fila:
        de = fila.get("faceta") or faceta.get(str(clave["codificacion_id"]), "código")
        return {str(de): fila["codigo"]}
    if tabla == "enunciados_instrumentos" and "fecha" in fila:
        return {"instrumentos": clave["instrumento_id"]}
    if tabla == "lecturas" and fila.get("nota"):
        return {"nota": fila["nota"]}
    return {}


def _sumar(a: Fila, dicho: Fila) -> None:
    for que, valor in dicho.items():
        a[que] = f"{a[que]}, {valor}" if que in a else valor


def _uno(grupo: Sequence[Anotada], faceta: dict[str, str]) -> Cambio:
    antes: Fila = {}
    despues: Fila = {}
    for _, _, _, _, tabla, clave, previo, nuevo in grupo:
        _sumar(antes, _dicho(tabla, _de(previo), _de(clave), faceta))
        _sumar(despues, _dicho(tabla, _de(nuevo), _de(clave), faceta))
    _, momento, quien, accion, *_ = grupo[-1]
    return Cambio(momento, quien, accion, antes, despues)  # type: ignore[arg-type]


def cambios_de_lectura(
    con: DuckDBPyConnection, lugar: Lugar, vista: int | None
) -> tuple[Cambio, ...]:
    """Devuelve qué cambió en una lectura desde la versión vista, del más antiguo.

    Las columnas de cada cambio son las facetas, `instrumentos` y `nota`.
    """
    clave = en_json(lugar.clave())
    faceta = dict(
        con.execute(
            "select codificacion_id, faceta from codificaciones where enunciado_id = ?"
            " and libro_id = ? and codificador_id = ?",
            list(lugar.clave().values()),
        ).fetchall()
    )
    grupos: list[Cambio] = []
    grupo: list[Anotada] = []
    for fila in anotadas(con, lugar.enunciado, 0):
        suya = {**_de(fila[6]), **_de(fila[7]), **_de(fila[5])}
        if (
            suya.get("codificador_id") == lugar.codificador
            and suya.get("libro_id", lugar.libro) == lugar.libro
        ) or suya.get("codificacion_id") in faceta:
            grupo.append(fila)
        if fila[4] != "lecturas":
            continue
        # La fila de `lecturas` cierra cada guardado.
        if fila[5] == clave and grupo:
            grupos.append(_uno(grupo, faceta))
            if vista is not None and _de(fila[7]).get("version") == vista:
                grupos.clear()
        grupo = []
    return tuple(grupos)

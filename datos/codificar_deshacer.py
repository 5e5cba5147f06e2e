"""Deshacer lo último que una persona leyó o decidió, de atrás hacia adelante."""

import json
from functools import partial

from duckdb import DuckDBPyConnection

from datos.codificar import ADJUDICAR, CODIFICAR, revisar_persona
from datos.codificar_cambios import anotadas
from datos.codificar_contada import principal
from datos.codificar_lectura import marcar
from datos.codificar_valores import Lugar
from datos.edicion import Editor, editar
from datos.errores import ErrorDeDatos

DESHACER = "deshacer codificar"
DESHACER_DECISION = "deshacer adjudicar"


def deshacer_ultima(con: DuckDBPyConnection, quien: str) -> str | None:
    """Deshace la última lectura de una persona y devuelve de qué enunciado era.

    Devuelve None si no hay qué deshacer. Lanza ErrorDeDatos si después alguien decidió
    sobre ese enunciado. Lo que ella adjudicó no es una lectura: `deshacer_decision`.
    """
    persona = revisar_persona(quien)
    verbo = partial(_deshacer, quien=persona, que=CODIFICAR, con_que=DESHACER)
    return editar(con, persona, DESHACER, verbo)


def deshacer_decision(con: DuckDBPyConnection, quien: str) -> str | None:
    """Deshace la última adjudicación de una persona y devuelve de qué enunciado era.

    Vuelve a contarse lo que se contaba. Devuelve None si no hay qué deshacer. Lanza
    ErrorDeDatos si después alguien decidió otra cosa.
    """
    persona = revisar_persona(quien)
    verbo = partial(_deshacer, quien=persona, que=ADJUDICAR, con_que=DESHACER_DECISION)
    return editar(con, persona, DESHACER_DECISION, verbo)


def _ultima(
    con: DuckDBPyConnection, quien: str, que: str, con_que: str
) -> tuple[int, str] | None:
    """Devuelve el cierre del último guardado que sigue en pie, y su enunciado."""
    por_saltar = 0
    for numero, accion, clave in con.execute(
        "select bitacora_id, accion, clave from bitacora where quien = ?"
        " and tabla = 'lecturas' and accion in (?, ?) order by bitacora_id desc",
        [quien, que, con_que],
    ).fetchall():
        if accion == con_que:
            por_saltar += 1
        elif por_saltar:
            por_saltar -= 1
        else:
            return numero, json.loads(clave)["enunciado_id"]
    return None


def _deshacer(editor: Editor, quien: str, que: str, con_que: str) -> str | None:
    ultima = _ultima(editor.con, quien, que, con_que)
    if ultima is None:
        return None
    cierre, enunciado = ultima
    _exigir_sin_decision(editor.con, enunciado, cierre)
    _revertir(editor, quien, cierre, que)
    if principal(editor.con, enunciado) is None:
        _promover(editor, enunciado)
    return enunciado


def _exigir_sin_decision(con: DuckDBPyConnection, enunciado: str, cierre: int) -> None:
    """Lanza ErrorDeDatos si después de un guardado hubo algo que sigue en pie."""
    en_pie: list[tuple[str, str]] = []
    for _, _, otro, accion, tabla, *_ in anotadas(con, enunciado, cierre):
        if accion in (CODIFICAR, DESHACER):
            continue
        if accion not in (ADJUDICAR, DESHACER_DECISION):
            en_pie = [(otro, accion)]
            break
        # La fila de `lecturas` cierra cada decisión, y cada vez que se deshace una; la
        # deshecha pudo ser de antes de este guardado.
        if tabla == "lecturas":
            en_pie = [*en_pie, (otro, accion)] if accion == ADJUDICAR else en_pie[:-1]
    if en_pie:
        otro, accion = en_pie[-1]
        ((texto,),) = con.execute(
            "select texto from enunciados where enunciado_id = ?", [enunciado]
        ).fetchall()
        raise ErrorDeDatos(
            f"No se puede deshacer: después «{otro}» hizo «{accion}» sobre ese"
            f" enunciado, «{texto}». Ábralo y guarde de nuevo lo que corresponda."
        )


def _revertir(editor: Editor, quien: str, cierre: int, que: str) -> None:
    """Deja como estaban las filas de un guardado, de la última a la primera."""
    filas = editor.con.execute(
        "select tabla, clave, antes, despues from bitacora where bitacora_id <= ?"
        " and tabla <> 'codificadores' and bitacora_id > (select"
        " coalesce(max(bitacora_id), 0) from bitacora where bitacora_id < ? and"
        " (tabla = 'lecturas' or quien <> ? or accion <> ?)) order by bitacora_id",
        [cierre, cierre, quien, que],
    ).fetchall()
    # La de `lecturas`, también aquí la última: cierra lo deshecho.
    for tabla, clave, antes, despues in filas:
        donde = json.loads(clave)
        if antes is None:
            editor.quitar(tabla, donde)
        elif despues is None:
            editor.agregar(tabla, json.loads(antes))
        else:
            previos = json.loads(antes)
            previos.pop("version", None)
            editor.cambiar(tabla, donde, previos)


def _promover(editor: Editor, enunciado: str) -> None:
    """Pasa a contarse la lectura más antigua que quede, si queda alguna."""
    fila = editor.con.execute(
        "select enunciado_id, libro_id, codificador_id from lecturas"
        " where enunciado_id = ? order by momento, codificador_id, libro_id limit 1",
        [enunciado],
    ).fetchone()
    if fila is not None:
        marcar(editor, Lugar(*fila), cuenta=True)

"""Codificar enunciados: guardar una lectura, deshacerla y decidir entre varias."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from duckdb import DuckDBPyConnection

from datos.cargas import revisar_quien
from datos.codificar_cambios import anotadas, cambios_de_lectura
from datos.codificar_lectura import (
    marcar,
    pasa_a_contarse,
    poner,
    principal,
    revisar,
    soltar_las_otras,
    version_de,
)
from datos.codificar_valores import Lectura, Lugar
from datos.edicion import Choque, Editor, editar
from datos.enunciados_nuevos import asegurar_codificador
from datos.errores import ErrorDeDatos

__all__ = [
    "Decision",
    "Lectura",
    "adjudicar",
    "adjudicar_varias",
    "deshacer_ultima",
    "guardar_lectura",
]
CODIFICAR = "codificar"
ADJUDICAR = "adjudicar"
DESHACER = "deshacer codificar"
PREFIJO = "adjudica-"
Vista = tuple[str, int] | None


@dataclass(frozen=True)
class Decision:
    """Lo que se decide de un enunciado, y la lectura principal que se tuvo a la vista.

    `vista` es (codificador, versión de su lectura), o None si nada se contaba.
    """

    enunciado: str
    lectura: Lectura
    vista: Vista


def persona_de(quien: str) -> str:
    limpio = revisar_quien(quien)
    if limpio.startswith(PREFIJO):
        raise ErrorDeDatos(
            f"Los seudónimos que empiezan con «{PREFIJO}» se reservan para las"
            " adjudicaciones. Use otro."
        )
    return limpio


def guardar_lectura(
    con: DuckDBPyConnection,
    quien: str,
    enunciado: str,
    libro: str,
    lectura: Lectura,
    version: int | None,
) -> int:
    """Guarda la lectura de un enunciado por una persona y devuelve su versión.

    `version` es la que tenía a la vista; None, si nunca lo leyó. Si nada se contaba de
    ese enunciado con el libro que rige, pasa a contarse esta. Lanza Choque si ya no es
    esa versión, y ErrorDeDatos si algo no sirve.
    """
    lugar = Lugar(enunciado, libro, persona_de(quien))

    def verbo(editor: Editor) -> int:
        revisar(editor.con, lugar, lectura)
        if version_de(editor, lugar) != version:
            cambios = cambios_de_lectura(editor.con, lugar, version)
            raise Choque("lecturas", lugar.clave(), cambios)
        asegurar_codificador(
            editor, lugar.codificador, "persona", "Codifica en el tablero."
        )
        actual = principal(editor.con, enunciado)
        cuenta = pasa_a_contarse(actual, lugar)
        if cuenta:
            soltar_las_otras(editor, lugar)
        return poner(editor, lugar, lectura, cuenta=cuenta, adjudica=False)

    return editar(con, lugar.codificador, CODIFICAR, verbo, relee=True)


def adjudicar(
    con: DuckDBPyConnection,
    quien: str,
    enunciado: str,
    libro: str,
    lectura: Lectura,
    vista: Vista,
) -> None:
    """Decide qué se cuenta de un enunciado; las demás lecturas se conservan.

    `vista` es la principal que se tuvo a la vista: (codificador, versión), o None si
    no la había. Lanza Choque si hoy es otra.
    """
    adjudicar_varias(con, quien, libro, [Decision(enunciado, lectura, vista)])


def adjudicar_varias(
    con: DuckDBPyConnection, quien: str, libro: str, decisiones: Sequence[Decision]
) -> int:
    """Decide sobre varios enunciados, todos o ninguno; devuelve cuántos."""
    persona = persona_de(quien)

    def verbo(editor: Editor) -> int:
        de = f"{PREFIJO}{persona}"
        asegurar_codificador(
            editor, de, "persona", f"Decide entre lecturas: «{persona}»."
        )
        for decision in decisiones:
            _decidir(editor, Lugar(decision.enunciado, libro, de), decision)
        return len(decisiones)

    return editar(con, persona, ADJUDICAR, verbo, relee=True)


def _decidir(editor: Editor, lugar: Lugar, decision: Decision) -> None:
    revisar(editor.con, lugar, decision.lectura)
    actual = principal(editor.con, lugar.enunciado)
    version = None if actual is None else version_de(editor, actual)
    hoy = None if actual is None else (actual.codificador, version)
    if hoy != decision.vista:
        donde = actual or lugar
        misma = decision.vista and decision.vista[0] == donde.codificador
        vio = decision.vista[1] if decision.vista and misma else None
        cambios = cambios_de_lectura(editor.con, donde, vio)
        raise Choque("lecturas", donde.clave(), cambios)
    soltar_las_otras(editor, lugar)
    poner(editor, lugar, decision.lectura, cuenta=True, adjudica=True)


def deshacer_ultima(con: DuckDBPyConnection, quien: str) -> str | None:
    """Deshace lo último que una persona codificó y devuelve de qué enunciado era.

    Devuelve None si no hay qué deshacer. Lanza ErrorDeDatos si después alguien decidió
    sobre ese enunciado.
    """
    persona = persona_de(quien)
    return editar(con, persona, DESHACER, partial(_deshacer, quien=persona), relee=True)


def _ultima(con: DuckDBPyConnection, quien: str) -> tuple[int, str] | None:
    """Devuelve el cierre del último guardado que sigue en pie, y su enunciado."""
    por_saltar = 0
    for numero, accion, clave in con.execute(
        "select bitacora_id, accion, clave from bitacora where quien = ?"
        " and tabla = 'lecturas' and accion in (?, ?) order by bitacora_id desc",
        [quien, CODIFICAR, DESHACER],
    ).fetchall():
        if accion == DESHACER:
            por_saltar += 1
        elif por_saltar:
            por_saltar -= 1
        else:
            return numero, json.loads(clave)["enunciado_id"]
    return None


def _deshacer(editor: Editor, quien: str) -> str | None:
    ultima = _ultima(editor.con, quien)
    if ultima is None:
        return None
    cierre, enunciado = ultima
    for _, _, otro, accion, *_ in anotadas(editor.con, enunciado, cierre):
        if accion not in (CODIFICAR, DESHACER):
            raise ErrorDeDatos(
                f"No se puede deshacer: después «{otro}» hizo «{accion}» sobre ese"
                " enunciado. Ábralo y cambie su lectura."
            )
    _revertir(editor, quien, cierre)
    if principal(editor.con, enunciado) is None:
        _promover(editor, enunciado)
    return enunciado


def _revertir(editor: Editor, quien: str, cierre: int) -> None:
    """Deja como estaban las filas de un guardado, de la última a la primera."""
    filas = editor.con.execute(
        "select tabla, clave, antes, despues from bitacora where bitacora_id <= ?"
        " and tabla <> 'codificadores' and bitacora_id > (select"
        " coalesce(max(bitacora_id), 0) from bitacora where bitacora_id < ? and"
        " (tabla = 'lecturas' or quien <> ? or accion <> ?)) order by bitacora_id",
        [cierre, cierre, quien, CODIFICAR],
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

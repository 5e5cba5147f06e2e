"""Codificar enunciados: guardar una lectura y decidir entre varias."""

from collections.abc import Sequence
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from datos.cargas import revisar_quien
from datos.codificar_cambios import cambios_de_lectura
from datos.codificar_contada import pasa_a_contarse, principal
from datos.codificar_lectura import poner, revisar, version_de
from datos.codificar_valores import Lectura, Lugar
from datos.edicion import Choque, Editor, editar
from datos.enunciados_nuevos import asegurar_codificador
from datos.errores import ErrorDeDatos

__all__ = [
    "Decision",
    "Lectura",
    "adjudicar",
    "adjudicar_varias",
    "guardar_lectura",
]
CODIFICAR = "codificar"
ADJUDICAR = "adjudicar"
PREFIJO = "adjudica-"
TRASLADA = "traslada-"
RESERVADOS = {PREFIJO: "las adjudicaciones", TRASLADA: "lo que se traslada"}
Vista = tuple[str, int] | None


@dataclass(frozen=True)
class Decision:
    """Lo que se decide de un enunciado, y la lectura principal que se tuvo a la vista.

    `vista` es (codificador, versión de su lectura), o None si nada se contaba.
    """

    enunciado: str
    lectura: Lectura
    vista: Vista


def revisar_persona(quien: str) -> str:
    """Devuelve el seudónimo de quien codifica; lanza ErrorDeDatos si no sirve."""
    limpio = revisar_quien(quien)
    for prefijo, de_que in RESERVADOS.items():
        if limpio.startswith(prefijo):
            raise ErrorDeDatos(
                f"Los seudónimos que empiezan con «{prefijo}» se reservan para"
                f" {de_que}. Use otro."
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
    lugar = Lugar(enunciado, libro, revisar_persona(quien))

    def verbo(editor: Editor) -> int:
        revisar(editor.con, lugar, lectura)
        if version_de(editor, lugar) != version:
            cambios = cambios_de_lectura(editor.con, lugar, version)
            raise Choque("lecturas", lugar.clave(), cambios)
        asegurar_codificador(
            editor, lugar.codificador, "persona", "Codifica en el tablero."
        )
        actual = principal(editor.con, enunciado)
        cuenta = pasa_a_contarse(editor.con, actual, lugar)
        return poner(editor, lugar, lectura, cuenta=cuenta, adjudica=False)

    return editar(con, lugar.codificador, CODIFICAR, verbo)


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
    persona = revisar_persona(quien)

    def verbo(editor: Editor) -> int:
        de = f"{PREFIJO}{persona}"
        asegurar_codificador(
            editor, de, "persona", f"Decide entre lecturas: «{persona}»."
        )
        for decision in decisiones:
            _decidir(editor, Lugar(decision.enunciado, libro, de), decision)
        return len(decisiones)

    return editar(con, persona, ADJUDICAR, verbo)


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
    poner(editor, lugar, decision.lectura, cuenta=True, adjudica=True)

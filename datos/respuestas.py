"""Lo que el servicio contesta a las recomendaciones, y cada cambio de ello."""

import json
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial

from duckdb import DuckDBPyConnection

from datos.cargas import revisar_quien
from datos.edicion import Choque, Editor, editar
from datos.errores import ErrorDeDatos, Falta
from datos.filas import Fila, en_json
from datos.historia import Cambio, despues_de
from datos.respuestas_revision import Respuesta, faltas_de, limpia

__all__ = ["Cambiada", "Respuesta", "contestar", "contestar_varias", "historia_de"]
TABLA, ENLACES = "respuestas", "respuestas_enunciados"
Sueltos = set[tuple[str | None, str]]


@dataclass(frozen=True)
class Cambiada:
    """Una respuesta nueva, o la que hay con la versión que se vio, y a qué responde."""

    enunciados: tuple[str, ...]
    respuesta: Respuesta
    respuesta_id: str | None
    version: int | None


def contestar(
    con: DuckDBPyConnection,
    quien: str,
    enunciados: Sequence[str],
    respuesta: Respuesta,
    respuesta_id: str | None = None,
    version: int | None = None,
) -> str:
    """Guarda una respuesta a esos enunciados, y a ningún otro; devuelve su clave.

    Sin enunciados, la que había queda retirada. Lanza ErrorDeDatos si algo falta, y
    Choque si otra persona la cambió después de la versión que se vio, o si se vio sin
    respuesta el primer enunciado y ya la tiene.
    """
    cambio = Cambiada(tuple(enunciados), respuesta, respuesta_id, version)
    return _guardar(con, quien, (cambio,))[0][0]


def contestar_varias(
    con: DuckDBPyConnection, quien: str, cambios: Sequence[Cambiada]
) -> int:
    """Guarda todas las respuestas o ninguna; devuelve cuántas cambiaron de verdad."""
    return sum(cambio for _, cambio in _guardar(con, quien, cambios))


def historia_de(con: DuckDBPyConnection, respuesta_id: str) -> tuple[Cambio, ...]:
    """Devuelve los cambios de una respuesta y de sus enlaces, en orden, y los choques.

    En los de sus enlaces, las columnas son `respuesta_id` y `enunciado_id`.
    """
    clave = en_json({"respuesta_id": respuesta_id})
    filas = con.execute(
        "select momento, quien, accion, antes, despues from bitacora"
        " where (tabla = ? and clave = ?) or (tabla = ? and starts_with(clave, ?))"
        " order by bitacora_id",
        [TABLA, clave, ENLACES, f"{clave[:-1]},"],
    ).fetchall()
    return tuple(
        Cambio(momento, quien, accion, *(t and json.loads(t) for t in textos))
        for momento, quien, accion, *textos in filas
    )


def _guardar(
    con: DuckDBPyConnection, quien: str, cambios: Sequence[Cambiada]
) -> list[tuple[str, bool]]:
    """Guarda los cambios; devuelve de cada uno su clave y si algo cambió."""
    if not cambios:
        return []
    quien = revisar_quien(quien)
    limpios = [
        replace(c, enunciados=tuple(dict.fromkeys(c.enunciados)),
                respuesta=limpia(c.respuesta))
        for c in cambios
    ]  # fmt: skip
    if faltas := [f for c in limpios for f in faltas_de(c.respuesta)]:
        raise ErrorDeDatos("La respuesta no se guardó: revise lo que sigue.", faltas)
    return editar(con, quien, "contestar", partial(_dentro, limpios))


def _dentro(cambios: Sequence[Cambiada], editor: Editor) -> list[tuple[str, bool]]:
    for cambio in cambios:
        if cambio.respuesta_id is not None:
            _exigir_version(editor, cambio.respuesta_id, cambio.version)
    enlazados = [_enlazados(editor.con, c.respuesta_id) for c in cambios]
    sueltos = _sueltos(cambios, enlazados)
    for cambio in cambios:
        if cambio.respuesta_id is None and cambio.enunciados:
            _exigir_sin_respuesta(editor.con, cambio.enunciados[0], sueltos)
    _exigir_enlaces(editor.con, cambios, enlazados, sueltos)
    # Primero se suelta todo: una recomendación puede pasar de una respuesta a otra.
    for cambio, habia in zip(cambios, enlazados, strict=True):
        for enunciado in sorted(habia - set(cambio.enunciados)):
            editor.quitar(ENLACES, _enlace(cambio.respuesta_id, enunciado))
    return [_una(editor, c, h) for c, h in zip(cambios, enlazados, strict=True)]


def _una(editor: Editor, cambio: Cambiada, habia: set[str]) -> tuple[str, bool]:
    fila: dict[str, object] = asdict(cambio.respuesta)
    clave = cambio.respuesta_id or f"r-{secrets.token_hex(6)}"
    llave = {"respuesta_id": clave}
    nueva: list[Fila] = []
    if cambio.respuesta_id is None:
        editor.agregar(TABLA, {**llave, **fila, "version": 1})
        nueva.append(editor.anotadas.pop())
    nuevos = [_enlace(clave, e) for e in cambio.enunciados if e not in habia]
    editor.agregar(ENLACES, *nuevos)
    if nueva:
        # Lo que sigue en la bitácora a una versión es posterior a ella: la fila va al
        # final de lo suyo.
        editor.anotadas.extend(nueva)
        return clave, True
    if set(cambio.enunciados) != habia:
        # Basta para que `cambiar` suba la versión, aunque la fila diga lo mismo.
        fila["version"] = None
    return clave, editor.cambiar(TABLA, llave, fila)


def _enlace(respuesta_id: str | None, enunciado: str) -> dict[str, object]:
    return {"respuesta_id": respuesta_id, "enunciado_id": enunciado}


def _enlazados(con: DuckDBPyConnection, respuesta_id: str | None) -> set[str]:
    filas = con.execute(
        "select enunciado_id from respuestas_enunciados where respuesta_id = ?",
        [respuesta_id],
    ).fetchall()
    return {enunciado for (enunciado,) in filas}


def _exigir_version(editor: Editor, respuesta_id: str, vista: int | None) -> None:
    """Como la del editor, pero cuenta también los enlaces que cambiaron."""
    llave = {"respuesta_id": respuesta_id}
    actual = editor.leer(TABLA, llave)
    if actual is None:
        raise ErrorDeDatos(
            f"La respuesta «{respuesta_id}» no existe. Vuelva a abrir la página."
        )
    if actual["version"] != vista:
        todos = historia_de(editor.con, respuesta_id)
        raise Choque(TABLA, llave, despues_de(todos, vista))


def _sueltos(cambios: Sequence[Cambiada], enlazados: Sequence[set[str]]) -> Sueltos:
    """Devuelve los enlaces que estos mismos cambios sueltan."""
    return {
        (c.respuesta_id, e)
        for c, habia in zip(cambios, enlazados, strict=True)
        for e in habia - set(c.enunciados)
    }


def _exigir_sin_respuesta(
    con: DuckDBPyConnection, enunciado: str, sueltos: Sueltos
) -> None:
    """Lanza Choque si alguien respondió lo que se tenía a la vista sin respuesta."""
    if otra := _respondida(con, enunciado, sueltos):
        todos = historia_de(con, otra[0])
        raise Choque(TABLA, {"respuesta_id": otra[0]}, despues_de(todos, None))


def _exigir_enlaces(
    con: DuckDBPyConnection,
    cambios: Sequence[Cambiada],
    enlazados: Sequence[set[str]],
    sueltos: Sueltos,
) -> None:
    """Lanza ErrorDeDatos con todo enunciado que no se puede enlazar, y por qué.

    Uno ya enlazado puede quedar, aunque después se haya codificado de otra manera.
    """
    faltas: list[Falta] = []
    pedidos = Counter(e for c in cambios for e in c.enunciados)
    for cambio, habia in zip(cambios, enlazados, strict=True):
        if not cambio.enunciados and cambio.respuesta_id is None:
            faltas.append(Falta("Respuesta", "no responde a ninguna recomendación.",
                                "Elija al menos una."))  # fmt: skip
        for enunciado in cambio.enunciados:
            lugar = f"Recomendación «{enunciado}»"
            if enunciado not in habia:
                problema = _problema(con, enunciado, sueltos)
                faltas += [Falta(lugar, *problema)] if problema else []
            if pedidos[enunciado] > 1:
                faltas.append(Falta(lugar, "está en dos respuestas de las que guarda.",
                                    "Déjela en una."))  # fmt: skip
        if cambio.enunciados and _mezcla(con, cambio.enunciados):
            faltas.append(Falta("Respuesta", "junta reales y ficticias.",
                                "Respóndalas por separado."))  # fmt: skip
    if faltas:
        raise ErrorDeDatos("La respuesta no se guardó: revise lo que sigue.",
                           list(dict.fromkeys(faltas)))  # fmt: skip


def _respondida(
    con: DuckDBPyConnection, enunciado: str, sueltos: Sueltos
) -> tuple[str, str] | None:
    """Devuelve la respuesta en que ya está un enunciado y su unidad, o None."""
    filas: list[tuple[str, str]] = con.execute(
        "select respuesta_id, r.unidad from respuestas_enunciados"
        " inner join respuestas as r using (respuesta_id) where enunciado_id = ?",
        [enunciado],
    ).fetchall()
    return next((f for f in filas if (f[0], enunciado) not in sueltos), None)


def _problema(
    con: DuckDBPyConnection, enunciado: str, sueltos: Sueltos
) -> tuple[str, str] | None:
    """Devuelve por qué no se le puede enlazar, y qué hacer; None si se puede."""
    naturalezas = con.execute(
        "select naturaleza from lectura_enunciados where enunciado_id = ?", [enunciado]
    ).fetchall()
    if not naturalezas:
        return ("no existe, ya no rige o espera código.",
                "Vuelva a abrir la página.")  # fmt: skip
    if naturalezas != [("recomendacion",)]:
        return ("no es una recomendación: no se responde.",
                "Si debiera serlo, corrija su código en Codificar.")  # fmt: skip
    if otra := _respondida(con, enunciado, sueltos):
        return (f"ya está en la respuesta «{otra[0]}», de {otra[1]}.",
                "Cambie esa, o sáquela primero de ella.")  # fmt: skip
    return None


def _mezcla(con: DuckDBPyConnection, enunciados: Sequence[str]) -> bool:
    filas = con.execute(
        "select distinct es_ficticio from lectura_enunciados"
        " where array_contains(?, enunciado_id)",
        [list(enunciados)],
    ).fetchall()
    return len(filas) > 1

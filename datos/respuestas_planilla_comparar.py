"""Dice qué cambia una planilla de respuestas que vuelve, y guarda lo que se puede."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from datos.cargas import revisar_quien
from datos.errores import ErrorDeDatos
from datos.historia import Cambio, desde_la_version
from datos.respuestas import Cambiada, Respuesta, contestar_varias
from datos.respuestas_planilla import LLENABLES, FilaRespuesta

AGREGADA, CAMBIADA, IGUAL, CHOQUE = "agregada", "cambiada", "igual", "choque"


@dataclass(frozen=True)
class Diferencia:
    """Lo que la planilla hace con una respuesta.

    `clase`: agregada, cambiada, igual o choque (cambió en la base después de bajar la
    planilla: no se guarda). `filas` son las de la planilla que la traen, y
    `respuesta_id` y `version`, los de la respuesta que hay hoy.
    """

    clase: str
    filas: tuple[FilaRespuesta, ...]
    antes: Respuesta | None
    despues: Respuesta
    respuesta_id: str | None
    version: int | None
    # Recomendaciones que comparten la respuesta y no vienen en la planilla.
    otras: int = 0

    def campos(self) -> tuple[tuple[str, object, object], ...]:
        """Devuelve, campo a campo, qué dice hoy y qué dirá."""
        pares = (
            (c, getattr(self.antes, c, None), getattr(self.despues, c))
            for c in LLENABLES
        )
        return tuple(par for par in pares if par[1] != par[2])


def comparar(
    filas: Sequence[FilaRespuesta], actuales: Mapping[str, FilaRespuesta]
) -> tuple[Diferencia, ...]:
    """Devuelve qué cambia cada respuesta de la planilla, en su orden.

    Las filas que comparten respuesta son una sola diferencia. Una planilla que nadie
    llenó y que la base cambió entretanto es igual: no hay nada que guardar.
    """
    grupos: dict[str, list[FilaRespuesta]] = {}
    for leida in filas:
        grupos.setdefault(_grupo(leida), []).append(leida)
    return tuple(_diferencia(grupo, actuales) for grupo in grupos.values())


def _grupo(leida: FilaRespuesta) -> str:
    return f"r {leida.respuesta_id}" if leida.respuesta_id else f"e {leida.fila}"


def _diferencia(
    grupo: Sequence[FilaRespuesta], actuales: Mapping[str, FilaRespuesta]
) -> Diferencia:
    primera = grupo[0]
    hoy = [actuales[leida.enunciado_id] for leida in grupo]
    # La que vio quien bajó la planilla puede haber quedado sin sus recomendaciones.
    distinta = next((h for h in hoy if h.respuesta_id != primera.respuesta_id), hoy[0])
    vista = (primera.respuesta_id, primera.version)
    despues = primera.respuesta
    assert despues is not None  # noqa: S101  (leer no entrega filas vacías)
    if all(h.respuesta == despues for h in hoy):
        clase = IGUAL
    elif (distinta.respuesta_id, distinta.version) != vista:
        clase = CHOQUE
    else:
        clase = CAMBIADA if primera.respuesta_id else AGREGADA
    comparten = sum(
        a.respuesta_id == primera.respuesta_id for a in actuales.values()
    ) if primera.respuesta_id else len(grupo)  # fmt: skip
    return Diferencia(
        clase, tuple(grupo), distinta.respuesta, despues, distinta.respuesta_id,
        distinta.version, max(0, comparten - len(grupo)),
    )  # fmt: skip


def quienes(con: DuckDBPyConnection, diferencia: Diferencia) -> tuple[Cambio, ...]:
    """Devuelve quién cambió una respuesta, y qué, desde que se bajó la planilla."""
    vista = diferencia.filas[0]
    claves = dict.fromkeys([vista.respuesta_id, diferencia.respuesta_id])
    return tuple(
        cambio
        for clave in claves
        if clave
        for cambio in desde_la_version(
            con,
            "respuestas",
            {"respuesta_id": clave},
            vista.version if clave == vista.respuesta_id else None,
        )
    )


def guardar(
    con: DuckDBPyConnection, quien: str, diferencias: Sequence[Diferencia]
) -> int:
    """Guarda lo agregado y lo cambiado, todo o nada, y devuelve cuántas respuestas.

    Lo igual y lo que chocó se omite. Lanza Choque si otra persona alcanzó a cambiar
    alguna después de compararlas, y ErrorDeDatos si no queda nada que guardar.
    """
    elegidas = [d for d in diferencias if d.clase in (AGREGADA, CAMBIADA)]
    if not elegidas:
        raise ErrorDeDatos("La planilla no cambia nada: no hay qué guardar.")
    cambios = [
        Cambiada(_enlazados(con, d), d.despues, d.respuesta_id, d.version)
        for d in elegidas
    ]
    return contestar_varias(con, revisar_quien(quien), cambios)


def _enlazados(con: DuckDBPyConnection, diferencia: Diferencia) -> tuple[str, ...]:
    """Devuelve todas las recomendaciones de la respuesta, también las de otra vista."""
    if diferencia.respuesta_id is None:
        return tuple(leida.enunciado_id for leida in diferencia.filas)
    filas = con.execute(
        "select enunciado_id from respuestas_enunciados where respuesta_id = ?"
        " order by enunciado_id",
        [diferencia.respuesta_id],
    ).fetchall()
    return tuple(str(clave) for (clave,) in filas)

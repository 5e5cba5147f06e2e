"""Las mesas que hay, el acta vigente de cada una y qué le cambiaría otra."""

from collections.abc import Sequence
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from datos.actas.comparar import Diferencia, comparar
from datos.actas.forma import ActaLeida, FilaActa, MesaEnBlanco
from datos.libros import libro_vigente

Pares = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Cambio:
    """Lo que un acta haría en la base: nueva, o qué cambia de la que ya está."""

    acta: ActaLeida
    es_nueva: bool
    diferencias: tuple[Diferencia, ...]

    def __str__(self) -> str:
        """Devuelve en una frase qué haría."""
        cuantos = f"{len(self.acta.filas)} enunciados"
        if self.es_nueva:
            return f"Mesa {self.acta.mesa_id}: acta nueva, con {cuantos}."
        if not self.diferencias:
            return f"Mesa {self.acta.mesa_id}: igual a la que ya está."
        return f"Mesa {self.acta.mesa_id}: {len(self.diferencias)} cambios."


def _codigos(con: DuckDBPyConnection, faceta: str) -> Pares:
    filas = con.execute(
        "select codigo, nombre from codigos where libro_id = ? and faceta = ?"
        " order by orden, codigo",
        [libro_vigente(con), faceta],
    ).fetchall()
    return tuple(filas)


def mesas_de(
    con: DuckDBPyConnection, dialogo: str | None = None
) -> dict[str, MesaEnBlanco]:
    """Devuelve las mesas de un diálogo, o de todos los reales, por su clave."""
    preguntas: dict[str, list[tuple[str, str]]] = {}
    for tema, pregunta, texto in con.execute(
        "select tema_dialogo_id, pregunta_id, texto from preguntas"
        " order by tema_dialogo_id, orden"
    ).fetchall():
        preguntas.setdefault(tema, []).append((pregunta, texto))
    naturalezas, tipos = _codigos(con, "naturaleza"), _codigos(con, "tipo")
    filas = con.execute(
        "select m.mesa_id, d.nombre, td.numero, td.nombre, m.letra, td.tema_dialogo_id"
        " from mesas as m inner join temas_dialogo as td using (tema_dialogo_id)"
        " inner join dialogos as d using (dialogo_id)"
        " where not d.es_ficticio and (? is null or d.dialogo_id = ?)"
        " order by d.dialogo_id, td.numero, m.letra",
        [dialogo, dialogo],
    ).fetchall()
    return {
        mesa: MesaEnBlanco(
            mesa,
            nombre,
            numero,
            tema,
            letra,
            tuple(preguntas.get(clave, ())),
            naturalezas,
            tipos,
        )
        for mesa, nombre, numero, tema, letra, clave in filas
    }


def guardada(con: DuckDBPyConnection, mesa_id: str) -> ActaLeida | None:
    """Devuelve el acta vigente de una mesa, o None si no tiene registro propio."""
    filas = con.execute(
        "select e.pregunta_id, e.texto,"
        " max(case when c.faceta = 'naturaleza' then c.codigo end),"
        " max(case when c.faceta = 'tipo' then c.codigo end)"
        " from enunciados as e left join codificaciones as c"
        " on e.enunciado_id = c.enunciado_id and c.es_principal"
        " where e.mesa_id = ? and e.enunciado_id not in"
        " (select enunciado_id from retirados)"
        " group by e.enunciado_id, e.pregunta_id, e.texto, e.orden order by e.orden",
        [mesa_id],
    ).fetchall()
    if not filas:
        return None
    ((participantes, soporte),) = con.execute(
        "select m.participantes, a.soporte from mesas as m"
        " left join actas as a using (mesa_id) where m.mesa_id = ?",
        [mesa_id],
    ).fetchall()
    return ActaLeida(
        mesa_id,
        participantes,
        soporte,
        tuple(
            FilaActa(lugar, pregunta, texto, naturaleza, tipo, None)
            for lugar, (pregunta, texto, naturaleza, tipo) in enumerate(filas, 1)
        ),
    )


def _sin_lo_que_no_se_guarda(acta: ActaLeida) -> ActaLeida:
    """El acta sin observaciones: quedan en el documento y en la nota de cada código."""
    filas = tuple(
        FilaActa(f.fila, f.pregunta_id, f.texto, f.naturaleza, f.tipo, None)
        for f in acta.filas
    )
    return ActaLeida(acta.mesa_id, acta.participantes, acta.soporte, filas)


def cambios(con: DuckDBPyConnection, actas: Sequence[ActaLeida]) -> tuple[Cambio, ...]:
    """Compara cada acta con la que la base tiene de su mesa."""
    hallados = []
    for acta in actas:
        antes = guardada(con, acta.mesa_id)
        distintas = comparar(antes, _sin_lo_que_no_se_guarda(acta)) if antes else ()
        hallados.append(Cambio(acta, antes is None, distintas))
    return tuple(hallados)

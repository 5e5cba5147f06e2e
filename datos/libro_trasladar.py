"""Llevar a la versión que rige del libro lo leído con una anterior que sigue valiendo.

Trasladar agrega lecturas y nunca toca las de antes. Solo se traslada lo que usa códigos
que quieren decir lo mismo en las dos versiones; lo demás se lee de nuevo.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from duckdb import DuckDBPyConnection

from datos.codificar import PREFIJO, TRASLADA, revisar_persona
from datos.codificar_cambios import cambios_de_lectura
from datos.codificar_contada import principal
from datos.codificar_lectura import poner
from datos.codificar_valores import Lectura, Lugar
from datos.edicion import Choque, Editor, editar
from datos.enunciados_nuevos import asegurar_codificador
from datos.errores import ErrorDeDatos
from datos.libro_diferencias import iguales
from datos.libros import FACETAS, codigos_de, libro_vigente

TRASLADAR = "trasladar"
LARGO_NOTA = 500
# Las de cada enunciado, con la versión más nueva del libro al principio.
LECTURAS = """
select
    l.enunciado_id, l.libro_id, l.codificador_id, l.version, l.nota, b.nombre,
    coalesce(max(c.codigo) filter (where c.faceta = 'naturaleza'), ''),
    coalesce(max(c.codigo) filter (where c.faceta = 'tipo'), ''),
    coalesce(max(c.codigo) filter (where c.faceta = 'recurso'), ''),
    (
        select coalesce(list(i.instrumento_id order by i.instrumento_id), [])
        from enunciados_instrumentos as i
        where i.enunciado_id = l.enunciado_id and i.codificador_id = l.codificador_id
    )
from lecturas as l
inner join codificaciones as c using (enunciado_id, libro_id, codificador_id)
inner join libros as b using (libro_id)
left join libros_versiones as v using (libro_id)
inner join enunciados as e using (enunciado_id)
inner join temas_dialogo as td using (tema_dialogo_id)
inner join dialogos as d using (dialogo_id)
where
    l.libro_id <> $rige
    and l.enunciado_id not in (select enunciado_id from retirados)
    and ($ficticios or not d.es_ficticio)
    and {condicion}
group by all
order by
    l.enunciado_id, max(v.publicado) desc nulls last, max(b.fecha) desc,
    l.libro_id desc
"""
PROPIAS = """
    l.codificador_id = $quien
    and not l.es_adjudicacion
    and l.enunciado_id not in (
        select enunciado_id from lecturas
        where libro_id = $rige and codificador_id = $quien
    )
"""
CONTADAS = """
    c.es_principal
    and l.enunciado_id not in (
        select h.enunciado_id from lecturas as h
        inner join codificadores as q using (codificador_id)
        where h.libro_id = $rige and not h.es_adjudicacion and q.clase = 'persona'
        group by h.enunciado_id having count(*) > 1
    )
"""


@dataclass(frozen=True)
class Anterior:
    """Una lectura hecha con una versión anterior.

    `sigue` dice si todos sus códigos quieren decir hoy lo mismo.
    """

    lugar: Lugar
    version: int
    libro: str
    lectura: Lectura
    sigue: bool


def _anteriores(
    con: DuckDBPyConnection, condicion: str, ficticios: bool, **valores: str
) -> list[Anterior]:
    """Devuelve la más nueva de cada enunciado que cumple la condición."""
    rige = libro_vigente(con)
    hoy = codigos_de(con, rige)

    @cache
    def siguen(libro: str) -> set[tuple[str, str]]:
        return iguales(codigos_de(con, libro), hoy)

    filas = con.execute(
        LECTURAS.format(condicion=condicion),
        {"rige": rige, "ficticios": ficticios, **valores},
    ).fetchall()
    halladas: dict[str, Anterior] = {}
    for enunciado, libro, quien, version, nota, nombre, *codigos, tratados in filas:
        naturaleza, tipo, recurso = codigos
        lectura = Lectura(naturaleza, tipo, recurso, tuple(tratados), nota)
        puestos = {(f, c) for f, c in zip(FACETAS, codigos, strict=True) if c}
        # Sin naturaleza y tipo no es una lectura que se pueda contar.
        sigue = bool(naturaleza and tipo) and puestos <= siguen(libro)
        halladas.setdefault(
            enunciado,
            Anterior(Lugar(enunciado, libro, quien), version, nombre, lectura, sigue),
        )
    return list(halladas.values())


def propias(con: DuckDBPyConnection, quien: str, *, ficticios: bool) -> list[Anterior]:
    """Devuelve lo que una persona leyó antes y no ha leído con la versión que rige."""
    return _anteriores(con, PROPIAS, ficticios, quien=quien)


def contadas(con: DuckDBPyConnection, *, ficticios: bool) -> list[Anterior]:
    """Devuelve lo que hoy se cuenta según una versión anterior, sea de quien sea.

    Sin lo que dos personas ya leyeron con la que rige: eso se decide en Adjudicar.
    """
    return _anteriores(con, CONTADAS, ficticios)


def _exigir(
    con: DuckDBPyConnection, vistas: Sequence[Anterior], hoy: Sequence[Anterior]
) -> None:
    """Lanza Choque si algo de lo que se va a trasladar ya no es lo que se vio."""
    if not vistas:
        raise ErrorDeDatos("No hay nada que trasladar.")
    siguen = {a for a in hoy if a.sigue}
    for vista in vistas:
        if vista not in siguen:
            donde = principal(con, vista.lugar.enunciado) or vista.lugar
            misma = donde == vista.lugar
            cambios = cambios_de_lectura(con, donde, vista.version if misma else None)
            raise Choque("lecturas", donde.clave(), cambios)


def _con_nota(anterior: Anterior, por: str) -> Lectura:
    dicho = f"Trasladada de «{anterior.libro}»{por}: sus códigos no cambiaron."
    nota = anterior.lectura.nota
    # La nota entera sigue en la lectura anterior.
    entera = f"{dicho} {nota}" if nota else dicho
    return replace(anterior.lectura, nota=entera[:LARGO_NOTA])


def trasladar(con: DuckDBPyConnection, quien: str, vistas: Sequence[Anterior]) -> int:
    """Traslada lecturas de una persona, que es quien lo pide; devuelve cuántas.

    Cada una se cuenta solo si la suya era la contada, o si nada se contaba.
    """
    persona = revisar_persona(quien)

    def verbo(editor: Editor) -> int:
        _exigir(editor.con, vistas, propias(editor.con, persona, ficticios=True))
        asegurar_codificador(editor, persona, "persona", "Codifica en el tablero.")
        rige = libro_vigente(editor.con)
        for vista in vistas:
            lugar = replace(vista.lugar, libro=rige)
            actual = principal(editor.con, lugar.enunciado)
            cuenta = actual is None or actual.codificador == persona
            poner(editor, lugar, _con_nota(vista, ""), cuenta=cuenta, adjudica=False)
        return len(vistas)

    return editar(con, persona, TRASLADAR, verbo)


def trasladar_contadas(
    con: DuckDBPyConnection, quien: str, vistas: Sequence[Anterior]
) -> int:
    """Lleva lo que se cuenta, como decisión de quien lo pide; devuelve cuántas."""
    persona = revisar_persona(quien)
    return editar(
        con, persona, TRASLADAR, partial(_contadas, quien=persona, vistas=vistas),
    )  # fmt: skip


def _a_nombre_de(editor: Editor, clase: str, quien: str) -> str:
    """Devuelve a nombre de quién queda lo trasladado, y lo agrega si falta.

    Lo que puso un modelo y nadie leyó lo sigue diciendo la clase: hacerse cargo de que
    un código no cambió no es haberlo revisado.
    """
    if clase == "persona":
        de, dicho = f"{PREFIJO}{quien}", f"Decide entre lecturas: «{quien}»."
    else:
        de = f"{TRASLADA}{clase}-{quien}"
        dicho = (
            f"Códigos de clase {clase} que «{quien}» llevó a otra versión del libro sin"
            " leerlos de nuevo."
        )
    asegurar_codificador(editor, de, clase, dicho)
    return de


def _contadas(editor: Editor, quien: str, vistas: Sequence[Anterior]) -> int:
    _exigir(editor.con, vistas, contadas(editor.con, ficticios=True))
    rige = libro_vigente(editor.con)
    clases = dict(
        editor.con.execute("select codificador_id, clase from codificadores").fetchall()
    )
    suyas = {clases[vista.lugar.codificador] for vista in vistas}
    nombres = {clase: _a_nombre_de(editor, clase, quien) for clase in sorted(suyas)}
    for vista in vistas:
        de = nombres[clases[vista.lugar.codificador]]
        lugar = Lugar(vista.lugar.enunciado, rige, de)
        por = f", donde se contaba lo de «{vista.lugar.codificador}»"
        poner(editor, lugar, _con_nota(vista, por), cuenta=True, adjudica=True)
    return len(vistas)

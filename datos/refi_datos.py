"""Lo que un proyecto REFI-QDA lleva, leído de la base para unos enunciados."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from duckdb import DuckDBPyConnection

from datos.libros import Codigo, codigos_de, libro_vigente

Fila = dict[str, Any]
ENUNCIADOS = """
select
    e.enunciado_id, e.tema_dialogo_id, td.dialogo_id, e.mesa_id, td.numero, e.texto,
    e.nivel_atribucion, e.certeza, m.letra, q.texto as pregunta, d.es_ficticio
from enunciados as e
inner join temas_dialogo as td using (tema_dialogo_id)
inner join dialogos as d using (dialogo_id)
left join mesas as m on e.mesa_id = m.mesa_id
left join preguntas as q on e.pregunta_id = q.pregunta_id
where e.enunciado_id in (select unnest(?))
order by td.dialogo_id, td.numero, e.orden, e.enunciado_id
"""
CITAS = """
select
    cita_id, enunciado_id, documento_id, seccion, parrafo, primer_caracter,
    ultimo_caracter, sha256
from citas
where enunciado_id in (select unnest(?))
order by enunciado_id, cita_id
"""
DOCUMENTOS = """
select documento_id, titulo, clase, sha256, texto
from documentos
where documento_id in (
    select documento_id from citas where enunciado_id in (select unnest(?))
)
order by documento_id
"""
# Una por código, y una por instrumento, que no es de ninguna versión del libro.
PUESTAS = """
select
    c.codificacion_id as clave, c.enunciado_id, c.libro_id, c.faceta, c.codigo,
    c.codificador_id, coalesce(l.momento, cast(c.fecha as timestamp)) as momento,
    c.es_principal, c.nota
from codificaciones as c
left join lecturas as l using (enunciado_id, libro_id, codificador_id)
where c.enunciado_id in (select unnest($claves))
union all
select
    concat(enunciado_id, ' ', instrumento_id, ' ', codificador_id), enunciado_id, null,
    'instrumento', instrumento_id, codificador_id, cast(fecha as timestamp),
    es_principal, null
from enunciados_instrumentos
where enunciado_id in (select unnest($claves))
order by 2, 6, 3 nulls last, 4, 5
"""
LECTURAS = """
select enunciado_id, libro_id, codificador_id, momento, nota
from lecturas
where nota is not null and enunciado_id in (select unnest(?))
order by enunciado_id, codificador_id, libro_id
"""
DIALOGOS = """
select
    d.dialogo_id, d.nombre, d.servicio, r.nombre as region, k.nombre as comuna, d.anio,
    d.es_ficticio
from dialogos as d
inner join regiones as r using (region_id)
left join comunas as k on d.comuna_id = k.comuna_id
where d.dialogo_id in (select unnest(?))
order by d.dialogo_id
"""
TEMAS = """
select tema_dialogo_id, dialogo_id, numero, nombre
from temas_dialogo
where tema_dialogo_id in (select unnest(?))
order by dialogo_id, numero
"""
MESAS = """
select mesa_id, tema_dialogo_id, letra, participantes, registro
from mesas
where tema_dialogo_id in (select unnest(?))
order by tema_dialogo_id, letra
"""
CODIFICADORES = """
select codificador_id, clase, descripcion
from codificadores
where codificador_id in (select unnest(?))
order by codificador_id
"""


@dataclass(frozen=True)
class Libro:
    """Una versión del libro de códigos, con sus códigos."""

    libro_id: str
    nombre: str
    codigos: tuple[Codigo, ...]


@dataclass(frozen=True)
class Reunido:
    """Las filas de la base que un proyecto lleva, cada tabla en un orden total.

    Solo traen lo de los enunciados pedidos: diálogos, temas, mesas y codificadores de
    otros no aparecen. Los instrumentos van todos, como los códigos del libro.
    """

    enunciados: list[Fila]
    citas: list[Fila]
    documentos: list[Fila]
    puestas: list[Fila]
    notas: list[Fila]
    dialogos: list[Fila]
    temas: list[Fila]
    mesas: list[Fila]
    codificadores: list[Fila]
    instrumentos: list[Fila]
    libros: tuple[Libro, ...]


def _filas(con: DuckDBPyConnection, sql: str, valores: object = None) -> list[Fila]:
    cursor = con.execute(sql, valores)
    columnas = [columna[0] for columna in cursor.description]
    return [dict(zip(columnas, fila, strict=True)) for fila in cursor.fetchall()]


def _libros(con: DuckDBPyConnection, puestas: Sequence[Fila]) -> tuple[Libro, ...]:
    """Devuelve la versión que rige y las demás con que se codificó algo."""
    usados = {p["libro_id"] for p in puestas if p["libro_id"]} | {libro_vigente(con)}
    return tuple(
        Libro(
            fila["libro_id"], fila["nombre"], tuple(codigos_de(con, fila["libro_id"]))
        )
        for fila in _filas(con, "select libro_id, nombre from libros order by libro_id")
        if fila["libro_id"] in usados
    )


def reunir(con: DuckDBPyConnection, claves: Sequence[str]) -> Reunido:
    """Lee todo lo que rodea a esos enunciados, con todas las lecturas que tengan."""
    pedidas = list(claves)
    enunciados = _filas(con, ENUNCIADOS, [pedidas])
    puestas = _filas(con, PUESTAS, {"claves": pedidas})
    notas = _filas(con, LECTURAS, [pedidas])
    temas = sorted({e["tema_dialogo_id"] for e in enunciados})
    quienes = sorted({p["codificador_id"] for p in [*puestas, *notas]})
    return Reunido(
        enunciados,
        _filas(con, CITAS, [pedidas]),
        _filas(con, DOCUMENTOS, [pedidas]),
        puestas,
        notas,
        _filas(con, DIALOGOS, [sorted({e["dialogo_id"] for e in enunciados})]),
        _filas(con, TEMAS, [temas]),
        _filas(con, MESAS, [temas]),
        _filas(con, CODIFICADORES, [quienes]),
        _filas(con, "select instrumento_id, nombre, estado from instrumentos"
                    " order by nombre, instrumento_id"),
        _libros(con, puestas),
    )  # fmt: skip

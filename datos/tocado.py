"""Qué enunciados o temas toca una escritura: eso, y no más, se vuelve a derivar.

Una edición toca enunciados; una carga, temas enteros. Lo que una tabla no dice aquí se
supone que lo toca todo: una tabla nueva no puede dejar la lectura atrasada por olvido.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from datos.filas import Fila, partes

# Ninguna tabla de lectura dice nada de ellas.
NADA = {
    "actas", "autoridades", "comunas", "datos_dialogo", "documentos", "inconsistencias",
    "lecturas", "reglas", "respuestas", "respuestas_enunciados", "segmentaciones",
}  # fmt: skip
# Una fila nueva solo importa por otras de la misma escritura, que la nombran.
CATALOGOS = {"codificadores", "grupos", "instrumentos", "regiones", "temas"}
DE_UN_LIBRO = {"codigos", "libros", "libros_versiones"}
# De las demás: qué tocan, y en qué tabla y por qué columna se averigua.
ENUNCIADO, TEMA = "enunciado_id", "tema_dialogo_id"
DONDE = {
    "citas": (ENUNCIADO, "citas", "cita_id"),
    "codificaciones": (ENUNCIADO, "codificaciones", "codificacion_id"),
    "enunciados_instrumentos": (ENUNCIADO, "enunciados_instrumentos", ENUNCIADO),
    "dialogos": (TEMA, "temas_dialogo", "dialogo_id"),
    "enunciados": (TEMA, "enunciados", ENUNCIADO),
    "mesas": (TEMA, "mesas", "mesa_id"),
    "mesas_grupos": (TEMA, "mesas_grupos", "mesa_grupo_id"),
    "preguntas": (TEMA, "preguntas", "pregunta_id"),
    "retirados": (TEMA, "enunciados", ENUNCIADO),
    "sin_pregunta": (TEMA, "enunciados", ENUNCIADO),
    "temas_dialogo": (TEMA, "temas_dialogo", TEMA),
}


@dataclass(frozen=True)
class Tocado:
    """Lo que se vuelve a derivar: `todo`, o los temas, o los enunciados."""

    todo: bool = False
    enunciados: tuple[str, ...] = ()
    temas: tuple[str, ...] = ()


def tocado(con: DuckDBPyConnection, anotadas: Iterable[Fila]) -> Tocado:
    """Devuelve lo que tocan las filas anotadas de una edición o de una carga.

    Cada una lleva `tabla`, `clave`, `antes` y, si es de una edición, `despues`, en
    JSON. Las de una carga se buscan en la base: para deshacerla, antes de quitarlas.
    """
    claves: dict[str, list[object]] = {}
    # Mientras una versión se prepara, nada se llama como ella dice.
    preparadas = {
        libro
        for (libro,) in con.execute(
            "select libro_id from libros_versiones where publicado is null"
        ).fetchall()
    }
    hallados: dict[str, dict[str, None]] = {ENUNCIADO: {}, TEMA: {}}
    for anotada in anotadas:
        tabla = str(anotada["tabla"])
        antes, despues, clave = partes(anotada)
        if _no_importa(preparadas, tabla, clave, antes, despues):
            continue
        if tabla not in DONDE:
            return Tocado(todo=True)
        entera = {**antes, **despues, **clave}
        que = DONDE[tabla][0]
        if que in entera:
            hallados[que][str(entera[que])] = None
        else:
            claves.setdefault(tabla, []).append(next(iter(clave.values())))
    for tabla, suyas in claves.items():
        que, donde, por = DONDE[tabla]
        hallados[que] |= dict.fromkeys(_buscar(con, que, donde, por, suyas))
    enunciados, temas = (tuple(h) for h in hallados.values())
    if not temas:
        return Tocado(enunciados=enunciados)
    otros = _buscar(con, TEMA, "enunciados", ENUNCIADO, enunciados)
    return Tocado(temas=tuple(dict.fromkeys([*temas, *otros])))


def _buscar(
    con: DuckDBPyConnection, que: str, donde: str, por: str, claves: Sequence[object]
) -> list[str]:
    filas = con.execute(
        f"select distinct {que} from {donde} where {por} in (select unnest(?))",
        [list(claves)],
    ).fetchall()
    return [hallado for (hallado,) in filas]


def _no_importa(
    preparadas: set[str], tabla: str, clave: Fila, antes: Fila, despues: Fila
) -> bool:
    """Dice si de esa fila no depende nada de lo que se lee."""
    if tabla in CATALOGOS:
        return not antes
    if tabla in DE_UN_LIBRO:
        return clave["libro_id"] in preparadas
    # Una lectura que ni se contaba ni se cuenta; si no se dice, puede contarse.
    cuentan = [f["es_principal"] for f in (antes, despues) if "es_principal" in f]
    return tabla in NADA or (bool(cuentan) and not any(cuentan))

"""De qué regiones es lo que una escritura agrega, cambia o quita.

Se averigua de las filas anotadas, antes de confirmar: vale para todo verbo, también los
que vengan. Lo que no se sabe de qué región es, pide poder editar en todas.
"""

from collections import defaultdict
from collections.abc import Iterable

from duckdb import DuckDBPyConnection

from datos import permisos
from datos.filas import Fila, partes
from datos.permisos import SinPermiso

# De cada columna, en este orden: en qué tabla se sigue y a cuál se llega.
PASOS = {
    "respuesta_id": ("respuestas_enunciados", "enunciado_id"),
    "documento_id": ("citas", "enunciado_id"),
    "enunciado_id": ("enunciados", "tema_dialogo_id"),
    "mesa_id": ("mesas", "tema_dialogo_id"),
    "tema_dialogo_id": ("temas_dialogo", "dialogo_id"),
    "dialogo_id": ("dialogos", "region_id"),
}
# Por qué columna se parte de cada tabla.
POR = {
    "actas": "mesa_id",
    "autoridades": "dialogo_id",
    "citas": "enunciado_id",
    "codificaciones": "enunciado_id",
    "datos_dialogo": "dialogo_id",
    "dialogos": "region_id",
    "documentos": "documento_id",
    "enunciados": "tema_dialogo_id",
    "enunciados_instrumentos": "enunciado_id",
    "inconsistencias": "dialogo_id",
    "lecturas": "enunciado_id",
    "mesas": "tema_dialogo_id",
    "mesas_grupos": "tema_dialogo_id",
    "preguntas": "tema_dialogo_id",
    "respuestas": "respuesta_id",
    "respuestas_enunciados": "enunciado_id",
    "retirados": "enunciado_id",
    "segmentaciones": "tema_dialogo_id",
    "sin_pregunta": "enunciado_id",
    "temas_dialogo": "dialogo_id",
}
# Agregar aquí no cambia nada de nadie: lo nombra otra fila de la misma escritura.
CATALOGOS = {"codificadores", "comunas", "grupos", "instrumentos", "temas"}


def _buscar(
    con: DuckDBPyConnection, tabla: str, que: str, por: str, claves: Iterable[str]
) -> set[str]:
    filas = con.execute(
        f"select distinct {que} from {tabla} where {por} in (select unnest(?))",
        [list(claves)],
    ).fetchall()
    return {str(hallado) for (hallado,) in filas}


def regiones_de(con: DuckDBPyConnection, anotadas: Iterable[Fila]) -> set[str] | None:
    """Devuelve los códigos de las regiones que tocan unas filas; None si son de todas.

    Cada fila lleva `tabla`, `clave`, `antes` y quizá `despues`, en JSON. Lo agregado
    debe estar aún en la base; lo quitado se sabe por `antes`.
    """
    hallados: defaultdict[str, set[str]] = defaultdict(set)
    sueltas: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for anotada in anotadas:
        tabla = str(anotada["tabla"])
        antes, despues, clave = partes(anotada)
        if tabla in CATALOGOS and not antes:
            continue
        if tabla not in POR:
            return None
        columna = POR[tabla]
        # De un diálogo que cambia de región importan las dos.
        dichos = {str(f[columna]) for f in (antes, despues, clave) if columna in f}
        hallados[columna] |= dichos
        if columna not in {**despues, **clave}:
            llave, valor = next(iter(clave.items()))
            sueltas[tabla, llave].add(str(valor))
    for (tabla, llave), claves in sueltas.items():
        hallados[POR[tabla]] |= _buscar(con, tabla, POR[tabla], llave, claves)
    for columna, (tabla, que) in PASOS.items():
        if claves := hallados[columna]:
            hallados[que] |= _buscar(con, tabla, que, columna, claves)
    regiones = hallados["region_id"]
    return None if hallados.keys() - {"region_id"} and not regiones else regiones


def exigir_regiones(con: DuckDBPyConnection, anotadas: Iterable[Fila]) -> None:
    """Lanza SinPermiso si quien actúa no puede editar donde esas filas son."""
    puede = permisos.actua().regiones
    if puede is None:
        return
    toca = regiones_de(con, anotadas)
    if toca is None:
        raise SinPermiso(
            "Esto rige para todas las regiones y su cuenta edita solo en algunas. No se"
            " cambió nada. Pídalo a quien administra el tablero."
        )
    if fuera := toca - puede:
        nombres = sorted(_buscar(con, "regiones", "nombre", "region_id", fuera))
        raise SinPermiso(
            f"Su cuenta no edita en {', '.join(nombres)}. No se cambió nada. Pídalo a"
            " quien administra el tablero."
        )

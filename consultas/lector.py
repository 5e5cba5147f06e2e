"""El único lector de consultas: una pregunta, un archivo .sql, un DataFrame."""

import re
from functools import cache
from pathlib import Path

import pandas as pd
from duckdb import DuckDBPyConnection

from consultas.seleccion import Seleccion

CARPETA = Path(__file__).parent
# Los .sql llevan parámetros `:nombre`, que Spark entiende; DuckDB los quiere `$nombre`.
PARAMETRO = re.compile(r"(?<![:\w]):([a-z_0-9]+)")
ENCABEZADO = re.compile(r"\A(?:--[^\n]*\n)+")


def _cuerpo(nombre: str) -> str:
    texto = (CARPETA / f"{nombre}.sql").read_text(encoding="utf-8")
    return ENCABEZADO.sub("", texto).rstrip().rstrip(";")


@cache
def texto(nombre: str) -> str:
    """Devuelve el SQL completo de una consulta, con el filtro común si lo usa.

    Todo es texto fijo de esta carpeta. Lanza FileNotFoundError si no existe.
    """
    cuerpo = _cuerpo(nombre)
    if not re.search(r"\bfrom seleccion\b", cuerpo):
        return cuerpo
    filtro = _cuerpo("_filtro")
    if cuerpo.startswith("with "):
        return f"{filtro},\n{cuerpo.removeprefix('with ')}"
    return f"{filtro}\n{cuerpo}"


@cache
def _preparada(nombre: str) -> tuple[str, frozenset[str]]:
    completo = texto(nombre)
    return PARAMETRO.sub(r"$\1", completo), frozenset(PARAMETRO.findall(completo))


def valores(nombre: str, seleccion: Seleccion, **otros: object) -> dict[str, object]:
    """Devuelve solo los parámetros que la consulta pide, con su valor.

    Lanza KeyError si pide alguno que no se le da.
    """
    todos = {**seleccion.parametros(), **otros}
    return {clave: todos[clave] for clave in sorted(_preparada(nombre)[1])}


def consultar(
    con: DuckDBPyConnection, nombre: str, enlazados: dict[str, object]
) -> pd.DataFrame:
    """Responde la pregunta `nombre` y devuelve su tabla, con las columnas del .sql.

    Los valores solo se enlazan, nunca se escriben en el SQL. Un cursor por consulta:
    uno compartido entre hilos entrega a una persona el resultado de otra.
    """
    cursor = con.cursor()
    try:
        tabla = cursor.execute(_preparada(nombre)[0], enlazados).df()
    finally:
        cursor.close()
    # Las páginas recorren filas, y recorrer textos de Arrow cuesta diez veces más.
    textos: pd.Index = tabla.select_dtypes("str").columns
    return tabla.astype(dict.fromkeys(textos, object))

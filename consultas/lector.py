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


def consultar(
    con: DuckDBPyConnection,
    nombre: str,
    seleccion: Seleccion | None = None,
    **otros: object,
) -> pd.DataFrame:
    """Responde la pregunta `nombre` para una selección y devuelve su tabla.

    Las columnas y el orden son los del .sql. Los valores solo se enlazan, nunca se
    escriben en el SQL. Un cursor por consulta: uno compartido entre hilos entrega a
    una persona el resultado de otra.
    """
    sql, pedidos = _preparada(nombre)
    valores = {**(seleccion or Seleccion()).parametros(), **otros}
    cursor = con.cursor()
    try:
        return cursor.execute(sql, {clave: valores[clave] for clave in pedidos}).df()
    finally:
        cursor.close()

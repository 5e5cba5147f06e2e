"""El único lector de consultas: una pregunta, un archivo .sql, un DataFrame."""

import re
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from duckdb import DuckDBPyConnection

from consultas.plazo import con_plazo
from consultas.seleccion import Seleccion

CARPETA = Path(__file__).parent
# Los .sql llevan parámetros `:nombre`, que Spark entiende; DuckDB los quiere `$nombre`.
PARAMETRO = re.compile(r"(?<![:\w]):([a-z_0-9]+)")
ENCABEZADO = re.compile(r"\A(?:--[^\n]*\n)+")
# Una condición de los .sql comunes: empieza preguntando si su parámetro es nulo, y
# ocupa una línea, o las que van entre sus dos paréntesis.
CONDICION = re.compile(
    r"^ {8}(and )?\((?:\n {12})?:(\w+) is null(?: .*|(?:\n {12}.*)+\n {8})\)$",
    re.MULTILINE,
)
# Lo que el lector pone delante de una consulta que lo nombra.
COMUNES = {
    "_dialogos": "elegidos",
    "_libros": "versiones",
    "_filtro": "seleccion",
    "_unidades": "unidades",
    "_bloques": "bloques",
    "_divisibles": "divisibles",
    "_vigentes": "vigentes",
}
# Cómo se busca una palabra, y qué valor dice que conviene hacerlo por el índice.
BUSQUEDA = re.compile(r"contains\(e\.texto_busqueda, :(palabra_(\d))\)")
TOPE = "tope_"
# Quien solo suma `enunciados` lee de `recuento`: es la misma selección, y si los
# valores traen esta seña sale de las casillas ya contadas.
DE_RECUENTOS = "de_recuentos"
NUMEROS = {
    "INTEGER": np.int64, "BIGINT": np.int64, "HUGEINT": np.int64,
    "DOUBLE": np.float64, "BOOLEAN": np.bool_,
}  # fmt: skip


def _cuerpo(nombre: str) -> str:
    texto = (CARPETA / f"{nombre}.sql").read_text(encoding="utf-8")
    return ENCABEZADO.sub("", texto).rstrip().rstrip(";")


@cache
def cuenta(nombre: str) -> bool:
    """Dice si una consulta solo suma enunciados: si lee de `recuento`."""
    return bool(re.search(r"\b(?:from|join) recuento\b", _cuerpo(nombre)))


@cache
def texto(nombre: str, de_recuentos: bool = False) -> str:
    """Devuelve el SQL completo de una consulta, con el filtro común si lo usa.

    Todo es texto fijo de esta carpeta. Lanza FileNotFoundError si no existe.
    """
    cuerpo = leido = _cuerpo(nombre)
    partes: list[str] = []
    # De la última a la primera: una común puede leer de otra anterior.
    for archivo, comun in reversed(COMUNES.items()):
        parte = _cuerpo(archivo)
        if cuenta(nombre):
            comun = comun.replace("seleccion", "recuento")
            parte = re.sub(r"\bseleccion\b", "recuento", parte)
        if de_recuentos:
            parte = parte.replace("lectura_enunciados", "lectura_recuentos")
        if re.search(rf"\b(?:from|join) {comun}\b", leido):
            partes.insert(0, parte)
            leido += parte
    if not partes:
        return cuerpo
    propia = cuerpo.startswith("with ")
    todas = [parte.removeprefix("with ") for parte in partes]
    todas += [cuerpo.removeprefix("with ")] if propia else []
    return "with " + ",\n\n".join(todas) + ("" if propia else f"\n{cuerpo}")


@cache
def _parametros(nombre: str) -> frozenset[str]:
    return frozenset(PARAMETRO.findall(texto(nombre)))


def _por_indice(sql: str, topes: frozenset[str]) -> str:
    """Devuelve el SQL que busca en el índice las palabras que tienen tope."""
    indice = _cuerpo("_indice")

    def buscar(hallada: re.Match[str]) -> str:
        tope = TOPE + hallada[2]
        if tope not in topes:
            return hallada[0]
        return indice.replace(":palabra", f":{hallada[1]}").replace(":tope", f":{tope}")

    return BUSQUEDA.sub(buscar, sql)


@cache
def preparado(
    nombre: str,
    nulos: frozenset[str],
    topes: frozenset[str] = frozenset(),
    de_recuentos: bool = False,
) -> tuple[str, frozenset[str]]:
    """Devuelve el SQL para DuckDB y sus parámetros, sin las condiciones de los nulos.

    Sin ellas responde lo mismo, y planificarla cuesta la mitad. Las palabras con tope
    se buscan por el índice, y con `de_recuentos` se cuenta de las casillas: también
    responden lo mismo.
    """
    corto = CONDICION.sub(
        lambda c: f"        {c[1] or ''}true" if c[2] in nulos else c[0],
        texto(nombre, de_recuentos),
    )
    if topes:
        corto = _por_indice(corto, topes)
    return PARAMETRO.sub(r"$\1", corto), frozenset(PARAMETRO.findall(corto))


def valores(nombre: str, seleccion: Seleccion, **otros: object) -> dict[str, object]:
    """Devuelve solo los parámetros que la consulta pide, con su valor.

    Lanza KeyError si pide alguno que no se le da.
    """
    todos = {**seleccion.parametros(), **otros}
    return {clave: todos[clave] for clave in sorted(_parametros(nombre))}


def _columna(tipo: str, celdas: tuple[object, ...]) -> pd.Series:
    if tipo in NUMEROS and None not in celdas:
        return pd.Series(np.array(celdas, dtype=NUMEROS[tipo]))
    return pd.Series(celdas, dtype=object)


def sql_y_valores(
    nombre: str, enlazados: dict[str, object]
) -> tuple[str, dict[str, object]]:
    """Devuelve el SQL de una consulta para DuckDB y los valores que le faltan."""
    nulos = frozenset(clave for clave, v in enlazados.items() if v is None)
    topes = frozenset(clave for clave in enlazados if clave.startswith(TOPE))
    sql, pedidos = preparado(nombre, nulos, topes, DE_RECUENTOS in enlazados)
    return sql, {clave: enlazados[clave] for clave in pedidos}


def consultar(
    con: DuckDBPyConnection, nombre: str, enlazados: dict[str, object]
) -> pd.DataFrame:
    """Responde la pregunta `nombre` y devuelve su tabla, con las columnas del .sql.

    Los valores solo se enlazan, nunca se escriben en el SQL. Un cursor por consulta:
    uno compartido entre hilos entrega a una persona el resultado de otra. Una columna
    de números con nulos llega como objetos: entera, con None, y no como decimales.
    """
    sql, usados = sql_y_valores(nombre, enlazados)
    cursor = con.cursor()
    try:
        # `.df()` cuesta 3 ms por consulta, más que muchas de las consultas.
        with con_plazo(cursor):
            filas = cursor.execute(sql, usados).fetchall()
        rotulos = [(nombre, str(tipo)) for nombre, tipo, *_ in cursor.description]
    finally:
        cursor.close()
    columnas = zip(*filas, strict=True) if filas else ((),) * len(rotulos)
    tabla = pd.DataFrame(
        {
            nombre: _columna(tipo, celdas)
            for (nombre, tipo), celdas in zip(rotulos, columnas, strict=True)
        }
    )
    # Los nombres como textos de Arrow, que es lo que pandas elige, hacen que sacar una
    # columna de una tabla recién leída cueste el doble.
    tabla.columns = pd.Index([nombre for nombre, _ in rotulos], dtype=object)
    return tabla

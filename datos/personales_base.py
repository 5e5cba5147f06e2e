"""Busca en toda la base datos personales que no deberían estar: RUT, correo, teléfono.

python -m datos.personales_base [--bd BASE]

Dice dónde están y los muestra tachados. Con el tablero en marcha la base está tomada:
búsquelos desde la página Administración, o en un respaldo con --bd. Un nombre no se
reconoce: eso lo mira una persona.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from datos import personales
from datos.base import AJUSTES, EN_USO
from datos.errores import ErrorDeDatos
from datos.filas import en_json, llave_de
from datos.ubicacion import ruta_base

# Claves y huellas: no las escribe nadie.
NO_ES_TEXTO = {"sha256", "huella_fuente", "tabla"}
# Lo que no trae cifras ni arrobas no puede traer ninguno de los tres.
PUEDE = r"\p{Nd}|[@＠﹫]|(?i:arroba)|[\[({<] ?(?i:at)"
POR_VEZ = 1_000


@dataclass(frozen=True)
class Encontrado:
    """Un dato personal en la base; `clave` es la llave de su fila, en JSON.

    `linea` cuenta dentro de la celda, desde 1; `muestra` deja ver el primer carácter y
    el último.
    """

    tabla: str
    clave: str
    columna: str
    clase: str
    linea: int
    muestra: str


def buscar(con: DuckDBPyConnection) -> list[Encontrado]:
    """Recorre todos los textos de la base, sin las tablas que se derivan de otras."""
    return [
        encontrado
        for tabla, columnas in textos(con).items()
        for encontrado in _en_tabla(con, tabla, columnas)
    ]


def textos(con: DuckDBPyConnection) -> dict[str, list[str]]:
    """Devuelve las columnas de cada tabla en que alguien puede haber escrito."""
    halladas: dict[str, list[str]] = {}
    for tabla, columna in con.execute(
        "select table_name, column_name from duckdb_columns() where schema_name ="
        " 'main' and data_type = 'VARCHAR' and not starts_with(table_name, 'lectura_')"
        " and not internal order by table_oid, column_index"
    ).fetchall():
        if not columna.endswith("_id") and columna not in NO_ES_TEXTO:
            halladas.setdefault(tabla, []).append(columna)
    return halladas


def _en_tabla(
    con: DuckDBPyConnection, tabla: str, columnas: Sequence[str]
) -> list[Encontrado]:
    llave = llave_de(con, tabla)
    puede = " or ".join(f"regexp_matches({columna}, ?)" for columna in columnas)
    hallados: list[Encontrado] = []
    cursor = con.cursor()
    try:
        cursor.execute(
            f"select {', '.join([*llave, *columnas])} from {tabla} where {puede}",
            [PUEDE] * len(columnas),
        )
        while filas := cursor.fetchmany(POR_VEZ):
            for fila in filas:
                clave = en_json(dict(zip(llave, fila, strict=False)))
                for columna, texto in zip(columnas, fila[len(llave) :], strict=True):
                    hallados += [
                        Encontrado(tabla, clave, columna, h.clase, h.linea, h.muestra)
                        for h in (personales.hallar(texto) if texto else ())
                    ]
    finally:
        cursor.close()
    return hallados


def resumen(hallados: Sequence[Encontrado]) -> str:
    """Devuelve cuántos hay de cada clase, en una frase."""
    if not hallados:
        return "No se halló ningún RUT, correo ni teléfono."
    cuentas = Counter(h.clase for h in hallados)
    return "Hay " + ", ".join(f"{n} de clase {c}" for c, n in cuentas.items()) + "."


def main(argumentos: Sequence[str] | None = None) -> int:
    """Busca e informa; devuelve 0 si no hay ninguno y 1 si hay o no se pudo."""
    admite = argparse.ArgumentParser(prog="python -m datos.personales_base",
                                     description="Busca datos personales.")  # fmt: skip
    admite.add_argument("--bd", type=Path, default=ruta_base(), help="la base")
    ruta = admite.parse_args(argumentos).bd
    try:
        hallados = _en(ruta)
    except ErrorDeDatos as error:
        print(error, file=sys.stderr)
        return 1
    for h in hallados:
        print(
            f"{h.tabla} {h.clave} {h.columna}, línea {h.linea}: {h.clase} {h.muestra}"
        )
    print(resumen(hallados))
    return 1 if hallados else 0


def _en(ruta: Path) -> list[Encontrado]:
    if not ruta.is_file():
        raise ErrorDeDatos(f"No existe la base {ruta}.")
    try:
        with duckdb.connect(str(ruta), read_only=True, config=AJUSTES) as con:
            return buscar(con)
    except duckdb.Error as error:
        if EN_USO in str(error):
            raise ErrorDeDatos(
                f"La base {ruta} está en uso. Búsquelos desde la página Administración,"
                " o en un respaldo con --bd."
            ) from error
        raise ErrorDeDatos(f"La base {ruta} está dañada o no es de DuckDB.") from error


if __name__ == "__main__":
    sys.exit(main())

"""Responde por partes lo que no cabe en memoria: filas ya escritas, en bytes.

Cada parte es una consulta acotada, en orden, y todas ven la base del mismo instante.
Escribe DuckDB: pasar a Python cada celda costaba cinco veces más.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from typing import NamedTuple

from duckdb import DuckDBPyConnection

from consultas.lector import sql_y_valores
from consultas.plazo import PLAZO, con_plazo

# En este orden termina toda consulta que se responde por partes.
ORDEN = "\norder by posicion"
# Se cuenta por tramos de posiciones, y una parte junta tramos seguidos: con más filas
# se planifica menos veces, con menos se ordena en menos memoria (unos 2 KB por fila).
TRAMO, POR_PARTE = 10_000, 40_000
# Unos 200 KB o más por trozo: desde 128 KB, Starlette comprime en otro hilo.
POR_TROZO = 500
# Segundos. Una parte se hace en décimas; con un equipo ocupado o una búsqueda, en más.
PLAZO_PARTE = 30 * PLAZO


class Columna(NamedTuple):
    """Una columna de la respuesta: su nombre y su tipo de DuckDB."""

    nombre: str
    tipo: str


# Devuelve la expresión SQL, de texto, con que se escribe una fila de esas columnas.
Linea = Callable[[Sequence[Columna]], str]
AlDar = Callable[[int], object]


def cortes(cuentas: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Reparte en partes las filas de cada tramo: desde qué posición y antes de cuál.

    `cuentas` son número de tramo y filas, en orden. Una parte pasa de POR_PARTE filas
    solo si las tiene un tramo.
    """
    desde, filas, hasta = 0, 0, 0
    for tramo, cuantas in cuentas:
        if filas and filas + cuantas > POR_PARTE:
            yield desde, hasta
            desde, filas = hasta, 0
        filas, hasta = filas + cuantas, (tramo + 1) * TRAMO
    if filas:
        yield desde, hasta


def recorrer(
    con: DuckDBPyConnection,
    nombre: str,
    enlazados: dict[str, object],
    linea: Linea,
    al_dar: AlDar = int,
) -> tuple[list[Columna], Generator[bytes]]:
    """Responde `nombre`: sus columnas, y sus filas escritas por `linea`, por trozos.

    La consulta da una columna `posicion`, que la ordena y no sale. Cerrar los trozos
    suelta la base. Antes de dar cada trozo dice a `al_dar` cuántas filas lleva. Lanza
    Tardanza si una parte pasa de PLAZO_PARTE.
    """
    sql, usados = sql_y_valores(nombre, enlazados)
    sql = sql.removesuffix(ORDEN)
    cursor = con.cursor()
    try:
        cursor.begin()
        cursor.execute(f"{sql}\nlimit 0", usados)
        todas = [Columna(nombre, str(tipo)) for nombre, tipo, *_ in cursor.description]
        columnas = [columna for columna in todas if columna.nombre != "posicion"]
        with con_plazo(cursor, PLAZO_PARTE):
            cuentas = cursor.execute(
                f"select posicion // {TRAMO} as tramo, count(*) from ({sql})"
                " group by tramo order by tramo",
                usados,
            ).fetchall()
        # Se escribe antes de ordenar: así se reparte entre hilos y se mueve menos.
        escritas = (
            f"select fila from (select posicion, encode({linea(columnas)}) as fila"
            f" from ({sql}) where posicion >= $desde and posicion < $hasta)"
            " order by posicion"
        )
    except BaseException:
        cursor.close()
        raise

    def trozos() -> Generator[bytes]:
        try:
            for desde, hasta in cortes(cuentas):
                with con_plazo(cursor, PLAZO_PARTE):
                    cursor.execute(escritas, {**usados, "desde": desde, "hasta": hasta})
                while filas := cursor.fetchmany(POR_TROZO):
                    al_dar(len(filas))
                    yield b"".join(fila for (fila,) in filas)
        finally:
            cursor.close()

    return columnas, trozos()

"""Cuánta memoria y CPU pide sacar una base entera por la dirección para programas.

    python -m pruebas_de_carga.exportacion base.duckdb [--formato json]

En este proceso y sin red. Con más de TOPE megabytes de lo suyo termina en error: aparte
va lo que DuckDB guarda del archivo al leerlo, que suelta si hace falta y no se repite.
"""

import argparse
import os
import sys
import time
from collections.abc import Generator
from pathlib import Path

from duckdb import DuckDBPyConnection

from consultas.lector import valores
from consultas.seleccion import Seleccion
from datos.base import abrir
from pruebas_de_carga.proceso import Servidor
from tablero import en_sql
from tablero.exportar import EXCEL, SIMPLE

CONSULTA = "enunciados_api"
FORMATOS = {"simple": SIMPLE, "excel": EXCEL}
TOPE = 200


def salida(con: DuckDBPyConnection, formato: str) -> Generator[bytes]:
    """Entrega todos los enunciados, con los ficticios, en un formato."""
    pedido = valores(CONSULTA, Seleccion(ficticio=True))
    if formato == "json":
        return en_sql.json(con, CONSULTA, pedido)
    return en_sql.csv(con, CONSULTA, pedido, FORMATOS[formato])


def guardado(con: DuckDBPyConnection) -> float:
    """Devuelve los megabytes del archivo que DuckDB tiene en memoria."""
    filas = con.execute(
        "select memory_usage_bytes from duckdb_memory() where tag = 'BASE_TABLE'"
    ).fetchall()
    return float(filas[0][0]) / 2**20


def main() -> int:
    """Imprime lo medido; devuelve 1 si pasa del tope."""
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("base", type=Path)
    opciones.add_argument("--formato", choices=[*FORMATOS, "json"], default="simple")
    pedido = opciones.parse_args()
    yo = Servidor("", os.getpid())
    with abrir(pedido.base) as con:
        antes, guardados = yo.memoria() / 1024, guardado(con)
        cpu = time.process_time()
        largo = sum(map(len, salida(con, pedido.formato))) / 1e6
        cpu = time.process_time() - cpu
        del_archivo = guardado(con) - guardados
    extra = yo.memoria("VmHWM") / 1024 - antes
    print(
        f"{pedido.formato}: {largo:.1f} MB con {cpu:.1f} s de CPU. Memoria:"
        f" {antes:.0f} MB antes y {extra:.0f} más, {del_archivo:.0f} de ellos del"
        f" archivo y {extra - del_archivo:.0f} propios (tope {TOPE})."
    )
    return int(extra - del_archivo > TOPE)


if __name__ == "__main__":
    sys.exit(main())

"""Hace una base con el diálogo real y enunciados sintéticos, marcados como ficticios.

    python -m pruebas_de_carga.sintetico.generar destino.duckdb [--enunciados 2000000]

La misma semilla da la misma base en la misma versión de DuckDB, cuya función `hash` es
de donde sale el azar.
"""

import argparse
import time
from pathlib import Path

import duckdb

from datos.construir import construir
from datos.derivar import derivar_todo

AQUI = Path(__file__).parent
SEMILLA = 20181017
# Con dos millones, cada diálogo es de cinco mil enunciados: el tamaño de una región
# entera, y no de una mañana; con más diálogos sus filtros no cabrían en una pantalla.
DIALOGOS = 400
POR_DIALOGO = 60


def generar(destino: Path, enunciados: int, semilla: int = SEMILLA) -> Path:
    """Construye en `destino` una base con `enunciados` sintéticos; devuelve su ruta."""
    construir(destino)
    valores = {
        "dialogos": max(16, min(DIALOGOS, enunciados // POR_DIALOGO)),
        "enunciados": enunciados,
        "palabras": (AQUI / "palabras.txt").read_text(encoding="utf-8").split(),
        "semilla": semilla,
    }
    with duckdb.connect(str(destino)) as con:
        con.execute("begin transaction")
        for ruta in sorted(AQUI.glob("*.sql")):
            for orden in duckdb.extract_statements(ruta.read_text(encoding="utf-8")):
                pedidos = orden.named_parameters
                con.execute(orden, {n: valores[n] for n in pedidos})
        con.execute("commit")
        derivar_todo(con)
    return destino


def main() -> None:
    """Hace la base e informa cuánto tardó y cuánto ocupa."""
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("destino", type=Path)
    opciones.add_argument("--enunciados", type=int, default=2_000_000)
    opciones.add_argument("--semilla", type=int, default=SEMILLA)
    pedido = opciones.parse_args()
    desde = time.perf_counter()
    destino = generar(pedido.destino, pedido.enunciados, pedido.semilla)
    print(
        f"{destino}: {pedido.enunciados} enunciados sintéticos en"
        f" {time.perf_counter() - desde:.0f} s, {destino.stat().st_size / 1e6:.0f} MB"
    )


if __name__ == "__main__":
    main()

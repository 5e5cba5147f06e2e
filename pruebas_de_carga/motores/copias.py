"""Escribe lo que abren los demás motores: la tabla ancha y los dos cruces."""

import time
from pathlib import Path

import duckdb

from pruebas_de_carga.motores import de_sqlite
from pruebas_de_carga.motores.preguntas import EXPORTADAS, INTERNAS, Lugar


def _a_parquet(lugar: Lugar) -> None:
    ancha = ", ".join((*INTERNAS, *EXPORTADAS))
    with duckdb.connect(str(lugar.base), read_only=True) as con:
        con.execute("set enable_progress_bar = false")
        for orden, destino in (
            (f"select {ancha} from lectura_enunciados order by posicion",
             lugar.enunciados),
            ("select convocatoria, grupo_id from lectura_grupos", lugar.grupos),
            ("select tratados, instrumento_id from lectura_instrumentos",
             lugar.instrumentos),
        ):  # fmt: skip
            con.execute(f"copy ({orden}) to '{destino}' (format parquet)")


def preparar(base: Path, carpeta: Path) -> tuple[Lugar, dict[str, float]]:
    """Copia la base a `carpeta`; devuelve dónde quedó y los segundos de cada copia."""
    carpeta.mkdir(parents=True, exist_ok=True)
    lugar = Lugar(base, carpeta)
    tiempos = {}
    for nombre, hacer in (("parquet", _a_parquet), ("sqlite", de_sqlite.preparar)):
        desde = time.perf_counter()
        hacer(lugar)
        tiempos[nombre] = time.perf_counter() - desde
    return lugar, tiempos

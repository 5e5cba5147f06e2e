"""Bases de los esquemas anteriores, con datos: tal como las dejó cada versión."""

import shutil
from pathlib import Path

import duckdb

# Qué tablas trajo cada versión. Se escribe aquí y no se toma de `datos.migraciones`:
# es lo que hubo, y un cambio del programa no lo cambia.
TRAJO = {
    3: ("reglas", "cargas_filas", "cargas", "retirados", "actas", "sin_pregunta"),
    4: ("lecturas", "segmentaciones", "libros_versiones"),
    5: (),
    6: (),
}


def en_version(base: Path, destino: Path, version: int) -> Path:
    """Deja en `destino` una base como la de esa versión del esquema, desde la 2."""
    shutil.copy(base, destino)
    with duckdb.connect(str(destino)) as con:
        for posterior, tablas in TRAJO.items():
            if posterior > version:
                for tabla in tablas:
                    con.execute(f"drop table {tabla}")
        con.execute("update base_info set version_esquema = ?", [version])
    return destino

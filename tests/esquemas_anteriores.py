"""Bases de los esquemas anteriores, con datos: tal como las dejó cada versión."""

import shutil
from pathlib import Path

import duckdb

# Qué tablas trajo cada versión. Se escribe aquí y no se toma de `datos.migraciones`:
# es lo que hubo, y un cambio del programa no lo cambia.
TRAJO: dict[int, tuple[str, ...]] = {
    2: (),
    3: ("reglas", "cargas_filas", "cargas", "retirados", "actas", "sin_pregunta"),
    4: ("lecturas", "segmentaciones", "libros_versiones"),
    5: (),
    6: (),
    7: (),
}


def en_version(base: Path, destino: Path, version: int) -> Path:
    """Deja en `destino` una base como la de esa versión del esquema, desde la 1.

    De lo que se deriva no queda nada: cada versión tenía otras tablas, y se rehacen.
    """
    shutil.copy(base, destino)
    with duckdb.connect(str(destino)) as con:
        derivadas = con.execute(
            "select table_name from duckdb_tables() where table_name like 'lectura\\_%'"
            " escape '\\'"
        ).fetchall()
        posteriores = [t for v, suyas in TRAJO.items() if v > version for t in suyas]
        for tabla in (*(t for (t,) in derivadas), *posteriores):
            con.execute(f"drop table {tabla}")
        con.execute("update base_info set version_esquema = ?", [version])
    return destino

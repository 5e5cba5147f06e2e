"""Pone al día una base de un esquema anterior, sin perder nada de lo que tiene."""

import os
import shutil
from pathlib import Path

from duckdb import DuckDBPyConnection

from datos.derivar import derivar_todo
from datos.ubicacion import VERSION_ESQUEMA

AQUI = Path(__file__).parent
DICCIONARIO = AQUI / "diccionario.sql"
# Qué corre al pasar a cada versión: tablas nuevas, que son las del esquema, y lo que
# ellas deben decir de lo que ya había. Lo que se deriva se rehace siempre: sin paso.
PASOS: dict[int, tuple[str, ...]] = {
    2: (),
    3: ("esquema/7_cargas.sql",),
    4: ("esquema/8_edicion.sql", "pasos/4_lecturas.sql"),
    5: (),
    6: (),
    7: (),
}


def esquema_de(version: int) -> list[Path]:
    """Devuelve los archivos que crean las tablas de una versión, en orden.

    Son los del esquema menos los que trajo un paso posterior.
    """
    despues = {archivo for paso, suyos in PASOS.items() for archivo in suyos
               if paso > version}  # fmt: skip
    todos = sorted((AQUI / "esquema").glob("*.sql"))
    return [ruta for ruta in todos if f"esquema/{ruta.name}" not in despues]


def version(con: DuckDBPyConnection) -> int | None:
    """Devuelve la versión del esquema de una base, o None si no la dice."""
    fila = con.execute("select max(version_esquema) from base_info").fetchone()
    return fila[0] if fila else None


def hay_camino(desde: int | None) -> bool:
    """Dice si una base de esa versión se puede poner al día."""
    return (
        desde is not None
        and desde < VERSION_ESQUEMA
        and all(paso in PASOS for paso in range(desde + 1, VERSION_ESQUEMA + 1))
    )


def copiar(ruta: Path, desde: int) -> Path:
    """Copia la base, cerrada, junto a ella misma, y devuelve la copia.

    Ninguna copia anterior se pisa: otra base de esa versión pudo restaurarse aquí.
    """
    copia = ruta.with_name(f"{ruta.name}.version-{desde}")
    veces = 1
    while copia.exists():
        veces += 1
        copia = ruta.with_name(f"{ruta.name}.version-{desde}-{veces}")
    parcial = copia.with_name(f".{copia.name}.{os.getpid()}")
    # Con el disco lleno al cerrar, lo último puede seguir en el registro.
    for final in (".wal", ""):
        if (origen := ruta.with_name(f"{ruta.name}{final}")).exists():
            shutil.copy2(origen, f"{parcial}{final}")
            Path(f"{parcial}{final}").replace(f"{copia}{final}")
    return copia


def migrar(con: DuckDBPyConnection, desde: int) -> None:
    """Aplica los pasos que faltan en una transacción: todos o ninguno."""
    con.execute("begin transaction")
    try:
        for paso in range(desde + 1, VERSION_ESQUEMA + 1):
            for archivo in PASOS[paso]:
                con.execute((AQUI / archivo).read_text(encoding="utf-8"))
        derivar_todo(con)
        con.execute(DICCIONARIO.read_text(encoding="utf-8"))
        con.execute("update base_info set version_esquema = ?", [VERSION_ESQUEMA])
        con.execute("commit")
    except BaseException:
        con.execute("rollback")
        raise

"""La copia de la base que se hace antes de cada carga."""

import os
import shutil
from pathlib import Path

from datos.errores import ErrorDeDatos

# La última carga de cada día de trabajo, y algo más.
SE_GUARDAN = 10
# Lo que ocupa una carga, además de la copia: el doble de la base y un piso.
HOLGURA = 64 * 1024 * 1024


def carpeta(ruta: Path) -> Path:
    """Devuelve la carpeta de respaldos de una base: junto a ella."""
    return ruta.with_name(f"{ruta.name}.respaldos")


def revisar_espacio(ruta: Path) -> None:
    """Lanza ErrorDeDatos si en el disco no cabe la copia y la carga."""
    hace_falta = ruta.stat().st_size * 2 + HOLGURA
    libre = shutil.disk_usage(ruta.parent).free
    if libre < hace_falta:
        raise ErrorDeDatos(
            f"No hay espacio en el disco para cargar: quedan {libre >> 20} MB y hacen"
            f" falta {hace_falta >> 20} MB. No se cambió nada; avise a quien administra"
            " el tablero."
        )


def respaldar(ruta: Path, clave: str) -> Path:
    """Copia la base y su registro de escritura, y quita las copias más antiguas.

    Quien llama tiene el turno de escribir: nadie cambia el archivo mientras se copia.
    """
    revisar_espacio(ruta)
    donde = carpeta(ruta)
    donde.mkdir(mode=0o700, exist_ok=True)
    copia = donde / f"{clave}.duckdb"
    registro = ruta.with_name(f"{ruta.name}.wal")
    for origen, destino in ((registro, copia.with_name(f"{copia.name}.wal")),
                            (ruta, copia)):  # fmt: skip
        if origen.exists():
            parcial = destino.with_name(f".{destino.name}.{os.getpid()}")
            shutil.copyfile(origen, parcial)
            parcial.replace(destino)
    for vieja in sorted(donde.glob("c-*.duckdb"))[:-SE_GUARDAN]:
        vieja.unlink(missing_ok=True)
        vieja.with_name(f"{vieja.name}.wal").unlink(missing_ok=True)
    return copia

"""Copia archivos de una base abierta sin soltar el cerrojo con que DuckDB la guarda.

Un cerrojo POSIX es del proceso, y se pierde entero cuando ese proceso cierra cualquier
descriptor del archivo: copiar la base desde el proceso que la tiene abierta la dejaría
al alcance de otro. Por eso copia un proceso hijo, que no importa nada del tablero.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# Ni una base de 100 GB en un disco lento tarda esto; un disco colgado, sí.
PLAZO = 3600.0


def copiar(origen: Path, destino: Path) -> None:
    """Copia una base y su registro de escritura, si lo hay, y espera al disco.

    Solo su dueño puede leer la copia. Lanza OSError si no se pudo.
    """
    # La orden es este mismo archivo; las rutas van como argumentos, sin intérprete.
    hecho = subprocess.run(  # noqa: S603
        [sys.executable, "-I", "-S", "-B", __file__, str(origen), str(destino)],
        capture_output=True, text=True, check=False, timeout=PLAZO,
    )  # fmt: skip
    if hecho.returncode:
        motivo = hecho.stderr.strip().rsplit("\n", 1)[-1]
        raise OSError(f"No se pudo copiar {origen} en {destino}: {motivo}")


def _en_el_hijo(origen: str, destino: str) -> None:
    os.umask(0o077)
    for final in ("", ".wal"):
        if final and not Path(f"{origen}{final}").exists():
            continue
        shutil.copyfile(f"{origen}{final}", f"{destino}{final}")
        with Path(f"{destino}{final}").open("rb") as copia:
            os.fsync(copia.fileno())


if __name__ == "__main__":
    _en_el_hijo(*sys.argv[1:])

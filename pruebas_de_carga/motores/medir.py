"""Mide un motor en un proceso que es solo de él, e imprime lo medido como JSON.

python -m pruebas_de_carga.motores.medir producto base.duckdb copias/
"""

import argparse
import json
import resource
import statistics
import sys
import time
from pathlib import Path
from typing import TypedDict

from pruebas_de_carga.motores.preguntas import (
    MOTORES,
    PREGUNTAS,
    Lugar,
    abrir_motor,
    huella,
    responder,
)

VECES = 7
ESTADO = Path("/proc/self/status")


class Medida(TypedDict):
    """Lo medido de un motor: segundos, megabytes y, por pregunta, huella y ms."""

    carga: float
    memoria: float
    huellas: dict[str, str]
    ms: dict[str, float]


def memoria() -> float:
    """Devuelve la mayor memoria residente de este proceso, en megabytes.

    En Linux se lee de `VmHWM`: lo que dice `getrusage` parte de la del proceso padre.
    """
    if ESTADO.exists():
        for linea in ESTADO.read_text(encoding="ascii").splitlines():
            if linea.startswith("VmHWM:"):
                return int(linea.split()[1]) / 1024
    unidad = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unidad


def medir(nombre: str, lugar: Lugar, veces: int = VECES) -> Medida:
    """Abre el motor y hace cada pregunta una vez para comparar y `veces` para medir.

    La primera también calienta: no se cuenta.
    """
    desde = time.perf_counter()
    motor = abrir_motor(nombre, lugar)
    medida: Medida = {
        "carga": time.perf_counter() - desde, "memoria": 0.0, "huellas": {}, "ms": {},
    }  # fmt: skip
    for clave in PREGUNTAS:
        medida["huellas"][clave] = huella(responder(motor, clave))
        tiempos = []
        for _ in range(veces):
            desde = time.perf_counter()
            motor.preguntas[clave]()
            tiempos.append((time.perf_counter() - desde) * 1000)
        medida["ms"][clave] = statistics.median(tiempos)
    medida["memoria"] = memoria()
    return medida


def main() -> None:
    """Mide lo que pide la línea de órdenes."""
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("motor", choices=MOTORES)
    opciones.add_argument("base", type=Path)
    opciones.add_argument("copias", type=Path)
    pedido = opciones.parse_args()
    print(json.dumps(medir(pedido.motor, Lugar(pedido.base, pedido.copias))))


if __name__ == "__main__":
    main()

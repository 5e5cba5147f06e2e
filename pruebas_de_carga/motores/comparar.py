"""Compara el producto con pandas, polars y SQLite, y lo escribe en docs/rendimiento.md.

    python -m pruebas_de_carga.motores.comparar [--tamanos 1000 100000 2000000]

Un motor después de otro, cada uno en su proceso. Si dos respuestas difieren no se
escribe ningún tiempo: un motor que responde otra cosa no es más rápido ni más lento.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import nullcontext
from importlib.util import find_spec
from pathlib import Path

from pruebas_de_carga.interaccion.medir import Medido
from pruebas_de_carga.motores.copias import preparar
from pruebas_de_carga.motores.informe import Tamano, redactar
from pruebas_de_carga.motores.medir import Medida
from pruebas_de_carga.motores.preguntas import MOTORES, Lugar
from pruebas_de_carga.sintetico.generar import generar

RAIZ = Path(__file__).parent.parent.parent
DESTINO = RAIZ / "docs" / "rendimiento.md"
TAMANOS = (1_000, 100_000, 2_000_000)
# Se mide cuánto tarda, no si pasa del plazo con que las pantallas se protegen.
PLAZO = "600"


class Discrepancia(Exception):
    """Un motor respondió otra cosa que el producto; el mensaje dice cuál y qué."""


def medir_aparte(motor: str, lugar: Lugar) -> Medida:
    """Mide un motor en un proceso nuevo."""
    orden = [sys.executable, "-m", "pruebas_de_carga.motores.medir", motor,
             str(lugar.base), str(lugar.copias)]  # fmt: skip
    hecho = subprocess.run(
        orden, cwd=RAIZ, env={**os.environ, "TABLERO_PLAZO": PLAZO},
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    medida: Medida = json.loads(hecho.stdout)
    return medida


def pulsar_aparte(lugar: Lugar) -> dict[str, Medido]:
    """Mide la interacción entera, por turnos, en un proceso nuevo.

    Lanza Discrepancia si alguien respondió otra cosa que el producto.
    """
    orden = [sys.executable, "-m", "pruebas_de_carga.interaccion.medir",
             str(lugar.base), str(lugar.copias)]  # fmt: skip
    hecho = subprocess.run(
        orden, cwd=RAIZ, env={**os.environ, "TABLERO_PLAZO": PLAZO},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if hecho.returncode:
        raise Discrepancia(hecho.stderr.strip())
    medidos: dict[str, Medido] = json.loads(hecho.stdout.splitlines()[-1])
    return medidos


def exigir_iguales(enunciados: int, medidas: Mapping[str, Medida]) -> None:
    """Lanza Discrepancia si alguna respuesta no es la del producto."""
    ciertas = medidas["producto"]["huellas"]
    distintas = [
        f"«{clave}» con {motor}"
        for motor, medida in medidas.items()
        for clave, huella in ciertas.items()
        if medida["huellas"].get(clave) != huella
    ]
    if distintas:
        raise Discrepancia(
            f"Con {enunciados} enunciados no responden lo mismo que el producto:"
            f" {'; '.join(distintas)}. No se escribe ningún tiempo."
        )


def disponibles() -> list[str]:
    """Devuelve los motores que se pueden abrir aquí: polars puede no estar."""
    return [m for m in MOTORES if m != "polars" or find_spec("polars")]


def comparar(enunciados: int, carpeta: Path, *, entera: bool = True) -> Tamano:
    """Genera la base si falta, la copia, mide los motores y exige que coincidan.

    `entera`: también la interacción entera, que instala a sus rivales la primera vez.
    """
    base, generada = carpeta / f"{enunciados}.duckdb", None
    if not base.exists():
        desde = time.perf_counter()
        generar(base, enunciados)
        generada = time.perf_counter() - desde
    with tempfile.TemporaryDirectory(dir=carpeta) as copias:
        lugar, preparacion = preparar(base, Path(copias))
        medidas = {motor: medir_aparte(motor, lugar) for motor in disponibles()}
        exigir_iguales(enunciados, medidas)
        interaccion = pulsar_aparte(lugar) if entera else {}
        megas = {
            nombre: ruta.stat().st_size / 1e6
            for nombre, ruta in (
                ("producto", base), ("parquet", lugar.parquet("enunciados")),
                ("sqlite", lugar.sqlite),
            )
        }  # fmt: skip
    return Tamano(
        enunciados,
        medidas,
        interaccion,
        megas,
        {"producto": generada, **preparacion},
        os.getloadavg(),
    )


def main() -> int:
    """Compara los tamaños pedidos; devuelve 1 si alguna respuesta difiere."""
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("--tamanos", type=int, nargs="+", default=TAMANOS)
    opciones.add_argument(
        "--carpeta", type=Path, help="dónde están o quedan las bases, N.duckdb"
    )
    opciones.add_argument(
        "--sin-interaccion", action="store_true", help="solo las preguntas sueltas"
    )
    opciones.add_argument("--destino", type=Path, default=DESTINO)
    pedido = opciones.parse_args()
    temporal = (
        nullcontext(pedido.carpeta)
        if pedido.carpeta
        else tempfile.TemporaryDirectory(prefix="motores-")
    )
    with temporal as carpeta:
        try:
            vistos = [
                comparar(n, Path(carpeta), entera=not pedido.sin_interaccion)
                for n in pedido.tamanos
            ]
        except Discrepancia as error:
            print(error, file=sys.stderr)
            return 1
    pedido.destino.write_text(redactar(vistos), encoding="utf-8")
    print(f"Todas las respuestas coinciden. Quedó en {pedido.destino}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

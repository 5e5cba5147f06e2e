"""CPU por vuelta de cada página, y en qué se va, repetida y con un filtro nunca visto.

    python -m pruebas_de_carga.vueltas [--vueltas 12]

Corre cada página por AppTest, en este proceso y sin navegador, con el recolector ya
congelado como en el servidor. Mide CPU, no reloj: vale en un equipo ocupado. De las
consultas que DuckDB reparte, por partes solo se cuenta el hilo que pregunta.
"""

import argparse
import gc
import itertools
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from tablero import conexion, estado, graficos, mapas, tabla
from tablero.paginas import PAGINAS

MARCO = Path(__file__).parent.parent / "tablero" / "marco.py"
# Búsquedas que dan casi todo, y que nadie hizo antes: nada sale de la memoria.
NUEVOS = (" ".join(letras) for letras in itertools.permutations("aeolsrndtiuc", 2))
# Qué se cronometra: parte, dónde vive y cómo se llama. Ninguna corre dentro de otra,
# salvo el envío, que se descuenta de quien lo pide.
PARTES: tuple[tuple[str, Any, str], ...] = (
    ("consultas", conexion, "consultar"),
    *(("figuras", graficos, nombre) for nombre in ("barras", "barras_de_pares")),
    ("figuras", mapas, "mapa"),
    ("tablas", tabla, "dibujar"),
    ("envío", DeltaGenerator, "_enqueue"),
)
COLUMNAS = tuple(dict.fromkeys(parte for parte, *_ in PARTES))


def cronometrar() -> dict[str, float]:
    """Hace que cada parte anote aquí su CPU, en milisegundos, y devuelve la cuenta."""
    gastado: dict[str, float] = defaultdict(float)
    abiertas: list[str] = []

    def con_reloj(parte: str, hacer: Callable[..., object]) -> Callable[..., object]:
        @wraps(hacer)
        def hecho(*dados: object, **nombrados: object) -> object:
            desde = time.thread_time()
            abiertas.append(parte)
            try:
                return hacer(*dados, **nombrados)
            finally:
                abiertas.pop()
                propio = (time.thread_time() - desde) * 1000
                gastado[parte] += propio
                if abiertas:
                    gastado[abiertas[-1]] -= propio

        return hecho

    for parte, lugar, nombre in PARTES:
        setattr(lugar, nombre, con_reloj(parte, getattr(lugar, nombre)))
    return gastado


def medir(
    hacer: Callable[[], object], vueltas: int, gastado: dict[str, float]
) -> list[float]:
    """Devuelve la mediana de CPU de `hacer`, y por vuelta la de cada parte, en ms."""
    gastado.clear()
    tiempos = []
    for _ in range(vueltas):
        antes = time.process_time()
        hacer()
        tiempos.append((time.process_time() - antes) * 1000)
    partes = [gastado[parte] / vueltas for parte in COLUMNAS]
    return [statistics.median(tiempos), *partes]


def main() -> None:
    """Imprime una tabla en Markdown, una fila por página y manera de correrla."""
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("--vueltas", type=int, default=12)
    vueltas = opciones.parse_args().vueltas
    gastado = cronometrar()
    print(f"| página | filtro | total, ms | {' | '.join(COLUMNAS)} |")
    print(f"|---|---|{'---:|' * (1 + len(COLUMNAS))}")
    for pagina in PAGINAS:
        prueba = AppTest.from_file(str(MARCO), default_timeout=60).run()
        prueba.switch_page(str(pagina.ruta)).run()
        gc.collect()
        gc.freeze()

        def con_filtro_nuevo(prueba: AppTest = prueba) -> None:
            prueba.session_state[estado.clave("buscar")] = next(NUEVOS)
            prueba.run()

        for cual, hacer in (("el mismo", prueba.run), ("nuevo", con_filtro_nuevo)):
            total, *partes = medir(hacer, vueltas, gastado)
            cifras = " | ".join(f"{ms:.1f}" for ms in partes)
            print(f"| {pagina.nombre} | {cual} | {total:.0f} | {cifras} |", flush=True)


if __name__ == "__main__":
    main()

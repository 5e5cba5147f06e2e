"""CPU por vuelta de cada página, con respuesta en memoria y con filtros nunca vistos.

    python -m pruebas_de_carga.vueltas [--vueltas 12]

Corre cada página por AppTest, en este proceso y sin navegador, con el recolector ya
congelado como en el servidor. Mide CPU, no reloj: vale en un equipo ocupado.
"""

import argparse
import gc
import itertools
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from tablero import estado
from tablero.paginas import PAGINAS

MARCO = Path(__file__).parent.parent / "tablero" / "marco.py"
# Búsquedas que dan casi todo, y que nadie hizo antes: nada sale de la memoria.
NUEVOS = (" ".join(letras) for letras in itertools.permutations("aeolsrndtiuc", 2))


def medir(hacer: Callable[[], object], vueltas: int) -> float:
    """Devuelve la mediana de CPU de `hacer`, en milisegundos."""
    tiempos = []
    for _ in range(vueltas):
        antes = time.process_time()
        hacer()
        tiempos.append((time.process_time() - antes) * 1000)
    return statistics.median(tiempos)


def main() -> None:
    """Imprime una tabla en Markdown, una fila por página."""
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("--vueltas", type=int, default=12)
    vueltas = opciones.parse_args().vueltas
    print("| página | repetida, ms | filtro nuevo, ms |\n|---|---|---|")
    for pagina in PAGINAS:
        prueba = AppTest.from_file(str(MARCO), default_timeout=60).run()
        prueba.switch_page(str(pagina.ruta)).run()
        gc.collect()
        gc.freeze()
        repetida = medir(prueba.run, vueltas)

        def con_filtro_nuevo(prueba: AppTest = prueba) -> None:
            prueba.session_state[estado.clave("buscar")] = next(NUEVOS)
            prueba.run()

        nueva = medir(con_filtro_nuevo, vueltas)
        print(f"| {pagina.nombre} | {repetida:.0f} | {nueva:.0f} |", flush=True)


if __name__ == "__main__":
    main()

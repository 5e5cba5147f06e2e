"""Lo que corre en un hilo suyo mientras el tablero atiende."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def en_segundo_plano(
    vigilar: Callable[[threading.Event], None], nombre: str, despedida: float
) -> Iterator[None]:
    """Mientras dura el bloque, un hilo corre `vigilar`, que recibe la señal de parar.

    Al salir se da la señal y se espera al hilo `despedida` segundos, a lo más.
    """
    parar = threading.Event()
    hilo = threading.Thread(target=vigilar, args=(parar,), name=nombre, daemon=True)
    hilo.start()
    try:
        yield
    finally:
        parar.set()
        hilo.join(despedida)

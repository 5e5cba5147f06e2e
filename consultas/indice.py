"""Elige cómo buscar cada palabra: por el índice o recorriendo los textos."""

from collections.abc import Callable

from consultas.lector import TOPE

# Con más apariciones que estas, recorrer los textos cuesta menos que cruzar el índice:
# medido con dos millones de enunciados.
MUCHAS = 200_000
PREFIJO = "palabra_"


def con_topes(
    enlazados: dict[str, object], apariciones: Callable[[str], int | None]
) -> dict[str, object]:
    """Agrega el tope de cada palabra que conviene buscar por el índice.

    `apariciones` dice en cuántos enunciados está; None, si no hay cómo saberlo. Una
    frase con espacios no está en el índice, que es de palabras.
    """
    topes: dict[str, object] = {}
    for clave, palabra in enlazados.items():
        if not clave.startswith(PREFIJO) or not isinstance(palabra, str):
            continue
        cuantas = None if " " in palabra else apariciones(palabra)
        if cuantas is not None and cuantas <= MUCHAS:
            topes[TOPE + clave.removeprefix(PREFIJO)] = cuantas
    return {**enlazados, **topes}

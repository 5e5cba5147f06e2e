"""Elige por dónde leer con muchos enunciados: caminos que responden lo mismo."""

from collections.abc import Callable

from consultas.indice import con_topes
from consultas.recuentos import con_recuentos


def con_atajos(
    nombre: str,
    enlazados: dict[str, object],
    apariciones: Callable[[str], int | None],
) -> dict[str, object]:
    """Agrega a los valores por dónde conviene leer: las casillas y el índice.

    `apariciones` dice en cuántos enunciados está una palabra, o None. Toda palabra
    contiene el texto vacío: si ese no está, son pocos y no hay ni casillas ni índice.
    """
    if apariciones("") is None:
        return enlazados
    marcados = con_recuentos(nombre, enlazados)
    return con_topes(marcados, lambda palabra: apariciones(palabra) or 0)

"""En qué enunciados las personas no coinciden, o coinciden y se cuenta otra cosa."""

from dataclasses import dataclass

import pandas as pd

from consultas.seleccion import Seleccion
from datos.codificar import Lectura, Vista
from datos.libros import FACETAS
from tablero.conexion import preguntar
from tablero.formato import enumerar


@dataclass(frozen=True)
class Disputa:
    """Un enunciado por decidir. `comun` es lo que todas pusieron, si coinciden.

    `vista` es la lectura que hoy se cuenta: (codificador, versión), o None.
    """

    enunciado: str
    vista: Vista
    comun: Lectura | None


def vista_de(lecturas: pd.DataFrame) -> Vista:
    """Devuelve la lectura que hoy se cuenta: (codificador, versión), o None.

    `lecturas` son las filas de `codificar_lecturas` de un enunciado, con todas las
    versiones del libro.
    """
    # Los instrumentos no dicen con qué versión del libro se asignaron.
    contadas = lecturas[lecturas["es_principal"] & lecturas["que"].isin(FACETAS)]
    return next(
        zip(contadas["codificador_id"], contadas["version"].astype(int), strict=True),
        None,
    )


def _comun(lectura: str, lectores: list[str]) -> Lectura:
    naturaleza, tipo, recurso, *instrumentos = lectura.split(" ")
    nota = f"Coinciden {enumerar([f'«{quien}»' for quien in lectores])}."
    return Lectura(naturaleza, tipo, recurso, tuple(instrumentos), nota)


def disputas(
    libro: str,
    elegida: Seleccion,
    *,
    coinciden: bool,
    limite: int,
    enunciado: str | None = None,
) -> tuple[list[Disputa], int]:
    """Devuelve las primeras `limite` por decidir con un libro, y cuántas hay.

    Lo que una persona ya adjudicó no entra, salvo que después alguien lo haya leído o
    cambiado su lectura. Con `coinciden`, aquellas en que las personas pusieron lo mismo
    y se cuenta otra lectura; con `enunciado`, solo la suya, si la hay.
    """
    filas = preguntar(
        "codificar_disputas", elegida, libro=libro, coinciden=coinciden, limite=limite,
        enunciado=enunciado,
    )  # fmt: skip
    halladas = [
        Disputa(
            str(clave),
            None if de is None else (str(de), int(version)),
            _comun(lectura, lectores) if coinciden else None,
        )
        for clave, de, version, lectura, lectores in zip(
            filas["enunciado_id"], filas["codificador_id"], filas["version"],
            filas["lectura"], filas["lectores"], strict=True,
        )
    ]  # fmt: skip
    return halladas, int(next(iter(filas["total"]), 0))

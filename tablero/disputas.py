"""En qué enunciados las personas no coinciden, o coinciden y se cuenta otra cosa.

Las filas son las de `codificar_lecturas`, sueltas: recorrerlas como tabla cuesta
cincuenta veces más, y aquí se hace enunciado por enunciado.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd

from datos.codificar import Lectura, Vista
from datos.libros import FACETAS
from tablero.formato import enumerar

Fila = dict[str, Any]
COLUMNAS = [
    "enunciado_id", "libro_id", "codificador_id", "clase", "es_adjudicacion",
    "es_principal", "momento", "version", "que", "valor",
]  # fmt: skip


@dataclass(frozen=True)
class Disputa:
    """Un enunciado por decidir. `comun` es lo que todas pusieron, si coinciden.

    `vista` es la lectura que hoy se cuenta: (codificador, versión), o None.
    """

    enunciado: str
    vista: Vista
    comun: Lectura | None


def filas_sueltas(lecturas: pd.DataFrame) -> list[Fila]:
    """Devuelve las filas con las columnas que aquí se miran."""
    return cast(list[Fila], lecturas[COLUMNAS].to_dict("records"))


def lecturas_de(filas: Sequence[Fila]) -> dict[str, Lectura]:
    """Devuelve cada lectura completa de un enunciado, por codificador."""
    puestos: dict[str, dict[str, list[str]]] = {}
    for fila in filas:
        suyos = puestos.setdefault(str(fila["codificador_id"]), {})
        suyos.setdefault(str(fila["que"]), []).append(str(fila["valor"]))
    lecturas: dict[str, Lectura] = {}
    for quien, de in puestos.items():
        if all(faceta in de for faceta in FACETAS):
            naturaleza, tipo, recurso = (de[faceta][0] for faceta in FACETAS)
            tratados = tuple(sorted(de.get("instrumento", [])))
            lecturas[quien] = Lectura(naturaleza, tipo, recurso, tratados)
    return lecturas


def vista_de(filas: Sequence[Fila]) -> Vista:
    """Devuelve la lectura que hoy se cuenta: (codificador, versión), o None.

    `filas` son las de un enunciado con todas las versiones del libro.
    """
    # Los instrumentos no dicen con qué versión del libro se asignaron.
    return next(
        (
            (str(fila["codificador_id"]), int(fila["version"]))
            for fila in filas
            if fila["es_principal"] and fila["que"] in FACETAS
        ),
        None,
    )


def _disputa(enunciado: str, todas: Sequence[Fila], libro: str) -> Disputa | None:
    suyas = [fila for fila in todas if fila["libro_id"] == libro]
    personas = [fila for fila in suyas if fila["clase"] == "persona"]
    leidas = [fila for fila in personas if not fila["es_adjudicacion"]]
    decididas = [fila["momento"] for fila in personas if fila["es_adjudicacion"]]
    if decididas and not any(f["momento"] > max(decididas) for f in leidas):
        return None
    lecturas = lecturas_de(leidas)
    if len(lecturas) < 2:
        return None
    vista, distintas = vista_de(todas), set(lecturas.values())
    if len(distintas) > 1:
        return Disputa(enunciado, vista, None)
    aqui = vista_de(suyas)
    if aqui and aqui[0] in lecturas:
        return None
    una = next(iter(distintas))
    nota = f"Coinciden {enumerar([f'«{quien}»' for quien in lecturas])}."
    comun = Lectura(una.naturaleza, una.tipo, una.recurso, una.instrumentos, nota)
    return Disputa(enunciado, vista, comun)


def disputas(lecturas: pd.DataFrame, libro: str) -> list[Disputa]:
    """Devuelve lo que falta decidir con un libro, en el orden de `codificar_lecturas`.

    Las columnas son las de esa consulta. Lo que una persona ya adjudicó no entra,
    salvo que después alguien lo haya leído o cambiado su lectura.
    """
    por_enunciado: dict[str, list[Fila]] = {}
    for fila in filas_sueltas(lecturas):
        por_enunciado.setdefault(str(fila["enunciado_id"]), []).append(fila)
    halladas = (_disputa(clave, filas, libro) for clave, filas in por_enunciado.items())
    return [d for d in halladas if d is not None]

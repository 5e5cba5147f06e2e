"""En qué enunciados las personas no coinciden, o coinciden y se cuenta otra cosa."""

from dataclasses import dataclass

import pandas as pd

from datos.codificar import Lectura, Vista
from datos.libros import FACETAS
from tablero.formato import enumerar


@dataclass(frozen=True)
class Disputa:
    """Un enunciado por decidir. `comun` es lo que todas pusieron, si coinciden.

    `vista` es la lectura que hoy se cuenta: (codificador, versión), o None.
    """

    enunciado: str
    vista: Vista
    comun: Lectura | None


def lecturas_de(suyas: pd.DataFrame) -> dict[str, Lectura]:
    """Devuelve cada lectura completa de un enunciado, por codificador."""
    lecturas: dict[str, Lectura] = {}
    for quien, filas in suyas.groupby("codificador_id", sort=False):
        puestos = {
            que: filas[filas["que"] == que]["valor"].tolist()
            for que in (*FACETAS, "instrumento")
        }
        if all(puestos[f] for f in FACETAS):
            naturaleza, tipo, recurso = (str(puestos[f][0]) for f in FACETAS)
            lecturas[str(quien)] = Lectura(
                naturaleza, tipo, recurso, tuple(sorted(puestos["instrumento"]))
            )
    return lecturas


def vista_de(suyas: pd.DataFrame) -> Vista:
    """Devuelve la lectura que hoy se cuenta: (codificador, versión), o None.

    `suyas` son las de un enunciado con todas las versiones del libro.
    """
    # Los instrumentos no dicen con qué versión del libro se asignaron.
    contadas = suyas[suyas["es_principal"] & suyas["que"].isin(FACETAS)]
    if contadas.empty:
        return None
    fila = contadas.iloc[0]
    return str(fila["codificador_id"]), int(fila["version"])


def _disputa(enunciado: str, todas: pd.DataFrame, libro: str) -> Disputa | None:
    suyas = todas[todas["libro_id"] == libro]
    personas = suyas[suyas["clase"] == "persona"]
    decide = personas["es_adjudicacion"].astype(bool)
    leidas, decididas = personas[~decide], personas[decide]
    if len(decididas) and not (leidas["momento"] > decididas["momento"].max()).any():
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
    halladas = (
        _disputa(str(enunciado), suyas, libro)
        for enunciado, suyas in lecturas.groupby("enunciado_id", sort=False)
    )
    return [d for d in halladas if d is not None]

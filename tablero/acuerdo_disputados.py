"""Los enunciados en que un par no coincide, y a dónde lleva cada uno."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from consultas.seleccion import Seleccion
from tablero import hojas
from tablero.codifica_facetas import libro_que_rige
from tablero.conexion import preguntar
from tablero.descargas import descargas
from tablero.exportar import Cuadro
from tablero.formato import contar, numero
from tablero.significados import SIGNIFICADOS
from tablero.tabla import Celda, Columna, Parte, dibujar

Valores = tuple[str, str]


@dataclass(frozen=True)
class Comparados:
    """Dos codificadores en una faceta: en cuántos enunciados puso cada cual cada valor.

    Un valor es un código, o claves de instrumentos separadas por un espacio; `nombres`
    dice cómo se leen. `hace` es lo que corresponde a la clase: entre personas,
    «adjudicar»; entre modelos, «abrir».
    """

    faceta: str
    una: str
    otra: str
    cuantos: Mapping[Valores, int]
    nombres: Mapping[str, str]
    hace: str

    def nombre(self, valor: str) -> str:
        """Devuelve cómo se lee un valor."""
        suyos = sorted(self.nombres.get(v, v) for v in valor.split())
        return ", ".join(suyos) or "ninguno"


def disputados(
    que: Comparados, solo: Valores | None, elegida: Seleccion, aparte: str
) -> None:
    """Lista los desacuerdos; lo que allá no hay que decidir lleva a su ficha.

    `solo` acota a los que una y otra codificaron así.
    """
    cuantos = sum(
        n for par, n in que.cuantos.items() if par[0] != par[1] and solo in (None, par)
    )
    if not cuantos:
        return
    cuales = hojas.hoja(cuantos, "disputados")
    de_una, de_otra = solo or (None, None)
    lista = preguntar(
        "acuerdo_disputas", elegida, libro=libro_que_rige(), faceta=que.faceta,
        una=que.una, otra=que.otra, de_una=de_una, de_otra=de_otra,
        desde=cuales.start, limite=cuales.stop,
    )  # fmt: skip
    dichos = [
        (texto, que.nombre(a), que.nombre(b))
        for texto, a, b in zip(
            lista["texto"], lista["puso_una"], lista["puso_otra"], strict=True
        )
    ]
    titulos = ("Enunciado", que.una, que.otra)
    dibujar(
        [Columna("", titulos[0], ancho="50%"), *(Columna("", t) for t in titulos[1:])],
        _filas(que, lista, dichos),
        f"En disputa: {contar(cuantos, 'enunciado', 'enunciados')}."
        f" {_que_hacer(que, lista)}",
        "disputados",
    )
    if solo:
        dicho = que.nombre(solo[0]), que.nombre(solo[1])
        aparte += f", donde «{que.una}» puso «{dicho[0]}» y «{que.otra}», «{dicho[1]}»"
    aparte += hojas.de_la_hoja(cuales, cuantos)
    descargas(
        Cuadro(titulos, tuple(dichos)),
        ((titulos[0], SIGNIFICADOS["texto"]),
         *((t, f"Lo que puso «{t}».") for t in titulos[1:])),
        "acuerdo_disputas", elegida, aparte,
    )  # fmt: skip


def _filas(
    que: Comparados, lista: pd.DataFrame, dichos: list[tuple[str, str, str]]
) -> list[tuple[list[Celda], str]]:
    filas = []
    for clave, falta, (texto, a, b) in zip(
        lista["enunciado_id"], lista["por_decidir"], dichos, strict=True
    ):
        hace = "adjudicar" if falta and que.hace == "adjudicar" else "abrir"
        primera = Parte(texto, clave, hace=hace)
        filas.append(([Celda((p,)) for p in (primera, Parte(a), Parte(b))], ""))
    return filas


def _que_hacer(que: Comparados, lista: pd.DataFrame) -> str:
    if que.hace != "adjudicar":
        return "Pulse uno para leerlo."
    faltan = int(lista["faltan"][0])
    return (
        f"Por decidir: {numero(faltan)}. Pulse uno para decidirlo; si ya lo está,"
        " leerlo."
    )

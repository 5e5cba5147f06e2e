"""Lo que la página de acuerdo muestra primero: las cifras de cada faceta."""

from collections import Counter
from functools import lru_cache

import pandas as pd
import streamlit as st

from consultas.seleccion import Seleccion
from tablero.acuerdo_avisos import sin_comunes
from tablero.acuerdo_cifras import NO_CALCULABLE, alfa, intervalo, valor
from tablero.codifica_facetas import libro_que_rige
from tablero.codifica_puestas import VALORES
from tablero.conexion import edicion, preguntar
from tablero.estado import ir, seleccion
from tablero.fiabilidad import Acuerdo, Lecturas, acuerdo, en_palabras
from tablero.tabla import Columna, mostrar

# Las facetas se calculan aparte; los instrumentos, como conjuntos.
INSTRUMENTO = "instrumento"
SIN_CODIGO = "-"


@lru_cache(maxsize=16)
def _leidas(
    edicion: int, clase: str, elegida: Seleccion, libro: str
) -> dict[str, Lecturas]:
    """Reparte por faceta lo que se puso, y cuenta juntos los que quedaron iguales."""
    filas = preguntar("acuerdo_patrones", elegida, clase=clase, libro=libro)
    cuantas: dict[str, Counter[tuple[tuple[str, str], ...]]]
    cuantas = {faceta: Counter() for faceta in VALORES}
    for juego, n in zip(filas["juego"], filas["enunciados"].tolist(), strict=True):
        lecturas = [lectura.split(" ", len(VALORES)) for lectura in juego]
        for lugar, faceta in enumerate(VALORES, start=1):
            # Quien leyó y no halló instrumentos no tiene ese trozo: puso ninguno.
            puestos = ((trozos[0], "".join(trozos[lugar : lugar + 1])) for trozos in
                       lecturas)  # fmt: skip
            suyos = tuple(par for par in puestos if par[1] != SIN_CODIGO)
            cuantas[faceta][suyos] += n
    return {
        faceta: [(dict(suyos), n) for suyos, n in de.items()]
        for faceta, de in cuantas.items()
    }


def lecturas(clase: str, faceta: str, elegida: Seleccion, libro: str) -> Lecturas:
    """Devuelve qué puso en una faceta cada codificador de una clase, y cuántas veces.

    Sin adjudicaciones y con una sola versión del libro. Un valor es un código o, en
    instrumentos, las claves de los que puso, separadas por un espacio: pueden no ser
    ninguna, que leer y no hallar también es una respuesta.
    """
    return _leidas(edicion(), clase, elegida, libro)[faceta]


@lru_cache(maxsize=64)
def medido(
    edicion: int, clase: str, faceta: str, elegida: Seleccion, libro: str
) -> Acuerdo:
    """Mide el acuerdo de una faceta, una vez por edición: remuestrear tarda."""
    leidas = lecturas(clase, faceta, elegida, libro)
    if faceta == INSTRUMENTO:
        leidas = [
            ({quien: frozenset(str(v).split()) for quien, v in suyas.items()}, n)
            for suyas, n in leidas
        ]
    return acuerdo(leidas)


def de_dialogo(elegida: Seleccion) -> Seleccion:
    """Devuelve la selección con los únicos filtros que aquí cuentan.

    Mover otro no mide de nuevo, y las descargas no dicen filtros que no acotaron.
    """
    return Seleccion(
        region=elegida.region,
        anio=elegida.anio,
        dialogo=elegida.dialogo,
        tema=elegida.tema,
        ficticio=elegida.ficticio,
    )


def resumen(clase: str) -> None:
    """Muestra una fila por faceta con sus cifras, y avisa de lo que no prueban."""
    elegida, libro = de_dialogo(seleccion()), libro_que_rige()
    hechos = {
        faceta: medido(edicion(), clase, faceta, elegida, libro) for faceta in VALORES
    }
    if not any(hecho.unidades for hecho in hechos.values()):
        sin_comunes(clase)
    datos = pd.DataFrame(
        [
            {
                "faceta": rotulo,
                "unidades": hechos[faceta].unidades,
                "codificadores": hechos[faceta].codificadores,
                "observado": valor(hechos[faceta].observado),
                "alfa": alfa(hechos[faceta].alfa),
                "intervalo": intervalo(hechos[faceta]),
                "ac1": valor(hechos[faceta].ac1),
                "palabras": en_palabras(hechos[faceta]),
            }
            for faceta, rotulo in VALORES.items()
        ]
    )
    mostrar(
        datos,
        [
            Columna("faceta", "Faceta"),
            Columna("unidades", "Enunciados con dos lecturas"),
            Columna("codificadores", "Codificadores"),
            Columna("observado", "Acuerdo observado", NO_CALCULABLE, decimales=3),
            Columna("alfa", "Alfa de Krippendorff", NO_CALCULABLE, decimales=3),
            Columna("intervalo", "Intervalo de 95 %"),
            Columna("ac1", "AC1 de Gwet", NO_CALCULABLE, decimales=3),
            Columna("palabras", "Qué permite decir"),
        ],
        "Acuerdo por faceta",
        "acuerdo",
        elegida=elegida,
        aparte=f"lecturas de clase {clase}, libro {libro}",
    )


def celda(valor: str) -> None:
    """Elige la celda de la matriz cuyos enunciados se listan; otra vez, ninguna."""
    igual = st.session_state.get("acuerdo_celda") == valor
    st.session_state["acuerdo_celda"] = "" if igual else valor


def adjudicar(enunciado: str) -> None:
    """Lleva a decidir sobre un enunciado en disputa."""
    ir("codificar", hacer="adjudicar", leer=enunciado)

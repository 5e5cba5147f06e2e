"""Lo que la página de acuerdo muestra primero: las cifras de cada faceta."""

from collections.abc import Hashable
from functools import lru_cache

import pandas as pd
import streamlit as st

from consultas.seleccion import Seleccion
from tablero.acuerdo_avisos import sin_comunes
from tablero.acuerdo_cifras import NO_CALCULABLE, alfa, intervalo, valor
from tablero.codifica_facetas import libro_que_rige
from tablero.codifica_puestas import VALORES, leidas_por
from tablero.conexion import edicion
from tablero.estado import ir, seleccion
from tablero.fiabilidad import Acuerdo, acuerdo, en_palabras
from tablero.tabla import Columna, mostrar

Lecturas = dict[str, dict[str, Hashable]]
# Las facetas se calculan aparte; los instrumentos, como conjuntos.
INSTRUMENTO = "instrumento"


def lecturas(clase: str, faceta: str, elegida: Seleccion, libro: str) -> Lecturas:
    """Devuelve, por enunciado y codificador de una clase, qué puso en una faceta.

    Sin adjudicaciones y con una sola versión del libro. En instrumentos, un conjunto,
    que puede ser vacío: leer y no hallar ninguno también es una respuesta.
    """
    leidas = leidas_por(clase, elegida)
    suyas = leidas[leidas["libro_id"] == libro]
    puestas: Lecturas = {}
    if faceta == INSTRUMENTO:
        for (enunciado, quien), filas in suyas.groupby(
            ["enunciado_id", "codificador_id"], sort=False
        ):
            valores = filas[filas["que"] == INSTRUMENTO]["valor"].tolist()
            puestas.setdefault(str(enunciado), {})[str(quien)] = frozenset(valores)
        return puestas
    de_la_faceta = suyas[suyas["que"] == faceta]
    for enunciado, quien, nombre in zip(
        de_la_faceta["enunciado_id"],
        de_la_faceta["codificador_id"],
        de_la_faceta["nombre"],
        strict=True,
    ):
        puestas.setdefault(str(enunciado), {})[str(quien)] = str(nombre)
    return puestas


@lru_cache(maxsize=64)
def medido(
    edicion: int, clase: str, faceta: str, elegida: Seleccion, libro: str
) -> Acuerdo:
    """Mide el acuerdo de una faceta, una vez por edición: remuestrear tarda."""
    return acuerdo(lecturas(clase, faceta, elegida, libro))


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

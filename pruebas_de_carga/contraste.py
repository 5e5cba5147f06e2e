"""Pregunta lo mismo a DuckDB y a Spark, y dice en qué difieren las respuestas."""

import time
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pandas as pd
from duckdb import DuckDBPyConnection

from consultas import lector
from consultas.atajos import con_atajos
from consultas.motor_spark import Motor
from datos.base import abrir
from datos.publicar import Publicacion
from pruebas_de_carga.preguntas import CONSULTAS, FIJOS, Pedido, distintos, pedidos

# Una respuesta con más filas no cabe en una pantalla: se acota a un diálogo.
MUCHAS_FILAS = 20_000


@dataclass(frozen=True)
class Pregunta:
    """Una consulta con sus valores, lo que DuckDB respondió y en cuántos segundos."""

    nombre: str
    valores: dict[str, object]
    esperada: pd.DataFrame
    segundos: float


@dataclass(frozen=True)
class Respuesta:
    """Cuándo se preguntó y se respondió (reloj monótono), y qué falló, o vacío."""

    desde: float
    hasta: float
    reparo: str = ""

    @property
    def tardo(self) -> float:
        """Devuelve los segundos de reloj que tardó."""
        return self.hasta - self.desde


def _filas(con: DuckDBPyConnection, nombre: str, valores: dict[str, object]) -> int:
    sql, usados = lector.sql_y_valores(nombre, valores)
    ((filas,),) = con.execute(f"select count(*) from ({sql})", usados).fetchall()
    return int(filas)


def _acotado(con: DuckDBPyConnection, nombre: str, pedido: Pedido) -> Pedido:
    """Devuelve el pedido, o el de un solo diálogo si la respuesta es muy larga."""
    seleccion, otros = pedido
    filas = _filas(con, nombre, lector.valores(nombre, seleccion, **otros))
    if filas <= MUCHAS_FILAS:
        return pedido
    ((uno,),) = con.execute("select max(dialogo_id) from lectura_enunciados").fetchall()
    return replace(seleccion, dialogo=(uno,)), otros


def en_duckdb(base: Path, veces: int) -> list[Pregunta]:
    """Pregunta todo a la base publicada, como lo pregunta el tablero.

    `veces` es cuántas se piden filtros al azar, una o más.
    """
    hechas: list[Pregunta] = []
    pedidas = pedidos(base, veces)
    # Lo demás que piden los fijos es de la muestra: aquí no hallaría nada.
    propios = pedidas[-1][1]
    pedidas[: len(FIJOS)] = [(seleccion, propios) for seleccion in FIJOS]
    with abrir(base) as con:

        @cache
        def apariciones(palabra: str) -> int | None:
            tabla = lector.consultar(con, "palabras_apariciones", {"palabra": palabra})
            (cuantas,) = tabla["apariciones"]
            return None if cuantas is None else int(cuantas)

        for nombre in CONSULTAS:
            suyas = [_acotado(con, nombre, pedido) for pedido in pedidas]
            for valores in distintos(nombre, suyas):
                desde = time.monotonic()
                con_caminos = con_atajos(nombre, valores, apariciones)
                tabla = lector.consultar(con, nombre, con_caminos)
                tardo = time.monotonic() - desde
                hechas.append(Pregunta(nombre, valores, tabla, tardo))
    return hechas


def en_spark(motor: Motor, publicacion: Publicacion, pregunta: Pregunta) -> Respuesta:
    """Pregunta lo mismo a Spark y compara: columnas, tipos, filas y orden."""
    desde = time.monotonic()
    try:
        tabla = motor.consultar(publicacion, pregunta.nombre, pregunta.valores)
    except Exception as error:
        reparo = f"{pregunta.nombre} {pregunta.valores}: {error}"
        return Respuesta(desde, time.monotonic(), reparo)
    hasta = time.monotonic()
    try:
        pd.testing.assert_frame_equal(tabla, pregunta.esperada)
    except AssertionError as error:
        return Respuesta(desde, hasta, f"{pregunta.nombre} {pregunta.valores}: {error}")
    return Respuesta(desde, hasta)

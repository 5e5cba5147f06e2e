"""El producto, por su camino de verdad: sus .sql, su lector, su índice y su escritor.

Sin la memoria de respuestas de `tablero/conexion.py`: aquí cada vez se pregunta.
"""

from collections.abc import Iterable, Sequence
from functools import cache

import pandas as pd
from duckdb import DuckDBPyConnection

from consultas.atajos import con_atajos
from consultas.lector import consultar, valores
from consultas.seleccion import Seleccion
from datos.base import abrir
from pruebas_de_carga.motores.preguntas import (
    NATURALEZA,
    PAGINA,
    PALABRAS,
    TEMA,
    TIPO,
    Consultas,
    Fila,
    Lugar,
)
from tablero import en_sql
from tablero.exportar import SIMPLE

TODO = Seleccion(ficticio=True)
FILTRADA = Seleccion(tema=(str(TEMA),), naturaleza=(NATURALEZA,), ficticio=True)
BUSCADA = Seleccion(buscar=" ".join(PALABRAS), ficticio=True)
DE_UN_TIPO = Seleccion(tipo=(TIPO,), ficticio=True)


class Producto:
    """La base abierta como la abre el tablero."""

    def __init__(self, con: DuckDBPyConnection) -> None:
        """Prepara las preguntas sobre una conexión abierta."""
        self.con = con
        # Como en el tablero: qué tan repetida es una palabra se pregunta una vez.
        self.apariciones = cache(self._apariciones)
        self.preguntas: Consultas = {
            "temas_tipos": lambda: (self._preguntar("temas_tipos"),),
            "filtrada": lambda: (self._preguntar("temas_tipos", FILTRADA),),
            "facetas": lambda: (
                self._preguntar("tipos_naturalezas"),
                self._preguntar("temas_naturalezas"),
            ),
            "grupos_tipos": lambda: (self._preguntar("grupos_tipos"),),
            "instrumentos": lambda: (self._preguntar("instrumentos_naturalezas"),),
            "pares": lambda: (self._preguntar("mesas_coincidencia", filas="tipo"),),
            "anios_tipos": lambda: (self._preguntar("anios_tipos"),),
            "regiones": lambda: (self._preguntar("regiones_recuento"),),
            "buscar": self._buscar,
            "exportar": self._exportar,
        }

    def _preguntar(
        self, nombre: str, seleccion: Seleccion = TODO, **otros: object
    ) -> pd.DataFrame:
        enlazados = valores(nombre, seleccion, **otros)
        marcados = con_atajos(nombre, enlazados, self.apariciones)
        return consultar(self.con, nombre, marcados)

    def _apariciones(self, palabra: str) -> int | None:
        pedido: dict[str, object] = {"palabra": palabra}
        (cuantas,) = consultar(self.con, "palabras_apariciones", pedido)["apariciones"]
        return None if cuantas is None else int(cuantas)

    def _buscar(self) -> tuple[pd.DataFrame, ...]:
        cifras = self._preguntar("resumen_cifras", BUSCADA)
        pagina = self._preguntar(
            "enunciados_lista", BUSCADA, orden="documento", descendente=False, desde=0,
            limite=PAGINA,
        )  # fmt: skip
        return pd.DataFrame({"enunciados": [cifras["enunciados"].sum()]}), pagina

    def _exportar(self) -> tuple[bytes]:
        nombre = "enunciados_api"
        pedido = valores(nombre, DE_UN_TIPO)
        return (b"".join(en_sql.csv(self.con, nombre, pedido, SIMPLE)),)

    def filas(self, tabla: object, columnas: Sequence[str]) -> Iterable[Fila]:
        """Devuelve las filas de un DataFrame."""
        assert isinstance(tabla, pd.DataFrame)
        return tabla[list(columnas)].itertuples(index=False, name=None)


def abrir_en(lugar: Lugar) -> Producto:
    """Abre la base por donde la abre el tablero, para leer."""
    return Producto(abrir(lugar.base))

"""La base abierta del proceso y las preguntas que se le hacen."""

import pickle
from functools import cache, lru_cache

import pandas as pd
from duckdb import DuckDBPyConnection

from consultas.lector import consultar, valores
from consultas.seleccion import Seleccion
from datos.base import abrir
from datos.ubicacion import ruta_base

# Planificar una consulta cuesta unos 10 ms de CPU; repetir la respuesta, nada. La base
# está abierta en solo lectura: mientras dure el proceso, la respuesta no cambia.
RESPUESTAS_EN_MEMORIA = 512
PROTOCOLO = pickle.HIGHEST_PROTOCOL


@cache
def conexion() -> DuckDBPyConnection:
    """Abre la base una vez por proceso; si no existe, la construye."""
    return abrir(ruta_base())


@lru_cache(maxsize=RESPUESTAS_EN_MEMORIA)
def _responder(nombre: str, enlazados: tuple[tuple[str, object], ...]) -> bytes:
    # En bytes y no como tablas: Streamlit recorre todos los objetos vivos tras cada
    # vuelta, y una tabla guardada son decenas, más una referencia por cada uso.
    return pickle.dumps(consultar(conexion(), nombre, dict(enlazados)), PROTOCOLO)


def preguntar(
    nombre: str, seleccion: Seleccion | None = None, **otros: object
) -> pd.DataFrame:
    """Responde `consultas/<nombre>.sql` para una selección; la tabla es de quien llama.

    Dos selecciones que la consulta no distingue comparten la respuesta en memoria.
    """
    enlazados = valores(nombre, seleccion or Seleccion(), **otros)
    guardada = _responder(nombre, tuple(enlazados.items()))
    tabla: pd.DataFrame = pickle.loads(guardada)  # noqa: S301  (es de este proceso)
    return tabla

"""La base abierta del proceso y las preguntas que se le hacen."""

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


@cache
def conexion() -> DuckDBPyConnection:
    """Abre la base una vez por proceso; si no existe, la construye."""
    return abrir(ruta_base())


@lru_cache(maxsize=RESPUESTAS_EN_MEMORIA)
def _responder(nombre: str, enlazados: tuple[tuple[str, object], ...]) -> pd.DataFrame:
    return consultar(conexion(), nombre, dict(enlazados))


def preguntar(
    nombre: str, seleccion: Seleccion | None = None, **otros: object
) -> pd.DataFrame:
    """Responde `consultas/<nombre>.sql` para una selección; la tabla es de quien llama.

    Dos selecciones que la consulta no distingue comparten la respuesta en memoria.
    """
    enlazados = valores(nombre, seleccion or Seleccion(), **otros)
    # Copia superficial: pandas 3 copia al escribir, así que nadie altera la de otro.
    return _responder(nombre, tuple(enlazados.items())).copy(deep=False)

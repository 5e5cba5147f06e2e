"""La base abierta del proceso y las preguntas que se le hacen."""

from functools import cache, lru_cache
from typing import cast

import pandas as pd
from duckdb import DuckDBPyConnection

from consultas.lector import consultar
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
def _responder(
    nombre: str, seleccion: Seleccion, otros: tuple[tuple[str, object], ...]
) -> pd.DataFrame:
    return consultar(conexion(), nombre, seleccion, **dict(otros))


def preguntar(
    nombre: str, seleccion: Seleccion | None = None, **otros: object
) -> pd.DataFrame:
    """Responde `consultas/<nombre>.sql` para una selección; la tabla es de quien llama."""
    tabla = _responder(nombre, seleccion or Seleccion(), tuple(sorted(otros.items())))
    # Copia superficial: pandas 3 copia al escribir, así que nadie altera la de otro.
    return cast(pd.DataFrame, tabla.copy(deep=False))

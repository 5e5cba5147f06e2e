"""La base abierta del proceso y las preguntas que se le hacen."""

import pickle
import threading
from functools import cache, lru_cache, partial

import duckdb
import pandas as pd
from duckdb import DuckDBPyConnection

from consultas.atajos import con_atajos
from consultas.lector import consultar, valores
from consultas.seleccion import Seleccion
from datos.base import abrir
from datos.ubicacion import ruta_base

# Planificar una consulta cuesta de 2 a 10 ms de CPU; repetir la respuesta, nada. Cada
# escritura empieza una edición: las respuestas de la anterior ya no se encuentran.
RESPUESTAS_EN_MEMORIA = 512
PROTOCOLO = pickle.HIGHEST_PROTOCOL
EDICION = [0]
CERROJO = threading.Lock()


@cache
def _abierta(vez: int) -> DuckDBPyConnection:
    return abrir(ruta_base(), escribe=True)


_vez = [0]


def conexion() -> DuckDBPyConnection:
    """Abre la base una vez por proceso; si no existe, la construye."""
    with CERROJO:
        return _abierta(_vez[0])


def cerrar() -> None:
    """Cierra la base, si está abierta. La próxima pregunta la abre de nuevo."""
    with CERROJO:
        if _abierta.cache_info().currsize:
            _abierta(_vez[0]).close()
        _abierta.cache_clear()
        _vez[0] += 1
    nueva_edicion()


def edicion() -> int:
    """Devuelve el número de edición de lo que la base dice; sube con cada escritura."""
    return EDICION[0]


def nueva_edicion() -> None:
    """Deja atrás todo lo respondido: la base cambió."""
    EDICION[0] += 1


@lru_cache(maxsize=RESPUESTAS_EN_MEMORIA)
def _responder(
    edicion: int, nombre: str, enlazados: tuple[tuple[str, object], ...]
) -> bytes:
    # En bytes y no como tablas: Streamlit recorre todos los objetos vivos tras cada
    # vuelta, y una tabla guardada son decenas, más una referencia por cada uso.
    try:
        tabla = consultar(conexion(), nombre, dict(enlazados))
    except duckdb.FatalException:
        # El disco se llenó y DuckDB dejó de atender; lo confirmado está en el archivo.
        cerrar()
        tabla = consultar(conexion(), nombre, dict(enlazados))
    return pickle.dumps(tabla, PROTOCOLO)


@lru_cache(maxsize=RESPUESTAS_EN_MEMORIA)
def _contadas(edicion: int, palabra: str) -> int | None:
    tabla = consultar(conexion(), "palabras_apariciones", {"palabra": palabra})
    (cuantas,) = tabla["apariciones"]
    return None if cuantas is None else int(cuantas)


def enlazar(nombre: str, seleccion: Seleccion, **otros: object) -> dict[str, object]:
    """Devuelve los valores que una consulta pide, y por dónde conviene leer."""
    enlazados = valores(nombre, seleccion, **otros)
    return con_atajos(nombre, enlazados, partial(_contadas, edicion()))


def preguntar(
    nombre: str, seleccion: Seleccion | None = None, **otros: object
) -> pd.DataFrame:
    """Responde `consultas/<nombre>.sql` para una selección; la tabla es de quien llama.

    Dos selecciones que la consulta no distingue comparten la respuesta en memoria.
    """
    enlazados = enlazar(nombre, seleccion or Seleccion(), **otros)
    guardada = _responder(edicion(), nombre, tuple(enlazados.items()))
    tabla: pd.DataFrame = pickle.loads(guardada)  # noqa: S301  (es de este proceso)
    return tabla

"""La base abierta del proceso y las preguntas que se le hacen."""

import pickle
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache, lru_cache, partial
from pathlib import Path

import duckdb
import pandas as pd
from duckdb import DuckDBPyConnection

from consultas import motor_spark
from consultas.atajos import con_atajos
from consultas.lector import consultar, valores
from consultas.seleccion import Seleccion
from datos.base import abrir
from datos.errores import ErrorDeDatos
from datos.permisos import motivo_de_copia
from datos.publicar import Publicacion
from datos.ubicacion import ruta_base
from tablero import copia

# Planificar una consulta cuesta de 2 a 10 ms de CPU; repetir la respuesta, nada. Cada
# escritura empieza una edición: las respuestas de la anterior ya no se encuentran.
RESPUESTAS_EN_MEMORIA = 512
PROTOCOLO = pickle.HIGHEST_PROTOCOL
EDICION = [0]
QUE_ESCRIBEN = ("cargar", "codificar", "acuerdo", "seguimiento", "administracion")
HILO = threading.local()
CERROJO = threading.Lock()
# Segundos que se espera a quienes leen o escriben para cambiar el archivo por otro.
ESPERA = 15.0
DESCRIPTORES = Path("/proc/self/fd")
EN_USO = (
    "Alguien está leyendo, bajando o escribiendo, o este equipo no sabe decirlo. No se"
    " cambió nada: inténtelo en un rato, o detenga el tablero y hágalo por la consola."
)


@cache
def _abierta(vez: int) -> DuckDBPyConnection:
    return abrir(ruta_base(), escribe=True)


_vez = [0]


def conexion() -> DuckDBPyConnection:
    """Abre la base una vez por proceso; si no existe, la construye.

    En una copia de lectura, devuelve la última publicación.
    """
    if motivo_de_copia():
        return copia.conexion()
    with CERROJO:
        return _abierta(_vez[0])


def _cerrar() -> None:
    if _abierta.cache_info().currsize:
        # Ocupada en una pregunta de otro hilo, no se deja cerrar: se suelta igual.
        with suppress(duckdb.Error):
            _abierta(_vez[0]).close()
    _abierta.cache_clear()
    _vez[0] += 1


def cerrar() -> None:
    """Cierra la base, si está abierta. La próxima pregunta la abre de nuevo."""
    with CERROJO:
        _cerrar()
    copia.soltar()
    nueva_edicion()


@contextmanager
def apartada() -> Iterator[None]:
    """Cierra la base y no deja que nadie la abra mientras dura el bloque.

    Quien llama tiene el turno de escribir. Quien pregunte entretanto espera. Lanza
    ErrorDeDatos si, pasada la espera, alguien la sigue usando: con el archivo cambiado
    por otro, lo que escribiera se perdería.
    """
    with CERROJO:
        limite = time.monotonic() + ESPERA
        while not _suelta():
            if time.monotonic() > limite:
                raise ErrorDeDatos(EN_USO)
            time.sleep(0.05)
        try:
            yield
        finally:
            # Lo que se quitó tampoco queda en la memoria.
            _responder.cache_clear()
            nueva_edicion()


def _suelta() -> bool:
    """Cierra la base, con sus cursores, y dice si ya nadie la usa en este proceso."""
    if _abierta.cache_info().currsize:
        try:
            _abierta(_vez[0]).close()
        except duckdb.Error:
            return False
        _cerrar()
    return not _en_uso()


def _en_uso() -> bool:
    """Dice si este proceso tiene el archivo abierto: un cursor olvidado lo mantiene."""
    base = str(ruta_base().resolve())
    try:
        abiertos = list(DESCRIPTORES.iterdir())
    except FileNotFoundError:
        raise ErrorDeDatos(EN_USO) from None
    for uno in abiertos:
        with suppress(OSError):
            if str(uno.readlink()) == base:
                return True
    return False


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
def _publicada(
    motor: motor_spark.Motor,
    publicacion: Publicacion,
    nombre: str,
    enlazados: tuple[tuple[str, object], ...],
) -> bytes:
    tabla = motor.consultar(publicacion, nombre, dict(enlazados))
    return pickle.dumps(tabla, PROTOCOLO)


def leer_de(pagina: str) -> None:
    """Elige de dónde lee este hilo lo que queda de la vuelta, según su página.

    Las que escriben, de la base: lo recién escrito debe verse, y lo publicado es de
    antes. Las demás, si se pidió Spark, de él, y todo de una misma publicación.
    """
    motor = None if pagina in QUE_ESCRIBEN else motor_spark.del_entorno()
    HILO.de_spark = motor and (motor, motor.publicacion())


def fuente() -> str:
    """Devuelve quién responde a este hilo y de cuándo son los datos, en una frase.

    Vacía si responde la base en que se escribe.
    """
    if de_spark := getattr(HILO, "de_spark", None):
        quien, publicacion = "Respondió Apache Spark", de_spark[1]
    elif leida := copia.leida():
        quien, publicacion = "Copia de lectura", leida
    else:
        return ""
    return f"{quien}, con lo publicado el {publicacion.momento:%d-%m-%Y %H:%M} (UTC)."


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
    elegida = seleccion or Seleccion()
    if de_spark := getattr(HILO, "de_spark", None):
        enlazados = valores(nombre, elegida, **otros)
        guardada = _publicada(*de_spark, nombre, tuple(enlazados.items()))
    else:
        enlazados = enlazar(nombre, elegida, **otros)
        guardada = _responder(edicion(), nombre, tuple(enlazados.items()))
    tabla: pd.DataFrame = pickle.loads(guardada)  # noqa: S301  (es de este proceso)
    return tabla

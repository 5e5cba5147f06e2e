"""Las mismas consultas en Apache Spark, por Spark Connect, sobre lo publicado.

Con TABLERO_MOTOR=spark y TABLERO_SPARK=sc://equipo:15002. Todo lo que Spark pide
distinto que DuckDB se resuelve aquí; lo demás vale igual en los dos.
"""

import os
import re
import socket
import threading
import warnings
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

import pandas as pd

from consultas.lector import NUMEROS, PARAMETRO, texto
from consultas.plazo import Tardanza
from datos.errores import ErrorDeDatos
from datos.publicar import Publicacion, vigente
from datos.ubicacion import ruta_publicaciones

if TYPE_CHECKING:
    from pyspark.sql.connect.session import SparkSession

T = TypeVar("T")
# Segundos: lo que se espera al servidor, en dos partes, y a una respuesta suya. Un
# clúster reparte cada consulta: tarda más que un archivo, aunque sea poco.
ESPERA_PUERTO = 1.5
ESPERA_SALUDO = 3.0
PLAZO = float(os.environ.get("TABLERO_PLAZO_SPARK") or 60)
PUERTO = 15002
# Spark no admite una lista nula sin tipo. Lo que responde con ella es nulo.
EN_LISTA = re.compile(r"array_contains\(:(\w+), [\w.]+\)")
PALABRA = re.compile(r"\w+")
# Un canal compartido recuerda por un segundo que el servidor no estaba.
CANAL_PROPIO = [("grpc.use_local_subchannel_pool", 1)]
TIPOS = {"int32": "INTEGER", "int64": "BIGINT", "double": "DOUBLE", "bool": "BOOLEAN"}


class SinSpark(Tardanza):
    """No se puede leer de Spark; el mensaje dice por qué y qué hacer."""


def en_spark(
    nombre: str, enlazados: dict[str, object]
) -> tuple[str, dict[str, object]]:
    """Devuelve el SQL de una consulta para Spark y los valores que le faltan."""

    def sin_lista(hallada: re.Match[str]) -> str:
        nula = enlazados[hallada[1]] is None
        return "cast(null as boolean)" if nula else hallada[0]

    sql = EN_LISTA.sub(sin_lista, texto(nombre))
    pedidos = {clave: enlazados[clave] for clave in PARAMETRO.findall(sql)}
    # Spark llama struct a una tupla, y lista a una lista.
    return sql, {c: list(v) if isinstance(v, tuple) else v for c, v in pedidos.items()}


def _en_plazo(hacer: Callable[[], T], segundos: float) -> T:
    """Hace algo en otro hilo; lanza TimeoutError si pasa de `segundos`.

    El cliente no tiene plazo propio, y reintenta durante minutos.
    """
    futuro: Future[T] = Future()

    def correr() -> None:
        try:
            futuro.set_result(hacer())
        except BaseException as error:
            futuro.set_exception(error)

    threading.Thread(target=correr, daemon=True).start()
    return futuro.result(timeout=segundos)


def _abrir(url: str) -> "SparkSession":
    """Abre una sesión que reintenta una vez: quien pregunta espera en una pantalla."""
    with warnings.catch_warnings():
        # Avisa de pandas 3; de aquí solo se usan tablas de Arrow.
        warnings.simplefilter("ignore", FutureWarning)
        import pyspark  # noqa: PLC0415  (es un extra: sin él, todo lo demás corre)

        # Busca un Spark entero y, si no lo halla, termina el proceso; aquí no lo hay.
        os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
        from pyspark.sql.connect.client.core import (  # noqa: PLC0415
            DefaultChannelBuilder,
        )
        from pyspark.sql.connect.client.retries import DefaultPolicy  # noqa: PLC0415
        from pyspark.sql.connect.session import SparkSession  # noqa: PLC0415

        canal = DefaultChannelBuilder(url, CANAL_PROPIO)
        sesion = SparkSession.builder.channelBuilder(canal).create()
    sesion.client.set_retry_policies([DefaultPolicy(max_retries=1)])
    # Que conteste. No con `version`: su cerrojo es de todas las sesiones, y un servidor
    # mudo las detendría.
    sesion.conf.get("spark.sql.session.timeZone")
    return sesion


@dataclass(frozen=True)
class Abierta:
    """Una sesión, que lee de una publicación, y las tablas que aún no tienen vista.

    Las vistas temporales son de su sesión: así nunca se mezclan dos publicaciones.
    """

    publicacion: Publicacion
    sesion: "SparkSession"
    sin_vista: dict[str, Path]

    def ver(self, sql: str) -> None:
        """Da su vista a cada tabla que el SQL nombra y no la tiene.

        Spark lee el archivo al dársela: con todas en la primera pregunta, tardaba
        veinte segundos en un clúster de dos núcleos.
        """
        for tabla in self.sin_vista.keys() & set(PALABRA.findall(sql)):
            ruta = str(self.sin_vista[tabla].resolve())
            self.sesion.read.parquet(ruta).createOrReplaceTempView(tabla)
            del self.sin_vista[tabla]


class Motor:
    """Un servidor de Spark Connect y la carpeta de publicaciones que él también ve."""

    def __init__(self, url: str, destino: Path) -> None:
        """Anota dónde están; nada se abre hasta la primera pregunta."""
        self.url = url
        self.destino = destino
        self.cerrojo = threading.Lock()
        self.abierta: Abierta | None = None

    def publicacion(self) -> Publicacion:
        """Devuelve la publicación que rige. Lanza SinSpark si no hay ninguna."""
        try:
            return vigente(self.destino)
        except ErrorDeDatos as error:
            raise SinSpark(str(error)) from error

    def _conectar(self) -> "SparkSession":
        partes = urlsplit(self.url)
        lugar = (partes.hostname or "", partes.port or PUERTO)
        try:
            socket.create_connection(lugar, timeout=ESPERA_PUERTO).close()
            return _en_plazo(lambda: _abrir(self.url), ESPERA_SALUDO)
        except ImportError as error:
            raise SinSpark(
                "Falta el cliente de Spark. Instálelo con: pip install -r"
                " requirements-spark.txt"
            ) from error
        except Exception as error:
            raise SinSpark(
                f"El servidor de Spark ({lugar[0]}:{lugar[1]}) no responde, y estas"
                " páginas leen de él. Cargar, Codificar, Acuerdo y Seguimiento siguen"
                " disponibles; avise a quien administra el tablero."
            ) from error

    def _sesion(self, publicacion: Publicacion, sql: str) -> "SparkSession":
        """Devuelve una sesión que ve las tablas que el SQL nombra."""
        with self.cerrojo:
            abierta = self.abierta
            if not abierta or abierta.publicacion != publicacion:
                abierta = Abierta(publicacion, self._conectar(), publicacion.tablas())
                self.abierta = abierta
            abierta.ver(sql)
            return abierta.sesion

    def _pedir(
        self, publicacion: Publicacion, nombre: str, enlazados: dict[str, object]
    ) -> pd.DataFrame:
        sql, usados = en_spark(nombre, enlazados)
        tabla = self._sesion(publicacion, sql).sql(sql, args=usados).toArrow()
        columnas: dict[str, pd.Series] = {}
        for campo, celdas in zip(tabla.schema, tabla.columns, strict=True):
            tipo = NUMEROS.get(TIPOS.get(str(campo.type), ""))
            es_numero = tipo is not None and not celdas.null_count
            # Como las da DuckDB: una columna de números con nulos llega con None.
            columnas[campo.name] = pd.Series(
                celdas.to_pylist(), dtype=tipo if es_numero else object
            )
        respuesta = pd.DataFrame(columnas)
        respuesta.columns = pd.Index(list(columnas), dtype=object)
        return respuesta

    def consultar(
        self, publicacion: Publicacion, nombre: str, enlazados: dict[str, object]
    ) -> pd.DataFrame:
        """Responde `nombre` sobre una publicación, con las columnas y tipos de DuckDB.

        Si falla, abre otra sesión y pregunta una vez más: el servidor que se reinicia
        olvida las vistas. Lanza SinSpark si no está, y Tardanza si pasa del plazo.
        """
        try:
            try:
                return _en_plazo(
                    lambda: self._pedir(publicacion, nombre, enlazados), PLAZO
                )
            except (ErrorDeDatos, TimeoutError):
                raise
            except Exception:
                with self.cerrojo:
                    self.abierta = None
                return _en_plazo(
                    lambda: self._pedir(publicacion, nombre, enlazados), PLAZO
                )
        except TimeoutError as error:
            raise Tardanza(
                f"Spark tardaba más de {PLAZO:g} s en responder. Acote con los filtros"
                " (un diálogo o un tema) y vuelva a intentarlo."
            ) from error


@cache
def del_entorno() -> Motor | None:
    """Devuelve el motor que pide el entorno, o None si es el de siempre, DuckDB."""
    if os.environ.get("TABLERO_MOTOR", "").strip() != "spark":
        return None
    url = os.environ.get("TABLERO_SPARK", "").strip() or f"sc://127.0.0.1:{PUERTO}"
    return Motor(url, ruta_publicaciones())

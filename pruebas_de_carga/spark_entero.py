"""Un Spark de verdad en este equipo: maestro, trabajadores y Spark Connect encima.

Todo atiende solo en 127.0.0.1, y nada queda en marcha al salir del bloque.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

from pruebas_de_carga.proceso import NoParte, puerto_libre

Proceso: TypeAlias = "subprocess.Popen[bytes]"

AQUI = "127.0.0.1"
TRABAJADORES = 2
ESPERA = 120.0
# De cada ejecutor y del servidor, que junta las respuestas.
MEMORIA = "2g"
CONECTAR = "org.apache.spark.sql.connect.service.SparkConnectServer"
FALTA = (
    "Falta {que}. Esta prueba pide Java 17 o posterior, el cliente (pip install -r"
    " requirements-spark.txt) y un Apache Spark 4.2 entero, en un entorno aparte:"
    " python3 -m venv spark && spark/bin/pip install 'pyspark==4.2.*'. Diga después"
    " dónde quedó, con --spark o SPARK_HOME: spark/lib/python3.*/site-packages/pyspark"
)


class FaltaSpark(Exception):
    """No hay con qué partir un Spark; el mensaje dice qué instalar."""


def hallar(indicada: Path | None) -> Path:
    """Devuelve la carpeta de Spark indicada o, sin ella, la de SPARK_HOME.

    Lanza FaltaSpark, con qué instalar, si ahí no está entero o falta lo demás.
    """
    dicha = indicada or Path(os.environ.get("SPARK_HOME", "").strip() or "no-dicha")
    java = Path(os.environ.get("JAVA_HOME") or "no-dicha") / "bin" / "java"
    entero = (dicha / "bin" / "spark-class").exists()
    if not entero or not list((dicha / "jars").glob("spark-connect_*.jar")):
        donde = f" en {dicha}" if indicada or "SPARK_HOME" in os.environ else ""
        raise FaltaSpark(FALTA.format(que=f"Spark{donde}"))
    if not java.exists() and not shutil.which("java"):
        raise FaltaSpark(FALTA.format(que="Java"))
    if not find_spec("pyspark"):
        raise FaltaSpark(FALTA.format(que="el cliente de Spark"))
    return dicha.resolve()


@dataclass(frozen=True)
class Trabajador:
    """Un trabajador y, en su mismo grupo de procesos, los ejecutores que partió."""

    proceso: Proceso
    carpeta: Path

    def ejecutores(self) -> set[str]:
        """Devuelve los números de sus ejecutores: deja una carpeta por cada uno."""
        return {ruta.name for ruta in self.carpeta.glob("app-*/*") if ruta.is_dir()}

    def matar(self) -> None:
        """Mata al trabajador y a sus ejecutores, sin aviso (SIGKILL)."""
        _matar(self.proceso)


@dataclass(frozen=True)
class Cluster:
    """Un clúster en marcha: dónde se pregunta, y dónde se ve qué hace."""

    url: str
    maestro: str
    panel: str
    trabajadores: tuple[Trabajador, ...]

    def vivos(self) -> int:
        """Devuelve cuántos trabajadores cuenta el maestro."""
        return int(_leer(f"{self.maestro}/json/")["aliveworkers"])

    def tareas(self) -> dict[str, int]:
        """Devuelve cuántas tareas hace ahora cada ejecutor vivo, por su número."""
        (aplicacion,) = _leer(f"{self.panel}/api/v1/applications")
        vistos = _leer(f"{self.panel}/api/v1/applications/{aplicacion['id']}/executors")
        return {
            v["id"]: v["activeTasks"]
            for v in vistos
            if v["isActive"] and v["id"] != "driver"
        }

    def matar_uno_ocupado(self, espera: float) -> tuple[float, int]:
        """Mata al primer trabajador que esté haciendo tareas.

        Devuelve cuándo, en el reloj monótono, y cuántas hacía: 0 si en `espera`
        segundos no se vio a ninguno ocupado, y se mató al primero.
        """
        limite = time.monotonic() + espera
        while True:
            tareas = self.tareas()
            for uno in self.trabajadores:
                hacia = sum(tareas.get(numero, 0) for numero in uno.ejecutores())
                if hacia or time.monotonic() > limite:
                    momento = time.monotonic()
                    uno.matar()
                    return momento, hacia


def _leer(url: str) -> Any:  # noqa: ANN401  (lo que diga el JSON de Spark)
    with urllib.request.urlopen(url, timeout=10) as respuesta:
        return json.load(respuesta)


def _matar(proceso: Proceso) -> None:
    with suppress(ProcessLookupError):
        os.killpg(proceso.pid, signal.SIGKILL)
    proceso.wait()


@contextmanager
def _lanzado(orden: Sequence[str], spark: Path, carpeta: Path) -> Iterator[Proceso]:
    """Mantiene un proceso de Spark, y los que él parta, mientras dure el bloque."""
    carpeta.mkdir()
    # Lo del equipo no se mezcla: ni otra configuración ni la clave de otro servidor.
    entorno = {c: v for c, v in os.environ.items() if not c.startswith("SPARK_")}
    entorno |= {
        "SPARK_HOME": str(spark),
        "SPARK_CONF_DIR": str(carpeta),
        "SPARK_LOCAL_IP": AQUI,
        "SPARK_LOCAL_DIRS": str(carpeta),
        "SPARK_DAEMON_JAVA_OPTS": "-Dspark.master.rest.enabled=false",
    }
    with (carpeta / "salida.log").open("wb") as salida:
        # En un grupo propio: los ejecutores quedan en el del trabajador que los parte.
        proceso = subprocess.Popen(
            ["bash", *orden], cwd=carpeta, env=entorno, stdout=salida,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        yield proceso
    finally:
        _matar(proceso)


def _esperar(listo: Callable[[], bool], proceso: Proceso, carpeta: Path) -> None:
    """Espera a que algo esté listo. Lanza NoParte con lo último que dijo el proceso."""
    limite = time.monotonic() + ESPERA
    while True:
        with suppress(urllib.error.URLError, OSError, ValueError):
            if listo():
                return
        if proceso.poll() is not None or time.monotonic() > limite:
            dicho = (carpeta / "salida.log").read_text("utf-8", errors="replace")
            raise NoParte(f"No partió Spark:\n{dicho[-3000:]}")
        time.sleep(0.2)


def _atiende(puerto: int) -> bool:
    with socket.socket() as enchufe:
        return enchufe.connect_ex((AQUI, puerto)) == 0


@contextmanager
def cluster(spark: Path, carpeta: Path) -> Iterator[Cluster]:
    """Mantiene un clúster de dos trabajadores, de un núcleo cada uno.

    `spark` es lo que devuelve `hallar`; en `carpeta` quedan sus archivos y lo que
    dicen. Lanza NoParte si no parte.
    """
    clase, enviar = (str(spark / "bin" / f"spark-{n}") for n in ("class", "submit"))
    puerto, web, conectar, panel = (puerto_libre() for _ in range(4))
    lugar = f"spark://{AQUI}:{puerto}"
    ajustes = {
        "spark.driver.host": AQUI, "spark.driver.bindAddress": AQUI,
        "spark.driver.memory": MEMORIA, "spark.executor.memory": MEMORIA,
        "spark.executor.cores": "1", "spark.ui.port": str(panel),
        "spark.connect.grpc.binding.address": AQUI,
        "spark.connect.grpc.binding.port": str(conectar),
        # Repartir en 200, lo que trae, es para cientos de núcleos.
        "spark.sql.shuffle.partitions": str(2 * TRABAJADORES),
    }  # fmt: skip
    with ExitStack() as pila:
        maestro = pila.enter_context(_lanzado(
            [clase, "org.apache.spark.deploy.master.Master", "--host", AQUI, "--port",
             str(puerto), "--webui-port", str(web)], spark, carpeta / "maestro",
        ))  # fmt: skip
        _esperar(lambda: _atiende(puerto), maestro, carpeta / "maestro")
        trabajadores = []
        for numero in range(TRABAJADORES):
            suya = carpeta / f"trabajador-{numero + 1}"
            proceso = pila.enter_context(_lanzado(
                [clase, "org.apache.spark.deploy.worker.Worker", "--host", AQUI,
                 "--cores", "1", "--memory", MEMORIA, "--webui-port", "0",
                 "--work-dir", str(suya / "obra"), lugar], spark, suya,
            ))  # fmt: skip
            trabajadores.append(Trabajador(proceso, suya / "obra"))
        servidor = pila.enter_context(_lanzado(
            [enviar, "--class", CONECTAR, "--master", lugar,
             *(f"--conf={clave}={valor}" for clave, valor in ajustes.items())],
            spark, carpeta / "servidor",
        ))  # fmt: skip
        hecho = Cluster(
            f"sc://{AQUI}:{conectar}", f"http://{AQUI}:{web}", f"http://{AQUI}:{panel}",
            tuple(trabajadores),
        )  # fmt: skip
        _esperar(
            lambda: _atiende(conectar) and len(hecho.tareas()) == TRABAJADORES,
            servidor, carpeta / "servidor",
        )  # fmt: skip
        yield hecho

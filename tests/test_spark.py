"""Spark responde lo mismo que DuckDB a cada consulta, sobre lo publicado."""

import importlib.util
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest

from consultas import lector, motor_spark
from consultas.motor_spark import Motor, SinSpark, en_spark
from consultas.seleccion import Seleccion
from datos.base import abrir
from datos.publicar import Publicacion, publicar
from pruebas_de_carga.preguntas import CONSULTAS, OTROS, distintos, pedidos
from pruebas_de_carga.sintetico.generar import generar
from tablero import conexion
from tablero.paginas import POR_NOMBRE
from tests.conftest import puerto_libre
from tests.test_paginas import abrir as abrir_pagina
from tests.test_paginas import html

sin_spark = pytest.mark.skipif(
    not all(map(importlib.util.find_spec, ("pyspark", "pysail"))),
    reason="Falta Sail o el cliente de Spark: pip install -r requirements-dev.txt",
)
# El cliente avisa, desde otro hilo, cada vez que deja de reintentar.
pytestmark = pytest.mark.filterwarnings("ignore:.*RETRIES_EXCEEDED:UserWarning")
ENUNCIADOS = 2_000
SERVIR = """
import sys
from pysail.spark import SparkConnectServer
SparkConnectServer("127.0.0.1", int(sys.argv[1])).start(background=False)
"""
# Cuántas veces se le pregunta lo mismo a cada base, cada vez con otros valores.
VECES = int(os.environ.get("VECES_DE_SPARK", "4"))


@contextmanager
def sail(puerto: int) -> Iterator[subprocess.Popen[bytes]]:
    """Mantiene en marcha un servidor de Spark Connect, solo en este equipo."""
    proceso = subprocess.Popen(
        [sys.executable, "-c", SERVIR, str(puerto)],
        # En una parte: en varias, Sail no sabe ordenar por una columna que un filtro
        # deja con un solo valor. Spark sí.
        env={
            **os.environ,
            "RUST_LOG": "error",
            "SAIL_EXECUTION__DEFAULT_PARALLELISM": "1",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            with socket.socket() as enchufe:
                if enchufe.connect_ex(("127.0.0.1", puerto)) == 0:
                    break
            time.sleep(0.1)
        yield proceso
    finally:
        proceso.kill()
        proceso.wait()


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Un servidor de Spark Connect: Sail o, si se dice dónde está, Spark de verdad."""
    if de_verdad := os.environ.get("SPARK_DE_PRUEBA"):
        yield de_verdad
        return
    puerto = puerto_libre()
    with sail(puerto):
        yield f"sc://127.0.0.1:{puerto}"


@pytest.fixture(scope="module")
def bases(base_muestra: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    carpeta = tmp_path_factory.mktemp("spark")
    return [base_muestra, generar(carpeta / "sintetica.duckdb", ENUNCIADOS)]


@pytest.fixture(scope="module")
def motores(
    url: str, bases: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[Motor, Path]]:
    """Un motor sobre lo publicado de cada base, y la base de la que salió."""
    pares = []
    for base in bases:
        destino = tmp_path_factory.mktemp("publicado")
        publicar(base, destino)
        pares.append((Motor(url, destino), base))
    return pares


@sin_spark
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("nombre", CONSULTAS)
def test_spark_y_duckdb_responden_lo_mismo(
    motores: list[tuple[Motor, Path]], nombre: str
) -> None:
    for motor, base in motores:
        with abrir(base) as con:
            for valores in distintos(nombre, pedidos(base, VECES)):
                pd.testing.assert_frame_equal(
                    motor.consultar(motor.publicacion(), nombre, valores),
                    lector.consultar(con, nombre, valores),
                    obj=f"{nombre} {valores}",
                )


@sin_spark
def test_una_publicacion_nueva_se_lee_sin_reiniciar(
    url: str, base_muestra: Path, bases: list[Path], tmp_path: Path
) -> None:
    motor = Motor(url, tmp_path)
    valores = lector.valores("resumen_cifras", Seleccion(ficticio=True))
    antes, despues = (
        motor.consultar(publicar(base, tmp_path), "resumen_cifras", valores)
        for base in bases
    )
    assert despues["enunciados"].sum() > antes["enunciados"].sum() + ENUNCIADOS / 2


@sin_spark
def test_un_servidor_que_se_reinicia_recupera_sus_vistas(
    base_muestra: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # La clave del Spark de verdad, si se prueba con él: Sail no la entiende.
    monkeypatch.delenv("SPARK_CONNECT_AUTHENTICATE_TOKEN", raising=False)
    publicacion = publicar(base_muestra, tmp_path)
    puerto = puerto_libre()
    motor = Motor(f"sc://127.0.0.1:{puerto}", tmp_path)
    valores = lector.valores("temas_tipos", Seleccion())
    with sail(puerto):
        antes = motor.consultar(publicacion, "temas_tipos", valores)
    with pytest.raises(SinSpark):
        motor.consultar(publicacion, "temas_tipos", valores)
    with sail(puerto):
        despues = motor.consultar(publicacion, "temas_tipos", valores)
    pd.testing.assert_frame_equal(antes, despues)


@sin_spark
@pytest.mark.parametrize("atiende", [False, True])
def test_un_cluster_que_no_responde_se_dice_pronto_y_con_claridad(
    atiende: bool, base_muestra: Path, tmp_path: Path
) -> None:
    publicacion = publicar(base_muestra, tmp_path)
    with socket.socket() as mudo:
        mudo.bind(("127.0.0.1", 0))
        if atiende:
            # Acepta y calla, como un servidor detenido a medias.
            mudo.listen()
        motor = Motor(f"sc://127.0.0.1:{mudo.getsockname()[1]}", tmp_path)
        desde = time.monotonic()
        with pytest.raises(SinSpark, match="no responde, y estas páginas leen de él"):
            motor.consultar(
                publicacion, "temas_tipos", lector.valores("temas_tipos", Seleccion())
            )
        assert time.monotonic() - desde < 2 * (
            motor_spark.ESPERA_PUERTO + motor_spark.ESPERA_SALUDO
        )


@pytest.fixture
def con_spark(
    copia_muestra: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Callable[[str], Publicacion]]:
    """Las páginas, en este proceso, con Spark por motor; hay que decirle dónde está."""

    def pedir(url: str) -> Publicacion:
        for clave, valor in {
            "BD": copia_muestra, "MOTOR": "spark", "SPARK": url,
            "PUBLICACIONES": tmp_path,
        }.items():  # fmt: skip
            monkeypatch.setenv(f"TABLERO_{clave}", str(valor))
        motor_spark.del_entorno.cache_clear()
        conexion.cerrar()
        return publicar(copia_muestra, tmp_path)

    yield pedir
    monkeypatch.undo()
    motor_spark.del_entorno.cache_clear()
    conexion.leer_de("")
    conexion.cerrar()


@sin_spark
def test_la_pagina_dice_que_respondio_spark_y_con_datos_de_cuando(
    con_spark: Callable[[str], Publicacion], url: str
) -> None:
    publicacion = con_spark(url)
    dicho = f"Spark, con lo publicado el {publicacion.momento:%d-%m-%Y %H:%M} (UTC)."
    pagina = abrir_pagina("temas")
    assert not pagina.exception
    assert dicho in html(pagina)
    # La que escribe lee de la base, y no dice otra cosa.
    assert "Spark" not in html(abrir_pagina("acuerdo"))


def test_sin_el_cluster_las_paginas_que_escriben_siguen(
    con_spark: Callable[[str], Publicacion],
) -> None:
    con_spark(f"sc://127.0.0.1:{puerto_libre()}")
    pagina = abrir_pagina("temas")
    assert pagina.exception, "leyó de otra parte"
    for nombre in conexion.QUE_ESCRIBEN:
        pagina = pagina.switch_page(str(POR_NOMBRE[nombre].ruta)).run()
        assert not pagina.exception, nombre


def test_sin_nada_publicado_se_dice_como_publicar(tmp_path: Path) -> None:
    with pytest.raises(SinSpark, match=r"python -m datos\.publicar"):
        Motor("sc://127.0.0.1:1", tmp_path).publicacion()


def test_los_valores_solo_se_enlazan_tambien_en_spark() -> None:
    malo = Seleccion(tipo=("PERT') or 1=1 --",), buscar="'; drop table enunciados; --")
    sql, usados = en_spark("enunciados_lista", lector.valores(
        "enunciados_lista", malo, **OTROS))  # fmt: skip
    assert "1=1" not in sql and "drop" not in sql
    assert usados["tipo"] == ["PERT') or 1=1 --"]
    assert ":mesa, " not in sql and "mesa" in usados

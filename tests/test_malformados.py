"""Ningún archivo roto u hostil pasa, revienta ni gasta más de lo que se le da."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.malformados import Resultado, casos, guardar

RAIZ = Path(__file__).parent.parent
CASOS_MINIMOS = 170
SEGUNDOS_CPU = 5.0
MEGAS = 300.0
HUELLAS_DE_PROGRAMA = re.compile(r"Traceback|Error\b|Exception|\.py\b|0x[0-9a-f]{6}")


@pytest.fixture(scope="module")
def carpeta(tmp_path_factory: pytest.TempPathFactory) -> Path:
    destino = tmp_path_factory.mktemp("malformados")
    guardar(destino)
    return destino


@pytest.fixture(scope="module")
def resultados(carpeta: Path) -> list[Resultado]:
    # Dos a la vez: cada uno mide solo a sus propios procesos.
    orden = [sys.executable, "-m", "tests.malformados", str(carpeta)]
    medidores = [
        subprocess.Popen([*orden, str(cual), "2"], cwd=RAIZ, stdout=subprocess.PIPE)
        for cual in (0, 1)
    ]
    salidas = [medidor.communicate(timeout=120)[0] for medidor in medidores]
    assert [medidor.returncode for medidor in medidores] == [0, 0]
    return [Resultado(**uno) for salida in salidas for uno in json.loads(salida)]


def test_hay_casos_de_sobra_y_son_los_mismos_cada_vez(carpeta: Path) -> None:
    todos = casos()
    repetidos = Counter(caso.nombre for caso in todos)
    assert len(todos) >= CASOS_MINIMOS
    assert [nombre for nombre, veces in repetidos.items() if veces > 1] == []
    distintos = [
        caso.nombre
        for numero, caso in enumerate(todos)
        if caso.contenido != (carpeta / f"{numero}.bin").read_bytes()
    ]
    # El cifrado de un PDF lleva azar adentro.
    assert [nombre for nombre in distintos if "PDF" not in nombre] == []


def test_cada_caso_se_lee_o_se_rechaza_como_se_espera(
    resultados: list[Resultado],
) -> None:
    malos = [
        (uno.nombre, uno.espera, uno.mensaje)
        for uno in resultados
        if (uno.espera is None) != (uno.mensaje is None)
        or (uno.espera and not re.search(uno.espera, uno.mensaje or ""))
    ]
    assert malos == []


def test_todo_fallo_es_una_falta_dicha_para_una_persona(
    resultados: list[Resultado],
) -> None:
    assert [uno for uno in resultados if uno.inesperado] == []
    mensajes = [uno.mensaje for uno in resultados if uno.mensaje]
    assert [m for m in mensajes if HUELLAS_DE_PROGRAMA.search(m)] == []
    assert [m for m in mensajes if len(m) > 400 or m.count("\n") != 1] == []


def test_ninguna_lectura_gasta_mas_de_lo_que_se_le_da(
    resultados: list[Resultado],
) -> None:
    cpu = max(resultados, key=lambda uno: uno.cpu)
    # La memoria es acumulada: el primero que llega al máximo es el que lo puso.
    memoria = max(resultados, key=lambda uno: uno.memoria)
    peores = (
        f"procesador {cpu.cpu:.2f} s ({cpu.nombre}); "
        f"memoria {memoria.memoria:.0f} MB ({memoria.nombre})"
    )
    # El reloj no: en un equipo ocupado no dice nada de quien lee.
    assert cpu.cpu <= SEGUNDOS_CPU and memoria.memoria <= MEGAS, peores
    # Si nada pasara de lo que gasta quien mide, la medida no mediría.
    assert memoria.memoria > 100, peores

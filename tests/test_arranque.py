"""Con algo roto el tablero no parte, y lo dice una vez y en español."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import RAIZ, lanzar, puerto_libre

pytestmark = pytest.mark.navegador
CARPETAS = ("datos", "consultas", "tablero", "pages", ".streamlit")


def esperar_fin(proceso: "subprocess.Popen[str]") -> str:
    """Espera a que el servidor se detenga solo y devuelve lo que dijo."""
    try:
        salida, _ = proceso.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        proceso.kill()
        pytest.fail("El servidor siguió en marcha con algo roto")
    return salida


def test_una_base_danada_detiene_el_arranque_con_un_mensaje(tmp_path: Path) -> None:
    base = tmp_path / "base.duckdb"
    base.write_bytes(b"no es una base" * 500)
    proceso = lanzar(base, puerto_libre())
    salida = esperar_fin(proceso)
    assert proceso.returncode != 0
    assert "El tablero no puede partir" in salida
    assert str(base) in salida and "Muévala a otro lugar" in salida
    assert "Traceback" not in salida


def test_una_fuente_rota_detiene_el_arranque_y_dice_fila_y_columna(
    tmp_path: Path,
) -> None:
    for carpeta in CARPETAS:
        shutil.copytree(
            RAIZ / carpeta,
            tmp_path / carpeta,
            ignore=shutil.ignore_patterns("*.duckdb*", "__pycache__"),
        )
    shutil.copy(RAIZ / "dashboard.py", tmp_path)
    citas = tmp_path / "datos" / "fuente" / "citas.csv"
    citas.write_text(citas.read_text(encoding="utf-8").replace(",8,1,", ",8,uno,", 1),
                     encoding="utf-8")  # fmt: skip
    entorno = {k: v for k, v in os.environ.items() if k != "TABLERO_BD"}
    proceso = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "dashboard.py",
         "--server.port", str(puerto_libre())],
        cwd=tmp_path, env=entorno, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    salida = esperar_fin(proceso)
    assert proceso.returncode != 0
    assert "citas.csv, fila 2, columna parrafo: «uno» no sirve." in salida
    assert "Traceback" not in salida
    assert not list(tmp_path.glob("datos/*.duckdb"))


def test_la_orden_de_construir_informa_y_devuelve_su_codigo(tmp_path: Path) -> None:
    base = tmp_path / "base.duckdb"
    orden = [sys.executable, "-m", "datos.construir"]
    entorno = {**os.environ, "TABLERO_BD": str(base)}
    bien = subprocess.run(orden, cwd=RAIZ, env=entorno, capture_output=True, text=True)
    assert (bien.returncode, bien.stdout.strip()) == (0, f"Base lista en {base}")
    entorno["TABLERO_BD"] = str(base / "imposible" / "base.duckdb")
    mal = subprocess.run(orden, cwd=RAIZ, env=entorno, capture_output=True, text=True)
    assert mal.returncode == 1
    assert mal.stderr and "Traceback" not in mal.stderr

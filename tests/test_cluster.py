"""Lo que hace falta para probar con un clúster de Spark se dice, y la prueba corre."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pruebas_de_carga import cluster
from tests.conftest import RAIZ

# Al leer este archivo: abrir una sesión de Spark pone otra, la del cliente.
SPARK = os.environ.get("SPARK_HOME", "")


@pytest.mark.parametrize("dicha", ["", "con-opcion", "en-variable"])
def test_sin_spark_un_solo_mensaje_dice_que_instalar(
    dicha: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.delenv("SPARK_HOME", raising=False)
    if dicha == "en-variable":
        monkeypatch.setenv("SPARK_HOME", str(tmp_path))
    opcion = ["--spark", str(tmp_path)] if dicha == "con-opcion" else []
    monkeypatch.setattr(sys, "argv", ["cluster", *opcion])
    assert cluster.main() == 1
    salida, error = capsys.readouterr()
    assert not salida
    assert error.count("\n") == 1
    assert error.startswith(f"Falta Spark en {tmp_path}." if dicha else "Falta Spark.")
    for dicho in ("Java 17", "pip install 'pyspark==4.2.*'", "--spark o SPARK_HOME"):
        assert dicho in error


@pytest.mark.navegador
@pytest.mark.skipif(not SPARK, reason="SPARK_HOME no dice dónde hay un Spark entero")
def test_con_un_trabajador_muerto_spark_responde_lo_mismo() -> None:
    hecho = subprocess.run(
        [sys.executable, "-m", "pruebas_de_carga.cluster", "--spark", SPARK,
         "--veces", "1"],
        cwd=RAIZ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert hecho.returncode == 0, hecho.stderr
    assert "Distintas o sin respuesta: 0." in hecho.stdout
    assert "Trabajadores al final: 1." in hecho.stdout

"""Ni matar el proceso ni llenar el disco pierden lo que ya tuvo acuse."""

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pruebas_de_carga.resistencia import probar
from tests.conftest import RAIZ
from tests.test_escritura import contenido

MUERTES = 6
# Carga un acta con los archivos del proceso limitados a `techo` bytes: pasado de ahí,
# el sistema rechaza escribir, como con el disco lleno.
CON_TECHO = """
import hashlib, resource, signal, sys
from pathlib import Path
from datos import respaldos
from datos.actas import guardado
from datos.actas.forma import ActaLeida, FilaActa
from datos.actas.vigentes import mesas_de
from datos.base import abrir
from datos.errores import ErrorDeDatos

ruta, techo = Path(sys.argv[1]), int(sys.argv[2])
con = abrir(ruta, escribe=True)
mesa = list(mesas_de(con))[0]
texto = "Un enunciado inventado y bien largo. " * 40
filas = tuple(FilaActa(i, None, f"{i}. {texto}", None, None, None) for i in range(400))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (techo, techo))
try:
    guardado.guardar(con, ruta, "ana", "a.csv", "c" * 64,
                          [ActaLeida(mesa, 1, None, filas)], ())
    print("ACUSE")
except ErrorDeDatos as error:
    print("RECHAZO", error)
"""


@pytest.mark.navegador
def test_ninguna_muerte_pierde_una_carga_con_acuse_ni_deja_una_a_medias() -> None:
    cuenta = probar(MUERTES)
    assert cuenta.muertes == MUERTES
    assert cuenta.acuses >= MUERTES
    assert (cuenta.perdidas, cuenta.a_medias) == (0, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="el límite es de POSIX")
@pytest.mark.parametrize("holgura", [0, 4_096, 200_000, 600_000])
def test_con_el_disco_lleno_se_dice_y_lo_que_habia_sigue(
    base_real: Path, tmp_path: Path, holgura: int
) -> None:
    ruta = Path(shutil.copy(base_real, tmp_path / "base.duckdb"))
    with duckdb.connect(str(ruta), read_only=True) as con:
        antes = contenido(con)
    techo = str(ruta.stat().st_size + holgura)
    hecho = subprocess.run(
        [sys.executable, "-c", CON_TECHO, str(ruta), techo],
        cwd=RAIZ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Traceback" not in hecho.stderr, hecho.stderr
    with duckdb.connect(str(ruta), read_only=False) as con:
        cargas = con.execute("select count(*) from cargas").fetchone()
        if hecho.stdout.startswith("ACUSE"):
            assert cargas == (1,)
        else:
            assert "puede faltar espacio en el disco" in hecho.stdout
            assert cargas == (0,)
            assert contenido(con) == antes

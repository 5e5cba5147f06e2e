"""Cargar el texto de un documento: solo el suyo, entero, y una sola vez."""

import csv
import hashlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from datos import cargar
from datos.construir import DEMOSTRACION, FUENTE, construir
from datos.errores import ErrorDeDatos
from tests.conftest import RAIZ
from tests.test_informe import INFORME

ACTA = "acta-coquimbo-2023-ficticio-1-A"


def leer(nombre: str) -> list[dict[str, str]]:
    with (DEMOSTRACION / nombre).open(encoding="utf-8", newline="") as archivo:
        return list(csv.DictReader(archivo))


@pytest.fixture
def acta(tmp_path: Path) -> Path:
    (texto,) = [d["texto"] for d in leer("documentos.csv") if d["documento_id"] == ACTA]
    ruta = tmp_path / "acta.txt"
    ruta.write_bytes(texto.encode())
    return ruta


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """La base del proyecto, con un acta cuyo texto todavía no se carga."""
    ruta = construir(tmp_path / "base.duckdb")
    with duckdb.connect(str(ruta)) as con:
        con.execute(
            "update documentos set texto = null, cargado = null where documento_id = ?",
            [ACTA],
        )
    return ruta


def consultar(ruta: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(ruta)) as con:
        return con.execute(sql).fetchall()


def huella(ruta: Path) -> str:
    return hashlib.sha256(ruta.read_bytes()).hexdigest()


def test_el_texto_queda_tal_cual_y_la_bitacora_lo_dice(base: Path, acta: Path) -> None:
    dicho = cargar.cargar(acta, base, probar=False)
    assert "7 de 7 citas tienen en él su pasaje" in dicho
    ((texto,),) = consultar(
        base, f"select texto from documentos where documento_id = '{ACTA}'"
    )
    assert str(texto).encode() == acta.read_bytes()
    ((quien, accion, clave, despues),) = consultar(
        base, "select quien, accion, clave, despues from bitacora"
    )
    assert (quien, accion, clave) == ("consola", "cargar texto", ACTA)
    # La bitácora dice cuánto se cargó, y nunca el texto.
    assert str(despues).endswith(f'"caracteres": {len(acta.read_text("utf-8"))}}}')


def test_el_mismo_archivo_dos_veces_se_reconoce(base: Path, acta: Path) -> None:
    cargar.cargar(acta, base, probar=False)
    assert "Ya estaba cargado" in cargar.cargar(acta, base, probar=False)
    assert consultar(base, "select count(*) from bitacora") == [(1,)]


def test_probar_no_cambia_la_base(base: Path, acta: Path) -> None:
    antes = huella(base)
    assert "Fue una prueba" in cargar.cargar(acta, base, probar=True)
    assert huella(base) == antes


MALOS: dict[str, Callable[[bytes], bytes]] = {
    "con un espacio de más": lambda bueno: bueno + b" ",
    "vacío": lambda bueno: b"",
    "en latín-1": lambda bueno: bueno.decode().encode("latin-1", "replace"),
    "con nulos": lambda bueno: bueno.replace(b" ", b"\0"),
    "un PDF": lambda bueno: b"%PDF-1.7\n\xff\xfe",
}


@pytest.mark.parametrize("romper", MALOS.values(), ids=MALOS)
def test_otro_archivo_se_rechaza_y_la_base_queda_igual(
    base: Path, acta: Path, romper: Callable[[bytes], bytes]
) -> None:
    acta.write_bytes(romper(acta.read_bytes()))
    antes = huella(base)
    with pytest.raises(ErrorDeDatos, match=r"no es el de ningún|no es un texto UTF-8"):
        cargar.cargar(acta, base, probar=False)
    assert huella(base) == antes


def test_lo_que_no_se_puede_leer_o_escribir_se_dice(tmp_path: Path, acta: Path) -> None:
    with pytest.raises(ErrorDeDatos, match="No se puede leer"):
        cargar.cargar(tmp_path / "nada.txt", tmp_path / "nada.duckdb", probar=False)
    with pytest.raises(ErrorDeDatos, match="No existe la base"):
        cargar.cargar(acta, tmp_path / "nada.duckdb", probar=False)
    rota = tmp_path / "rota.duckdb"
    rota.write_bytes(b"esto no es una base" * 300)
    with pytest.raises(ErrorDeDatos, match="en uso o dañada"):
        cargar.cargar(acta, rota, probar=False)


def consola(base: Path, *argumentos: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "datos.cargar", *argumentos],
        cwd=RAIZ, env={"TABLERO_BD": str(base), "PATH": "/usr/bin"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_la_consola_dice_lo_mismo_con_su_codigo_de_salida(
    base: Path, acta: Path
) -> None:
    bien, mal = consola(base, str(acta), "--probar"), consola(base, str(base))
    assert (bien.returncode, bien.stderr) == (0, "")
    assert "Fue una prueba; no se cambió nada." in bien.stdout
    assert mal.returncode == 1
    assert "Traceback" not in mal.stderr
    assert consola(base).returncode == 1


@pytest.mark.skipif(not INFORME.exists(), reason="el informe no está en este equipo")
def test_el_informe_de_antofagasta_trae_el_pasaje_de_toda_cita(tmp_path: Path) -> None:
    base = construir(tmp_path / "base.duckdb", FUENTE)
    dicho = cargar.cargar(INFORME, base, probar=False)
    assert "63 de 63 citas tienen en él su pasaje" in dicho

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


def pedir(base: Path, archivo: Path, *opciones: str) -> str:
    """Lo que hace la consola, en este proceso."""
    pedido = cargar.opciones().parse_args([str(archivo), *opciones])
    return cargar.cargar(base, pedido)


def consultar(ruta: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(ruta)) as con:
        return con.execute(sql).fetchall()


def huella(ruta: Path) -> str:
    return hashlib.sha256(ruta.read_bytes()).hexdigest()


def test_el_texto_queda_tal_cual_y_la_bitacora_lo_dice(base: Path, acta: Path) -> None:
    dicho = pedir(base, acta)
    assert "7 de 7 citas tienen en él su pasaje" in dicho
    ((texto,),) = consultar(
        base, f"select texto from documentos where documento_id = '{ACTA}'"
    )
    assert str(texto).encode() == acta.read_bytes()
    ((quien, accion, despues),) = consultar(
        base, "select quien, accion, despues from bitacora"
    )
    assert (quien, accion) == ("consola", "cargar texto")
    # La bitácora dice cuánto se cargó, y nunca el texto.
    assert str(despues).endswith('"filas": 1}')
    assert len(str(despues)) < 120


def test_el_mismo_archivo_dos_veces_se_reconoce(base: Path, acta: Path) -> None:
    pedir(base, acta)
    assert "Ya estaba cargado" in pedir(base, acta)
    assert consultar(base, "select count(*) from bitacora") == [(1,)]


def test_probar_no_cambia_la_base(base: Path, acta: Path) -> None:
    antes = huella(base)
    assert "Fue una prueba" in pedir(base, acta, "--probar")
    assert huella(base) == antes


# Otro texto se lee como un informe nuevo, y no lo es; lo demás ni se puede leer.
QUE_SE_DICE = (
    r"es otra versión|Todavía no se puede guardar|está vacío|nulo|no calza|PDF"
)
MALOS: dict[str, Callable[[bytes], bytes]] = {
    "con una palabra cambiada": lambda bueno: bueno.replace(b" de ", b" da ", 1),
    "vacío": lambda bueno: b"",
    "con nulos": lambda bueno: bueno.replace(b" ", b"\0"),
    "un PDF": lambda bueno: b"%PDF-1.7\n\xff\xfe",
}


@pytest.mark.parametrize("otro", [
    lambda bueno: bueno + b" \n", lambda bueno: b"\xef\xbb\xbf" + bueno,
    lambda bueno: bueno.decode().encode("utf-16"),
])  # fmt: skip
def test_el_mismo_texto_en_otro_archivo_se_reconoce_por_sus_pasajes(
    base: Path, acta: Path, otro: Callable[[bytes], bytes]
) -> None:
    acta.write_bytes(otro(acta.read_bytes()))
    assert "7 de 7 citas tienen en él su pasaje" in pedir(base, acta)


@pytest.mark.parametrize("romper", MALOS.values(), ids=MALOS)
def test_otro_archivo_se_rechaza_y_la_base_queda_igual(
    base: Path, acta: Path, romper: Callable[[bytes], bytes]
) -> None:
    acta.write_bytes(romper(acta.read_bytes()))
    antes = huella(base)
    with pytest.raises(ErrorDeDatos, match=QUE_SE_DICE):
        pedir(base, acta)
    assert huella(base) == antes


def test_lo_que_no_se_puede_leer_o_escribir_se_dice(tmp_path: Path, acta: Path) -> None:
    with pytest.raises(ErrorDeDatos, match="No se puede leer"):
        pedir(tmp_path / "nada.duckdb", tmp_path / "nada.txt")
    with pytest.raises(ErrorDeDatos, match="No existe la base"):
        pedir(tmp_path / "nada.duckdb", acta)
    rota = tmp_path / "rota.duckdb"
    rota.write_bytes(b"esto no es una base" * 300)
    with pytest.raises(ErrorDeDatos, match="está dañada o no es de DuckDB"):
        pedir(rota, acta)


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
    dicho = pedir(base, INFORME)
    assert "63 de 63 citas tienen en él su pasaje" in dicho

"""Lo que se rechaza no cambia ni un byte de la base, y se dice en español."""

import hashlib
import random
import shutil
from pathlib import Path

import pytest

from datos import cargar
from datos.errores import ErrorDeDatos
from tests.actas_malas import Caso as ActaMala
from tests.actas_malas import casos as actas_malas
from tests.malformados import Caso as Malformado
from tests.malformados import casos as malformados

# Todos pasan por el lector en test_malformados y test_actas; aquí, una muestra por la
# orden entera, con la base abierta para escribir.
MUESTRA = 50
AZAR = random.Random(20181017)
CasoMalo = Malformado | ActaMala
TODOS: list[CasoMalo] = [*malformados(), *actas_malas()]
RECHAZADOS = [caso for caso in TODOS if caso.espera is not None]
ELEGIDOS = AZAR.sample(RECHAZADOS, MUESTRA)


def test_hay_al_menos_doscientos_cincuenta_archivos_malos() -> None:
    assert len(TODOS) >= 250


@pytest.fixture(scope="module")
def ruta(base_muestra: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    carpeta = tmp_path_factory.mktemp("rechazos")
    return Path(shutil.copy(base_muestra, carpeta / "base.duckdb"))


@pytest.mark.parametrize("caso", ELEGIDOS, ids=lambda caso: caso.nombre)
def test_un_rechazo_deja_la_base_igual(
    ruta: Path, tmp_path: Path, caso: CasoMalo
) -> None:
    nombre = Path(caso.archivo).name
    archivo = tmp_path / (nombre if nombre.isprintable() and nombre else "archivo.txt")
    archivo.write_bytes(caso.contenido)
    antes = hashlib.sha256(ruta.read_bytes()).hexdigest()
    with pytest.raises(ErrorDeDatos) as error:
        cargar.cargar(ruta, cargar.opciones().parse_args([str(archivo)]))
    assert "Traceback" not in str(error.value)
    assert hashlib.sha256(ruta.read_bytes()).hexdigest() == antes
    assert not list(ruta.parent.glob("*.respaldos/*"))

"""La fuente se carga entera o no se carga, y dice todo lo que está mal."""

import csv
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from datos.construir import FUENTE, construir, huella
from datos.errores import ErrorDeDatos


@pytest.fixture
def fuente(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FUENTE, tmp_path / "fuente"))


def cambiar(ruta: Path, fila: int, columna: str, valor: str) -> None:
    """Cambia una celda; `fila` cuenta el encabezado como 1."""
    with ruta.open(encoding="utf-8", newline="") as archivo:
        filas = list(csv.reader(archivo))
    filas[fila - 1][filas[0].index(columna)] = valor
    with ruta.open("w", encoding="utf-8", newline="") as archivo:
        csv.writer(archivo, lineterminator="\n").writerows(filas)


CELDAS = [
    ("citas.csv", 3, "parrafo", "dos", "«dos» no sirve. Debe ser un número entero"),
    ("citas.csv", 3, "parrafo", "0", "«0» no es admisible"),
    ("citas.csv", 4, "sha256", "", "está vacía"),
    ("citas.csv", 4, "documento_id", "otro", "«otro» no existe en documentos"),
    ("enunciados.csv", 5, "certeza", "total", "«total» no es admisible"),
    ("enunciados.csv", 6, "texto", " con espacio", "tiene espacios sobrantes"),
    ("enunciados.csv", 7, "pregunta_id", "antofagasta-2018-5-p1", "a otro tema"),
    ("enunciados.csv", 2, "reitera_a", "nadie", "que no existe"),
    ("mesas.csv", 2, "registro", "propio", "no calza con sus enunciados"),
    ("mesas.csv", 3, "letra", "A", "se repite"),
    ("dialogos.csv", 2, "mes", "", "no calza con su certeza"),
    ("dialogos.csv", 2, "dia", "40", "«40» no es admisible"),
    ("dialogos.csv", 2, "fecha_razon", "", "no calza con su certeza"),
    ("dialogos.csv", 2, "region_id", "05", "no es de la región 05"),
    ("dialogos.csv", 2, "es_ficticio", "quizás", "Debe ser true o false"),
    ("datos_dialogo.csv", 2, "inconsistencia_id", "", "más de un valor"),
    ("codificaciones.csv", 2, "codigo", "ZZZ", "no existe en codigos"),
    ("codificaciones.csv", 2, "fecha", "22-11-2026", "Debe ser una fecha AAAA-MM-DD"),
    ("regiones.csv", 3, "orden", "1", "«1» se repite"),
]


@pytest.mark.parametrize(("archivo", "fila", "columna", "valor", "dice"), CELDAS)
def test_una_celda_mala_se_dice_con_archivo_fila_y_columna(
    fuente: Path, tmp_path: Path, archivo: str, fila: int, columna: str, valor: str,
    dice: str,
) -> None:  # fmt: skip
    cambiar(fuente / archivo, fila, columna, valor)
    with pytest.raises(ErrorDeDatos) as error:
        construir(tmp_path / "base.duckdb", fuente)
    propias = [f for f in error.value.faltas if dice in f"{f.problema} {f.remedio}"]
    assert propias, str(error.value)
    assert archivo in {falta.archivo for falta in error.value.faltas}
    assert fila in {falta.fila for falta in propias} or archivo == "mesas.csv"
    assert all(falta.columna and falta.remedio for falta in propias)
    assert not (tmp_path / "base.duckdb").exists()


RESPUESTAS = [
    ("respuestas.csv", 2, "resultado", "quizás", "«quizás» no es admisible"),
    ("respuestas.csv", 2, "vence", "31-12-2025", "Debe ser una fecha AAAA-MM-DD"),
    ("respuestas.csv", 2, "version", "0", "«0» no es admisible"),
    ("respuestas_enunciados.csv", 2, "enunciado_id", "zz", "no existe en enunciados"),
]


@pytest.mark.parametrize(("archivo", "fila", "columna", "valor", "dice"), RESPUESTAS)
def test_una_respuesta_mala_de_la_fuente_se_dice_con_su_celda(
    fuente_muestra: Path, tmp_path: Path, archivo: str, fila: int, columna: str,
    valor: str, dice: str,
) -> None:  # fmt: skip
    suya = Path(shutil.copytree(fuente_muestra, tmp_path / "suya"))
    cambiar(suya / archivo, fila, columna, valor)
    with pytest.raises(ErrorDeDatos, match=re.escape(dice)) as error:
        construir(tmp_path / "mala.duckdb", suya)
    assert (archivo, fila) in {(f.archivo, f.fila) for f in error.value.faltas}


def romper(como: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def aplicar(ruta: Path) -> None:
        ruta.write_bytes(como(ruta.read_bytes()))

    return aplicar


ARCHIVOS = {
    "sin una columna": (romper(lambda b: b.replace(b",nombre", b"", 1)), "falta"),
    "con otra columna": (romper(lambda b: b.replace(b"nombre", b"mote", 1)), "sobra"),
    "columna doble": (romper(lambda b: b.replace(b",orden", b",nombre", 1)), "repite"),
    "fila corta": (romper(lambda b: b + b"99\n"), "tiene 1 celdas y debe tener 3"),
    "en otra codificación": (romper(lambda b: b.decode().encode("latin-1", "replace")),
                             "no son UTF-8"),
    "con un nulo": (romper(lambda b: b[:40] + b"\0" + b[40:]), "carácter nulo"),
    "comilla abierta": (romper(lambda b: b + b'"17,x,1\n'), "las comillas no calzan"),
    "vacío": (romper(lambda b: b""), "está vacío"),
}  # fmt: skip


@pytest.mark.parametrize(("como", "dice"), ARCHIVOS.values(), ids=ARCHIVOS)
def test_un_archivo_malo_se_rechaza_y_se_dice_por_que(
    fuente: Path, tmp_path: Path, como: Callable[[Path], None], dice: str
) -> None:
    como(fuente / "regiones.csv")
    with pytest.raises(ErrorDeDatos, match=dice) as error:
        construir(tmp_path / "base.duckdb", fuente)
    assert "regiones.csv" in str(error.value)


def test_todas_las_faltas_se_dicen_juntas(fuente: Path, tmp_path: Path) -> None:
    cambiar(fuente / "citas.csv", 3, "parrafo", "0")
    cambiar(fuente / "enunciados.csv", 5, "certeza", "total")
    cambiar(fuente / "dialogos.csv", 2, "fecha_razon", "")
    with pytest.raises(ErrorDeDatos) as error:
        construir(tmp_path / "base.duckdb", fuente)
    lugares = {(f.archivo, f.fila, f.columna) for f in error.value.faltas}
    assert {
        ("citas.csv", 3, "parrafo"),
        ("enunciados.csv", 5, "certeza"),
        ("dialogos.csv", 2, "fecha_certeza"),
    } <= lugares


def test_un_archivo_que_no_es_de_ninguna_tabla_se_acusa(
    fuente: Path, tmp_path: Path
) -> None:
    (fuente / "otra.csv").write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(ErrorDeDatos, match=r"otra\.csv: no corresponde"):
        construir(tmp_path / "base.duckdb", fuente)


def test_una_fuente_mala_no_toca_la_base_que_ya_estaba(
    fuente: Path, tmp_path: Path
) -> None:
    destino = tmp_path / "base.duckdb"
    destino.write_bytes(b"la de antes")
    cambiar(fuente / "citas.csv", 3, "parrafo", "0")
    with pytest.raises(ErrorDeDatos):
        construir(destino, fuente)
    assert destino.read_bytes() == b"la de antes"
    assert [ruta.name for ruta in tmp_path.glob(".*")] == []


def test_la_huella_cambia_con_cualquier_cambio_de_la_fuente(fuente: Path) -> None:
    antes = huella([fuente])
    cambiar(fuente / "citas.csv", 3, "parrafo", "9")
    assert huella([fuente]) != antes == huella([FUENTE])


def test_la_base_se_puede_leer_con_una_version_anterior_de_duckdb(
    base_real: Path,
) -> None:
    with duckdb.connect(str(base_real), read_only=True) as con:
        (fila,) = con.execute(
            "select tags from duckdb_databases() where not internal"
        ).fetchall()
    assert "v1.4" in str(fila)


ANTOFAGASTA = [
    ("temas", "select count(*) from temas_dialogo", 5),
    ("bloques de preguntas", "select count(*) from preguntas", 16),
    ("la pregunta común", "select count(*) from preguntas where clave is not null", 5),
    ("mesas", "select count(*) from mesas where registro = 'conjunto'", 10),
    ("sin participantes", "select count(*) from mesas where participantes is null", 10),
    ("no atribuidos al tema",
     "select count(*) from enunciados where nivel_atribucion <> 'tema'", 0),
    ("asistencias",
     "select count(distinct seccion) from datos_dialogo"
     " where variable = 'Asistentes'", 2),
    ("año inferido con razón",
     "select count(*) from dialogos where fecha_certeza = 'anio_inferido'"
     " and length(fecha_razon) > 40 and anio = 2018", 1),
    ("cargos", "select count(*) from autoridades", 5),
    ("regiones", "select count(*) from regiones", 16),
    ("códigos OTR", "select count(*) from codificaciones where codigo = 'OTR'", 0),
]  # fmt: skip


@pytest.fixture(scope="module")
def base_sin_ficticios(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return construir(tmp_path_factory.mktemp("sola") / "base.duckdb", FUENTE)


@pytest.mark.parametrize(
    ("consulta", "cuantos"), [(c, n) for _, c, n in ANTOFAGASTA],
    ids=[nombre for nombre, _, _ in ANTOFAGASTA],
)  # fmt: skip
def test_el_dialogo_de_antofagasta_esta_completo(
    base_sin_ficticios: Path, consulta: str, cuantos: int
) -> None:
    with duckdb.connect(str(base_sin_ficticios), read_only=True) as con:
        assert con.execute(consulta).fetchall() == [(cuantos,)]

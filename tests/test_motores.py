"""Los motores que se comparan responden lo mismo, y si no, no hay tabla de tiempos."""

from dataclasses import replace
from pathlib import Path

import pytest

from pruebas_de_carga.interaccion.medir import Medido
from pruebas_de_carga.motores import comparar, medir, preguntas, producto
from pruebas_de_carga.motores.copias import preparar
from pruebas_de_carga.motores.de_sqlite import CONSULTAS
from pruebas_de_carga.motores.informe import Tamano, redactar
from pruebas_de_carga.motores.medir import Medida
from pruebas_de_carga.motores.metas import MUCHO, Hallado, tabla
from pruebas_de_carga.motores.preguntas import MOTORES, PREGUNTAS, Lugar, Respuesta
from pruebas_de_carga.sintetico.generar import generar

ENUNCIADOS = 2_000


@pytest.fixture(scope="module")
def lugar(tmp_path_factory: pytest.TempPathFactory) -> Lugar:
    carpeta = tmp_path_factory.mktemp("motores")
    base = generar(carpeta / f"{ENUNCIADOS}.duckdb", ENUNCIADOS)
    return preparar(base, carpeta / "copias")[0]


@pytest.fixture(scope="module")
def del_producto(lugar: Lugar) -> dict[str, Respuesta]:
    motor = producto.abrir_en(lugar)
    # Cerrada al terminar: quien copia la base la abre en este proceso de otra manera.
    with motor.con:
        return {clave: preguntas.responder(motor, clave) for clave in PREGUNTAS}


@pytest.mark.parametrize("nombre", [m for m in MOTORES if m != "producto"])
def test_todos_los_motores_responden_lo_que_el_producto(
    nombre: str, lugar: Lugar, del_producto: dict[str, Respuesta]
) -> None:
    if nombre == "polars":
        pytest.importorskip("polars", reason="polars solo se instala con `make bench`")
    motor = preguntas.abrir_motor(nombre, lugar)
    assert set(motor.preguntas) == set(PREGUNTAS)
    for clave, esperada in del_producto.items():
        assert preguntas.responder(motor, clave) == esperada, clave


def test_ninguna_pregunta_se_compara_vacia(del_producto: dict[str, Respuesta]) -> None:
    for clave, tablas in del_producto.items():
        assert all(tablas), clave
        assert [len(tabla[0]) for tabla in tablas] == [
            len(columnas) for columnas in PREGUNTAS[clave].tablas
        ]
    ((cuantos,),), pagina = del_producto["buscar"]
    assert cuantos == len(pagina)
    # El tipo que se exporta es uno de cada veinte: ni todo ni casi nada.
    assert 0.03 < len(del_producto["exportar"][0]) / ENUNCIADOS < 0.07


def _medida(huellas: dict[str, str], ms: float = 1.0) -> Medida:
    tiempos = dict.fromkeys(PREGUNTAS, ms)
    return {"carga": 1.5, "memoria": 80.0, "huellas": huellas, "ms": tiempos}


def test_una_respuesta_distinta_se_dice_y_detiene_la_tabla(
    lugar: Lugar,
    del_producto: dict[str, Respuesta],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def medir_aqui(nombre: str, lugar: Lugar) -> Medida:
        if nombre == "producto":
            return _medida({c: preguntas.huella(r) for c, r in del_producto.items()})
        return medir.medir(nombre, lugar, veces=1)

    destino = tmp_path / "rendimiento.md"
    pedido = ["comparar", "--tamanos", str(ENUNCIADOS), "--carpeta",
              str(lugar.base.parent), "--destino", str(destino),
              "--sin-interaccion"]  # fmt: skip
    monkeypatch.setattr("sys.argv", pedido)
    monkeypatch.setattr(comparar, "medir_aparte", medir_aqui)
    with monkeypatch.context() as mal:
        # Uno cuenta de más; el otro trae lo mismo, pero no en el orden del documento.
        pares = CONSULTAS["pares"].replace("sum(a and b)", "sum(a or b)")
        mal.setitem(CONSULTAS, "pares", pares)
        mal.setitem(CONSULTAS, "exportar", f"{CONSULTAS['exportar']} desc")
        assert comparar.main() == 1
    assert not destino.exists()
    dicho = capsys.readouterr().err
    assert "«pares» con sqlite; «exportar» con sqlite." in dicho
    assert dicho.count("«") == 2

    assert comparar.main() == 0
    escrito = destino.read_text(encoding="utf-8")
    assert all(f"| {p.titulo} |" in escrito for p in PREGUNTAS.values())
    # Las copias se borran al terminar; la base dada queda.
    quedan = {ruta.name for ruta in lugar.base.parent.iterdir()}
    assert quedan == {lugar.base.name, "copias"}


def test_el_informe_divide_por_el_producto() -> None:
    tamano = Tamano(
        10, {"producto": _medida({}, 4.0), "pandas": _medida({}, 10.0)},
        {"producto": {"ms": 40.0, "media": 41.0, "cpu": 30.0, "memoria": 300.0},
         "datasette": {"ms": 100.0, "media": 120.0, "cpu": 90.0, "memoria": 200.0}},
        {"producto": 3.0, "parquet": 1.0}, {"producto": None, "parquet": 0.2},
        (1.0, 2.0, 3.0),
    )  # fmt: skip
    escrito = redactar([tamano, replace(tamano, enunciados=20_000)])
    assert "| theme × type | 4 | 10 (×2.5) |" in escrito
    assert "| prepare, s | — | 0.2 |" in escrito
    assert "| Datasette | 100 (×2.5) | 120 | 90 | 200 |" in escrito
    assert "Fastest answers, of 10: product 10, pandas 0." in escrito
    assert "## 20,000 statements" in escrito
    # De esos tamaños no hay metas.
    assert "## Goals" not in escrito


def test_las_metas_dicen_lo_medido_y_si_se_cumple() -> None:
    def entera(ms: float, memoria: float) -> Medido:
        return {"ms": ms, "media": ms, "cpu": ms, "memoria": memoria}

    hallado = Hallado(
        {"producto": _medida({}, 40.0), "pandas": _medida({}, 120.0),
         "polars": _medida({}, 40.0)},
        {"producto": entera(100.0, 100.0), "datasette": entera(900.0, 9.0),
         "dash": entera(50.0, 9.0), "pandas": entera(1300.0, 900.0)},
        {"producto": 10.0, "sqlite": 20.0},
    )  # fmt: skip
    escrito = "\n".join(tabla({MUCHO: hallado}))
    for fila in (
        "| whole interaction, times Datasette's | 2,000,000 | ≥ 8 | 9 | yes |",
        "| its time over Dash's | 2,000,000 | ≤ 1.25 | 2 | **no** |",
        "| CSV, times pandas's | 2,000,000 | ≥ 5 | 3 | **no** |",
        "| slowest interactive question, ms | 2,000,000 | ≤ 50 | 40 | yes |",
        "| file, over SQLite's | 2,000,000 | ≤ 0.333 | 0.5 | **no** |",
    ):
        assert fila in escrito
    assert "100,000" not in escrito


def test_cada_motor_se_mide_en_su_proceso(lugar: Lugar) -> None:
    medida = comparar.medir_aparte("sqlite", lugar)
    assert set(medida["huellas"]) == set(medida["ms"]) == set(PREGUNTAS)
    # Sin pandas ni el producto: si los importara, pasaría de cien megabytes.
    assert 10 < medida["memoria"] < 100

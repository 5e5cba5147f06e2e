"""La base sintética se dice inventada, reparte como promete y se repite igual."""

from collections import Counter
from pathlib import Path

import duckdb
import pytest

from consultas.lector import consultar, valores
from consultas.seleccion import Seleccion
from datos.base import abrir
from pruebas_de_carga.sintetico.generar import generar

ENUNCIADOS = 960


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generar(tmp_path_factory.mktemp("grande") / "g.duckdb", ENUNCIADOS)


def test_todo_lo_sintetico_es_ficticio_y_lo_real_sigue_igual(
    base: Path, base_real: Path
) -> None:
    with abrir(base) as grande, abrir(base_real) as real:
        for con, ficticio, cuantos in (
            (grande, False, 62), (real, False, 62), (grande, True, 248 + ENUNCIADOS),
        ):  # fmt: skip
            enlazados = valores("resumen_cifras", Seleccion(ficticio=ficticio))
            cifras = consultar(con, "resumen_cifras", enlazados)
            assert cifras["enunciados"].sum() == cuantos


def test_los_codigos_decaen_como_uno_sobre_su_rango(base: Path) -> None:
    with abrir(base) as con:
        tipos = con.execute(
            "select tipo from lectura_enunciados where starts_with(dialogo_id, 'sint')"
        ).fetchall()
    cuantos = [n for _, n in Counter(tipos).most_common()]
    assert len(cuantos) == 13
    # Con trece códigos, el primero lleva log(2) / log(14) = 26 %.
    assert 0.2 < cuantos[0] / ENUNCIADOS < 0.33
    assert cuantos[0] > 4 * cuantos[-1]


def test_la_misma_semilla_da_lo_mismo_y_otra_no(base: Path, tmp_path: Path) -> None:
    otra = generar(tmp_path / "otra.duckdb", ENUNCIADOS, semilla=1)
    igual = generar(tmp_path / "igual.duckdb", ENUNCIADOS)

    def dicho(ruta: Path) -> list[tuple[object, ...]]:
        with duckdb.connect(str(ruta), read_only=True) as con:
            filas: list[tuple[object, ...]] = con.execute(
                "select enunciado_id, texto, tipo, tratados, convocatoria"
                " from lectura_enunciados order by posicion"
            ).fetchall()
        return filas

    assert dicho(igual) == dicho(base) != dicho(otra)

"""Contar de las casillas da lo mismo que contar enunciado por enunciado."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultas import lector
from consultas.recuentos import con_recuentos
from consultas.seleccion import LISTAS, Seleccion
from pruebas_de_carga.preguntas import CONSULTAS
from tests.conftest import derivar_como_grande

CUENTAN = [nombre for nombre in CONSULTAS if lector.cuenta(nombre)]


@pytest.fixture(scope="module")
def con(
    base_real: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    """La base real y su demostración, con las casillas que solo llevan las grandes."""
    ruta = tmp_path_factory.mktemp("recuentos") / "base.duckdb"
    with duckdb.connect(str(shutil.copy(base_real, ruta))) as abierta:
        derivar_como_grande(abierta)
        yield abierta


def una(con: duckdb.DuckDBPyConnection, datos: st.DataObject) -> Seleccion:
    opciones: dict[str, list[str]] = {nombre: [] for nombre in LISTAS}
    for filtro, valor in con.execute(
        "select distinct filtro, valor from lectura_opciones order by all"
    ).fetchall():
        opciones[filtro].append(valor)
    listas = {
        nombre: tuple(
            datos.draw(st.lists(st.sampled_from(valores), max_size=2, unique=True))
        )
        for nombre, valores in opciones.items()
        if datos.draw(st.booleans())
    }
    buscar = datos.draw(st.sampled_from(["", "", "", "curso", "capacitacion"]))
    return Seleccion(**listas, buscar=buscar, ficticio=datos.draw(st.booleans()))


@pytest.mark.parametrize("nombre", CUENTAN)
@settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(datos=st.data())
def test_de_las_casillas_sale_lo_mismo(
    con: duckdb.DuckDBPyConnection, nombre: str, datos: st.DataObject
) -> None:
    elegida = una(con, datos)
    filas = datos.draw(st.sampled_from(["tipo", "tipo-naturaleza", "instrumento"]))
    filtro = datos.draw(st.sampled_from(LISTAS))
    valores = lector.valores(nombre, elegida, filas=filas, filtro=filtro)
    marcados = con_recuentos(nombre, valores)
    de_casillas = lector.consultar(con, nombre, marcados)
    pd.testing.assert_frame_equal(de_casillas, lector.consultar(con, nombre, valores))


def test_las_casillas_son_menos_y_suman_lo_mismo(
    con: duckdb.DuckDBPyConnection,
) -> None:
    ((casillas, sumados, enunciados),) = con.execute(
        "select count(*), sum(enunciados), (select count(*) from lectura_enunciados)"
        " from lectura_recuentos"
    ).fetchall()
    assert sumados == enunciados > casillas


@pytest.mark.parametrize(
    ("elegida", "filas", "de_casillas"),
    [
        (Seleccion(), "tipo", True),
        (Seleccion(grupo=("otic",), mesa=("A",), ficticio=True), "tipo", True),
        (Seleccion(pregunta=("p",)), "tipo", False),
        (Seleccion(instrumento=("otec",)), "tipo", False),
        (Seleccion(buscar="a b c d e f g"), "tipo", False),
        (Seleccion(), "instrumento", False),
    ],
)
def test_lo_que_las_casillas_no_distinguen_se_cuenta_uno_por_uno(
    elegida: Seleccion, filas: str, de_casillas: bool
) -> None:
    valores = lector.valores("mesas_coincidencia", elegida, filas=filas)
    assert (con_recuentos("mesas_coincidencia", valores) != valores) is de_casillas
    lista = lector.valores("enunciados_primeros", elegida, limite=1)
    assert con_recuentos("enunciados_primeros", lista) == lista

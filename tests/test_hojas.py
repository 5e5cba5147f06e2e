"""Una lista larga se mira por hojas, y siempre se dice de cuántas filas es."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from tablero import hojas
from tests.test_paginas import abrir, filas, html


@pytest.fixture(autouse=True)
def hojas_de_diez(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hojas, "FILAS", 10)


@pytest.mark.usefixtures("con_real")
def test_una_tabla_larga_muestra_su_primera_hoja_y_dice_cuantas_filas_hay() -> None:
    prueba = abrir("regiones", "regiones")
    assert not prueba.exception
    assert "Filas 1 a 10 de 16." in html(prueba)
    assert filas(prueba) == 10


@pytest.mark.usefixtures("con_real")
def test_la_ultima_hoja_trae_lo_que_queda() -> None:
    prueba = abrir("regiones", "regiones")
    prueba.session_state["hoja_regiones_16"] = 2
    prueba.run()
    assert "Filas 11 a 16 de 16." in html(prueba)
    assert filas(prueba) == 6
    assert "Magallanes" in html(prueba).rpartition("<tbody>")[2]


@pytest.mark.usefixtures("con_real")
def test_una_tabla_que_cabe_no_habla_de_filas() -> None:
    assert "Filas" not in html(abrir("temas", "temas_naturalezas", tema="1"))


@pytest.mark.usefixtures("con_real")
def test_seguimiento_pregunta_solo_la_hoja_que_muestra() -> None:
    prueba = abrir("seguimiento")
    total = re.search(r"Filas 1 a 10 de (\d+)\.", html(prueba))
    assert total
    primeras = claves(prueba)
    ultima = -(-int(total[1]) // 10)
    prueba.session_state[f"hoja_respuestas_todas_{total[1]}"] = ultima
    prueba.run()
    assert f"a {total[1]} de {total[1]}." in html(prueba)
    assert len(claves(prueba)) == int(total[1]) - 10 * (ultima - 1)
    assert not primeras & claves(prueba)


@pytest.mark.usefixtures("con_real")
def test_los_enunciados_van_por_hojas_y_se_dice_el_total() -> None:
    prueba = abrir("enunciados")
    assert "Filas 1 a 10 de 62." in html(prueba) and filas(prueba) == 10
    prueba.session_state["hoja_enunciados_62"] = 7
    prueba.run()
    assert "Filas 61 a 62 de 62." in html(prueba) and filas(prueba) == 2
    # Otra selección es otra lista: se mira desde la primera hoja.
    prueba.multiselect(key="f_tema").select("1").run()
    assert "Filas 1 a 10 de 13." in html(prueba)


def claves(prueba: AppTest) -> set[str]:
    """Las recomendaciones que se ven."""
    return set(re.findall(r'data-hacer="recomendacion" data-valor="([^"]+)"',
                          html(prueba)))  # fmt: skip

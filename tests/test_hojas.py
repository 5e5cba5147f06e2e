"""Una lista larga se mira por hojas, y siempre se dice de cuántas filas es."""

import pytest

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

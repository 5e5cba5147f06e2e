"""La página de acuerdo no mezcla clases, dice lo que no puede y lleva a la disputa."""

import pytest

from tests.test_acuerdo_personas import celdas
from tests.test_paginas import abrir, html

pytestmark = pytest.mark.usefixtures("con_real")


def test_sin_personas_lo_dice_y_no_pone_ninguna_cifra() -> None:
    dicho = html(abrir("acuerdo"))
    assert dicho.count("No calculable: ningún enunciado tiene dos lecturas.") == 4
    assert "lectura-1" not in dicho


def test_entre_modelos_se_avisa_y_las_disputas_se_leen_y_no_se_adjudican() -> None:
    dicho = html(abrir("acuerdo", clase="modelo", faceta="recurso"))
    assert "prueba poco" in dicho
    par = celdas(dicho, "Cuánto coincide cada par")[0]
    assert par[2:4] == ["61", "62"]
    assert "adjudicacion-1" not in dicho
    assert "Pulse uno para leerlo." in dicho
    assert 'data-hacer="adjudicar"' not in dicho


def test_los_filtros_de_tema_acotan_las_unidades() -> None:
    assert ">62<" in html(abrir("acuerdo", clase="modelo"))
    assert ">62<" not in html(abrir("acuerdo", clase="modelo", tema="2"))


def test_una_faceta_en_que_no_hay_pares_no_dibuja_matriz() -> None:
    assert "Kappa" not in html(abrir("acuerdo", clase="persona", faceta="tipo"))

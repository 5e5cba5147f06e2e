"""El día de la semana delata un año mal copiado, y nada se corrige solo."""

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datos.fechas import (
    DIAS,
    FECHA_IMPOSIBLE,
    MESES,
    anios_posibles,
    dia_de_semana,
    revisar,
)


@pytest.mark.parametrize(
    ("fecha", "esperado"),
    [
        ((2018, 10, 17), "miércoles"),
        ((2019, 10, 17), "jueves"),
        ((2000, 2, 29), "martes"),
        ((1969, 7, 20), "domingo"),
        ((2026, 1, 3), "sábado"),
        ((1, 1, 1), "lunes"),
        ((9999, 12, 31), "viernes"),
        ((2019, 2, 29), FECHA_IMPOSIBLE),
        ((2019, 4, 31), FECHA_IMPOSIBLE),
        ((2019, 13, 1), FECHA_IMPOSIBLE),
        ((2019, 0, 1), FECHA_IMPOSIBLE),
        ((0, 1, 1), FECHA_IMPOSIBLE),
        ((10**30, 1, 1), FECHA_IMPOSIBLE),
    ],
)
def test_cada_fecha_tiene_su_dia(fecha: tuple[int, int, int], esperado: str) -> None:
    assert dia_de_semana(*fecha) == esperado


@pytest.mark.parametrize(
    ("pregunta", "esperados"),
    [
        ((10, 17, "miércoles", 2010, 2030), (2012, 2018, 2029)),
        ((10, 17, "Miercoles", 2010, 2030), (2012, 2018, 2029)),
        ((10, 17, " MIÉRCOLES ", 2018, 2018), (2018,)),
        ((2, 29, "lunes", 2000, 2040), (2016,)),
        ((2, 29, "lunes", 2017, 2030), ()),
        ((4, 31, "lunes", 1900, 2100), ()),
        ((10, 17, "fecha imposible", 1900, 2100), ()),
        ((4, 31, FECHA_IMPOSIBLE, 1900, 2100), ()),
        ((10, 17, "", 1900, 2100), ()),
        ((10, 17, "lunes", 2030, 2010), ()),
    ],
)
def test_los_anios_posibles_son_todos_los_que_calzan(
    pregunta: tuple[int, int, str, int, int], esperados: tuple[int, ...]
) -> None:
    assert anios_posibles(*pregunta) == esperados


def test_pedir_anios_fuera_del_calendario_no_falla() -> None:
    todos = anios_posibles(1, 1, "lunes", -(10**30), 10**30)
    assert todos[0] == 1
    assert todos[-1] <= 9999


@pytest.mark.parametrize(
    ("fecha", "esperado"),
    [
        ((2018, 10, 17, "miércoles"), None),
        ((2018, 10, 17, "Miercoles"), None),
        ((2018, 10, 17, None), None),
        ((None, 10, 17, "jueves"), None),
        ((2018, None, None, None), None),
        ((None, None, None, None), None),
        ((None, 2, 29, None), None),
        (
            (2019, 10, 17, "miércoles"),
            "El 17 de octubre de 2019 fue jueves, y el documento dice miércoles. Con"
            " ese día calzan 2012, 2018 y 2029, entre otros años.",
        ),
        (
            (2019, 4, 31, "lunes"),
            "El 31 de abril no existe: abril tiene 30 días.",
        ),
        (
            (None, 4, 31, None),
            "El 31 de abril no existe: abril tiene 30 días.",
        ),
        (
            (2019, 2, 29, "viernes"),
            "El 29 de febrero de 2019 no existe: 2019 no fue bisiesto.",
        ),
        (
            (1900, 2, 29, None),
            "El 29 de febrero de 1900 no existe: 1900 no fue bisiesto.",
        ),
        (
            (2020, 2, 30, None),
            "El 30 de febrero no existe: febrero tiene 29 días, a lo más.",
        ),
        ((2020, 13, 1, None), "El mes 13 no existe: van de 1 a 12."),
        ((2020, 1, 0, None), "El día 0 no existe: ningún mes lo tiene."),
        ((2020, 1, 32, None), "El día 32 no existe: ningún mes lo tiene."),
        ((0, 1, 1, None), "El año 0 no existe en el calendario."),
        ((2020, 1, 1, "domigo"), "«domigo» no es un día de la semana."),
    ],
)
def test_revisar_dice_en_castellano_lo_que_no_puede_ser(
    fecha: tuple[int | None, int | None, int | None, str | None], esperado: str | None
) -> None:
    assert revisar(*fecha) == esperado


def test_un_29_de_febrero_tambien_propone_anios_que_existen() -> None:
    dicho = revisar(2000, 2, 29, "lunes")
    assert dicho is not None
    assert "1988" in dicho
    assert "2016" in dicho


@given(st.dates())
def test_el_dia_es_el_del_calendario(fecha: date) -> None:
    nombre = DIAS[calendar.weekday(fecha.year, fecha.month, fecha.day)]
    assert dia_de_semana(fecha.year, fecha.month, fecha.day) == nombre
    assert revisar(fecha.year, fecha.month, fecha.day, nombre) is None


@given(st.dates(), st.sampled_from(DIAS))
def test_revisar_calla_solo_cuando_el_dia_es_ese(fecha: date, dia: str) -> None:
    dicho = revisar(fecha.year, fecha.month, fecha.day, dia)
    assert (dicho is None) == (DIAS[fecha.weekday()] == dia)
    assert dicho is None or f"{fecha.day} de {MESES[fecha.month - 1]}" in dicho


@given(
    st.none() | st.integers(),
    st.none() | st.integers(-2, 15),
    st.none() | st.integers(-2, 40),
    st.none() | st.sampled_from(DIAS) | st.text(),
)
def test_ninguna_fecha_hace_fallar_la_revision(
    anio: int | None, mes: int | None, dia: int | None, dia_semana: str | None
) -> None:
    dicho = revisar(anio, mes, dia, dia_semana)
    assert dicho is None or dicho.endswith(".")

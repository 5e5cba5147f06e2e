"""Una consulta que no termina se detiene, se dice, y no molesta a las demás."""

import threading
import time
from pathlib import Path

import pytest

from consultas.lector import consultar, valores
from consultas.plazo import VIGIA, Tardanza, con_plazo
from consultas.seleccion import Seleccion
from datos.base import abrir

# Un cruce de un billón de filas: horas.
SIN_FIN = (
    "select count(*) from range(1000000) as a cross join range(1000000) as b"
    " where a.range % 7 + b.range % 11 = 100"
)


def test_lo_que_tarda_se_detiene_y_dice_que_hacer(base_muestra: Path) -> None:
    with abrir(base_muestra) as con:
        cursor = con.cursor()
        desde = time.process_time()
        with (
            pytest.raises(Tardanza, match=r"más de 0\.2 s.*Acote con los filtros"),
            con_plazo(cursor, 0.2),
        ):
            cursor.execute(SIN_FIN).fetchall()
        assert time.process_time() - desde < 20
        # El mismo cursor y los demás siguen respondiendo.
        assert cursor.execute("select 1").fetchall() == [(1,)]
        cifras = consultar(
            con, "resumen_cifras", valores("resumen_cifras", Seleccion())
        )
        assert cifras["enunciados"].sum() == 8


def test_lo_que_termina_a_tiempo_no_se_interrumpe_despues(base_muestra: Path) -> None:
    with abrir(base_muestra) as con:
        cursor = con.cursor()
        with con_plazo(cursor, 0.05):
            assert cursor.execute("select 1").fetchall() == [(1,)]
        time.sleep(0.1)
        assert cursor.execute("select 2").fetchall() == [(2,)]


def test_de_varias_a_la_vez_solo_se_detiene_la_que_se_paso(base_muestra: Path) -> None:
    with abrir(base_muestra) as con:
        lenta, rapida = con.cursor(), con.cursor()
        with con_plazo(rapida, 60):
            with pytest.raises(Tardanza), con_plazo(lenta, 0.1):
                lenta.execute(SIN_FIN).fetchall()
            assert rapida.execute("select 3").fetchall() == [(3,)]
        assert not VIGIA.plazos
        # Y quedó un solo hilo, espere o no a alguien.
        assert VIGIA.hilo in threading.enumerate()

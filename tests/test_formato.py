"""Los textos se escriben como en castellano de Chile."""

import pytest

from tablero.formato import enumerar, numero


@pytest.mark.parametrize(
    ("cosas", "nexo", "dicho"),
    [
        (["una"], "y", "una"),
        (["a", "b", "c"], "y", "a, b y c"),
        (
            ["Difusión (2)", "Intermediación (9)"],
            "y",
            "Difusión (2) e Intermediación (9)",
        ),
        (["padres", "hijos"], "y", "padres e hijos"),
        (["acero", "hierro"], "y", "acero y hierro"),
        (["nieve", "hielo"], "y", "nieve y hielo"),
        (["tema", "ítem"], "y", "tema e ítem"),
        (["OMIL", "OTEC"], "o", "OMIL u OTEC"),
        (["uno", "honores"], "o", "uno u honores"),
        (["OTEC", "OMIL", "liceos"], "o", "OTEC, OMIL o liceos"),
    ],
)
def test_el_nexo_no_choca_con_la_palabra_que_sigue(
    cosas: list[str], nexo: str, dicho: str
) -> None:
    assert enumerar(cosas, nexo) == dicho


def test_los_numeros_llevan_punto_de_miles_y_coma_decimal() -> None:
    assert numero(1234.5, 1) == "1.234,5"

"""El acuerdo al dividir: cifras hechas a mano, y nunca 1 donde no hay qué medir."""

import pytest

from tablero import fiabilidad_cortes as f
from tablero.fiabilidad import acuerdo
from tablero.fiabilidad_cortes import Clave, Cortes, Par, medir, par, pares

P1, P2, P3 = ("d", "t", 1), ("d", "t", 2), ("d", "t", 3)
# Seis palabras de una letra cada uno: terminan en 1, 3, 5, 7, 9 y 11; cinco huecos.
TEXTOS: dict[Clave, str] = {P1: "a b c d e f", P2: "u v w x y z", P3: "sola"}
# En el primero coinciden en un límite (3) y difieren en dos; en el segundo, en nada.
DOS: dict[Clave, dict[str, Cortes]] = {
    P1: {"ana": (3, 7, 11), "beto": (3, 9, 11)},
    P2: {"ana": (5, 11), "beto": (5, 11)},
}


def test_dos_divisiones_de_diez_huecos_dan_la_cifra_hecha_a_mano() -> None:
    medida = medir(DOS, TEXTOS)
    assert (medida.parrafos, medida.hecho.unidades, medida.limites) == (2, 10, 4)
    assert medida.hecho.codificadores == 2
    # Coinciden en 8 de 10 huecos. De 20 decisiones, 6 cortan y 14 no: desacuerdo
    # esperado 2·6·14 / (20·19) = 168/380. Alfa = 1 - 0,2·380/168 = 23/42.
    assert medida.hecho.observado.valor == pytest.approx(0.8)
    assert medida.hecho.alfa.valor == pytest.approx(23 / 42)


def test_una_tercera_que_dividio_un_solo_parrafo_entra_donde_hay_comunes() -> None:
    tres = {**DOS, P2: {**DOS[P2], "carla": (11,)}}
    # De 25 decisiones, 6 cortan y 19 no. Desacuerdo: 2 en cada hueco disputado del
    # primero y 4/2 en el del segundo. Alfa = 1 - 24·6 / (2·6·19) = 7/19.
    medida = medir(tres, TEXTOS)
    assert medida.hecho.alfa.valor == pytest.approx(7 / 19)
    assert medida.hecho.codificadores == 3
    # Con uno solo no hay qué comparar: ni suma párrafos ni codificadores.
    sola = medir({**DOS, P3: {"dario": (4,)}}, TEXTOS)
    assert (sola.parrafos, sola.hecho.codificadores) == (2, 2)


def test_de_a_dos_se_cuentan_limites_y_unidades_enteras() -> None:
    # Límites: coinciden en dos; uno es solo de cada quien. Unidades: «a b», «u v w» y
    # «x y z» son las mismas; las otras dos de cada quien, no.
    hecho = par(DOS, TEXTOS, "ana", "beto")
    assert hecho == Par("ana", "beto", 2, 10, (2, 1, 1), (3, 2, 2), hecho.alfa)
    assert hecho.alfa.valor == pytest.approx(23 / 42)


def test_solo_son_par_quienes_dividieron_un_mismo_parrafo() -> None:
    sueltos: dict[Clave, dict[str, Cortes]] = {
        P1: {"ana": (11,), "beto": (3, 11)},
        P2: {"carla": (11,)},
    }
    assert [(p.una, p.otra) for p in pares(sueltos, TEXTOS)] == [("ana", "beto")]


@pytest.mark.parametrize(
    ("divisiones", "razon"),
    [
        ({}, f.NADIE),
        ({P1: {"ana": (3, 11)}}, f.UNA_PERSONA),
        ({P1: {"ana": (3, 11)}, P2: {"beto": (11,)}}, f.SIN_COMUNES),
        ({P1: {"ana": (11,), "beto": (11,)}}, f.NADIE_CORTA),
        ({P1: dict.fromkeys(("ana", "beto"), (1, 3, 5, 7, 9, 11))}, f.TODOS_CORTAN),
        ({P3: {"ana": (4,), "beto": (4,)}}, f.SIN_HUECOS),
    ],
)
def test_lo_que_no_es_calculable_dice_por_que_y_nunca_es_uno(
    divisiones: dict[Clave, dict[str, Cortes]], razon: str
) -> None:
    hecho = medir(divisiones, TEXTOS).hecho
    assert hecho.alfa.valor is None
    assert hecho.alfa.razon == razon
    assert (hecho.desde, hecho.hasta) == (None, None)


def test_no_cortar_en_un_parrafo_comun_es_una_decision() -> None:
    # Uno corta en un hueco y otro en ninguno: alfa es menor que 0, no «no calculable».
    alfa = medir({P1: {"ana": (3, 11), "beto": (11,)}}, TEXTOS).hecho.alfa.valor
    # De 10 decisiones, 1 corta: 1 - 9·2 / (2·1·9) = 0.
    assert alfa == pytest.approx(0)


def test_el_intervalo_remuestrea_parrafos_y_no_huecos() -> None:
    # Un párrafo entero en desacuerdo entre siete en acuerdo: los huecos, de a uno,
    # parecerían muchos más datos de los que hay.
    claves: list[Clave] = [("d", "t", n) for n in range(1, 9)]
    divisiones: dict[Clave, dict[str, Cortes]] = {
        c: {"ana": (3, 11), "beto": (3, 11)} for c in claves
    }
    divisiones[claves[0]] = {"ana": (1, 3, 5, 7, 9, 11), "beto": (11,)}
    textos = dict.fromkeys(claves, TEXTOS[P1])
    por_parrafo = medir(divisiones, textos).hecho
    por_hueco = acuerdo(f._huecos(divisiones, textos)[0])
    assert por_parrafo.alfa == por_hueco.alfa
    assert None not in (por_parrafo.desde, por_parrafo.hasta, por_hueco.desde)
    assert por_parrafo.desde < por_hueco.desde  # type: ignore[operator]
    assert por_parrafo.desde < por_parrafo.alfa.valor  # type: ignore[operator]
    # Con un solo párrafo no hay qué remuestrear.
    uno = medir({P1: DOS[P1]}, TEXTOS).hecho
    assert uno.alfa.valor is not None
    assert (uno.desde, uno.hasta) == (None, None)

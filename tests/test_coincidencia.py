"""La coincidencia entre mesas da lo calculado a mano, y no está donde no se define."""

import pytest

from tablero.coincidencia import Coincidencia, al_azar, contar


def conjuntos(*codigos: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(texto.split()) for texto in codigos)


EJEMPLOS = [
    # A dijo {p, q}; B dijo {q, r}. En ambas, q: 1. En alguna, p, q y r: 3. 1/3.
    ((True, True, False, False), conjuntos("p", "q", "q", "r"), 1, 3, 1 / 3),
    # A repite p y B repite p: cuenta una vez. 1 de 1.
    ((True, True, False), conjuntos("p", "p", "p"), 1, 1, 1.0),
    # Nada en común: 0 de 2.
    ((True, False), conjuntos("p", "q"), 0, 2, 0.0),
    # Un enunciado con dos códigos: A {p, q}, B {q}: 1 de 2.
    ((True, False), conjuntos("p q", "q"), 1, 2, 0.5),
    # Solo habló A: 0 de 2. Definido, porque la unión no está vacía.
    ((True, True), conjuntos("p", "q"), 0, 2, 0.0),
]


@pytest.mark.parametrize(("en_a", "codigos", "ambas", "alguna", "jaccard"), EJEMPLOS)
def test_jaccard_es_el_calculado_a_mano(
    en_a: tuple[bool, ...], codigos: tuple[frozenset[str], ...], ambas: int,
    alguna: int, jaccard: float,
) -> None:  # fmt: skip
    hallada = contar(en_a, codigos)
    assert (hallada.ambas, hallada.alguna) == (ambas, alguna)
    assert hallada.jaccard == pytest.approx(jaccard)


def test_dos_conjuntos_vacios_no_tienen_coincidencia() -> None:
    assert contar((), ()) == Coincidencia(0, 0)
    assert contar((), ()).jaccard is None


def test_con_pocos_enunciados_el_azar_recorre_todos_los_repartos() -> None:
    # Códigos p, p, q con un enunciado en A. Tres repartos igual de probables: A = {p}
    # (el primero o el segundo) deja B = {p, q}: 1 de 2; A = {q} deja B = {p}: 0 de 2.
    # La media exacta es (1/2 + 1/2 + 0) / 3 = 1/3.
    azar = al_azar((True, False, False), conjuntos("p", "p", "q"))
    assert azar is not None
    assert (azar.permutaciones, azar.son_todas) == (3, True)
    assert azar.media == pytest.approx(1 / 3)
    # Ordenados son 0, 1/2 y 1/2. El percentil 5 está a 0,1 del camino entre el primero
    # y el segundo (0,05 × 2 lugares): 0,05.
    assert azar.desde == pytest.approx(0.05)
    assert azar.hasta == 0.5


def test_con_muchos_el_azar_es_una_muestra_cercana_a_lo_exacto() -> None:
    # Ocho enunciados en A y ocho en B; cuatro llevan p y el resto, códigos únicos. Los
    # cuatro caen en una misma mesa con probabilidad 2 × C(12,4) / C(16,8) = 990/12870 =
    # 0,0769: p está en ambas con 0,9231; los otros doce, nunca. Media 0,9231 / 13.
    codigos = conjuntos(*["p"] * 4, *(f"u{i}" for i in range(12)))
    azar = al_azar((True, False) * 8, codigos)
    assert azar is not None
    assert (azar.permutaciones, azar.son_todas) == (2000, False)
    assert azar.media == pytest.approx(0.9231 / 13, abs=0.002)


def test_el_azar_es_el_mismo_para_quien_abra_el_enlace() -> None:
    caso = ((True, False) * 8, conjuntos(*"pqrstuvwpqrstuvw"))
    uno = al_azar(*caso)
    al_azar.cache_clear()
    assert al_azar(*caso) == uno


@pytest.mark.parametrize(
    ("en_a", "codigos"),
    [
        ((), ()),
        ((True, True), conjuntos("p", "q")),
        ((False,), conjuntos("p")),
        ((True, False), conjuntos("", "")),
    ],
)
def test_sin_dos_mesas_con_codigos_no_hay_azar(
    en_a: tuple[bool, ...], codigos: tuple[frozenset[str], ...]
) -> None:
    assert al_azar(en_a, codigos) is None

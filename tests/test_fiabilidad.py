"""Las cifras de acuerdo dan lo que dicen los ejemplos publicados, y nunca halagan."""

import math
from collections import Counter
from collections.abc import Hashable

import krippendorff
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablero import acuerdo_cifras, fiabilidad
from tablero.fiabilidad import Matriz, acuerdo, cruce, en_palabras, kappa, masi, pares

Lecturas = list[tuple[dict[str, Hashable], int]]


def de_filas(*filas: str) -> Lecturas:
    """Una fila por codificador, un carácter por unidad; «.» es que no la leyó."""
    return [
        ({f"c{j}": f[i] for j, f in enumerate(filas) if f[i] != "."}, 1)
        for i in range(len(filas[0]))
    ]


def juntas(lecturas: Lecturas) -> Lecturas:
    """Las mismas, con las unidades en que se leyó lo mismo contadas de una vez."""
    veces = Counter(tuple(sorted(suyas.items())) for suyas, _ in lecturas)
    return [(dict(suyas), n) for suyas, n in veces.items()]


# Krippendorff (2011), «Computing Krippendorff's Alpha-Reliability», secciones A, B y C.
BINARIO = de_filas("0100000010", "1110010000")
NOMINAL = de_filas("aabbdcccedda", "babbbccceddd")
CON_VACIOS = de_filas("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


@pytest.mark.parametrize(
    ("datos", "publicado"), [(BINARIO, 0.095), (NOMINAL, 0.692), (CON_VACIOS, 0.743)]
)
def test_alfa_nominal_da_los_ejemplos_de_su_autor(
    datos: Lecturas, publicado: float
) -> None:
    alfa = acuerdo(datos).alfa.valor
    assert alfa is not None
    assert round(alfa, 3) == publicado


def test_ac1_y_acuerdo_observado_dan_el_ejemplo_de_gwet() -> None:
    # Gwet (2014), Handbook of Inter-Rater Reliability, 4.ª ed.: los mismos cuatro
    # codificadores y doce unidades; pa = 0,81818 y AC1 = 0,77544.
    hecho = acuerdo(CON_VACIOS)
    assert hecho.observado.valor == pytest.approx(0.81818, abs=5e-6)
    assert hecho.ac1.valor == pytest.approx(0.77544, abs=5e-6)
    assert (hecho.unidades, hecho.codificadores) == (11, 4)


# Fleiss (1971), «Measuring nominal scale agreement among many raters», tabla 1: treinta
# pacientes, una columna cada uno, y sus seis juicios: 1 depresión, 2 personalidad,
# 3 esquizofrenia, 4 neurosis, 5 otro.
DIAGNOSTICOS = (
    "422521311511212311215221121215",
    "423521311542242311235421421235",
    "423523334544244311435444421435",
    "453543334544344341455454421435",
    "453543534544344351455454425435",
    "455543544544345552455454545435",
)


def test_el_ejemplo_de_fleiss_da_su_acuerdo_observado_y_su_kappa() -> None:
    hecho = acuerdo(de_filas(*DIAGNOSTICOS))
    assert (hecho.unidades, hecho.codificadores) == (30, 6)
    assert hecho.observado.valor == pytest.approx(0.556, abs=5e-4)
    # Publica κ = 0,430. Alfa corrige por lo finito: α = κ + (1 - κ) / (N·n).
    assert hecho.alfa.valor is not None
    kappa_de_fleiss = (hecho.alfa.valor - 1 / 180) / (1 - 1 / 180)
    assert kappa_de_fleiss == pytest.approx(0.430, abs=5e-4)


CONJUNTOS: Lecturas = [
    ({"x": frozenset(a), "y": frozenset(b)}, 1)
    for a, b in zip(("a", "b", "ab", ""), ("a", "ab", "bc", "c"), strict=True)
]


@pytest.mark.parametrize("datos", [BINARIO, NOMINAL, CON_VACIOS, CONJUNTOS])
def test_el_alfa_es_el_de_la_biblioteca_de_su_autor(datos: Lecturas) -> None:
    cuentas, dominio = fiabilidad._cuentas([(s, n) for s, n in datos if len(s) > 1])
    lejos = fiabilidad._distancias(dominio)

    def distancia(v1: object, v2: object, i1: Matriz, i2: Matriz, n_v: object,
                  dtype: object) -> Matriz:  # fmt: skip
        medida: Matriz = lejos[i1.astype(int), i2.astype(int)]
        return medida

    suyo = krippendorff.alpha(
        value_counts=cuentas,
        level_of_measurement=distancia,  # type: ignore[arg-type]
    )
    assert acuerdo(datos).alfa.valor == pytest.approx(suyo)


@pytest.mark.parametrize("datos", [BINARIO, NOMINAL, CON_VACIOS])
def test_contar_juntas_las_unidades_iguales_no_cambia_ninguna_cifra(
    datos: Lecturas,
) -> None:
    muchas = datos * 9
    sueltas, contadas = acuerdo(muchas), acuerdo(juntas(muchas))
    assert len(juntas(muchas)) < len(datos) + 1
    for cifra in ("observado", "alfa", "ac1"):
        suelta, contada = getattr(sueltas, cifra).valor, getattr(contadas, cifra).valor
        assert contada == pytest.approx(suelta)
    assert contadas.unidades == sueltas.unidades
    # El azar es otro, y el intervalo, el mismo hasta donde mil remuestras alcanzan.
    assert contadas.desde == pytest.approx(sueltas.desde, abs=0.02)
    assert contadas.hasta == pytest.approx(sueltas.hasta, abs=0.02)
    una, otra = "c0", "c1"
    assert kappa(cruce(juntas(muchas), una, otra)).valor == pytest.approx(
        kappa(cruce(muchas, una, otra)).valor
    )


def test_una_categoria_en_lo_comun_no_es_calculable_aunque_alguien_solo_use_otra() -> (
    None
):
    hecho = acuerdo(de_filas("aab", "aa."))
    assert hecho.ac1.valor is None
    assert hecho.ac1.razon == fiabilidad.UNA_CATEGORIA


def test_redondear_no_alcanza_un_umbral() -> None:
    # Veinte unidades, tres en desacuerdo: alfa es 2/3, que no llega a 0,667.
    dos_tercios = acuerdo(de_filas("1" * 8 + "0" * 12, "1" * 5 + "0" * 15))
    assert dos_tercios.alfa.valor == pytest.approx(2 / 3)
    assert en_palabras(dos_tercios).startswith("No permite concluir")
    assert fiabilidad.a_la_vista(2 / 3) == 0.666
    assert fiabilidad.a_la_vista(0.7996) == 0.799
    assert fiabilidad.a_la_vista(0.8) == 0.8
    assert fiabilidad.a_la_vista(0.3736) == 0.374


def test_solo_el_alfa_se_escribe_sin_alcanzar_un_umbral() -> None:
    dos_tercios = fiabilidad.Cifra(2 / 3)
    assert acuerdo_cifras.alfa(dos_tercios) == 0.666
    assert acuerdo_cifras.decir_alfa(dos_tercios) == "0,666"
    # El acuerdo observado, AC1 y kappa no tienen umbrales: dos tercios es 0,667.
    assert acuerdo_cifras.valor(dos_tercios) == 0.667
    hecho = fiabilidad.Acuerdo(
        9, 2, dos_tercios, dos_tercios, 2 / 3, 0.7996, dos_tercios
    )
    assert acuerdo_cifras.intervalo(hecho) == "0,667 a 0,800"


def test_kappa_da_el_ejemplo_de_cohen() -> None:
    # Cohen (1960), «A coefficient of agreement for nominal scales», tabla 2, p. 45, y
    # otra vez en Cohen (1968), en proporciones: κ = 0,492 con 200 casos.
    tabla = ((88, 14, 18), (10, 40, 10), (2, 6, 12))
    casos = [(i, j) for i in range(3) for j in range(3) for _ in range(tabla[i][j])]
    cuantas = cruce([({"a": i, "b": j}, 1) for i, j in casos], "a", "b")
    assert sum(cuantas.values()) == 200
    cifra = kappa(cuantas)
    assert cifra.valor is not None
    assert round(cifra.valor, 3) == 0.492


@pytest.mark.parametrize(
    ("uno", "otro", "distancia"),
    [
        ("ab", "ab", 0), ("", "", 0), ("a", "b", 1), ("", "a", 1),
        # Uno dentro de otro pesa 2/3; si solo se cruzan, 1/3 (Passonneau, 2006).
        ("a", "ab", 1 - 1 / 2 * 2 / 3), ("ab", "bc", 1 - 1 / 3 * 1 / 3),
    ],
)  # fmt: skip
def test_masi_entre_conjuntos(uno: str, otro: str, distancia: float) -> None:
    assert masi(frozenset(uno), frozenset(otro)) == pytest.approx(distancia)
    assert masi(frozenset(otro), frozenset(uno)) == pytest.approx(distancia)


def test_alfa_de_conjuntos_calculado_a_mano() -> None:
    # Dos lecturas de dos unidades: {a}{a} y {b}{a,b}. Desacuerdo observado: la media de
    # 0 y 2/3. Esperado, entre las cuatro lecturas: aa 0, ab 1 (dos), a·ab 2/3 (dos),
    # b·ab 2/3: (2 + 4/3 + 2/3) / 6 = 2/3. Alfa = 1 - (1/3) / (2/3) = 0,5.
    a, b, ambos = frozenset("a"), frozenset("b"), frozenset("ab")
    hecho = acuerdo([({"x": a, "y": a}, 1), ({"x": b, "y": ambos}, 1)])
    assert hecho.alfa.valor == pytest.approx(0.5)
    assert hecho.observado.valor == pytest.approx(2 / 3)
    assert hecho.ac1.razon == fiabilidad.CONJUNTOS


@pytest.mark.parametrize(
    ("datos", "razon"),
    [
        (de_filas("aab"), fiabilidad.UN_CODIFICADOR),
        (de_filas("a.", ".b"), fiabilidad.SIN_COMUNES),
        (de_filas("aaa", "aaa"), fiabilidad.UNA_CATEGORIA),
        ([], fiabilidad.SIN_COMUNES),
    ],
)
def test_lo_que_no_es_calculable_dice_por_que_y_nunca_es_uno(
    datos: Lecturas, razon: str
) -> None:
    hecho = acuerdo(datos)
    assert hecho.alfa.valor is None
    assert hecho.alfa.razon == razon
    assert hecho.ac1.valor is None
    assert razon in en_palabras(hecho)
    assert (hecho.desde, hecho.hasta) == (None, None)


def test_el_intervalo_contiene_al_alfa_se_repite_y_se_estrecha_con_mas_unidades() -> (
    None
):
    corto = acuerdo(NOMINAL)
    assert corto == acuerdo(NOMINAL)
    assert corto.desde is not None and corto.hasta is not None
    assert corto.alfa.valor is not None
    assert corto.desde < corto.alfa.valor < corto.hasta
    largo = acuerdo(de_filas("aabbdcccedda" * 8, "babbbccceddd" * 8))
    assert largo.desde is not None and largo.hasta is not None
    assert largo.hasta - largo.desde < corto.hasta - corto.desde


def test_las_palabras_son_los_umbrales_del_autor() -> None:
    assert en_palabras(acuerdo(NOMINAL)).startswith("Acuerdo tentativo; el intervalo")
    assert en_palabras(acuerdo(BINARIO)).startswith("No permite concluir")
    firme = acuerdo(de_filas("abcd" * 10, "abcd" * 10))
    assert firme.alfa.valor == pytest.approx(1)
    assert (firme.desde, firme.hasta) == (None, None)
    assert en_palabras(firme) == (
        "Acuerdo firme; sin intervalo: no hay desacuerdos, o muy pocas unidades, que"
        " remuestrear."
    )
    casi = acuerdo(de_filas("abcd" * 50, "abcd" * 49 + "abca"))
    assert en_palabras(casi) == "Acuerdo firme."


def test_solo_son_par_quienes_leyeron_algo_en_comun() -> None:
    assert pares(de_filas("aa.", "ab.", "..c")) == [("c0", "c1")]


@given(st.lists(st.tuples(*[st.sampled_from("abc.")] * 3), min_size=2, max_size=12))
def test_ni_el_orden_ni_los_nombres_cambian_nada(
    filas: list[tuple[str, str, str]],
) -> None:
    fiabilidad_corta = fiabilidad.REMUESTRAS
    fiabilidad.REMUESTRAS = 5
    try:
        datos: Lecturas = [
            ({f"c{j}": v for j, v in enumerate(f) if v != "."}, 1) for f in filas
        ]
        otros: Lecturas = [
            ({f"z{q}": f"{v}!" for q, v in reversed(s.items())}, n)
            for s, n in reversed(datos)
        ]
        uno, otro = acuerdo(datos), acuerdo(otros)
        assert (uno.alfa.valor is None) == (otro.alfa.valor is None)
        if uno.alfa.valor is not None and otro.alfa.valor is not None:
            assert math.isclose(uno.alfa.valor, otro.alfa.valor, abs_tol=1e-9)
            assert uno.alfa.valor <= 1
    finally:
        fiabilidad.REMUESTRAS = fiabilidad_corta

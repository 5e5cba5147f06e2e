"""La matriz de las dos mesas dice lo registrado y no más."""

from pathlib import Path
from typing import Any, cast

import pandas as pd
import pytest

from consultas import lector
from consultas.seleccion import Seleccion
from datos.base import abrir
from tablero.pares import comparables, explicar, filas, medidas, por_tema


def preguntar(base: Path, nombre: str, **otros: object) -> pd.DataFrame:
    con = abrir(base)
    pedidos = {"filas": "tipo", "estado": None, **otros}
    elegida = Seleccion(ficticio=True)
    return lector.consultar(con, nombre, lector.valores(nombre, elegida, **pedidos))


def matriz(base: Path, **otros: object) -> dict[str, list[list[Any]]]:
    datos = preguntar(base, "mesas_pares", **otros)
    return {
        de_tema[0]["tema_dialogo_id"]: [
            [[parte.valor or parte.texto for parte in celda.partes] for celda in celdas]
            for celdas, _ in filas(de_tema)
        ]
        for de_tema in por_tema(datos)
    }


def test_cada_mesa_muestra_lo_suyo_y_lo_conjunto_va_aparte(base_muestra: Path) -> None:
    assert matriz(base_muestra)["muestra-2020-1"] == [
        [
            ["Pertinencia de la oferta"],
            ["a"],
            ["b"],
            ["◉ ambas", "y en el registro conjunto"],
        ],
        [["Pertinencia de la oferta"], ["e"], ["▣ registro conjunto"]],
        [["Usabilidad de sistemas"], ["—"], ["d"], ["◑ solo B"]],
        [["Difusión"], ["c"], ["—"], ["◐ solo A"]],
    ]


def test_una_mesa_sin_registro_no_se_lee_como_silencio(base_muestra: Path) -> None:
    assert matriz(base_muestra)["muestra-2020-2"] == [
        [["Acceso, requisitos y postulación"], ["f"], ["○ no consta"], ["○ no consta"]],
    ]


def test_en_antofagasta_nada_se_atribuye_a_una_mesa(base_real: Path) -> None:
    estados = {
        fila[-1][0]
        for tema, filas_de in matriz(base_real).items()
        if tema.startswith("antofagasta")
        for fila in filas_de
    }
    assert estados == {"▣ registro conjunto"}


def par(base: Path, tema_dialogo: str, filas_de: str = "tipo") -> dict[str, Any]:
    registro = preguntar(base, "mesas_coincidencia", filas=filas_de)
    (uno,) = registro[registro["tema_dialogo_id"] == tema_dialogo].to_dict("records")
    return cast(dict[str, Any], uno)


def test_la_coincidencia_es_la_contada_a_mano(base_muestra: Path) -> None:
    # Mesa A: a (PERT, recomendación) y c (DIF). Mesa B: b (PERT,
    # diagnóstico) y d (TIC).
    # Códigos: {PERT, DIF} y {PERT, TIC}: 1 en ambas de 3. Con naturaleza, PERT difiere:
    # 0 de 4. El registro conjunto (e) no participa: 1 queda fuera.
    uno = par(base_muestra, "muestra-2020-1")
    assert (uno["ambas"], uno["solo_a"], uno["solo_b"]) == (1, 1, 1)
    assert uno["conjuntos"] == 1
    datos = preguntar(base_muestra, "mesas_pares")
    de_tema = next(
        d for d in por_tema(datos) if d[0]["tema_dialogo_id"] == "muestra-2020-1"
    )
    mismo, igual, fuera = medidas(uno, de_tema)
    assert mismo.startswith(
        "Códigos de que hablaron: 1 de 3 en ambas mesas (Jaccard 0,33)"
    )
    # Con cuatro enunciados de códigos P, P, D, T y dos por mesa: de los seis repartos,
    # cuatro separan los dos P (1 de 3) y dos los juntan (0 de 3). Media 4/18 = 0,22.
    assert "0,22 en promedio; el 90 % central, de 0,00 a 0,33 (6" in mismo
    assert mismo.endswith("permutaciones, todas las posibles).")
    assert igual.startswith("Códigos con la misma naturaleza: 0 de 4 en ambas mesas")
    assert fuera.startswith("1\N{NO-BREAK SPACE}enunciado queda fuera")


def test_por_instrumento_la_coincidencia_cuenta_instrumentos(
    base_muestra: Path,
) -> None:
    # A: a (oferta-cursos) y c (canales-difusion). B: b (oferta-cursos y otec), y d,
    # ninguno. En ambas, oferta-cursos: 1 de 3.
    uno = par(base_muestra, "muestra-2020-1", "instrumento")
    assert (uno["ambas"], uno["solo_a"], uno["solo_b"]) == (1, 1, 1)


def test_sin_registro_de_ambas_mesas_no_hay_coincidencia(base_muestra: Path) -> None:
    (dicho,) = medidas(par(base_muestra, "muestra-2020-2"), [])
    assert dicho.startswith("Coincidencia no definida. Registro incompleto")
    (dicho,) = medidas(par(base_muestra, "muestra-2021-1"), [])
    assert dicho.startswith("Coincidencia no definida. Registro conjunto")


def test_solo_los_pares_con_registro_propio_se_ordenan(base_muestra: Path) -> None:
    registro = preguntar(base_muestra, "mesas_coincidencia")
    assert comparables(registro)["tema_dialogo_id"].tolist() == ["muestra-2020-1"]


def test_el_estado_elegido_deja_solo_sus_codigos(base_muestra: Path) -> None:
    solo_a = preguntar(base_muestra, "mesas_pares", estado="solo-a")
    assert solo_a["enunciado_id"].tolist() == ["c"]
    no_consta = preguntar(base_muestra, "mesas_pares", estado="no-consta")
    assert no_consta["enunciado_id"].tolist() == ["f"]


DEMOSTRACION = [
    # La misma materia, valorada en una mesa y criticada en la otra.
    ("coquimbo-2023-ficticio-2", "EMP", "ambas", True),
    ("maule-2024-ficticio-3", "EJE", "ambas", True),
    ("los-lagos-2024-ficticio-4", "BOL", "ambas", True),
    # Una mesa sin acta: lo de la otra no dice nada de ella.
    ("coquimbo-2023-ficticio-3", "EJE", "no-consta", False),
    # Registro conjunto del tema entero, y solo de un código entre actas propias.
    ("maule-2024-ficticio-5", "ART", "conjunto", False),
    ("coquimbo-2023-ficticio-4", "ART", "conjunto", False),
    # Las dos valoran y las dos critican: coinciden en dudar, no están en tensión.
    ("coquimbo-2023-ficticio-5", "ART", "ambas", False),
]


@pytest.mark.parametrize(("tema", "codigo", "estado", "tension"), DEMOSTRACION)
def test_la_demostracion_trae_los_casos_dificiles(
    base_real: Path, tema: str, codigo: str, estado: str, tension: bool
) -> None:
    datos = preguntar(base_real, "mesas_pares")
    caso = datos[(datos["tema_dialogo_id"] == tema) & (datos["codigo"] == codigo)]
    assert set(caso["estado"]) == {estado}
    assert set(caso["hay_tension"]) == {tension}


def test_los_extremos_de_la_demostracion_son_cero_y_uno(base_real: Path) -> None:
    ordenados = comparables(preguntar(base_real, "mesas_coincidencia"))
    primero, ultimo = ordenados.iloc[0], ordenados.iloc[-1]
    assert primero["tema_dialogo_id"] == "los-lagos-2024-ficticio-1"
    assert primero["jaccard"] == 0
    assert ultimo["tema_dialogo_id"] == "maule-2024-ficticio-4"
    assert ultimo["jaccard"] == 1


def test_se_dice_cuantos_pares_dejaron_cada_registro(base_muestra: Path) -> None:
    registro = preguntar(base_muestra, "mesas_coincidencia")
    dichos = [dicho.partition(":")[0] for dicho in explicar(registro)]
    assert dichos == [
        "1 de 3 pares. Cada mesa dejó su propio registro",
        "1 de 3 pares. Registro incompleto",
        "1 de 3 pares. Registro conjunto",
    ]
    assert explicar(registro.head(1)) == [
        "Cada mesa dejó su propio registro: lo que una no dice, no quedó en él."
    ]


def test_la_tension_se_ve_tambien_por_tipo_y_naturaleza(base_real: Path) -> None:
    datos = preguntar(
        base_real, "mesas_pares", filas="tipo-naturaleza", estado="tension"
    )
    de_tema = datos[datos["tema_dialogo_id"] == "maule-2024-ficticio-3"]
    assert set(de_tema["codigo"]) >= {"EJE valoracion", "EJE diagnostico"}
    assert {codigo.split()[0] for codigo in de_tema["codigo"]} == {"EJE"}


def test_lo_dicho_en_plenario_no_pasa_por_registro_de_las_mesas(
    base_real: Path, base_muestra: Path
) -> None:
    datos = preguntar(base_real, "mesas_pares")
    plenario = datos[(datos["mesa"] == "plenario")]
    assert set(plenario["tema_dialogo_id"]) == {"maule-2024-ficticio-1"}
    estados = {fila[-1][-1] for fila in matriz(base_muestra)["muestra-2021-1"]}
    assert estados == {"▣ registro conjunto", "▤ plenario"}


def test_si_todo_reparto_da_lo_mismo_se_dice(base_real: Path) -> None:
    clave = "los-lagos-2024-ficticio-1"
    datos = preguntar(base_real, "mesas_pares")
    de_tema = next(d for d in por_tema(datos) if d[0]["tema_dialogo_id"] == clave)
    _, igual = medidas(par(base_real, clave), de_tema)
    assert igual.endswith("cualquier reparto entre las mesas daría lo mismo.")

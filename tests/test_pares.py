"""La matriz de las dos mesas dice lo registrado y no más."""

from pathlib import Path
from typing import Any

import pandas as pd

from consultas import lector
from consultas.seleccion import Seleccion
from datos.base import abrir
from tablero.pares import filas, por_tema, resumir


def matriz(base: Path) -> dict[str, list[list[Any]]]:
    con = abrir(base)
    datos = lector.consultar(
        con, "mesas_pares", lector.valores("mesas_pares", Seleccion())
    )
    return {
        de_tema[0]["tema_dialogo_id"]: [
            [[parte.abre or parte.texto for parte in celda.partes] for celda in celdas]
            for celdas, _ in filas(de_tema)
        ]
        for de_tema in por_tema(datos)
    }


def test_cada_mesa_muestra_lo_suyo_y_lo_conjunto_va_aparte(base_muestra: Path) -> None:
    assert matriz(base_muestra)["muestra-2020-1"] == [
        [["Pertinencia de la oferta"], ["a"], ["b"], ["◉ ambas"]],
        [["Pertinencia de la oferta"], ["e"], ["▣ registro conjunto"]],
        [["Difusión"], ["c"], ["—"], ["◐ solo A"]],
        [["Usabilidad de sistemas"], ["—"], ["d"], ["◑ solo B"]],
    ]


def test_una_mesa_sin_registro_no_se_lee_como_silencio(base_muestra: Path) -> None:
    assert matriz(base_muestra)["muestra-2020-2"] == [
        [["Acceso, requisitos y postulación"], ["f"], ["○ no consta"], ["○ no consta"]],
    ]


def test_en_antofagasta_nada_se_atribuye_a_una_mesa(base_real: Path) -> None:
    estados = {
        fila[-1][0] for filas_de in matriz(base_real).values() for fila in filas_de
    }
    assert estados == {"▣ registro conjunto"}


def test_el_par_con_registros_distintos_es_incompleto() -> None:
    mesas = pd.DataFrame(
        {
            "tema_dialogo_id": ["x", "x"],
            "tema_numero": [1, 1],
            "tema": ["T", "T"],
            "letra": ["A", "B"],
            "registro": ["propio", "sin registro"],
            "participantes": [0, None],
        }
    )
    (par,) = resumir(mesas).to_dict("records")
    assert par["registro"] == "incompleto"
    assert par["participantes_a"] == 0
    assert pd.isna(par["participantes_b"])

"""Las figuras son válidas, llevan a lo que cuentan y no ejecutan nada."""

import pandas as pd
import plotly.graph_objects as go
import pytest

from tablero.formato import rotulo
from tablero.graficos import NATURALEZAS, Figura, FiguraLista, barras, mapa

HOSTIL = '<a href="x">clic</a> <b>y</b> & más'


def naturalezas() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "tema_id": [1, 1, 2],
            "tema": ["Uno", "Uno", HOSTIL],
            "naturaleza": ["recomendacion", "contexto", "diagnostico"],
            "naturaleza_nombre": ["Recomendación", "Contexto", "Diagnóstico"],
            "enunciados": [4, 1, 2],
        }
    )


def tipos() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "tema_id": [1, 2],
            "tema": ["Uno", HOSTIL],
            "tipo": ["PERT", "TIC"],
            "tipo_nombre": ["Pertinencia", HOSTIL],
            "enunciados": [3, 1],
        }
    )


FIGURAS = {
    "barras": barras(naturalezas(), "tema", "tema"),
    "mapa": mapa(tipos(), "tema", "tema"),
}


@pytest.mark.parametrize("figura", FIGURAS.values(), ids=FIGURAS)
def test_la_figura_es_valida_para_plotly(figura: Figura) -> None:
    assert go.Figure(figura).to_dict()["data"]
    assert FiguraLista(figura).to_dict() is figura


@pytest.mark.parametrize("figura", FIGURAS.values(), ids=FIGURAS)
def test_ningun_dato_entra_como_html(figura: Figura) -> None:
    textos = repr(figura["data"]) + repr(figura["layout"]["yaxis"])
    textos += repr(figura["layout"]["xaxis"])
    assert "<a" not in textos and "<b>" not in textos
    assert "&lt;a" in textos


def test_cada_tramo_lleva_a_sus_enunciados() -> None:
    figura = FIGURAS["barras"]
    tramos = {trazo["name"]: trazo["customdata"] for trazo in figura["data"]}
    assert tramos["Recomendación"] == ["tema=1&naturaleza=recomendacion"]
    (celdas,) = FIGURAS["mapa"]["data"]
    assert celdas["customdata"][1] == "tema=2&tipo=TIC"


def test_una_naturaleza_lleva_siempre_su_color() -> None:
    colores = {t["name"]: t["marker"]["color"] for t in FIGURAS["barras"]["data"]}
    assert colores == {
        nombre: f"#00000{NATURALEZAS.index(nombre) + 1}" for nombre in colores
    }


def test_el_mapa_pone_cada_recuento_en_su_columna() -> None:
    (celdas,) = FIGURAS["mapa"]["data"]
    ejes = FIGURAS["mapa"]["layout"]["xaxis"]
    assert celdas["base"] == [-0.5, 0.5]
    assert celdas["text"] == [3, 1]
    assert ejes["ticktext"][0] == "Uno"


def test_los_grupos_del_mapa_van_en_orden_alfabetico_espanol() -> None:
    grupos = tipos().assign(grupo_id=["o", "n"], grupo=["Ñuble", "Árbol"])
    (celdas,) = mapa(grupos, "grupo", "grupo")["data"]
    assert celdas["base"] == [0.5, -0.5]


def test_el_rotulo_parte_lineas_sin_cortar_palabras() -> None:
    assert rotulo("Articulación del sistema", 14) == "Articulación<br>del sistema"

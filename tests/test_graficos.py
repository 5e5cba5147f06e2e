"""Las figuras son válidas, llevan a lo que cuentan y no ejecutan nada."""

import pandas as pd
import plotly.graph_objects as go
import pytest

from tablero.formato import rotulo
from tablero.graficos import (
    NATURALEZAS,
    SECUENCIA,
    Figura,
    FiguraLista,
    barras,
    barras_de_pares,
)
from tablero.mapas import franja, mapa
from tablero.recorte import BARRAS, COLUMNAS

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


def regiones() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "region_id": ["15", "02", "12"],
            "region": ["Arica y Parinacota", "Antofagasta", HOSTIL],
            "dialogos": [0, 1, 1],
            "enunciados": [0, 62, 0],
            "estado": ["sin diálogo cargado", "con registro", "sin registro"],
        }
    )


def pares() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "dialogo_id": ["d", "d"],
            "dialogo": [HOSTIL, HOSTIL],
            "tema_id": [1, 2],
            "tema_numero": [1, 2],
            "tema": ["Uno", HOSTIL],
            "ambas": [0, 2],
            "solo_a": [3, 1],
            "solo_b": [1, 0],
        }
    )


FIGURAS = {
    "barras": barras(naturalezas(), "tema", "tema"),
    "mapa": mapa(tipos(), "tema"),
    "franja": franja(regiones()),
    "pares": barras_de_pares(pares()),
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
    (celdas,) = mapa(grupos, "grupo")["data"]
    assert celdas["base"] == [0.5, -0.5]


def test_el_rotulo_parte_lineas_sin_cortar_palabras() -> None:
    assert rotulo("Articulación del sistema", 14) == "Articulación<br>del sistema"


def test_sin_registro_no_se_confunde_con_sin_dialogo() -> None:
    con, sin = franja(regiones())["data"]
    assert con["text"] == [
        "62\N{NO-BREAK SPACE}enunciados en 1\N{NO-BREAK SPACE}diálogo",
        "sin registro",
    ]
    assert con["marker"]["pattern"]["shape"] == ["", "/"]
    assert con["customdata"] == ["region=02", ""]
    assert sin["text"] == ["sin diálogo cargado"]
    assert "customdata" not in sin


def test_una_casilla_en_cero_se_lee_sin_registro() -> None:
    datos = tipos().assign(enunciados=[3, 0])
    (celdas,) = mapa(datos, "tema")["data"]
    assert celdas["text"] == [3, "sin<br>reg."]
    assert celdas["customdata"] == ["tema=1&tipo=PERT", ""]
    assert celdas["marker"]["pattern"]["shape"] == ["", "/"]


def test_el_tono_con_denominador_es_la_parte_y_no_el_recuento() -> None:
    # 3 de 30 es menos que 1 de 2, aunque 3 sea más que 1.
    datos = tipos().assign(total=[30, 2])
    figura = mapa(datos, "tema", total="total")
    # De 10 pasos, el 0,1 de 0,5 es el segundo.
    assert figura["data"][0]["marker"]["color"] == [SECUENCIA[2], SECUENCIA[9]]
    assert figura["layout"]["xaxis"]["ticktext"][0] == "Uno (30)"


def test_cada_par_lleva_a_su_matriz() -> None:
    trazos = barras_de_pares(pares())["data"]
    assert [t["name"] for t in trazos] == ["En ambas", "Solo A", "Solo B"]
    assert {tuple(t["customdata"]) for t in trazos} == {
        ("dialogo=d&tema=1", "dialogo=d&tema=2")
    }


def test_sin_datos_hay_figura_vacia_y_no_un_error() -> None:
    assert mapa(tipos().head(0), "tema")["data"][0]["y"] == []
    assert barras(naturalezas().head(0), "tema", "tema")["data"] == []


def dialogos(cuantos: int) -> pd.DataFrame:
    """El primero tiene un enunciado, el segundo dos, y así."""
    claves = [f"d{i}" for i in range(cuantos)]
    return pd.DataFrame(
        {
            "dialogo_id": claves,
            "dialogo": [f"Diálogo {i}" for i in range(cuantos)],
            "dialogo_orden": range(cuantos),
            "tipo": "PERT",
            "tipo_nombre": "Pertinencia",
            "naturaleza": "contexto",
            "naturaleza_nombre": "Contexto",
            "enunciados": range(1, cuantos + 1),
        }
    )


def test_en_el_mapa_van_los_dialogos_con_mas_enunciados_y_se_dice() -> None:
    figura = mapa(dialogos(COLUMNAS + 2), "dialogo")
    nombres = figura["layout"]["xaxis"]["ticktext"]
    assert nombres[0] == "Diálogo 2" and nombres[-1] == f"Diálogo {COLUMNAS + 1}"
    assert figura["data"][0]["text"] == list(range(3, COLUMNAS + 3))
    assert figura["layout"]["meta"] == [
        "Se muestran los 30 diálogos con más enunciados, de 32; los demás están en la"
        " tabla."
    ]
    assert mapa(dialogos(COLUMNAS), "dialogo")["layout"]["meta"] == []


def test_en_las_barras_van_las_categorias_mayores_y_se_dice() -> None:
    datos = dialogos(BARRAS + 1)
    figura = barras(datos, "dialogo", "dialogo")
    assert len(figura["data"][0]["y"]) == BARRAS
    assert "Diálogo 0" not in figura["layout"]["yaxis"]["categoryarray"]
    assert "los 40 diálogos con más enunciados, de 41" in figura["layout"]["meta"][0]
    assert barras(datos.tail(BARRAS), "dialogo", "dialogo")["layout"]["meta"] == []


def test_de_muchos_pares_van_los_que_mas_difieren() -> None:
    muchos = pd.concat([pares()] * 21)
    figura = barras_de_pares(muchos)
    assert len(figura["data"][0]["x"]) == BARRAS
    assert "los 40 pares que más difieren, de 42" in figura["layout"]["meta"][0]
    assert barras_de_pares(muchos.head(BARRAS))["layout"]["meta"] == []


def test_lo_recortado_sigue_siendo_valido_para_plotly() -> None:
    assert go.Figure(mapa(dialogos(99), "dialogo")).layout.meta

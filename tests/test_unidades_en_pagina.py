"""Dividir en pantalla es a ciegas y no pierde nada; el acuerdo se ve aparte."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection
from streamlit.testing.v1 import AppTest

from datos.segmentar import Parrafo, guardar_segmentacion
from tablero import conexion
from tests.test_paginas import abrir, html

# El primer documento de la lista: un acta inventada, y su tercer párrafo.
ACTA = "acta-coquimbo-2023-ficticio-1-A"
TEMA = "coquimbo-2023-ficticio-1"
LUGAR = Parrafo(ACTA, TEMA, 3)
CUADRO = f"u_texto_{ACTA}_{TEMA}_3"
TEXTO = (
    "No hubo acuerdo sobre Canela: unos querían formar en queso de cabra con resolución"
    " sanitaria, otros dijeron que al paso que vamos en unos años no quedará animal que"
    " ordeñar."
)
DOS = TEXTO.replace("sanitaria, ", "sanitaria, | ")
OTRAS_DOS = TEXTO.replace("Canela: ", "Canela: | ")


@pytest.fixture
def con(
    base_real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DuckDBPyConnection]:
    """La base real, en una copia que la página puede escribir."""
    ruta = Path(shutil.copy(base_real, tmp_path / "real.duckdb"))
    monkeypatch.setenv("TABLERO_BD", str(ruta))
    conexion.cerrar()
    yield conexion.conexion()
    conexion.cerrar()


def desde_otra_ventana(con: DuckDBPyConnection, quien: str, marcado: str,
                       version: int | None = None) -> None:  # fmt: skip
    guardar_segmentacion(con, quien, LUGAR, marcado, version)
    conexion.nueva_edicion()


def como(quien: str) -> AppTest:
    prueba = abrir("codificar", hacer="unidades", ficticio="si")
    prueba.text_input(key="seudonimo").set_value(quien).run()
    prueba.selectbox(key="u_parrafo").set_value(3).run()
    assert not prueba.exception
    return prueba


def texto(prueba: AppTest) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html(prueba)).split())


def test_sin_texto_cargado_se_dice_y_solo_se_ofrece_lo_que_consta(
    con: DuckDBPyConnection,
) -> None:
    prueba = abrir("codificar", "citados", hacer="unidades")
    assert "no hay párrafo que dividir" in prueba.info[0].value
    assert not prueba.text_area
    dicho = texto(prueba)
    assert "Esta base solo trae de ellos el lugar de cada pasaje." in dicho
    assert "no son la división de un codificador" in dicho
    # Un tramo que sostiene dos enunciados es uno solo.
    ((distintos,),) = con.execute(
        "select count(distinct (tema_dialogo_id, parrafo, primer_caracter,"
        " ultimo_caracter)) from citas inner join enunciados using (enunciado_id)"
        " where documento_id not like 'acta-%'"
    ).fetchall()
    citados = re.findall(r'data-titulo="Caracteres"><div><div>(.*?)<', html(prueba))
    assert sum(len(fila.split("; ")) for fila in citados) == distintos > 0


def test_se_divide_a_ciegas_y_lo_ajeno_se_ve_al_guardar(
    con: DuckDBPyConnection,
) -> None:
    desde_otra_ventana(con, "beto", OTRAS_DOS)
    prueba = como("ana")
    # En blanco: ni una propuesta ni lo de beto.
    assert prueba.text_area(key=CUADRO).value == TEXTO
    assert "1\N{NO-BREAK SPACE}división más" in html(prueba)
    assert "beto" not in html(prueba)
    prueba.text_area(key=CUADRO).set_value(DOS).run()
    assert "Así queda: 2 unidades" in texto(prueba)
    prueba.button(key="u_guardar").click().run()
    assert not prueba.exception
    dicho = texto(prueba)
    assert "La división está guardada: 2 unidades." in dicho
    assert "Las divisiones, lado a lado. ana: 2 unidades, beto: 2 unidades" in dicho
    assert "◐ distinta" in dicho and "unidad 1, solo aquí" in dicho
    assert (
        "Divididos por usted: 1 de 4 párrafos; entre todos hay 2 divisiones." in dicho
    )
    prueba.button(key="u_siguiente").click().run()
    assert prueba.selectbox(key="u_parrafo").value == 4


def test_lo_que_cambia_el_texto_no_se_guarda_y_sigue_en_pantalla(
    con: DuckDBPyConnection,
) -> None:
    prueba = como("ana")
    roto = DOS.replace("queso", "queso <img src=x>")
    prueba.text_area(key=CUADRO).set_value(roto)
    prueba.button(key="u_guardar").click().run()
    assert html(prueba).count("La división no se puede leer así.") == 1
    assert "No se guardó: corrija" in html(prueba)
    assert "<img" not in html(prueba)
    assert prueba.text_area(key=CUADRO).value == roto
    assert not con.execute("select 1 from segmentaciones").fetchall()
    prueba.button(key="u_de_nuevo").click().run()
    assert prueba.text_area(key=CUADRO).value == TEXTO


@pytest.mark.usefixtures("con")
def test_las_rayas_puestas_antes_del_seudonimo_no_se_pierden() -> None:
    prueba = abrir("codificar", hacer="unidades", ficticio="si")
    prueba.selectbox(key="u_parrafo").set_value(3).run()
    assert prueba.button(key="u_guardar").disabled
    prueba.text_area(key=CUADRO).set_value(DOS).run()
    prueba.text_input(key="seudonimo").set_value("ana").run()
    assert prueba.text_area(key=CUADRO).value == DOS
    # Otra persona en el mismo equipo empieza en blanco.
    prueba.text_input(key="seudonimo").set_value("beto").run()
    assert prueba.text_area(key=CUADRO).value == TEXTO


def test_la_pagina_no_pisa_lo_que_otra_ventana_guardo(con: DuckDBPyConnection) -> None:
    desde_otra_ventana(con, "ana", TEXTO)
    prueba = como("ana")
    prueba.text_area(key=CUADRO).set_value(DOS).run()
    desde_otra_ventana(con, "ana", OTRAS_DOS, 1)
    prueba.button(key="u_guardar").click().run()
    assert "«ana» cambió esto" in html(prueba)
    assert "En la otra ventana: 2 unidades y En esta: 2 unidades." in texto(prueba)
    sql = "select version, length(cortes) from segmentaciones"
    assert con.execute(sql).fetchall() == [(2, 2)]
    assert prueba.text_area(key=CUADRO).value == DOS
    prueba.button(key="u_guardar").click().run()
    assert con.execute(sql).fetchall() == [(3, 2)]


def test_quitar_la_propia_pregunta_antes(con: DuckDBPyConnection) -> None:
    desde_otra_ventana(con, "ana", DOS)
    prueba = como("ana")
    assert prueba.text_area(key=CUADRO).value == DOS
    prueba.button(key="u_quitar").click().run()
    prueba.button(key="u_si_quitar").click().run()
    assert not con.execute("select 1 from segmentaciones").fetchall()
    assert prueba.text_area(key=CUADRO).value == TEXTO


def test_el_acuerdo_al_dividir_se_ve_aparte_y_lo_disputado_lado_a_lado(
    con: DuckDBPyConnection,
) -> None:
    desde_otra_ventana(con, "ana", TEXTO)
    desde_otra_ventana(con, "ana", DOS, 1)
    desde_otra_ventana(con, "beto", OTRAS_DOS)
    prueba = abrir("acuerdo", ficticio="si")
    assert not prueba.exception
    dicho = texto(prueba)
    assert "Cambiadas después de guardarse: 1 de 2 divisiones." in dicho
    # 30 palabras: 29 huecos, en 27 nadie corta y en dos, uno solo. De 58 decisiones,
    # 2 cortan: 1 - 57·4 / (2·2·56) = -1/56.
    assert len(TEXTO.split()) == 30
    fila = re.findall(r"Acuerdo al dividir en unidades</caption>.*?</table>",
                      html(prueba), re.S)[0]  # fmt: skip
    celdas = re.findall(r"<div><div>(.*?)</div></div>", fila)
    assert celdas[:6] == ["1", "29", "2", "2", "0,931", "-0,018"]
    assert "0 ambas · 1 solo una · 1 solo otra, en 29 huecos" in dicho
    assert "0 ambas · 2 solo una · 2 solo otra" in dicho
    assert "Difieren en 1 de 1 párrafos." in dicho
    assert "Las dos divisiones. ana: 2 unidades y beto: 2 unidades." in dicho
    # Los modelos van aparte, y apagado lo ficticio no queda nada suyo.
    for otra in (abrir("acuerdo", ficticio="si", clase="modelo"), abrir("acuerdo")):
        assert "nadie dividió ningún párrafo de lo que se muestra" in html(otra)
        assert "beto" not in html(otra)


@pytest.mark.usefixtures("con_muestra")
def test_una_division_sin_su_texto_queda_fuera_y_se_dice() -> None:
    dicho = html(abrir("acuerdo", clase="modelo"))
    assert "2\N{NO-BREAK SPACE}divisiones quedan fuera" in dicho
    assert "nadie dividió ningún párrafo" in dicho

"""Seguimiento: responder, cambiar, negarse con razón y llegar a lo que se contó."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from datos.respuestas import Respuesta, contestar
from tablero import conexion
from tests.test_paginas import abrir, filas, html

UNA, OTRA = "antofagasta-2018-1-04", "antofagasta-2018-1-11"
HOSTIL = '<img src=x onerror="alert(1)"> **negrita**'
RESPUESTA = Respuesta(
    "Unidad de Cursos", "aceptada", "en curso", accion=HOSTIL, vence=date(2020, 3, 31)
)


@pytest.fixture(autouse=True)
def base(
    base_real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """La base real, en una copia que la página puede escribir."""
    ruta = Path(shutil.copy(base_real, tmp_path / "real.duckdb"))
    monkeypatch.setenv("TABLERO_BD", str(ruta))
    conexion.cerrar()
    yield
    conexion.cerrar()


def responder(*enunciados: str) -> str:
    clave = contestar(conexion.conexion(), "equipo-sur", enunciados, RESPUESTA)
    conexion.nueva_edicion()
    return clave


def en_ficha(enunciado: str) -> AppTest:
    prueba = abrir("seguimiento", recomendacion=enunciado)
    prueba.text_input(key="seudonimo").set_value("equipo-norte").run()
    return prueba


def guardar(prueba: AppTest) -> AppTest:
    (boton,) = [b for b in prueba.button if b.label == "Guardar la respuesta"]
    boton.click().run()
    assert not prueba.exception
    return prueba


def estado() -> list[tuple[object, ...]]:
    filas: list[tuple[object, ...]] = conexion.conexion().execute(
        "select unidad, resultado, version from respuestas"
    ).fetchall()  # fmt: skip
    return filas


def test_antofagasta_parte_sin_respuestas_y_no_es_una_falta() -> None:
    dicho = html(abrir("seguimiento"))
    assert "Todavía no se registra ninguna respuesta. No es una falta" in dicho
    assert filas(abrir("seguimiento", cuales="sin-respuesta")) > 0


def test_responder_y_cambiar_quedan_con_su_historia() -> None:
    prueba = en_ficha(UNA)
    prueba.text_input(key="r_unidad").set_value("Unidad A")
    guardar(prueba)
    assert "La respuesta está guardada." in html(prueba)
    prueba.text_input(key="r_unidad").set_value("Unidad B")
    guardar(prueba)
    assert estado() == [("Unidad B", "aceptada", 2)]
    assert "Unidad A" in html(prueba).split("Historia de la respuesta")[1]


def test_no_acoger_sin_razon_se_rechaza_y_nada_se_pierde() -> None:
    prueba = en_ficha(UNA)
    prueba.text_input(key="r_unidad").set_value("Unidad A")
    prueba.selectbox(key="r_resultado").set_value("no acogida")
    guardar(prueba)
    assert "Diga por qué no se acoge" in html(prueba)
    assert estado() == []
    assert prueba.text_input(key="r_unidad").value == "Unidad A"


def test_lo_compartido_lo_vencido_y_lo_hostil_se_leen() -> None:
    responder(UNA, OTRA)
    dicho = html(abrir("seguimiento", recomendacion=UNA))
    assert "Comparte la respuesta con:" in dicho
    assert "<img" not in dicho
    assert "&lt;img src=x" in dicho
    # También en la historia, donde la bitácora la guarda como texto.
    assert dicho.count("31\N{NO-BREAK SPACE}mar\N{NO-BREAK SPACE}2020") >= 3
    assert "2020-03-31" not in dicho
    vencidas = html(abrir("seguimiento", cuales="vencidas"))
    assert "Vencidas: 2\N{NO-BREAK SPACE}recomendaciones, de 34" in vencidas


def test_una_cifra_acota_a_lo_que_cuenta() -> None:
    responder(UNA)
    dicho = html(abrir("seguimiento"))
    assert 'data-hacer="seguir" data-valor="cuales=sin-respuesta">33<' in dicho
    assert "Cerradas: ninguna de 34" in abrir(
        "seguimiento", cuales="cerradas"
    ).info[0].value  # fmt: skip


def test_quien_llega_segundo_no_pisa_y_ve_quien_cambio() -> None:
    clave = responder(UNA)
    prueba = en_ficha(UNA)
    prueba.text_input(key="r_unidad").set_value("La mía")
    contestar(
        conexion.conexion(), "equipo-sur", [UNA],
        Respuesta("Otra unidad", "aceptada", "en curso"), clave, 1,
    )  # fmt: skip
    conexion.nueva_edicion()
    guardar(prueba)
    assert "«equipo-sur» cambió esto" in html(prueba)
    assert estado() == [("Otra unidad", "aceptada", 2)]
    assert prueba.text_input(key="r_unidad").value == "La mía"
    guardar(prueba)
    assert estado() == [("La mía", "aceptada", 3)]


def test_dos_primeras_respuestas_a_la_vez_se_dicen_a_quien_llega_segundo() -> None:
    prueba = en_ficha(UNA)
    prueba.text_input(key="r_unidad").set_value("La mía")
    responder(UNA, OTRA)
    guardar(prueba)
    dicho = html(prueba)
    assert "«equipo-sur» cambió esto" in dicho
    assert "Otra persona respondió esta recomendación" in dicho
    assert "Si guarda de nuevo, dejará de responder a: " in dicho
    cambio = dicho.split("Qué cambió entretanto")[1].split("</table>")[0]
    assert "Unidad de Cursos" in cambio
    # Las recomendaciones enlazadas se leen; sus claves, no.
    assert cambio.count(">Recomendación enlazada<") == 2
    assert UNA not in cambio and OTRA not in cambio
    assert estado() == [("Unidad de Cursos", "aceptada", 1)]
    assert prueba.text_input(key="r_unidad").value == "La mía"
    # Y quien respondió primero lo ve en la historia.
    historia = html(abrir("seguimiento", recomendacion=UNA)).split("Historia de la")[1]
    assert "Chocó: no se guardó" in historia and "equipo-norte" in historia
    guardar(prueba)
    assert estado() == [("La mía", "aceptada", 2)]


def test_cerrar_sin_evidencia_se_dice_al_guardar_y_se_puede_insistir() -> None:
    prueba = en_ficha(UNA)
    prueba.text_input(key="r_unidad").set_value("Unidad A")
    prueba.selectbox(key="r_estado").set_value("cerrada")
    guardar(prueba)
    assert "la cierra sin evidencia" in html(prueba)
    assert estado() == []
    assert prueba.text_input(key="r_unidad").value == "Unidad A"
    guardar(prueba)
    assert estado() == [("Unidad A", "aceptada", 1)]
    # Con evidencia no se avisa; cada cierre sin ella, sí.
    prueba.text_input(key="r_evidencia").set_value("Ord. N° 12")
    guardar(prueba)
    assert estado() == [("Unidad A", "aceptada", 2)]
    prueba.text_input(key="r_evidencia").set_value(" ")
    guardar(prueba)
    assert "la cierra sin evidencia" in html(prueba)
    assert estado() == [("Unidad A", "aceptada", 2)]


def test_un_diagnostico_no_se_responde() -> None:
    dicho = html(abrir("seguimiento", recomendacion="antofagasta-2018-1-01"))
    assert "Esa recomendación no está, o no se muestra." in dicho

"""La primera visita baja poco, no salta y no pide nada afuera."""

import pytest
from playwright.sync_api import Browser

from pruebas_de_carga.navegador import MIB, Visita, clics, primera, redactar
from tests.conftest import Servidor

pytestmark = pytest.mark.navegador


def test_la_primera_visita_baja_poco_no_salta_y_nada_pide_afuera(
    navegador: Browser, servidor: Servidor
) -> None:
    visita = primera(navegador, servidor.url)
    # El programa de Plotly solo pesa más de un mega: con menos no se midió todo.
    assert MIB < visita.bytes <= 3 * MIB
    assert visita.saltos <= 0.1
    assert visita.ajenos == set()


def test_lo_que_se_pide_afuera_y_lo_que_salta_se_ven(navegador: Browser) -> None:
    salta = "document.body.style.paddingTop = '300px'"
    html = (
        "<style>p { height: 500px }</style>"
        "<h1>Título</h1><img src='http://127.0.0.2:9/x.png'>"
        "<div class='js-plotly-plot'><p class='main-svg'>gráfico</p></div>"
        "<div data-testid='stApp' data-test-script-state='notRunning'></div>"
        f"<script>setTimeout(() => {{ {salta} }}, 400)</script>"
    )
    visita = primera(navegador, f"data:text/html,{html}")
    assert visita.ajenos == {"127.0.0.2:9"}
    assert visita.saltos > 0.1


def test_cada_clase_de_clic_se_mide_hasta_que_la_pagina_queda_quieta(
    navegador: Browser, servidor: Servidor
) -> None:
    tiempos = clics(navegador, servidor.url, rondas=1)
    assert [len(ms) for ms in tiempos.values()] == [1, 1, 2, 2]
    assert all(ms > 0 for clase in tiempos.values() for ms in clase)
    tabla = redactar([Visita(1.5, 2e6, 0.05)], {"clic": [100.0, 200.0]})
    assert (
        "| primer gráfico a la vista, sin nada guardado (mediana) | 1.50 s |" in tabla
    )
    assert "| otros servidores | ninguno | ninguno |" in tabla

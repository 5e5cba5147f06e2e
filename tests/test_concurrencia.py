"""Varias personas a la vez, por el websocket de verdad: todo termina y nada falla."""

import math
import sys
from pathlib import Path

import pytest

from pruebas_de_carga.concurrencia import Cuenta, concurrir, redactar, restos
from pruebas_de_carga.persona import Vuelta, abrir
from pruebas_de_carga.proceso import Servidor, puerto_libre, servir
from tablero.paginas import PAGINAS
from tests import conftest

pytestmark = pytest.mark.navegador
PERSONAS, ACCIONES = 5, 3
CON_FALTAS = """
import streamlit as st
st.error("no se pudo")
raise ValueError("roto")
"""
TRAS_PARTIR = """
import gc, sys
sys.path.insert(0, {raiz!r})
import streamlit as st
from streamlit import config
from tablero.servidor import ciclo_de_vida
recolecta, apartado = config.get_option("runner.postScriptGC"), gc.get_freeze_count()
st.html(f"<p>{{recolecta}} {{apartado > 50_000}}</p>")
app = st.App(__file__, lifespan=ciclo_de_vida)
"""


@pytest.fixture(scope="module")
def atendido(servidor: conftest.Servidor) -> Servidor:
    return Servidor(servidor.url, servidor.proceso.pid)


def test_varias_personas_a_la_vez_terminan_todo_sin_error(atendido: Servidor) -> None:
    cuenta = conftest.en_un_hilo(concurrir(atendido, PERSONAS, ACCIONES, pausa=0.2))
    assert cuenta.errores == []
    assert len(cuenta.aperturas) == PERSONAS
    assert len(cuenta.esperas) == PERSONAS * ACCIONES
    assert cuenta.paginas >= {pagina.nombre for pagina in PAGINAS[1:PERSONAS]}
    if sys.platform == "linux":
        assert cuenta.cpu > 0
        assert atendido.memoria("VmHWM") >= atendido.memoria() > 50_000
        assert math.isfinite(conftest.en_un_hilo(restos(atendido, 0, 2, 2)))


def test_toda_pagina_responde_y_el_filtro_la_sigue(atendido: Servidor) -> None:
    async def recorrer() -> dict[str, Vuelta]:
        async with abrir(atendido.url, "temas") as (persona, _):
            await persona.elegir({"Tema": [persona.filtros["Tema"][1][1]]})
            return {nombre: await persona.ir(nombre) for nombre in persona.paginas}

    vistas = conftest.en_un_hilo(recorrer())
    # La de inicio vive en la raíz.
    assert list(vistas) == ["", *(pagina.nombre for pagina in PAGINAS[1:])]
    for nombre, vista in vistas.items():
        assert (vista.pagina, vista.errores) == (nombre, [])
    assert any("en el tema 2. Eficiencia" in texto for texto in vistas["tipos"].textos)


def primera_vuelta(guion: Path, texto: str, entorno: dict[str, str]) -> Vuelta:
    """Sirve un guion suelto y lo visita una vez."""
    guion.write_text(texto, encoding="utf-8")
    puerto = puerto_libre()
    orden = [sys.executable, "-m", "streamlit", "run", str(guion), "--server.port",
             str(puerto)]  # fmt: skip

    async def visitar(url: str) -> Vuelta:
        async with abrir(url, "") as (_, primera):
            return primera

    with servir(orden, puerto, "_stcore/health", entorno) as servido:
        return conftest.en_un_hilo(visitar(servido.url))


def test_lo_que_falla_en_una_pagina_se_cuenta(tmp_path: Path) -> None:
    errores = primera_vuelta(tmp_path / "guion.py", CON_FALTAS, {}).errores
    assert errores[0] == "no se pudo" and len(errores) == 2


def test_la_tabla_dice_lo_medido_junto_a_la_meta() -> None:
    cuenta = Cuenta([0.1, 0.1, 0.3], [0.2, 0.2], errores=["temas: roto"], cpu=0.06)
    tabla = redactar(3, 10.0, cuenta, 300 * 1024, math.nan)
    assert "| 3, 1 errores | 0 errores |" in tabla
    assert "| CPU del servidor por acción | 20.0 ms |" in tabla
    assert "| memoria del servidor, la mayor | 300 MiB | 600 |" in tabla
    assert "| lo que deja cada sesión cerrada | — KiB | 20 KiB |" in tabla


def test_tras_partir_nadie_espera_por_el_recolector(
    copia_real: Path, tmp_path: Path
) -> None:
    texto = TRAS_PARTIR.format(raiz=str(conftest.RAIZ))
    base = {"TABLERO_BD": str(copia_real)}
    assert primera_vuelta(tmp_path / "guion.py", texto, base).textos == [
        "<p>False True</p>"
    ]

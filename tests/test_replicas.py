"""Varias copias de lectura y una que escribe, tras un nginx de verdad."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection
from playwright.sync_api import Browser, expect

from consultas.seleccion import Seleccion
from datos import permisos
from datos.base import abrir as base_abierta
from datos.edicion import editar
from datos.escritura import en_turno
from datos.permisos import SinPermiso
from datos.publicar import publicar, retener, vigente
from datos.publicar_reloj import publicaciones_al_escribir
from pruebas_de_carga.persona import SinTerminar, abrir
from pruebas_de_carga.sintetico.generar import generar
from tablero import conexion, relojes
from tests.casa import Casa, casa_con, la_que_atiende
from tests.conftest import copia, en_un_hilo
from tests.test_codificar_en_navegador import firmar, responder
from tests.test_paginas import abrir as abrir_pagina
from tests.test_paginas import html
from tests.visitas import Visita, pulsar_barra

COPIAS = 3
# Segundos. De sobra en un equipo ocupado: lo que se prueba es que llega.
PACIENCIA = 40
ABRIR = "import duckdb, sys; duckdb.connect(sys.argv[1])"
ESCRITORA = "https://escribe.example/"


@pytest.fixture
def de_lectura(
    base_muestra: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Este proceso, como copia de lectura de lo publicado en la carpeta que da."""
    monkeypatch.setenv("TABLERO_PUBLICACIONES", str(tmp_path))
    monkeypatch.setenv("TABLERO_BD", str(tmp_path / "no-esta.duckdb"))
    publicar(base_muestra, tmp_path)
    conexion.cerrar()
    permisos.solo_leer(ESCRITORA)
    yield tmp_path
    permisos.COPIA.clear()
    conexion.cerrar()


def enunciados() -> int:
    cifras = conexion.preguntar("resumen_cifras", Seleccion(ficticio=True))
    return int(cifras["enunciados"].sum())


def test_una_copia_pasa_a_lo_nuevo_y_quien_leia_termina_con_lo_suyo(
    de_lectura: Path,
) -> None:
    antes = enunciados()
    cursor = conexion.conexion().cursor()
    cursor.execute("select * from lectura_enunciados")
    publicar(generar(de_lectura / "otra.duckdb", 500), de_lectura, guardar=1)
    relojes.renovar()
    assert enunciados() > antes + 400
    assert len(cursor.fetchall()) == antes


def test_sin_nada_nuevo_no_se_olvida_lo_respondido(de_lectura: Path) -> None:
    relojes.renovar()
    edicion = conexion.edicion()
    relojes.renovar()
    assert conexion.edicion() == edicion


def test_si_lo_nuevo_no_se_puede_leer_se_sigue_con_lo_anterior(
    de_lectura: Path, base_muestra: Path
) -> None:
    antes = enunciados()
    nueva = publicar(base_muestra, de_lectura)
    nueva.base.unlink()
    with pytest.raises(OSError):
        relojes.renovar()
    assert enunciados() == antes and not nueva.base.exists()


def test_lo_que_alguien_lee_no_se_quita(base_muestra: Path, tmp_path: Path) -> None:
    leida = publicar(base_muestra, tmp_path, guardar=1)
    retenida = retener(leida)
    publicar(base_muestra, tmp_path, guardar=1)
    assert leida.base.exists()
    os.close(retenida)
    publicar(base_muestra, tmp_path, guardar=1)
    assert not leida.carpeta.exists()


@pytest.mark.usefixtures("de_lectura")
def test_en_una_copia_no_se_escribe_y_se_dice_donde_si() -> None:
    con = conexion.conexion()
    with pytest.raises(SinPermiso, match=f"copia de lectura.*{ESCRITORA}"):
        editar(con, "uno", "nada", lambda _: None)
    with pytest.raises(SinPermiso, match=f"copia de lectura.*{ESCRITORA}"):
        en_turno(lambda: None)
    for nombre in conexion.QUE_ESCRIBEN:
        pagina = abrir_pagina(nombre)
        assert not pagina.exception
        assert f"Para escribir, entre en {ESCRITORA}." in html(pagina), nombre
    assert not abrir_pagina("cargar").get("file_uploader")
    temas = abrir_pagina("temas")
    assert "copia de lectura: aquí" not in html(temas)
    assert "Copia de lectura, con lo publicado el" in html(temas)


def test_lo_que_se_escribe_se_publica_poco_despues(
    base_muestra: Path, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("TABLERO_PUBLICAR_SEGUNDOS", "1")
    monkeypatch.setenv("TABLERO_PUBLICACIONES", str(tmp_path))
    base = copia(base_muestra, tmp_path_factory)
    with base_abierta(base, escribe=True) as con:
        with publicaciones_al_escribir(base, tmp_path):
            esperar_a(lambda: list(tmp_path.glob("p-*")))
            en_turno(lambda: con.execute("insert into temas values (99, 'Nuevo')"))
            esperar_a(lambda: temas_publicados(tmp_path) == temas_de(con))
        assert not [h for h in threading.enumerate() if h.name == "publicaciones"]
        # El cerrojo sigue puesto: nadie más abre la base.
        with pytest.raises(subprocess.CalledProcessError):
            subprocess.run([sys.executable, "-c", ABRIR, str(base)], check=True,
                           capture_output=True)  # fmt: skip


def temas_de(con: DuckDBPyConnection) -> int:
    ((cuantos,),) = con.execute("select count(*) from temas").fetchall()
    return int(cuantos)


def temas_publicados(destino: Path) -> int:
    with base_abierta(vigente(destino).base) as con:
        return temas_de(con)


def esperar_a(se_cumple: Callable[[], object]) -> None:
    """Espera a que algo se cumpla; falla si no llega a cumplirse."""
    limite = time.monotonic() + PACIENCIA
    while not se_cumple():
        assert time.monotonic() < limite, "no llegó a cumplirse"
        time.sleep(0.2)


@pytest.fixture(scope="module")
def casa(base_real: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casa]:
    with casa_con(base_real, tmp_path_factory, COPIAS) as abierta:
        yield abierta


def se_ve_en(url: str) -> bool:
    """Dice si quien mira ese servidor ve ya la respuesta."""

    async def mirar() -> bool:
        async with abrir(url, "seguimiento?tema=5") as (_, vista):
            return any("Unidad de Difusión" in dicho for dicho in vista.textos)

    return en_un_hilo(mirar())


@pytest.mark.navegador
def test_lo_escrito_se_ve_en_todas_y_sin_una_copia_nadie_pierde_su_pagina(
    navegador: Browser, casa: Casa
) -> None:
    with ExitStack() as pila:
        contextos = [
            pila.enter_context(
                navegador.new_context(ignore_https_errors=True, locale="es-CL")
            )
            for _ in range(2)
        ]
        escribe, lee = (Visita(c.new_page(), casa.url) for c in contextos)
        lee.ir("temas?tema=5")
        expect(lee.pagina.get_by_text("Copia de lectura")).to_be_visible()
        suya = la_que_atiende(casa.copias)

        escribe.ir("escribir")
        expect(escribe.pagina).to_have_title("Cargar · Diálogos regionales")
        escribe.ir("seguimiento?tema=5")
        escribe.pagina.locator("table.tabla button").first.click()
        escribe.quieta()
        firmar(escribe, "equipo-norte")
        responder(escribe, "Unidad de Difusión")
        for una in casa.copias:
            esperar_a(partial(se_ve_en, una.url))

        suya.proceso.kill()
        suya.proceso.wait()
        with pytest.raises(SinTerminar):
            se_ve_en(suya.url)
        # La página sigue ahí, y lo que se pulsa lo atiende otra copia.
        expect(lee.pagina.locator("h1")).to_have_text("Temas")
        lee.pagina.wait_for_selector("[data-test-connection-state=CONNECTED]")
        pulsar_barra(lee.pagina, "Enunciados por tema y naturaleza", 0)
        lee.quieta()
        lee.por_el_menu("Seguimiento")
        expect(lee.pagina.get_by_text("Unidad de Difusión").first).to_be_visible()
        assert lee.direccion["tema"] == ["5"]
        assert la_que_atiende([c for c in casa.copias if c is not suya])

"""Al desplegar un filtro se ve cuántos enunciados hay tras cada valor."""

import json
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, expect

from consultas.seleccion import LISTAS, Seleccion
from datos.base import abrir
from tablero.facetas import contar
from tablero.filtros import opciones
from tests.conftest import Servidor
from tests.test_lectura import SELECCIONES, enteros, pasa
from tests.visitas import visitar


@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(elegida=SELECCIONES, filtro=st.sampled_from(LISTAS))
def test_cuenta_con_los_demas_filtros_y_sin_el_propio(
    con_muestra: None, base_muestra: Path, elegida: Seleccion, filtro: str
) -> None:
    sin_el = replace(elegida, **{filtro: ()})  # type: ignore[arg-type]
    with abrir(base_muestra) as con:
        hechos = [hecho for hecho in enteros(con) if pasa(hecho, sin_el)]
    a_mano = Counter(str(v) for hecho in hechos for v in hecho[filtro])  # type: ignore[attr-defined]
    assert contar(filtro, elegida) == {
        etiqueta: a_mano[valor] for valor, etiqueta in opciones(True)[filtro].items()
    }


def pedir(servidor: Servidor, direccion: str) -> tuple[int, dict[str, str]]:
    try:
        with urllib.request.urlopen(f"{servidor.url}/tablero/cuantos/{direccion}") as r:
            return r.status, json.load(r)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


@pytest.mark.navegador
def test_lo_que_no_existe_se_rechaza_y_se_dice(servidor: Servidor) -> None:
    estado, cuerpo = pedir(servidor, "tema?tipo=TIC&orden=certeza")
    assert estado == 200
    assert cuerpo["4. Intermediación Laboral"] == "1"
    assert pedir(servidor, "texto") == (400, {"error": "No existe el filtro «texto»."})
    estado, cuerpo = pedir(servidor, "tema?tipo=NADA")
    assert estado == 400
    assert "«tipo» no admite «NADA»" in cuerpo["error"]


@pytest.mark.navegador
def test_los_recuentos_acompanan_a_los_valores_y_no_cambian_lo_elegido(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("temas?tema=2")
        pagina.locator(".st-key-f_tipo input").first.click()
        opcion = pagina.get_by_role("option", name="Usabilidad de sistemas")
        expect(opcion).to_have_attribute("data-cuantos", "2")
        # El recuento va junto a la etiqueta y no en ella: lo elegido no cambia con él.
        assert opcion.inner_text().strip() == "Usabilidad de sistemas"
        # Escribiendo, como quien sabe lo que busca: la lista recicla lo que se
        # desplaza, y lo que se pulsa en ese instante puede no estar ya.
        pagina.keyboard.type("Usabilidad")
        expect(opcion).to_have_attribute("data-cuantos", "2")
        pagina.keyboard.press("Enter")
        expect(pagina.locator(".filtros")).to_contain_text("Se muestran 2 de 62")
        assert visita.direccion["tipo"] == ["TIC"]
        # Sigue desplegado, y los demás valores dicen qué agregaría cada uno.
        otra = pagina.get_by_role("option", name="Bolsas y bases de egresados")
        expect(otra).to_have_attribute("data-cuantos", "0")

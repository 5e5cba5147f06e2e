"""Dos personas codifican a ciegas, deciden, y responden a la vez, en un Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Browser, FilePayload, expect
from pyrefiqda import RefiCodebook, RefiProject  # type: ignore[import-untyped]

from datos.respuestas_planilla import COLUMNAS
from tablero.descargas import XLSX
from tests.conftest import Servidor, copia, servir
from tests.test_respuestas_planilla import editar, poner
from tests.visitas import Visita, bajar, visitar

pytestmark = pytest.mark.navegador


@pytest.fixture(scope="module")
def en_marcha(
    base_real: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Servidor, Path]]:
    """Un tablero propio, porque aquí se escribe, y dónde está su base."""
    base = copia(base_real, tmp_path_factory)
    with servir(base) as servidor:
        yield servidor, base


def firmar(visita: Visita, quien: str) -> None:
    visita.pagina.get_by_role("textbox", name="Su seudónimo").fill(quien)
    visita.pagina.keyboard.press("Enter")
    visita.quieta()


def elegir(visita: Visita, *nombres: str) -> None:
    for nombre in nombres:
        visita.pagina.get_by_role("radio", name=nombre, exact=True).click()
        visita.quieta()


def codificar(visita: Visita, tipo: str) -> None:
    elegir(visita, "Recomendación", tipo, "Organización")
    # El foco sigue en la píldora recién pulsada.
    foco = "document.activeElement.closest('[role=radio]')?.innerText"
    assert visita.pagina.evaluate(foco) == "Organización"
    visita.pagina.keyboard.press("Control+Enter")
    visita.quieta()
    expect(visita.pagina.get_by_text("La lectura está guardada")).to_be_visible()


def test_dos_personas_responden_la_misma_recomendacion_y_ambas_lo_ven(
    navegador: Browser, en_marcha: tuple[Servidor, Path]
) -> None:
    servidor, _ = en_marcha
    with visitar(navegador, servidor) as una, visitar(navegador, servidor) as otra:
        una.ir("seguimiento?tema=5")
        una.pagina.locator("table.tabla button").first.click()
        una.quieta()
        firmar(una, "equipo-norte")
        responder(una, "Unidad de Difusión")
        otra.ir(f"seguimiento?recomendacion={una.direccion['recomendacion'][0]}")
        firmar(otra, "equipo-sur")
        una.pagina.get_by_role("textbox", name="Avance").fill("Ya empezó.")
        responder(una, "Unidad de Difusión y Redes")
        # La otra persona tenía abierta la versión anterior.
        otra.pagina.get_by_role("textbox", name="Unidad que responde").fill("Otra")
        otra.pagina.get_by_role("button", name="Guardar la respuesta").click()
        otra.quieta()
        expect(otra.pagina.get_by_text("«equipo-norte» cambió esto")).to_be_visible()
        expect(otra.pagina.get_by_text("Qué cambió entretanto")).to_be_visible()
        caja = otra.pagina.get_by_role("textbox", name="Unidad que responde")
        expect(caja).to_have_value("Otra")
        # Y quien guardó primero ve el choque en la historia.
        una.ir(f"seguimiento?recomendacion={una.direccion['recomendacion'][0]}")
        expect(una.pagina.get_by_text("Chocó: no se guardó")).to_be_visible()
        assert any("equipo-sur" in fila[1] for fila in una.filas(0))


def responder(visita: Visita, unidad: str) -> None:
    caja = visita.pagina.get_by_role("textbox", name="Unidad que responde")
    caja.fill(unidad)
    visita.pagina.get_by_role("button", name="Guardar la respuesta").click()
    visita.quieta()
    expect(visita.pagina.get_by_text("La respuesta está guardada")).to_be_visible()


def test_veinte_respuestas_van_y_vuelven_en_una_planilla(
    navegador: Browser, en_marcha: tuple[Servidor, Path]
) -> None:
    servidor, _ = en_marcha
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("seguimiento?ver=planilla&tema=2&tema=3&tema=4&tema=5")
        with pagina.expect_download() as bajada:
            pagina.get_by_role("button", name="Bajar la planilla (XLSX)").click()
        llenas: list[str] = []

        def llenar(hoja: Worksheet) -> None:
            for fila in range(2, hoja.max_row + 1):
                if hoja.cell(fila, COLUMNAS.index("unidad") + 1).value is None:
                    llenas.append(str(hoja.cell(fila, 1).value))
                    como = "cerrada" if len(llenas) == 20 else "en curso"
                    poner(hoja, fila, unidad=f"Unidad {len(llenas)}", estado=como,
                          resultado="aceptada")  # fmt: skip
                if len(llenas) == 20:
                    return

        vuelta = editar(Path(bajada.value.path()).read_bytes(), llenar)
        assert len(llenas) == 20
        pagina.locator("input[type=file]").set_input_files(
            FilePayload(name="planilla.xlsx", mimeType=XLSX, buffer=vuelta)
        )
        expect(pagina.get_by_text("Qué se guardará")).to_be_visible()
        visita.quieta()
        # Unidad, resultado y estado de cada una, antes «(vacío)».
        assert len(visita.filas()) == 60
        assert {fila[4] for fila in visita.filas()} == {"(vacío)"}
        expect(pagina.get_by_text("queda cerrada sin evidencia")).to_be_visible()
        firmar(visita, "equipo-centro")
        pagina.get_by_role("button", name="Guardar 20").click()
        expect(pagina.get_by_text("20 respuestas guardadas: 20 nuevas")).to_be_visible()
        visita.ir(f"seguimiento?recomendacion={llenas[6]}")
        historia = pagina.locator("table.tabla", has_text="Historia de la respuesta")
        expect(historia).to_contain_text("equipo-centro")
        expect(historia).to_contain_text("Unidad 7")


def test_diez_enunciados_a_ciegas_tres_en_disputa_y_el_acuerdo_es_el_de_mano(
    navegador: Browser, en_marcha: tuple[Servidor, Path]
) -> None:
    servidor, _ = en_marcha
    # Dos personas, diez enunciados; en tres, una puso «Otro» donde la otra, «Difusión».
    de_una = ["Difusión"] * 5 + ["Otro"] * 5
    de_otra = ["Difusión"] * 5 + ["Otro"] * 2 + ["Difusión"] * 3
    with visitar(navegador, servidor) as una, visitar(navegador, servidor) as otra:
        for visita, quien in ((una, "equipo-norte"), (otra, "equipo-sur")):
            visita.ir("codificar?tema=1")
            firmar(visita, quien)
            # A ciegas: se sabe que hay otras lecturas, y no qué dicen.
            expect(
                visita.pagina.get_by_text("Se ven cuando usted guarde")
            ).to_be_visible()
            assert visita.pagina.locator("table.tabla").count() == 0
        for tipo_una, tipo_otra in zip(de_una, de_otra, strict=True):
            codificar(una, tipo_una)
            codificar(otra, tipo_otra)
        una.ir("acuerdo?tema=1&faceta=tipo")
        fila = {f[0]: f for f in una.filas(0)}["Tipo"]
        # De 20 lecturas, 13 «Difusión» y 7 «Otro». Desacuerdo observado 3/10; esperado
        # 2·13·7/(20·19) = 0,4789. Alfa = 1 - 0,3/0,4789 = 0,374.
        assert fila[1:5] == ["10", "2", "0,700", "0,374"]
        # AC1: azar 2·0,65·0,35 = 0,455; (0,7 - 0,455)/(1 - 0,455) = 0,450.
        assert fila[6] == "0,450"
        assert fila[7].startswith("No permite concluir")
        # Kappa: azar 0,5·0,8 + 0,5·0,2 = 0,5; (0,7 - 0,5)/(1 - 0,5) = 0,4.
        assert una.filas(1)[0][2:5] == ["7", "10", "0,400"]
        naturaleza = {f[0]: f for f in una.filas(0)}["Naturaleza"]
        assert naturaleza[4].startswith("no calculable")
        # De la matriz a lo disputado, y de ahí a decidirlo.
        una.pagina.get_by_role("button", name="3", exact=True).click()
        una.quieta()
        assert len(una.filas(3)) == 3
        una.pagina.locator("table.tabla").nth(3).get_by_role("button").first.click()
        una.quieta()
        assert una.direccion["hacer"] == ["adjudicar"]
        firmar(una, "equipo-norte")
        for falta in (2, 1, 0):
            elegir(una, "Recomendación", "Difusión", "Organización")
            por_que = una.pagina.get_by_role("textbox", name="Por qué se decide así")
            por_que.fill("Es de difusión.")
            una.pagina.keyboard.press("Control+Enter")
            una.quieta()
            una.pagina.get_by_role("button", name="Adjudicar", exact=True).click()
            una.quieta()
            expect(una.pagina.get_by_text("La decisión está guardada")).to_be_visible()
            assert (falta == 0) == una.pagina.get_by_text(
                "Ninguna disputa"
            ).is_visible()
        # Adjudicar no cambia el acuerdo: mide las lecturas.
        una.ir("acuerdo?tema=1&faceta=tipo")
        assert {f[0]: f for f in una.filas(0)}["Tipo"][4] == "0,374"


def test_el_proyecto_y_el_libro_salen_por_otro_programa_y_vuelven_iguales(
    navegador: Browser, en_marcha: tuple[Servidor, Path], tmp_path: Path
) -> None:
    servidor, _ = en_marcha
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("codificar?hacer=intercambio")
        ida, vuelta = tmp_path / "ida.qdpx", tmp_path / "vuelta.qdpx"
        ida.write_bytes(bajar(visita, "Proyecto (.qdpx)"))
        proyecto = RefiProject.load(ida, str(tmp_path / "ida"))
        textos = tmp_path / "ida" / "sources"
        RefiProject.save(proyecto, vuelta, textos)
        devuelto = RefiProject.load(vuelta, str(tmp_path / "vuelta"))
        assert devuelto == proyecto
        (quien,) = [u.guid for u in proyecto.users.user if u.name == "lectura-1"]
        leidos = {
            pasaje.name
            for fuente in proyecto.sources.text_source
            for pasaje in fuente.plain_text_selection
            if any(c.creating_user == quien for c in pasaje.coding)
        }
        assert len(leidos) == 62
        libro = tmp_path / "libro.qdc"
        libro.write_bytes(bajar(visita, "Libro de códigos (.qdc)"))
        RefiCodebook.save(RefiCodebook.load(libro), libro)
        pagina.locator("input[type=file]").set_input_files(libro)
        expect(pagina.get_by_text("Es igual al libro que rige")).to_be_visible()

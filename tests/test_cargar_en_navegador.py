"""Cargar, en un Chromium de verdad: del archivo al diálogo guardado, y de vuelta."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import informes
from tests.conftest import Servidor, copia, servir
from tests.test_cargas import INFORMES, base_vacia  # noqa: F401
from tests.test_informe import INFORME
from tests.visitas import Visita, visitar

pytestmark = pytest.mark.navegador
Archivo = dict[str, object]


@pytest.fixture(scope="module")
def servidor_vacio(
    base_vacia: Path,  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Servidor]:
    """El tablero de una región que empieza: catálogos y ningún diálogo."""
    with servir(copia(base_vacia, tmp_path_factory)) as abierto:
        yield abierto


@contextmanager
def en_cargar(navegador: Browser, servidor: Servidor) -> Iterator[Visita]:
    with visitar(navegador, servidor) as visita:
        visita.ir("cargar")
        visita.pagina.get_by_role("textbox", name="Su seudónimo").fill("equipo-norte")
        visita.pagina.keyboard.press("Enter")
        visita.quieta()
        yield visita


def soltar(visita: Visita, nombre: str, contenido: bytes) -> None:
    archivo = {"name": nombre, "mimeType": "application/octet-stream",
               "buffer": contenido}  # fmt: skip
    visita.pagina.locator("input[type=file]").set_input_files(archivo)  # type: ignore[arg-type]
    visita.quieta()


def pulsar(visita: Visita, rotulo: str) -> None:
    visita.pagina.get_by_role("button", name=rotulo).click()
    visita.quieta()


def paso(visita: Visita, rotulo: str) -> None:
    visita.pagina.get_by_role("radio", name=rotulo).click()
    visita.quieta()


def escribir(visita: Visita, papel: str, rotulo: str, valor: str) -> None:
    caja = visita.pagina.get_by_role(papel, name=rotulo)  # type: ignore[arg-type]
    caja.fill(valor)
    caja.press("Enter")
    visita.quieta()


def guardar_informe(visita: Visita, nombre: str, anio: str, region: str = "") -> None:
    """Del borrador recién abierto al diálogo guardado."""
    pagina = visita.pagina
    expect(pagina.get_by_text("En revisión")).to_be_visible()
    escribir(visita, "textbox", "Nombre del diálogo", nombre)
    escribir(visita, "spinbutton", "Año", anio)
    expect(pagina.get_by_text("calza")).to_be_visible()
    if region:
        pagina.get_by_role("combobox", name="Región").click()
        pagina.get_by_role("option", name=region).click()
        visita.quieta()
    paso(visita, "3. Enunciados")
    pagina.get_by_role("button", name="sugerencias completas").click()
    visita.quieta()
    paso(visita, "4. Guardar")
    pulsar(visita, "Guardar el diálogo")
    expect(pagina.get_by_text(f"Listo. {nombre}")).to_be_visible()


@pytest.mark.parametrize("formato", INFORMES)
def test_un_informe_va_del_archivo_al_dialogo_guardado_y_de_vuelta(
    navegador: Browser, servidor_vacio: Servidor, formato: str
) -> None:
    datos: Callable[[], bytes] = INFORMES[formato]
    with en_cargar(navegador, servidor_vacio) as visita:
        pagina = visita.pagina
        soltar(visita, f"informe.{formato}", datos())
        pulsar(visita, "Revisar lo que se entendió")
        assert visita.direccion["borrador"]
        nombre = f"Ciruelo {formato} 2024"
        guardar_informe(visita, nombre, "2024", "Los Lagos")
        visita.ir("temas")
        expect(pagina.get_by_role("figure").first).to_be_visible()
        expect(pagina.get_by_text("Oficios de la Costa").first).to_be_visible()
        # Y se deshace entero.
        visita.ir("cargar?parte=hechas")
        expect(pagina.get_by_text(nombre).first).to_be_visible()
        escribir(visita, "textbox", "Su seudónimo", "equipo-norte")
        pagina.get_by_role("combobox", name="Carga por deshacer").click()
        pagina.get_by_role("option").first.click()
        visita.quieta()
        pulsar(visita, "Deshacer esta carga")
        expect(pagina.get_by_text("La carga se deshizo entera")).to_be_visible()
        assert visita.filas()[0][4] == "deshecha"
        assert not visita.afuera


@pytest.mark.skipif(not INFORME.exists(), reason="el informe no está en este equipo")
def test_antofagasta_va_del_texto_al_dialogo_guardado(
    navegador: Browser, servidor_vacio: Servidor
) -> None:
    with en_cargar(navegador, servidor_vacio) as visita:
        pagina = visita.pagina
        soltar(visita, "antofagasta.txt", INFORME.read_bytes())
        pulsar(visita, "Revisar lo que se entendió")
        datos = visita.filas(0)
        assert [f for f in datos if f[0] == "Asistentes"] == [
            ["Asistentes", "cerca de 100", "1"], ["Asistentes", "80", "6"]
        ]  # fmt: skip
        paso(visita, "2. Temas")
        bloques = [len(visita.filas(i)) for i in range(5)]
        assert bloques == [3, 3, 3, 4, 3]
        paso(visita, "1. Diálogo")
        guardar_informe(visita, "Antofagasta 2018", "2018")
        visita.ir("resumen")
        expect(pagina.get_by_text("(año inferido)")).to_be_visible()


def test_el_borrador_sobrevive_a_la_conexion_y_dice_si_otra_ventana_lo_cambio(
    navegador: Browser, servidor_vacio: Servidor
) -> None:
    with en_cargar(navegador, servidor_vacio) as visita:
        soltar(visita, "informe.txt", informes.texto().encode() + b"\nOtra version.\n")
        pulsar(visita, "Revisar lo que se entendió")
        escribir(visita, "textbox", "Recinto", "Gimnasio fiscal")
        clave = visita.direccion["borrador"][0]
    # Otra persona, en otro navegador, con el mismo enlace.
    with visitar(navegador, servidor_vacio) as una, \
            visitar(navegador, servidor_vacio) as otra:  # fmt: skip
        for visita in (una, otra):
            visita.ir(f"cargar?borrador={clave}")
            recinto = visita.pagina.get_by_role("textbox", name="Recinto")
            expect(recinto).to_have_value("Gimnasio fiscal")
        escribir(una, "textbox", "Recinto", "Sede vecinal")
        escribir(otra, "textbox", "Comuna", "Otra comuna")
        expect(otra.pagina.get_by_text("otra ventana lo cambió")).to_be_visible()


def test_dividir_unir_y_descartar_dejan_el_pasaje_en_su_lugar(
    navegador: Browser, servidor_vacio: Servidor
) -> None:
    with en_cargar(navegador, servidor_vacio) as visita:
        pagina = visita.pagina
        soltar(visita, "informe.txt", informes.texto().encode() + b"\nUna mas.\n")
        pulsar(visita, "Revisar lo que se entendió")
        paso(visita, "3. Enunciados")
        total = len(visita.filas())
        primero = visita.filas()[0][0]
        pulsar(visita, "Dividir aquí")
        partes = [fila[0] for fila in visita.filas()[:2]]
        assert len(visita.filas()) == total + 1
        assert " ".join(partes) == primero
        pulsar(visita, "Unir con el siguiente")
        assert [len(visita.filas()), visita.filas()[0][0]] == [total, primero]
        pulsar(visita, "Descartar")
        assert visita.filas()[0][4] == "✕ descartado"
        # De la lista se vuelve a cualquiera.
        pagina.get_by_role("button", name=primero[:40]).click()
        visita.quieta()
        expect(
            pagina.get_by_role("heading", name="Enunciado 1, tema 1")
        ).to_be_visible()


def test_un_archivo_malo_se_dice_y_no_cambia_nada(
    navegador: Browser, servidor_vacio: Servidor
) -> None:
    with en_cargar(navegador, servidor_vacio) as visita:
        pagina = visita.pagina
        soltar(visita, "informe.pdf", b"%PDF-1.7\nesto no es un PDF <b>de verdad</b>")
        expect(pagina.get_by_role("alert")).to_contain_text("informe.pdf")
        assert not visita.avisos
        soltar(visita, "foto.txt", b"GIF89a\0\0 <img src=x onerror=alert(1)>")
        expect(pagina.get_by_role("alert")).to_contain_text("foto.txt")
        assert not visita.avisos
        expect(pagina.get_by_role("button", name="Revisar")).to_have_count(0)


def test_las_actas_bajan_en_blanco_y_vuelven_llenas(
    navegador: Browser, servidor_vacio: Servidor, tmp_path: Path
) -> None:
    with en_cargar(navegador, servidor_vacio) as visita:
        pagina = visita.pagina
        soltar(visita, "informe.docx", informes.docx())
        pulsar(visita, "Revisar lo que se entendió")
        guardar_informe(visita, "Con actas 2024", "2024", "Los Lagos")
        paso(visita, "Actas por mesa")
        pagina.get_by_role("combobox", name="Diálogo").last.click()
        pagina.get_by_role("option", name="Con actas 2024").click()
        visita.quieta()
        with pagina.expect_download() as bajada:
            pagina.get_by_role("button", name="Bajar las actas en blanco").click()
        blanco = tmp_path / "actas.xlsx"
        bajada.value.save_as(blanco)
        assert blanco.read_bytes()[:2] == b"PK"
        csv = (
            "mesa_id;participantes;soporte;pregunta;enunciado;naturaleza;tipo;observacion\n"
            "con-actas-2024-1-A;8;digital;;Abrir talleres en la caleta.;Recomendación;"
            "Difusión;\n"
            "con-actas-2024-1-B;nueve;digital;;=1+1;;;\n"
        )
        soltar(visita, "actas.csv", csv.encode())
        faltas = pagina.get_by_role("alert")
        expect(faltas).to_contain_text("fila 3, columna Participantes")
        expect(faltas).to_contain_text("fila 3, columna Enunciado")
        bueno = csv.replace("nueve", "9").replace("=1+1", "Faltan horarios de tarde.")
        soltar(visita, "actas.csv", bueno.encode())
        expect(pagina.get_by_text("con-actas-2024-1-B: acta nueva")).to_be_visible()
        pulsar(visita, "Guardar las actas")
        expect(
            pagina.get_by_text("Listo. Con actas 2024: actas de 2 mesas")
        ).to_be_visible()
        registro = {(f[0][:1], f[1]): f[2:] for f in visita.filas()}
        assert registro["1", "A"] == ["propio", "8", "digital"]
        visita.ir("mesas?dialogo=con-actas-2024")
        expect(pagina.get_by_text("Abrir talleres en la caleta").first).to_be_visible()


@pytest.mark.skipif(not INFORME.exists(), reason="el informe no está en este equipo")
def test_el_informe_de_un_dialogo_que_ya_esta_pone_el_pasaje_junto_a_cada_enunciado(
    navegador: Browser, base_real: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with (
        servir(copia(base_real, tmp_path_factory)) as servidor,
        en_cargar(navegador, servidor) as visita,
    ):
        pagina = visita.pagina
        soltar(visita, "antofagasta.txt", INFORME.read_bytes())
        expect(pagina.get_by_text("63 de 63 citas")).to_be_visible()
        pulsar(visita, "Adjuntar el texto a su documento")
        expect(pagina.get_by_text("Listo. Es «Informe del diálogo")).to_be_visible()
        visita.ir("enunciados?enunciado=antofagasta-2018-1-09")
        # Este enunciado tiene dos citas, y las dos muestran su pasaje.
        expect(pagina.locator(".pasaje")).to_have_count(2)

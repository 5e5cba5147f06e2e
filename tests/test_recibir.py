"""Lo que se recibe se lee entero y en orden, y lo que se supuso se dice."""

import io
import sys
from datetime import date, datetime

import docx
import openpyxl
import pytest
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st

from datos.aparte import SALIDA_MAXIMA, correr, leer_planilla, leer_texto
from datos.errores import ErrorDeDatos
from datos.extraer_planilla import letra
from datos.extraer_texto import limpiar
from datos.leido import FIN_DE_PARRAFO, SALTO_DE_PAGINA
from datos.recibir import FORMATOS, mostrable, recibir
from tests.malformados_paquetes import celda, paquete, partes_docx, partes_xlsx
from tests.malformados_pdf import pdf

ENCABEZADO = ("tema", "enunciado", "mesa")


def _docx(documento: docx.document.Document) -> bytes:
    salida = io.BytesIO()
    documento.save(salida)
    return salida.getvalue()


def _xlsx(libro: openpyxl.Workbook) -> bytes:
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def _parrafos(contenido: bytes) -> list[str]:
    texto = leer_texto("acta.docx", contenido).texto
    assert texto.endswith(f"{FIN_DE_PARRAFO}\n")
    return texto.removesuffix(f"{FIN_DE_PARRAFO}\n").split(f"{FIN_DE_PARRAFO}\n")


def test_un_texto_sin_utf8_se_lee_y_lo_avisa() -> None:
    leido = leer_texto("acta.txt", "señal\r\n“año”".encode("cp1252"))
    assert leido.texto == "señal\n“año”"
    assert "Windows-1252" in leido.avisos[0]


def test_un_texto_queda_en_nfc_sin_invisibles_y_con_sus_paginas() -> None:
    crudo = "an\u0303o\u202e\x07\f2\u2029tres\r"
    leido = leer_texto("acta.TXT", crudo.encode())
    assert leido.texto == "año\f2\ntres\n"
    assert leido.avisos == ("Caracteres invisibles o de control que se quitaron: 2.",)


def test_un_word_trae_sus_tablas_en_orden_y_las_celdas_unidas_una_vez() -> None:
    documento = docx.Document()
    documento.add_heading("8. Cierre de la jornada")
    documento.add_paragraph("Antes de la tabla.")
    tabla = documento.add_table(2, 3)
    tabla.cell(0, 0).merge(tabla.cell(0, 1)).text = "ancha"
    tabla.cell(0, 2).merge(tabla.cell(1, 2)).text = "alta"
    tabla.cell(1, 0).text = "uno"
    documento.add_paragraph("Después de la tabla.")
    assert _parrafos(_docx(documento)) == [
        "8. Cierre de la jornada",
        "Antes de la tabla.",
        "ancha | alta",
        "uno |  |",
        "Después de la tabla.",
    ]


def test_un_word_con_cambios_se_lee_aceptado_y_lo_avisa() -> None:
    cuerpo = (
        "<w:p><w:r><w:t>Se piden </w:t></w:r>"
        "<w:ins><w:r><w:t>más </w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>menos </w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>ayer </w:t></w:r></w:moveFrom>"
        "<w:r><w:t>cursos</w:t></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>En un control</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
    )
    contenido = paquete(partes_docx(cuerpo))
    assert _parrafos(contenido) == ["Se piden más cursos", "En un control"]
    (aviso,) = leer_texto("acta.docx", contenido).avisos
    assert "cambios sin aceptar" in aviso


def test_un_word_avisa_de_lo_que_no_se_lee() -> None:
    cuerpo = (
        "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>Texto</w:t>"
        '<w:footnoteReference w:id="2"/></w:r><w:r><w:txbxContent><w:p><w:r>'
        "<w:t>cuadro</w:t></w:r></w:p></w:txbxContent></w:r></w:p>"
    )
    leido = leer_texto("acta.docx", paquete(partes_docx(cuerpo)))
    assert "cuadro" not in leido.texto
    todos = " ".join(leido.avisos)
    for que in ("cuadros de texto", "notas al pie", "numeración automática"):
        assert que in todos


def test_un_fin_de_parrafo_solo_lo_pone_el_lector() -> None:
    linea = "<w:p><w:r><w:t>uno\u2029dos</w:t></w:r></w:p>"
    assert _parrafos(paquete(partes_docx(linea))) == ["uno\ndos"]


def test_un_pdf_separa_sus_paginas_y_avisa_de_las_que_no_traen_texto() -> None:
    hoja = FPDF()
    hoja.set_font("helvetica", size=11)
    hoja.add_page()
    hoja.multi_cell(90, 6, "La mesa pide capaci-\ntación en el norte\ny becas.")
    hoja.add_page()
    leido = leer_texto("acta.pdf", bytes(hoja.output()))
    esperado = "La mesa pide capacitación\nen el norte\ny becas."
    assert leido.texto == f"{esperado}{SALTO_DE_PAGINA}"
    assert "Páginas sin texto, vacías o de imagen: 2." in leido.avisos
    assert "Palabras cortadas con guion que se unieron: 1." in leido.avisos


def test_un_pdf_a_dos_columnas_se_lee_columna_por_columna() -> None:
    hoja = FPDF()
    hoja.set_font("helvetica", size=11)
    hoja.add_page()
    for lado, columna in ((10, "izquierda"), (110, "derecha")):
        for linea in range(30):
            hoja.text(lado, 20 + linea * 6, f"columna {columna} línea {linea}")
    lineas = leer_texto("acta.pdf", bytes(hoja.output())).texto.splitlines()
    assert lineas == [
        f"columna {columna} línea {linea}"
        for columna in ("izquierda", "derecha")
        for linea in range(30)
    ]


def test_una_planilla_se_lee_como_la_veria_una_persona() -> None:
    libro = openpyxl.Workbook()
    hoja = libro.active
    hoja.title = "Uno"
    hoja.append(["tema", 3.0, 2.5, 0.1 + 0.2, True, False])
    hoja.append([date(2018, 10, 17), datetime(2018, 10, 17, 9, 30), "=1+1", " "])
    hoja["B4"] = "#REF!"
    libro.create_sheet("Oculta").append(["x"])
    libro["Oculta"].sheet_state = "hidden"
    leida = leer_planilla("p.xlsx", _xlsx(libro), ENCABEZADO)
    assert [hoja.nombre for hoja in leida.hojas] == ["Uno", "Oculta"]
    assert leida.hojas[0].filas == (
        ("tema", "3", "2.5", "0.3", "sí", "no"),
        ("2018-10-17", "2018-10-17 09:30", "=1+1", None),
        (),
        (None, "#REF!"),
    )
    assert leida.hojas[1].filas == (("x",),)


def test_la_dimension_que_declara_una_hoja_no_esconde_celdas() -> None:
    filas = f"<row>{celda('a')}{celda('b')}</row><row>{celda('c')}</row>"
    contenido = paquete(partes_xlsx(filas, antes='<dimension ref="A1"/>'))
    (hoja,) = leer_planilla("p.xlsx", contenido, ENCABEZADO).hojas
    assert hoja.filas == (("a", "b"), ("c",))


@pytest.mark.parametrize("separador", [";", ",", "\t", "|"])
def test_el_separador_se_halla_por_el_encabezado_y_no_por_lo_que_mas_se_repite(
    separador: str,
) -> None:
    otros = "".join({";", ",", "\t", "|"} - {separador}) * 9
    lineas = [separador.join(ENCABEZADO), separador.join(("1", otros, "A")), "2"]
    (hoja,) = leer_planilla("p.csv", "\r\n".join(lineas).encode(), ENCABEZADO).hojas
    assert hoja.nombre == "CSV"
    assert hoja.filas == (ENCABEZADO, ("1", otros, "A"), ("2",))


def test_un_archivo_donde_no_va_dice_lo_que_ahi_sirve() -> None:
    with pytest.raises(ErrorDeDatos, match=r"un \.pdf. Aquí sirven: \.xlsx, \.csv"):
        leer_planilla("a.pdf", pdf(), ENCABEZADO)
    with pytest.raises(ErrorDeDatos, match=r"Aquí sirven: \.docx, \.pdf, \.txt"):
        leer_texto("a.csv", b"tema;x")


def test_el_nombre_se_muestra_como_dato() -> None:
    assert mostrable("a\n\u202eb.txt") == "a��b.txt"
    assert len(mostrable("x" * 500 + ".txt")) < 80
    with pytest.raises(ErrorDeDatos) as error:
        recibir("a\nb.exe", b"hola")
    assert error.value.faltas[0].archivo == "a�b.exe"


def test_un_proceso_que_se_cuelga_muere_al_vencer_su_plazo() -> None:
    dormido = [sys.executable, "-c", "import time; time.sleep(60)"]
    corrida = correr(dormido, b"x" * 1_000_000, 0.5)
    assert corrida.vencio and corrida.codigo


def test_un_proceso_que_escribe_sin_fin_muere_en_el_tope() -> None:
    programa = "import sys\nwhile True: sys.stdout.write('x' * 65536)"
    corrida = correr([sys.executable, "-c", programa], b"", 30)
    assert len(corrida.salida) == SALIDA_MAXIMA + 1
    assert corrida.codigo and not corrida.vencio


def test_un_proceso_que_muere_sin_leer_no_bota_al_que_lo_llama() -> None:
    corrida = correr([sys.executable, "-c", "raise SystemExit(3)"], b"x" * 5_000_000, 9)
    assert (corrida.codigo, corrida.salida) == (3, b"")


def test_las_columnas_se_nombran_como_en_excel() -> None:
    assert [letra(n) for n in (0, 25, 26, 51, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "ZZ",
        "AAA",
    ]


@given(st.text())
def test_limpiar_dos_veces_es_limpiar_una(texto: str) -> None:
    limpio, _ = limpiar(texto)
    assert limpiar(limpio) == (limpio, 0)
    limpio.encode()


@settings(max_examples=300)
@given(st.text(max_size=20), st.sampled_from(FORMATOS), st.binary(max_size=200))
def test_cualquier_archivo_se_recibe_o_se_rechaza(
    nombre: str, formato: str, contenido: bytes
) -> None:
    try:
        assert recibir(f"{nombre}.{formato}", contenido) == formato
    except ErrorDeDatos as error:
        assert error.faltas[0].remedio

"""La matriz de sistematización de cada tema, que el servicio adjunta como respaldo."""

import io
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter

import docx
import pandas as pd
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from tablero.exportar import Cuadro
from tablero.hechos import AVISO_FICTICIOS, Hechos
from tablero.planillas import Libro

COLUMNAS = (
    ("pregunta", "Pregunta", 4.0),
    ("tipo_nombre", "Tipo", 3.2),
    ("texto", "Enunciado", 8.2),
    ("naturaleza_nombre", "Naturaleza", 2.7),
    ("lugar", "Lugar en el documento", 4.4),
    ("mesa", "Mesa", 1.9),
)
SIN_PREGUNTA = "No responde a una pregunta"
SIN_REGISTRO = "sin registro"
CARTA = (Cm(27.94), Cm(21.59))
# Lo que XML 1.0 no admite en un texto; Word no abriría el archivo.
PROHIBIDOS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF], "�")


def _celda(fila: object, clave: str) -> str:
    valor = getattr(fila, clave)
    if valor is not None:
        return str(valor)
    if clave == "pregunta":
        return SIN_PREGUNTA
    return SIN_REGISTRO if clave == "texto" else ""


def por_tema(filas: pd.DataFrame) -> Iterator[tuple[str, str, Cuadro]]:
    """Entrega, por tema de diálogo, el nombre de su hoja, su título y su matriz.

    `filas` son las de `sistematizacion_filas`, ya ordenadas.
    """
    titulos = tuple(titulo for _, titulo, _ in COLUMNAS)
    grupos = groupby(filas.itertuples(), key=attrgetter("tema_dialogo_id"))
    for lugar, (_, grupo) in enumerate(grupos, start=1):
        del_tema = list(grupo)
        # Una hoja no admite estos signos ni dos nombres iguales.
        corto = re.sub(r"[\x00-\x1f\[\]:*?/\\']", " ", str(del_tema[0].dialogo))[
            :16
        ].strip()
        hoja = f"{lugar}. {corto}, tema {del_tema[0].tema_numero}"
        cuerpo = tuple(
            tuple(_celda(fila, columna) for columna, _, _ in COLUMNAS)
            for fila in del_tema
        )
        titulo = f"{del_tema[0].dialogo}. Tema {del_tema[0].tema}"
        yield hoja, titulo, Cuadro(titulos, cuerpo)


def xlsx(filas: pd.DataFrame, hechos: Hechos, creado: datetime) -> bytes:
    """Devuelve un XLSX con una hoja por tema y otra que dice de dónde salió."""
    libro = Libro(creado)
    for nombre, titulo, cuadro in por_tema(filas):
        hoja = libro.hoja(nombre)
        libro.celda(hoja, 0, 0, titulo)
        if hechos.ficticios:
            libro.celda(hoja, 1, 0, AVISO_FICTICIOS)
        libro.cuadro(hoja, cuadro, desde=2)
    libro.acerca_de(hechos)
    return libro.cerrar()


def _limpio(texto: str) -> str:
    return texto.translate(PROHIBIDOS)


def _tabla(documento: Document, cuadro: Cuadro) -> None:
    tabla = documento.add_table(rows=1, cols=len(COLUMNAS), style="Table Grid")
    tabla.autofit = False
    # La fila de títulos se repite en cada hoja.
    tabla.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for fila, valores in enumerate([cuadro.titulos, *cuadro.filas]):
        celdas = tabla.rows[0].cells if fila == 0 else tabla.add_row().cells
        for celda, valor, (_, _, ancho) in zip(celdas, valores, COLUMNAS, strict=True):
            celda.width = Cm(ancho)
            trozo = celda.paragraphs[0].add_run(_limpio(str(valor)))
            trozo.font.size = Pt(8)
            trozo.bold = fila == 0


def word(filas: pd.DataFrame, hechos: Hechos, creado: datetime) -> bytes:
    """Devuelve un documento de Word, carta apaisada, con una tabla por tema."""
    documento = docx.Document()
    documento.core_properties.created = creado.replace(tzinfo=None)
    documento.core_properties.title = "Matriz de sistematización"
    documento.core_properties.author = ""
    documento.core_properties.comments = ""
    documento.core_properties.language = "es-CL"
    for idioma in documento.styles.element.iter(qn("w:lang")):
        idioma.set(qn("w:val"), "es-CL")
    hoja = documento.sections[0]
    hoja.orientation = WD_ORIENT.LANDSCAPE
    hoja.page_width, hoja.page_height = CARTA
    hoja.left_margin = hoja.right_margin = Cm(1.7)
    documento.add_heading("Matriz de sistematización", level=1)
    if hechos.ficticios:
        documento.add_paragraph().add_run(hechos.ficticios).bold = True
    for rotulo, valor in hechos.pares():
        documento.add_paragraph(_limpio(f"{rotulo}: {valor}"))
    for _, titulo, cuadro in por_tema(filas):
        documento.add_heading(_limpio(titulo), level=2)
        _tabla(documento, cuadro)
    salida = io.BytesIO()
    documento.save(salida)
    return salida.getvalue()

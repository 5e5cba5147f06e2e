"""La matriz de sistematización de cada tema, que el servicio adjunta como respaldo."""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter

import pandas as pd
from docx.document import Document
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt

from tablero.documento_word import abrir, guardado, limpio
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


def _tabla(documento: Document, cuadro: Cuadro) -> None:
    tabla = documento.add_table(rows=1, cols=len(COLUMNAS), style="Table Grid")
    tabla.autofit = False
    # La fila de títulos se repite en cada hoja.
    tabla.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for fila, valores in enumerate([cuadro.titulos, *cuadro.filas]):
        celdas = tabla.rows[0].cells if fila == 0 else tabla.add_row().cells
        for celda, valor, (_, _, ancho) in zip(celdas, valores, COLUMNAS, strict=True):
            celda.width = Cm(ancho)
            trozo = celda.paragraphs[0].add_run(limpio(str(valor)))
            trozo.font.size = Pt(8)
            trozo.bold = fila == 0


def word(filas: pd.DataFrame, hechos: Hechos, creado: datetime) -> bytes:
    """Devuelve un documento de Word, carta apaisada, con una tabla por tema."""
    documento = abrir("Matriz de sistematización", hechos.ficticios, creado)
    for rotulo, valor in hechos.pares():
        documento.add_paragraph(limpio(f"{rotulo}: {valor}"))
    for _, titulo, cuadro in por_tema(filas):
        documento.add_heading(limpio(titulo), level=2)
        _tabla(documento, cuadro)
    return guardado(documento)

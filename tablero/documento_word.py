"""Lo que todo documento de Word lleva igual: carta apaisada, en español y sin autor."""

import io
from datetime import datetime

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm

CARTA = (Cm(27.94), Cm(21.59))
# Lo que XML 1.0 no admite en un texto; Word no abriría el archivo.
PROHIBIDOS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF], "�")


def limpio(texto: str) -> str:
    """Devuelve el texto sin los signos que un documento de Word no admite."""
    return texto.translate(PROHIBIDOS)


def abrir(titulo: str, ficticios: str, creado: datetime) -> Document:
    """Devuelve un documento con su título y, si hay, el aviso de datos ficticios."""
    documento = docx.Document()
    documento.core_properties.created = creado.replace(tzinfo=None)
    documento.core_properties.title = titulo
    documento.core_properties.author = ""
    documento.core_properties.comments = ""
    documento.core_properties.language = "es-CL"
    for idioma in documento.styles.element.iter(qn("w:lang")):
        idioma.set(qn("w:val"), "es-CL")
    hoja = documento.sections[0]
    hoja.orientation = WD_ORIENT.LANDSCAPE
    hoja.page_width, hoja.page_height = CARTA
    hoja.left_margin = hoja.right_margin = Cm(1.7)
    documento.add_heading(titulo, level=1)
    if ficticios:
        documento.add_paragraph().add_run(ficticios).bold = True
    return documento


def guardado(documento: Document) -> bytes:
    """Devuelve el documento como archivo."""
    salida = io.BytesIO()
    documento.save(salida)
    return salida.getvalue()

"""El informe de respuestas en Word, para corregirlo y firmarlo fuera del tablero."""

from collections.abc import Sequence
from datetime import datetime

from docx.document import Document
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt
from docx.table import _Cell, _Row

from tablero.documento_word import abrir, guardado, limpio
from tablero.formato import numero
from tablero.respuestas_informe import (
    FICTICIO,
    TITULO,
    TITULOS,
    TITULOS_SIN_RESPUESTA,
    TITULOS_TEMAS,
    Informe,
    Tema,
)

# En centímetros; suman el ancho útil de una carta apaisada.
ANCHOS = (4.2, 6.6, 2.7, 8.8, 2.2)
ANCHOS_SIN_RESPUESTA = (7.0, 14.5, 3.0)
ANCHOS_TEMAS = (7.3, 2.8, *[2.4] * 6)
Celda = Sequence[tuple[str, str]]


def _llano(texto: str) -> Celda:
    return (("", texto),)


def _escribir(celda: _Cell, partes: Celda, ancho: float, *, negrita: bool) -> None:
    """Escribe en la celda una línea por parte, con su rótulo en negrita."""
    celda.width = Cm(ancho)
    for lugar, (rotulo, texto) in enumerate(partes):
        parrafo = celda.paragraphs[0] if lugar == 0 else celda.add_paragraph()
        parrafo.paragraph_format.space_after = Pt(0)
        trozos = [(f"{rotulo}: ", True)] if rotulo else []
        for trozo, en_negrita in [*trozos, (texto, negrita)]:
            corrida = parrafo.add_run(limpio(trozo))
            corrida.font.size = Pt(8.5)
            corrida.bold = en_negrita


def _marcar(fila: _Row, *marcas: str) -> None:
    for marca in marcas:
        fila._tr.get_or_add_trPr().append(OxmlElement(marca))


def _tabla(
    documento: Document,
    titulos: Sequence[str],
    filas: Sequence[Sequence[Celda]],
    anchos: Sequence[float],
) -> None:
    tabla = documento.add_table(rows=1, cols=len(titulos), style="Table Grid")
    tabla.autofit = False
    # La fila de títulos se repite en cada hoja, y ninguna fila se parte entre dos.
    _marcar(tabla.rows[0], "w:cantSplit", "w:tblHeader")
    encabezado = [_llano(titulo) for titulo in titulos]
    for numero_de_fila, valores in enumerate([encabezado, *filas]):
        fila = tabla.rows[0] if numero_de_fila == 0 else tabla.add_row()
        if numero_de_fila:
            _marcar(fila, "w:cantSplit")
        for celda, partes, ancho in zip(fila.cells, valores, anchos, strict=True):
            _escribir(celda, partes, ancho, negrita=numero_de_fila == 0)


def _tema(documento: Document, tema: Tema) -> None:
    documento.add_heading(limpio(tema.titulo), level=2)
    if tema.es_ficticio:
        documento.add_paragraph().add_run(FICTICIO).bold = True
    if tema.respondidas:
        filas = [
            [*map(_llano, (u.pregunta, u.texto, u.comuna)), u.respuesta,
             _llano(u.estado)]
            for u in tema.respondidas
        ]  # fmt: skip
        _tabla(documento, TITULOS, filas, ANCHOS)
    documento.add_paragraph(tema.faltan).paragraph_format.keep_with_next = bool(
        tema.pendientes
    )
    if tema.pendientes:
        pendientes = [
            [*map(_llano, (u.pregunta, u.texto, u.comuna))] for u in tema.pendientes
        ]
        _tabla(documento, TITULOS_SIN_RESPUESTA, pendientes, ANCHOS_SIN_RESPUESTA)


def _temas(documento: Document, informe: Informe) -> None:
    marcas = [f" ({FICTICIO})" if tema.es_ficticio else "" for tema in informe.temas]
    pares = [
        (tema.titulo + marca, tema.cuentas)
        for tema, marca in zip(informe.temas, marcas, strict=True)
    ]
    filas = [
        [_llano(titulo), *(_llano(numero(cuenta)) for cuenta in cuentas)]
        for titulo, cuentas in [*pares, ("Todos los temas", informe.totales)]
    ]
    _tabla(documento, TITULOS_TEMAS, filas, ANCHOS_TEMAS)


def word(informe: Informe, creado: datetime) -> bytes:
    """Devuelve el informe como un documento de Word, en carta apaisada."""
    hechos = informe.hechos
    documento = abrir(TITULO, hechos.ficticios, creado)
    if hechos.ficticios:
        # También en el encabezado: una hoja suelta debe decirlo.
        encabezado = documento.sections[0].header.paragraphs[0]
        encabezado.add_run(hechos.ficticios).bold = True
    documento.add_paragraph(
        limpio(f"Filtros: {hechos.filtros}. Hecho el {hechos.momento}.")
    )
    for aviso in informe.avisos:
        documento.add_paragraph(aviso)
    if informe.temas:
        _temas(documento, informe)
    for tema in informe.temas:
        _tema(documento, tema)
    documento.add_heading("Acerca de este informe", level=2)
    for rotulo, valor in hechos.pares():
        documento.add_paragraph(limpio(f"{rotulo}: {valor}"))
    return guardado(documento)

"""Lee el texto de un .pdf, página por página, en el orden en que está escrito."""

import re
from collections.abc import Sequence

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from datos.extraer_texto import LETRAS_MAXIMAS, aviso_de_quitados, limpiar
from datos.leido import SALTO_DE_PAGINA, Texto
from datos.rechazo import CORTADO, DE_NUEVO, rechazo

PAGINAS_MAXIMAS = 400
CON_CLAVE = 4
PIDA_EL_WORD = "Pida el documento de Word, o páselo por un reconocedor de texto (OCR)."
# pdfium pone esta marca donde una línea termina en guion, y quita el salto.
CORTE = re.compile("\ufffe(\\S*)[^\\S\n]?")
# Un dibujo de letra sin equivalencia sale como uso privado o como «�».
SIN_LETRA = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")


def _abrir(contenido: bytes) -> pdfium.PdfDocument:
    try:
        documento = pdfium.PdfDocument(contenido)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == CON_CLAVE:
            clave = "Ábralo con su clave, guarde una copia sin clave y cargue esa."
            raise rechazo("", "el PDF está cifrado o protegido.", clave) from None
        raise rechazo("", CORTADO, DE_NUEVO) from None
    if len(documento) > PAGINAS_MAXIMAS:
        raise rechazo("", f"tiene más de {PAGINAS_MAXIMAS} páginas.", "Divídalo.")
    return documento


def _pagina(documento: pdfium.PdfDocument, numero: int) -> str:
    try:
        pagina = documento[numero - 1]
        texto: str = pagina.get_textpage().get_text_range()
    except pdfium.PdfiumError:
        problema = f"la página {numero} está dañada."
        raise rechazo("", problema, DE_NUEVO) from None
    pagina.close()
    return texto


def _unir_guiones(pagina: str) -> tuple[str, int]:
    """Une la palabra que un guion cortaba y devuelve el salto que seguía a la línea.

    Sin el salto la línea sería el doble de ancha y no se reharían bien los párrafos.
    """
    cortes = 0

    def unir(corte: re.Match[str]) -> str:
        nonlocal cortes
        cortes += 1
        guion = "" if corte[1][:1].islower() else "-"
        return f"{guion}{corte[1]}\n"

    return CORTE.sub(unir, pagina), cortes


def _revisar(texto: str) -> None:
    if not texto.strip():
        problema = "no trae texto: son imágenes de páginas."
        raise rechazo("", problema, PIDA_EL_WORD)
    if len(SIN_LETRA.findall(texto)) > len(texto) // 5:
        problema = "sus letras no se pueden reconocer: falta su equivalencia."
        raise rechazo("", problema, PIDA_EL_WORD)


def extraer(contenido: bytes, _encabezado: Sequence[str]) -> Texto:
    """Lee un .pdf; las páginas van separadas por SALTO_DE_PAGINA, y sin párrafos."""
    documento = _abrir(contenido)
    paginas, sin_texto, cortes, quitados, letras = [], [], 0, 0, 0
    for numero in range(1, len(documento) + 1):
        unida, cortadas = _unir_guiones(_pagina(documento, numero))
        letras += len(unida)
        if letras > LETRAS_MAXIMAS:
            raise rechazo("", "pasa de cinco millones de letras.", "Divídalo.")
        limpia, invisibles = limpiar(unida)
        paginas.append(limpia.replace(SALTO_DE_PAGINA, "\n"))
        cortes += cortadas
        quitados += invisibles
        if not limpia.strip():
            sin_texto.append(str(numero))
    texto = SALTO_DE_PAGINA.join(paginas)
    _revisar(texto)
    avisos = aviso_de_quitados(quitados)
    if sin_texto:
        avisos += (f"Páginas sin texto, vacías o de imagen: {', '.join(sin_texto)}.",)
    if cortes:
        avisos += (f"Palabras cortadas con guion que se unieron: {cortes}.",)
    return Texto("pdf", texto, avisos)

"""Decodifica y limpia el texto de un archivo sin adivinar más de lo que dice."""

import codecs
import re
import unicodedata
from collections.abc import Sequence

from datos.leido import Texto
from datos.rechazo import DE_NUEVO, rechazo

LETRAS_MAXIMAS = 5_000_000
COMO_UTF8 = "Guárdelo como texto UTF-8."
AVISO_CP1252 = (
    "No está en UTF-8: se leyó como Windows-1252. Revise que las tildes estén bien."
)
SALTOS = re.compile("\r\n|[\r\n\x0b\x85\u2028\u2029]")
# Controles, marcas de dirección, letras de ancho cero y lo que no es una letra: no se
# ven, y pueden hacer que un texto se lea distinto de lo que dice.
INVISIBLES = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
# Una letra con tilde en UTF-8; en Windows-1252 serían dos signos sin sentido.
TILDE_UTF8 = re.compile(rb"\xc3[\x80-\xbf]")


def limpiar(texto: str) -> tuple[str, int]:
    """Devuelve el texto en NFC, sin invisibles, y cuántos se le quitaron."""
    if texto.isascii() and texto.isprintable():
        return texto, 0
    limpio, quitados = INVISIBLES.subn("", SALTOS.sub("\n", texto))
    return unicodedata.normalize("NFC", limpio), quitados


def aviso_de_quitados(quitados: int) -> tuple[str, ...]:
    """Devuelve el aviso de los invisibles quitados, o nada si no hubo."""
    if not quitados:
        return ()
    return (f"Caracteres invisibles o de control que se quitaron: {quitados}.",)


def _en_utf16(contenido: bytes) -> str:
    try:
        texto = contenido.decode("utf-16")
    except UnicodeDecodeError:
        raise rechazo("", "dice ser UTF-16 y no lo es.", COMO_UTF8) from None
    if "\0" in texto:
        raise rechazo("", "contiene caracteres nulos.", COMO_UTF8)
    return texto


def decodificar(contenido: bytes) -> tuple[str, tuple[str, ...]]:
    """Devuelve el texto tal como viene y los avisos de lo que se supuso.

    UTF-8 con o sin marca, UTF-16 con marca; si no, Windows-1252 con un aviso.
    """
    if contenido.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _en_utf16(contenido), ()
    try:
        return contenido.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        fila = contenido[: error.start].count(b"\n") + 1
    if contenido.startswith(codecs.BOM_UTF8):
        raise rechazo("", "dice ser UTF-8 y no lo es.", COMO_UTF8, fila)
    if TILDE_UTF8.search(contenido):
        mezcla = "mezcla dos codificaciones, o está cortado dentro de una letra."
        raise rechazo("", mezcla, COMO_UTF8, fila)
    try:
        return contenido.decode("cp1252"), (AVISO_CP1252,)
    except UnicodeDecodeError as error:
        fila = contenido[: error.start].count(b"\n") + 1
        raise rechazo("", "hay bytes que no son letras.", COMO_UTF8, fila) from None


def leer(contenido: bytes) -> tuple[str, tuple[str, ...]]:
    """Decodifica y limpia; un texto vacío, enorme o binario da ErrorDeDatos."""
    crudo, avisos = decodificar(contenido)
    if len(crudo) > LETRAS_MAXIMAS:
        raise rechazo("", "pasa de cinco millones de letras.", "Divídalo.")
    texto, quitados = limpiar(crudo)
    if quitados > 100 and quitados > len(texto) // 50:
        raise rechazo("", "trae demasiados caracteres de control.", DE_NUEVO)
    if "\ufffd" in texto:
        avisos += ("Trae letras que ya venían perdidas («�»): revise el original.",)
    if not texto.strip():
        raise rechazo("", "no trae ningún texto.", "Recupere el original.")
    return texto, avisos + aviso_de_quitados(quitados)


def extraer(contenido: bytes, _encabezado: Sequence[str]) -> Texto:
    """Lee un .txt."""
    texto, avisos = leer(contenido)
    return Texto("txt", texto, avisos)

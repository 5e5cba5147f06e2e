"""Decide, por la firma y el nombre a la vez, si un archivo cargado se puede abrir."""

import codecs
import re

from datos import recibir_paquete
from datos.rechazo import CORTADO, DE_NUEVO, rechazo

MEGA = 1024 * 1024
TAMANO_MAXIMO = 20 * MEGA
FORMATOS = ("txt", "csv", "docx", "xlsx", "pdf", "qdc")
# Los que no tienen firma: su contenido es texto.
DE_CARACTERES = ("txt", "csv", "qdc")
SIRVEN = "Sirven los archivos .txt, .csv, .docx, .xlsx y .pdf."
QUITE_LA_CLAVE = "Ábralo con su clave, guarde una copia sin clave y cargue esa."

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CIFRADO_DE_OFFICE = "EncryptedPackage".encode("utf-16-le")
CIFRADO_DE_PDF = re.compile(rb"/Encrypt(?:\s+\d+\s+\d+\s+R|\s*<<)")
# Un lector de PDF busca la firma en el primer kilobyte y el final, cerca del término.
CABEZA = 1024
COLA = 2048

FIRMAS_AJENAS = (
    (b"MZ", "un programa"),
    (b"\x7fELF", "un programa"),
    (b"\xcf\xfa\xed\xfe", "un programa"),
    (b"\xca\xfe\xba\xbe", "un programa"),
    (b"\x89PNG", "una imagen"),
    (b"\xff\xd8\xff", "una imagen"),
    (b"GIF8", "una imagen"),
    (b"II*\x00", "una imagen"),
    (b"MM\x00*", "una imagen"),
    (b"RIFF", "una imagen o un sonido"),
    (b"BM", "una imagen"),
    (b"{\\rtf", "un documento RTF"),
    (b"\x1f\x8b", "un archivo comprimido"),
    (b"7z\xbc\xaf", "un archivo comprimido"),
    (b"Rar!", "un archivo comprimido"),
    (b"SQLite format 3", "una base de datos"),
)
# «BM» y «MZ» también pueden empezar un texto: se exige además un byte que no es letra.
AMBIGUAS = (b"BM", b"MZ", b"RIFF")

CONSEJOS = {
    "doc": "Ábralo en Word y guárdelo como .docx.",
    "xls": "Ábralo en Excel y guárdelo como .xlsx.",
    "docm": "Guárdelo como .docx, sin macros.",
    "xlsm": "Guárdelo como .xlsx, sin macros.",
    "rtf": "Ábralo en Word y guárdelo como .docx.",
    "odt": "Guárdelo como .docx.",
    "ods": "Guárdelo como .xlsx.",
    "xlsb": "Guárdelo como .xlsx.",
}


def mostrable(nombre: str) -> str:
    """Devuelve el nombre en una línea corta, con lo invisible a la vista como «�»."""
    visible = "".join(letra if letra.isprintable() else "�" for letra in nombre)
    return visible if len(visible) <= 80 else f"{visible[:50]}…{visible[-25:]}"


def _extension(nombre: str) -> str:
    _, punto, extension = nombre.strip().rpartition(".")
    return extension.lower() if punto else ""


def _ajena(contenido: bytes) -> str | None:
    for firma, que in FIRMAS_AJENAS:
        cabeza = contenido[:16]
        hay_binario = any(byte < 9 for byte in cabeza)
        if cabeza.startswith(firma) and (firma not in AMBIGUAS or hay_binario):
            return que
    return None


def _firma(contenido: bytes) -> str:
    """Dice qué es el contenido: pdf, zip, ole, lo que sea ajeno, o texto."""
    if contenido.startswith(OLE):
        return "ole"
    if contenido.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip"
    ajena = _ajena(contenido)
    if ajena:
        return ajena
    return "pdf" if b"%PDF-" in contenido[:CABEZA] else "texto"


def _revisar_ole(archivo: str, contenido: bytes, extension: str) -> None:
    if CIFRADO_DE_OFFICE in contenido:
        raise rechazo(archivo, "está cifrado con una clave.", QUITE_LA_CLAVE)
    consejo = CONSEJOS.get(extension) or (
        "Ábralo en Word o Excel y guárdelo como .docx o .xlsx."
    )
    raise rechazo(archivo, "es un documento antiguo de Office.", consejo)


def _revisar_pdf(archivo: str, contenido: bytes) -> None:
    if CIFRADO_DE_PDF.search(contenido):
        raise rechazo(archivo, "el PDF está cifrado o protegido.", QUITE_LA_CLAVE)
    # Un PDF sin su final se puede abrir, pero le faltarían páginas sin que se note.
    if b"%%EOF" not in contenido[-COLA:]:
        raise rechazo(archivo, CORTADO, DE_NUEVO)


def _revisar_texto(archivo: str, contenido: bytes) -> None:
    if b"\0" not in contenido:
        return
    if not contenido.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise rechazo(
            archivo,
            "contiene caracteres nulos: no es texto, o es UTF-16 sin marca.",
            "Guárdelo como texto UTF-8.",
        )


def recibir(nombre: str, contenido: bytes) -> str:
    """Devuelve txt, csv, docx, xlsx, pdf o qdc, si la firma y la extensión lo dicen.

    No abre el archivo ni usa el nombre como ruta. Un archivo que no se puede usar da
    ErrorDeDatos con lo que hay que hacer.
    """
    archivo = mostrable(nombre)
    extension = _extension(nombre)
    if not contenido:
        raise rechazo(archivo, "el archivo está vacío.", "Recupere el original.")
    if len(contenido) > TAMANO_MAXIMO:
        raise rechazo(archivo, "pesa más de 20 MB.", "Quítele imágenes o divídalo.")
    firma = _firma(contenido)
    if firma == "ole":
        _revisar_ole(archivo, contenido, extension)
    if firma == "zip":
        firma = recibir_paquete.clase(archivo, contenido)
    _acordar(archivo, extension, firma)
    if extension in ("docx", "xlsx"):
        recibir_paquete.revisar(archivo, contenido, extension)
    elif extension == "pdf":
        _revisar_pdf(archivo, contenido)
    else:
        _revisar_texto(archivo, contenido)
    return extension


def _acordar(archivo: str, extension: str, firma: str) -> None:
    if extension not in FORMATOS:
        que = f"es de un tipo que no se recibe (.{mostrable(extension)[:12]})."
        problema = que if extension else "el nombre no tiene extensión."
        raise rechazo(archivo, problema, CONSEJOS.get(extension, SIRVEN))
    if firma == extension or (firma == "texto" and extension in DE_CARACTERES):
        return
    hallado = firma if firma not in FORMATOS else f"un {firma.upper()}"
    problema = f"se llama .{extension} pero su contenido es {hallado}."
    if firma in FORMATOS:
        raise rechazo(archivo, problema, f"Cámbiele la extensión a .{firma}.")
    raise rechazo(archivo, problema, SIRVEN)

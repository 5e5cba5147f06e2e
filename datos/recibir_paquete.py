"""Revisa un .docx o .xlsx como ZIP antes de que lo abra quien lo entiende."""

import codecs
import copy
import io
import re
import stat
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator

from datos.rechazo import CORTADO, DE_NUEVO, rechazo

PARTES_MAXIMAS = 1_000
TAMANO_ABIERTO = 50 * 1024 * 1024
TROZO = 256 * 1024
# Etiquetas y atributos: cada uno cuesta unos 170 bytes al leerlo. El DOCX se lee
# entero; la planilla, de a una fila.
ETIQUETAS_MAXIMAS = {"docx": 800_000, "xlsx": 3_000_000}
DESCRIPCION_MAXIMA = 200_000

INDICE = "[Content_Types].xml"
ENTRADA = b"PK\x01\x02"
CUERPOS = {
    "docx": re.compile(r"word/document\d*\.xml"),
    "xlsx": re.compile(r"xl/workbook\d*\.xml"),
}
POR_FILAS = ("xl/worksheets/", "xl/sharedstrings")
OTRAS_CLASES = (
    ("xl/workbook.bin", "una planilla .xlsb", "Guárdela como .xlsx."),
    ("ppt/presentation.xml", "una presentación", "Guárdela como .pdf."),
    ("mimetype", "un documento de LibreOffice", "Guárdelo como .docx o .xlsx."),
)
MACROS = re.compile(r"(^|/)vbaproject\.bin$|^xl/(macrosheets|intlmacrosheets)/")
SIN_MACROS = "Guárdelo como .docx o .xlsx, sin macros."

# Con estas dos se fabrican las bombas de XML; Office no las escribe nunca.
PROHIBIDAS = tuple(
    marca.encode(codigo)
    for marca in ("<!DOCTYPE", "<!ENTITY")
    for codigo in ("ascii", "utf-16-le", "utf-16-be")
)
CODIGO_XML = re.compile(rb"^<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
CODIGOS = (b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii")
BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
ROTO = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
)


def _partes(archivo: str, contenido: bytes) -> list[zipfile.ZipInfo]:
    """Lee el índice del ZIP, que ya se contó: uno enorme agota la memoria."""
    muchas = f"trae más de {PARTES_MAXIMAS} partes adentro."
    if contenido.count(ENTRADA) > PARTES_MAXIMAS:
        raise rechazo(archivo, muchas, "Guárdelo de nuevo desde Word o Excel.")
    try:
        return zipfile.ZipFile(io.BytesIO(contenido)).infolist()
    except ROTO:
        raise rechazo(archivo, CORTADO, DE_NUEVO) from None


def clase(archivo: str, contenido: bytes) -> str:
    """Devuelve docx, xlsx o «un ZIP» según las partes; lo ajeno da ErrorDeDatos."""
    nombres = [parte.filename for parte in _partes(archivo, contenido)]
    if any(MACROS.search(nombre.lower()) for nombre in nombres):
        raise rechazo(archivo, "trae macros.", SIN_MACROS)
    for formato, cuerpo in CUERPOS.items():
        if INDICE in nombres and any(map(cuerpo.fullmatch, nombres)):
            return formato
    for nombre, que, remedio in OTRAS_CLASES:
        if nombre in nombres:
            raise rechazo(archivo, f"es {que}.", remedio)
    return "un ZIP sin documento de Word ni de Excel"


def _revisar_indice(archivo: str, partes: list[zipfile.ZipInfo]) -> None:
    vistas: set[str] = set()
    for parte in partes:
        nombre = parte.orig_filename
        pasos = nombre.split("/")
        fuera = nombre.startswith("/") or ".." in pasos or ":" in pasos[0]
        if fuera or "\\" in nombre or "\0" in nombre:
            problema = "trae una parte con una ruta que sale del archivo."
        elif nombre.lower() in vistas:
            problema = "trae dos partes con el mismo nombre."
        elif parte.flag_bits & 0x41:
            problema = "trae partes cifradas."
        elif stat.S_ISLNK(parte.external_attr >> 16):
            problema = "trae un enlace a otro archivo en vez de una parte."
        elif parte.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            problema = "está comprimido de un modo que Office no usa."
        else:
            vistas.add(nombre.lower())
            continue
        raise rechazo(archivo, problema, "Guárdelo de nuevo desde Word o Excel.")


def _trozos(paquete: zipfile.ZipFile, parte: zipfile.ZipInfo) -> Iterator[bytes]:
    """Da lo que de verdad sale al abrir la parte, diga lo que diga su encabezado."""
    sin_tope = copy.copy(parte)
    sin_tope.file_size = sys.maxsize
    with paquete.open(sin_tope) as abierta:
        while trozo := abierta.read(TROZO):
            yield trozo


def _es_xml_legible(cabeza: bytes) -> bool:
    """Dice si la parte está en UTF-8 o UTF-16: en otro código no se podría revisar."""
    for bom in BOMS:
        cabeza = cabeza.removeprefix(bom)
    if b"\0\0" in cabeza[:8] or cabeza.lstrip()[:2].strip(b"\0")[:1] not in (b"<", b""):
        return False
    codigo = CODIGO_XML.match(cabeza.replace(b"\0", b"").lstrip())
    return codigo is None or codigo[1].lower() in CODIGOS


def _define(xml: bytes) -> bool:
    # Casi ningún trozo trae «<!»: mirarlo antes ahorra seis búsquedas.
    if b"<!" not in xml and b"<\0!" not in xml:
        return False
    return any(marca in xml for marca in PROHIBIDAS)


def _revisar_parte(
    archivo: str, paquete: zipfile.ZipFile, parte: zipfile.ZipInfo
) -> tuple[int, int]:
    """Abre la parte de a trozos y devuelve sus bytes y sus etiquetas."""
    tamano, etiquetas, resto = 0, 0, b""
    es_xml = parte.filename.lower().endswith((".xml", ".rels"))
    for trozo in _trozos(paquete, parte):
        if es_xml and not tamano and not _es_xml_legible(trozo[:400]):
            raise rechazo(archivo, "trae XML en un código extraño.", DE_NUEVO)
        tamano += len(trozo)
        etiquetas += trozo.count(b"<") + trozo.count(b"=")
        if tamano > TAMANO_ABIERTO:
            return tamano, etiquetas
        if _define(resto + trozo):
            problema = "trae definiciones de XML que Office no escribe."
            raise rechazo(archivo, problema, "Guárdelo de nuevo desde Word o Excel.")
        resto = trozo[-20:]
    if tamano != parte.file_size:
        raise rechazo(archivo, "dice un tamaño y trae otro.", DE_NUEVO)
    return tamano, etiquetas if es_xml else 0


def revisar(archivo: str, contenido: bytes, formato: str) -> None:
    """Rechaza con ErrorDeDatos un paquete que no es el que Word o Excel escriben.

    Mide abriendo cada parte de a trozos con un tope: los tamaños del encabezado no se
    creen. `formato` es docx o xlsx.
    """
    partes = _partes(archivo, contenido)
    _revisar_indice(archivo, partes)
    paquete = zipfile.ZipFile(io.BytesIO(contenido))
    tamano_total, etiquetas_total = 0, 0
    for parte in partes:
        try:
            tamano, etiquetas = _revisar_parte(archivo, paquete, parte)
        except ROTO:
            raise rechazo(archivo, CORTADO, DE_NUEVO) from None
        tamano_total += tamano
        etiquetas_total += etiquetas
        if tamano_total > TAMANO_ABIERTO:
            problema = "al descomprimirlo pasa de 50 MB."
            raise rechazo(archivo, problema, "Quítele imágenes o divídalo.")
        por_filas = parte.filename.lower().startswith(POR_FILAS)
        larga = formato == "xlsx" and not por_filas and etiquetas > DESCRIPCION_MAXIMA
        if larga or etiquetas_total > ETIQUETAS_MAXIMAS[formato]:
            remedio = "Borre las filas y los formatos que sobran, o divídalo."
            raise rechazo(archivo, "trae demasiadas celdas o marcas.", remedio)

"""Arma .docx y .xlsx parte por parte, y los que son hostiles por fuera."""

import io
import stat
import struct
import zipfile
from collections.abc import Iterator

Partes = dict[str, bytes]
# (nombre, archivo, contenido, lo que se espera)
Fila = tuple[str, str, bytes, str | None]

TIPOS = "http://schemas.openxmlformats.org/package/2006/content-types"
ENLACES = "http://schemas.openxmlformats.org/package/2006/relationships"
OFICINA = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HOJA = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
APP = "application/vnd.openxmlformats-officedocument"
CORTADO = "cortado o dañado"
DEFINICION = '<!DOCTYPE a [<!ENTITY b "cccccccccc"><!ENTITY d "&b;&b;&b;&b;">]>'


def _indice(partes: dict[str, str]) -> bytes:
    lista = "".join(
        f'<Override PartName="/{parte}" ContentType="{APP}.{tipo}+xml"/>'
        for parte, tipo in partes.items()
    )
    xml = (
        f'<Types xmlns="{TIPOS}"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{lista}</Types>'
    )
    return xml.encode()


def enlaces(destinos: dict[str, str]) -> bytes:
    lista = "".join(
        f'<Relationship Id="rId{orden}" Type="{OFICINA}/{tipo}" Target="{destino}"/>'
        for orden, (destino, tipo) in enumerate(destinos.items(), start=1)
    )
    return f'<Relationships xmlns="{ENLACES}">{lista}</Relationships>'.encode()


def partes_docx(
    cuerpo: str = "<w:p><w:r><w:t>La mesa pide</w:t></w:r></w:p>",
) -> Partes:
    xml = f'<w:document xmlns:w="{WORD}"><w:body>{cuerpo}</w:body></w:document>'
    tipos = {"word/document.xml": "wordprocessingml.document.main"}
    return {
        "[Content_Types].xml": _indice(tipos),
        "_rels/.rels": enlaces({"word/document.xml": "officeDocument"}),
        "word/document.xml": xml.encode(),
    }


def partes_xlsx(filas: str, hojas: int = 1, antes: str = "") -> Partes:
    numeros = range(1, hojas + 1)
    lista = "".join(
        f'<sheet name="H{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numeros
    )
    xml = f'<worksheet xmlns="{HOJA}">{antes}<sheetData>{filas}</sheetData></worksheet>'
    libro = (
        f'<workbook xmlns="{HOJA}" xmlns:r="{OFICINA}"><sheets>{lista}</sheets>'
        "</workbook>"
    )
    tipos = {"xl/workbook.xml": "spreadsheetml.sheet.main"}
    tipos |= {f"xl/worksheets/s{n}.xml": "spreadsheetml.worksheet" for n in numeros}
    destinos = {f"worksheets/s{n}.xml": "worksheet" for n in numeros}
    return {
        "[Content_Types].xml": _indice(tipos),
        "_rels/.rels": enlaces({"xl/workbook.xml": "officeDocument"}),
        "xl/workbook.xml": libro.encode(),
        "xl/_rels/workbook.xml.rels": enlaces(destinos),
        **{f"xl/worksheets/s{n}.xml": xml.encode() for n in numeros},
    }


def celda(texto: str, lugar: str = "") -> str:
    lugar = f' r="{lugar}"' if lugar else ""
    return f'<c{lugar} t="inlineStr"><is><t>{texto}</t></is></c>'


def paquete(partes: Partes, *mas: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """Comprime las partes; `mas` son las que un diccionario no sabe llevar."""
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as zip_:
        for nombre, contenido in [*partes.items(), *mas]:
            info = nombre
            if isinstance(info, str):
                info = zipfile.ZipInfo(info)
                info.compress_type = zipfile.ZIP_DEFLATED
            zip_.writestr(info, contenido)
    return salida.getvalue()


DOCX = paquete(partes_docx())
BUENA = f"<row>{celda('tema')}{celda('enunciado')}</row><row>{celda('1')}</row>"
XLSX = paquete(partes_xlsx(BUENA))


def _info(
    nombre: str, permisos: int = 0o644, modo: int = stat.S_IFREG
) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(nombre)
    info.external_attr = (modo | permisos) << 16
    return info


def _declarar(contenido: bytes, parte: str, tamano: int) -> bytes:
    """Cambia en el índice del ZIP el tamaño que la parte dice tener."""
    lugar = contenido.rindex(b"PK\x01\x02", 0, contenido.rindex(parte.encode()))
    campo = struct.pack("<I", tamano)
    return contenido[: lugar + 24] + campo + contenido[lugar + 28 :]


def _marcar_cifrado(contenido: bytes) -> bytes:
    lugar = contenido.index(b"PK\x01\x02") + 8
    return contenido[:lugar] + b"\x01" + contenido[lugar + 1 :]


def comprimidos() -> Iterator[Fila]:
    docx = partes_docx()
    ceros = bytes(60 * 1024 * 1024)
    repetidas = [(f"word/media/{n}.bin", bytes(2**20)) for n in range(51)]
    bomba = paquete({"a.bin": ceros})
    doble = paquete(docx, ("WORD/DOCUMENT.xml", b"<a/>"))
    con_ceros = paquete(docx, ("word/media/a.bin", ceros))
    muchas = paquete(docx, *((f"word/m/{n}", b"") for n in range(1_001)))
    yield "bomba plana", "b.docx", con_ceros, "50 MB"
    yield "bomba en muchas partes", "b.docx", paquete(docx, *repetidas), "50 MB"
    mentira = _declarar(con_ceros, "word/media/a.bin", 10)
    yield "bomba que dice pesar 10", "b.docx", mentira, "50 MB"
    yield (
        "dice pesar menos",
        "b.docx",
        _declarar(DOCX, "word/document.xml", 5),
        "tamaño",
    )
    yield (
        "dice pesar 4 GB",
        "b.docx",
        _declarar(DOCX, "word/document.xml", 2**32 - 2),
        ("tamaño|cortado"),
    )
    yield "bomba dentro de otro ZIP", "b.docx", paquete({"x.zip": bomba}), "un ZIP"
    anidada = paquete(docx, ("word/embeddings/x.zip", bomba))
    yield "documento con una bomba anidada que nadie abre", "b.docx", anidada, None
    yield "mil y una partes", "b.docx", muchas, "1000 partes"
    yield "mil y una partes en planilla", "b.xlsx", muchas, "1000 partes"
    yield "parte repetida con otra caja", "b.docx", doble, "mismo nombre"
    for malo in ("/etc/x", "../x", "word/../../x", "C:/x", "word\\x.xml"):
        raro = paquete(docx, (malo, b"x"))
        yield f"ruta {malo}", "b.docx", raro, "ruta"
        yield (
            f"ruta {malo} en planilla",
            "b.xlsx",
            paquete(partes_xlsx(BUENA), (malo, b"x")),
            "ruta",
        )
    enlace = (_info("word/l", 0o777, stat.S_IFLNK), b"/etc/passwd")
    yield "enlace simbólico", "b.docx", paquete(docx, enlace), "enlace"
    yield "parte cifrada", "b.docx", _marcar_cifrado(DOCX), "cifrad"
    lzma = zipfile.ZipInfo("word/x")
    lzma.compress_type = zipfile.ZIP_LZMA
    yield "comprimido con LZMA", "b.docx", paquete(docx, (lzma, b"x")), "comprimido"
    yield "ZIP sin partes", "b.docx", paquete({}), "un ZIP"
    yield "sin índice", "b.docx", paquete({"word/document.xml": b"<a/>"}), "un ZIP"
    macro = ("word/vbaProject.bin", b"x")
    yield "macros en .docx", "b.docx", paquete(docx, macro), "macros"
    yield "macros en .docm", "b.docm", paquete(docx, macro), "macros"
    xmacro = ("xl/macrosheets/sheet1.xml", b"<a/>")
    yield "macros de Excel 4", "b.xlsx", paquete(partes_xlsx(BUENA), xmacro), "macros"
    yield ".xlsm sin macros", "b.xlsm", XLSX, r"\.xlsx"
    yield ".docm sin macros", "b.docm", DOCX, r"\.docx"
    odt = paquete({"mimetype": b"application/vnd.oasis.opendocument.text"})
    yield "LibreOffice", "b.odt", odt, "LibreOffice"
    yield "LibreOffice como .docx", "b.docx", odt, "LibreOffice"
    yield (
        "presentación",
        "b.pptx",
        paquete({"ppt/presentation.xml": b"<a/>"}),
        "present",
    )
    yield "planilla binaria", "b.xlsb", paquete({"xl/workbook.bin": b"x"}), r"\.xlsb"
    danado = DOCX[:60] + b"\xff\xff\xff" + DOCX[63:]
    yield "bytes cambiados", "b.docx", danado, CORTADO
    yield "basura antes del ZIP", "b.docx", b"basura" + DOCX, "su contenido es"
    yield "basura después del ZIP", "b.docx", DOCX + b"basura", None


def definiciones() -> Iterator[Fila]:
    bases = {"b.docx": partes_docx(), "b.xlsx": partes_xlsx(BUENA)}
    mas = {"b.docx": "word/styles.xml", "b.xlsx": "xl/sharedStrings.xml"}
    for archivo, base in bases.items():
        for parte in (*base, mas[archivo]):
            xml = base.get(parte, b"<a/>").decode()
            for codigo in ("utf-8", "utf-16", "utf-16-be"):
                malo = f"{DEFINICION}{xml}".encode(codigo)
                nombre = f"definición en {parte}, {codigo}, {archivo}"
                yield nombre, archivo, paquete({**base, parte: malo}), "definiciones"
    for codigo in ("utf-7", "cp037", "utf-32"):
        raro = f'<?xml version="1.0" encoding="{codigo}"?>{DEFINICION}<a/>'.encode(
            codigo
        )
        malo = paquete({**partes_docx(), "word/document.xml": raro})
        yield f"definición en {codigo}", "b.docx", malo, "código|definiciones"
    lejos = b"<a>" + b" " * (256 * 1024 - 8) + DEFINICION.encode() + b"</a>"
    partido = paquete({**partes_docx(), "word/document.xml": lejos})
    yield "definición a caballo de dos trozos", "b.docx", partido, "definiciones"

"""Textos y CSV rotos o raros, y archivos que no son lo que su nombre dice."""

import codecs
import random
from collections.abc import Iterator

from tests.malformados_paquetes import CORTADO, DOCX, XLSX, Fila
from tests.malformados_pdf import pdf

ENCABEZADO = ("tema", "enunciado", "mesa")
CODIGOS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252")
FINALES = ("\n", "\r\n", "\r")
SEPARADORES = (";", ",", "\t", "|")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def _en_codigo(texto: str, codigo: str) -> bytes:
    bom = codecs.BOM_UTF16_BE if codigo == "utf-16-be" else b""
    return bom + texto.encode(codigo)


def codificaciones() -> Iterator[Fila]:
    for codigo in CODIGOS:
        for fin in FINALES:
            texto = fin.join(("Qué se pidió", "más cursos en la señal", "¿y cómo?"))
            nombre = f"{codigo} con {fin!r}"
            yield f"texto {nombre}", "t.txt", _en_codigo(texto, codigo), None
            for sep in SEPARADORES:
                lineas = (sep.join(ENCABEZADO), sep.join(("1", "«más» años", "A")))
                contenido = _en_codigo(fin.join(lineas) + fin, codigo)
                yield f"csv {nombre} y {sep!r}", "t.csv", contenido, None


def textos() -> Iterator[Fila]:
    yield "vacío", "t.txt", b"", "vacío"
    yield "solo la marca", "t.txt", codecs.BOM_UTF8, "ningún texto"
    yield "solo la marca UTF-16", "t.txt", codecs.BOM_UTF16_LE, "ningún texto"
    yield "solo espacios", "t.txt", b" \n\t\r\n ", "ningún texto"
    yield "solo invisibles", "t.txt", "\u200b\u202e".encode(), "ningún texto"
    yield "nulo", "t.txt", b"hola\0chao", "nulos"
    yield "UTF-16 sin marca", "t.txt", "hola".encode("utf-16-le"), "nulos"
    yield "UTF-32", "t.txt", "hola".encode("utf-32"), "nulos"
    yield "UTF-16 con nulo", "t.txt", "ho\0la".encode("utf-16"), "nulos"
    yield "UTF-16 impar", "t.txt", "hola".encode("utf-16") + b"x", "UTF-16 y no"
    yield "UTF-16 con medio par", "t.txt", b"\xff\xfe\x00\xd8a\0", "UTF-16 y no"
    yield "marca UTF-8 falsa", "t.txt", codecs.BOM_UTF8 + b"a\xe1b", "UTF-8 y no"
    yield "dos codificaciones", "t.txt", "año ".encode() + b"a\xf1o", "dos codific"
    yield (
        "UTF-8 cortado",
        "t.txt",
        "más años y más señal".encode()[:-3] + b"\xc3",
        ("cortado"),
    )
    yield "byte sin letra", "t.txt", b"a\x81b\xe1", "no son letras"
    yield "UTF-8 demasiado largo", "t.txt", b"a\xc0\xafb", None
    yield "sustitutos en UTF-8", "t.txt", b"a\xed\xa0\x80\xed\x81b", "no son letras"
    yield "letras perdidas", "t.txt", "a�o".encode(), None
    yield "controles", "t.txt", b"hola\x07\x1b[31m chao\x08", None
    yield "puros controles", "t.txt", b"a" + b"\x01" * 500, "de control"
    yield "dirección", "t.txt", "pago \u202e001 \u2066x\u2069 \u200bfin".encode(), None
    yield "HTML", "t.txt", b"<html><script>alert(1)</script></html>", None
    yield "Markdown hostil", "t.txt", b"[x](javascript:alert(1)) ![](http://x)", None
    yield "línea de 4 MB", "t.txt", b"x" * 4_000_000, None
    yield "seis millones de letras", "t.txt", b"x" * 6_000_000, "millones"
    yield "emojis hasta 19 MB", "t.txt", "🙂".encode() * 4_750_000, None
    yield "pesa de más", "t.txt", b"x" * (20 * 2**20 + 1), "20 MB"
    yield "dos millones de saltos", "t.txt", b"a" + b"\r\n" * 2_000_000, None
    marcas = "a" + "\u0301\u0323" * 200_000
    yield "tildes apiladas", "t.txt", marcas.encode(), "tarda"
    azar = bytes(b or 1 for b in random.Random(7).randbytes(5_000))
    yield "bytes al azar", "t.txt", azar, "no son letras|dos codific|de control"
    for nombre in (
        "../../etc/passwd.txt",
        "a\0b.txt",
        "a\u202etxt.txt",
        "x" * 999 + ".txt",
    ):
        yield f"nombre {nombre[:20]!r}", nombre, b"hola", None
    yield "nombre con programa", "informe\u202excod.exe", b"hola", "no se recibe"
    yield "nombre con salto", "a\nb.txt", b"", "a�b.txt: el archivo está vacío"
    yield "nombre con punto y nada", "informe.", b"hola", "no tiene extensión"


def planillas_csv() -> Iterator[Fila]:
    cabeza = b"tema;enunciado;mesa\n"
    yield "csv vacío", "p.csv", b"", "vacío"
    yield "csv en blanco", "p.csv", b"\n\n", "ningún texto"
    yield "csv solo encabezado", "p.csv", cabeza, None
    yield "csv sin el encabezado", "p.csv", b"uno;dos\n1;2\n", "encabezado debe tener"
    yield "csv con título encima", "p.csv", b"Planilla\n\n" + cabeza + b"1;a;A\n", None
    yield "csv con comilla abierta", "p.csv", cabeza + b'1;"a;A\n2;b;B\n', "comillas"
    yield "csv con comilla suelta", "p.csv", cabeza + b'1;"a"b;A\n', "comillas"
    yield "csv con comilla al medio", "p.csv", cabeza + b'1;a "b" c;A\n', None
    yield "csv disparejo", "p.csv", cabeza + b"1\n1;2;3;4;5\n;;\n", None
    yield "csv con salto entre comillas", "p.csv", cabeza + b'1;"a\r\nb";A\n', None
    yield "csv con fórmula", "p.csv", cabeza + b"1;\"=cmd|'/c calc'!A1\";A\n", None
    yield "csv con nulo", "p.csv", cabeza + b"1;a\0b;A\n", "nulos"
    yield "csv con dirección", "p.csv", cabeza + "1;a\u202eb;A\n".encode(), None
    larga = b"1;" + b"x" * 10_001 + b";A\n"
    yield "csv con celda larga", "p.csv", cabeza + larga, r"fila 2, columna B.*10000"
    larguisima = b"1;" + b"x" * 5_000_000
    yield "csv con celda de 5 MB", "p.csv", cabeza + larguisima, "10000"
    yield (
        "csv de comilla que traga todo",
        "p.csv",
        cabeza + b'"' + b"a;b\n" * 9_999,
        ("10000|comillas"),
    )
    yield "csv de 5.001 filas", "p.csv", cabeza + b"1;a;A\n" * 5_000, "5000 filas"
    yield "csv de un millón de filas", "p.csv", cabeza + b"1\n" * 10**6, "5000 filas"
    yield "csv de 61 columnas", "p.csv", cabeza + b"1" + b";1" * 60, "60 columnas"
    yield "csv de un millón de columnas", "p.csv", cabeza + b";" * 10**6, None
    yield (
        "csv de 19 MB",
        "p.csv",
        cabeza + (b"1;" + b"x" * 9_000 + b"\n") * 2_100,
        ("millones"),
    )
    yield "csv HTML", "p.csv", b"<table><tr><td>tema</td></tr></table>", "encabezado"


def ajenos() -> Iterator[Fila]:
    sanos = {
        "docx": DOCX,
        "xlsx": XLSX,
        "pdf": pdf(),
        "txt": b"hola",
        "csv": b"tema;x\n",
    }
    for real, contenido in sanos.items():
        for otra in sanos:
            if otra == real:
                yield f"{real} sano", f"a.{otra}", contenido, None
            elif {otra, real} != {"txt", "csv"}:
                nombre = f"{real} con nombre de {otra}"
                yield nombre, f"a.{otra}", contenido, "su contenido es"
    firmas = {
        "programa": b"MZ\x90\0\x03",
        "programa de Linux": b"\x7fELF\x02",
        "PNG": b"\x89PNG\r\n\x1a\n",
        "JPEG": b"\xff\xd8\xff\xe0",
        "GIF": b"GIF89a\x01",
        "TIFF": b"II*\0",
        "RTF": b"{\\rtf1 hola}",
        "gzip": b"\x1f\x8b\x08",
        "7z": b"7z\xbc\xaf\x27\x1c",
        "RAR": b"Rar!\x1a\x07",
        "SQLite": b"SQLite format 3\0",
    }
    for nombre, firma in firmas.items():
        yield f"{nombre} como .txt", "a.txt", firma, "su contenido es"
        yield f"{nombre} como .pdf", "a.pdf", firma, "su contenido es"
    for extension in ("exe", "png", "rtf", "odt", "tsv", "html", "doc", "xls", "zip"):
        yield (
            f"texto .{extension}",
            f"a.{extension}",
            b"hola",
            r"no se recibe.*\.(docx|xlsx)",
        )
    yield "BM que es texto", "a.txt", b"BM es el banco de la mesa", None
    yield "Word antiguo", "a.doc", OLE, r"antiguo.*\.docx"
    yield "Excel antiguo", "a.xls", OLE, r"antiguo.*\.xlsx"
    yield "Word antiguo como .docx", "a.docx", OLE, "antiguo"
    cifrado = OLE + "EncryptedPackage".encode("utf-16-le")
    yield "Word con clave", "a.docx", cifrado, "clave"
    yield "Excel con clave", "a.xlsx", cifrado, "clave"


def cortados() -> Iterator[Fila]:
    sanos = {"docx": DOCX, "xlsx": XLSX, "pdf": pdf()}
    for formato, contenido in sanos.items():
        for parte in range(1, 16):
            hasta = len(contenido) * parte // 16
            nombre = f"{formato} cortado en {parte}/16"
            yield nombre, f"a.{formato}", contenido[:hasta], CORTADO
        yield f"{formato} sin su fin", f"a.{formato}", contenido[:-7], CORTADO
        yield f"{formato} de 2 bytes", f"a.{formato}", contenido[:2], "su contenido es"

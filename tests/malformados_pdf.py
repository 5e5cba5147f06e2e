"""PDF sanos, rotos y hostiles."""

import random
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime

from fpdf import FPDF
from fpdf.enums import AccessPermission
from PIL import Image

from tests.malformados_paquetes import CORTADO, Fila


def pdf(
    paginas: int = 2, texto: str = "La mesa propone cursos", clave: str | None = None
) -> bytes:
    """Un PDF sano; con `clave`, cifrado; con la clave vacía, solo protegido."""
    hoja = FPDF()
    hoja.set_creation_date(datetime(2018, 1, 1, tzinfo=UTC))
    hoja.set_font("helvetica", size=11)
    if clave is not None:
        hoja.set_encryption("dueño", clave or None, permissions=AccessPermission.none())
    for numero in range(1, paginas + 1):
        hoja.add_page()
        if texto:
            hoja.multi_cell(0, 6, f"{texto} {numero}")
        else:
            hoja.image(Image.new("RGB", (40, 40), (0, 80, 0)), w=100)
    return bytes(hoja.output())


def _pdf_a_mano(*objetos: bytes) -> bytes:
    salida = b"%PDF-1.5\n"
    lugares = []
    for numero, objeto in enumerate(objetos, start=1):
        lugares.append(len(salida))
        salida += b"%d 0 obj\n%s\nendobj\n" % (numero, objeto)
    tabla = b"".join(b"%010d 00000 n \n" % lugar for lugar in lugares)
    cuantos = len(objetos) + 1
    return salida + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\n"
        b"startxref\n%d\n%%%%EOF" % (cuantos, tabla, cuantos, len(salida))
    )


def _espacios(megas: int) -> bytes:
    """Comprime de a un mega: quien mide no debe gastar más que los medidos."""
    compresor = zlib.compressobj(9)
    mega = b" " * 1_000_000
    return b"".join(compresor.compress(mega) for _ in range(megas)) + compresor.flush()


def pdfs() -> Iterator[Fila]:
    sano = pdf()
    raiz = b"<</Type/Catalog/Pages 2 0 R>>"
    pagina = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
    arbol = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    bomba = zlib.compress(_espacios(300))
    flujo = b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream"
    yield "PDF con clave", "a.pdf", pdf(clave="u"), "cifrado"
    yield "PDF protegido", "a.pdf", pdf(clave=""), "cifrado"
    escondido = pdf(clave="u").replace(b"/Encrypt", b"/#45ncrypt")
    yield "PDF con clave escondida", "a.pdf", escondido, f"cifrado|{CORTADO}"
    yield "PDF de imágenes", "a.pdf", pdf(texto=""), "OCR"
    yield "PDF de 401 páginas", "a.pdf", pdf(401), "400 páginas"
    yield "PDF de 400 páginas", "a.pdf", pdf(400), None
    yield "PDF con basura antes", "a.pdf", b"basura\n" + sano, None
    yield "PDF con basura después", "a.pdf", sano + b"\0basura" * 9, None
    yield "PDF solo con firma", "a.pdf", b"%PDF-1.7\n%%EOF", CORTADO
    azar = random.Random(3).randbytes(20_000)
    yield "PDF de basura", "a.pdf", b"%PDF-1.4\n" + azar + b"%%EOF", CORTADO
    yield "PDF sin tabla", "a.pdf", sano.replace(b"xref", b"xxxx"), None
    yield (
        "PDF en círculo",
        "a.pdf",
        _pdf_a_mano(raiz, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
        f"{CORTADO}|dañada|OCR",
    )
    yield (
        "PDF que dice tener millones",
        "a.pdf",
        _pdf_a_mano(
            raiz, b"<</Type/Pages/Kids[3 0 R]/Count 9999999>>", pagina, b"<<>>"
        ),
        "OCR",
    )
    yield (
        "PDF de arreglos hondos",
        "a.pdf",
        _pdf_a_mano(raiz, arbol, pagina, b"[" * 100_000 + b"]" * 100_000),
        f"OCR|dañada|{CORTADO}",
    )
    yield (
        "PDF bomba",
        "a.pdf",
        _pdf_a_mano(raiz, arbol, pagina, flujo % (len(bomba), bomba)),
        f"OCR|tarda|memoria|{CORTADO}",
    )

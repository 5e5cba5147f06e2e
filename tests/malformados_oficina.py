"""Documentos de Word y planillas de Excel rotos o raros por dentro."""

import re
from collections.abc import Iterator

from tests.malformados_paquetes import (
    APP,
    BUENA,
    CORTADO,
    HOJA,
    Fila,
    Partes,
    celda,
    enlaces,
    paquete,
    partes_docx,
    partes_xlsx,
)


def word() -> Iterator[Fila]:
    def con(cuerpo: str) -> bytes:
        return paquete(partes_docx(cuerpo))

    linea = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    yield "sin texto", "d.docx", con("<w:p/>"), "no trae texto"
    yield (
        "párrafo de solo espacios",
        "d.docx",
        con(linea.format("   ")),
        "no trae texto",
    )
    cuadro = f"<w:p><w:r><w:txbxContent>{linea.format('x')}</w:txbxContent></w:r></w:p>"
    yield "solo un cuadro de texto", "d.docx", con(cuadro), "no trae texto"
    yield "un millón de párrafos", "d.docx", con("<w:p/>" * 1_000_000), "demasiadas"
    yield "cien mil párrafos", "d.docx", con(linea.format("hola") * 100_000), None
    atributos = '<w:p a="" b="" c="" d="" e="" f="" g=""/>' * 150_000
    yield "un millón de atributos", "d.docx", con(atributos), "demasiadas"
    hondo = "<w:sdt>" * 50_000 + "</w:sdt>" * 50_000
    yield "XML muy hondo", "d.docx", con(hondo), f"{CORTADO}|no trae texto"
    tablas = "<w:tbl><w:tr><w:tc>" * 60 + linea.format("hondo")
    tablas += "</w:tc></w:tr></w:tbl>" * 60
    yield "tablas dentro de tablas", "d.docx", con(tablas), None
    yield "XML sin cerrar", "d.docx", con("<w:p>"), CORTADO
    yield "entidad sin definir", "d.docx", con(linea.format("&nada;")), CORTADO
    yield "carácter prohibido en XML", "d.docx", con(linea.format("a\x01b")), CORTADO
    yield "marcas de dirección", "d.docx", con(linea.format("a\u202eb\u2066")), None
    yield (
        "falsos fines de párrafo",
        "d.docx",
        con(linea.format("a\u2029b\u2028c")),
        None,
    )
    yield (
        "una palabra de 9 MB",
        "d.docx",
        con(linea.format("x" * 9_000_000)),
        "millones",
    )
    sin_enlaces = partes_docx()
    del sin_enlaces["_rels/.rels"]
    yield "sin enlaces", "d.docx", paquete(sin_enlaces), CORTADO
    perdido = {
        **partes_docx(),
        "word/_rels/document.xml.rels": enlaces({"n.xml": "x"}),
    }
    yield "enlace a una parte que no está", "d.docx", paquete(perdido), CORTADO
    yield (
        "cuerpo que no es Word",
        "d.docx",
        paquete({**partes_docx(), "word/document.xml": b"<html/>"}),
        CORTADO,
    )
    codigo = {**partes_docx(), "word/document.xml": b"\x00\xff\x00\xff"}
    yield "cuerpo que no es XML", "d.docx", paquete(codigo), "código|cortado"


def excel() -> Iterator[Fila]:
    def con(filas: str, hojas: int = 1, antes: str = "") -> bytes:
        return paquete(partes_xlsx(filas, hojas, antes))

    yield "hoja vacía", "x.xlsx", con(""), "ninguna celda"
    yield "veintiuna hojas", "x.xlsx", con(BUENA, 21), "20 hojas"
    yield "veinte hojas", "x.xlsx", con(BUENA, 20), None
    yield "cinco mil una filas", "x.xlsx", con("<row><c/></row>" * 5_001), "5000 filas"
    yield (
        "millón de filas con formato",
        "x.xlsx",
        con('<row s="1"/>' * 10**6),
        ("5000 filas|demasiadas"),
    )
    yield (
        "millones de celdas",
        "x.xlsx",
        con("<row>" + "<c/>" * 2_000_000 + "</row>"),
        ("celdas"),
    )
    yield (
        "una fila de 2.900.000 celdas",
        "x.xlsx",
        con("<row>" + "<c/>" * 2_900_000 + "</row>"),
        "celdas",
    )
    yield (
        "sesenta y una columnas",
        "x.xlsx",
        con(f"<row>{celda('a') * 61}</row>"),
        ("60 columnas"),
    )
    yield (
        "celda en la última columna",
        "x.xlsx",
        con(f'<row r="1">{celda("a", "XFD1")}</row>'),
        "60 columnas",
    )
    lejana = f'{BUENA}<row r="1048576">{celda("a", "A1048576")}</row>'
    yield "celda en la última fila", "x.xlsx", con(lejana), "5000 filas"
    yield (
        "fila imposible",
        "x.xlsx",
        con(f'<row r="99999999999">{celda("a")}</row>'),
        ("5000 filas"),
    )
    for rango in ("A1:XFD1048576", "A1", "B9:A1", "nada"):
        antes = f'<dimension ref="{rango}"/>'
        espera = None if rango != "nada" else CORTADO
        yield f"dimensión {rango}", "x.xlsx", con(BUENA, antes=antes), espera
    larga = f"<row>{celda('x' * 10_001)}</row>"
    yield "celda de 10.001 letras", "x.xlsx", con(larga), "10000 letras"
    yield (
        "celda de 40 MB",
        "x.xlsx",
        con(f"<row>{celda('x' * 40_000_000)}</row>"),
        ("letras|memoria"),
    )
    yield (
        "filas desordenadas",
        "x.xlsx",
        con(f'<row r="2">{celda("a", "A2")}</row><row r="1">{celda("b", "A1")}</row>'),
        "desordenadas",
    )
    formula = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'
    yield "fórmula", "x.xlsx", con(formula), None
    web = '<row r="1"><c r="A1"><f>WEBSERVICE("http://x.invalid")</f></c></row>'
    yield "fórmula que llama a la red", "x.xlsx", con(web), None
    yield (
        "error en una celda",
        "x.xlsx",
        con('<row><c t="e"><v>#REF!</v></c></row>'),
        None,
    )
    yield (
        "texto compartido que no está",
        "x.xlsx",
        con('<row><c t="s"><v>7</v></c></row>'),
        CORTADO,
    )
    yield (
        "número que no es número",
        "x.xlsx",
        con("<row><c><v>x</v></c></row>"),
        CORTADO,
    )
    yield (
        "número de 5.000 cifras",
        "x.xlsx",
        con(f"<row><c><v>{'9' * 5_000}</v></c></row>"),
        CORTADO,
    )
    yield (
        "lugar de celda imposible",
        "x.xlsx",
        con(f"<row>{celda('a', 'ZZZZ0')}</row>"),
        CORTADO,
    )
    yield (
        "mitad de un carácter",
        "x.xlsx",
        con(f"<row>{celda('a_xD800_b')}</row>"),
        None,
    )
    yield (
        "controles en una celda",
        "x.xlsx",
        con(f"<row>{celda('a_x0000_b')}</row>"),
        None,
    )
    yield (
        "HTML en una celda",
        "x.xlsx",
        con(f"<row>{celda('&lt;script&gt;alert(1)&lt;/script&gt;')}</row>"),
        None,
    )
    hondo = "<a>" * 200_000 + "</a>" * 200_000
    yield (
        "XML muy hondo en planilla",
        "x.xlsx",
        con(hondo),
        f"{CORTADO}|ninguna|memoria",
    )
    estilos = f'<styleSheet xmlns="{HOJA}"><cellXfs>{"<xf/>" * 500_000}</cellXfs>'
    pesados = {
        **partes_xlsx(BUENA),
        "xl/styles.xml": f"{estilos}</styleSheet>".encode(),
    }
    yield "medio millón de estilos", "x.xlsx", paquete(pesados), "demasiadas"
    sin_hoja = partes_xlsx(BUENA)
    del sin_hoja["xl/worksheets/s1.xml"]
    yield "hoja que no está", "x.xlsx", paquete(sin_hoja), CORTADO + "|ninguna celda"
    yield (
        "cientos de miles de textos",
        "x.xlsx",
        paquete(_con_textos(400_000)),
        ("120000 textos"),
    )


def _con_textos(cuantos: int) -> Partes:
    partes = partes_xlsx('<row><c t="s"><v>0</v></c></row>')
    indice = partes["[Content_Types].xml"].decode()
    nuevo = (
        '<Override PartName="/xl/sharedStrings.xml" '
        f'ContentType="{APP}.spreadsheetml.sharedStrings+xml"/></Types>'
    )
    partes["[Content_Types].xml"] = re.sub("</Types>", nuevo, indice).encode()
    textos = f'<sst xmlns="{HOJA}">{"<si><t>a</t></si>" * cuantos}</sst>'
    return {**partes, "xl/sharedStrings.xml": textos.encode()}

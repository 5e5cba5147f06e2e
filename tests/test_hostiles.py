"""Ningún camino por el que sale un texto lo ejecuta: todos, con todo lo hostil."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser

import docx
import duckdb
import openpyxl
import pandas as pd
import pytest

from consultas.partes import Columna
from tablero import en_sql, planillas, sintesis, sistematizacion, svg, tabla
from tablero.exportar import EXCEL, SIMPLE, Cuadro, Formato, escribir
from tablero.formato import rotulo
from tablero.graficos import barras
from tablero.hechos import Hechos

MOMENTO = datetime(2026, 1, 2, tzinfo=UTC)
HOSTILES = [
    "=cmd|'/C calc'!A0", "+1+1", "-2+3", "@SUMA(1)", "\t=1", "\r=1", "\n=1", "  =1",
    "\N{NO-BREAK SPACE}=1", "＝1+1", "=HYPERLINK(\"http://127.0.0.1/\";\"x\")",
    "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "</td><b onclick=a()>",
    "![foto](http://127.0.0.1:9/x.png)", "[clic](javascript:alert(1))", "**negrita**",
    "\" onmouseover=\"alert(1)", "' or 1=1 --", "$x^2$ :material/close: :red[a]",
    "&lt;b&gt;", "]]>", "{{7*7}}", "\x00nulo", "\x1b[31m", "http://127.0.0.1/a",
]  # fmt: skip
EJECUTABLES = ("=", "+", "-", "@", "\t", "\r", "\n", "＝")


def hechos(texto: str) -> Hechos:
    return Hechos(texto, texto, "1", "hoy", texto, "", "?", ((texto, texto),))


def filas(texto: str) -> pd.DataFrame:
    columnas = [clave for clave, _, _ in sistematizacion.COLUMNAS]
    nombres = ["tema_dialogo_id", "dialogo", "tema", *columnas]
    return pd.DataFrame([dict.fromkeys(nombres, texto) | {"tema_numero": 1}])


class Etiquetas(HTMLParser):
    """Anota las etiquetas y los textos de un HTML, como los leería un navegador."""

    def __init__(self) -> None:
        super().__init__()
        self.abiertas: list[tuple[str, dict[str, str | None]]] = []
        self.texto = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.abiertas.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texto += data


def en_html(html: str, texto: str, admitidas: set[str]) -> None:
    lector = Etiquetas()
    lector.feed(html)
    assert {etiqueta for etiqueta, _ in lector.abiertas} <= admitidas
    atributos = {nombre for _, puestos in lector.abiertas for nombre in puestos}
    assert not [nombre for nombre in atributos if nombre.startswith("on")]
    assert "href" not in atributos and "src" not in atributos
    # Un navegador cambia el nulo por el signo de lo ilegible, y pliega los saltos.
    visible = lector.texto.replace("\ufffd", "\x00")
    assert "".join(texto.split()) in "".join(visible.split())


def csv_inerte(contenido: bytes, formato: Formato) -> None:
    texto = contenido.decode().removeprefix(formato.marca)
    leido = csv.reader(io.StringIO(texto, newline=""), delimiter=formato.separador)
    for celda in (celda for fila in leido for celda in fila):
        assert not celda.lstrip(" \N{NO-BREAK SPACE}").startswith(EJECUTABLES)


def por_csv(formato: Formato) -> Callable[[str], None]:
    def probar(texto: str) -> None:
        csv_inerte(escribir(Cuadro((texto,), ((texto,),)), formato), formato)

    return probar


def por_zip(texto: str) -> None:
    cuadro = Cuadro((texto,), ((texto,),))
    contenido = planillas.zip_con_leeme(cuadro, SIMPLE, hechos(texto), "a.csv", MOMENTO)
    with zipfile.ZipFile(io.BytesIO(contenido)) as paquete:
        csv_inerte(paquete.read("a.csv"), SIMPLE)
        assert paquete.namelist() == ["a.csv", "LEEME.txt"]


def libro_inerte(contenido: bytes, texto: str) -> None:
    libro = openpyxl.load_workbook(io.BytesIO(contenido))
    celdas = [celda for hoja in libro for fila in hoja.iter_rows() for celda in fila]
    assert not [c for c in celdas if c.data_type == "f" or c.hyperlink]
    assert [c for c in celdas if str(c.value).strip() == texto.strip()] or re.search(
        r"[\x00-\x1f]", texto
    )


def por_xlsx(texto: str) -> None:
    cuadro = Cuadro((texto,), ((texto,),))
    libro_inerte(planillas.xlsx(cuadro, hechos(texto), MOMENTO), texto)


def por_matriz_xlsx(texto: str) -> None:
    libro_inerte(sistematizacion.xlsx(filas(texto), hechos(texto), MOMENTO), texto)


def por_word(texto: str) -> None:
    contenido = sistematizacion.word(filas(texto), hechos(texto), MOMENTO)
    documento = docx.Document(io.BytesIO(contenido))
    assert len(documento.tables) == 1
    with zipfile.ZipFile(io.BytesIO(contenido)) as paquete:
        cuerpo = paquete.read("word/document.xml").decode()
    for vivo in ("w:instrText", "w:fldSimple", "w:hyperlink", "w:object", "w:drawing"):
        assert f"<{vivo}" not in cuerpo


def por_tabla(texto: str) -> None:
    parte = tabla.Parte(texto, valor=texto, marca=0, nota=texto)
    html = tabla.Celda((parte,)).html(texto, "td")
    en_html(html, texto, {"td", "div", "span", "button", "small"})


def por_svg(texto: str) -> None:
    datos = pd.DataFrame(
        {"tema": [texto], "tipo_nombre": [texto], "naturaleza_nombre": ["Contexto"],
         "enunciados": [1]}
    )  # fmt: skip
    corto = "" if len(texto) > 20 else texto
    admitidas = {"svg", "title", "text", "rect"}
    en_html(svg.mapa(datos, "tema", "tipo_nombre", texto), corto, admitidas)
    en_html(svg.barras(datos, "tema", texto), corto, admitidas)


def por_sintesis(texto: str) -> None:
    en_html(sintesis._parrafo(texto), texto, {"p"})


def por_json(texto: str) -> None:
    objeto = en_sql.objeto([Columna("a", "VARCHAR")])
    (fila,) = duckdb.execute(
        f"select {objeto} from (select ? as a)", [texto]
    ).fetchall()
    assert json.loads(fila[0].removeprefix(en_sql.ENTRE_OBJETOS)) == {"a": texto}


def por_rotulo(texto: str) -> None:
    lector = Etiquetas()
    lector.feed(rotulo(texto))
    assert {etiqueta for etiqueta, _ in lector.abiertas} <= {"br"}


def por_figura(texto: str) -> None:
    datos = pd.DataFrame(
        {"tema_id": [1], "tema": [texto], "naturaleza": ["contexto"],
         "naturaleza_nombre": ["Contexto"], "enunciados": [1]}
    )  # fmt: skip
    assert "<" not in json.dumps(barras(datos, "tema", "tema")["data"]).replace(
        "<br>", ""
    ).replace("<extra></extra>", "")


CAMINOS: dict[str, Callable[[str], None]] = {
    "CSV para Excel": por_csv(EXCEL),
    "CSV simple": por_csv(SIMPLE),
    "ZIP": por_zip,
    "XLSX": por_xlsx,
    "matriz XLSX": por_matriz_xlsx,
    "matriz Word": por_word,
    "tabla en pantalla": por_tabla,
    "figura en pantalla": por_figura,
    "rótulo de figura": por_rotulo,
    "figura fija": por_svg,
    "síntesis": por_sintesis,
    "JSON": por_json,
}


@pytest.mark.parametrize("texto", HOSTILES, ids=ascii)
@pytest.mark.parametrize("camino", CAMINOS)
def test_ningun_camino_ejecuta_un_texto(camino: str, texto: str) -> None:
    CAMINOS[camino](texto)

"""El informe de respuestas dice lo mismo en sus tres formatos, y nada se ejecuta."""

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

import docx
import openpyxl
import pypdfium2  # type: ignore[import-untyped]
import pytest
from docx.table import Table
from docx.table import _Cell as Celda
from playwright.sync_api import Browser

from consultas.seleccion import Seleccion
from datos.respuestas import Cambiada, Respuesta, contestar_varias
from datos.respuestas_planilla import actuales
from tablero import conexion
from tablero import respuestas_informe as contenido
from tablero.hechos import reunir
from tablero.respuestas_informe import FICTICIO, Informe
from tablero.respuestas_informe_html import html
from tablero.respuestas_informe_word import word
from tablero.respuestas_informe_xlsx import PARTES, xlsx
from tablero.seguimiento_informe import SIGNIFICADOS_INFORME
from tests.test_paginas import abrir
from tests.test_paginas import html as html_de

MOMENTO = datetime(2026, 1, 2, 10, 30, tzinfo=UTC)
FEO = '<img src=x onerror="alert(1)"> **negrita**'
FORMULA = "=HYPERLINK(1)"
ACOGIDA = Respuesta(
    "Unidad de Cursos", "aceptada", "en curso", accion=f"Abrir cursos\n{FEO}",
    vence=date(2026, 10, 17), responsable="Jefatura interna",
)  # fmt: skip
RECHAZADA = Respuesta(FORMULA, "no acogida", "cerrada", razon="No hay fondos")
# Título del tema, pregunta, recomendación, comuna, partes de la respuesta y estado.
Fila = tuple[str, str, str, str, tuple[tuple[str, str], ...], str]


@pytest.fixture
def base(
    base_real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """La base real, con unas respuestas: dos comparten una, y una es ficticia."""
    ruta = Path(shutil.copy(base_real, tmp_path / "base.duckdb"))
    monkeypatch.setenv("TABLERO_BD", str(ruta))
    conexion.cerrar()
    yield
    conexion.cerrar()


@pytest.fixture
def respondida(base: None) -> None:
    con = conexion.conexion()
    todas = actuales(con.cursor())
    reales = [c for c, fila in todas.items() if not fila.es_ficticio]
    falsas = [c for c, fila in todas.items() if fila.es_ficticio]
    contestar_varias(con, "ana", [
        Cambiada((reales[0], reales[-1]), ACOGIDA, None, None),
        Cambiada((reales[1],), RECHAZADA, None, None),
        Cambiada((falsas[0],), ACOGIDA, None, None),
    ])  # fmt: skip
    conexion.nueva_edicion()


def hecho(elegida: Seleccion) -> Informe:
    hechos = reunir(
        "Informe", elegida, 1, SIGNIFICADOS_INFORME, MOMENTO, "/seguimiento"
    )
    return contenido.de(elegida, hechos)


def plano(texto: object) -> str:
    return " ".join(str(texto or "").replace("�", " ").split())


def de_html(texto: str) -> tuple[set[Fila], list[list[str]]]:
    """Las filas del informe y las cuentas por tema, como las lee una persona."""
    filas: set[Fila] = set()
    cuentas: list[list[str]] = []
    for trozo in re.split(r"(?=<h2>)", texto):
        hallado = re.match(r"<h2>(.*?)</h2>", trozo)
        titulo = plano(unescape(hallado[1])) if hallado else ""
        for cuerpo in re.findall(r"<tbody>(.*?)</tbody>", trozo, re.DOTALL):
            for fila in re.findall(r"<tr>(.*?)</tr>", cuerpo, re.DOTALL):
                celdas = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", fila, re.DOTALL)
                if not titulo:
                    cuentas.append([plano(unescape(c)) for c in celdas])
                    continue
                partes = re.findall(r"<div><b>(.*?):</b> (.*?)</div>", fila, re.DOTALL)
                fijas = [plano(unescape(c)) for c in celdas[:3]]
                dichas = tuple((r, plano(unescape(v))) for r, v in partes)
                estado = celdas[4] if len(celdas) > 3 else ""
                filas.add((titulo, *fijas, dichas, estado))  # type: ignore[arg-type]
    return filas, cuentas


def _partes(celda: Celda) -> tuple[tuple[str, str], ...]:
    return tuple(
        (p.runs[0].text.removesuffix(": "), plano(p.runs[1].text))
        for p in celda.paragraphs
    )


def de_word(datos: bytes) -> tuple[set[Fila], list[list[str]]]:
    filas: set[Fila] = set()
    cuentas: list[list[str]] = []
    titulo = ""
    for bloque in docx.Document(io.BytesIO(datos)).iter_inner_content():
        if not isinstance(bloque, Table):
            if bloque.style is not None and bloque.style.name == "Heading 2":
                titulo = plano(bloque.text)
            continue
        for fila in bloque.rows[1:]:
            celdas = fila.cells
            if not titulo:
                cuentas.append([plano(c.text) for c in celdas])
                continue
            fijas = [plano(c.text) for c in celdas[:3]]
            dichas = _partes(celdas[3]) if len(celdas) > 3 else ()
            estado = celdas[4].text if len(celdas) > 3 else ""
            filas.add((titulo, *fijas, dichas, estado))  # type: ignore[arg-type]
    return filas, cuentas


def de_xlsx(datos: bytes) -> tuple[set[Fila], list[list[str]]]:
    libro = openpyxl.load_workbook(io.BytesIO(datos))
    filas: set[Fila] = set()
    tablas: dict[str, list[dict[str, object]]] = {}
    for nombre in libro.sheetnames[:3]:
        valores = list(libro[nombre].iter_rows(values_only=True))
        inicio = next(i for i, v in enumerate(valores) if v[0] == "Diálogo y tema")
        tablas[nombre] = [
            dict(zip(valores[inicio], v, strict=True)) for v in valores[inicio + 1 :]
        ]
    for fila in [*tablas["Respuestas"], *tablas["Sin respuesta"]]:
        fijas = [plano(fila[c]) for c in (
            "Diálogo y tema", "Pregunta", "Recomendación", "Comuna")]  # fmt: skip
        dichas = tuple((p, plano(fila[p])) for p in PARTES if fila.get(p))
        filas.add((*fijas, dichas, str(fila.get("Estado", ""))))  # type: ignore[arg-type]
    cuentas = []
    for fila in tablas["Por tema"]:
        marca = f" ({FICTICIO})" if fila.pop("Aviso", None) else ""
        titulo, *numeros = fila.values()
        cuentas.append([f"{titulo}{marca}", *map(str, numeros)])
    return filas, cuentas


SELECCIONES = [
    Seleccion(), Seleccion(tema=("1", "5")), Seleccion(ficticio=True),
    Seleccion(naturaleza=("diagnostico",)),
]  # fmt: skip


@pytest.mark.parametrize("elegida", SELECCIONES, ids=str)
@pytest.mark.usefixtures("respondida")
def test_los_tres_formatos_dicen_lo_mismo(elegida: Seleccion) -> None:
    informe = hecho(elegida)
    filas, cuentas = de_html(html(informe))
    if not informe.temas:
        assert (filas, cuentas) == (set(), [])
        assert de_xlsx(xlsx(informe, MOMENTO))[0] == set()
        assert de_word(word(informe, MOMENTO)) == (set(), [])
        assert contenido.SIN_RECOMENDACIONES in html(informe)
        return
    assert len(filas) == informe.totales[0] > 0
    assert de_word(word(informe, MOMENTO)) == (filas, cuentas)
    assert de_xlsx(xlsx(informe, MOMENTO)) == (filas, cuentas)


@pytest.mark.usefixtures("respondida")
def test_el_informe_cuenta_lo_respondido_y_lo_que_falta() -> None:
    informe = hecho(Seleccion())
    total = informe.totales[0]
    assert informe.totales == (total, 3, 2, 0, 1, 1, total - 3)
    assert informe.resumen == (
        f"3 de {total} recomendaciones tienen respuesta; quedan {total - 3} sin ella."
    )
    assert sum(len(tema.pendientes) for tema in informe.temas) == total - 3
    (primera, segunda) = informe.temas[0].respondidas
    assert primera.comuna == "Antofagasta"
    assert primera.estado == "en curso"
    assert dict(primera.respuesta) == {
        "Resultado": "aceptada",
        "Qué se hará": ACOGIDA.accion,
        "Unidad": "Unidad de Cursos",
        "Vence": "17\N{NO-BREAK SPACE}oct\N{NO-BREAK SPACE}2026",
        "Alcance": "La misma respuesta para 2\N{NO-BREAK SPACE}recomendaciones",
    }
    assert dict(segunda.respuesta)["Razón"] == RECHAZADA.razon
    # Quién es responsable por dentro no se publica.
    for salida in (html(informe), str(de_xlsx(xlsx(informe, MOMENTO)))):
        assert "Jefatura interna" not in salida


@pytest.mark.usefixtures("base")
def test_sin_ninguna_respuesta_sale_igual_y_no_es_falta() -> None:
    informe = hecho(Seleccion())
    assert informe.avisos[1] == contenido.SIN_RESPUESTAS
    assert contenido.SIN_RESPUESTAS in html(informe)
    documento = docx.Document(io.BytesIO(word(informe, MOMENTO)))
    assert contenido.SIN_RESPUESTAS in [p.text for p in documento.paragraphs]
    libro = openpyxl.load_workbook(io.BytesIO(xlsx(informe, MOMENTO)))
    assert contenido.SIN_RESPUESTAS in {f[0].value for f in libro["Por tema"]}
    filas, _ = de_html(html(informe))
    assert {fila[4] for fila in filas} == {()}


@pytest.mark.usefixtures("respondida")
def test_cada_formato_dice_su_fecha_y_de_que_seleccion_es() -> None:
    informe = hecho(Seleccion(tema=("1",)))
    documento = docx.Document(io.BytesIO(word(informe, MOMENTO)))
    libro = openpyxl.load_workbook(io.BytesIO(xlsx(informe, MOMENTO)))
    salidas = [
        html(informe),
        "\n".join(p.text for p in documento.paragraphs),
        "\n".join(str(c.value) for fila in libro["Acerca de"] for c in fila),
    ]
    for salida in salidas:
        assert "02-01-2026 10:30 (UTC+00:00)" in salida
        assert "en el tema 1" in salida
        assert "plazo legal" not in salida


@pytest.mark.usefixtures("respondida")
def test_los_ficticios_van_marcados_en_todas_partes() -> None:
    informe = hecho(Seleccion(ficticio=True))
    aviso = informe.hechos.ficticios
    falsos = sum(tema.es_ficticio for tema in informe.temas)
    assert falsos > 0
    texto = html(informe)
    assert texto.count(aviso) == 2
    # En el encabezado de cada una de sus tablas, que se repite en cada hoja.
    tablas = sum(
        bool(t.respondidas) + bool(t.pendientes)
        for t in informe.temas if t.es_ficticio
    )  # fmt: skip
    assert texto.count('class="ficticios" colspan') == tablas
    documento = docx.Document(io.BytesIO(word(informe, MOMENTO)))
    assert documento.sections[0].header.paragraphs[0].text == aviso
    assert [p.text for p in documento.paragraphs].count(FICTICIO) == falsos
    libro = openpyxl.load_workbook(io.BytesIO(xlsx(informe, MOMENTO)))
    for nombre in ("Por tema", "Respuestas", "Sin respuesta"):
        for fila in libro[nombre].iter_rows(values_only=True):
            if "ficticio" in str(fila[0]) and "Tema" in str(fila[0]):
                assert fila[-1] == FICTICIO
    sin = hecho(Seleccion())
    assert FICTICIO not in html(sin)


@pytest.mark.usefixtures("respondida")
def test_nada_de_lo_escrito_se_ejecuta_ni_sale_a_la_red() -> None:
    informe = hecho(Seleccion())
    texto = html(informe)
    assert "&lt;img src=x" in texto
    assert not re.search(r"<(?:img|script|iframe|link|object|embed|form|a)\b", texto)
    assert not re.search(r"https?:|url\(|@import", texto)
    libro = openpyxl.load_workbook(io.BytesIO(xlsx(informe, MOMENTO)))
    celdas = [celda for hoja in libro for fila in hoja for celda in fila]
    assert FORMULA in {celda.value for celda in celdas}
    assert not [c for c in celdas if c.data_type == "f" or c.hyperlink]
    with zipfile.ZipFile(io.BytesIO(word(informe, MOMENTO))) as paquete:
        cuerpo = paquete.read("word/document.xml").decode()
    for vivo in ("w:instrText", "w:fldSimple", "w:hyperlink", "w:object"):
        assert vivo not in cuerpo
    # El título se repite en cada hoja y ninguna fila se parte.
    assert cuerpo.count("<w:tblHeader/>") == cuerpo.count("<w:tbl>")


@pytest.mark.usefixtures("respondida")
def test_la_pagina_muestra_en_corto_el_informe() -> None:
    prueba = abrir("seguimiento", ver="informe")
    assert not prueba.exception
    dicho = html_de(prueba)
    assert "Así se verá: 3 de 3" in dicho
    assert "&lt;img src=x" in dicho
    assert "<img" not in dicho
    rotulos = {boton.proto.label for boton in prueba.get("download_button")}
    assert {"Informe para imprimir (HTML)", "Informe en Word",
            "Informe en Excel (XLSX)"} <= rotulos  # fmt: skip


@pytest.mark.usefixtures("base")
def test_la_pagina_sin_recomendaciones_dice_por_que() -> None:
    prueba = abrir("seguimiento", ver="informe", naturaleza="diagnostico")
    assert not prueba.exception
    assert contenido.SIN_RECOMENDACIONES in html_de(prueba)


@pytest.mark.navegador
@pytest.mark.usefixtures("respondida")
def test_impreso_nada_se_corta_y_el_encabezado_se_repite(
    navegador: Browser, tmp_path: Path
) -> None:
    archivo = tmp_path / "informe.html"
    archivo.write_text(html(hecho(Seleccion(ficticio=True))), encoding="utf-8")
    pagina = navegador.new_page(viewport={"width": 960, "height": 740})
    pedidos: list[str] = []
    pagina.on("request", lambda pedido: pedidos.append(pedido.url))
    pagina.goto(archivo.as_uri())
    pagina.emulate_media(media="print", color_scheme="dark")
    assert pedidos == [archivo.as_uri()]
    assert pagina.evaluate(
        "[...document.querySelectorAll('td, th')]"
        ".filter(c => c.scrollWidth > c.clientWidth + 1).length"
    ) == 0  # fmt: skip
    fondo = pagina.evaluate(
        "getComputedStyle(document.documentElement).backgroundColor"
    )
    assert fondo == "rgb(255, 255, 255)"
    datos = pagina.pdf(prefer_css_page_size=True)
    pagina.close()
    papel = pypdfium2.PdfDocument(datos)
    ancho, alto = papel[0].get_size()
    assert (round(ancho), round(alto)) == (792, 612)
    hojas = [papel[i].get_textpage().get_text_range() for i in range(len(papel))]
    assert len(hojas) > 3
    assert sum("Recomendación" in hoja for hoja in hojas) >= len(hojas) - 2

"""Todo lo que sale del tablero: igual a su dorado, igual a la pantalla, e inerte.

Los dorados están en tests/dorados/salidas y se rehacen con: make dorados
"""

import asyncio
import csv
import io
import json
import os
import re
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.table import Table
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from consultas.plazo import Tardanza
from consultas.seleccion import Seleccion
from datos.errores import ErrorDeDatos
from datos.salidas import PAGINA, Salida
from tablero import llevarse, maquinas, planillas, sintesis, sistematizacion
from tablero.conexion import preguntar
from tablero.descargas import WORD, XLSX, Escrito, _a_salvo
from tablero.exportar import EXCEL, SIMPLE, Cuadro, con_aviso, escribir
from tablero.hechos import AVISO_FICTICIOS, Hechos, reunir
from tablero.paginas import CARPETA
from tablero.planillas import xlsx, zip_con_leeme
from tablero.significados import AVISO, SIGNIFICADOS
from tablero.tabla import Columna, presentar

DORADOS = Path(__file__).parent / "dorados" / "salidas"
MOMENTO = datetime(2026, 1, 2, 10, 30, tzinfo=UTC)
TODO = Seleccion()
COLUMNAS = [
    Columna("texto", "Enunciado"),
    Columna("naturaleza_nombre", "Naturaleza"),
    Columna("instrumentos", "Instrumentos", vacio="ninguno"),
    Columna("tema_numero", "Tema"),
    Columna("lugar", "Lugar en el documento"),
]
# Lo que la muestra trae para ver si alguien lo ejecuta.
FORMULA, ARROBA = "=cmd|'/C calc'!A0", "@SUMA(1+1) abrir el acceso"
HTML_HOSTIL = '<img src=x onerror="alert(1)"> **negrita** ![foto]'


def cuadro() -> Cuadro:
    datos = preguntar("enunciados_lista", TODO, orden="documento", descendente=False,
                      desde=0, limite=1000)  # fmt: skip
    return presentar(datos, COLUMNAS)


def hechos() -> Hechos:
    columnas = tuple((c.titulo, SIGNIFICADOS[c.clave]) for c in COLUMNAS)
    return reunir("enunciados", TODO, len(cuadro().filas), columnas, MOMENTO)


def celdas_xlsx(contenido: bytes) -> str:
    libro = openpyxl.load_workbook(io.BytesIO(contenido))
    hojas = {
        hoja.title: [[celda.value for celda in fila] for fila in hoja.iter_rows()]
        for hoja in libro
    }
    return json.dumps(hojas, ensure_ascii=False, indent=1) + "\n"


def texto_docx(contenido: bytes) -> str:
    documento = docx.Document(io.BytesIO(contenido))
    lineas = []
    for bloque in documento.iter_inner_content():
        if isinstance(bloque, Table):
            lineas += [" | ".join(c.text for c in fila.cells) for fila in bloque.rows]
        else:
            lineas.append(bloque.text)
    return "\n".join(lineas) + "\n"


def de_zip(nombre: str) -> str:
    contenido = zip_con_leeme(cuadro(), SIMPLE, hechos(), "enunciados.csv", MOMENTO)
    with zipfile.ZipFile(io.BytesIO(contenido)) as paquete:
        assert paquete.namelist() == ["enunciados.csv", "LEEME.txt"]
        return paquete.read(nombre).decode()


def matriz(escribir_matriz: Callable[..., bytes]) -> bytes:
    filas = preguntar("sistematizacion_filas", TODO)
    return escribir_matriz(filas, hechos(), MOMENTO)


async def _cuerpo(respuesta: Response) -> bytes:
    if isinstance(respuesta, StreamingResponse):
        return b"".join([bytes(trozo) async for trozo in respuesta.body_iterator])  # type: ignore[arg-type]
    return bytes(respuesta.body)


def pedir(camino: str) -> tuple[int, str]:
    """Devuelve el estado y el cuerpo con que se responde a `/api/enunciados.…`."""
    ruta, _, consulta = camino.partition("?")
    pedido = Request({
        "type": "http", "method": "GET", "path": f"/api/enunciados.{ruta}",
        "query_string": consulta.encode(), "headers": [],
        "server": ("127.0.0.1", 80), "scheme": "http",
    })  # fmt: skip
    respuesta = maquinas.responder(pedido)
    # En otro hilo: en este puede haber un navegador con su propio bucle.
    with ThreadPoolExecutor(1) as hilo:
        cuerpo = hilo.submit(asyncio.run, _cuerpo(respuesta)).result()
    return respuesta.status_code, cuerpo.decode()


def api(camino: str) -> str:
    estado, cuerpo = pedir(camino)
    assert estado == 200, cuerpo
    return cuerpo


SALIDAS: dict[str, Callable[[], str]] = {
    "enunciados_excel.csv": lambda: escribir(cuadro(), EXCEL).decode(),
    "enunciados_simple.csv": lambda: escribir(cuadro(), SIMPLE).decode(),
    "enunciados_zip.csv": lambda: de_zip("enunciados.csv"),
    "LEEME.txt": lambda: de_zip("LEEME.txt"),
    "enunciados_xlsx.json": lambda: celdas_xlsx(xlsx(cuadro(), hechos(), MOMENTO)),
    "matriz_xlsx.json": lambda: celdas_xlsx(matriz(sistematizacion.xlsx)),
    "matriz_docx.txt": lambda: texto_docx(matriz(sistematizacion.word)),
    "sintesis.html": lambda: sintesis.html(TODO, MOMENTO),
    "api.csv": lambda: api("csv"),
    "api_excel.csv": lambda: api("csv?formato=excel"),
    "api.json": lambda: api("json"),
}


@pytest.mark.parametrize("nombre", SALIDAS)
@pytest.mark.usefixtures("con_muestra")
def test_la_salida_da_su_dorado(nombre: str) -> None:
    hallado = SALIDAS[nombre]().encode()
    if os.environ.get("REHACER_DORADOS"):
        DORADOS.mkdir(exist_ok=True)
        (DORADOS / nombre).write_bytes(hallado)
    assert hallado.decode() == (DORADOS / nombre).read_bytes().decode()


def leer_csv(texto: str) -> list[list[str]]:
    separador = ";" if texto.startswith("\ufeff") else ","
    limpio = texto.removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(limpio, newline=""), delimiter=separador))


@pytest.mark.parametrize("nombre", [n for n in SALIDAS if n.endswith(".csv")])
@pytest.mark.usefixtures("con_muestra")
def test_en_ningun_csv_hay_una_celda_que_se_ejecute(nombre: str) -> None:
    celdas = [celda for fila in leer_csv(SALIDAS[nombre]()) for celda in fila]
    assert f"'{FORMULA}" in celdas
    assert f"'{ARROBA}" in celdas
    assert not [c for c in celdas if c.lstrip(" \u00a0\ufeff")[:1] in set("=+@\t\r\n")]


@pytest.mark.parametrize("escribe", ["tabla", "matriz"])
@pytest.mark.usefixtures("con_muestra")
def test_en_ningun_xlsx_hay_formulas_ni_enlaces(escribe: str) -> None:
    contenido = (
        xlsx(cuadro(), hechos(), MOMENTO)
        if escribe == "tabla"
        else matriz(sistematizacion.xlsx)
    )
    libro = openpyxl.load_workbook(io.BytesIO(contenido))
    celdas = [celda for hoja in libro for fila in hoja.iter_rows() for celda in fila]
    (formula,) = [celda for celda in celdas if celda.value == FORMULA]
    # openpyxl llama «f» a lo que Excel calcularía: esto es un texto, y citado.
    assert formula.data_type == "s"
    assert formula.quotePrefix
    assert formula.number_format == "@"
    assert not [celda for celda in celdas if celda.data_type == "f"]
    assert not [celda for celda in celdas if celda.hyperlink]


@pytest.mark.usefixtures("con_muestra")
def test_en_el_word_no_hay_campos_ni_enlaces() -> None:
    with zipfile.ZipFile(io.BytesIO(matriz(sistematizacion.word))) as paquete:
        cuerpo = paquete.read("word/document.xml").decode()
    assert FORMULA.replace("'", "&apos;") in cuerpo or FORMULA in cuerpo
    for vivo in ("w:instrText", "w:fldSimple", "w:hyperlink", "w:object", "<w:drawing"):
        assert vivo not in cuerpo


@pytest.mark.usefixtures("con_muestra")
def test_en_la_sintesis_nada_se_ejecuta_ni_sale_a_la_red() -> None:
    texto = sintesis.html(TODO, MOMENTO)
    assert "<img" not in texto
    assert "&lt;img src=x" in texto
    vivos = r"<(?:script|iframe|link|object|embed|form|a)\b|\bon\w+=(?!&)|url\("
    assert not re.search(vivos, texto.replace("onerror=&quot;", ""))
    assert set(re.findall(r"https?://[^\s\"<]+", texto)) <= {
        "http://www.w3.org/2000/svg", "http://127.0.0.1:9/x.png)",
    }  # fmt: skip


@pytest.mark.usefixtures("con_muestra")
def test_el_json_es_exacto_y_no_lleva_apostrofos() -> None:
    textos = [fila["texto"] for fila in json.loads(api("json"))]
    assert FORMULA in textos
    assert ARROBA in textos


@pytest.mark.usefixtures("con_muestra")
def test_la_planilla_trae_las_mismas_celdas_que_el_csv() -> None:
    hojas = json.loads(celdas_xlsx(xlsx(cuadro(), hechos(), MOMENTO)))
    hallado = [[c.removeprefix("'") for c in f] for f in leer_csv(
        escribir(cuadro(), SIMPLE).decode())]  # fmt: skip
    assert [[str(c) for c in fila] for fila in hojas["Datos"]] == hallado


PEDIDOS = [
    ("csv?tema=9", "«tema» no admite «9»"),
    ("csv?tipo=PERT&tipo=nada", "«tipo» no admite «nada»"),
    ("json?teme=1", "No existe el filtro «teme»"),
    ("csv?ficticio=quizas", "«ficticio» debe ser si o no"),
    ("csv?formato=xls", "«formato» debe ser simple o excel"),
    (f"csv?buscar={'a' * 101}", "hasta 100 caracteres"),
]


@pytest.mark.parametrize(("camino", "dice"), PEDIDOS)
@pytest.mark.usefixtures("con_muestra")
def test_a_un_programa_se_le_dice_que_pidio_mal(camino: str, dice: str) -> None:
    estado, cuerpo = pedir(camino)
    assert estado == 400
    assert dice in json.loads(cuerpo)["error"]


@pytest.mark.usefixtures("con_muestra")
def test_la_direccion_de_una_pagina_sirve_para_los_programas() -> None:
    filas = leer_csv(api("csv?tema=1&mesa=A&orden=tipo&filas=instrumento"))
    assert [fila[0] for fila in filas[1:]] == ["a", "c"]


@pytest.mark.usefixtures("con_real")
def test_los_ficticios_solo_salen_si_se_piden_y_cada_fila_lo_dice() -> None:
    assert len(leer_csv(api("csv"))) == 1 + 62
    filas = leer_csv(api("csv?ficticio=si"))
    lugar = filas[0].index("es_ficticio")
    assert [fila[lugar] for fila in filas[1:]].count("true") == 186
    assert [fila[lugar] for fila in filas[1:]].count("false") == 62


@pytest.mark.usefixtures("con_real")
def test_toda_salida_con_ficticios_lo_dice() -> None:
    elegida = Seleccion(ficticio=True)
    dichos = reunir("x", elegida, 1, (), MOMENTO)
    filas = preguntar("sistematizacion_filas", elegida)
    aviso = f"{AVISO_FICTICIOS}: 186 de 248 enunciados son inventados"
    assert texto_docx(sistematizacion.word(filas, dichos, MOMENTO)).count(aviso) == 2
    assert aviso in celdas_xlsx(sistematizacion.xlsx(filas, dichos, MOMENTO))
    assert sintesis.html(elegida, MOMENTO).count(aviso) == 2
    con = con_aviso(Cuadro(("A",), ((1,), (2,))), AVISO, AVISO_FICTICIOS)
    assert escribir(con, SIMPLE) == (
        b"A,Aviso\r\n1,Puede incluir datos ficticios\r\n"
        b"2,Puede incluir datos ficticios\r\n"
    )


@pytest.mark.usefixtures("con_real")
def test_la_matriz_lleva_tambien_las_preguntas_sin_registro() -> None:
    filas = preguntar("sistematizacion_filas", TODO)
    assert len(filas) == 62 + 3
    assert filas["texto"].isna().sum() == 3
    temas = [clave for clave, _, _ in sistematizacion.por_tema(filas)]
    assert temas == [f"{n}. Antofagasta 2018, tema {n}" for n in range(1, 6)]


def test_toda_columna_que_se_muestra_dice_que_significa() -> None:
    raiz = CARPETA.parent
    claves = {
        clave
        for ruta in [*raiz.glob("tablero/*.py"), *raiz.glob("pages/*.py")]
        for clave in re.findall(r'Columna\(\s*"(\w+)"', ruta.read_text("utf-8"))
    }
    assert len(claves) > 40
    assert claves <= set(SIGNIFICADOS)


def texto_de_aviso(contenido: bytes, mime: str) -> str:
    if mime == XLSX:
        libro = openpyxl.load_workbook(io.BytesIO(contenido))
        assert libro.sheetnames == ["Aviso"]
        return str(libro["Aviso"]["A1"].value)
    return texto_docx(contenido) if mime == WORD else contenido.decode("utf-8-sig")


@pytest.mark.parametrize("mime", [XLSX, WORD, "text/csv"])
@pytest.mark.parametrize(
    ("error", "dice"),
    [(Tardanza("Acote con los filtros."), "Acote con los filtros."),
     (ValueError("detalle"), "avise a quien administra")],
)  # fmt: skip
def test_una_descarga_que_falla_abre_y_dice_por_que(
    error: Exception, dice: str, mime: str
) -> None:
    def escribir() -> Escrito:
        raise error

    salida = Salida("ana", "enunciados", PAGINA, "csv")
    texto = texto_de_aviso(_a_salvo(escribir, mime, salida), mime)
    assert dice in texto
    assert "detalle" not in texto


def test_lo_que_no_cabe_en_un_xlsx_se_dice_y_no_se_corta(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(planillas, "FILAS_LIBRO", 3)
    tres = Cuadro(("A",), ((1,), (2,), (3,)))
    vacios = Hechos("x", "x", "1", "hoy", "x", "", "?", ())
    assert len(json.loads(celdas_xlsx(xlsx(tres, vacios, MOMENTO)))["Datos"]) == 4
    libro = planillas.Libro(MOMENTO)
    libro.cuadro(libro.hoja("Uno"), tres)
    with pytest.raises(ErrorDeDatos, match=r"hasta 3 filas.*Acote con los filtros"):
        libro.cuadro(libro.hoja("Dos"), Cuadro(("A",), ((1,),)))


@pytest.mark.usefixtures("con_muestra")
def test_una_matriz_larga_no_se_escribe_en_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert llevarse._matriz(TODO, True, "")
    monkeypatch.setattr(llevarse, "FILAS_WORD", 3)
    with pytest.raises(ErrorDeDatos, match=r"hasta 3 filas.*llévela en XLSX"):
        llevarse._matriz(TODO, True, "")
    assert llevarse._matriz(TODO, False, "")

"""Lee un .xlsx como texto, celda por celda, sin calcular nada."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

import openpyxl
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from datos.extraer_planilla import BORRE, DIVIDA, FILAS_MAXIMAS, Armador
from datos.extraer_texto import aviso_de_quitados
from datos.leido import Planilla
from datos.rechazo import rechazo

HOJAS_MAXIMAS = 20
# Las que alcanzan a leerse en la mitad del tiempo de procesador que se da.
CELDAS_MAXIMAS = 120_000
HOJA = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
FILA = re.compile(rb"<(?:\w+:)?row(?=[\s/>])([^>]*)")
NUMERO = re.compile(rb"\sr\s*=\s*[\"'](\d{1,9})[\"']")
CELDA = re.compile(rb"<(?:\w+:)?c[\s/>]")
TEXTOS = re.compile(r"xl/sharedstrings\.xml", re.IGNORECASE)
TEXTO = re.compile(rb"<(?:\w+:)?si[\s/>]")


def _revisar_filas(contenido: bytes) -> None:
    """Cuenta filas y celdas en el XML, sin entenderlo: es veinte veces más rápido.

    También rechaza las filas repetidas o desordenadas, que se perderían al leer.
    """
    paquete = zipfile.ZipFile(io.BytesIO(contenido))
    celdas = 0
    for nombre in filter(TEXTOS.fullmatch, paquete.namelist()):
        if sum(1 for _ in TEXTO.finditer(paquete.read(nombre))) > CELDAS_MAXIMAS:
            raise rechazo("", f"tiene más de {CELDAS_MAXIMAS} textos.", DIVIDA)
    for nombre in filter(HOJA.fullmatch, paquete.namelist()):
        xml = paquete.read(nombre)
        anterior = 0
        for orden, fila in enumerate(FILA.finditer(xml), start=1):
            if orden > FILAS_MAXIMAS:
                raise rechazo("", f"una hoja tiene más de {orden - 1} filas.", BORRE)
            numero = NUMERO.search(fila[1])
            actual = int(numero[1]) if numero else anterior + 1
            if actual <= anterior:
                problema = "una hoja trae filas repetidas o desordenadas."
                raise rechazo("", problema, "Guárdelo de nuevo desde Excel.", actual)
            anterior = actual
        celdas += sum(1 for _ in CELDA.finditer(xml))
        if celdas > CELDAS_MAXIMAS:
            raise rechazo("", f"tiene más de {CELDAS_MAXIMAS} celdas.", DIVIDA)


def en_texto(valor: object) -> str | None:
    """Devuelve el valor de una celda como lo vería una persona; vacía, None."""
    if valor is None or isinstance(valor, str):
        return valor or None
    if isinstance(valor, bool):
        return "sí" if valor else "no"
    if isinstance(valor, int):
        return str(valor)
    if isinstance(valor, float):
        # Excel guarda y muestra quince cifras: 0,1 + 0,2 es 0,3.
        return format(valor, ".15g")
    if isinstance(valor, datetime):
        es_fecha = valor.time() == time()
        return valor.date().isoformat() if es_fecha else valor.isoformat(" ", "minutes")
    if isinstance(valor, date):
        return valor.isoformat()
    if isinstance(valor, time):
        return valor.isoformat("minutes")
    # Las fórmulas matriciales guardan su texto; las tablas de datos no lo tienen.
    return getattr(valor, "text", None) or f"={type(valor).__name__}"


def _filas(hoja: ReadOnlyWorksheet) -> Iterator[Sequence[str | None]]:
    # La dimensión que declara la hoja puede mentir y esconder celdas.
    hoja.reset_dimensions()
    for fila in hoja.iter_rows(values_only=True):
        yield [en_texto(valor) for valor in fila]


def extraer(contenido: bytes, _encabezado: Sequence[str]) -> Planilla:
    """Lee todas las hojas de celdas, también las ocultas; una fórmula queda como «=…».

    Las fechas salen AAAA-MM-DD; los decimales, con punto.
    """
    _revisar_filas(contenido)
    libro = openpyxl.load_workbook(
        io.BytesIO(contenido), read_only=True, data_only=False, keep_links=False
    )
    if len(libro.worksheets) > HOJAS_MAXIMAS:
        problema = f"tiene más de {HOJAS_MAXIMAS} hojas."
        raise rechazo("", problema, "Deje solo las hojas que se cargan.")
    armador = Armador()
    hojas = tuple(armador.hoja(hoja.title, _filas(hoja)) for hoja in libro.worksheets)
    if not any(hoja.filas for hoja in hojas):
        raise rechazo("", "no trae ninguna celda con datos.", "Recupere el original.")
    return Planilla("xlsx", hojas, aviso_de_quitados(armador.quitados))

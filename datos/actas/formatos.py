"""Los formatos y las listas desplegables del acta en blanco."""

from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from datos.actas.forma import HOJA_LISTAS

CARTA = 1


@dataclass(frozen=True)
class Formatos:
    """Cómo se ve y qué deja hacer cada celda; `texto` y `celda` se pueden llenar."""

    titulo: Format
    rotulo: Format
    fijo: Format
    texto: Format
    celda: Format
    entero: Format


def crear_formatos(libro: xlsxwriter.Workbook) -> Formatos:
    """Crea los formatos en el libro."""
    comun = {"valign": "top", "text_wrap": True}
    # El formato de texto y la comilla oculta: ni al editarla se vuelve fórmula.
    texto = {**comun, "num_format": "@", "locked": False}
    fijo = {**comun, "num_format": "@", "quote_prefix": True}
    entero = {**comun, "num_format": "0", "align": "left", "border": 1, "locked": False}
    return Formatos(
        titulo=libro.add_format({"bold": True, "font_size": 14}),
        rotulo=libro.add_format({**comun, "bold": True, "bottom": 1}),
        fijo=libro.add_format(fijo),
        texto=libro.add_format(texto),
        celda=libro.add_format({**texto, "border": 1}),
        entero=libro.add_format(entero),
    )


class Listas:
    """La hoja oculta con las opciones: en la celda no caben ni admiten comas."""

    def __init__(self) -> None:
        """Parte sin ninguna lista."""
        self.columnas: dict[tuple[str, ...], int] = {}

    def rango(self, opciones: tuple[str, ...]) -> str:
        """Anota una lista, una vez si se repite, y devuelve dónde quedará."""
        columna = self.columnas.setdefault(opciones, len(self.columnas))
        letra = xl_col_to_name(columna)
        return f"={HOJA_LISTAS}!${letra}$1:${letra}${len(opciones)}"

    def escribir(self, hoja: Worksheet, forma: Format) -> None:
        """Escribe todas las listas anotadas y esconde la hoja."""
        for opciones, columna in self.columnas.items():
            for fila, opcion in enumerate(opciones):
                hoja.write_string(fila, columna, opcion, forma)
        hoja.protect()
        hoja.hide()


def imprimible(hoja: Worksheet) -> None:
    """Prepara la hoja para imprimirla en carta apaisada, a lo ancho."""
    hoja.set_landscape()
    hoja.set_paper(CARTA)
    hoja.fit_to_pages(1, 0)
    hoja.set_footer("&L&A&RPágina &P de &N")


def desplegar(hoja: Worksheet, zona: tuple[int, int, int, int], rango: str) -> None:
    """Pone una lista en una zona: primera fila y columna, última fila y columna."""
    opciones = {
        "validate": "list",
        "source": rango,
        "error_title": "No está en la lista",
        "error_message": "Elija un valor de la lista, o deje la celda vacía.",
    }
    hoja.data_validation(*zona, opciones)

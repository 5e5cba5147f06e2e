"""Exportaciones que se describen a sí mismas: XLSX, y CSV con su LÉEME en un ZIP."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from datos.errores import ErrorDeDatos
from tablero.exportar import Cuadro, Formato, es_peligroso, escribir
from tablero.formato import numero
from tablero.hechos import Hechos

# Un texto es un texto: nada se vuelve fórmula, enlace ni número por parecerlo.
AJUSTES = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
ANCHO_MINIMO, ANCHO_MAXIMO = 10, 60
LARGO_HOJA = 31
LARGO_CELDA = 32_767
# Una hoja admite diez veces más, pero escribirla pediría gigas: con estas, 160 MB.
FILAS_LIBRO = 100_000


class Libro:
    """Un XLSX en memoria, con los formatos de la casa."""

    def __init__(self, creado: datetime) -> None:
        """Abre el libro; `creado` queda como su fecha."""
        self.salida = io.BytesIO()
        self.libro = xlsxwriter.Workbook(self.salida, AJUSTES)
        self.libro.set_properties({"created": creado.replace(tzinfo=None)})
        comun = {"valign": "top", "text_wrap": True}
        self.titulo = self.libro.add_format({**comun, "bold": True, "bottom": 1})
        self.texto = self.libro.add_format({**comun, "num_format": "@"})
        # La comilla oculta de Excel: editar la celda tampoco la vuelve fórmula.
        self.citado = self.libro.add_format(
            {**comun, "num_format": "@", "quote_prefix": True}
        )
        self.entero = self.libro.add_format({**comun, "num_format": "#,##0"})
        self.decimal = self.libro.add_format({**comun, "num_format": "#,##0.00"})
        self.filas = 0

    def hoja(self, nombre: str) -> Worksheet:
        """Agrega una hoja lista para imprimir en carta apaisada."""
        hoja = self.libro.add_worksheet(nombre[:LARGO_HOJA])
        hoja.set_landscape()
        hoja.set_paper(1)
        hoja.fit_to_pages(1, 0)
        return hoja

    def celda(self, hoja: Worksheet, fila: int, columna: int, valor: object) -> None:
        """Escribe un valor con su tipo; los textos, siempre como texto."""
        if valor is None:
            return
        if isinstance(valor, int | float):
            forma = self.decimal if isinstance(valor, float) else self.entero
            hoja.write_number(fila, columna, valor, forma)
            return
        texto = str(valor)[:LARGO_CELDA]
        forma = self.citado if es_peligroso(texto) else self.texto
        hoja.write_string(fila, columna, texto, forma)

    def cuadro(self, hoja: Worksheet, cuadro: Cuadro, desde: int = 0) -> None:
        """Escribe un cuadro desde la fila `desde`, con sus títulos fijos.

        Lanza ErrorDeDatos si con él el libro pasa de FILAS_LIBRO filas.
        """
        self.filas += len(cuadro.filas)
        if self.filas > FILAS_LIBRO:
            raise ErrorDeDatos(
                f"En Excel se llevan hasta {numero(FILAS_LIBRO)} filas, y aquí hay más."
                " Acote con los filtros (un diálogo o un tema), o use la dirección para"
                " programas de la página Enunciados, que los da todos."
            )
        for columna, titulo in enumerate(cuadro.titulos):
            hoja.write_string(desde, columna, titulo, self.titulo)
            celdas = [str(fila[columna]) for fila in cuadro.filas if fila[columna]]
            ancho = max(map(len, [titulo, *celdas]))
            hoja.set_column(
                columna, columna, min(max(ancho + 2, ANCHO_MINIMO), ANCHO_MAXIMO)
            )
        for fila, valores in enumerate(cuadro.filas, start=desde + 1):
            for columna, valor in enumerate(valores):
                self.celda(hoja, fila, columna, valor)
        hoja.freeze_panes(desde + 1, 0)
        hoja.repeat_rows(desde)

    def acerca_de(self, hechos: Hechos) -> None:
        """Agrega la hoja que dice de dónde salió y qué significa cada columna."""
        hoja = self.hoja("Acerca de")
        filas: list[Sequence[str]] = [*hechos.pares(), ("", ""), *hechos.columnas]
        hoja.set_column(0, 0, 28)
        hoja.set_column(1, 1, 90)
        for fila, (rotulo, valor) in enumerate(filas):
            hoja.write_string(fila, 0, rotulo, self.titulo)
            self.celda(hoja, fila, 1, valor)

    def cerrar(self) -> bytes:
        """Termina el libro y devuelve sus bytes."""
        self.libro.close()
        return self.salida.getvalue()


def xlsx(cuadro: Cuadro, hechos: Hechos, creado: datetime) -> bytes:
    """Devuelve un XLSX con una hoja de datos y otra que los describe."""
    libro = Libro(creado)
    libro.cuadro(libro.hoja("Datos"), cuadro)
    libro.acerca_de(hechos)
    return libro.cerrar()


def aviso(mensaje: str, creado: datetime) -> bytes:
    """Devuelve un XLSX que solo dice un mensaje."""
    libro = Libro(creado)
    hoja = libro.hoja("Aviso")
    hoja.set_column(0, 0, ANCHO_MAXIMO)
    libro.celda(hoja, 0, 0, mensaje)
    return libro.cerrar()


def leeme(hechos: Hechos, archivo: str) -> str:
    """Devuelve el LÉEME que acompaña a un CSV, en texto llano."""
    lineas = [f"{rotulo}: {valor}" for rotulo, valor in hechos.pares()]
    columnas = [f"- {titulo}: {significado}" for titulo, significado in hechos.columnas]
    return "\r\n".join(
        [
            "LÉEME",
            "",
            f"Archivo: {archivo}",
            *lineas,
            "",
            "Columnas",
            *columnas,
            "",
            "Una celda que empieza con apóstrofo y signo (=, +, -, @) lo lleva para"
            " que la planilla no la ejecute; el apóstrofo no es parte del dato.",
            "",
        ]
    )


def zip_con_leeme(
    cuadro: Cuadro, formato: Formato, hechos: Hechos, archivo: str, creado: datetime
) -> bytes:
    """Devuelve un ZIP con el CSV, tal cual se baja solo, y su LÉEME."""
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as paquete:
        for nombre, contenido in (
            (archivo, escribir(cuadro, formato)),
            ("LEEME.txt", leeme(hechos, archivo).encode("utf-8-sig")),
        ):
            entrada = zipfile.ZipInfo(nombre, creado.timetuple()[:6])
            entrada.compress_type = zipfile.ZIP_DEFLATED
            paquete.writestr(entrada, contenido)
    return salida.getvalue()

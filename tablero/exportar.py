"""El único escritor de exportaciones: lo que sale es lo que está en pantalla.

Lo que no cabe en memoria lo escribe DuckDB con estas mismas reglas (`tablero.en_sql`).
"""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from consultas.seleccion import Seleccion

# Con qué empieza una celda que una planilla ejecutaría (OWASP, «CSV Injection»). Los
# espacios de delante no protegen: hay planillas que los quitan antes de mirar.
PELIGROSOS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
INVISIBLES = " \N{NO-BREAK SPACE}\ufeff"
# Solo lo que empieza así se mira entero: son muchas celdas y casi ninguna lo hace.
SOSPECHOSOS = frozenset((*PELIGROSOS, *INVISIBLES))
LARGO_NOMBRE = 120
# RFC 4180. Con solo «\n» el escritor no encomillaría un retorno suelto dentro de una
# celda, y lo que le sigue se leería como una celda nueva.
FIN_DE_LINEA = "\r\n"


@dataclass(frozen=True)
class Cuadro:
    """Una tabla tal como se ve: títulos y filas de textos, números o nulos."""

    titulos: tuple[str, ...]
    filas: tuple[tuple[object, ...], ...]


@dataclass(frozen=True)
class Formato:
    """Una manera de escribir CSV."""

    rotulo: str
    sufijo: str
    separador: str
    marca: str
    coma_decimal: bool


# Sin la marca de orden de bytes, Excel lee el UTF-8 como otra cosa.
EXCEL = Formato("CSV para Excel", "excel", ";", "\ufeff", coma_decimal=True)
SIMPLE = Formato("CSV simple", "simple", ",", "", coma_decimal=False)


def es_peligroso(texto: str) -> bool:
    """Dice si una planilla podría ejecutar este texto."""
    return texto[:1] in SOSPECHOSOS and texto.lstrip(INVISIBLES).startswith(PELIGROSOS)


def inerte(valor: object) -> object:
    """Devuelve la celda tal cual o, si una planilla la ejecutaría, con un apóstrofo.

    Solo toca textos: un número negativo es un número. Lo guardado no cambia.
    """
    return f"'{valor}" if isinstance(valor, str) and es_peligroso(valor) else valor


def _celda(valor: object, formato: Formato) -> object:
    if isinstance(valor, str):
        return inerte(valor)
    if valor is None:
        return ""
    if isinstance(valor, bool):
        return "true" if valor else "false"
    if isinstance(valor, float) and formato.coma_decimal:
        return str(valor).replace(".", ",")
    return valor


def escribir(cuadro: Cuadro, formato: Formato) -> bytes:
    """Devuelve el cuadro como CSV, con encabezado y filas en su orden."""
    salida = io.StringIO(newline="")
    salida.write(formato.marca)
    escritor = csv.writer(
        salida, delimiter=formato.separador, lineterminator=FIN_DE_LINEA
    )
    escritor.writerow([inerte(titulo) for titulo in cuadro.titulos])
    for fila in cuadro.filas:
        escritor.writerow([_celda(valor, formato) for valor in fila])
    return salida.getvalue().encode()


def con_aviso(cuadro: Cuadro, titulo: str, aviso: str) -> Cuadro:
    """Devuelve el cuadro con el mismo aviso al final de cada fila."""
    filas = tuple((*fila, aviso) for fila in cuadro.filas)
    return Cuadro((*cuadro.titulos, titulo), filas)


def nombre_de_archivo(asunto: str, seleccion: Seleccion, hoy: date, final: str) -> str:
    """Devuelve un nombre con asunto, filtros y fecha, válido en todas partes.

    `final` es lo que sigue a la fecha: «_excel.csv», «.xlsx».
    """
    partes = [asunto]
    for filtro, valores in seleccion.activos().items():
        partes.append(f"{filtro}-{'-'.join(valores)}")
    plano = unicodedata.normalize("NFKD", "_".join(partes)).encode("ascii", "ignore")
    limpio = re.sub(r"[^A-Za-z0-9_-]+", "-", plano.decode())[:LARGO_NOMBRE].strip("-_")
    ficticios = "_con-ficticios" if seleccion.ficticio else ""
    return f"{limpio}{ficticios}_{hoy.isoformat()}{final}"

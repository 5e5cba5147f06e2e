"""El único escritor de exportaciones: lo que sale es lo que está en pantalla."""

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
LARGO_NOMBRE = 120


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
    codificacion: str
    fin_de_linea: str
    coma_decimal: bool


EXCEL = Formato("CSV para Excel", "excel", ";", "utf-8-sig", "\r\n", coma_decimal=True)
SIMPLE = Formato("CSV simple", "simple", ",", "utf-8", "\n", coma_decimal=False)


def inerte(valor: object) -> object:
    """Devuelve la celda tal cual o, si una planilla la ejecutaría, con un apóstrofo.

    Solo toca textos: un número negativo es un número. Lo guardado no cambia.
    """
    if not isinstance(valor, str):
        return valor
    visible = valor.lstrip(" \N{NO-BREAK SPACE}\ufeff")
    return f"'{valor}" if visible.startswith(PELIGROSOS) else valor


def _celda(valor: object, formato: Formato) -> object:
    if valor is None:
        return ""
    if isinstance(valor, float) and formato.coma_decimal:
        return str(valor).replace(".", ",")
    return inerte(valor)


def escribir(cuadro: Cuadro, formato: Formato) -> bytes:
    """Devuelve el cuadro como CSV: encabezado y filas, en su orden."""
    salida = io.StringIO(newline="")
    escritor = csv.writer(
        salida, delimiter=formato.separador, lineterminator=formato.fin_de_linea
    )
    escritor.writerow([inerte(titulo) for titulo in cuadro.titulos])
    for fila in cuadro.filas:
        escritor.writerow([_celda(valor, formato) for valor in fila])
    return salida.getvalue().encode(formato.codificacion)


def nombre_de_archivo(
    asunto: str, seleccion: Seleccion, formato: Formato, hoy: date
) -> str:
    """Devuelve un nombre con asunto, filtros y fecha, válido en todas partes."""
    partes = [asunto]
    for filtro, valores in seleccion.activos().items():
        partes.append(f"{filtro}-{'-'.join(valores)}")
    plano = unicodedata.normalize("NFKD", "_".join(partes)).encode("ascii", "ignore")
    limpio = re.sub(r"[^A-Za-z0-9_-]+", "-", plano.decode())[:LARGO_NOMBRE].strip("-_")
    return f"{limpio}_{hoy.isoformat()}_{formato.sufijo}.csv"

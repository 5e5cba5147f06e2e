"""Lee un archivo CSV de la fuente sin adivinar nada."""

import csv
import io
from pathlib import Path
from typing import TypeAlias

from datos.errores import Falta

GUARDAR_UTF8 = "Guárdelo como CSV UTF-8, separado por comas."

Filas: TypeAlias = list[tuple[int, list[str | None]]]


def _contar(celdas: list[str], columnas: list[str]) -> str:
    return f"tiene {len(celdas)} celdas y debe tener {len(columnas)}."


def _faltas_de_encabezado(
    nombre: str, hallado: list[str], columnas: list[str]
) -> list[Falta]:
    esperado = f"El encabezado debe ser: {','.join(columnas)}."
    faltas = [
        Falta(nombre, "falta la columna.", esperado, 1, columna)
        for columna in columnas
        if columna not in hallado
    ]
    for posicion, columna in enumerate(hallado):
        if columna not in columnas:
            faltas.append(Falta(nombre, "la columna sobra.", esperado, 1, columna))
        elif columna in hallado[:posicion]:
            faltas.append(Falta(nombre, "la columna se repite.", esperado, 1, columna))
    return faltas


def leer(ruta: Path, columnas: list[str]) -> tuple[Filas, list[Falta]]:
    """Lee `ruta` (UTF-8, con o sin BOM, separado por comas) y devuelve filas y faltas.

    Cada fila es `(número, celdas)`, con las celdas en el orden de `columnas` y la
    celda vacía como None. El número es el de la línea en que la fila empieza a leerse
    en una planilla: el encabezado es la 1.
    """
    nombre = ruta.name
    try:
        texto = ruta.read_bytes().decode("utf-8-sig")
    except OSError as error:
        motivo = f"no se puede leer ({error.strerror})."
        return [], [Falta(nombre, motivo, "Revise que el archivo exista.")]
    except UnicodeDecodeError as error:
        fila = error.object[: error.start].count(b"\n") + 1
        return [], [Falta(nombre, "hay letras que no son UTF-8.", GUARDAR_UTF8, fila)]
    if "\0" in texto:
        fila = texto[: texto.index("\0")].count("\n") + 1
        return [], [Falta(nombre, "contiene un carácter nulo.", GUARDAR_UTF8, fila)]
    try:
        registros = list(csv.reader(io.StringIO(texto, newline=""), strict=True))
    except csv.Error:
        remedio = "Revise que cada comilla que se abre se cierre."
        return [], [Falta(nombre, "las comillas no calzan.", remedio)]
    if not registros:
        return [], [Falta(nombre, "el archivo está vacío.", "Recupere el original.")]
    return _ordenar(nombre, registros, columnas)


def _ordenar(
    nombre: str, registros: list[list[str]], columnas: list[str]
) -> tuple[Filas, list[Falta]]:
    encabezado = registros[0]
    faltas = _faltas_de_encabezado(nombre, encabezado, columnas)
    if faltas:
        return [], faltas
    lugares = [encabezado.index(columna) for columna in columnas]
    filas: Filas = []
    for numero, celdas in enumerate(registros[1:], start=2):
        if len(celdas) == len(columnas):
            filas.append((numero, [celdas[lugar] or None for lugar in lugares]))
        elif celdas:
            problema = _contar(celdas, columnas)
            remedio = "Revise comas y comillas de esa fila."
            faltas.append(Falta(nombre, problema, remedio, numero))
    return filas, faltas

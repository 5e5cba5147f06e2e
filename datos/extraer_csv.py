"""Lee un .csv buscando el separador bajo el que aparece el encabezado esperado."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice

from datos.extraer_planilla import LETRAS_POR_CELDA, Armador
from datos.extraer_texto import SALTOS, aviso_de_quitados, decodificar
from datos.leido import Planilla
from datos.rechazo import rechazo

SEPARADORES = (";", ",", "\t", "|")
# Sobre el encabezado puede venir un título.
PRIMERAS_FILAS = 20
REMEDIO_COMILLAS = "Revise que cada comilla que se abre se cierre, y las celdas largas."


def _halladas(texto: str, separador: str, esperadas: set[str]) -> int:
    """Cuenta las columnas esperadas de la fila que más tiene bajo este separador."""
    mejor = 0
    try:
        lector = csv.reader(io.StringIO(texto), delimiter=separador, strict=True)
        for registro in islice(lector, PRIMERAS_FILAS):
            celdas = {celda.strip().casefold() for celda in registro}
            mejor = max(mejor, len(celdas & esperadas))
    except csv.Error:
        return mejor
    return mejor


def _separador(texto: str, encabezado: Sequence[str]) -> str:
    esperadas = {columna.strip().casefold() for columna in encabezado}
    cuentas = {sep: _halladas(texto, sep, esperadas) for sep in SEPARADORES}
    mejor = max(SEPARADORES, key=cuentas.__getitem__)
    if not cuentas[mejor]:
        columnas = ", ".join(encabezado)
        remedio = f"El encabezado debe tener: {columnas}. Sepárelo por punto y coma."
        raise rechazo("", "no se encuentra ninguna de las columnas.", remedio)
    return mejor


def _filas(texto: str, separador: str) -> Iterator[list[str]]:
    lector = csv.reader(io.StringIO(texto), delimiter=separador, strict=True)
    leidas = 0
    try:
        for registro in lector:
            leidas += 1
            yield registro
    except csv.Error as error:
        problema = "las comillas no calzan."
        if "field limit" in str(error):
            problema = f"hay una celda de más de {LETRAS_POR_CELDA} letras."
        raise rechazo("", problema, REMEDIO_COMILLAS, leidas + 1) from None


def extraer(contenido: bytes, encabezado: Sequence[str]) -> Planilla:
    """Lee un .csv como una sola hoja, «CSV»; las filas disparejas quedan como vienen.

    Una fila es la que cuenta una planilla, aunque traiga saltos de línea entre
    comillas.
    """
    crudo, avisos = decodificar(contenido)
    texto = SALTOS.sub("\n", crudo)
    if not texto.strip():
        raise rechazo("", "no trae ningún texto.", "Recupere el original.")
    # Algo más que el tope, para que el rechazo alcance a decir fila y columna.
    csv.field_size_limit(LETRAS_POR_CELDA * 2)
    armador = Armador()
    hoja = armador.hoja("CSV", _filas(texto, _separador(texto, encabezado)))
    return Planilla("csv", (hoja,), avisos + aviso_de_quitados(armador.quitados))

"""Arma una hoja contando sus filas, columnas y letras mientras se lee."""

from collections.abc import Iterable, Sequence

from datos.extraer_texto import LETRAS_MAXIMAS, limpiar
from datos.leido import Hoja
from datos.rechazo import rechazo

FILAS_MAXIMAS = 5_000
COLUMNAS_MAXIMAS = 60
LETRAS_POR_CELDA = 10_000
DIVIDA = "Deje solo la tabla, o divídala en varios archivos."
BORRE = "Elimine las filas vacías o con formato del final, o divida la hoja."


class Armador:
    """Arma las hojas de un archivo y lleva la cuenta de lo que suman."""

    def __init__(self) -> None:
        """Empieza sin letras leídas ni invisibles quitados."""
        self.letras = 0
        self.quitados = 0

    def hoja(self, nombre: str, filas: Iterable[Sequence[str | None]]) -> Hoja:
        """Devuelve la hoja sin el vacío del final; pasar un tope da ErrorDeDatos."""
        leidas: list[tuple[str | None, ...]] = []
        limpio, _ = limpiar(nombre)
        for numero, fila in enumerate(filas, start=1):
            if numero > FILAS_MAXIMAS:
                problema = f"la hoja «{limpio}» tiene más de {FILAS_MAXIMAS} filas."
                raise rechazo("", problema, BORRE)
            leidas.append(self._fila(limpio, numero, fila))
        while leidas and not leidas[-1]:
            leidas.pop()
        return Hoja(limpio, tuple(leidas))

    def _fila(
        self, hoja: str, numero: int, fila: Sequence[str | None]
    ) -> tuple[str | None, ...]:
        ancho = len(fila)
        while ancho and not fila[ancho - 1]:
            ancho -= 1
        if ancho > COLUMNAS_MAXIMAS:
            problema = f"la hoja «{hoja}» tiene más de {COLUMNAS_MAXIMAS} columnas."
            raise rechazo("", problema, DIVIDA, numero)
        return tuple(
            self._celda(hoja, numero, columna, valor)
            for columna, valor in enumerate(fila[:ancho])
        )

    def _celda(
        self, hoja: str, numero: int, columna: int, valor: str | None
    ) -> str | None:
        if not valor:
            return None
        self.letras += len(valor)
        if len(valor) > LETRAS_POR_CELDA:
            problema = f"una celda de «{hoja}» tiene más de {LETRAS_POR_CELDA} letras."
            raise rechazo("", problema, "Acórtela.", numero, letra(columna))
        if self.letras > LETRAS_MAXIMAS:
            raise rechazo("", "pasa de cinco millones de letras.", DIVIDA)
        limpio, quitados = limpiar(valor)
        self.quitados += quitados
        return limpio if limpio.strip() else None


def letra(columna: int) -> str:
    """Devuelve la letra de una columna como la muestra Excel; `columna` desde 0."""
    letras = ""
    columna += 1
    while columna:
        columna, resto = divmod(columna - 1, 26)
        letras = chr(ord("A") + resto) + letras
    return letras

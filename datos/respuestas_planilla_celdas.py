"""Lee lo que se llena en una fila de la planilla de respuestas."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from datos import fechas
from datos.actas.celdas import Reparo, armar_lista, citar, elegir, plegar, revisar
from datos.errores import Falta
from datos.respuestas import Respuesta
from datos.respuestas_planilla import (
    ESTADOS,
    LLENABLES,
    PRIMERA_FECHA,
    RESULTADOS,
    TITULOS,
    ULTIMA_FECHA,
)

LISTAS = {
    "resultado": armar_lista("un resultado", [(r, (r,)) for r in RESULTADOS]),
    "estado": armar_lista("un estado", [(e, (e,)) for e in ESTADOS]),
}
NECESARIAS = ("unidad", "resultado", "estado")
FECHA = re.compile(
    r"(?P<a>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?: 00:00(?::00)?)?"
    r"|(?P<d2>\d{1,2})(?P<sep>[-/.])(?P<m2>\d{1,2})(?P=sep)(?P<a2>\d{4})",
    re.ASCII,
)
# El apóstrofo con que el CSV que se baja vuelve inerte una celda no es del texto.
CITADA = re.compile(r"'(?=\s*[=+\-@＝＋－＠\t\r\n])")
Celdas = Mapping[str, str | None]
ESCRIBA_FECHA = "Escriba una fecha como 31-12-2026 o 2026-12-31."


def sin_apostrofo(celda: str | None) -> str | None:
    """Devuelve la celda de un CSV sin el apóstrofo que la hacía inerte."""
    return CITADA.sub("", celda, count=1) if celda and CITADA.match(celda) else celda


def leer_fecha(celda: str) -> tuple[date | None, Reparo | None]:
    """Devuelve la fecha de una celda, AAAA-MM-DD o DD-MM-AAAA, o su reparo."""
    texto = plegar(celda)
    calce = FECHA.fullmatch(texto)
    if calce is None:
        return None, revisar(celda) or Reparo(
            f"«{citar(texto)}» no es una fecha.", ESCRIBA_FECHA
        )
    partes = [calce[n] or calce[f"{n}2"] for n in ("a", "m", "d")]
    anio, mes, dia = map(int, partes)
    if imposible := fechas.revisar(anio, mes, dia, None):
        return None, Reparo(imposible, ESCRIBA_FECHA)
    leida = date(anio, mes, dia)
    if not PRIMERA_FECHA <= leida <= ULTIMA_FECHA:
        rango = f"de {PRIMERA_FECHA.year} a {ULTIMA_FECHA.year}"
        return None, Reparo(f"el año {anio} no puede ser: van {rango}.", ESCRIBA_FECHA)
    return leida, None


def _lineas(celda: str) -> str:
    """Devuelve el texto limpio, con sus saltos de línea."""
    partido = celda.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(map(plegar, partido)).strip()


def _leer_texto(celda: str) -> tuple[str | None, Reparo | None]:
    return _lineas(celda), revisar(celda)


def _leer(campo: str, celda: str) -> tuple[object, Reparo | None]:
    if campo in LISTAS:
        return elegir(celda, LISTAS[campo])
    lector: Callable[[str], tuple[object, Reparo | None]] = _leer_texto
    return (leer_fecha if campo == "vence" else lector)(celda)


def _igual(celda: str, previo: object) -> bool:
    """Dice si la celda sigue diciendo lo que la respuesta ya decía."""
    return previo is not None and plegar(celda) == plegar(str(previo))


def _del_conjunto(
    archivo: str, fila: int, valores: Mapping[str, object]
) -> list[Falta]:
    """Revisa lo que unas celdas piden de las otras."""
    faltas = [
        Falta(
            archivo,
            f"hay otras celdas llenas y falta {TITULOS[campo].lower()}.",
            "Llénela, o deje vacía toda la fila.",
            fila,
            TITULOS[campo],
        )
        for campo in NECESARIAS
        if campo not in valores
    ]
    resultado = valores.get("resultado")
    if resultado in ("no acogida", "aceptada en parte") and "razon" not in valores:
        problema = f"el resultado es «{resultado}» y falta la razón."
        remedio = "Escriba por qué."
        faltas.append(Falta(archivo, problema, remedio, fila, TITULOS["razon"]))
    return faltas


def leer_llenables(
    archivo: str, fila: int, celdas: Celdas, previa: Respuesta | None
) -> tuple[Respuesta | None, list[Falta]]:
    """Lee la respuesta de una fila y sus faltas; None si nada se llenó.

    Lo que sigue igual que en `previa`, lo que la base dice, no se vuelve a revisar.
    """
    valores: dict[str, object] = {}
    faltas: list[Falta] = []
    escritas = {c: v for c in LLENABLES if (v := celdas.get(c)) and plegar(v)}
    for campo, celda in escritas.items():
        previo = getattr(previa, campo, None)
        if _igual(celda, previo):
            valores[campo] = previo
            continue
        valores[campo], reparo = _leer(campo, celda)
        if reparo:
            faltas.append(Falta(archivo, *reparo, fila, TITULOS[campo]))
    if not escritas:
        return None, []
    iguales = previa is not None and all(
        valores.get(campo) == getattr(previa, campo) for campo in LLENABLES
    )
    if iguales:
        return previa, []
    faltas += _del_conjunto(archivo, fila, valores)
    if faltas:
        return None, faltas
    return Respuesta(**valores), []  # type: ignore[arg-type]

"""El informe de respuestas: qué dice, lo mismo en pantalla, en papel y en planilla.

A la manera de las tablas con que se publica la respuesta a una consulta ciudadana
(Ley 20.500): tema, pregunta, lo planteado, comuna, respuesta y estado.
"""

from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from consultas.seleccion import Seleccion
from tablero.conexion import preguntar
from tablero.formato import NO_CONSTA, contar, de_total, fecha, numero
from tablero.hechos import Hechos

TITULO = "Respuestas a las recomendaciones"
TITULOS = ("Pregunta", "Recomendación", "Comuna", "Respuesta", "Estado")
TITULOS_SIN_RESPUESTA = ("Pregunta", "Recomendación", "Comuna")
TITULOS_TEMAS = (
    *("Diálogo y tema", "Recomendaciones", "Respondidas", "Aceptadas"),
    *("Aceptadas en parte", "No acogidas", "Cerradas", "Sin respuesta"),
)
CUENTAS = (
    *("recomendaciones", "respondidas", "aceptadas"),
    *("en_parte", "no_acogidas", "cerradas", "sin_respuesta"),
)
# Más filas que las que puede haber.
TODAS = 2**31 - 1
SIN_PREGUNTA = "No responde a una pregunta"
FICTICIO = "Datos ficticios: no los cite"
SIN_RESPUESTAS = (
    "Todavía no hay respuestas registradas en esta selección. No es una falta: el"
    " registro parte vacío y se llena a medida que el servicio responde."
)
SIN_RECOMENDACIONES = "La selección no tiene recomendaciones que responder."
TODO_RESPONDIDO = "Todas las recomendaciones de este tema tienen respuesta."


@dataclass(frozen=True)
class Contestada:
    """Una recomendación y su respuesta, si la tiene; todo como se lee."""

    pregunta: str
    texto: str
    comuna: str
    respuesta: tuple[tuple[str, str], ...] = ()
    estado: str = ""


@dataclass(frozen=True)
class Tema:
    """Un tema de un diálogo: sus cuentas, lo respondido y lo que no."""

    titulo: str
    es_ficticio: bool
    cuentas: tuple[int, ...]
    respondidas: tuple[Contestada, ...]
    pendientes: tuple[Contestada, ...]

    @property
    def faltan(self) -> str:
        """Devuelve cuántas quedan sin respuesta, de cuántas."""
        if not self.pendientes:
            return TODO_RESPONDIDO
        total = len(self.respondidas) + len(self.pendientes)
        quedan = de_total(len(self.pendientes), total)
        return f"Sin respuesta todavía: {quedan} recomendaciones."


@dataclass(frozen=True)
class Informe:
    """Todo lo que el informe dice."""

    hechos: Hechos
    temas: tuple[Tema, ...]
    totales: tuple[int, ...] = field(default=())

    @property
    def resumen(self) -> str:
        """Devuelve cuántas tienen respuesta, de cuántas, y cuántas no."""
        total, respondidas = self.totales[:2]
        if not total:
            return SIN_RECOMENDACIONES
        tienen = "tiene" if respondidas == 1 else "tienen"
        unidad = "recomendación" if total == 1 else "recomendaciones"
        quedan = total - respondidas
        sin = "queda" if quedan == 1 else "quedan"
        return (
            f"{de_total(respondidas, total)} {unidad} {tienen} respuesta;"
            f" {sin} {numero(quedan)} sin ella."
        )

    @property
    def avisos(self) -> tuple[str, ...]:
        """Devuelve lo que se dice antes de las tablas."""
        total, respondidas = self.totales[:2]
        sin = (SIN_RESPUESTAS,) if total and not respondidas else ()
        return (self.resumen, *sin)


def _vence(dia: date) -> str:
    return fecha(dia.year, dia.month, dia.day)


def _respuesta(fila: dict[str, object]) -> tuple[tuple[str, str], ...]:
    """Devuelve las partes de una respuesta que constan, con su rótulo."""
    vence, comparten = fila["vence"], fila["comparten"]
    partes = [
        ("Resultado", fila["resultado"]),
        ("Razón", fila["razon"]),
        ("Qué se hará", fila["accion"]),
        ("Unidad", fila["unidad"]),
        ("Vence", _vence(vence) if isinstance(vence, date) else None),
    ]
    if isinstance(comparten, int) and comparten > 1:
        dicho = contar(comparten, "recomendación", "recomendaciones")
        partes.append(("Alcance", f"La misma respuesta para {dicho}"))
    return tuple((rotulo, str(valor)) for rotulo, valor in partes if valor)


def _contestada(fila: dict[str, object]) -> Contestada:
    comunes = (
        str(fila["pregunta"] or SIN_PREGUNTA),
        str(fila["texto"]),
        str(fila["comuna"] or NO_CONSTA),
    )
    if not fila["respuesta_id"]:
        return Contestada(*comunes)
    return Contestada(*comunes, _respuesta(fila), str(fila["estado"]))


def armar(filas: pd.DataFrame, por_tema: pd.DataFrame, hechos: Hechos) -> Informe:
    """Arma el informe de las filas y las cuentas por tema de una misma selección."""
    respondidas: dict[str, list[Contestada]] = {}
    pendientes: dict[str, list[Contestada]] = {}
    for fila in filas.to_dict("records"):
        donde = respondidas if fila["respuesta_id"] else pendientes
        suyas = donde.setdefault(str(fila["tema_dialogo_id"]), [])
        suyas.append(_contestada({str(c): v for c, v in fila.items()}))
    temas = tuple(
        Tema(
            f"{tema['dialogo']}. Tema {tema['tema']}",
            bool(tema["es_ficticio"]),
            tuple(int(tema[cuenta]) for cuenta in CUENTAS),
            tuple(respondidas.get(tema["tema_dialogo_id"], ())),
            tuple(pendientes.get(tema["tema_dialogo_id"], ())),
        )
        for tema in por_tema.to_dict("records")
    )
    totales = tuple(
        sum(tema.cuentas[lugar] for tema in temas) for lugar in range(len(CUENTAS))
    )
    return Informe(hechos, temas, totales)


def filas(
    elegida: Seleccion, *, solo_respondidas: bool = False, limite: int = TODAS
) -> pd.DataFrame:
    """Devuelve las recomendaciones de una selección con su respuesta, si la tienen."""
    return preguntar(
        "respuestas_informe_filas", elegida, solo_respondidas=solo_respondidas,
        limite=limite,
    )  # fmt: skip


def primeras(elegida: Seleccion, cuantas: int) -> list[Contestada]:
    """Devuelve las primeras respondidas, tal como irán en el informe."""
    hechas = filas(elegida, solo_respondidas=True, limite=cuantas).to_dict("records")
    return [_contestada({str(c): v for c, v in fila.items()}) for fila in hechas]


def solo_cuentas(elegida: Seleccion, hechos: Hechos) -> Informe:
    """Devuelve el informe con sus cuentas por tema y sin las recomendaciones."""
    por_tema = preguntar("respuestas_informe_temas", elegida)
    return armar(pd.DataFrame(), por_tema, hechos)


def de(elegida: Seleccion, hechos: Hechos) -> Informe:
    """Devuelve el informe de una selección."""
    return armar(filas(elegida), preguntar("respuestas_informe_temas", elegida), hechos)

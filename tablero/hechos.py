"""Lo que una exportación dice de sí misma: de dónde salió y qué significa."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from consultas.seleccion import Seleccion
from tablero import cifras, filtros
from tablero.conexion import preguntar
from tablero.formato import contar, de_total

QUIEN = {
    "persona": "por personas",
    "regla": "por reglas automáticas",
    "modelo": "por un modelo de lenguaje, sin revisión de personas del servicio",
}
SIN_FILTROS = "ninguno"
AVISO_FICTICIOS = "Puede incluir datos ficticios"


@dataclass(frozen=True)
class Hechos:
    """Filtros, tamaño, momento, libro y significado de las columnas."""

    asunto: str
    filtros: str
    filas: str
    momento: str
    libro: str
    # Vacío si no los hay.
    ficticios: str
    direccion: str
    columnas: tuple[tuple[str, str], ...]

    def pares(self) -> list[tuple[str, str]]:
        """Devuelve los hechos como (rótulo, valor), en el orden en que se leen."""
        return [
            ("Contenido", self.asunto),
            ("Filtros", self.filtros),
            ("Tamaño", self.filas),
            ("Fecha y hora", self.momento),
            ("Codificación", self.libro),
            ("Datos ficticios", self.ficticios or "No hay."),
            ("Vista", self.direccion),
            ("Unidad", "Los recuentos son de enunciados, nunca de personas."),
        ]


def ahora() -> datetime:
    """Devuelve el momento en hora de Chile o, si el equipo no la conoce, en UTC."""
    try:
        return datetime.now(ZoneInfo("America/Santiago"))
    except ZoneInfoNotFoundError:
        return datetime.now(UTC)


def codificacion(elegida: Seleccion, singular: str, plural: str) -> list[str]:
    """Dice con qué libro y por qué clase de codificador se codificó la selección."""
    por_libro = preguntar("resumen_cifras", elegida)
    return [
        f"{contar(cuantos, singular, plural)} con «{libro}» {QUIEN[clase]}"
        for libro, clase, cuantos in zip(
            por_libro["libro"],
            por_libro["codificado_por"],
            por_libro["enunciados"],
            strict=True,
        )
    ]


def reunir(
    asunto: str,
    elegida: Seleccion,
    filas: int,
    columnas: tuple[tuple[str, str], ...],
    momento: datetime,
    vista: str = "",
    aparte: str = "",
) -> Hechos:
    """Junta los hechos de una exportación de `filas` filas de esta selección.

    `vista` es la página y su dirección; `aparte`, lo que la tabla muestra además de los
    filtros: un orden, un estado, solo las primeras.
    """
    puestos = filtros.frase(elegida, filtros.opciones(elegida.ficticio))
    halladas = cifras.de(elegida)
    todo = cifras.de(Seleccion(ficticio=elegida.ficticio))
    ficticios = int(halladas["ficticios"])
    dicho = ""
    if elegida.ficticio:
        parte = de_total(ficticios, halladas["enunciados"])
        dicho = f"{AVISO_FICTICIOS}: {parte} enunciados son inventados. No los cite."
    seleccionados = de_total(halladas["enunciados"], todo["enunciados"])
    return Hechos(
        asunto=asunto,
        filtros="; ".join(filter(None, [puestos or SIN_FILTROS, aparte])),
        filas=f"{contar(filas, 'fila', 'filas')}; selección de {seleccionados}"
        " enunciados",
        momento=f"{momento:%d-%m-%Y %H:%M} (UTC{momento.isoformat()[-6:]})",
        libro="; ".join(codificacion(elegida, "enunciado", "enunciados")),
        ficticios=dicho,
        direccion=vista or elegida.direccion() or "sin filtros",
        columnas=columnas,
    )

"""Lo que una exportación dice de sí misma: de dónde salió y qué significa."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from consultas.seleccion import Seleccion
from tablero import filtros
from tablero.conexion import preguntar
from tablero.formato import contar, de_total

QUIEN = {
    "persona": "por personas",
    "regla": "por reglas automáticas",
    "modelo": "por un modelo de lenguaje, sin revisión de personas del servicio",
}
SIN_FILTROS = "ninguno"
AVISO_FICTICIOS = "Incluye datos ficticios"


@dataclass(frozen=True)
class Hechos:
    """Filtros, tamaño, momento, libro y significado de las columnas."""

    asunto: str
    filtros: str
    filas: str
    momento: str
    libro: str
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
            ("Datos ficticios", self.ficticios),
            ("Vista", self.direccion),
            ("Unidad", "Los recuentos son de enunciados, nunca de personas."),
        ]


def ahora() -> datetime:
    """Devuelve el momento en hora de Chile o, si el equipo no la conoce, en UTC."""
    try:
        return datetime.now(ZoneInfo("America/Santiago"))
    except ZoneInfoNotFoundError:
        return datetime.now(UTC)


def codificacion(elegida: Seleccion) -> str:
    """Dice con qué libro y por qué clase de codificador se codificó la selección."""
    filas = preguntar("resumen_procedencia", elegida).itertuples(index=False, name=None)
    return "; ".join(
        f"{contar(cuantos, 'enunciado', 'enunciados')} con «{libro}» {QUIEN[clase]}"
        for libro, clase, cuantos in filas
    )


def cuantos_ficticios(elegida: Seleccion) -> int:
    """Devuelve cuántos enunciados de la selección son inventados."""
    return int(preguntar("resumen_cifras", elegida).iloc[0]["ficticios"])


def reunir(
    asunto: str,
    elegida: Seleccion,
    filas: int,
    columnas: tuple[tuple[str, str], ...],
    momento: datetime,
) -> Hechos:
    """Junta los hechos de una exportación de `filas` filas de esta selección."""
    cifras = preguntar("resumen_cifras", elegida).iloc[0]
    todo = preguntar("resumen_cifras", Seleccion(ficticio=elegida.ficticio)).iloc[0]
    ficticios = int(cifras["ficticios"])
    dicho = "No hay."
    if ficticios:
        parte = de_total(ficticios, cifras["enunciados"])
        dicho = f"{AVISO_FICTICIOS}: {parte} enunciados son inventados. No los cite."
    seleccionados = de_total(cifras["enunciados"], todo["enunciados"])
    return Hechos(
        asunto=asunto,
        filtros=filtros.frase(elegida, filtros.opciones(elegida.ficticio))
        or SIN_FILTROS,
        filas=f"{contar(filas, 'fila', 'filas')}; selección de {seleccionados}"
        " enunciados",
        momento=f"{momento:%d-%m-%Y %H:%M} (UTC{momento.isoformat()[-6:]})",
        libro=codificacion(elegida),
        ficticios=dicho,
        direccion=f"?{elegida.direccion()}" if elegida.direccion() else "completa",
        columnas=columnas,
    )

"""Lo que el servicio contesta a las recomendaciones, y cada cambio de ello."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Respuesta:
    """Una respuesta, con las columnas de la tabla `respuestas` que se escriben."""

    unidad: str
    resultado: str
    estado: str
    razon: str | None = None
    accion: str | None = None
    responsable: str | None = None
    vence: date | None = None
    avance: str | None = None
    evidencia: str | None = None

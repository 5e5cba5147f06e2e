"""Qué está mal en los datos, dónde y qué hacer, para decirlo todo de una vez."""

from collections.abc import Sequence
from dataclasses import dataclass

# Más que esto no lo lee nadie; las demás siguen en `faltas`.
A_LA_VISTA = 200


@dataclass(frozen=True)
class Falta:
    """Una falta en los datos. `fila` cuenta desde 1 e incluye el encabezado."""

    archivo: str
    problema: str
    remedio: str
    fila: int | None = None
    columna: str | None = None

    def __str__(self) -> str:
        """Devuelve la falta en una línea: dónde, qué y qué hacer."""
        lugar = [self.archivo]
        if self.fila is not None:
            lugar.append(f"fila {self.fila}")
        if self.columna is not None:
            lugar.append(f"columna {self.columna}")
        return f"{', '.join(lugar)}: {self.problema} {self.remedio}"


class ErrorDeDatos(Exception):
    """Los datos o la base no se pueden usar. Lleva todas las faltas, no la primera."""

    def __init__(self, resumen: str, faltas: Sequence[Falta] = ()) -> None:
        """Guarda el resumen y las faltas, y compone el mensaje para una persona."""
        self.faltas = tuple(faltas)
        lineas = [resumen, *(f"  - {falta}" for falta in self.faltas[:A_LA_VISTA])]
        if len(self.faltas) > A_LA_VISTA:
            lineas.append(f"  … y {len(self.faltas) - A_LA_VISTA} faltas más.")
        super().__init__("\n".join(lineas))

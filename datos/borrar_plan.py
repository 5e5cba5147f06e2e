"""Lo que cambia al borrar una carga, como valores."""

from dataclasses import dataclass, field
from datetime import datetime

from datos.filas import Fila

Clave = tuple[object, ...]
BORRADO = "borrado"


@dataclass(frozen=True)
class Anotada:
    """Una fila que la carga agregó o, si hay `antes`, cambió."""

    tabla: str
    clave: Fila
    antes: dict[str, object] | None

    @property
    def suya(self) -> Clave:  # noqa: D102
        return tuple(self.clave.values())


@dataclass
class Plan:
    """Lo que cambia al borrar una carga.

    `quitar` son las llaves que se van, por tabla; `cambiar`, lo que dirán las filas que
    se quedan distintas; `vuelve`, la carga que vuelve a regir.
    """

    carga_id: str
    archivo: str
    sha256: str
    estado: str
    momento: datetime
    vuelve: str | None
    anotadas: list[Anotada] = field(default_factory=list)
    quitar: dict[str, set[Clave]] = field(default_factory=dict)
    cambiar: dict[str, dict[Clave, dict[str, object]]] = field(default_factory=dict)

    def cambia(self, tabla: str, clave: Clave, nuevos: Fila) -> None:
        """Suma lo que dirá una fila que se queda."""
        self.cambiar.setdefault(tabla, {}).setdefault(clave, {}).update(nuevos)

    def quita(self, tabla: str, claves: set[Clave]) -> None:
        """Suma filas que se van."""
        self.quitar.setdefault(tabla, set()).update(claves)

    def se_van(self, tabla: str) -> set[Clave]:
        """Devuelve las llaves que se van de una tabla."""
        return self.quitar.get(tabla, set())

    def cuentas(self) -> dict[str, int]:
        """Devuelve cuántas filas se van de cada tabla."""
        return {tabla: len(suyas) for tabla, suyas in self.quitar.items() if suyas}

"""Qué es una lectura de un enunciado y de quién es."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Lectura:
    """Los códigos que alguien pone a un enunciado; sin instrumentos es «ninguno»."""

    naturaleza: str
    tipo: str
    recurso: str
    instrumentos: tuple[str, ...] = ()
    nota: str | None = None


@dataclass(frozen=True)
class Lugar:
    """De quién es una lectura, de qué enunciado y con qué versión del libro."""

    enunciado: str
    libro: str
    codificador: str

    def clave(self) -> dict[str, object]:
        """Devuelve la llave de su fila en `lecturas`."""
        return {
            "enunciado_id": self.enunciado,
            "libro_id": self.libro,
            "codificador_id": self.codificador,
        }

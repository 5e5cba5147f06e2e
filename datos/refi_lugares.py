"""Dónde está, en el texto entero de un documento, un pasaje dado por su párrafo.

Una cita dice párrafo y caracteres, y los párrafos se arman uniendo líneas cortadas por
el ancho. Aquí se vuelve del párrafo a las líneas, letra por letra, sin contar espacios.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from datos.leido import FIN_DE_PARRAFO
from datos.parrafos import conclusiones, lineas, tramos
from datos.refi_xml import legal

# Fines de línea de un carácter que un programa podría no tomar por tales.
FINES = str.maketrans(dict.fromkeys("\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n"))
TODO = 0


@dataclass(frozen=True)
class Tramo:
    """Un pasaje del texto entero: primer carácter desde 0, y el que sigue al último."""

    desde: int
    hasta: int


def _letras(texto: str) -> str:
    return "".join(texto.split())


@dataclass(frozen=True)
class Paginado:
    """El texto de un documento y los lugares de sus párrafos."""

    original: str
    clase: str

    @cached_property
    def unido(self) -> str:
        """El texto en NFC y con un solo carácter por fin de línea."""
        compuesto = unicodedata.normalize("NFC", self.original)
        return compuesto.replace("\r\n", "\n").replace("\r", "\n")

    @property
    def texto(self) -> str:
        """El texto que se exporta: mide lo mismo que `unido`, letra por letra."""
        return legal(self.unido.translate(FINES))

    @cached_property
    def _parrafos(self) -> dict[int, list[str]]:
        if self.clase == "informe":
            return conclusiones(self.unido)
        return {TODO: lineas(self.unido)}

    def _lineas_de_temas(self) -> list[tuple[int | None, str]]:
        """Devuelve las líneas con contenido, en su orden, y de qué tema concluyen."""
        if self.clase != "informe":
            return [(TODO, linea) for linea in lineas(self.unido)]
        return [
            (tramo.tema if tramo.concluye else None, linea)
            for tramo in tramos(self.unido)[0]
            for linea in tramo.lineas
        ]

    def _crudas(self) -> list[tuple[int, str]]:
        """Devuelve las líneas del texto, tal cual, con el lugar en que empiezan."""
        corte = FIN_DE_PARRAFO if FIN_DE_PARRAFO in self.unido else None
        partes = (
            re.findall(rf"[^{corte}]*{corte}|[^{corte}]+$", self.unido)
            if corte
            else self.unido.splitlines(keepends=True)
        )
        crudas, lugar = [], 0
        for parte in partes:
            crudas.append((lugar, parte))
            lugar += len(parte)
        return crudas

    @cached_property
    def _lugares(self) -> dict[int, list[int]]:
        """Devuelve dónde está cada letra de los párrafos de cada tema, sin espacios."""
        crudas = iter(self._crudas())
        lugares: dict[int, list[int]] = {}
        for tema, linea in self._lineas_de_temas():
            # Entre una y otra quedan encabezados, números de página y blancos.
            hallada = next((c for c in crudas if " ".join(c[1].split()) == linea), None)
            if hallada is None:
                break
            inicio, cruda = hallada
            if tema is not None:
                lugares.setdefault(tema, []).extend(
                    inicio + i for i, letra in enumerate(cruda) if not letra.isspace()
                )
        return lugares

    def hallar(
        self, tema: int, parrafo: int, desde: int, hasta: int, sha256: str
    ) -> Tramo | None:
        """Devuelve el lugar de un pasaje, o None si allí no está o su huella es otra.

        `desde` y `hasta`, como en una cita: desde 1 e inclusive, dentro del párrafo.
        """
        tema = tema if self.clase == "informe" else TODO
        parrafos = self._parrafos.get(tema, [])
        if parrafo > len(parrafos):
            return None
        dicho = parrafos[parrafo - 1][desde - 1 : hasta]
        if hashlib.sha256(dicho.encode()).hexdigest() != sha256 or not dicho.strip():
            return None
        antes = "".join(parrafos[: parrafo - 1]) + parrafos[parrafo - 1][: desde - 1]
        primera = len(_letras(antes))
        suyos = self._lugares.get(tema, [])[primera : primera + len(_letras(dicho))]
        if "".join(self.unido[i] for i in suyos) != _letras(dicho):
            return None
        return Tramo(suyos[0], suyos[-1] + 1)

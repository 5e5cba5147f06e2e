"""Qué se pregunta a todos los motores, y con qué forma se comparan sus respuestas.

Cada respuesta son una o más tablas. Para compararlas se dejan como tuplas de valores
planos, con las columnas que aquí se nombran; sin orden propio, van ordenadas.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol, SupportsInt

from tablero.exportar import inerte

Fila = tuple[object, ...]
Respuesta = tuple[list[Fila], ...]
Consultas = Mapping[str, Callable[[], tuple[object, ...]]]

# Lo que las preguntas fijan. El tipo lleva uno de cada veinte enunciados sintéticos.
TEMA, NATURALEZA, TIPO = 2, "recomendacion", "SEG"
PALABRAS = ("capacitacion", "mineria")
PAGINA = 50


@dataclass(frozen=True)
class Pregunta:
    """Una pregunta: cómo se llama en el informe, y las columnas de cada tabla.

    `sin_ceros`: el producto agrega las regiones y los pares de mesas sin enunciados,
    que no salen de contar; se comparan sin esas filas.
    """

    titulo: str
    tablas: tuple[tuple[str, ...], ...]
    en_orden: bool = False
    sin_ceros: bool = False


PREGUNTAS: dict[str, Pregunta] = {
    "temas_tipos": Pregunta("theme × type", (("tema_id", "tipo", "enunciados"),)),
    "filtrada": Pregunta(
        "theme × type, one theme, recommendations only",
        (("tema_id", "tipo", "enunciados"),),
    ),
    "facetas": Pregunta(
        "facet counts (type × nature, theme × nature)",
        (
            ("tipo", "naturaleza", "enunciados", "del_tipo"),
            ("tema_id", "naturaleza", "enunciados"),
        ),
    ),
    "grupos_tipos": Pregunta("group × type", (("grupo_id", "tipo", "enunciados"),)),
    "instrumentos": Pregunta(
        "instrument × nature", (("instrumento_id", "naturaleza", "enunciados"),)
    ),
    "pares": Pregunta(
        "paired comparison of the two mesas",
        (("tema_dialogo_id", "ambas", "solo_a", "solo_b"),),
        sin_ceros=True,
    ),
    "anios_tipos": Pregunta(
        "year × type", (("anio", "tipo", "enunciados", "total", "dialogos"),)
    ),
    "regiones": Pregunta(
        "statements per region", (("region_id", "enunciados"),), sin_ceros=True
    ),
    "buscar": Pregunta(
        f"search of two words: count and first {PAGINA}",
        (("enunciados",), ("enunciado_id", "texto")),
        en_orden=True,
    ),
    "exportar": Pregunta(
        "export of one type to CSV", (("enunciado_id", "texto"),), en_orden=True
    ),
}


# Lo que sale al exportar: las columnas públicas de `enunciados_api`.
EXPORTADAS = (
    "enunciado_id", "dialogo_id", "dialogo", "es_ficticio", "region_id", "region",
    "anio", "tema_id", "tema", "mesa", "nivel_atribucion", "pregunta", "texto",
    "naturaleza", "tipo", "recurso", "instrumentos", "certeza", "reitera_a", "seccion",
    "parrafo", "lugar", "libro", "codificado_por",
)  # fmt: skip
# Las demás que alguna pregunta necesita.
INTERNAS = ("posicion", "tema_dialogo_id", "convocatoria", "tratados", "texto_busqueda")
# Los textos que se repiten mucho: pandas y polars las guardan como categorías.
REPETIDAS = (
    "dialogo_id", "dialogo", "region_id", "region", "tema", "mesa", "nivel_atribucion",
    "pregunta", "naturaleza", "tipo", "recurso", "instrumentos", "certeza", "seccion",
    "libro", "codificado_por", "tema_dialogo_id", "convocatoria", "tratados",
)  # fmt: skip


@dataclass(frozen=True)
class Lugar:
    """Dónde está lo que cada motor abre: la base y la carpeta de las copias."""

    base: Path
    copias: Path

    def parquet(self, tabla: str) -> Path:
        """La copia en Parquet de una tabla: enunciados, grupos o instrumentos."""
        return self.copias / f"{tabla}.parquet"

    @property
    def sqlite(self) -> Path:
        """Las tres tablas, en SQLite."""
        return self.copias / "enunciados.sqlite"


class Motor(Protocol):
    """Lo que se mide: ya abierto, responde cada pregunta por su nombre."""

    preguntas: Consultas

    def filas(self, tabla: object, columnas: Sequence[str]) -> Iterable[Fila]:
        """Devuelve las filas de una tabla de este motor, con esas columnas."""


MOTORES: dict[str, str] = {
    "producto": "pruebas_de_carga.motores.producto",
    "pandas": "pruebas_de_carga.motores.de_pandas",
    "polars": "pruebas_de_carga.motores.de_polars",
    "sqlite": "pruebas_de_carga.motores.de_sqlite",
}


def abrir_motor(nombre: str, lugar: Lugar) -> Motor:
    """Abre un motor; solo importa el suyo, para que la memoria sea la de él."""
    motor: Motor = import_module(MOTORES[nombre]).abrir_en(lugar)
    return motor


def _plano(valor: object) -> object:
    # Solo NaN difiere de sí mismo: así dice un nulo pandas.
    if valor is None or valor != valor:
        return None
    return int(valor) if isinstance(valor, SupportsInt) else valor


def _del_csv(cuerpo: bytes, columnas: Sequence[str]) -> Iterable[Fila]:
    """Lee un CSV; el producto protege de fórmulas, y aquí se protege a todos igual."""
    lector = csv.DictReader(io.StringIO(cuerpo.decode("utf-8"), newline=""))
    for fila in lector:
        yield tuple(inerte(fila[columna]) for columna in columnas)


def responder(motor: Motor, clave: str) -> Respuesta:
    """Hace una pregunta y devuelve su respuesta en la forma en que se compara."""
    pregunta = PREGUNTAS[clave]
    normales = []
    tablas = motor.preguntas[clave]()
    for tabla, columnas in zip(tablas, pregunta.tablas, strict=True):
        crudas = (
            _del_csv(tabla, columnas)
            if isinstance(tabla, bytes)
            else motor.filas(tabla, columnas)
        )
        filas = [tuple(_plano(valor) for valor in fila) for fila in crudas]
        if pregunta.sin_ceros:
            filas = [fila for fila in filas if any(fila[1:])]
        normales.append(filas if pregunta.en_orden else sorted(filas, key=repr))
    return tuple(normales)


def huella(respuesta: Respuesta) -> str:
    """Devuelve el SHA-256 de una respuesta ya normalizada."""
    return hashlib.sha256(repr(respuesta).encode()).hexdigest()

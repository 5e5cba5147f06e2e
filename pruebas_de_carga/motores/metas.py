"""Lo que el producto se propuso frente a sus rivales, y cuánto se midió."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pruebas_de_carga.interaccion.medir import Medido
from pruebas_de_carga.motores.medir import Medida

UNO, MEDIO, MUCHO = 1_000, 100_000, 2_000_000
INTERACTIVAS = 50.0  # ms


@dataclass(frozen=True)
class Hallado:
    """Lo medido con un tamaño: cada motor solo, y la interacción entera."""

    medidas: dict[str, Medida]
    interaccion: dict[str, Medido]
    megas: dict[str, float]

    def veces(self, rival: str) -> float:
        """Devuelve cuántas veces más tarda la interacción entera de un rival."""
        return self.interaccion[rival]["ms"] / self.interaccion["producto"]["ms"]

    def pregunta(self, clave: str, rival: str) -> float:
        """Devuelve cuántas veces más tarda una pregunta suelta en un rival."""
        propia = self.medidas["producto"]["ms"][clave]
        return self.medidas[rival]["ms"][clave] / propia

    def peor(self) -> float:
        """Devuelve los ms de la pregunta interactiva más lenta."""
        propios = self.medidas["producto"]["ms"]
        return max(ms for clave, ms in propios.items() if clave != "exportar")


@dataclass(frozen=True)
class Meta:
    """Una meta: `pide` es lo mínimo, o lo máximo si `tope`."""

    titulo: str
    tamano: int
    pide: float
    medir: Callable[[Hallado], float]
    tope: bool = False

    def fila(self, hallado: Hallado) -> str:
        """Devuelve su fila, en Markdown."""
        medido = self.medir(hallado)
        cumple = medido <= self.pide if self.tope else medido >= self.pide
        signo = "≤" if self.tope else "≥"
        return (
            f"| {self.titulo} | {self.tamano:,} | {signo} {self.pide:.3g} |"
            f" {medido:.3g} | {'yes' if cumple else '**no**'} |"
        )


METAS: Sequence[Meta] = (
    Meta("whole interaction, times Datasette's", UNO, 1,
         lambda h: h.veces("datasette")),
    Meta("whole interaction, times Datasette's", MEDIO, 2,
         lambda h: h.veces("datasette")),
    Meta("whole interaction, times Datasette's", MUCHO, 8,
         lambda h: h.veces("datasette")),
    Meta("whole interaction, times Streamlit + pandas's", MEDIO, 3,
         lambda h: h.veces("pandas")),
    Meta("whole interaction, times Streamlit + pandas's", MUCHO, 12,
         lambda h: h.veces("pandas")),
    Meta("its time over Dash's", MEDIO, 1.25, lambda h: 1 / h.veces("dash"), tope=True),
    Meta("its time over Dash's", MUCHO, 1.25, lambda h: 1 / h.veces("dash"), tope=True),
    Meta("CSV, times pandas's", MUCHO, 5, lambda h: h.pregunta("exportar", "pandas")),
    Meta("CSV, its time over polars's", MUCHO, 2.5,
         lambda h: 1 / h.pregunta("exportar", "polars"), tope=True),
    Meta("paired comparison, times polars's", MUCHO, 25,
         lambda h: h.pregunta("pares", "polars")),
    Meta("slowest interactive question, ms", MUCHO, INTERACTIVAS, Hallado.peor,
         tope=True),
    Meta("memory of the questions, over pandas's", MUCHO, 1 / 8,
         lambda h: h.medidas["producto"]["memoria"] / h.medidas["pandas"]["memoria"],
         tope=True),
    Meta("memory of the interaction, over Streamlit + pandas's", MUCHO, 1 / 8,
         lambda h: h.interaccion["producto"]["memoria"]
         / h.interaccion["pandas"]["memoria"], tope=True),
    Meta("file, over SQLite's", MUCHO, 1 / 3,
         lambda h: h.megas["producto"] / h.megas["sqlite"], tope=True),
)  # fmt: skip
POR_QUE = """\
Where it falls short, and why:

- Against Datasette with few statements: Datasette answers rows as JSON; here each click
  runs a page of Streamlit, with its widgets, two figures and two tables, and that alone
  is what the smallest size shows. With many, its median is of clicks that an index made
  for these very questions answers; the others take it seconds, and count in the mean
  and in the CPU of the server, in the tables below.
- Against Streamlit + pandas: both pay that same page, which bounds the ratio.
- CSV: every cell is protected from formulas, and the rows come in the documents' order.
- Paired comparison: it is answered from the statements, with every filter and the
  unrecorded mesas; the masks per pair that would make it faster were not adopted.
- Memory of the questions counts the pages of the file that DuckDB keeps, up to what is
  free; the whole server's, below, is the one that a machine must have.
- The file holds the normalised tables, their keys, the record of changes, the reading
  tables and the word index; SQLite's, only a copy of what these questions read.
"""


def tabla(hallados: dict[int, Hallado]) -> list[str]:
    """Devuelve la tabla de metas de los tamaños medidos, en Markdown."""
    filas = [
        meta.fila(hallados[meta.tamano])
        for meta in METAS
        if meta.tamano in hallados and hallados[meta.tamano].interaccion
    ]
    if not filas:
        return []
    encabezado = [
        "| goal | statements | asked | measured | met |",
        "|---|---:|---:|---:|---|",
    ]
    return ["\n## Goals\n", *encabezado, *filas, f"\n{POR_QUE}"]

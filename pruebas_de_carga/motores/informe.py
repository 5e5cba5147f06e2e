"""Redacta docs/rendimiento.md, en inglés, como lo demás que es para quien programa.

Solo escribe lo que ya se comparó: `comparar.py` no llega aquí si algo difiere.
"""

import os
import platform
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

from pruebas_de_carga.interaccion.medir import Medido
from pruebas_de_carga.motores.medir import VECES, Medida
from pruebas_de_carga.motores.metas import Hallado, tabla
from pruebas_de_carga.motores.preguntas import PALABRAS, PREGUNTAS, TEMA, TIPO

NOMBRES = {
    "producto": "product", "pandas": "pandas", "polars": "polars", "sqlite": "SQLite",
}  # fmt: skip
ENTEROS = {
    "producto": "product", "datasette": "Datasette", "dash": "Dash",
    "pandas": "Streamlit + pandas",
}  # fmt: skip
# De dónde abre cada motor, que es lo que ocupa en disco y lo que se prepara una vez.
ARCHIVOS = {
    "producto": "producto", "pandas": "parquet", "polars": "parquet",
    "sqlite": "sqlite",
}  # fmt: skip

ENTRADA = """\
# Performance: the product beside pandas, polars and SQLite

Written by `make bench`; do not edit by hand. To add the largest size, which takes some
minutes and about 6 GB of disk: `make bench TAMANOS="1000 100000 2000000"`.

The questions are those of the real pages, on synthetic statements
(`pruebas_de_carga/sintetico`). Every engine answered every question and the answers
were compared (SHA-256 of the sorted rows; search and export, in document order)
before any time was written: where one differs, this file is not written. Each base
also holds the few hundred statements that come with the project.
"""

METODO = """\
## How it is measured

- Each engine runs alone, in its own process, one after the other. Each question: one
  warm-up, then the median of {veces}. In brackets, the time divided by
  the product's: below 1 the other engine is faster. Wall clock.
- **product**: `consultas/*.sql` through `consultas.lector.consultar`, with the word
  index and the counted cells (`consultas.atajos`) and the base as `datos.base.abrir`
  opens it (one thread below 50,000 statements, two above); export through
  `tablero.en_sql`.
  The dashboard also keeps answers in memory, by edition: not used here, every time is
  a new question. Its time limit per query (1 s) is raised, to measure and not to
  stop. With few statements its time is mostly the planning of the query and does not
  depend on the rows.
- **pandas**: the wide table in memory, repeated values as categoricals, counted
  before joining. **polars**: the same with Categorical and lazy queries, all the
  cores.
- **SQLite**: the wide table with a covering index for each question, a trigram FTS5
  index for the search, `analyze`, memory-mapped.
- The other three read a copy with only the columns that these questions need, made
  from the product's derived table. The product's answers also carry the names and
  orders that the charts use; theirs do not.
- Search: «{palabras}», as parts of words, without accents. Filter: theme {tema},
  recommendations. Export: type {tipo}, about 5 % of the rows, 24 columns; only the
  product protects cells from formulas, which costs it time; equality there is the
  same statements with the same text in the same order.
- Load is what a start costs, with the imports of the engine and the files in the
  system's cache. Prepare is paid once for each new edition of the data: for the
  product, generating the whole synthetic base (normalised tables, checks, derived
  tables, word index), «—» if it was there already; for pandas and polars, writing the
  Parquet; for SQLite, filling and indexing its file from it.
- Memory is the peak of the whole process, libraries included, over all the questions.
  For the product and SQLite it counts pages of the file kept in memory, up to what is
  free.

- Whole interaction: all servers run at once and each click goes to one after another,
  so that whatever else the machine does falls on all. A click chooses a value never
  chosen before; it ends when the server's answer has arrived. The product and Streamlit
  with pandas speak Streamlit's websocket; Dash answers one callback; Datasette, six
  requests to saved queries over an indexed SQLite with full-text search. They are asked
  the same, and the answers compared before any time is written. Drawing in the browser
  is not in it.

## What is not compared

- Superset; and what the browser takes to draw (`python -m pruebas_de_carga.navegador`
  measures this dashboard's).
- Writing. After a load the product derives its tables again; the others would copy
  and load again.
- Many people at once, and data that do not fit in memory.
- Statements of real dialogues: synthetic ones have few distinct words (about two
  thousand), which makes a word search harder than in real prose.
- The machine is small and shared. The load average says how busy it was; between
  two full runs on it, some cells changed by two or three times.
"""


@dataclass(frozen=True)
class Tamano:
    """Lo medido con una cantidad de enunciados. Segundos, megabytes."""

    enunciados: int
    medidas: Mapping[str, Medida]
    interaccion: Mapping[str, Medido]
    megas: Mapping[str, float]
    preparacion: Mapping[str, float | None]
    ocupacion: tuple[float, float, float]

    def hallado(self) -> Hallado:
        """Devuelve lo que se compara con las metas."""
        return Hallado(dict(self.medidas), dict(self.interaccion), dict(self.megas))


def _cifra(valor: float) -> str:
    return f"{valor:,.0f}" if valor >= 100 else f"{valor:.3g}"


def _razon(valor: float) -> str:
    return f"{valor:,.0f}" if valor >= 100 else f"{valor:.2g}"


def _fila(titulo: str, celdas: Sequence[str]) -> str:
    return f"| {titulo} | {' | '.join(celdas)} |"


def _tabla(tamano: Tamano) -> list[str]:
    motores = list(tamano.medidas)
    lineas = [
        _fila("milliseconds", [NOMBRES[m] for m in motores]),
        _fila("---", ["---:"] * len(motores)).replace(" ", ""),
    ]
    for clave, pregunta in PREGUNTAS.items():
        base = tamano.medidas["producto"]["ms"][clave]
        celdas = [_cifra(base)]
        for motor in motores[1:]:
            ms = tamano.medidas[motor]["ms"][clave]
            celdas.append(f"{_cifra(ms)} (×{_razon(ms / base)})")
        lineas.append(_fila(pregunta.titulo, celdas))
    preparacion = [tamano.preparacion[ARCHIVOS[m]] for m in motores]
    medidas = list(tamano.medidas.values())
    return [
        *lineas,
        _fila("load, s", [_cifra(m["carga"]) for m in medidas]),
        _fila("prepare, s", ["—" if s is None else _cifra(s) for s in preparacion]),
        _fila("peak memory, MB", [_cifra(m["memoria"]) for m in medidas]),
        _fila("file, MB", [_cifra(tamano.megas[ARCHIVOS[m]]) for m in motores]),
    ]


def _entera(tamano: Tamano) -> list[str]:
    """La tabla de la interacción entera, con quienes se pudieron instalar."""
    if not tamano.interaccion:
        return []
    propio = tamano.interaccion["producto"]
    lineas = [
        "\nOne whole interaction: six queries, two charts, two tables.\n",
        _fila(
            "",
            [
                "ms, median",
                "ms, mean",
                "CPU of the server, ms, mean",
                "peak memory, MiB",
            ],
        ),
        _fila("---", ["---:"] * 4).replace(" ", ""),
    ]
    for nombre, suyo in tamano.interaccion.items():
        reloj = _cifra(suyo["ms"])
        if nombre != "producto":
            reloj += f" (×{_razon(suyo['ms'] / propio['ms'])})"
        celdas = [reloj, *(_cifra(suyo[c]) for c in ("media", "cpu", "memoria"))]
        lineas.append(_fila(ENTEROS[nombre], celdas))
    return lineas


def _resumen(tamano: Tamano) -> str:
    """Dice en cuántas preguntas gana cada motor, y lo más lento del producto."""
    propios = tamano.medidas["producto"]["ms"]
    ganadas = Counter(
        min(tamano.medidas, key=lambda motor: tamano.medidas[motor]["ms"][clave])
        for clave in PREGUNTAS
    )
    cuentas = ", ".join(f"{NOMBRES[m]} {ganadas[m]}" for m in tamano.medidas)
    segunda, peor = sorted(PREGUNTAS, key=lambda clave: propios[clave])[-2:]
    return (
        f"\nFastest answers, of {len(PREGUNTAS)}: {cuentas}. The product's slowest:"
        f" {PREGUNTAS[peor].titulo}, {_cifra(propios[peor])} ms; then"
        f" {PREGUNTAS[segunda].titulo}, {_cifra(propios[segunda])} ms."
    )


def _version(paquete: str) -> str:
    try:
        return f"{paquete} {version(paquete)}"
    except PackageNotFoundError:
        return f"{paquete} not installed, not measured"


def _equipo() -> str:
    paquetes = ("duckdb", "pandas", "pyarrow", "numpy", "polars")
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores ({platform.machine()},"
        f" {platform.system()}).\nPython {platform.python_version()},"
        f" {', '.join(map(_version, paquetes))},\nSQLite {sqlite3.sqlite_version}."
    )


def redactar(tamanos: Sequence[Tamano]) -> str:
    """Devuelve el documento entero, en Markdown."""
    partes = [ENTRADA, _equipo(), *tabla({t.enunciados: t.hallado() for t in tamanos})]
    for tamano in tamanos:
        carga = ", ".join(f"{c:.1f}" for c in tamano.ocupacion)
        partes += [
            f"\n## {tamano.enunciados:,} statements\n",
            *_tabla(tamano),
            _resumen(tamano),
            *_entera(tamano),
            f"\nLoad average of the machine at the end (1, 5, 15 min): {carga}.",
        ]
    metodo = METODO.format(
        veces=VECES, palabras=" ".join(PALABRAS), tema=TEMA, tipo=TIPO
    )
    return "\n".join([*partes, "", metodo])

"""Lo que escribe DuckDB es, byte por byte, lo que escribe Python."""

import json
import math

import duckdb
import pytest
from duckdb import DuckDBPyConnection
from hypothesis import given, settings
from hypothesis import strategies as st

from consultas.partes import Columna
from tablero import en_sql
from tablero.exportar import (
    EXCEL,
    INVISIBLES,
    PELIGROSOS,
    SIMPLE,
    Cuadro,
    Formato,
    escribir,
)

COLUMNAS = [
    Columna("texto", "VARCHAR"),
    Columna("otro", "VARCHAR"),
    Columna("dicho", "BOOLEAN"),
    Columna("entero", "BIGINT"),
    Columna("decimal", "DOUBLE"),
]
TITULOS = tuple(columna.nombre for columna in COLUMNAS)
COMIENZOS = ["", *(f"{i}{p}" for i in ("", *INVISIBLES, "  ") for p in PELIGROSOS)]
# Sobre todo lo que importa, y además cualquier signo que UTF-8 admita.
SIGNOS = [*PELIGROSOS, *INVISIBLES, ",", ";", '"', "'", "\\", "\x00", "\x1f", "\x7f",
          "\x80", "A", "@", "ñ", "Á", "1", "\N{GRINNING FACE}"]  # fmt: skip
cualquiera = st.text(
    st.sampled_from(SIGNOS) | st.characters(exclude_categories=["Cs"]), max_size=12
)
textos = st.none() | st.builds("{}{}".format, st.sampled_from(COMIENZOS), cualquiera)
decimales = st.floats() | st.sampled_from([math.nan, -math.nan, -math.inf, -0.0])
filas = st.lists(
    st.tuples(
        textos,
        textos,
        st.none() | st.booleans(),
        st.none() | st.integers(-(2**63), 2**63 - 1),
        st.none() | decimales,
    ),
    max_size=5,
)


@pytest.fixture(scope="module")
def con() -> DuckDBPyConnection:
    abierta = duckdb.connect()
    definidas = ", ".join(f"{c.nombre} {c.tipo}" for c in COLUMNAS)
    abierta.execute(f"create table t (lugar integer, {definidas})")
    return abierta


def escritas(con: DuckDBPyConnection, expresion: str, valores: list[object]) -> bytes:
    """Devuelve lo que DuckDB escribe de unas filas, en su orden."""
    con.execute("delete from t")
    if valores:
        con.executemany("insert into t values (?, ?, ?, ?, ?, ?)", valores)
    dichas = con.execute(f"select encode({expresion}) from t order by lugar").fetchall()
    return b"".join(dicha for (dicha,) in dichas)


@pytest.mark.parametrize("formato", [EXCEL, SIMPLE], ids=lambda f: f.sufijo)
@settings(deadline=None)
@given(filas=filas)
def test_el_csv_por_duckdb_es_el_de_python_byte_por_byte(
    con: DuckDBPyConnection, formato: Formato, filas: list[tuple[object, ...]]
) -> None:
    encabezado = escribir(Cuadro(TITULOS, ()), formato)
    esperado = escribir(Cuadro(TITULOS, tuple(filas)), formato)
    valores: list[object] = [(lugar, *fila) for lugar, fila in enumerate(filas)]
    hallado = escritas(con, en_sql.linea(COLUMNAS, formato), valores)
    assert encabezado + hallado == esperado


@settings(deadline=None)
@given(filas=filas)
def test_el_json_por_duckdb_dice_lo_mismo(
    con: DuckDBPyConnection, filas: list[tuple[object, ...]]
) -> None:
    enteras = COLUMNAS[:4]
    valores: list[object] = [(lugar, *fila) for lugar, fila in enumerate(filas)]
    cuerpo = escritas(con, en_sql.objeto(enteras), valores).decode()
    assert json.loads(f"[{cuerpo.removeprefix(en_sql.ENTRE_OBJETOS)}]") == [
        dict(zip(TITULOS[:4], fila[:4], strict=True)) for fila in filas
    ]


@pytest.mark.parametrize("formato", [EXCEL, SIMPLE], ids=lambda f: f.sufijo)
def test_todo_comienzo_peligroso_sale_protegido(
    con: DuckDBPyConnection, formato: Formato
) -> None:
    filas = tuple((c, "", None, -1, -math.nan) for c in COMIENZOS)
    valores: list[object] = [(lugar, *fila) for lugar, fila in enumerate(filas)]
    hallado = escritas(con, en_sql.linea(COLUMNAS, formato), valores)
    assert hallado.count(b"'") == len(COMIENZOS) - 1
    encabezado = escribir(Cuadro(TITULOS, ()), formato)
    assert encabezado + hallado == escribir(Cuadro(TITULOS, filas), formato)


@pytest.mark.parametrize("formato", [EXCEL, SIMPLE], ids=lambda f: f.sufijo)
def test_una_enumeracion_se_escribe_como_su_texto(
    con: DuckDBPyConnection, formato: Formato
) -> None:
    dichos = ("=1", 'con "comillas"', "llano", "a,b;c")
    con.execute("create or replace temp table e (x varchar, lugar integer)")
    con.executemany(
        "insert into e values (?, ?)", [(d, n) for n, d in enumerate(dichos)]
    )
    con.execute(f"alter table e alter x type enum {dichos}")
    tipo = str(con.execute("select x from e limit 0").description[0][1])
    pedida = en_sql.linea([Columna("x", tipo), Columna("lugar", "BIGINT")], formato)
    hallado = con.execute(f"select {pedida} from e order by lugar").fetchall()
    cuadro = Cuadro(("x", "n"), tuple((d, n) for n, d in enumerate(dichos)))
    esperado = escribir(cuadro, formato).decode().split("\r\n", 1)[1]
    assert "".join(fila for (fila,) in hallado) == esperado


@pytest.mark.parametrize("tipo", ["TIMESTAMP", "DECIMAL(18,2)", "VARCHAR[]"])
def test_lo_que_no_se_sabe_escribir_igual_no_se_escribe(tipo: str) -> None:
    for escribe in (lambda c: en_sql.linea(c, SIMPLE), en_sql.objeto):
        with pytest.raises(TypeError, match="No se sabe escribir cuando"):
            escribe([Columna("cuando", tipo), Columna("texto", "VARCHAR")])

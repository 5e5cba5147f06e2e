"""Las reglas de `tablero.exportar`, dichas en SQL para que las siga DuckDB.

Una prueba compara las dos byte por byte. Todo es texto fijo: ningún valor entra aquí.
"""

from collections.abc import Generator, Sequence
from contextlib import closing
from functools import partial

from duckdb import DuckDBPyConnection

from consultas.partes import AlDar, Columna, recorrer
from tablero.exportar import (
    FIN_DE_LINEA,
    INVISIBLES,
    PELIGROSOS,
    Cuadro,
    Formato,
    escribir,
)

EJECUTABLE = f"^[{INVISIBLES}]*[{''.join(PELIGROSOS)}]".replace("-", r"\-")
# Los signos con que empieza lo ejecutable van antes de la A o después del ASCII:
# comparar letras cuesta la décima parte que la expresión, que mira solo lo que queda.
PRIMERA, ULTIMA = "A", "\x7f"
ENTRE_OBJETOS = ",\n"
ENTEROS = ("BOOLEAN", "INTEGER", "BIGINT")


def _cita(texto: str) -> str:
    return "'" + texto.replace("'", "''") + "'"


def _texto(columna: Columna) -> str | None:
    """Devuelve la expresión de una columna de texto, o None si es de enteros.

    Lanza TypeError si es de un tipo que no se sabe escribir como en Python.
    """
    if columna.tipo == "VARCHAR":
        return columna.nombre
    if columna.tipo.startswith("ENUM"):
        return f"cast({columna.nombre} as varchar)"
    if columna.tipo in ENTEROS:
        return None
    raise TypeError(f"No se sabe escribir {columna.nombre}, que es {columna.tipo}.")


def _celda(columna: Columna, formato: Formato) -> str:
    if columna.tipo == "DOUBLE":
        coma = "," if formato.coma_decimal else "."
        numero = f"replace(cast({columna.nombre} as varchar), '.', {_cita(coma)})"
        # El signo de lo que no es un número, DuckDB lo escribe y Python no.
        return f"replace({numero}, '-nan', 'nan')"
    celda = _texto(columna)
    if celda is None:
        return columna.nombre
    inerte = (
        f"case when ({celda} < {_cita(PRIMERA)} or {celda} > {_cita(ULTIMA)})"
        f" and regexp_matches({celda}, {_cita(EJECUTABLE)})"
        f" then concat('''', {celda}) else {celda} end"
    )
    especial = " or ".join(
        f"contains({celda}, {_cita(signo)})"
        for signo in (formato.separador, '"', *FIN_DE_LINEA)
    )
    citada = f"""concat('"', replace({inerte}, '"', '""'), '"')"""
    return f"case when {especial} then {citada} else {inerte} end"


def linea(columnas: Sequence[Columna], formato: Formato) -> str:
    """Devuelve la expresión que escribe una fila de CSV, de dos o más columnas.

    Lanza TypeError si una columna es de un tipo que no se sabe escribir igual.
    """
    entre = f", {_cita(formato.separador)}, "
    celdas = entre.join(_celda(columna, formato) for columna in columnas)
    # Para `concat` un nulo es un texto vacío.
    return f"concat({celdas}, {_cita(FIN_DE_LINEA)})"


def objeto(columnas: Sequence[Columna]) -> str:
    """Devuelve la expresión que escribe una fila como objeto JSON, tras una coma.

    En JSON nada se protege: los textos salen exactos. Lanza TypeError como `linea`.
    """
    partes = []
    for columna in columnas:
        texto = _texto(columna)
        dicho = (
            f"json_quote({texto})" if texto else f"cast({columna.nombre} as varchar)"
        )
        partes.append(f"""'"{columna.nombre}": ', coalesce({dicho}, 'null')""")
    pares = ", ', ', ".join(partes)
    return f"concat({_cita(ENTRE_OBJETOS)}, '{{', {pares}, '}}')"


def _entre(
    inicio: bytes, trozos: Generator[bytes], fin: bytes, sobra: bytes = b""
) -> Generator[bytes]:
    """Entrega los trozos entre un inicio y un fin, y los cierra al cerrarse.

    `sobra` es con lo que el primero empieza de más.
    """
    with closing(trozos):
        yield inicio + next(trozos, b"").removeprefix(sobra)
        yield from trozos
        yield fin


def csv(
    con: DuckDBPyConnection,
    nombre: str,
    enlazados: dict[str, object],
    formato: Formato,
    al_dar: AlDar = int,
) -> Generator[bytes]:
    """Responde una consulta como CSV, por trozos; los mismos bytes que `escribir`."""
    escrita = partial(linea, formato=formato)
    columnas, trozos = recorrer(con, nombre, enlazados, escrita, al_dar)
    titulos = Cuadro(tuple(columna.nombre for columna in columnas), ())
    return _entre(escribir(titulos, formato), trozos, b"")


def json(
    con: DuckDBPyConnection,
    nombre: str,
    enlazados: dict[str, object],
    al_dar: AlDar = int,
) -> Generator[bytes]:
    """Responde una consulta como una lista de objetos JSON, uno por línea."""
    _, trozos = recorrer(con, nombre, enlazados, objeto, al_dar)
    return _entre(b"[", trozos, b"]\n", ENTRE_OBJETOS.encode())

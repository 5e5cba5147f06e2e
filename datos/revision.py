"""Revisa datos en espera contra el esquema y las pruebas, y junta todas las faltas.

Las reglas no se repiten aquí: se leen del propio esquema (tipos, llaves, condiciones)
y de `datos/pruebas/*.sql`. Los nombres que entran en el SQL salen siempre del esquema.
"""

from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from datos.errores import Falta

PRUEBAS = Path(__file__).parent / "pruebas"
ESPERA = "espera"
TIPOS = {
    "INTEGER": "un número entero",
    "BOOLEAN": "true o false",
    "DATE": "una fecha AAAA-MM-DD",
}


@dataclass(frozen=True)
class Regla:
    """Una restricción del esquema, tal como DuckDB la describe."""

    tabla: str
    clase: str
    expresion: str | None
    columnas: list[str]
    otra_tabla: str | None
    otras_columnas: list[str]


def reglas(con: DuckDBPyConnection) -> list[Regla]:
    """Devuelve las restricciones del esquema `main`, en orden estable."""
    filas = con.execute(
        "select table_name, constraint_type, expression, constraint_column_names,"
        " referenced_table, referenced_column_names from duckdb_constraints()"
        " where database_name = current_database() and schema_name = 'main'"
        " and table_name <> 'base_info' order by table_name, constraint_index"
    ).fetchall()
    return [Regla(*fila) for fila in filas]


def columnas(con: DuckDBPyConnection, tabla: str) -> dict[str, tuple[str, str]]:
    """Devuelve las columnas de `tabla`, en orden: nombre → (tipo, comentario)."""
    filas = con.execute(
        "select column_name, data_type, comment from duckdb_columns()"
        " where database_name = current_database() and schema_name = 'main'"
        " and table_name = ? order by column_index",
        [tabla],
    ).fetchall()
    return {nombre: (tipo, comentario) for nombre, tipo, comentario in filas}


def faltas_de_tipo(con: DuckDBPyConnection, tabla: str) -> list[Falta]:
    """Devuelve las celdas de `espera.<tabla>_crudo` que no son del tipo del esquema."""
    faltas = []
    for columna, (tipo, _) in columnas(con, tabla).items():
        filas = con.execute(
            f"select fila, {columna} from {ESPERA}.{tabla}_crudo"
            f" where {columna} is not null and try_cast({columna} as {tipo}) is null"
            f" order by fila"
        ).fetchall()
        debe = f"Debe ser {TIPOS.get(tipo, tipo)}."
        faltas += [
            Falta(f"{tabla}.csv", f"«{valor}» no sirve.", debe, fila, columna)
            for fila, valor in filas
        ]
    return faltas


def _consulta(regla: Regla) -> str | None:
    """Devuelve el SQL que lista (fila, valor) de las filas que rompen la regla."""
    tabla, lista = f"{ESPERA}.{regla.tabla}", ", ".join(regla.columnas)
    valor = f"concat_ws(' + ', {lista})"
    match regla.clase:
        case "NOT NULL":
            return f"select fila, '' from {tabla} where {lista} is null order by fila"
        case "CHECK":
            return (
                f"select fila, {valor} from {tabla}"
                f" where not ({regla.expresion}) order by fila"
            )
        case "PRIMARY KEY" | "UNIQUE":
            return (
                f"select fila, {valor} from {tabla} qualify count(*)"
                f" over (partition by {lista}) > 1 order by fila"
            )
        case "FOREIGN KEY":
            pares = zip(regla.columnas, regla.otras_columnas, strict=True)
            igual = " and ".join(f"o.{otra} = t.{una}" for una, otra in pares)
            completa = " and ".join(f"t.{una} is not null" for una in regla.columnas)
            valor = f"concat_ws(' + ', {', '.join(f't.{c}' for c in regla.columnas)})"
            return (
                f"select fila, {valor} from {tabla} as t where {completa}"
                f" and not exists (select 1 from {ESPERA}.{regla.otra_tabla} as o"
                f" where {igual}) order by fila"
            )
    return None


def _explicar(con: DuckDBPyConnection, regla: Regla, valor: str) -> tuple[str, str]:
    comentarios = columnas(con, regla.tabla)
    dice = " ".join(comentarios[columna][1] for columna in regla.columnas)
    match regla.clase:
        case "NOT NULL":
            return "está vacía.", f"Complétela. {dice}"
        case "PRIMARY KEY" | "UNIQUE":
            return f"«{valor}» se repite.", "Deje una sola fila con ese valor."
        case "FOREIGN KEY":
            return f"«{valor}» no existe en {regla.otra_tabla}.", "Corrija o agréguelo."
    return f"«{valor}» no es admisible.", f"Qué se espera: {dice}"


def faltas_de_esquema(con: DuckDBPyConnection) -> list[Falta]:
    """Devuelve las filas de `espera` que rompen una restricción del esquema."""
    faltas = []
    for regla in reglas(con):
        consulta = _consulta(regla)
        filas = con.execute(consulta).fetchall() if consulta else []
        for fila, valor in filas:
            problema, remedio = _explicar(con, regla, valor)
            lugar = " + ".join(regla.columnas)
            faltas.append(Falta(f"{regla.tabla}.csv", problema, remedio, fila, lugar))
    # DuckDB describe la llave primaria también como NOT NULL y a veces como UNIQUE.
    return list(dict.fromkeys(faltas))


def faltas_de_pruebas(con: DuckDBPyConnection) -> list[Falta]:
    """Corre `datos/pruebas/*.sql` sobre los datos en espera.

    Cada prueba devuelve las filas culpables: tabla, fila, columna, problema, remedio.
    """
    con.execute(f"set schema = '{ESPERA}'")
    try:
        return [
            Falta(f"{tabla}.csv", problema, remedio, fila, columna)
            for ruta in sorted(PRUEBAS.glob("*.sql"))
            for tabla, fila, columna, problema, remedio in con.execute(
                ruta.read_text(encoding="utf-8")
            ).fetchall()
        ]
    finally:
        con.execute("set schema = 'main'")

"""Construye la base desde `datos/fuente/*.csv`: entera o nada.

python -m datos.construir              # en datos/tablero.duckdb o en TABLERO_BD
python -m datos.construir --si-falta   # solo si no está
"""

import hashlib
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd
from duckdb import DuckDBPyConnection

from datos import revision
from datos.errores import ErrorDeDatos, Falta
from datos.fuente_csv import leer
from datos.ubicacion import VERSION_ESQUEMA, ruta_base

Ajustes = dict[str, str | bool | int | float | list[str]]

AQUI = Path(__file__).parent
FUENTE = AQUI / "fuente"
# Así la versión 1.5 de DuckDB todavía puede leer el archivo.
FORMATO = "v1.4.0"


def huella(fuente: Path = FUENTE) -> str:
    """Devuelve el SHA-256 de los archivos de `fuente`, por nombre y contenido."""
    suma = hashlib.sha256()
    for ruta in sorted(fuente.glob("*.csv")):
        suma.update(f"{ruta.name}\0{ruta.stat().st_size}\0".encode())
        suma.update(ruta.read_bytes())
    return suma.hexdigest()


def correr(con: DuckDBPyConnection, carpeta: str) -> None:
    """Corre en orden los .sql de una carpeta de datos/."""
    for ruta in sorted((AQUI / carpeta).glob("*.sql")):
        con.execute(ruta.read_text(encoding="utf-8"))


def _poner_en_espera(con: DuckDBPyConnection, tabla: str, ruta: Path) -> list[Falta]:
    """Deja las filas de `ruta` en `espera.<tabla>`, con su tipo y su número de fila."""
    nombres = list(revision.columnas(con, tabla))
    filas, faltas = leer(ruta, nombres) if ruta.exists() else ([], [])
    crudo = pd.DataFrame(
        [(numero, *celdas) for numero, celdas in filas], columns=["fila", *nombres]
    ).astype(dict.fromkeys(nombres, "string") | {"fila": "int64"})
    con.register("crudo", crudo)
    con.execute(f"create table espera.{tabla}_crudo as from crudo")
    con.unregister("crudo")
    faltas += revision.faltas_de_tipo(con, tabla)
    con.execute(
        f"create table espera.{tabla} as select * from main.{tabla} limit 0;"
        f"alter table espera.{tabla} add column fila bigint"
    )
    listas = ", ".join(f"try_cast({c} as {t})" for c, (t, _) in _tipos(con, tabla))
    con.execute(
        f"insert into espera.{tabla} select {listas}, fila from espera.{tabla}_crudo"
    )
    return faltas


def _tipos(con: DuckDBPyConnection, tabla: str) -> list[tuple[str, tuple[str, str]]]:
    return list(revision.columnas(con, tabla).items())


def _tablas(con: DuckDBPyConnection) -> list[str]:
    """Devuelve las tablas del esquema en orden de creación: antes quien es referido."""
    filas = con.execute(
        "select table_name from duckdb_tables()"
        " where schema_name = 'main' and table_name <> 'base_info' order by table_oid"
    ).fetchall()
    return [nombre for (nombre,) in filas]


def _cargar(con: DuckDBPyConnection, fuente: Path) -> None:
    con.execute("create schema espera")
    tablas = _tablas(con)
    faltas = [
        Falta(ruta.name, "no corresponde a ninguna tabla.", "Quítelo o renómbrelo.")
        for ruta in sorted(fuente.glob("*.csv"))
        if ruta.stem not in tablas
    ]
    for tabla in tablas:
        faltas += _poner_en_espera(con, tabla, fuente / f"{tabla}.csv")
    # Con celdas ilegibles las demás revisiones acusarían vacíos que no lo son.
    faltas = faltas or revision.faltas_de_esquema(con) + revision.faltas_de_pruebas(con)
    if faltas:
        raise ErrorDeDatos(f"No se construyó la base: {fuente} tiene faltas.", faltas)
    for tabla in tablas:
        con.execute(
            f"insert into main.{tabla} select * exclude (fila) from espera.{tabla}"
        )
    con.execute("drop schema espera cascade")


def construir(destino: Path, fuente: Path = FUENTE) -> Path:
    """Construye la base en `destino` y la devuelve; si algo falla, no toca `destino`.

    Lanza ErrorDeDatos con todas las faltas de la fuente, cada una con su archivo, fila
    y columna.
    """
    if not fuente.is_dir():
        raise ErrorDeDatos(f"No existe la carpeta {fuente}. Recupérela del proyecto.")
    destino.parent.mkdir(parents=True, exist_ok=True)
    nueva = destino.with_name(f".{destino.name}.{os.getpid()}.nueva")
    nueva.unlink(missing_ok=True)
    try:
        ajustes: Ajustes = {"storage_compatibility_version": FORMATO}
        with duckdb.connect(str(nueva), config=ajustes) as con:
            correr(con, "esquema")
            _cargar(con, fuente)
            correr(con, "lectura")
            con.execute(
                "insert into base_info values (?, ?, ?)",
                [
                    VERSION_ESQUEMA,
                    datetime.now(UTC).replace(tzinfo=None),
                    huella(fuente),
                ],
            )
        nueva.replace(destino)
    finally:
        for resto in (nueva, nueva.with_name(f"{nueva.name}.wal")):
            resto.unlink(missing_ok=True)
    return destino


def main() -> int:
    """Construye la base e informa; devuelve 0 si quedó lista y 1 si hay faltas."""
    if "--si-falta" in sys.argv[1:] and ruta_base().exists():
        return 0
    try:
        destino = construir(ruta_base())
    except (ErrorDeDatos, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Base lista en {destino}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

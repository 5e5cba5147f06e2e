"""Construye la base desde `datos/fuente` y `datos/demostracion`: entera o nada.

python -m datos.construir              # en datos/tablero.duckdb o en TABLERO_BD
python -m datos.construir --si-falta   # solo si no está ni estuvo
"""

import hashlib
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
from duckdb import DuckDBPyConnection

from datos import revision
from datos.ajustes import Ajustes
from datos.derivar import derivar_todo
from datos.errores import ErrorDeDatos, Falta
from datos.filas import ahora
from datos.fuente_csv import leer
from datos.respaldos import carpeta as carpeta_de_respaldos
from datos.ubicacion import VERSION_ESQUEMA, ruta_base

AQUI = Path(__file__).parent
FUENTE = AQUI / "fuente"
# Diálogos inventados, marcados `es_ficticio`: solo muestran qué hace la herramienta.
DEMOSTRACION = AQUI / "demostracion"
CARPETAS = (FUENTE, DEMOSTRACION)
# En espera, las filas de la segunda carpeta se numeran desde aquí, y así se reconocen.
SALTO = 10_000_000
# Así la versión 1.5 de DuckDB todavía puede leer el archivo.
FORMATO = "v1.4.0"


def huella(carpetas: Sequence[Path] = CARPETAS) -> str:
    """Devuelve el SHA-256 de los archivos de origen, por nombre y contenido."""
    suma = hashlib.sha256()
    for carpeta in carpetas:
        for ruta in sorted(carpeta.glob("*.csv")):
            suma.update(f"{ruta.name}\0{ruta.stat().st_size}\0".encode())
            suma.update(ruta.read_bytes())
    return suma.hexdigest()


def correr(con: DuckDBPyConnection, carpeta: str) -> None:
    """Corre en orden los .sql de una carpeta de datos/."""
    for ruta in sorted((AQUI / carpeta).glob("*.sql")):
        con.execute(ruta.read_text(encoding="utf-8"))


def _leer_todas(
    carpetas: Sequence[Path], tabla: str, nombres: list[str]
) -> tuple[list[tuple[int | str | None, ...]], list[Falta]]:
    todas: list[tuple[int | str | None, ...]] = []
    faltas: list[Falta] = []
    for lugar, carpeta in enumerate(carpetas):
        ruta = carpeta / f"{tabla}.csv"
        filas, malas = leer(ruta, nombres) if ruta.exists() else ([], [])
        todas += [(numero + lugar * SALTO, *celdas) for numero, celdas in filas]
        faltas += [replace(falta, archivo=_nombre(ruta, lugar)) for falta in malas]
    return todas, faltas


def _nombre(ruta: Path, lugar: int) -> str:
    return ruta.name if lugar == 0 else f"{ruta.parent.name}/{ruta.name}"


def _ubicar(falta: Falta, carpetas: Sequence[Path]) -> Falta:
    """Devuelve la falta con el archivo y la fila que una persona puede abrir."""
    lugar, fila = divmod(falta.fila or 0, SALTO)
    if lugar == 0:
        return falta
    archivo = _nombre(carpetas[lugar] / falta.archivo, lugar)
    return replace(falta, archivo=archivo, fila=fila)


def _poner_en_espera(
    con: DuckDBPyConnection, tabla: str, carpetas: Sequence[Path]
) -> list[Falta]:
    """Deja en `espera.<tabla>` sus filas, con su tipo y su número de fila."""
    nombres = list(revision.columnas(con, tabla))
    filas, faltas = _leer_todas(carpetas, tabla, nombres)
    crudo = pd.DataFrame(filas, columns=["fila", *nombres]).astype(
        dict.fromkeys(nombres, "string") | {"fila": "int64"}
    )
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


def _cargar(con: DuckDBPyConnection, carpetas: Sequence[Path]) -> None:
    con.execute("create schema espera")
    tablas = _tablas(con)
    faltas = [
        Falta(ruta.name, "no corresponde a ninguna tabla.", "Quítelo o renómbrelo.")
        for carpeta in carpetas
        for ruta in sorted(carpeta.glob("*.csv"))
        if ruta.stem not in tablas
    ]
    for tabla in tablas:
        faltas += _poner_en_espera(con, tabla, carpetas)
    # Con celdas ilegibles las demás revisiones acusarían vacíos que no lo son.
    faltas = faltas or revision.faltas_de_esquema(con) + revision.faltas_de_pruebas(con)
    if faltas:
        donde = " y ".join(str(carpeta) for carpeta in carpetas)
        ubicadas = [_ubicar(falta, carpetas) for falta in faltas]
        raise ErrorDeDatos(f"No se construyó la base: hay faltas en {donde}.", ubicadas)
    for tabla in tablas:
        con.execute(
            f"insert into main.{tabla} select * exclude (fila) from espera.{tabla}"
        )
    con.execute("drop schema espera cascade")


def construir(destino: Path, *carpetas: Path) -> Path:
    """Construye la base en `destino` y la devuelve; si algo falla, no toca `destino`.

    Sin `carpetas`, de la fuente y la demostración.

    Lanza ErrorDeDatos con todas las faltas de la fuente, cada una con su archivo, fila
    y columna.
    """
    carpetas = carpetas or CARPETAS
    for carpeta in carpetas:
        if not carpeta.is_dir():
            raise ErrorDeDatos(
                f"No existe la carpeta {carpeta}. Recupérela del proyecto."
            )
    destino.parent.mkdir(parents=True, exist_ok=True)
    nueva = destino.with_name(f".{destino.name}.{os.getpid()}.nueva")
    nueva.unlink(missing_ok=True)
    try:
        ajustes: Ajustes = {"storage_compatibility_version": FORMATO}
        with duckdb.connect(str(nueva), config=ajustes) as con:
            correr(con, "esquema")
            _cargar(con, carpetas)
            derivar_todo(con)
            # Solo depende del esquema: no se rehace con cada carga.
            con.execute((AQUI / "diccionario.sql").read_text(encoding="utf-8"))
            con.execute(
                "insert into base_info values (?, ?, ?)",
                [
                    VERSION_ESQUEMA,
                    ahora(),
                    huella(carpetas),
                ],
            )
        nueva.replace(destino)
    finally:
        for resto in (nueva, nueva.with_name(f"{nueva.name}.wal")):
            resto.unlink(missing_ok=True)
    return destino


def construir_si_falta(destino: Path) -> None:
    """Construye la base si no está y nunca estuvo.

    Lanza ErrorDeDatos si no está y hay respaldos suyos: construir otra en su lugar
    dejaría a todos creyendo que lo cargado se perdió.
    """
    if destino.exists():
        return
    if any(carpeta_de_respaldos(destino).glob("*.duckdb")):
        raise ErrorDeDatos(
            f"Falta la base {destino} y quedan respaldos de ella. Reponga el último con"
            " python -m datos.respaldo restaurar. Si quiere partir de cero, construya"
            " otra con make base."
        )
    construir(destino)


def exigir_sin_cargas(destino: Path) -> None:
    """Lanza ErrorDeDatos si rehacer la base perdería lo que alguien escribió."""
    if not destino.is_file():
        return
    try:
        with duckdb.connect(str(destino), read_only=True) as con:
            ((cuantas, ediciones),) = con.execute(
                "select (select count(*) from cargas where estado <> 'deshecha'),"
                " (select count(*) from bitacora where tabla in"
                " ('lecturas', 'respuestas', 'segmentaciones', 'libros_versiones'))"
            ).fetchall()
    except duckdb.CatalogException:
        # De antes de que hubiera cargas: no tiene ninguna.
        return
    except duckdb.IOException as error:
        raise ErrorDeDatos(
            f"La base {destino} está en uso o dañada. Detenga el tablero; si está"
            " dañada, muévala a otro lugar."
        ) from error
    if cuantas or ediciones:
        raise ErrorDeDatos(
            f"La base {destino} tiene {cuantas} cargas y {ediciones} cambios hechos en"
            " el tablero que se perderían. Si de verdad quiere rehacerla, muévala antes"
            " a otro lugar."
        )


def main() -> int:
    """Construye la base e informa; devuelve 0 si quedó lista y 1 si hay faltas."""
    destino = ruta_base()
    try:
        if "--si-falta" in sys.argv[1:]:
            construir_si_falta(destino)
            return 0
        exigir_sin_cargas(destino)
        construir(destino)
    except (ErrorDeDatos, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Base lista en {destino}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

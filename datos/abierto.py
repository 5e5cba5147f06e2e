"""Lleva todo el contenido a archivos abiertos, y de vuelta a una base igual.

python -m datos.abierto exportar DESTINO.zip [--bd BASE]
python -m datos.abierto construir ORIGEN.zip DESTINO.duckdb

Con el tablero en marcha la base está tomada: exporte su último respaldo con --bd.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from datos import abierto_paquete as forma
from datos.abierto_construir import construir
from datos.abierto_leeme import diccionario, leeme
from datos.base import EN_USO
from datos.errores import ErrorDeDatos
from datos.respaldo_revisar import exigir_camino, marca_de
from datos.respaldos import carpeta as carpeta_de_respaldos
from datos.salidas import CONSOLA, Salida, anotar
from datos.ubicacion import ruta_base

QUIEN = "consola"


def _abrir(ruta: Path) -> DuckDBPyConnection:
    if not ruta.is_file():
        raise ErrorDeDatos(f"No existe la base {ruta}.")
    try:
        return duckdb.connect(str(ruta), read_only=True)
    except duckdb.Error as error:
        if EN_USO in str(error):
            raise ErrorDeDatos(
                f"La base {ruta} está en uso por otro proceso. Detenga el tablero, o"
                f" exporte con --bd un respaldo de {carpeta_de_respaldos(ruta)}."
            ) from error
        raise ErrorDeDatos(f"La base {ruta} está dañada o no es de DuckDB.") from error


def _escribir_tabla(con: DuckDBPyConnection, carpeta: Path, tabla: str) -> None:
    """Escribe una tabla en su CSV, en el orden de su llave."""
    filas = con.execute(
        "select column_name, data_type from duckdb_columns()"
        " where schema_name = 'main' and table_name = ? order by column_index",
        [tabla],
    ).fetchall()
    llaves = con.execute(
        "select constraint_column_names from duckdb_constraints() where table_name = ?"
        " and schema_name = 'main' and constraint_type = 'PRIMARY KEY'",
        [tabla],
    ).fetchall()
    orden = llaves[0][0] if llaves else [columna for columna, _ in filas]
    # Con comillas va solo lo que es texto: ahí «vacío» y «no consta» son distintos.
    listas = ", ".join(
        c if tipo == "VARCHAR" else f"cast({c} as varchar) as {c}" for c, tipo in filas
    )
    textos = ", ".join(c for c, tipo in filas if tipo == "VARCHAR")
    comillas = f", force_quote ({textos})" if textos else ""
    ruta = str(carpeta / forma.de_tabla(tabla)).replace("'", "''")
    con.execute(
        f"copy (select {listas} from {tabla} order by {', '.join(orden)})"
        f" to '{ruta}' (format csv, {forma.ESCRIBIR}{comillas})"
    )


def exportar(ruta: Path, destino: Path) -> forma.Paquete:
    """Escribe en `destino` todo lo que la base dice, y devuelve qué lleva.

    Lanza ErrorDeDatos si el destino existe, si la base está en uso o dañada, o si es
    de un esquema más nuevo.
    """
    if destino.exists():
        raise ErrorDeDatos(f"{destino} ya existe. Elija otro nombre.")
    if not destino.parent.is_dir():
        raise ErrorDeDatos(f"No existe la carpeta {destino.parent}.")
    parcial = destino.with_name(f".{destino.name}.{os.getpid()}.parcial")
    try:
        with tempfile.TemporaryDirectory(dir=destino.parent) as suya:
            carpeta = Path(suya)
            (carpeta / forma.TABLAS).mkdir()
            with _abrir(ruta) as con:
                forma.encerrar(con, carpeta)
                paquete = _reunir(con, carpeta)
            parcial.touch(mode=0o600)
            menores = [forma.LEEME, forma.DICCIONARIO, forma.PAQUETE]
            forma.escribir(
                parcial, carpeta, [*menores, *map(forma.de_tabla, paquete.filas)]
            )
        parcial.replace(destino)
    except (OSError, duckdb.Error) as error:
        raise ErrorDeDatos(f"No se pudo exportar {ruta}: {error}") from error
    finally:
        parcial.unlink(missing_ok=True)
    return paquete


def _reunir(con: DuckDBPyConnection, carpeta: Path) -> forma.Paquete:
    """Deja en la carpeta todo lo que el paquete lleva."""
    marca = marca_de(con)
    try:
        exigir_camino(marca.version_esquema)
    except ErrorDeDatos as error:
        raise ErrorDeDatos(f"La base {error}") from error
    filas = dict(sorted(marca.filas.items()))
    secuencias = con.execute(
        "select sequence_name, coalesce(last_value, 0) from duckdb_sequences()"
        " order by sequence_name"
    ).fetchall()
    paquete = forma.Paquete(marca.version_esquema, filas, dict(secuencias))
    ((ultima,),) = con.execute(
        "select coalesce(cast((select momento from bitacora order by bitacora_id desc"
        " limit 1) as varchar), 'ninguna desde que se construyó')"
    ).fetchall()
    for tabla in filas:
        _escribir_tabla(con, carpeta, tabla)
    (carpeta / forma.LEEME).write_bytes(leeme(paquete, ultima))
    (carpeta / forma.DICCIONARIO).write_bytes(diccionario(con, list(filas)))
    (carpeta / forma.PAQUETE).write_bytes(forma.en_json(paquete))
    return paquete


def _anotar(exportada: Path, filas: int) -> None:
    """Anota que todo salió; un respaldo se anota donde su base."""
    de_la_base = exportada.absolute().parent == carpeta_de_respaldos(ruta_base())
    try:
        anotar(
            ruta_base() if de_la_base else exportada,
            Salida(QUIEN, "todo el contenido", CONSOLA, "zip", filas=filas),
        )
    except ErrorDeDatos as error:
        # Quien tiene la consola tiene el archivo de la base: impedirlo no protege nada.
        print(error, file=sys.stderr)


def opciones() -> argparse.ArgumentParser:
    """Devuelve lo que la orden admite."""
    admite = argparse.ArgumentParser(
        prog="python -m datos.abierto",
        description="Todo el contenido en archivos abiertos, ida y vuelta.",
        epilog="Devuelve 0 si se pudo y 1 si no.",
    )
    ordenes = admite.add_subparsers(dest="orden", required=True)
    ida = ordenes.add_parser("exportar", help="escribe el paquete")
    ida.add_argument("destino", type=Path, help="un .zip que no exista")
    ida.add_argument("--bd", type=Path, default=ruta_base(), help="base o respaldo")
    vuelta = ordenes.add_parser("construir", help="construye una base del paquete")
    vuelta.add_argument("origen", type=Path, help="el .zip")
    vuelta.add_argument("destino", type=Path, help="un .duckdb que no exista")
    return admite


def main(argumentos: Sequence[str] | None = None) -> int:
    """Hace lo que se pide; devuelve 0 si se pudo y 1 si no."""
    try:
        pedido = opciones().parse_args(argumentos)
    except SystemExit as error:
        return 1 if error.code else 0
    try:
        if pedido.orden == "exportar":
            filas = exportar(pedido.bd, pedido.destino).filas
            _anotar(pedido.bd, sum(filas.values()))
        else:
            filas = construir(pedido.origen, pedido.destino)
    except ErrorDeDatos as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{pedido.destino}: {len(filas)} tablas, {sum(filas.values())} filas.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

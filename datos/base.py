"""Abre la base, para leer o para escribir, y dice con claridad por qué no se puede."""

import logging
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from datos.ajustes import CERRADA, Ajustes
from datos.construir import CARPETAS, construir_si_falta, huella
from datos.derivar import ordenar_si_conviene
from datos.deshacer import terminar_pendientes
from datos.errores import ErrorDeDatos
from datos.escritura import transaccion
from datos.filas import INSTANTE, ahora, no_antes_de
from datos.migraciones import copiar, hay_camino, migrar, version
from datos.ubicacion import VERSION_ESQUEMA

registro = logging.getLogger("tablero")
AJUSTES: Ajustes = {
    **CERRADA,
    # La otra mitad es de quien la sirve. Lo que no cabe va a un archivo junto a la
    # base, que tampoco debe llenar el disco en que ella escribe.
    "memory_limit": "50%",
    "max_temp_directory_size": "2GiB",
    # Confirmar solo agrega al registro; llevarlo al archivo se pide aparte. Si el disco
    # se llena en eso, lo confirmado ya está a salvo y se puede decir que lo está.
    "checkpoint_threshold": "1TB",
}
# Con pocas filas, repartir una consulta en dos hilos cuesta más CPU que responderla.
FILAS_PARA_DOS_HILOS = 50_000
REHACER = (
    "Reponga su último respaldo con python -m datos.respaldo restaurar. ¿No se había"
    " cargado nada? Muévala a otro lugar y vuelva a iniciar: se construirá desde"
    " datos/fuente."
)
# Así lo dice DuckDB. «lock» solo no basta: un bloque dañado es un «block».
EN_USO = "Could not set lock"
DEL_REGISTRO = "WAL"


def _revisar_version(con: DuckDBPyConnection, ruta: Path) -> None:
    filas = con.execute("select version_esquema from base_info").fetchall()
    if filas != [(VERSION_ESQUEMA,)]:
        hallada = filas[0][0] if filas else None
        if hallada is not None and hallada > VERSION_ESQUEMA:
            raise ErrorDeDatos(
                f"La base {ruta} es de la versión {hallada} y este programa usa la"
                f" {VERSION_ESQUEMA}: la escribió un programa más nuevo. Vuelva a ese"
                " programa, o restaure un respaldo anterior al cambio. No se tocó nada."
            )
        raise ErrorDeDatos(
            f"La base {ruta} es de la versión {hallada or 'desconocida'} y este"
            f" programa usa la {VERSION_ESQUEMA}. {REHACER}"
        )


def _ajustar_hilos(con: DuckDBPyConnection) -> None:
    ((filas,),) = con.execute("select count(*) from lectura_enunciados").fetchall()
    ((cerrada,),) = con.execute(
        "select current_setting('lock_configuration')"
    ).fetchall()
    # Abierta otra vez en el mismo proceso, la base es la misma y ya está ajustada.
    if cerrada:
        return
    con.execute(f"set threads = {2 if filas >= FILAS_PARA_DOS_HILOS else 1}")
    con.execute("set lock_configuration = true")


def _seguir_la_hora(con: DuckDBPyConnection) -> None:
    """Toma la hora de la última escritura: lo que se escriba será posterior."""
    ((ultima,),) = con.execute("select max(momento) from bitacora").fetchall()
    no_antes_de(ultima)
    if ultima and ahora() - ultima < INSTANTE * 2:
        registro.warning(
            "El reloj de este equipo está antes que la última escritura, %s UTC. Revise"
            " su hora: mientras tanto, lo que se escriba se anota justo después.",
            ultima,
        )


def _poner_al_dia(ruta: Path, con: DuckDBPyConnection) -> DuckDBPyConnection:
    """Migra una base de un esquema anterior, después de copiarla."""
    desde = version(con)
    if desde is None or not hay_camino(desde):
        return con
    con.close()
    copiar(ruta, desde)
    con = duckdb.connect(str(ruta), config=AJUSTES)
    migrar(con, desde)
    return con


def _motivo(dicho: str) -> str:
    if EN_USO in dicho:
        return "está en uso por otro proceso. Cierre el otro proceso."
    if DEL_REGISTRO in dicho:
        return (
            "tiene al lado un registro de escritura (.wal) dañado o de otra base, y no"
            f" se abrió para no mezclarlas. {REHACER}"
        )
    return f"está dañada o no es de DuckDB. {REHACER}"


def abrir(ruta: Path, *, escribe: bool = False) -> DuckDBPyConnection:
    """Abre la base, en solo lectura salvo `escribe`; si no existe, la construye antes.

    Para escribir, pone al día el esquema y termina lo que haya quedado a medias.

    Lanza ErrorDeDatos, con un mensaje para una persona, si la fuente tiene faltas, si
    el archivo no es una base, está dañado, lo usa otro proceso o es de otra versión.
    """
    construir_si_falta(ruta)
    try:
        con = duckdb.connect(str(ruta), read_only=not escribe, config=AJUSTES)
        if escribe:
            con = _poner_al_dia(ruta, con)
        _revisar_version(con, ruta)
        if escribe:
            _seguir_la_hora(con)
            terminar_pendientes(con)
            transaccion(con, partial(ordenar_si_conviene, con))
        _ajustar_hilos(con)
    except duckdb.CatalogException as error:
        raise ErrorDeDatos(f"A la base {ruta} le faltan tablas. {REHACER}") from error
    except duckdb.Error as error:
        raise ErrorDeDatos(f"La base {ruta} {_motivo(str(error))}") from error
    return con


def es_de_la_fuente(
    con: DuckDBPyConnection, carpetas: Sequence[Path] = CARPETAS
) -> bool:
    """Dice si la base se construyó de los archivos que hoy están en `carpetas`."""
    filas = con.execute("select huella_fuente from base_info").fetchall()
    return filas == [(huella(carpetas),)]

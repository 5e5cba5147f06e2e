"""Abre la base, para leer o para escribir, y dice con claridad por qué no se puede."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from datos.construir import CARPETAS, Ajustes, construir, huella
from datos.deshacer import terminar_pendientes
from datos.errores import ErrorDeDatos
from datos.migraciones import copiar, hay_camino, migrar, version
from datos.ubicacion import VERSION_ESQUEMA

# Lo que llega de fuera nunca debe lograr que la base lea o escriba otros archivos.
AJUSTES: Ajustes = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    # Ni las claves que alguien guardó en este equipo ni las variables de Python.
    "allow_persistent_secrets": False,
    "python_enable_replacements": False,
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
    "Muévala a otro lugar y reponga la última copia de su carpeta de respaldos; si no"
    " se había cargado nada, vuelva a iniciar: se construirá desde datos/fuente."
)


def _revisar_version(con: DuckDBPyConnection, ruta: Path) -> None:
    filas = con.execute("select version_esquema from base_info").fetchall()
    if filas != [(VERSION_ESQUEMA,)]:
        hallada = filas[0][0] if filas else "desconocida"
        raise ErrorDeDatos(
            f"La base {ruta} es de la versión {hallada} y este programa"
            f" usa la {VERSION_ESQUEMA}. {REHACER}"
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


def abrir(ruta: Path, *, escribe: bool = False) -> DuckDBPyConnection:
    """Abre la base, en solo lectura salvo `escribe`; si no existe, la construye antes.

    Para escribir, pone al día el esquema y termina lo que haya quedado a medias.

    Lanza ErrorDeDatos, con un mensaje para una persona, si la fuente tiene faltas, si
    el archivo no es una base, está dañado, lo usa otro proceso o es de otra versión.
    """
    if not ruta.exists():
        construir(ruta)
    try:
        con = duckdb.connect(str(ruta), read_only=not escribe, config=AJUSTES)
        if escribe:
            con = _poner_al_dia(ruta, con)
        _revisar_version(con, ruta)
        if escribe:
            terminar_pendientes(con)
        _ajustar_hilos(con)
    except duckdb.CatalogException as error:
        raise ErrorDeDatos(f"A la base {ruta} le faltan tablas. {REHACER}") from error
    except duckdb.Error as error:
        motivo = (
            "está en uso por otro proceso" if "lock" in str(error) else "está dañada"
        )
        remedio = "Cierre el otro proceso." if "lock" in str(error) else REHACER
        raise ErrorDeDatos(
            f"La base {ruta} {motivo} o no es de DuckDB. {remedio}"
        ) from error
    return con


def es_de_la_fuente(
    con: DuckDBPyConnection, carpetas: Sequence[Path] = CARPETAS
) -> bool:
    """Dice si la base se construyó de los archivos que hoy están en `carpetas`."""
    filas = con.execute("select huella_fuente from base_info").fetchall()
    return filas == [(huella(carpetas),)]

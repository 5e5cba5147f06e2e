"""Publica la base: una copia entera, que no cambia y que muchos pueden leer.

    python -m datos.publicar [--bd base.duckdb] [--guardar 5] DESTINO

Cada publicación es una carpeta con nombre único: un Parquet por tabla, para Spark, y la
base en solo lectura, para otras copias del tablero. `DESTINO/vigente.json` dice cuál
rige y se reemplaza de una vez: quien lo lee encuentra la anterior o la nueva, enteras.
"""

import argparse
import fcntl
import json
import logging
import os
import secrets
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from datos.errores import ErrorDeDatos
from datos.filas import ahora
from datos.migraciones import version
from datos.ubicacion import VERSION_ESQUEMA, ruta_base

registro = logging.getLogger("tablero")
SENA = "vigente.json"
SE_GUARDAN = 5
# Copiar mientras otro escribe: cuántas veces, y cuánto debe llevar quieto el archivo.
# El sistema fecha a saltos de milisegundos: dos escrituras en uno no se distinguen.
INTENTOS = 200
QUIETUD = 0.1


@dataclass(frozen=True)
class Publicacion:
    """Una publicación: su carpeta y su momento, en UTC. No cambia nunca."""

    carpeta: Path
    momento: datetime

    @property
    def base(self) -> Path:
        """Devuelve la base en solo lectura. Su nombre no se repite.

        DuckDB reconoce las bases por su ruta: con un nombre repetido, un proceso que
        tuviera abierta la anterior recibiría esa.
        """
        return self.carpeta / f"{self.carpeta.name}.duckdb"

    def tablas(self) -> dict[str, Path]:
        """Devuelve el Parquet de cada tabla, por su nombre."""
        return {ruta.stem: ruta for ruta in sorted(self.carpeta.glob("*.parquet"))}


def vigente(destino: Path) -> Publicacion:
    """Devuelve la publicación que rige en `destino`.

    Lanza ErrorDeDatos, con qué hacer, si no hay ninguna.
    """
    try:
        dicho = json.loads((destino / SENA).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ErrorDeDatos(
            f"Todavía no hay nada publicado en {destino}. Publique con: python -m"
            f" datos.publicar {destino}"
        ) from error
    momento = datetime.fromisoformat(dicho["momento"])
    return Publicacion(destino / dicho["publicacion"], momento)


def retener(publicacion: Publicacion) -> int:
    """Devuelve un descriptor: mientras esté abierto, nadie quita esa publicación.

    El sistema lo cierra aunque maten al proceso. Lanza OSError si ya no está.
    """
    carpeta = os.open(publicacion.carpeta, os.O_RDONLY)
    with suppress(OSError):  # hay discos de red que no saben de esto
        fcntl.flock(carpeta, fcntl.LOCK_SH | fcntl.LOCK_NB)
    return carpeta


def _quitar(carpeta: Path) -> None:
    """Quita una publicación, si nadie la retiene."""
    abierta = os.open(carpeta, os.O_RDONLY)
    try:
        fcntl.flock(abierta, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    except OSError as error:
        registro.debug("Este disco no sabe quién lee: %s", error)
    finally:
        os.close(abierta)
    shutil.rmtree(carpeta)


@contextmanager
def _turno(destino: Path) -> Iterator[None]:
    """Toma el turno de publicar; el sistema lo suelta aunque maten al proceso."""
    with (destino / ".turno").open("w") as archivo:
        try:
            fcntl.flock(archivo, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ErrorDeDatos(
                f"Otra publicación en {destino} está en curso. Espere a que termine."
            ) from error
        yield


def _huella(ruta: Path) -> tuple[int, int, int]:
    estado = ruta.stat()
    return estado.st_ino, estado.st_size, estado.st_mtime_ns


def _copiar(base: Path, copia: Path) -> None:
    """Copia la base y su registro como eran en un instante, aunque alguien escriba.

    Confirmar solo agrega al registro, y lo que quede a medias al final de él se ignora
    al abrir. Solo importa que el archivo no cambie entre tanto: entonces se repite.
    """
    registro, copiado = (r.with_name(f"{r.name}.wal") for r in (base, copia))
    for _ in range(INTENTOS):
        antes = _huella(base)
        if time.time() - antes[2] / 1e9 >= QUIETUD:
            copiado.unlink(missing_ok=True)
            shutil.copyfile(base, copia)
            with suppress(FileNotFoundError):
                shutil.copyfile(registro, copiado)
            if _huella(base) == antes:
                return
        time.sleep(QUIETUD)
    raise ErrorDeDatos(f"No se publicó: la base {base} no deja de cambiar. Espere a que"
                       " termine la carga en curso.")  # fmt: skip


def _llenar(base: Path, nueva: Publicacion) -> None:
    """Deja en la carpeta la base, sin registro pendiente, y un Parquet por tabla."""
    _copiar(base, nueva.base)
    # Sin los ajustes de datos/base.py, que cierran la escritura de otros archivos: esta
    # conexión es de la copia, dura esto y no recibe nada de fuera.
    with duckdb.connect(str(nueva.base)) as con:
        if (hallada := version(con)) != VERSION_ESQUEMA:
            raise ErrorDeDatos(
                f"La base {base} es de la versión {hallada} y este programa usa la"
                f" {VERSION_ESQUEMA}. Ábrala antes con el tablero, que la pone al día."
            )
        con.execute("checkpoint")
        for (tabla,) in con.execute(
            "select table_name from duckdb_tables() where schema_name = 'main'"
        ).fetchall():
            archivo = str(nueva.carpeta / f"{tabla}.parquet").replace("'", "''")
            con.execute(f"copy {tabla} to '{archivo}' (format parquet)")
    for ruta in nueva.carpeta.iterdir():
        ruta.chmod(0o444)
        _al_disco(ruta)
    _al_disco(nueva.carpeta)


def _al_disco(ruta: Path) -> None:
    """Espera a que un archivo o una carpeta esté en el disco, por si se va la luz."""
    abierto = os.open(ruta, os.O_RDONLY)
    try:
        os.fsync(abierto)
    finally:
        os.close(abierto)


def _senalar(destino: Path, nueva: Publicacion) -> None:
    dicho = {"publicacion": nueva.carpeta.name, "momento": nueva.momento.isoformat()}
    parcial = destino / f".{SENA}"
    parcial.write_text(json.dumps(dicho) + "\n", encoding="utf-8")
    _al_disco(parcial)
    parcial.replace(destino / SENA)
    _al_disco(destino)


def publicar(base: Path, destino: Path, guardar: int = SE_GUARDAN) -> Publicacion:
    """Publica la base en `destino` y quita las más antiguas que las últimas `guardar`.

    Las que alguien lee se quedan; se quitan en otra ocasión.

    La base puede estar en uso. Lanza ErrorDeDatos si no existe, es de otra versión,
    está dañada o no cabe; entonces sigue rigiendo la publicación anterior.
    """
    if not base.is_file():
        raise ErrorDeDatos(f"No existe la base {base}. Constrúyala con: make base")
    destino.mkdir(parents=True, exist_ok=True)
    momento = ahora()
    clave = f"p-{momento:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}"
    nueva = Publicacion(destino / clave, momento)
    with _turno(destino):
        # De un publicador al que mataron: nadie más tiene el turno y nadie las señala.
        for resto in destino.glob(".p-*"):
            shutil.rmtree(resto)
        en_obra = Publicacion(destino / f".{clave}", momento)
        en_obra.carpeta.mkdir()
        try:
            _llenar(base, en_obra)
            en_obra.base.rename(en_obra.carpeta / nueva.base.name)
            en_obra.carpeta.rename(nueva.carpeta)
        except (duckdb.Error, OSError) as error:
            raise ErrorDeDatos(
                f"No se pudo publicar la base {base} en {destino}: puede estar dañada o"
                " faltar espacio en el disco. Sigue rigiendo la publicación anterior."
            ) from error
        finally:
            shutil.rmtree(en_obra.carpeta, ignore_errors=True)
        _senalar(destino, nueva)
        for vieja in sorted(destino.glob("p-*"))[: -max(guardar, 1)]:
            # Con un reloj que retrocedió, la que rige no es la última por su nombre.
            if vieja != nueva.carpeta:
                _quitar(vieja)
    return nueva


def main() -> int:
    """Publica e informa; devuelve 0 si quedó publicada y 1 si no."""
    opciones = argparse.ArgumentParser(description="Publica la base para leerla.")
    opciones.add_argument("destino", type=Path)
    opciones.add_argument("--bd", type=Path, default=ruta_base())
    opciones.add_argument("--guardar", type=int, default=SE_GUARDAN)
    pedido = opciones.parse_args()
    try:
        nueva = publicar(pedido.bd, pedido.destino, pedido.guardar)
    except (ErrorDeDatos, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Publicada en {nueva.carpeta}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

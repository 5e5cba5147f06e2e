"""Pone un respaldo en el lugar de la base, sin perder la que estaba."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from datos.base import AJUSTES, EN_USO
from datos.errores import ErrorDeDatos
from datos.filas import ahora, en_json, insertar
from datos.migraciones import migrar
from datos.respaldo_copia import copiar
from datos.respaldo_ficha import Respaldo, exigir_sano
from datos.respaldo_revisar import huella
from datos.ubicacion import VERSION_ESQUEMA

TOMADA = (
    "La base {} está en uso por otro proceso. Detenga el tablero, compruebe que ningún"
    " otro programa la tiene abierta y vuelva a intentarlo. No se cambió nada."
)


@dataclass(frozen=True)
class Restaurada:
    """Qué se puso y dónde quedó la base anterior; None si no había ninguna."""

    sha256: str
    anterior: Path | None


def registro_de(ruta: Path) -> Path:
    """Devuelve el registro de escritura de una base."""
    return ruta.with_name(f"{ruta.name}.wal")


def juntar(ruta: Path) -> None:
    """Lleva al archivo el registro de escritura de la base, si está sana.

    Lanza ErrorDeDatos si otro proceso la tiene abierta.
    """
    try:
        with duckdb.connect(str(ruta), config=AJUSTES) as con:
            con.execute("checkpoint")
    except duckdb.Error as error:
        # Dañada, se deja como está: quizá por eso se restaura.
        if EN_USO in str(error):
            raise ErrorDeDatos(TOMADA.format(ruta)) from error


@contextmanager
def tomada(ruta: Path) -> Iterator[None]:
    """Mantiene la base fuera del alcance de otros, con el cerrojo que usa DuckDB.

    Mientras dura, este proceso no debe abrirla y cerrarla: soltaría el cerrojo.
    """
    tomada = os.open(ruta, os.O_RDWR)
    try:
        fcntl.lockf(tomada, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise ErrorDeDatos(TOMADA.format(ruta)) from error
    finally:
        os.close(tomada)


def _preparar(
    nueva: Path, respaldo: Path, desde: int, quien: str, hechos: dict[str, str]
) -> None:
    """Deja en `nueva` el respaldo, al día y con la constancia de que se restauró.

    `desde` es la versión de su esquema.
    """
    copiar(respaldo, nueva)
    with duckdb.connect(str(nueva), config=AJUSTES) as con:
        if desde != VERSION_ESQUEMA:
            migrar(con, desde)
        constancia = {
            "momento": ahora(),
            "quien": quien,
            "accion": "restaurar",
            "tabla": "base_info",
            "clave": en_json({"respaldo": respaldo.name}),
            "antes": None,
            "despues": en_json({**hechos, "version_esquema": desde}),
        }
        insertar(con, "bitacora", [constancia])
        con.execute("checkpoint")


def restaurar(ruta: Path, respaldo: Respaldo, quien: str) -> Restaurada:
    """Pone el respaldo en `ruta`; la base que había queda al lado, con otro nombre.

    Lanza ErrorDeDatos, con la base donde estaba, si el respaldo no sirve o es de una
    versión más nueva, si otro proceso usa la base o si falta espacio.
    """
    desde = exigir_sano(respaldo).version_esquema
    sha256 = respaldo.sha256 or huella(respaldo.archivo)
    sufijo = f"{ahora():%Y%m%d%H%M%S}-{secrets.token_hex(3)}"
    anterior = ruta.with_name(f"{ruta.name}.anterior-{sufijo}")
    nueva = ruta.with_name(f".{ruta.name}.{sufijo}.nueva")
    habia = ruta.exists()
    hechos = {"sha256": sha256, "anterior": anterior.name if habia else "no había"}
    try:
        if habia:
            juntar(ruta)
        _preparar(nueva, respaldo.archivo, desde, quien, hechos)
        if habia:
            with tomada(ruta):
                copiar(ruta, anterior)
                # Junto a una base que no es la suya impediría abrirla.
                registro_de(ruta).unlink(missing_ok=True)
                nueva.replace(ruta)
        else:
            nueva.replace(ruta)
    except OSError as error:
        raise ErrorDeDatos(
            f"No se restauró: {error} La base sigue donde estaba; puede faltar espacio"
            " en el disco."
        ) from error
    finally:
        for resto in (nueva, registro_de(nueva)):
            resto.unlink(missing_ok=True)
    return Restaurada(sha256, anterior if habia else None)

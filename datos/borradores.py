"""Borradores de una carga: un archivo JSON cada uno, fuera de la base.

Sobreviven a una conexión cortada y a un reinicio. Quien escribe toma el cerrojo de la
carpeta, y el archivo se reemplaza entero: nadie lee un borrador a medias.
"""

import contextlib
import errno
import fcntl
import json
import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from datos import permisos
from datos.errores import ErrorDeDatos
from datos.permisos import Rol

CLAVE = re.compile(r"[A-Za-z0-9_-]{1,64}")
TEMPORAL = ".tmp"
PARTES = {"version": int, "titulo": str, "creado": str, "cambiado": str}
DANADO = "Borrador dañado: no se puede leer"
YA_NO_ESTA = (
    "Ese borrador ya no está: se terminó o se quitó en otra ventana. Vuelva a cargar el"
    " archivo para empezar de nuevo."
)
OTRA_VENTANA = (
    "Este borrador ya no es el que usted tiene a la vista: otra ventana lo cambió."
    " Ábralo de nuevo desde la lista; lo que no alcanzó a guardar, repítalo ahí."
)
SIN_ESPACIO = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

Contenido: TypeAlias = dict[str, object]


@dataclass(frozen=True)
class Ficha:
    """Un borrador en la lista, en UTC; de uno dañado no consta cuándo."""

    clave: str
    titulo: str
    creado: datetime | None
    cambiado: datetime | None


def nueva_clave() -> str:
    """Devuelve una clave que nadie puede adivinar, de 22 caracteres [A-Za-z0-9_-]."""
    return secrets.token_urlsafe(16)


def _ruta(carpeta: Path, clave: str) -> Path:
    if not CLAVE.fullmatch(clave):
        aviso = "La clave del borrador no tiene la forma debida. Ábralo desde la lista."
        raise ErrorDeDatos(aviso)
    return carpeta / f"{clave}.json"


def _danado(clave: str, motivo: str) -> ErrorDeDatos:
    return ErrorDeDatos(
        f"El borrador {clave} está dañado: {motivo}. El archivo {clave}.json sigue en"
        " su sitio: recupérelo de un respaldo o quítelo y cargue el documento otra vez."
    )


def _momento(escrito: object) -> datetime | None:
    """Devuelve en UTC un momento ISO 8601, o None si no lo es."""
    try:
        return datetime.fromisoformat(str(escrito)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def leer(carpeta: Path, clave: str) -> Contenido:
    """Devuelve un borrador: version, titulo, creado, cambiado (ISO 8601) y datos.

    Lanza ErrorDeDatos si la clave no tiene la forma debida, si ya no está o si está
    dañado; el archivo dañado queda donde estaba. Lo que hay en `datos` no se mira.
    """
    try:
        leido = json.loads(_ruta(carpeta, clave).read_bytes())
    except FileNotFoundError:
        raise ErrorDeDatos(YA_NO_ESTA) from None
    except OSError as error:
        raise _danado(clave, f"no se puede leer ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise _danado(clave, "no es un JSON entero") from error
    if not isinstance(leido, dict) or not {*PARTES, "datos"} <= leido.keys():
        raise _danado(clave, "le faltan partes")
    bien = all(type(leido[parte]) is tipo for parte, tipo in PARTES.items())
    if not bien or not _momento(leido["creado"]) or not _momento(leido["cambiado"]):
        raise _danado(clave, "su versión, su título o sus fechas no lo son")
    return leido


@contextlib.contextmanager
def _cerrojo(carpeta: Path, verbo: str) -> Iterator[int]:
    """Deja escribir a uno solo, entre hilos y procesos, y da la carpeta abierta."""
    try:
        carpeta.mkdir(mode=0o700, parents=True, exist_ok=True)
        abierta = os.open(carpeta, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(abierta, fcntl.LOCK_EX)
            yield abierta
        finally:
            os.close(abierta)
    except OSError as error:
        lleno = error.errno in SIN_ESPACIO
        motivo = "no queda espacio en el disco" if lleno else error.strerror
        raise ErrorDeDatos(
            f"No se pudo {verbo} el borrador: {motivo}. Lo que había antes sigue igual."
            f" Revise el espacio y los permisos de {carpeta}, y vuelva a intentarlo."
        ) from error


def _reemplazar(ruta: Path, contenido: bytes, carpeta: int) -> None:
    """Deja `contenido` en `ruta`, o la deja como estaba. Pide tener el cerrojo."""
    for resto in ruta.parent.glob(f".*{TEMPORAL}"):
        resto.unlink()  # nadie más escribe: es de un proceso que murió
    descriptor, temporal = tempfile.mkstemp(TEMPORAL, ".", ruta.parent)
    try:
        with os.fdopen(descriptor, "wb") as archivo:
            archivo.write(contenido)
            archivo.flush()
            os.fsync(archivo.fileno())
        Path(temporal).replace(ruta)
    finally:
        Path(temporal).unlink(missing_ok=True)
    # Sin esto, un corte de luz puede deshacer el cambio de nombre, que ya está hecho.
    with contextlib.suppress(OSError):
        os.fsync(carpeta)


def guardar(
    carpeta: Path, clave: str, contenido: Contenido, ahora: datetime, version: int
) -> int:
    """Guarda un borrador, con `titulo` y `datos`, y devuelve su versión nueva.

    `version` es la que se leyó, o 0 si es nuevo; version, creado y cambiado se ponen
    aquí. Lanza ErrorDeDatos, sin haber cambiado nada, si otra ventana lo cambió o lo
    quitó, si está dañado, si no se puede escribir o si lleva algo que JSON no sabe.
    """
    permisos.exigir(Rol.EDICION)
    if not isinstance(contenido.get("titulo"), str) or "datos" not in contenido:
        raise ErrorDeDatos("El borrador no se guardó: debe llevar «titulo» y «datos».")
    ruta = _ruta(carpeta, clave)
    sellado = {**contenido, "version": version + 1, "cambiado": ahora.isoformat()}
    with _cerrojo(carpeta, "guardar") as abierta:
        anterior = leer(carpeta, clave) if ruta.exists() else None
        if anterior is None and version != 0:
            raise ErrorDeDatos(YA_NO_ESTA)
        if anterior is not None and anterior["version"] != version:
            raise ErrorDeDatos(OTRA_VENTANA)
        sellado["creado"] = (anterior or {"creado": sellado["cambiado"]})["creado"]
        try:
            escrito = json.dumps(sellado, allow_nan=False).encode("ascii")
        except (TypeError, ValueError, RecursionError) as error:
            aviso = (
                "El borrador no se guardó: lleva un valor que JSON no sabe escribir."
            )
            raise ErrorDeDatos(aviso) from error
        _reemplazar(ruta, escrito, abierta)
    return version + 1


def quitar(carpeta: Path, clave: str) -> None:
    """Quita un borrador, también uno dañado; ErrorDeDatos si ya no está."""
    permisos.exigir(Rol.EDICION)
    ruta = _ruta(carpeta, clave)
    with _cerrojo(carpeta, "quitar"):
        if not ruta.exists():
            raise ErrorDeDatos(YA_NO_ESTA)
        ruta.unlink()


def listar(carpeta: Path) -> tuple[Ficha, ...]:
    """Devuelve los borradores, el último cambiado primero y los dañados al final."""
    fichas = []
    for clave in (r.stem for r in carpeta.glob("*.json") if CLAVE.fullmatch(r.stem)):
        try:
            leido = leer(carpeta, clave)
            momentos = (_momento(leido["creado"]), _momento(leido["cambiado"]))
            fichas.append(Ficha(clave, str(leido["titulo"]), *momentos))
        except ErrorDeDatos:
            # Lo quitado mientras se miraba la carpeta no está dañado: no está.
            if _ruta(carpeta, clave).exists():
                fichas.append(Ficha(clave, DANADO, None, None))
    nunca = datetime.min.replace(tzinfo=UTC)
    return tuple(sorted(fichas, key=lambda f: (f.cambiado or nunca, f.clave))[::-1])

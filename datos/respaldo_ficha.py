"""Un respaldo en disco: el archivo de DuckDB y, junto a él, su ficha en JSON."""

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from datos.errores import ErrorDeDatos
from datos.respaldo_revisar import Marca, exigir_sin_faltas, huella, leer_respaldo

FORMA = "%Y-%m-%dT%H:%M:%S"
PARCIAL = ".parcial"
# Lo que otro proceso dejó a medias no tiene este nombre, y se puede quitar.
PROCESO = secrets.token_hex(4)


@dataclass(frozen=True)
class Respaldo:
    """Un respaldo en disco. `momento` es ISO 8601 en UTC; sin ficha, `numero` es 0.

    `problema` dice por qué no sirve; `marca` es None si nadie lo ha abierto todavía.
    """

    archivo: Path
    numero: int = 0
    momento: str = ""
    sha256: str = ""
    marca: Marca | None = None
    problema: str = ""

    @property
    def sirve(self) -> bool:
        """Dice si se abrió y tenía lo que debía."""
        return self.marca is not None and not self.problema


def _ficha(archivo: Path) -> Path:
    return archivo.with_name(f"{archivo.name}.json")


def leer(archivo: Path) -> Respaldo:
    """Devuelve un respaldo con lo que dice su ficha."""
    try:
        dicho = json.loads(_ficha(archivo).read_text(encoding="utf-8"))
        marca = Marca(**dicho.pop("marca")) if dicho["marca"] else None
        return Respaldo(archivo, **{**dicho, "marca": marca})
    except (OSError, ValueError, TypeError, KeyError):
        # De antes de que hubiera fichas, o perdió la suya: `verificar` la hace.
        hecho = datetime.fromtimestamp(archivo.stat().st_mtime, UTC)
        return Respaldo(archivo, momento=f"{hecho:{FORMA}}")


def anotar(respaldo: Respaldo) -> None:
    """Escribe la ficha de un respaldo, entera o nada."""
    dicho = asdict(respaldo)
    archivo = dicho.pop("archivo")
    parcial = archivo.with_name(f".{archivo.name}.{PROCESO}{PARCIAL}")
    parcial.write_text(
        json.dumps(dicho, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    parcial.replace(_ficha(archivo))


def exigir_sano(respaldo: Respaldo) -> Marca:
    """Revisa un respaldo a fondo y devuelve su marca. Lanza ErrorDeDatos si no sirve.

    Además de abrirlo, compara su SHA-256 y sus cuentas con los de su ficha, si la hay.
    """
    archivo = respaldo.archivo
    try:
        if respaldo.sha256 and huella(archivo) != respaldo.sha256:
            raise ErrorDeDatos("cambió desde que se hizo: su SHA-256 no es el suyo.")
        marca = leer_respaldo(archivo)
        if respaldo.marca not in (None, marca):
            raise ErrorDeDatos("no tiene las filas que dice su ficha.")
        exigir_sin_faltas(archivo, marca)
    except ErrorDeDatos as error:
        raise ErrorDeDatos(f"El respaldo {archivo} {error}") from error
    return marca


def quitar(archivo: Path) -> None:
    """Quita un respaldo, o una copia a medias, con lo que tenga al lado."""
    for suyo in (archivo, archivo.with_name(f"{archivo.name}.wal"), _ficha(archivo)):
        suyo.unlink(missing_ok=True)

"""El registro de lo que sale: cuándo, quién, qué, por dónde y cuántas filas.

Una línea de JSON por salida, en una carpeta junto a la base y no en ella: reponer un
respaldo no lo borra, y quien solo lee la base también anota. Solo se agrega. De lo
buscado queda que se buscó, y no las palabras.
"""

import json
import logging
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from datos.errores import ErrorDeDatos

registro = logging.getLogger("tablero")
BUSCAR = "buscar"
PAGINA, API, CONSOLA = "página", "api", "consola"
EMPEZADA, ENTERA, CORTADA = "empezada", "entera", "cortada"


def _ahora() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


@dataclass(frozen=True)
class Salida:
    """Una exportación. `momento` es ISO 8601, en UTC; `filtros`, códigos por filtro.

    Por la dirección para programas se anota al empezar y otra vez al terminar, con la
    misma `clave`: si el proceso muere entre medio, queda «empezada». De una «cortada»,
    `filas` son a lo más las que salieron.
    """

    quien: str
    asunto: str
    via: str
    formato: str
    filtros: Mapping[str, Sequence[str]] = field(default_factory=dict)
    filas: int = 0
    estado: str = ENTERA
    momento: str = field(default_factory=_ahora)
    clave: str = field(default_factory=lambda: secrets.token_hex(8))

    def de_ahora(self, filas: int) -> "Salida":
        """Devuelve otra igual, de este momento y con esas filas."""
        nueva = Salida(self.quien, self.asunto, self.via, self.formato, self.filtros)
        return replace(nueva, filas=filas)


def carpeta(ruta: Path) -> Path:
    """Devuelve dónde se anota lo que sale de una base, o TABLERO_EXPORTACIONES."""
    otra = os.environ.get("TABLERO_EXPORTACIONES", "").strip()
    return Path(otra) if otra else ruta.with_name(f"{ruta.name}.exportaciones")


def sin_palabras(filtros: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Devuelve los filtros con sus códigos; de la búsqueda, solo que la hubo."""
    return {
        nombre: ["sí"] if nombre == BUSCAR else list(valores)
        for nombre, valores in filtros.items()
    }


def anotar(ruta: Path, salida: Salida) -> None:
    """Agrega una salida al registro y espera al disco.

    Varios procesos pueden anotar a la vez: cada línea es una sola escritura al final
    del archivo del mes. Lanza ErrorDeDatos si no se pudo.
    """
    limpia = replace(salida, filtros=sin_palabras(salida.filtros))
    # El salto va delante: si un corte de luz dejó una línea a medias, la cierra.
    linea = b"\n" + json.dumps(asdict(limpia), ensure_ascii=False).encode()
    archivo = carpeta(ruta) / f"{salida.momento[:7]}.jsonl"
    try:
        archivo.parent.mkdir(mode=0o700, exist_ok=True)
        abierto = os.open(archivo, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            if os.write(abierto, linea) != len(linea):
                raise OSError("quedó a medias")
            os.fsync(abierto)
        finally:
            os.close(abierto)
    except OSError as error:
        raise ErrorDeDatos(
            f"No se pudo anotar una exportación en {archivo}: {error}. Revise el"
            " espacio y los permisos."
        ) from error


def _de_linea(linea: str, archivo: Path) -> Salida | None:
    try:
        return Salida(**json.loads(linea))
    except (ValueError, TypeError):
        # Un corte de luz puede dejar una línea a medias; las demás se leen.
        registro.warning("Una línea de %s no se entiende.", archivo)
        return None


def leer(ruta: Path, desde: str = "", hasta: str = "~") -> Iterator[Salida]:
    """Recorre las salidas de la más nueva a la más antigua, cada una como terminó.

    `desde` y `hasta` son días, AAAA-MM-DD, inclusive.
    """
    for archivo in sorted(carpeta(ruta).glob("*.jsonl"), reverse=True):
        if not desde[:7] <= archivo.stem <= hasta[:7]:
            continue
        ultimas: dict[str, Salida] = {}
        texto = archivo.read_text(encoding="utf-8", errors="replace")
        for linea in filter(None, texto.split("\n")):
            salida = _de_linea(linea, archivo)
            if salida and desde <= salida.momento[:10] <= hasta:
                ultimas[salida.clave] = salida
        nuevas = reversed(ultimas.values())
        yield from sorted(nuevas, key=lambda s: s.momento, reverse=True)

"""La forma del paquete abierto: qué archivos trae un ZIP y cómo se comprueban.

Una tabla es un CSV (RFC 4180, UTF-8, comas, LF): vacío sin comillas es nulo, y entre
comillas, texto vacío. Los mismos datos dan los mismos bytes: orden y fechas son fijos.
"""

import hashlib
import json
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from duckdb import DuckDBPyConnection

from datos.errores import ErrorDeDatos, Falta

FORMATO = 1
LEEME, DICCIONARIO = "LEEME.txt", "diccionario.csv"
PAQUETE, SUMAS = "paquete.json", "SHA256SUMS"
TABLAS = "tablas/"
# La primera que un ZIP puede llevar: la de hoy haría distintos dos paquetes iguales.
FECHA = (1980, 1, 1, 0, 0, 0)
# Un paquete dice cuánto trae antes de abrirlo; lo que no es tabla cabe de sobra aquí.
MAXIMO_MENOR = 16 * 1024 * 1024
TROZO = 1024 * 1024
# Lo que DuckDB escribe y lee, y nada que adivine: así un texto vuelve byte por byte.
ESCRIBIR = "header true, delimiter ',', quote '\"', escape '\"', nullstr ''"
LEER = (
    "header = true, delim = ',', quote = '\"', escape = '\"', nullstr = '',"
    " auto_detect = false, allow_quoted_nulls = false, strict_mode = true,"
    " new_line = '\\n', parallel = false"
)
SUME = "Pida otra copia del paquete, o compárelo con sha256sum -c SHA256SUMS."


@dataclass(frozen=True)
class Paquete:
    """Qué dice traer: versión del esquema, filas de cada tabla y sus secuencias."""

    version_esquema: int
    filas: dict[str, int]
    secuencias: dict[str, int]


def de_tabla(tabla: str) -> str:
    """Devuelve el nombre del CSV de una tabla dentro del paquete."""
    return f"{TABLAS}{tabla}.csv"


def en_json(paquete: Paquete) -> bytes:
    """Devuelve lo que va en paquete.json."""
    dicho = {"formato": FORMATO, **asdict(paquete)}
    return (json.dumps(dicho, ensure_ascii=False, indent=1) + "\n").encode()


def escribir(destino: Path, carpeta: Path, nombres: list[str]) -> None:
    """Escribe un ZIP con esos archivos de la carpeta, y al final sus sumas."""
    sumas = []
    with zipfile.ZipFile(destino, "w") as zip_:
        for nombre in nombres:
            suma = hashlib.sha256()
            with (
                (carpeta / nombre).open("rb") as origen,
                _entrada(zip_, nombre, (carpeta / nombre).stat().st_size) as salida,
            ):
                while trozo := origen.read(TROZO):
                    suma.update(trozo)
                    salida.write(trozo)
            sumas.append(f"{suma.hexdigest()}  {nombre}\n")
        with _entrada(zip_, SUMAS, 0) as salida:
            salida.write("".join(sumas).encode())


def _entrada(zip_: zipfile.ZipFile, nombre: str, largo: int) -> IO[bytes]:
    ficha = zipfile.ZipInfo(nombre, FECHA)
    ficha.compress_type, ficha.create_system = zipfile.ZIP_DEFLATED, 3
    ficha.external_attr = 0o600 << 16
    ficha.file_size = largo
    return zip_.open(ficha, "w")


def encerrar(con: DuckDBPyConnection, carpeta: Path) -> None:
    """Deja que una base lea y escriba en esa carpeta y en ninguna otra parte."""
    con.execute("set allowed_directories = [?]", [str(carpeta)])
    con.execute("set enable_external_access = false")


@contextmanager
def abrir(origen: Path) -> Iterator[zipfile.ZipFile]:
    """Abre un paquete. Lanza ErrorDeDatos si no es un ZIP o está cortado."""
    try:
        with zipfile.ZipFile(origen) as zip_:
            yield zip_
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise ErrorDeDatos(f"{origen} no es un ZIP o está dañado. {SUME}") from error
    except OSError as error:
        raise ErrorDeDatos(f"No se puede leer {origen}: {error.strerror}.") from error


def sacar(zip_: zipfile.ZipFile, carpeta: Path) -> list[Falta]:
    """Saca a una carpeta vacía los archivos del paquete; devuelve lo que no calza.

    Solo saca lo que SHA256SUMS nombra, y con su nombre llano. Lanza ErrorDeDatos si
    en el disco no cabe lo que el paquete dice traer.
    """
    nombres = zip_.namelist()
    if sum(i.file_size for i in zip_.infolist()) > shutil.disk_usage(carpeta).free:
        raise ErrorDeDatos("En el disco no cabe lo que el paquete trae.")
    if (sumas := _sumas(zip_)) is None:
        return [Falta(SUMAS, "falta o no se entiende.", SUME)]
    faltas = [
        Falta(nombre, "está en el paquete y SHA256SUMS no lo nombra.", SUME)
        for nombre in dict.fromkeys(nombres)
        if nombre not in sumas and nombre != SUMAS
    ]
    for nombre, suma in sumas.items():
        if nombres.count(nombre) != 1:
            faltas.append(Falta(nombre, "falta en el paquete o se repite.", SUME))
        elif not _es_llano(nombre):
            faltas.append(Falta(nombre, "no es un nombre admisible.", SUME))
        elif _sacar(zip_, nombre, carpeta / nombre) != suma:
            faltas.append(Falta(nombre, "no calza con su suma SHA-256.", SUME))
    return faltas


def _sumas(zip_: zipfile.ZipFile) -> dict[str, str] | None:
    """Devuelve nombre → SHA-256, o None si no se entienden."""
    try:
        if zip_.getinfo(SUMAS).file_size > MAXIMO_MENOR:
            return None
        lineas = zip_.read(SUMAS).decode().splitlines()
        return {nombre: suma for suma, nombre in (x.split("  ", 1) for x in lineas)}
    except (KeyError, ValueError, zipfile.BadZipFile, EOFError, zlib.error):
        return None


def leer_paquete(carpeta: Path) -> Paquete:
    """Devuelve lo que dice paquete.json. Lanza ErrorDeDatos si no se entiende."""
    try:
        dicho = json.loads((carpeta / PAQUETE).read_text(encoding="utf-8"))
        formato = dicho.pop("formato")
        if formato != FORMATO:
            raise ErrorDeDatos(
                f"El paquete es del formato {formato} y este programa lee el {FORMATO}."
                " Actualice el programa."
            )
        paquete = Paquete(**dicho)
        numeros = (paquete.version_esquema, *paquete.filas.values(),
                   *paquete.secuencias.values())  # fmt: skip
        if not all(isinstance(n, int) and n >= 0 for n in numeros):
            raise ValueError("un número no lo es")
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ErrorDeDatos(f"No se entiende {PAQUETE}. {SUME}") from error
    return paquete


def _es_llano(nombre: str) -> bool:
    suelto = nombre.removeprefix(TABLAS)
    return "/" not in suelto and "\\" not in suelto and not suelto.startswith(".")


def _sacar(zip_: zipfile.ZipFile, nombre: str, destino: Path) -> str:
    """Saca un archivo y devuelve su suma; si su contenido está roto, ninguna."""
    destino.parent.mkdir(exist_ok=True)
    suma = hashlib.sha256()
    try:
        with zip_.open(nombre) as entrada, destino.open("wb") as salida:
            while trozo := entrada.read(TROZO):
                suma.update(trozo)
                salida.write(trozo)
    except (zipfile.BadZipFile, EOFError, zlib.error):
        return ""
    return suma.hexdigest()

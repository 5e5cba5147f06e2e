"""Abre un respaldo y dice qué tiene, o por qué no sirve.

Leer todas las columnas de todas las tablas obliga a DuckDB a comprobar la suma de cada
bloque: un byte cambiado donde hay datos no pasa.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from datos import revision
from datos.ajustes import CERRADA, Ajustes
from datos.errores import ErrorDeDatos
from datos.migraciones import esquema_de, hay_camino, version
from datos.ubicacion import VERSION_ESQUEMA

# Un hilo y poca memoria: quienes miran el tablero están antes.
AJUSTES: Ajustes = {**CERRADA, "threads": 1, "memory_limit": "1GB"}
RAIZ = Path(__file__).resolve().parent.parent
CORTESIA = 10
CONTENIDO = "schema_name = 'main' and not starts_with(table_name, 'lectura_')"


@dataclass(frozen=True)
class Marca:
    """En qué punto está una base: dos con la misma marca dicen lo mismo.

    `bitacora` es el último número de la bitácora, que crece con cada escritura y no
    depende del reloj; `filas` cuenta las de cada tabla que no se deriva de otras.
    """

    version_esquema: int
    construida: str
    bitacora: int
    filas: dict[str, int]


def marca_de(con: DuckDBPyConnection) -> Marca:
    """Devuelve la marca de una base abierta. Lanza ErrorDeDatos si le falta qué es."""
    try:
        desde = version(con)
        ((construida, bitacora),) = con.execute(
            "select cast(max(construida) as varchar),"
            " (select coalesce(max(bitacora_id), 0) from bitacora) from base_info"
        ).fetchall()
    except duckdb.CatalogException as error:
        raise ErrorDeDatos("no es una base del tablero.") from error
    if desde is None:
        raise ErrorDeDatos("no dice de qué versión es.")
    tablas = con.execute(
        f"select table_name from duckdb_tables() where {CONTENIDO} order by table_oid"
    ).fetchall()
    cuentas = " union all ".join(f"select '{t}', count(*) from {t}" for (t,) in tablas)
    return Marca(desde, construida, bitacora, dict(con.execute(cuentas).fetchall()))


def _leer_todo(con: DuckDBPyConnection) -> None:
    tablas = con.execute(
        "select table_name from duckdb_tables() where schema_name = 'main'"
    ).fetchall()
    # En una sola consulta: planificar cada una cuesta más que leer una tabla pequeña.
    sumas = (f"select bit_xor(hash(t)) from {tabla} as t" for (tabla,) in tablas)
    con.execute(" union all ".join(sumas)).fetchall()


def abrir_copia(copia: Path) -> Marca:
    """Abre una copia recién hecha, le suma su registro de escritura y la lee entera.

    Al volver, `copia` es un solo archivo. Lanza ErrorDeDatos si no sirve; su mensaje
    completa la frase «el respaldo…».
    """
    return _abrir(copia, une=True)


def leer_respaldo(respaldo: Path) -> Marca:
    """Lee entero un respaldo, sin cambiarlo. Lanza ErrorDeDatos como `abrir_copia`."""
    return _abrir(respaldo, une=False)


def _abrir(ruta: Path, *, une: bool) -> Marca:
    try:
        with duckdb.connect(str(ruta), read_only=not une, config=AJUSTES) as con:
            marca = marca_de(con)
            exigir_camino(marca.version_esquema)
            _leer_todo(con)
            if une:
                con.execute("checkpoint")
    except duckdb.Error as error:
        primera = str(error).splitlines()[0]
        raise ErrorDeDatos(
            f"está dañado o no es de DuckDB. Lo que dijo: {primera}"
        ) from error
    return marca


def exigir_camino(desde: int) -> None:
    """Lanza ErrorDeDatos si este programa no sabe leer una base de esa versión."""
    if desde > VERSION_ESQUEMA:
        raise ErrorDeDatos(
            f"es de la versión {desde}, más nueva que la {VERSION_ESQUEMA} de este"
            " programa. Actualice el programa y vuelva a intentarlo."
        )
    if desde != VERSION_ESQUEMA and not hay_camino(desde):
        raise ErrorDeDatos(
            f"es de la versión {desde}, y este programa usa la {VERSION_ESQUEMA} y no"
            " sabe llevarlo hasta ella."
        )


@contextmanager
def _en_espera(respaldo: Path) -> Iterator[DuckDBPyConnection]:
    """Pone lo de un respaldo donde se revisa lo que está por cargarse."""
    # Sin esto, lo que no cabe en memoria iría a la carpeta desde donde se llama.
    aparte: Ajustes = {"temp_directory": f"{respaldo}.tmp"}
    with duckdb.connect(
        config={**AJUSTES, **aparte, "enable_external_access": True}
    ) as con:
        nombre = str(respaldo).replace("'", "''")
        con.execute(f"attach '{nombre}' as respaldo (read_only)")
        con.execute("set enable_external_access = false")
        for archivo in esquema_de(VERSION_ESQUEMA):
            con.execute(archivo.read_text(encoding="utf-8"))
        con.execute(f"create schema {revision.ESPERA}")
        tablas = con.execute(
            f"select table_name from duckdb_tables() where {CONTENIDO}"
            " and database_name = 'memory'"
        ).fetchall()
        for (tabla,) in tablas:
            con.execute(
                f"create view {revision.ESPERA}.{tabla} as"
                f" select *, rowid + 1 as fila from respaldo.main.{tabla}"
            )
        yield con


def revisar_a_fondo(copia: Path) -> Marca:
    """Hace lo de `abrir_copia` y revisa además llaves y condiciones, fila por fila."""
    marca = abrir_copia(copia)
    # Otra vez: sumarle el registro la volvió a escribir.
    leer_respaldo(copia)
    exigir_sin_faltas(copia, marca)
    return marca


def exigir_sin_faltas(respaldo: Path, marca: Marca) -> None:
    """Lanza ErrorDeDatos si alguna fila rompe una regla del esquema.

    Un respaldo de un esquema anterior no se revisa: sus reglas eran otras.
    """
    if marca.version_esquema != VERSION_ESQUEMA:
        return
    with _en_espera(respaldo) as con:
        rotas = revision.faltas_de_esquema(con)
    if rotas:
        raise ErrorDeDatos(f"rompe {len(rotas)} reglas del esquema. {rotas[0]}")


def observadas(respaldo: Path, marca: Marca) -> int:
    """Devuelve cuánto observan las pruebas de `datos/pruebas`, que no es una falla.

    La fuente se publica codificada entera, y una base en uso puede tener enunciados por
    codificar. Un respaldo de un esquema anterior no se observa.
    """
    if marca.version_esquema != VERSION_ESQUEMA:
        return 0
    with _en_espera(respaldo) as con:
        return len(revision.faltas_de_pruebas(con))


def revisar_aparte(copia: Path) -> Marca:
    """Hace lo de `revisar_a_fondo` en otro proceso, que cede el paso a los demás.

    Con dos millones de enunciados son 25 s de CPU y 1,2 GB, que no se le quitan a quien
    mira el tablero; y si un archivo dañado hace caer a DuckDB, cae solo ese proceso.
    """
    hecho = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "datos.respaldo_revisar", str(copia.absolute())],
        cwd=RAIZ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if hecho.returncode:
        raise ErrorDeDatos(f"no se pudo revisar: {hecho.stderr.strip()[-300:]}")
    dicho = json.loads(hecho.stdout)
    if "problema" in dicho:
        raise ErrorDeDatos(dicho["problema"])
    return Marca(**dicho)


def huella(archivo: Path) -> str:
    """Devuelve el SHA-256 de un archivo."""
    with archivo.open("rb") as abierto:
        return hashlib.file_digest(abierto, "sha256").hexdigest()


def main() -> int:
    """Imprime en JSON la marca de la copia, o su problema."""
    os.nice(CORTESIA)
    try:
        print(json.dumps(asdict(revisar_a_fondo(Path(sys.argv[1])))))
    except ErrorDeDatos as error:
        print(json.dumps({"problema": str(error)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Carga el texto de un documento que la base ya conoce, para que se vean sus pasajes.

python -m datos.cargar ARCHIVO [--probar]     # --probar dice qué haría y no cambia nada

El documento se reconoce por su huella SHA-256: solo se acepta el archivo del que
salieron los enunciados, sin un byte de diferencia. Con el tablero en marcha la base
está tomada: hay que detenerlo antes.
"""

import hashlib
import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from datos.errores import ErrorDeDatos
from datos.pasajes import pasaje
from datos.ubicacion import ruta_base

TAMANO_MAXIMO = 50 * 1024 * 1024
QUIEN = "consola"


@dataclass(frozen=True)
class Hallazgo:
    """Qué documento es un archivo, y cuántas de sus citas tienen ahí su pasaje."""

    documento_id: str
    titulo: str
    ya_estaba: bool
    citas: int
    con_pasaje: int


def leer_texto(archivo: Path) -> tuple[str, str]:
    """Devuelve el texto de un archivo, tal cual, y la huella SHA-256 de sus bytes.

    Lanza ErrorDeDatos si no existe, no se puede leer, pasa de 50 MB o no es UTF-8.
    """
    try:
        if archivo.stat().st_size > TAMANO_MAXIMO:
            raise ErrorDeDatos(f"{archivo} pasa de 50 MB: no parece un informe.")
        contenido = archivo.read_bytes()
        return contenido.decode("utf-8"), hashlib.sha256(contenido).hexdigest()
    except UnicodeDecodeError as error:
        raise ErrorDeDatos(
            f"{archivo} no es un texto UTF-8 (falla en el byte {error.start})."
            " Use el mismo archivo de texto con que se hicieron las citas."
        ) from error
    except OSError as error:
        raise ErrorDeDatos(f"No se puede leer {archivo}: {error.strerror}.") from error


def reconocer(con: DuckDBPyConnection, texto: str, sha256: str) -> Hallazgo:
    """Dice de qué documento es un texto y busca en él el pasaje de cada cita.

    Lanza ErrorDeDatos si ningún documento de la base tiene esa huella.
    """
    documentos = con.execute(
        "select documento_id, titulo, clase, texto is not null from documentos"
        " where sha256 = ? order by documento_id",
        [sha256],
    ).fetchall()
    if not documentos:
        raise ErrorDeDatos(
            "Este archivo no es el de ningún documento de la base: su huella SHA-256"
            f" es {sha256}. Basta un espacio distinto para que no lo sea."
        )
    documento_id, titulo, clase, ya_estaba = documentos[0]
    citas = con.execute(
        "select td.numero, c.parrafo, c.primer_caracter, c.ultimo_caracter, c.sha256"
        " from citas as c inner join enunciados as e using (enunciado_id)"
        " inner join temas_dialogo as td using (tema_dialogo_id)"
        " where c.documento_id = ?",
        [documento_id],
    ).fetchall()
    hallados = sum(pasaje(texto, clase, *cita) is not None for cita in citas)
    return Hallazgo(documento_id, titulo, ya_estaba, len(citas), hallados)


def adjuntar(con: DuckDBPyConnection, hallazgo: Hallazgo, texto: str) -> None:
    """Guarda el texto del documento y lo anota en la bitácora, o ninguna de las dos."""
    ahora = datetime.now(UTC).replace(tzinfo=None)
    despues = {"cargado": ahora.date().isoformat(), "caracteres": len(texto)}
    con.execute("begin transaction")
    try:
        con.execute(
            "update documentos set texto = ?, cargado = ? where documento_id = ?",
            [texto, ahora.date(), hallazgo.documento_id],
        )
        con.execute(
            "insert into bitacora (momento, quien, accion, tabla, clave, despues)"
            " values (?, ?, 'cargar texto', 'documentos', ?, ?)",
            [ahora, QUIEN, hallazgo.documento_id, json.dumps(despues)],
        )
        con.execute("commit")
    except duckdb.Error:
        con.execute("rollback")
        raise


def _abrir(ruta: Path) -> DuckDBPyConnection:
    if not ruta.exists():
        raise ErrorDeDatos(f"No existe la base {ruta}. Constrúyala con: make base")
    try:
        return duckdb.connect(str(ruta), config={"enable_external_access": False})
    except duckdb.Error as error:
        raise ErrorDeDatos(
            f"No se puede escribir en {ruta}: está en uso o dañada. Detenga el tablero"
            " y vuelva a intentarlo."
        ) from error


def cargar(archivo: Path, ruta: Path, *, probar: bool) -> str:
    """Carga un archivo en la base de `ruta` y devuelve qué pasó, para una persona.

    Lanza ErrorDeDatos sin haber cambiado nada.
    """
    texto, sha256 = leer_texto(archivo)
    with _abrir(ruta) as con:
        hallazgo = reconocer(con, texto, sha256)
        dicho = (
            f"Es «{hallazgo.titulo}»: {hallazgo.con_pasaje} de {hallazgo.citas} citas"
            " tienen en él su pasaje."
        )
        if hallazgo.con_pasaje != hallazgo.citas:
            raise ErrorDeDatos(f"{dicho} No se cargó: deberían tenerlo todas.")
        if hallazgo.ya_estaba:
            return f"{dicho} Ya estaba cargado; no se cambió nada."
        if probar:
            return f"{dicho} Fue una prueba; no se cambió nada."
        adjuntar(con, hallazgo, texto)
    return f"{dicho} Quedó cargado: el pasaje se verá junto a cada enunciado."


def main() -> int:
    """Carga el archivo que se pide; devuelve 0 si se pudo y 1 si no."""
    argumentos = [a for a in sys.argv[1:] if a != "--probar"]
    if len(argumentos) != 1 or argumentos[0].startswith("-"):
        print("Uso: python -m datos.cargar ARCHIVO [--probar]", file=sys.stderr)
        return 1
    try:
        probar = "--probar" in sys.argv[1:]
        print(cargar(Path(argumentos[0]), ruta_base(), probar=probar))
    except ErrorDeDatos as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

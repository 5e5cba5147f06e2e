"""La única puerta por donde se escribe: una carga entera en una transacción, o nada.

Toda carga deja antes una copia de la base, anota cada fila que agrega o cambia, y solo
acusa recibo cuando lo escrito está en el disco. Con esas filas se deshace entera.
"""

import logging
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from datos import permisos
from datos.alcance import exigir_regiones
from datos.derivar import derivar
from datos.errores import ErrorDeDatos
from datos.filas import Fila, ahora, en_json, igual, insertar, llave_de
from datos.permisos import Rol
from datos.respaldos import respaldar
from datos.tocado import tocado

# Quien escribe es uno a la vez; quienes leen no esperan.
registro = logging.getLogger("tablero")
TURNO = threading.Lock()
ESPERA_TURNO = 30.0


@dataclass(frozen=True)
class Archivo:
    """El archivo de una carga. `reemplaza_a` es la carga que corrige, si la hay."""

    nombre: str
    sha256: str
    clase: str
    reemplaza_a: str | None = None


@dataclass(frozen=True)
class Acuse:
    """Lo que se dice cuando una carga ya está en el disco."""

    carga_id: str
    resumen: str
    filas: int


@dataclass
class Anotador:
    """Escribe filas de una carga y anota cada una, para poder deshacerla."""

    con: DuckDBPyConnection
    carga_id: str
    anotadas: list[Fila] = field(default_factory=list)

    def _anotar(self, tabla: str, clave: Fila, antes: Fila | None) -> None:
        self.anotadas.append(
            {
                "carga_id": self.carga_id,
                "orden": len(self.anotadas) + 1,
                "tabla": tabla,
                "clave": en_json(clave),
                "antes": None if antes is None else en_json(antes),
            }
        )

    def agregar(self, tabla: str, *filas: Fila) -> None:
        """Agrega filas a una tabla; sus claves son columnas de ella."""
        if not filas:
            return
        insertar(self.con, tabla, filas)
        llave = llave_de(self.con, tabla)
        for fila in filas:
            self._anotar(tabla, {columna: fila[columna] for columna in llave}, None)

    def cambiar(self, tabla: str, clave: Fila, nuevos: Fila) -> None:
        """Cambia una fila que existe y guarda lo que decía."""
        columnas = list(nuevos)
        previos = self.con.execute(
            f"select {', '.join(columnas)} from {tabla} where {igual(clave)}",
            list(clave.values()),
        ).fetchall()
        if not previos:
            raise ErrorDeDatos(f"La fila {en_json(clave)} ya no está en {tabla}."
                               " Vuelva a abrir la página.")  # fmt: skip
        self.con.execute(
            f"update {tabla} set {', '.join(f'{c} = ?' for c in columnas)}"
            f" where {igual(clave)}",
            [*nuevos.values(), *clave.values()],
        )
        self._anotar(tabla, clave, dict(zip(columnas, previos[0], strict=True)))


def anotar_en_bitacora(
    con: DuckDBPyConnection, quien: str, accion: str, carga_id: str, hechos: Fila
) -> None:
    """Deja en la bitácora qué se hizo con una carga: cuánto, y nunca el texto."""
    con.execute(
        "insert into bitacora (momento, quien, accion, tabla, clave, despues)"
        " values (?, ?, ?, 'cargas', ?, ?)",
        [ahora(), quien, accion, carga_id, en_json(hechos)],
    )


def ya_cargado(con: DuckDBPyConnection, sha256: str) -> str | None:
    """Devuelve el resumen de la carga vigente de ese mismo archivo, si la hay."""
    fila = con.execute(
        "select resumen from cargas where sha256 = ? and estado = 'vigente'"
        " order by momento desc limit 1",
        [sha256],
    ).fetchone()
    return fila[0] if fila else None


def en_turno(hacer: Callable[[], object]) -> None:
    """Hace algo cuando nadie más escribe, y traduce las fallas de la base.

    Lanza ErrorDeDatos si otra escritura no termina, si la base no pudo escribir o si
    esta es una copia de lectura.
    """
    permisos.exigir_escritora()
    if not TURNO.acquire(timeout=ESPERA_TURNO):
        raise ErrorDeDatos("Otra carga está en curso. Espere a que termine e intente de"
                           " nuevo; no se cambió nada.")  # fmt: skip
    try:
        hacer()
    except duckdb.ConstraintException as error:
        raise ErrorDeDatos(
            "La base rechazó la carga porque rompe una de sus reglas, y quedó como"
            f" estaba. Lo que dijo: {str(error).splitlines()[0]}"
        ) from error
    except (duckdb.Error, OSError) as error:
        raise ErrorDeDatos(
            "No se pudo escribir en la base: puede faltar espacio en el disco. Lo que"
            " ya estaba guardado sigue ahí; avise a quien administra el tablero."
        ) from error
    finally:
        TURNO.release()


def transaccion(con: DuckDBPyConnection, hacer: Callable[[], object]) -> None:
    """Hace algo en una transacción: todo o nada."""
    con.execute("begin transaction")
    try:
        hacer()
        con.execute("commit")
    except BaseException:
        # Con la base invalidada (disco lleno) no hay qué deshacer: nada se guardó.
        with suppress(duckdb.Error):
            con.execute("rollback")
        raise


def escribir(
    con: DuckDBPyConnection,
    ruta: Path,
    quien: str,
    archivo: Archivo,
    verbo: Callable[[Anotador], str],
) -> Acuse:
    """Carga un archivo: `verbo` agrega sus filas y devuelve el resumen en una frase.

    Antes copia la base. Al volver, todo está en el disco; si lanza ErrorDeDatos, la
    base quedó como estaba.
    """
    permisos.exigir(Rol.EDICION)
    permisos.exigir_firma(quien)
    propio = con.cursor()
    carga_id = f"c-{ahora():%Y%m%d%H%M%S}-{secrets.token_hex(3)}"
    anotador = Anotador(propio, carga_id)
    acuses: list[Acuse] = []

    def dentro() -> None:
        # Con el turno tomado: dos ventanas con el mismo archivo no lo cargan dos veces.
        if ya := ya_cargado(propio, archivo.sha256):
            raise ErrorDeDatos(f"Ese archivo ya está cargado. {ya}")
        resumen = verbo(anotador)
        propio.execute(
            "insert into cargas values (?, ?, ?, ?, ?, ?, 'vigente', ?, ?)",
            [carga_id, ahora(), quien, archivo.clase, archivo.nombre, archivo.sha256,
             archivo.reemplaza_a, resumen],
        )  # fmt: skip
        if anotador.anotadas:
            insertar(propio, "cargas_filas", anotador.anotadas)
        if archivo.reemplaza_a:
            propio.execute(
                "update cargas set estado = 'reemplazada' where carga_id = ?",
                [archivo.reemplaza_a],
            )
        hechos = {"archivo": archivo.sha256, "filas": len(anotador.anotadas)}
        anotar_en_bitacora(propio, quien, f"cargar {archivo.clase}", carga_id, hechos)
        exigir_regiones(propio, anotador.anotadas)
        derivar(propio, tocado(propio, anotador.anotadas))
        acuses.append(Acuse(carga_id, resumen, len(anotador.anotadas)))

    def todo() -> None:
        respaldar(ruta, carga_id)
        transaccion(propio, dentro)
        asegurar(propio)

    try:
        en_turno(todo)
    finally:
        propio.close()
    return acuses[0]


def asegurar(con: DuckDBPyConnection) -> None:
    """Lleva lo confirmado al archivo. Si no se puede ahora, ya está en su registro.

    Alguien lee en este instante, o se llenó el disco: entonces DuckDB deja de atender y
    hay que abrir de nuevo la base, pero lo confirmado no se pierde.
    """
    try:
        con.execute("checkpoint")
    except duckdb.Error as error:
        registro.warning("Lo cargado está en el registro y no en el archivo: %s", error)

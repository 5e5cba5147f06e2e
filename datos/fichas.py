"""Las fichas con que otros programas leen el tablero.

Viven en un archivo junto a la base y no en ella: al reponer un respaldo, una ficha
revocada no vuelve a regir. De cada una se guarda el SHA-256: son 256 bits al azar, y no
hace falta más para que quien lea el archivo no las pueda usar.
"""

import hashlib
import json
import os
import secrets
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from datos import permisos
from datos.enunciados_nuevos import FORMA_DE_SEUDONIMO
from datos.errores import ErrorDeDatos
from datos.escritura import en_turno, transaccion
from datos.filas import ahora, en_json
from datos.permisos import NADIE, Persona, Rol

PREFIJO = "tdr_"
# Un programa solo lee: lo que se escribe lo firma una persona.
ROLES = {Rol.LECTURA.nombre: Rol.LECTURA}
FIRMA = "ficha-"
LARGO_MAXIMO = 30 - len(FIRMA)
DURA_A_LO_MAS = 366  # días


@dataclass(frozen=True)
class Ficha:
    """Una ficha: `nombre` no se repite, `vence` es el primer día en que ya no rige."""

    nombre: str
    huella: str
    rol: str
    creada: str
    por: str
    vence: str
    revocada: str | None = None

    def rige(self, hoy: date) -> bool:
        """Dice si hoy se puede entrar con ella."""
        return self.revocada is None and hoy.isoformat() < self.vence


def archivo(ruta: Path) -> Path:
    """Devuelve dónde están las fichas de una base, o donde diga TABLERO_FICHAS."""
    otro = os.environ.get("TABLERO_FICHAS", "").strip()
    return Path(otro) if otro else ruta.with_name(f"{ruta.name}.fichas.json")


def listar(ruta: Path) -> tuple[Ficha, ...]:
    """Devuelve todas las fichas, también las revocadas, en el orden en que se crearon.

    Lanza ErrorDeDatos si el archivo no se entiende.
    """
    try:
        leidas = json.loads(archivo(ruta).read_bytes())
        fichas = tuple(Ficha(**una) for una in leidas)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError) as error:
        raise ErrorDeDatos(
            f"No se pueden leer las fichas de acceso, en {archivo(ruta)}. Ningún"
            " programa entra mientras tanto: repóngalo o quítelo, y créelas de nuevo."
        ) from error
    return tuple(una for una in fichas if una.rol in ROLES)


def persona_de(ruta: Path, ficha: str) -> Persona:
    """Devuelve quién entra con una ficha: alguien que lee, o NADIE si no rige."""
    huella = _huella(ficha)
    hoy = datetime.now(UTC).date()
    for una in listar(ruta):
        if secrets.compare_digest(una.huella, huella) and una.rige(hoy):
            return Persona(f"{FIRMA}{una.nombre}", ROLES[una.rol])
    return NADIE


def crear(
    con: DuckDBPyConnection, ruta: Path, quien: str, nombre: str, vence: date
) -> str:
    """Crea una ficha de lectura y la devuelve: no se puede volver a ver.

    Lanza ErrorDeDatos si el nombre no sirve o está tomado, o si vence antes de mañana o
    después de un año.
    """
    permisos.exigir(Rol.ADMINISTRACION)
    hoy = datetime.now(UTC).date()
    if not FORMA_DE_SEUDONIMO.fullmatch(nombre) or len(nombre) > LARGO_MAXIMO:
        raise ErrorDeDatos(
            f"El nombre de una ficha tiene de 1 a {LARGO_MAXIMO} letras sin tilde,"
            " números o guiones, como «power-bi»."
        )
    if not 1 <= (vence - hoy).days <= DURA_A_LO_MAS:
        raise ErrorDeDatos("Una ficha vence desde mañana y antes de un año.")
    nueva = PREFIJO + secrets.token_urlsafe(32)

    def agregar(puestas: tuple[Ficha, ...]) -> tuple[Ficha, ...]:
        if any(una.nombre == nombre for una in puestas):
            raise ErrorDeDatos(f"Ya hay una ficha «{nombre}». Use otro nombre: así se"
                               " sabe cuál pidió qué.")  # fmt: skip
        ficha = Ficha(
            nombre, _huella(nueva), Rol.LECTURA.nombre, ahora().isoformat(), quien,
            vence.isoformat(),
        )  # fmt: skip
        return (*puestas, ficha)

    _cambiar(con, ruta, quien, "crear ficha", nombre, agregar)
    return nueva


def revocar(con: DuckDBPyConnection, ruta: Path, quien: str, nombre: str) -> None:
    """Revoca una ficha: desde ya nadie entra con ella.

    Lanza ErrorDeDatos si no la hay.
    """
    permisos.exigir(Rol.ADMINISTRACION)

    def quitar(puestas: tuple[Ficha, ...]) -> tuple[Ficha, ...]:
        if not any(una.nombre == nombre for una in puestas):
            raise ErrorDeDatos(f"No hay una ficha «{nombre}».")
        momento = ahora().isoformat()
        suya = {una.nombre: una for una in puestas}[nombre]
        revocada = replace(suya, revocada=suya.revocada or momento)
        return tuple(revocada if una is suya else una for una in puestas)

    _cambiar(con, ruta, quien, "revocar ficha", nombre, quitar)


def _huella(ficha: str) -> str:
    return hashlib.sha256(ficha.encode()).hexdigest()


def _cambiar(
    con: DuckDBPyConnection, ruta: Path, quien: str, accion: str, nombre: str,
    verbo: Callable[[tuple[Ficha, ...]], tuple[Ficha, ...]],
) -> None:  # fmt: skip
    """Cambia el archivo y lo anota: si una de las dos cosas falla, no queda ninguna."""
    permisos.exigir_firma(quien)
    propio = con.cursor()

    def anotado() -> None:
        propio.execute(
            "insert into bitacora (momento, quien, accion, tabla, clave) values"
            " (?, ?, ?, 'fichas', ?)",
            [ahora(), quien, accion, en_json({"nombre": nombre})],
        )
        _reemplazar(archivo(ruta), verbo(listar(ruta)))

    try:
        en_turno(lambda: transaccion(propio, anotado))
    finally:
        propio.close()


def _reemplazar(donde: Path, fichas: tuple[Ficha, ...]) -> None:
    escrito = json.dumps([asdict(una) for una in fichas], ensure_ascii=False, indent=1)
    with tempfile.NamedTemporaryFile("w", dir=donde.parent, delete=False) as nuevo:
        nuevo.write(escrito)
        nuevo.flush()
        os.fsync(nuevo.fileno())
    Path(nuevo.name).replace(donde)

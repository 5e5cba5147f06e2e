"""Quién puede qué, comprobado donde se escribe y no solo donde se dibuja el botón.

Sin cuentas configuradas hay una sola persona, la de este equipo, y puede todo. Con
cuentas, quien actúa se dice con `actuando`; quien no lo dice no puede nada.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import IntEnum

from datos.errores import ErrorDeDatos


class Rol(IntEnum):
    """Lo que una persona puede; cada uno incluye al anterior."""

    NINGUNO = 0
    LECTURA = 1
    EDICION = 2
    ADMINISTRACION = 3

    @property
    def nombre(self) -> str:
        """Devuelve el nombre con que se escribe en la configuración."""
        return self.name.lower()

    @property
    def rotulo(self) -> str:
        """Devuelve el nombre con que se lee."""
        return self.nombre.replace("cion", "ción")


@dataclass(frozen=True)
class Persona:
    """Quien actúa.

    `seudonimo` es con el que firma; vacío si firma con el que escriba. `regiones` son
    los códigos de las que puede editar; None es todas.
    """

    seudonimo: str
    rol: Rol
    regiones: frozenset[str] | None = None


LOCAL = Persona("", Rol.ADMINISTRACION)
NADIE = Persona("", Rol.NINGUNO)
# Lo cambia una vez, al partir, el servidor que tiene cuentas.
SIN_DECIR = [LOCAL]
ACTUA: ContextVar[Persona | None] = ContextVar("actua", default=None)
# Por qué no se escribe aquí, la use quien la use, si esta es una copia de lectura.
# También se decide al partir.
COPIA: list[str] = []


class SinPermiso(ErrorDeDatos):
    """Quien actúa no puede hacer eso; el mensaje dice qué haría falta."""


def exigir_cuentas() -> None:
    """Desde ahora, quien no dice quién es no puede nada en este proceso."""
    SIN_DECIR[0] = NADIE


def solo_leer(donde: str) -> None:
    """Desde ahora este proceso es una copia de lectura; se escribe en `donde`."""
    COPIA[:] = [
        "Esta es una copia de lectura: aquí no se carga, codifica ni responde. Para"
        f" escribir, entre en {donde}"
    ]


def motivo_de_copia() -> str:
    """Devuelve por qué no se escribe aquí y dónde sí; vacío si aquí se escribe."""
    return "".join(COPIA)


def exigir_escritora() -> None:
    """Lanza SinPermiso si esta es una copia de lectura."""
    if COPIA:
        raise SinPermiso(f"{motivo_de_copia()}. No se cambió nada.")


def actua() -> Persona:
    """Devuelve quien actúa en este hilo."""
    return ACTUA.get() or SIN_DECIR[0]


@contextmanager
def actuando(persona: Persona) -> Iterator[None]:
    """Todo lo que se haga dentro lo hace `persona`."""
    antes = ACTUA.set(persona)
    try:
        yield
    finally:
        ACTUA.reset(antes)


def exigir(rol: Rol) -> None:
    """Lanza SinPermiso si quien actúa no tiene al menos ese rol, o aquí no rige."""
    if rol > Rol.LECTURA:
        exigir_escritora()
    if actua().rol < rol:
        raise SinPermiso(
            f"Su cuenta no tiene permiso para esto: hace falta el rol «{rol.rotulo}»."
            " No se cambió nada. Pídalo a quien administra el tablero."
        )


def exigir_firma(quien: str) -> None:
    """Lanza SinPermiso si `quien` no es el seudónimo de quien actúa."""
    propio = actua().seudonimo
    if propio and quien != propio:
        raise SinPermiso(
            f"Lo que escribe su cuenta se firma «{propio}». No se cambió nada; vuelva a"
            " cargar la página."
        )

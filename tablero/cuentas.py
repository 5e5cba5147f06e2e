"""Qué cuenta es quién y qué puede, según `secrets.toml` y lo que dice el proveedor.

Se usan los reclamos del ID token de OpenID Connect Core 1.0, secciones 2 y 5.1: `iss` y
`sub` dicen quién es, `iat` desde cuándo. De ellos solo queda un seudónimo.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from datos.enunciados_nuevos import FORMA_DE_SEUDONIMO
from datos.errores import ErrorDeDatos
from datos.permisos import NADIE, Persona, Rol

Reclamos = Mapping[str, Any]
ROLES = {rol.nombre: rol for rol in Rol}
TODAS = "todas"
REGION = re.compile(r"0[1-9]|1[0-6]")
# Una jornada con su horario extendido: quien deja la sesión abierta vuelve a entrar.
HORAS = 12
# Con menos, quien junte cookies podría probar claves: RFC 2104 pide el largo del hash.
LARGO_DEL_SECRETO = 32
OPCIONES = {"cuenta", "reclamo_rol", "reclamo_regiones", "roles", "horas", "personas"}
DE_PERSONA = {"rol", "regiones", "seudonimo"}


class Mal(ErrorDeDatos):
    """La configuración de cuentas no se entiende; el mensaje dice dónde y qué poner."""

    def __init__(self, donde: str, que: str) -> None:
        """`donde` es la opción, como se escribe en el archivo."""
        super().__init__(f"En .streamlit/secrets.toml, {donde}: {que}")


@dataclass(frozen=True)
class Cuentas:
    """Cómo se sabe qué puede una cuenta.

    `cuenta` es el reclamo que la nombra en `personas`; `roles` traduce los valores de
    `reclamo_rol`; `horas` es lo que dura una sesión.
    """

    cuenta: str = "sub"
    reclamo_rol: str = ""
    reclamo_regiones: str = ""
    roles: Mapping[str, Rol] = field(default_factory=dict)
    personas: Mapping[str, Persona] = field(default_factory=dict)
    horas: float = HORAS

    def persona(self, reclamos: Reclamos, ahora: float) -> Persona:
        """Devuelve quién es y qué puede quien trae esos reclamos; NADIE si ya venció.

        `ahora` son segundos desde 1970. Lo escrito en `personas` manda sobre el rol que
        diga el proveedor: con `rol = "ninguno"`, una cuenta no entra.
        """
        desde = reclamos.get("iat")
        if not isinstance(desde, int | float) or ahora - desde > self.horas * 3600:
            return NADIE
        if self.cuenta == "email" and reclamos.get("email_verified") is not True:
            return NADIE
        derivado = _seudonimo(reclamos)
        if suya := self.personas.get(_llave(self.cuenta, reclamos.get(self.cuenta))):
            return Persona(suya.seudonimo or derivado, suya.rol, suya.regiones)
        dichos = _lista(reclamos, self.reclamo_rol)
        rol = max((self.roles.get(v, Rol.NINGUNO) for v in dichos), default=Rol.NINGUNO)
        regiones = _lista(reclamos, self.reclamo_regiones)
        todas = rol is Rol.ADMINISTRACION or TODAS in regiones
        return Persona(derivado, rol, None if todas else frozenset(regiones))


def _lista(reclamos: Reclamos, nombre: str) -> list[str]:
    """Devuelve los valores de un reclamo, venga solo o en una lista."""
    hallado = reclamos.get(nombre, ()) if nombre else ()
    return [hallado] if isinstance(hallado, str) else [str(v) for v in hallado or ()]


def _llave(reclamo: str, valor: object) -> str:
    """Devuelve cómo se compara una cuenta: un correo, sin mirar mayúsculas."""
    return str(valor).casefold() if reclamo == "email" else str(valor)


def _seudonimo(reclamos: Reclamos) -> str:
    """Devuelve siempre el mismo para la misma cuenta, y no dice cuál es."""
    quien = f"{reclamos.get('iss')} {reclamos.get('sub')}"
    return f"cuenta-{hashlib.sha256(quien.encode()).hexdigest()[:12]}"


def leer(auth: Mapping[str, Any], puesto: Mapping[str, Any]) -> Cuentas:
    """Lee las secciones `[auth]` y `[cuentas]`.

    Lanza ErrorDeDatos si algo no se entiende: una errata no debe dejar a nadie con más
    de lo suyo, ni fuera sin saber por qué.
    """
    secreto = str(auth.get("cookie_secret", ""))
    if len(secreto) < LARGO_DEL_SECRETO:
        raise Mal("[auth] cookie_secret", f"hacen falta {LARGO_DEL_SECRETO} caracteres"
                  " al azar. Escríbalos con: openssl rand -base64 48")  # fmt: skip
    if auth.get("expose_tokens"):
        raise Mal("[auth] expose_tokens", "quítelo: aquí nadie usa las fichas del"
                  " proveedor.")  # fmt: skip
    _solo("[cuentas]", puesto, OPCIONES)
    cuenta = str(puesto.get("cuenta", "sub"))
    personas = {
        _llave(cuenta, nombre): _persona(f"[cuentas.personas.{nombre!r}]", suya)
        for nombre, suya in puesto.get("personas", {}).items()
    }
    repetidos = Counter(p.seudonimo for p in personas.values() if p.seudonimo)
    if repetidos and (comun := repetidos.most_common(1)[0])[1] > 1:
        raise Mal("[cuentas.personas]", f"dos cuentas firman «{comun[0]}».")
    roles = {
        str(valor): _rol(f"[cuentas.roles] {valor}", rol)
        for valor, rol in puesto.get("roles", {}).items()
    }
    if not personas and not (roles and puesto.get("reclamo_rol")):
        raise Mal("[cuentas]", "nadie podría entrar. Escriba personas, o reclamo_rol y"
                  " roles.")  # fmt: skip
    return Cuentas(
        cuenta, str(puesto.get("reclamo_rol", "")),
        str(puesto.get("reclamo_regiones", "")), roles, personas,
        _horas(puesto.get("horas", HORAS)),
    )  # fmt: skip


def _solo(donde: str, puesto: Mapping[str, Any], admitidas: set[str]) -> None:
    if ajenas := sorted(set(puesto) - admitidas):
        existen = ", ".join(sorted(admitidas))
        raise Mal(f"{donde} {ajenas[0]}", f"no existe. Existen {existen}.")


def _horas(puestas: object) -> float:
    if isinstance(puestas, bool) or not isinstance(puestas, int | float):
        raise Mal("[cuentas] horas", "debe ser un número.")
    if not 0 < puestas <= 24 * 30:
        raise Mal("[cuentas] horas", "debe ser más de 0 y a lo más 720.")
    return float(puestas)


def _rol(donde: str, puesto: object) -> Rol:
    if puesto not in ROLES:
        raise Mal(donde, f"«{puesto}» no es un rol. Son {', '.join(ROLES)}.")
    return ROLES[str(puesto)]


def _persona(donde: str, suya: Mapping[str, Any]) -> Persona:
    _solo(donde, suya, DE_PERSONA)
    rol = _rol(f"{donde} rol", suya.get("rol"))
    seudonimo = str(suya.get("seudonimo", ""))
    if seudonimo and not FORMA_DE_SEUDONIMO.fullmatch(seudonimo):
        raise Mal(
            f"{donde} seudonimo", "de 2 a 30 letras sin tilde, números o guiones."
        )
    if rol is not Rol.EDICION:
        return Persona(seudonimo, rol, None)
    regiones = suya.get("regiones")
    if regiones == TODAS:
        return Persona(seudonimo, rol, None)
    if not isinstance(regiones, list) or not all(
        isinstance(r, str) and REGION.fullmatch(r) for r in regiones
    ):
        raise Mal(f"{donde} regiones", "quien edita dice dónde: una lista de códigos"
                  f' oficiales, como ["02"], o "{TODAS}".')  # fmt: skip
    return Persona(seudonimo, rol, frozenset(regiones))

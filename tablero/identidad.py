"""Quién mira y qué puede: lo que su sesión dice, según las cuentas configuradas.

Sin `[auth]` en secrets.toml hay una sola persona, la de este equipo. Con ella se entra
con la identidad del servicio (`st.login`), y de quien entra solo se usa su seudónimo.
"""

import html
import secrets
import time
from collections.abc import Mapping
from functools import cache
from typing import Any

import streamlit as st

from datos import permisos
from datos.permisos import LOCAL, NADIE, Persona, Rol
from tablero.cuentas import Cuentas, leer

ENTRAR = "Entrar con la cuenta del servicio"
SIN_CUENTAS = "Sin cuentas: quien usa este equipo puede todo."
SIN_ROL = (
    "Su cuenta no tiene acceso a este tablero. Pídalo a quien lo administra y dígale"
    " que entró como «{}»."
)
VENCIDA = "Su sesión terminó. Lo guardado está a salvo; entre otra vez para seguir."
# Lo decide el arranque y no cambia: si la configuración se borra con el servidor
# andando, nadie queda con todo.
CON_CUENTAS: list[bool] = []
# Streamlit deja viva la sesión de las otras pestañas, y la cookie que alguien copió.
SALIDAS: dict[tuple[str, str], float] = {}
# El estreno recorre toda página. Nadie más puede traer esto: no se escribe en ninguna
# parte y cambia en cada arranque.
DE_LA_CASA = {"estreno": secrets.token_hex(32)}


def partir() -> None:
    """Lee una vez si hay cuentas, al partir el servidor.

    Lanza ErrorDeDatos si su configuración no se entiende.
    """
    CON_CUENTAS[:] = [bool(_seccion("auth"))]
    if con_cuentas():
        st.secrets.file_change_listener.connect(_releer)
        cuentas()
        permisos.exigir_cuentas()


def con_cuentas() -> bool:
    """Dice si este servidor pide entrar con una cuenta."""
    return any(CON_CUENTAS)


def _seccion(nombre: str) -> Mapping[str, Any]:
    if not st.secrets.load_if_toml_exists():
        return {}
    seccion: Mapping[str, Any] = st.secrets.get(nombre, {})
    return seccion


@cache
def cuentas() -> Cuentas:
    """Devuelve las cuentas como están escritas ahora: quitar un rol rige enseguida."""
    return leer(_seccion("auth"), _seccion("cuentas"))


def _releer(_de_quien: object) -> None:
    """Olvida lo leído: el archivo cambió."""
    cuentas.cache_clear()


def de_reclamos(reclamos: Mapping[str, Any]) -> Persona:
    """Devuelve quién es quien trae esos reclamos, que alguien ya verificó."""
    if not con_cuentas() or reclamos.get("estreno") == DE_LA_CASA["estreno"]:
        return LOCAL
    if not reclamos.get("is_logged_in"):
        return NADIE
    salida = SALIDAS.get((str(reclamos.get("iss")), str(reclamos.get("sub"))))
    if salida is not None and reclamos.get("iat", 0) <= salida:
        return NADIE
    return cuentas().persona(reclamos, time.time())


def anotar_salida(reclamos: Mapping[str, Any]) -> None:
    """Da por terminada toda sesión de esa cuenta que haya empezado hasta ahora."""
    quien = str(reclamos.get("iss")), str(reclamos.get("sub"))
    SALIDAS[quien] = time.time()


def persona() -> Persona:
    """Devuelve quién mira la página que se dibuja; en otro hilo, nadie."""
    return de_reclamos(st.user.to_dict()) if con_cuentas() else LOCAL


def firma() -> str:
    """Devuelve con qué nombre se anota lo que hace quien mira: «local» sin cuentas."""
    return persona().seudonimo or "local"


def exigir_en_pantalla(rol: Rol) -> None:
    """Detiene la página, y dice qué falta, si quien mira no tiene al menos ese rol."""
    if persona().rol < rol:
        st.title("Sin permiso", anchor=False)
        _decir(f"Esta página es para cuentas con el rol «{rol.rotulo}». Si lo necesita,"
               " pídalo a quien administra el tablero.")  # fmt: skip
        st.stop()


def entrar() -> None:
    """Deja pasar a quien puede leer; a los demás les muestra la puerta."""
    quien = persona()
    if quien.rol >= Rol.LECTURA:
        return
    st.title("Tablero de diálogos regionales", anchor=False)
    if quien.seudonimo:
        _decir(SIN_ROL.format(quien.seudonimo))
        _boton_salir()
        st.stop()
    if st.user.get("is_logged_in"):
        _decir(VENCIDA)
    else:
        _decir("Lo que aquí se lee, se codifica y se responde es del servicio. Se entra"
               " con la misma cuenta que sus demás sistemas.")  # fmt: skip
    st.button(ENTRAR, type="primary", key="entrar", on_click=st.login)
    st.stop()


def tarjeta() -> None:
    """Dice, al pie de los filtros, quién entró y qué puede, y le deja salir."""
    if not con_cuentas():
        return
    quien = persona()
    _decir(f"Entró como «{quien.seudonimo}», con el rol «{quien.rol.rotulo}».")
    _boton_salir()


def _boton_salir() -> None:
    st.button("Salir", key="salir", icon=":material/logout:", on_click=st.logout)


def _decir(texto: str) -> None:
    st.html(f"<p>{html.escape(texto)}</p>")

"""Los valores de datos.leido como registros de JSON, y de vuelta."""

import functools
import typing
from dataclasses import MISSING, fields, is_dataclass
from typing import TypeVar, cast

from datos.errores import ErrorDeDatos

T = TypeVar("T")
SIMPLES = {str: "un texto", int: "un entero", bool: "sí o no", type(None): "nada"}
CLASES = SIMPLES | {list: "una lista", dict: "un registro", float: "un decimal"}
# Resolver las anotaciones cuesta, y un borrador lleva miles de registros iguales.
_tipos = functools.cache(typing.get_type_hints)


def a_json(valor: object) -> object:
    """Devuelve un valor de datos.leido como listas y registros de JSON.

    Lanza ErrorDeDatos si lleva algo más que tuplas, textos, enteros, bool o None.
    """
    if type(valor) in SIMPLES:
        return valor
    if isinstance(valor, tuple):
        return [a_json(uno) for uno in valor]
    if is_dataclass(valor) and not isinstance(valor, type):
        return {f.name: a_json(getattr(valor, f.name)) for f in fields(valor)}
    raise ErrorDeDatos(f"Un borrador no guarda valores de tipo {type(valor).__name__}.")


def _no_calza(motivo: str) -> ErrorDeDatos:
    return ErrorDeDatos(
        f"El borrador no calza con esta versión del tablero: {motivo}. Quítelo y vuelva"
        " a cargar el documento."
    )


def _tupla(
    partes: tuple[object, ...], crudo: list[object], lugar: str
) -> tuple[object, ...]:
    """Arma una tupla: `tuple[X, ...]`, o `tuple[X, Y]` con su largo justo."""
    if partes[-1] is Ellipsis:
        partes = (partes[0],) * len(crudo)
    if len(partes) != len(crudo):
        raise _no_calza(f"en «{lugar}» hay {len(crudo)} valores")
    pares = enumerate(zip(partes, crudo, strict=True))
    return tuple(_convertir(tipo, x, f"{lugar}[{i}]") for i, (tipo, x) in pares)


def _convertir(tipo: object, crudo: object, lugar: str) -> object:
    """Arma un valor de `tipo`. Un campo que falta toma su valor de partida."""
    partes = typing.get_args(tipo)
    if type(None) in partes:
        if crudo is None:
            return None
        (tipo,) = set(partes) - {type(None)}
        partes = typing.get_args(tipo)
    if tipo in SIMPLES and type(crudo) is tipo:
        return crudo
    if typing.get_origin(tipo) is tuple and isinstance(crudo, list):
        return _tupla(partes, crudo, lugar)
    if isinstance(tipo, type) and is_dataclass(tipo) and isinstance(crudo, dict):
        tipos = _tipos(tipo)
        pedidos = {f.name for f in fields(tipo) if f.default is MISSING}
        for nombre in (pedidos - crudo.keys()) | (crudo.keys() - tipos.keys()):
            que = "falta" if nombre in tipos else "sobra"
            raise _no_calza(f"{que} «{lugar}.{nombre}»")
        valores = {x: _convertir(tipos[x], crudo[x], f"{lugar}.{x}") for x in crudo}
        return tipo(**valores)
    raise _no_calza(f"en «{lugar}» hay {CLASES.get(type(crudo), 'otra cosa')}")


def de_json(tipo: type[T], crudo: object) -> T:
    """Rehace el valor que `a_json` convirtió; `tipo` es dataclass o `tuple[X, ...]`.

    Lanza ErrorDeDatos, con el lugar, si la forma no calza.
    """
    return cast(T, _convertir(tipo, crudo, tipo.__name__))

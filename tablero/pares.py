"""Las dos mesas de un tema, lado a lado, sin hacerles decir lo que no consta."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, cast

import pandas as pd

from tablero.graficos import NATURALEZAS
from tablero.tabla import VACIO, Celda, Columna, Parte

Fila = dict[str, Any]
# Cada estado se lee sin color: un signo y una palabra.
ESTADOS = {
    "ambas": "◉ ambas",
    "solo A": "◐ solo A",
    "solo B": "◑ solo B",
    "registro conjunto": "▣ registro conjunto",
    "no consta": "○ no consta",
}
EXPLICACION = {
    "conjunto": "Registro conjunto: el informe no separa las mesas, así que no se sabe"
    " qué dijo cada una ni si coincidieron.",
    "propio": "Cada mesa dejó su propio registro: lo que una no dice, no quedó en él.",
    "incompleto": "No hay registro propio de ambas mesas: que algo figure en una no"
    " dice nada de la otra.",
}
COLUMNAS = (
    Columna("", "Tipo", ancho="18%"),
    Columna("", "Mesa A", ancho="34%"),
    Columna("", "Mesa B", ancho="34%"),
    Columna("", "Estado", ancho="14%"),
)


def _registro_del_par(mesas: list[Fila]) -> str:
    registros = {mesa["registro"] for mesa in mesas}
    return registros.pop() if registros in ({"propio"}, {"conjunto"}) else "incompleto"


def por_tema(datos: pd.DataFrame) -> list[list[Fila]]:
    """Reparte las filas de una consulta, ya ordenadas, por tema de diálogo."""
    filas = cast(list[Fila], datos.to_dict("records"))
    return [list(g) for _, g in groupby(filas, key=itemgetter("tema_dialogo_id"))]


def resumir(mesas: pd.DataFrame) -> pd.DataFrame:
    """Resume cada par en una fila: tema, registro y participantes de A y de B.

    `mesas` son las filas de `mesas_registro`, una por mesa. El registro del par es
    propio, conjunto o, si las dos mesas no tienen el mismo, incompleto.
    """
    pares = []
    for par in por_tema(mesas):
        presentes = {mesa["letra"]: mesa["participantes"] for mesa in par}
        pares.append({
            "tema": f"{par[0]['tema_numero']}. {par[0]['tema']}",
            "registro": _registro_del_par(par),
            "participantes_a": presentes.get("A"),
            "participantes_b": presentes.get("B"),
        })  # fmt: skip
    return pd.DataFrame(pares)


def _celda(enunciados: list[Fila], si_vacia: str, ocupa: int = 1) -> Celda:
    partes = tuple(
        Parte(
            e["texto"],
            abre=e["enunciado_id"],
            marca=NATURALEZAS.index(e["naturaleza_nombre"]),
            nota=e["naturaleza_nombre"],
        )
        for e in enunciados
    )
    return Celda(partes or (Parte(si_vacia),), ocupa)


def filas(de_tema: list[Fila]) -> Iterator[tuple[list[Celda], str]]:
    """Entrega las filas de la matriz de un tema: por tipo, mesa A, mesa B y estado.

    `de_tema` son las filas de `mesas_pares` de un tema. Lo registrado en conjunto ocupa
    ambas mesas en una fila aparte, aunque el tipo tenga también registro por mesa.
    """
    por_tipo: dict[str, list[Fila]] = {}
    for fila in de_tema:
        por_tipo.setdefault(fila["tipo_nombre"], []).append(fila)
    for tipo, de_tipo in por_tipo.items():
        en_a, en_b = ([f for f in de_tipo if f["mesa"] == letra] for letra in "AB")
        juntas = [f for f in de_tipo if f["mesa"] not in ("A", "B")]
        estado = de_tipo[0]["estado"]
        nombre = Celda((Parte(tipo),))
        if en_a or en_b:
            si_vacia = ESTADOS["no consta"] if estado == "no consta" else VACIO
            par = [_celda(en_a, si_vacia), _celda(en_b, si_vacia)]
            yield [nombre, *par, Celda((Parte(ESTADOS[estado]),))], ""
        if juntas:
            conjunto = Celda((Parte(ESTADOS["registro conjunto"]),))
            yield [nombre, _celda(juntas, VACIO, ocupa=2), conjunto], ""

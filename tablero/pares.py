"""Las dos mesas de un tema, lado a lado, sin hacerles decir lo que no consta."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, cast

import pandas as pd

from tablero import formato
from tablero.coincidencia import Azar, Coincidencia, al_azar, contar
from tablero.formato import de_total, numero
from tablero.graficos import NATURALEZAS
from tablero.tabla import VACIO, Celda, Columna, Parte

Fila = dict[str, Any]
# Cada estado se lee sin color: un signo y una palabra.
ESTADOS = {
    "ambas": "◉ ambas",
    "solo-a": "◐ solo A",
    "solo-b": "◑ solo B",
    "conjunto": "▣ registro conjunto",
    "no-consta": "○ no consta",
    "plenario": "▤ plenario",
}
TENSION = "⇄ en tensión"
FILTRO_ESTADO = {"todos": "Todos", **ESTADOS, "tension": TENSION}
FILAS = {
    "tipo": "Tipo",
    "tipo-naturaleza": "Tipo y naturaleza",
    "instrumento": "Instrumento",
}
EXPLICACION = {
    "conjunto": "Registro conjunto: el documento no separa las mesas, así que no se"
    " sabe qué dijo cada una ni si coincidieron.",
    "propio": "Cada mesa dejó su propio registro: lo que una no dice, no quedó en él.",
    "incompleto": "Registro incompleto: no lo hay de ambas mesas. Que algo figure en"
    " una no dice nada de la otra.",
    "sin registro": "Sin registro: ninguna de las dos mesas dejó acta.",
}
A_LA_VISTA = 5


def base_de(filas: str) -> str:
    """Devuelve sobre qué códigos se mide la coincidencia: tipo o instrumento."""
    return "instrumento" if filas == "instrumento" else "tipo"


def por_tema(datos: pd.DataFrame) -> list[list[Fila]]:
    """Reparte las filas de una consulta, ya ordenadas, por tema de diálogo."""
    filas = cast(list[Fila], datos.to_dict("records"))
    return [list(g) for _, g in groupby(filas, key=itemgetter("tema_dialogo_id"))]


def explicar(pares: pd.DataFrame) -> list[str]:
    """Dice qué registro dejaron los pares y, si no es el mismo, cuántos cada uno."""
    cuantos = pares["registro"].value_counts(sort=False)
    if len(cuantos) == 1:
        return [EXPLICACION[str(cuantos.index[0])]]
    return [
        f"{de_total(n, len(pares))} pares. {EXPLICACION[str(clase)]}"
        for clase, n in cuantos.items()
    ]


def comparables(pares: pd.DataFrame) -> pd.DataFrame:
    """Devuelve los pares que se pueden comparar, del que más difiere al que menos.

    Son los de registro propio en ambas mesas y algún código en la selección. Los
    empates quedan en el orden de los documentos.
    """
    sirven = pares[
        (pares["registro"] == "propio")
        & (pares["ambas"] + pares["solo_a"] + pares["solo_b"] > 0)
    ].copy()
    sirven["jaccard"] = sirven["ambas"] / (
        sirven["ambas"] + sirven["solo_a"] + sirven["solo_b"]
    )
    return sirven.sort_values("jaccard", kind="stable")


def _medida(que: str, hallada: Coincidencia, azar: Azar | None) -> str:
    if hallada.jaccard is None:
        return f"{que}: no definida, ninguna mesa tiene códigos en esta selección."
    dicho = (
        f"{que}: {hallada.ambas} de {hallada.alguna} en ambas mesas (Jaccard"
        f" {numero(hallada.jaccard, 2)})."
    )
    if azar and azar.desde == azar.hasta == hallada.jaccard:
        dicho += (
            " Con estos enunciados, cualquier reparto entre las mesas daría lo mismo."
        )
    elif azar:
        dicho += (
            f" Repartidos al azar los mismos enunciados, {numero(azar.media, 2)} en"
            f" promedio; el 90 % central, de {numero(azar.desde, 2)} a"
            f" {numero(azar.hasta, 2)} ({_cuantas(azar)})."
        )
    return dicho


def _cuantas(azar: Azar) -> str:
    cuantas = formato.contar(azar.permutaciones, "permutación", "permutaciones")
    return f"{cuantas}, todas las posibles" if azar.son_todas else cuantas


def _de(propias: list[Fila], con_naturaleza: bool) -> tuple[Coincidencia, Azar | None]:
    """Devuelve cuánto coinciden dos mesas, y cuánto lo harían al azar."""
    suyos: dict[str, set[str]] = {}
    for fila in propias:
        codigo = fila["codigo"]
        codigo += f" {fila['naturaleza']}" if con_naturaleza else ""
        suyos.setdefault(fila["enunciado_id"], set()).add(codigo)
    mesas = {fila["enunciado_id"]: fila["mesa"] == "A" for fila in propias}
    en_a, codigos = tuple(mesas.values()), tuple(map(frozenset, suyos.values()))
    return contar(en_a, codigos), al_azar(en_a, codigos)


def medidas(par: Fila, de_tema: list[Fila]) -> list[str]:
    """Dice cuánto coinciden las mesas de un par, o por qué no se puede saber.

    `par` es una fila de `mesas_coincidencia`; `de_tema`, las de `mesas_pares` de ese
    tema, por tipo o por instrumento y sin filtrar estados.
    """
    if par["registro"] != "propio":
        return [f"Coincidencia no definida. {EXPLICACION[par['registro']]}"]
    propias = [fila for fila in de_tema if fila["mesa"] in ("A", "B")]
    dicho = [
        _medida("Códigos de que hablaron", *_de(propias, False)),
        _medida("Códigos con la misma naturaleza", *_de(propias, True)),
    ]
    if par["conjuntos"]:
        fuera = formato.contar(par["conjuntos"], "enunciado queda", "enunciados quedan")
        dicho.append(
            f"{fuera} fuera de estas cifras: su registro no es de una mesa, sino"
            " conjunto o de plenario."
        )
    return dicho


def columnas(filas: str) -> tuple[Columna, ...]:
    """Devuelve las columnas de la matriz, según qué va en sus filas."""
    return (
        Columna("", FILAS[filas], ancho="18%"),
        Columna("", "Mesa A", ancho="34%"),
        Columna("", "Mesa B", ancho="34%"),
        Columna("", "Estado", ancho="14%"),
    )


def _celda(enunciados: list[Fila], si_vacia: str, ocupa: int = 1) -> Celda:
    partes = tuple(
        Parte(
            e["texto"],
            e["enunciado_id"],
            marca=NATURALEZAS.index(e["naturaleza_nombre"]),
            nota=e["naturaleza_nombre"],
        )
        for e in enunciados
    )
    return Celda(partes or (Parte(si_vacia),), ocupa)


def _estado(fila: Fila) -> Celda:
    partes = [Parte(ESTADOS[fila["estado"]])]
    if fila["hay_tension"]:
        partes.append(
            Parte(TENSION, nota="una mesa solo lo valora y la otra solo lo critica")
        )
    if fila["en_conjunto"] and fila["estado"] != "conjunto":
        partes.append(Parte("y en el registro conjunto"))
    return Celda(tuple(partes))


def filas(de_tema: list[Fila]) -> Iterator[tuple[list[Celda], str]]:
    """Entrega las filas de la matriz de un tema: código, mesa A, mesa B y estado.

    `de_tema` son las filas de `mesas_pares` de un tema. Lo registrado en conjunto, y lo
    dicho en plenario, ocupa ambas mesas en una fila aparte.
    """
    for _, grupo in groupby(de_tema, key=itemgetter("codigo")):
        del_codigo = list(grupo)
        en_a, en_b = ([f for f in del_codigo if f["mesa"] == letra] for letra in "AB")
        nombre = Celda((Parte(del_codigo[0]["codigo_nombre"]),))
        if en_a or en_b:
            no_consta = del_codigo[0]["estado"] == "no-consta"
            si_vacia = ESTADOS["no-consta"] if no_consta else VACIO
            par = [_celda(en_a, si_vacia), _celda(en_b, si_vacia)]
            yield [nombre, *par, _estado(del_codigo[0])], ""
        for comun in ("conjunto", "plenario"):
            if juntas := [f for f in del_codigo if f["mesa"] == comun]:
                estado = Celda((Parte(ESTADOS[comun]),))
                yield [nombre, _celda(juntas, VACIO, ocupa=2), estado], ""

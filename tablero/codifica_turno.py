"""Qué enunciado toca leer y cuáles van antes y después, sin traerlos todos.

Se leen tema por tema. De cada tema se sabe cuántos hay y cuáles son el primero, el
último y el primero sin leer; enteros, solo se traen los del tema que se mira.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from tablero.codifica_facetas import libro_que_rige
from tablero.conexion import preguntar
from tablero.estado import seleccion


@dataclass(frozen=True)
class Turno:
    """Un enunciado en su lugar: `lugar` en los de su tema, y `tema` en los temas."""

    temas: pd.DataFrame
    tema: int
    lista: pd.DataFrame
    lugar: int

    @property
    def enunciado(self) -> str:
        """Devuelve la clave del enunciado."""
        return str(self.lista["enunciado_id"][self.lugar])

    @property
    def version(self) -> int | None:
        """Devuelve la versión de la lectura propia, o None si no lo ha leído."""
        propia = self.lista["version_propia"].tolist()[self.lugar]
        return None if propia is None else int(propia)

    @property
    def numero(self) -> int:
        """Devuelve qué número es entre todos, desde 1."""
        return int(self.temas["enunciados"][: self.tema].sum()) + self.lugar + 1

    @property
    def total(self) -> int:
        """Devuelve cuántos enunciados hay."""
        return int(self.temas["enunciados"].sum())

    def anterior(self) -> str:
        """Devuelve la clave del que va antes, o vacío si es el primero de todos."""
        if self.lugar:
            return str(self.lista["enunciado_id"][self.lugar - 1])
        return str(self.temas["ultimo"][self.tema - 1]) if self.tema else ""

    def siguiente(self) -> str:
        """Devuelve la clave del que va después, o vacío si es el último de todos."""
        if self.lugar + 1 < len(self.lista):
            return str(self.lista["enunciado_id"][self.lugar + 1])
        es_ultimo = self.tema + 1 == len(self.temas)
        return "" if es_ultimo else str(self.temas["primero"][self.tema + 1])

    def vecinos(self) -> Iterator[tuple[str, str]]:
        """Entrega el texto de los que van junto a él en su tema, con su rótulo."""
        textos = self.lista["texto"].tolist()
        for lugar, rotulo in ((self.lugar - 1, "Antes"), (self.lugar + 1, "Después")):
            if 0 <= lugar < len(textos):
                yield rotulo, textos[lugar]

    def sin_leer(self) -> str:
        """Devuelve el próximo sin leer: de los que siguen o, si no, de los de antes."""
        del_tema = [
            str(clave) if version is None else ""
            for clave, version in zip(
                self.lista["enunciado_id"], self.lista["version_propia"], strict=True
            )
        ]
        de_otros = [clave or "" for clave in self.temas["sin_leer"].tolist()]
        orden = (
            *del_tema[self.lugar + 1 :],
            *de_otros[self.tema + 1 :],
            *de_otros[: self.tema],
            *del_tema[: self.lugar],
        )
        return next(filter(None, orden), "")


def temas_por_leer(quien: str) -> pd.DataFrame:
    """Devuelve cuánto hay por leer y cuánto leyó una persona, por tema de diálogo."""
    return preguntar(
        "codificar_temas", seleccion(), quien=quien, libro=libro_que_rige()
    )


def tema_de(enunciado: str) -> str:
    """Devuelve la clave del tema de un enunciado que rige; vacío si no lo hay."""
    filas = preguntar("codificar_pasaje", seleccion(), enunciado=enunciado)
    return str(next(iter(filas["tema_dialogo_id"]), ""))


def turno(quien: str, temas: pd.DataFrame, pedido: str) -> Turno:
    """Devuelve el enunciado pedido en su lugar o, si no está, el primero sin leer.

    `temas` son las filas de `temas_por_leer`, una al menos. Si todo está leído, el
    primero.
    """
    claves = temas["tema_dialogo_id"].tolist()
    del_pedido = tema_de(pedido) if pedido else ""
    if del_pedido not in claves:
        con = [(t, c) for t, c in zip(claves, temas["sin_leer"], strict=True) if c]
        del_pedido, pedido = con[0] if con else (claves[0], str(temas["primero"][0]))
    lista = preguntar(
        "codificar_lista", seleccion(), quien=quien, libro=libro_que_rige(),
        tema_dialogo=del_pedido,
    )  # fmt: skip
    lugar = lista["enunciado_id"].tolist().index(pedido)
    return Turno(temas, claves.index(del_pedido), lista, lugar)

"""En qué difieren dos versiones del libro de códigos, y qué código sigue igual."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from datos.libros import FACETAS, Codigo

Que = Literal["agregado", "quitado", "cambiado", "orden"]
# Lo que hace de un código el mismo código: si cambia, lo leído antes se relee.
SENTIDO = ("definicion", "incluir", "excluir")
DE_LUGAR = ("prioridad", "orden")
COMPARADAS = ("nombre", *SENTIDO, "ejemplo", "prioridad")


@dataclass(frozen=True)
class Diferencia:
    """Una diferencia. `cambios` son (columna, antes, después).

    Uno agregado o quitado trae su definición, que antes o después no está. La de orden
    es de la faceta entera: no tiene código ni nombre.
    """

    que: Que
    faceta: str
    codigo: str
    nombre: str
    cambios: tuple[tuple[str, object, object], ...] = ()

    @property
    def cambia_el_sentido(self) -> bool:
        """Dice si lo leído con ese código hay que leerlo de nuevo."""
        return any(self.pide_leer(columna) for columna, _, _ in self.cambios)

    def pide_leer(self, columna: str) -> bool:
        """Dice si es por esa columna que lo leído con él hay que leerlo de nuevo."""
        return self.que == "quitado" or (self.que == "cambiado" and columna in SENTIDO)

    @property
    def solo_de_lugar(self) -> bool:
        """Dice si lo único que cambia es en qué lugar va."""
        return all(columna in DE_LUGAR for columna, _, _ in self.cambios)


def _por_clave(codigos: Sequence[Codigo]) -> dict[tuple[str, str], Codigo]:
    return {(c.faceta, c.codigo): c for c in codigos}


def _columnas(a: Codigo, b: Codigo) -> tuple[tuple[str, object, object], ...]:
    return tuple(
        (columna, getattr(a, columna), getattr(b, columna))
        for columna in COMPARADAS
        if getattr(a, columna) != getattr(b, columna)
    )


def _orden(
    faceta: str, antes: Sequence[Codigo], despues: Sequence[Codigo]
) -> list[Diferencia]:
    """Compara el orden de los códigos que están en las dos, no sus números."""
    filas = [
        [c.codigo for c in sorted(v, key=lambda c: (c.orden, c.codigo))]
        for v in (antes, despues)
    ]
    comunes = set(filas[0]) & set(filas[1])
    era, es = (", ".join(c for c in fila if c in comunes) for fila in filas)
    return (
        []
        if era == es
        else [Diferencia("orden", faceta, "", "", (("orden", era, es),))]
    )


def comparar(antes: Sequence[Codigo], despues: Sequence[Codigo]) -> list[Diferencia]:
    """Devuelve las diferencias, por faceta: quitados, cambiados, agregados y orden."""
    viejos, nuevos = _por_clave(antes), _por_clave(despues)
    halladas: list[Diferencia] = []
    for faceta in FACETAS:
        eran = [c for c in antes if c.faceta == faceta]
        son = [c for c in despues if c.faceta == faceta]
        halladas += [
            Diferencia(
                "quitado",
                faceta,
                c.codigo,
                c.nombre,
                (("definicion", c.definicion, None),),
            )
            for c in eran
            if (faceta, c.codigo) not in nuevos
        ]
        for c in son:
            previo = viejos.get((faceta, c.codigo))
            if previo is None:
                nueva = (("definicion", None, c.definicion),)
                halladas.append(
                    Diferencia("agregado", faceta, c.codigo, c.nombre, nueva)
                )
            elif cambios := _columnas(previo, c):
                halladas.append(
                    Diferencia("cambiado", faceta, c.codigo, c.nombre, cambios)
                )
        halladas += _orden(faceta, eran, son)
    return halladas


def iguales(antes: Sequence[Codigo], despues: Sequence[Codigo]) -> set[tuple[str, str]]:
    """Devuelve (faceta, código) de los que quieren decir lo mismo en las dos."""
    nuevos = _por_clave(despues)
    return {
        clave
        for clave, c in _por_clave(antes).items()
        if clave in nuevos
        and all(getattr(c, s) == getattr(nuevos[clave], s) for s in SENTIDO)
    }

"""Dice qué cambia una versión corregida del acta de una mesa."""

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from datos.actas.celdas import clave
from datos.actas.forma import ActaLeida, FilaActa
from datos.errores import ErrorDeDatos

PARECIDO = 0.6
# Comparar textos cuesta el producto de sus largos, y algo fijo por par. Sobre este
# producto (unos dos segundos) los de esa pregunta quedan como quitados y agregados: un
# archivo hecho para demorar tomaría minutos.
TRABAJO_MAXIMO = 100_000_000
LARGO_DE_UN_PAR = 50
CAMPOS = (
    ("pregunta", "pregunta_id"),
    ("enunciado", "texto"),
    ("naturaleza", "naturaleza"),
    ("tipo", "tipo"),
    ("observacion", "observacion"),
)


@dataclass(frozen=True)
class Diferencia:
    """Un cambio. `clase`: agregado, quitado o cambiado.

    `fila` es la de la versión nueva, la de la vieja si se quitó, y None si el cambio
    es de la mesa. `columna` es None si toda la fila se agregó o se quitó, y entonces
    `antes` o `despues` es el enunciado. Los valores son códigos; None es vacío.
    """

    clase: str
    fila: int | None
    columna: str | None
    antes: str | None
    despues: str | None


Pares: TypeAlias = list[tuple[FilaActa, FilaActa]]


def _iguales(
    antes: Sequence[FilaActa],
    despues: Sequence[FilaActa],
    llave: Callable[[FilaActa], object],
) -> Pares:
    """Empareja en orden las filas de igual llave."""
    libres: dict[object, list[FilaActa]] = {}
    for vieja in reversed(antes):
        libres.setdefault(llave(vieja), []).append(vieja)
    return [(libres[k].pop(), n) for n in despues if libres.get(k := llave(n))]


def _peso(filas: Sequence[FilaActa]) -> int:
    return sum(len(fila.texto) + LARGO_DE_UN_PAR for fila in filas)


def _parecidos(antes: Sequence[FilaActa], despues: Sequence[FilaActa]) -> Pares:
    """Empareja textos parecidos, del más parecido al menos; sin dudas por el orden."""
    if _peso(antes) * _peso(despues) > TRABAJO_MAXIMO:
        return []
    razones: list[tuple[float, int, int]] = []
    for j, nueva in enumerate(despues):
        comparador = difflib.SequenceMatcher(None, "", nueva.texto, autojunk=False)
        for i, vieja in enumerate(antes):
            comparador.set_seq1(vieja.texto)
            # Las dos primeras son cotas baratas de la tercera.
            if (
                comparador.real_quick_ratio() >= PARECIDO
                and comparador.quick_ratio() >= PARECIDO
                and (razon := comparador.ratio()) >= PARECIDO
            ):
                razones.append((-razon, i, j))
    libres_i, libres_j = set(range(len(antes))), set(range(len(despues)))
    pares: Pares = []
    for _, i, j in sorted(razones):
        if i in libres_i and j in libres_j:
            libres_i.remove(i)
            libres_j.remove(j)
            pares.append((antes[i], despues[j]))
    return pares


def _restantes(
    filas: Sequence[FilaActa], tomadas: Iterable[FilaActa]
) -> list[FilaActa]:
    # Por identidad: dos filas pueden decir lo mismo.
    usadas = {id(fila) for fila in tomadas}
    return [fila for fila in filas if id(fila) not in usadas]


def _emparejar(antes: Sequence[FilaActa], despues: Sequence[FilaActa]) -> Pares:
    pares: Pares = []

    def quedan() -> tuple[list[FilaActa], list[FilaActa]]:
        viejas = _restantes(antes, (vieja for vieja, _ in pares))
        return viejas, _restantes(despues, (nueva for _, nueva in pares))

    pares += _iguales(*quedan(), lambda fila: (clave(fila.texto), fila.pregunta_id))
    pares += _iguales(*quedan(), lambda fila: clave(fila.texto))
    viejas, nuevas = quedan()
    for pregunta in dict.fromkeys(fila.pregunta_id for fila in nuevas):
        suyas = [fila for fila in viejas if fila.pregunta_id == pregunta]
        otras = [fila for fila in nuevas if fila.pregunta_id == pregunta]
        pares += _parecidos(suyas, otras)
    return pares


def _cambios(
    fila: int | None, casos: Iterable[tuple[str, object, object]]
) -> list[Diferencia]:
    return [
        Diferencia(
            "cambiado",
            fila,
            columna,
            None if antes is None else str(antes),
            None if despues is None else str(despues),
        )
        for columna, antes, despues in casos
        if antes != despues
    ]


def comparar(antes: ActaLeida, despues: ActaLeida) -> tuple[Diferencia, ...]:
    """Devuelve lo que cambia entre dos versiones del acta de una misma mesa.

    Primero lo de la mesa, después lo cambiado y agregado en el orden de la versión
    nueva, y al final lo quitado. Mover un enunciado de fila no es un cambio. Lanza
    ErrorDeDatos si las actas son de mesas distintas.
    """
    if antes.mesa_id != despues.mesa_id:
        raise ErrorDeDatos(
            f"No se comparan actas de mesas distintas: «{antes.mesa_id}» y"
            f" «{despues.mesa_id}». Elija dos versiones de la misma mesa."
        )
    pares = _emparejar(antes.filas, despues.filas)
    previa = {id(nueva): vieja for vieja, nueva in pares}
    diferencias = _cambios(
        None,
        (
            ("participantes", antes.participantes, despues.participantes),
            ("soporte", antes.soporte, despues.soporte),
        ),
    )
    for nueva in despues.filas:
        vieja = previa.get(id(nueva))
        if vieja is None:
            fila, texto = nueva.fila, nueva.texto
            diferencias.append(Diferencia("agregado", fila, None, None, texto))
            continue
        casos = [(c, getattr(vieja, a), getattr(nueva, a)) for c, a in CAMPOS]
        diferencias += _cambios(nueva.fila, casos)
    quitadas = _restantes(antes.filas, previa.values())
    diferencias += [
        Diferencia("quitado", fila.fila, None, fila.texto, None) for fila in quitadas
    ]
    return tuple(diferencias)

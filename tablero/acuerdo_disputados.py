"""Los enunciados en que un par no coincide, y a dónde lleva cada uno."""

from dataclasses import dataclass

from consultas.seleccion import Seleccion
from tablero.codifica_facetas import libro_que_rige
from tablero.codifica_puestas import en_disputa
from tablero.conexion import preguntar
from tablero.descargas import descargas
from tablero.exportar import Cuadro
from tablero.formato import contar
from tablero.significados import SIGNIFICADOS
from tablero.tabla import Celda, Columna, Parte, dibujar


@dataclass(frozen=True)
class Comparados:
    """Dos codificadores y, por enunciado, lo que puso una y lo que puso otra.

    `hace` es lo que corresponde a la clase: entre personas, «adjudicar»; entre modelos,
    «abrir».
    """

    suyas: list[tuple[str, str, str]]
    una: str
    otra: str
    hace: str


def disputados(
    que: Comparados, solo: tuple[str, str] | None, elegida: Seleccion, aparte: str
) -> None:
    """Lista los desacuerdos; lo que allá no hay que decidir lleva a su ficha.

    `solo` acota a los que una y otra codificaron así.
    """
    suyas = [s for s in que.suyas if s[1] != s[2] and solo in (None, s[1:])]
    if not suyas:
        return
    abiertos = (
        {d.enunciado for d in en_disputa() if d.comun is None}
        if que.hace == "adjudicar"
        else set()
    )
    lista = preguntar("codificar_lista", elegida, quien="", libro=libro_que_rige())
    textos = dict(zip(lista["enunciado_id"], lista["texto"], strict=True))
    dichos = [(str(textos.get(c, c)), a, b) for c, a, b in suyas]
    filas = []
    for (clave, *_), (texto, a, b) in zip(suyas, dichos, strict=True):
        primera = Parte(texto, clave, hace=_a_donde(clave, abiertos))
        filas.append(([Celda((p,)) for p in (primera, Parte(a), Parte(b))], ""))
    cuantos = contar(len(suyas), "enunciado", "enunciados")
    que_hacer = "Pulse uno para leerlo."
    if que.hace == "adjudicar":
        faltan = sum(c in abiertos for c, *_ in suyas)
        que_hacer = (
            f"Por decidir: {faltan}. Pulse uno para decidirlo; si ya lo está, leerlo."
        )
    titulos = ("Enunciado", que.una, que.otra)
    dibujar(
        [Columna("", titulos[0], ancho="50%"), *(Columna("", t) for t in titulos[1:])],
        filas,
        f"En disputa: {cuantos}. {que_hacer}",
        "disputados",
    )
    if solo:
        aparte += f", donde «{que.una}» puso «{solo[0]}» y «{que.otra}», «{solo[1]}»"
    descargas(
        Cuadro(titulos, tuple(dichos)),
        ((titulos[0], SIGNIFICADOS["texto"]),
         *((t, f"Lo que puso «{t}».") for t in titulos[1:])),
        "acuerdo_disputas", elegida, aparte,
    )  # fmt: skip


def _a_donde(enunciado: str, abiertos: set[str]) -> str:
    return "adjudicar" if enunciado in abiertos else "abrir"

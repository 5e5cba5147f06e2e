"""Los enunciados en que un par no coincide, y a dónde lleva cada uno."""

from tablero.codifica_facetas import libro_que_rige
from tablero.codifica_puestas import en_disputa
from tablero.conexion import preguntar
from tablero.estado import seleccion
from tablero.formato import contar
from tablero.tabla import Celda, Columna, Parte, dibujar


def disputados(
    suyas: list[tuple[str, str, str]], una: str, otra: str, hace: str
) -> None:
    """Lista los desacuerdos; lo que allá no hay que decidir lleva a su ficha.

    `hace` es lo que corresponde a la clase: entre personas, «adjudicar»; entre modelos,
    «abrir».
    """
    if not suyas:
        return
    abiertos = (
        {d.enunciado for d in en_disputa() if d.comun is None}
        if hace == "adjudicar"
        else set()
    )
    textos = preguntar("codificar_lista", seleccion(), quien="", libro=libro_que_rige())
    de = dict(zip(textos["enunciado_id"], textos["texto"], strict=True))
    filas = [
        (
            [
                Celda((Parte(str(de.get(c, c)), c, hace=_a_donde(c, abiertos)),)),
                Celda((Parte(a),)),
                Celda((Parte(b),)),
            ],
            "",
        )
        for c, a, b in suyas
    ]
    cuantos = contar(len(suyas), "enunciado", "enunciados")
    que_hacer = "Pulse uno para leerlo."
    if hace == "adjudicar":
        faltan = sum(c in abiertos for c, *_ in suyas)
        que_hacer = (
            f"Por decidir: {faltan}. Pulse uno para decidirlo; si ya lo está, leerlo."
        )
    dibujar(
        [Columna("", "Enunciado", ancho="50%"), Columna("", una), Columna("", otra)],
        filas,
        f"En disputa: {cuantos}. {que_hacer}",
        "disputados",
    )


def _a_donde(enunciado: str, abiertos: set[str]) -> str:
    return "adjudicar" if enunciado in abiertos else "abrir"

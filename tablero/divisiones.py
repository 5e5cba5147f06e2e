"""Las divisiones en unidades que hay, con el texto de sus párrafos, y cómo se comparan.

Una división se compara con otras por tramos: entre dos límites comunes a todas, las
unidades de cada una van en la misma fila. Donde difieren lo dicen un signo y palabras.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from consultas.seleccion import Seleccion
from datos.cortes import calzan, unidades
from datos.pasajes import parrafos
from tablero.conexion import preguntar
from tablero.fiabilidad_cortes import Clave, Cortes
from tablero.formato import contar, de_total, enumerar
from tablero.tabla import Celda, Columna, Parte, dibujar

IGUAL, DISTINTA = "◉ igual", "◐ distinta"


@dataclass
class Divididos:
    """Párrafos divididos por una clase de codificador.

    `sueltas` son las divisiones cuyo párrafo no está, o es otro; `cambiadas`, las que
    alguien corrigió tras guardarlas, cuando ya podía ver las ajenas.
    """

    divisiones: dict[Clave, dict[str, Cortes]] = field(default_factory=dict)
    textos: dict[Clave, str] = field(default_factory=dict)
    rotulos: dict[Clave, str] = field(default_factory=dict)
    sueltas: int = 0
    cambiadas: int = 0


@lru_cache(maxsize=64)
def _partido(texto: str, clase: str, tema: int) -> tuple[str, ...]:
    return tuple(parrafos(texto, clase, tema))


def parrafos_de(
    documento: str | None, elegida: Seleccion
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Devuelve los párrafos de un documento por (documento, tema del diálogo).

    Sin texto cargado, ninguno. Con None, los de todos los que alguien dividió.
    """
    filas = preguntar("segmentaciones_texto", elegida, documento=documento)
    return {
        (fila["documento_id"], fila["tema_dialogo_id"]): (
            _partido(fila["texto_documento"], fila["clase"], int(fila["tema_numero"]))
            if fila["texto_documento"]
            else ()
        )
        for fila in filas.to_dict("records")
    }


def rotulo(titulo: str, clase: str, numero: int, tema: str) -> str:
    """Nombra un documento y, si es un informe, cuál de sus temas."""
    # El título de un acta ya dice su tema.
    return f"{titulo} · tema {numero}: {tema}" if clase == "informe" else titulo


def divididos(elegida: Seleccion, clase: str) -> Divididos:
    """Devuelve las divisiones de una clase de codificador en una selección."""
    todas = preguntar("segmentaciones_lista", elegida)
    hallados = Divididos()
    if todas.empty:
        return hallados
    textos = parrafos_de(None, elegida)
    for fila in todas[todas["clase"] == clase].to_dict("records"):
        donde = (str(fila["documento_id"]), str(fila["tema_dialogo_id"]))
        numero, cortes = int(fila["parrafo"]), tuple(fila["cortes"])
        suyos = textos.get(donde, ())
        if numero > len(suyos) or not calzan(suyos[numero - 1], cortes):
            hallados.sueltas += 1
            continue
        clave = (*donde, numero)
        hallados.divisiones.setdefault(clave, {})[str(fila["codificador_id"])] = cortes
        hallados.textos[clave] = suyos[numero - 1]
        hallados.rotulos[clave] = (
            f"{fila['titulo']} · tema {fila['tema_numero']}, párrafo {numero}"
        )
        hallados.cambiadas += int(fila["version"]) > 1
    return hallados


def tramos(divisiones: Sequence[Cortes]) -> Iterator[tuple[int, list[list[int]]]]:
    """Entrega cada límite común y, por división, los cortes desde el anterior a él."""
    comunes = sorted(set.intersection(*map(set, divisiones)))
    for desde, hasta in zip([0, *comunes[:-1]], comunes, strict=True):
        yield hasta, [[c for c in suyos if desde < c <= hasta] for suyos in divisiones]


def _estado(titulos: Sequence[str], cuantas: Sequence[int]) -> Celda:
    if set(cuantas) == {1}:
        return Celda((Parte(IGUAL),))
    dichas = [
        f"{titulo}, {contar(n, 'unidad', 'unidades')}"
        for titulo, n in zip(titulos, cuantas, strict=True)
    ]
    return Celda((Parte(DISTINTA, nota="; ".join(dichas)),))


def _compartida(unidad: tuple[int, int], todas: Sequence[set[tuple[int, int]]]) -> str:
    """Dice en cuántas de las divisiones está esa misma unidad."""
    cuantas = sum(unidad in suyas for suyas in todas)
    if cuantas == 1:
        return "solo aquí"
    if cuantas < len(todas):
        return f"en {de_total(cuantas, len(todas))}"
    return "en ambas" if cuantas == 2 else "en todas"


def lado_a_lado(
    texto: str, divisiones: Mapping[str, Cortes], leyenda: str, asunto: str
) -> None:
    """Dibuja varias divisiones de un párrafo, cada una bajo su título."""
    titulos, cortes = list(divisiones), list(divisiones.values())
    textos = [unidades(texto, suyos) for suyos in cortes]
    bordes = [list(zip((0, *c[:-1]), c, strict=True)) for c in cortes]
    todas = [set(suyos) for suyos in bordes]
    vistas = [0] * len(cortes)
    filas = []
    for _, del_tramo in tramos(cortes):
        celdas = []
        for i, suyos in enumerate(del_tramo):
            desde, vistas[i] = vistas[i], vistas[i] + len(suyos)
            celdas.append(
                Celda(
                    tuple(
                        Parte(
                            textos[i][n],
                            nota=f"unidad {n + 1}, {_compartida(bordes[i][n], todas)}",
                        )
                        for n in range(desde, vistas[i])
                    )
                )
            )
        estado = _estado(titulos, [len(suyos) for suyos in del_tramo])
        filas.append(([estado, *celdas], ""))
    totales = [
        f"{titulo}: {contar(len(suyos), 'unidad', 'unidades')}"
        for titulo, suyos in zip(titulos, cortes, strict=True)
    ]
    dibujar(
        [Columna("", "Límites", ancho="16%"), *(Columna("", t) for t in titulos)],
        filas,
        f"{leyenda} {enumerar(totales)}.",
        asunto,
    )

"""Cómo presenta un informe cada tema: a quiénes convoca y qué les pregunta."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from datos.encabezados import VINETA, aplanar, sin_vineta
from datos.leido import PreguntaLeida
from datos.parrafos import cierra_parrafo

# La etiqueta de los grupos, con ellos a continuación o en el párrafo que sigue.
_GRUPOS = re.compile(
    r"(?:descripcion de(?: los| las)? participantes|participantes|actores"
    r"|grupos?(?: convocados?| participantes?)?|convocad[oa]s?(?: a)?) ?[:|]"
)
_NUMERADA = re.compile(r"(?:\d{1,2}|[A-Za-z])\s?[.)°-]+\s?(?=¿)")
_SIGUE = re.compile(r"(?:si|y|o|pero|de|en caso|entonces)\b")
# Un guion une palabras («ex-alumnos»); para separar lleva un espacio a algún lado.
_SEPARA = re.compile(r"\s*[–—,;]\s*|\s+[-/|]\s*|-\s+")
_ADJETIVOS = ("micro", "pequen", "median", "grande", "public", "privad")
_VACIAS = {
    "cual", "cuales", "como", "cree", "considera", "usted", "ustedes", "sobre", "para",
    "entre", "desde", "esta", "este", "posee", "ofrece", "tiene", "respecto", "cuando",
    "donde", "quien", "quienes", "debe", "deberia",
}  # fmt: skip


@dataclass(frozen=True)
class Presentacion:
    """Un tema tal como se presenta; `sobran` son los párrafos que no se entendieron.

    `bloques` son los de preguntas; `sobran` lleva con cada párrafo su ordinal.
    """

    numero: int
    nombre: str
    grupos: tuple[str, ...]
    bloques: tuple[str, ...]
    sobran: tuple[tuple[int, str], ...]


def _pregunta(texto: str) -> bool:
    return "¿" in texto or "?" in texto


def _abre(linea: str) -> bool:
    """Dice si una línea solo puede ser comienzo de párrafo."""
    return bool(VINETA.match(linea) or _GRUPOS.match(aplanar(linea)))


def _abre_bloque(linea: str) -> bool:
    return _NUMERADA.sub("", sin_vineta(linea), count=1).startswith("¿")


def _parrafos(lineas: Sequence[str], ancho: int | None) -> list[str]:
    """Une las líneas de una presentación, donde casi todo es una lista breve."""
    parrafos: list[list[str]] = []
    hay_pregunta = False
    for linea in lineas:
        ultima = parrafos[-1][-1] if parrafos else ""
        corta = (
            not parrafos
            or ancho is None
            or _abre(linea)
            or (_abre_bloque(linea) and not hay_pregunta)
            or cierra_parrafo(ultima, linea, ancho)
        )
        if corta:
            parrafos.append([linea])
            hay_pregunta = _pregunta(linea)
        else:
            parrafos[-1].append(linea)
            hay_pregunta = hay_pregunta or _pregunta(linea)
    return [" ".join(suyas) for suyas in parrafos]


def separar_grupos(texto: str) -> tuple[str, ...]:
    """Devuelve de a uno los grupos de una lista: «OMIL- USUARIOS/AS» son dos.

    Lo que va entre paréntesis no se separa, y «pequeñas y medianas empresas» tampoco.
    """
    guardados = re.findall(r"\([^()]*\)", texto)
    plano = re.sub(r"\([^()]*\)", "\0", texto.rstrip(" ."))
    piezas = [pieza.strip() for pieza in _SEPARA.split(plano) if pieza.strip(" -\0")]
    if len(piezas) > 1:
        antes, y, despues = piezas[-1].partition(" y ")
        adjetivo = aplanar(antes).split(" ")[-1].startswith(_ADJETIVOS)
        if y and not adjetivo:
            piezas[-1:] = [antes, despues]
        elif piezas[-1].startswith("y "):
            piezas[-1] = piezas[-1].removeprefix("y ")
    orden = iter(guardados)
    return tuple(re.sub("\0", lambda _: next(orden), pieza) for pieza in piezas)


def presentar(
    numero: int, titulo: str, lineas: Sequence[str], ancho: int | None
) -> Presentacion:
    """Entiende las líneas que siguen al encabezado de un tema, en su presentación."""
    nombre, grupos, bloques, sobran = titulo, list[str](), list[str](), []
    espera = False
    for orden, parrafo in enumerate(_parrafos(lineas, ancho), start=1):
        etiqueta = _GRUPOS.match(aplanar(parrafo))
        if _pregunta(parrafo):
            espera = False
            sigue = bool(_SIGUE.match(aplanar(parrafo))) or parrafo[0].islower()
            if bloques and sigue and not _abre_bloque(parrafo):
                bloques[-1] = f"{bloques[-1]} {parrafo}"
            else:
                bloques.append(sin_vineta(parrafo))
        elif etiqueta and not grupos:
            grupos += separar_grupos(parrafo[etiqueta.end() :])
            espera = not grupos
        elif espera or (grupos and VINETA.match(parrafo) and not bloques):
            # Tras la etiqueta va un párrafo de grupos, o una viñeta por cada uno.
            grupos += separar_grupos(sin_vineta(parrafo))
            espera = False
        elif not nombre and not grupos and not bloques:
            nombre = sin_vineta(parrafo)
        else:
            sobran.append((orden, parrafo))
    return Presentacion(numero, nombre, tuple(grupos), tuple(bloques), tuple(sobran))


def _huella(bloque: str) -> str:
    """Devuelve lo que hace igual a un bloque: sus letras, sin espacios ni signos."""
    return re.sub(r"\W+", " ", aplanar(bloque)).strip()


def _clave(huella: str, usadas: Mapping[str, str]) -> str:
    palabras = [p for p in huella.split() if len(p) > 3 and p not in _VACIAS]
    base = clave = "-".join(palabras[:4]) or "comun"
    numero = 2
    while clave in usadas.values():
        clave, numero = f"{base}-{numero}", numero + 1
    return clave


def preguntas(
    bloques: Mapping[int, Sequence[str]],
) -> dict[int, tuple[PreguntaLeida, ...]]:
    """Numera los bloques de cada tema y da una misma `clave` a los que se repiten.

    Recibe y devuelve por número de tema. La clave sale de las palabras del bloque, y
    así es la misma en otro informe que haga la misma pregunta.
    """
    temas: dict[str, set[int]] = {}
    for numero, suyos in bloques.items():
        for bloque in suyos:
            temas.setdefault(_huella(bloque), set()).add(numero)
    claves: dict[str, str] = {}
    for huella, donde in temas.items():
        if len(donde) > 1:
            claves[huella] = _clave(huella, claves)
    return {
        numero: tuple(
            PreguntaLeida(
                orden,
                bloque,
                max(bloque.count("¿"), bloque.count("?")),
                claves.get(_huella(bloque)),
            )
            for orden, bloque in enumerate(suyos, start=1)
        )
        for numero, suyos in bloques.items()
    }

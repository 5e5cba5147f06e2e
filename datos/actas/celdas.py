"""Revisa una celda de un acta: lo que dice, o qué tiene de malo y qué hacer."""

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from datos.actas.forma import LARGO_TEXTO, MAXIMO_PARTICIPANTES

# Llegan al pegar desde un procesador de textos; nadie los ve ni los escribió.
INVISIBLES = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
# Controles, órdenes de dirección de escritura (muestran otra cosa que la que hay) y
# lo que no es un carácter. El salto de línea y el tabulador son espacios.
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufffe\uffff]"
)
# «- Abrir cursos» es una viñeta; «-2+3», «-SUMA(A1)» y un guion solo no son texto.
FORMULA = re.compile(r"[=+@＝＋＠]|[-－](?:$|[\d.(]|\w+[(!])")
ERRORES = frozenset(
    {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!",
     "#CALC!", "#FIELD!", "#¡REF!", "#N/D", "#¿NOMBRE?", "#¡VALOR!", "#¡DIV/0!",
     "#¡NUM!", "#¡NULO!", "#¡DESBORDAMIENTO!", "#¡CALC!", "#¡CAMPO!"}
)  # fmt: skip
FECHA = re.compile(r"\d{4}-\d{1,2}-\d{1,2}\b.*|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}")
LARGO_CITA = 60
LARGO_PARECIDO = 255


class Reparo(NamedTuple):
    """Lo que una celda tiene de malo y qué hacer."""

    problema: str
    remedio: str


@dataclass(frozen=True)
class Lista:
    """Lo que se puede elegir en una columna.

    `que` completa «no es …»; `rotulos` va de código a nombre; `formas`, de cada manera
    de escribirlo (sin tildes ni mayúsculas) a su código.
    """

    que: str
    rotulos: Mapping[str, str]
    formas: Mapping[str, str]


def plegar(celda: str | None) -> str:
    """Devuelve el texto en NFC, sin invisibles y con los espacios plegados."""
    visible = (celda or "").translate(INVISIBLES)
    return " ".join(unicodedata.normalize("NFC", visible).split())


def clave(celda: str | None) -> str:
    """Devuelve el texto plegado sin tildes ni mayúsculas, para comparar."""
    letras = unicodedata.normalize("NFKD", plegar(celda))
    sin_tildes = "".join(c for c in letras if not unicodedata.combining(c))
    return " ".join(sin_tildes.casefold().split())


def citar(celda: str) -> str:
    """Devuelve el comienzo de una celda, apto para un mensaje."""
    visible = CONTROL.sub("\ufffd", plegar(CONTROL.sub("\ufffd", celda)))
    return visible if len(visible) <= LARGO_CITA else visible[: LARGO_CITA - 1] + "…"


def armar_lista(que: str, opciones: Sequence[tuple[str, Sequence[str]]]) -> Lista:
    """Arma una lista de opciones (código, maneras de nombrarlo; la primera se muestra).

    Un nombre que sirve a dos códigos no sirve para elegir: queda solo el código.
    """
    codigos = _inequivocos([(codigo, codigo) for codigo, _ in opciones])
    nombres = _inequivocos([(n, codigo) for codigo, suyos in opciones for n in suyos])
    rotulos = {codigo: plegar(suyos[0]) or codigo for codigo, suyos in opciones}
    # El código manda: un nombre igual al código de otro no lo tapa.
    return Lista(que, rotulos, nombres | codigos)


def _inequivocos(pares: Sequence[tuple[str, str]]) -> dict[str, str]:
    destinos: dict[str, set[str]] = {}
    for forma, codigo in pares:
        destinos.setdefault(clave(forma), set()).add(codigo)
    return {forma: min(a) for forma, a in destinos.items() if forma and len(a) == 1}


def parecido(celda: str, formas: Mapping[str, str]) -> str | None:
    """Devuelve a qué lleva la forma más parecida a la celda, o None si ninguna."""
    buscada = clave(celda)
    # Con una o dos letras todo se parece, y comparar textos enormes cuesta segundos.
    if not 3 <= len(buscada) <= LARGO_PARECIDO:
        return None
    largas = [forma for forma in formas if len(forma) >= 3]
    cercanas = difflib.get_close_matches(buscada, largas, 1, 0.6)
    return formas[cercanas[0]] if cercanas else None


def elegir(celda: str, lista: Lista) -> tuple[str | None, Reparo | None]:
    """Devuelve el código que la celda nombra o, si ninguno, el reparo."""
    texto = plegar(celda)
    hallado = texto if texto in lista.rotulos else lista.formas.get(clave(celda))
    if hallado is not None and not CONTROL.search(celda):
        return hallado, None
    problema = f"«{citar(celda)}» no es {lista.que}."
    cercano = parecido(celda, lista.formas)
    if cercano is not None:
        remedio = f"¿Quiso decir «{citar(lista.rotulos[cercano])}»?"
    elif lista.rotulos:
        remedio = f"Use uno de estos valores: {'; '.join(lista.rotulos.values())}."
    else:
        remedio = "No hay ninguna para elegir: deje la celda vacía."
    return None, revisar(celda) or Reparo(problema, remedio)


def revisar(celda: str) -> Reparo | None:
    """Devuelve lo que hace inadmisible a una celda en cualquier columna, o None."""
    texto = plegar(celda)
    if CONTROL.search(celda):
        return Reparo(
            "tiene caracteres de control.", "Escriba el texto de nuevo, sin pegarlo."
        )
    if texto.upper() in ERRORES:
        return Reparo(
            f"la celda tiene el error {texto}.", "Escriba el dato en vez de calcularlo."
        )
    if FORMULA.match(texto):
        return Reparo(
            f"celda con fórmula: «{citar(texto)}».",
            "Escriba texto que no empiece con =, +, @ ni sea solo un guion.",
        )
    if len(texto) > LARGO_TEXTO:
        return Reparo(
            f"el texto tiene {len(texto)} caracteres y el máximo es {LARGO_TEXTO}.",
            "Sepárelo en varios enunciados o resúmalo.",
        )
    return None


def leer_participantes(celda: str) -> tuple[int | None, Reparo | None]:
    """Devuelve cuántas personas dice la celda o, si no es un entero posible, el reparo.

    Admite de 0 a MAXIMO_PARTICIPANTES. La celda vacía no llega aquí: es «no consta».
    """
    texto = plegar(celda)
    entero = re.fullmatch(r"0*([0-9]{1,4})", texto)
    if CONTROL.search(celda):
        return None, revisar(celda)
    if entero and int(entero[1]) <= MAXIMO_PARTICIPANTES:
        return int(entero[1]), None
    negativo = re.fullmatch(r"[-－−]\s*\d+(?:[.,]\d+)?", texto)
    if not negativo and (reparo := revisar(celda)):
        return None, reparo
    if negativo:
        defecto = "es negativo"
    elif FECHA.fullmatch(texto):
        defecto = "es una fecha y no un número"
    elif re.fullmatch(r"\d+[.,]\d+", texto):
        defecto = "tiene decimales"
    elif re.fullmatch(r"[0-9]+", texto):
        defecto = f"es más de lo posible en una mesa ({MAXIMO_PARTICIPANTES})"
    else:
        defecto = "no es un número entero"
    remedio = "Escriba un entero desde 0, o deje la celda vacía si no consta."
    return None, Reparo(f"«{citar(texto)}» {defecto}.", remedio)

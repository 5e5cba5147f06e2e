"""Halla en un texto los datos personales que el tablero no debe guardar.

Son el RUT, el correo y el teléfono. Un RUT se reconoce por su dígito verificador: el
módulo 11 con que el Registro Civil asigna el RUN y el SII el RUT (DFL 3 de 1969, del
Ministerio de Hacienda), con los pesos 2 a 7 desde la derecha.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from datos.errores import Falta

TACHA = "█"
QUITAR = (
    "Bórrelo en el archivo y cárguelo otra vez: aquí no se guardan datos personales."
)
# Cuántos caracteres después de «RUT» o «teléfono» un número suelto todavía es suyo.
ALCANCE = 40
# \u2029 cierra un párrafo y puede venir antes del salto de línea que ya lo muestra.
SALTO = re.compile("\r\n|\u2029\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Se leen como otra letra: guiones que Unicode no cuenta entre ellos, puntos a media
# altura, blancos sin tinta, la ka cirílica y la griega, el «º» de «Nº».
PARECIDOS = str.maketrans(
    "−⁃˗ー·∙⋅․‧・。｡\t\u2800\u3164\uffa0\u115f\u1160КкΚκºª",
    "----........      kkkk°°",
)
# No se ven, pero un PDF los deja por un guion o un espacio: se prueba de dos formas.
DUDOSOS = {"\u00ad": "-", "\ufffe": "-", "\x02": "-", "\u200b": " "}

# Los patrones corren sobre el texto llano: minúsculas o mayúsculas, sin tildes, un solo
# guion, un solo espacio, \n como único salto. Cada repetición tiene tope: el tiempo es
# proporcional al largo del texto.
RUT_CON_GUION = re.compile(
    r"(?<![0-9])(?P<cuerpo>[0-9](?:[.,]?[0-9]){6,7}"
    r"|[0-9]{1,2}(?: ?[.,][ \n]?| )[0-9]{3}(?: ?[.,][ \n]?| )[0-9]{3})"
    r" ?-[ \n]{0,3}(?P<dv>[0-9]|k(?![a-z]))(?![0-9])"
    # Una compra pública se identifica igual, y sigue con su tipo y su año.
    r"(?!-[a-z]{1,2}[0-9]{2})",
    re.IGNORECASE,
)
RUT_SIN_GUION = re.compile(
    r"(?<![0-9$])(?<![0-9][.,])(?<!\$ )(?P<cuerpo>[0-9]{1,2}\.[0-9]{3}\.[0-9]{3})"
    # Más cifras detrás de un espacio son columnas de una tabla.
    r" ?(?P<dv>[0-9]|k(?![a-z]))(?![0-9]|[.,][0-9]| [0-9]| ?%)",
    re.IGNORECASE,
)
RUT_SUELTO = re.compile(
    r"(?<![a-z])(?P<palabra>r\.? ?u\.? ?[tn]\.?(?:e?s)?|c\.? ?i\.?|cedulas?|carnets?"
    r"|identidad|rol unico)(?![a-z])"
    r"|(?<![0-9])(?P<cuerpo>[0-9]{7,8}|[0-9]{1,2}[ .][0-9]{3}[ .][0-9]{3})"
    r" ?(?P<dv>[0-9]|k(?![a-z]))(?![0-9])",
    re.IGNORECASE,
)
TELEFONO = re.compile(
    # Con el código del país no hace falta más.
    r"\(?(?:\+|(?<![0-9])00)[ (]{0,2}56(?:[ \n.()/-]{0,3}[0-9]){8,9}[0-9]*"
    r"|(?:(?=\()|(?<![0-9a-z$])(?<!\$ ))(?:"
    r"(?:56[ -]?)?\(?0?9\)?(?: ?[.-] ?| )?[0-9]{4}(?: ?[.-] ?| )?[0-9]{4}"
    r"|9[0-9] [0-9]{3} [0-9]{2} ?[0-9]{2}|9[0-9]{2}-[0-9]{3}-[0-9]{3}"
    r"|\( ?0?2 ?\)[ -]{0,3}[23][0-9]{3}[ .-]?[0-9]{4}"
    r"|\( ?0?[3-7][0-9] ?\)[ -]{0,3}(?:[23][ .-]?[0-9]{3}[ .-]?[0-9]{3}"
    r"|[23][0-9]{2}[ .-]?[0-9]{4}|[23][ -]?[0-9]{2}-[0-9]{2}-[0-9]{2}"
    r"|[2-9][0-9]{2}-?[0-9]{3})"
    r"|0?2[ -]{1,3}[23][0-9]{3}[ -]?[0-9]{4}|2[23][0-9]{3}[ -][0-9]{4}"
    r"|0?[3-7][0-9](?:[ -]{1,3}[23][0-9]{6}|-[23][ -]?[0-9]{3}[ -]?[0-9]{3})"
    r"|600[ .-][0-9]{3}[ .-]?[0-9]{4}|800-[0-9]{3}-?[0-9]{3}"
    # Solo espacios: si hay cifras a los lados, son columnas de una tabla.
    r"|(?<![0-9] )(?:9[0-9]{2} [0-9]{3} [0-9]{3}|800 [0-9]{3} ?[0-9]{3}"
    r"|[3-7][0-9] 2(?: [0-9]{3} [0-9]{3}|[0-9]{2} [0-9]{4}))(?! [0-9])"
    # Un ISBN termina en otro guion y una cifra.
    r")(?![0-9a-z]|-[0-9](?![0-9]))",
    re.IGNORECASE,
)
TELEFONO_SUELTO = re.compile(
    r"(?<![a-z])(?P<palabra>(?:tele)?fonos?|telefonic[oa]s?|tel|cel|celular(?:es)?"
    r"|movil(?:es)?|fax|whats ?app|wsp)(?![a-z])"
    r"|(?<![0-9$])(?<!\$ )\+?\(?[0-9](?:[ .()/-]{0,2}[0-9]){5,12}(?![0-9])",
    re.IGNORECASE,
)
# Años seguidos, fechas y cantidades con sus miles, que tienen forma de teléfono.
NO_ES_TELEFONO = re.compile(
    r"(?![+0])(?:.*[^0-9])?(?:199|20[0-3])[0-9][^0-9]+(?:199|20[0-3])[0-9]"
    r"|[0-9]{1,2}[./-][0-9]{1,2}[./-](?:19|20)[0-9]{2}"
    r"|(?:19|20)[0-9]{2}[./-][01][0-9][./-][0-3][0-9]"
    r"|[0-9]{1,2}(?:\.[0-9]{3})+|[0-9](?: [0-9]{3}){2}"
)
PUNTO = r"(?: ?[\[({<] ?(?:punto|dot) ?[\])}>] ?| (?:punto|dot) )"
CORREO = re.compile(
    # «síganos en @alguien» no lleva espacio después: por eso antes tampoco vale.
    r"(?:@[ \n]?| @ | ?[\[({<] ?(?:arroba|at|@) ?[\])}>] ?| arroba )"
    rf"[\w-]{{1,63}}(?:(?:\.|{PUNTO})[\w-]{{1,63}}){{0,6}}"
    rf"(?:\.[a-z]{{2,24}}|{PUNTO}(?:cl|com|org|net|edu|gob|gov|info|es)(?!\w))",
    re.IGNORECASE,
)
# El nombre se lee desde la arroba hacia atrás: así cada arroba mira un trecho fijo.
NOMBRE = re.compile(r"[\w.%+'-]{1,64}")
NOMBRE_ESCRITO = re.compile(
    r"[\w.%+'-]{1,64}(?:(?: otnup |[\])}>] ?otnup ?[\[({<])[\w.%+'-]{1,64}){0,3}",
    re.IGNORECASE,
)
Tramo: TypeAlias = tuple[int, int]
Vale: TypeAlias = Callable[[re.Match[str]], bool]


@dataclass(frozen=True)
class Hallazgo:
    """Un dato personal en un texto, con su lugar; `clase`: RUT, correo o teléfono.

    `desde` y `hasta` son caracteres desde 1, inclusive; `linea`, desde 1; `muestra`
    deja ver el primer carácter y el último.
    """

    clase: str
    desde: int
    hasta: int
    linea: int
    muestra: str


def _equivalente(letra: str) -> str:
    """Devuelve el carácter llano que se lee en lugar de otro; vacío si no se ve."""
    if ord(letra) in PARECIDOS:
        return letra.translate(PARECIDOS)
    if SALTO.fullmatch(letra):
        return "\n"
    clase = unicodedata.category(letra)
    if clase == "Nd":
        return str(unicodedata.decimal(letra))
    if clase in ("Cf", "Cc", "Mn", "Me", "Zs", "Pd"):
        return {"Zs": " ", "Pd": "-"}.get(clase, "")
    # Un superíndice es una llamada a nota, no una cifra más del número.
    if clase == "No":
        return letra
    base, *resto = list(unicodedata.normalize("NFKD", letra))
    return base if all(map(unicodedata.combining, resto)) else letra


def _llanos(texto: str) -> Iterator[tuple[str, Sequence[int]]]:
    """Da el texto llano y el lugar de cada carácter suyo en el original, desde 0."""
    tabla = {letra: _equivalente(letra) for letra in set(texto)}
    versiones = [tabla | {letra: "" for letra in DUDOSOS if letra in tabla}]
    if not DUDOSOS.keys().isdisjoint(tabla):
        versiones.append(tabla | DUDOSOS)
    for version in versiones:
        lugares: Sequence[int] = range(len(texto))
        if "" in version.values():
            lugares = [lugar for lugar in lugares if version[texto[lugar]]]
        yield texto.translate({ord(a): b for a, b in version.items()}), lugares


def _es_rut(calce: re.Match[str]) -> bool:
    """Comprueba el dígito verificador con el módulo 11."""
    cifras = [int(letra) for letra in calce["cuerpo"] if letra.isdigit()]
    suma = sum(c * (2 + lugar % 6) for lugar, c in enumerate(reversed(cifras)))
    return suma > 0 and "0k987654321"[suma % 11] == calce["dv"].lower()


def _es_telefono(calce: re.Match[str]) -> bool:
    """Descarta fechas y cantidades; de los de seis cifras, los que no van juntas."""
    cifras = sum(letra.isdigit() for letra in calce[0])
    seguidas = cifras > 6 or calce[0].isdigit()
    return seguidas and not NO_ES_TELEFONO.fullmatch(calce[0])


def _buscar(patron: re.Pattern[str], llano: str, vale: Vale) -> Iterator[Tramo]:
    """Da los calces que valen; dentro de uno que no vale puede empezar otro."""
    desde = 0
    while calce := patron.search(llano, desde):
        desde = calce.start() + 1
        if vale(calce):
            desde = calce.end()
            yield calce.span()


def _sueltos(patron: re.Pattern[str], llano: str, vale: Vale) -> Iterator[Tramo]:
    """Da los números que siguen de cerca a su palabra, o a otro que la sigue."""
    ancla = -ALCANCE
    for calce in patron.finditer(llano):
        if calce["palabra"] is not None:
            ancla = calce.end()
        elif 0 <= calce.start() - ancla < ALCANCE and vale(calce):
            ancla = calce.end()
            yield calce.span()


def _correos(llano: str) -> Iterator[Tramo]:
    for calce in CORREO.finditer(llano):
        antes = llano[max(0, calce.start() - 200) : calce.start()][::-1]
        escrito = "@" not in calce[0] or "punto" in calce[0].lower()
        nombre = (NOMBRE_ESCRITO if escrito else NOMBRE).match(antes)
        if nombre:
            yield calce.start() - nombre.end(), calce.end()


def _tramos(texto: str) -> list[tuple[int, int, str]]:
    """Devuelve los tramos [desde, hasta) del original, ordenados y ya unidos."""
    todos: list[tuple[int, int, str]] = []
    for llano, lugares in _llanos(texto):
        for clase, tramos in (
            ("RUT", _buscar(RUT_CON_GUION, llano, _es_rut)),
            ("RUT", _buscar(RUT_SIN_GUION, llano, _es_rut)),
            ("RUT", _sueltos(RUT_SUELTO, llano, _es_rut)),
            ("correo", _correos(llano)),
            ("teléfono", _buscar(TELEFONO, llano, _es_telefono)),
            ("teléfono", _sueltos(TELEFONO_SUELTO, llano, _es_telefono)),
        ):
            todos += ((lugares[a], lugares[b - 1] + 1, clase) for a, b in tramos)
    unidos: list[tuple[int, int, str]] = []
    for desde, hasta, clase in sorted(todos, key=lambda tramo: (tramo[0], -tramo[1])):
        if unidos and desde < unidos[-1][1]:
            desde, tope, clase = unidos.pop()
            hasta = max(hasta, tope)
        unidos.append((desde, hasta, clase))
    return unidos


def hallar(texto: str) -> tuple[Hallazgo, ...]:
    """Devuelve los datos personales de un texto, en orden y sin que se encimen."""
    saltos = [salto.end() for salto in SALTO.finditer(texto)]
    hallados = []
    for desde, hasta, clase in _tramos(texto):
        linea = bisect_right(saltos, desde) + 1
        muestra = f"{texto[desde]}{TACHA * (hasta - desde - 2)}{texto[hasta - 1]}"
        hallados.append(Hallazgo(clase, desde + 1, hasta, linea, muestra))
    return tuple(hallados)


def enmascarar(texto: str) -> str:
    """Devuelve el texto con los datos personales tachados, del mismo largo.

    Un salto de línea dentro de un dato se conserva, para que las líneas no cambien.
    """
    letras = list(texto)
    for desde, hasta, _ in _tramos(texto):
        tramo = letras[desde:hasta]
        letras[desde:hasta] = (x if SALTO.match(x) else TACHA for x in tramo)
    return "".join(letras)


def faltas(archivo: str, texto: str) -> list[Falta]:
    """Devuelve una falta por cada dato personal, con su línea y sus caracteres."""
    halladas = []
    for h in hallar(texto):
        que = f"hay un {h.clase} ({h.muestra}), caracteres {h.desde} a {h.hasta}."
        halladas.append(Falta(archivo, que, QUITAR, h.linea))
    return halladas

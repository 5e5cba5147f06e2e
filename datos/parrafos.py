"""Reconstruye los párrafos de un informe cuyas líneas vienen cortadas por el ancho."""

import re
import unicodedata
from dataclasses import dataclass, replace

from datos.encabezados import VINETA, es_de_conclusiones, secciones, sin_vineta, tema
from datos.leido import FIN_DE_PARRAFO, SALTO_DE_PAGINA, Seccion

FIN_DE_ORACION = (".", "?", "!", ":", "…")
# Nadie corta líneas más largas que esto: si abundan, cada línea es un párrafo.
ANCHO_MAXIMO = 200
# Una palabra de verdad no pasa de aquí, y ordenar miles de tildes sobre una misma
# letra toma un tiempo cuadrático.
PALABRA_MAXIMA = 200
PALABRA_LARGA = re.compile(rf"(?<!\S)\S{{{PALABRA_MAXIMA + 1}}}")
NUMERO_DE_PAGINA = re.compile(
    r"(?:p[áa]g(?:ina|\.)? ?)?\d{1,4}(?: ?(?:de|/) ?\d{1,4})?"
)


@dataclass(frozen=True)
class Tramo:
    """Lo que hay entre dos encabezados.

    `tema` y `titulo` son los del encabezado de tema que lo abre; None y vacío si no lo
    abre ninguno. `lineas`, como las da `lineas`, sin los encabezados.
    """

    seccion: Seccion | None
    tema: int | None
    titulo: str
    lineas: tuple[str, ...]

    @property
    def concluye(self) -> bool:
        """Dice si está dentro de la sección de conclusiones."""
        return es_de_conclusiones(self.seccion)


def _componer(texto: str) -> str:
    if not PALABRA_LARGA.search(texto):
        return unicodedata.normalize("NFC", texto)
    return re.sub(
        r"\S+",
        lambda palabra: (
            unicodedata.normalize("NFC", palabra[0])
            if len(palabra[0]) <= PALABRA_MAXIMA
            else palabra[0]
        ),
        texto,
    )


def _con_contenido(trozos: list[str]) -> list[str]:
    plegados = (" ".join(trozo.split()) for trozo in trozos)
    return [plegado for plegado in plegados if plegado]


def _paginas(texto: str) -> tuple[list[str], list[str]]:
    """Devuelve las líneas y, aparte, los números de página junto a un salto."""
    hojas = [
        _con_contenido(hoja.splitlines())
        for hoja in _componer(texto).split(SALTO_DE_PAGINA)
    ]
    numeros = []
    for hoja in hojas if len(hojas) > 1 else []:
        for borde in (0, -1):
            if hoja and NUMERO_DE_PAGINA.fullmatch(hoja[borde].lower()):
                numeros.append(hoja.pop(borde))
    return [linea for hoja in hojas for linea in hoja], numeros


def numeros_de_pagina(texto: str) -> list[str]:
    """Devuelve los números de página, que `lineas` deja fuera de los párrafos."""
    return [] if FIN_DE_PARRAFO in texto else _paginas(texto)[1]


def lineas(texto: str) -> list[str]:
    """Devuelve las líneas con contenido, en NFC y con los espacios plegados.

    Los saltos de página y las líneas en blanco desaparecen: en un informe a doble
    espacio separan líneas, no párrafos. Si el texto trae FIN_DE_PARRAFO, cada línea
    que se devuelve es un párrafo cierto.
    """
    if FIN_DE_PARRAFO in texto:
        return _con_contenido(_componer(texto).split(FIN_DE_PARRAFO))
    return _paginas(texto)[0]


def ancho_de(texto: str, cortadas: list[str]) -> int | None:
    """Devuelve el ancho, en letras, de las líneas; None si son párrafos ciertos."""
    largas = sum(len(linea) > ANCHO_MAXIMO for linea in cortadas)
    if FIN_DE_PARRAFO in texto or largas * 20 > len(cortadas):
        return None
    return max((len(x) for x in cortadas if len(x) <= ANCHO_MAXIMO), default=0)


def cierra_parrafo(linea: str, siguiente: str, ancho: int) -> bool:
    """Dice si entre dos líneas hay un punto aparte y no un corte por el ancho."""
    con_la_palabra = len(linea) + 1 + len(siguiente.partition(" ")[0])
    if linea.endswith(FIN_DE_ORACION):
        return con_la_palabra <= ancho
    # Sin punto final hace falta más: la letra no es de ancho fijo, y un nombre
    # propio al comienzo de una línea también lleva mayúscula.
    return siguiente[:1].isupper() and con_la_palabra <= ancho - ancho // 8


def unir(cortadas: list[str], ancho: int | None) -> list[str]:
    """Une líneas cortadas al llegar a `ancho` caracteres y devuelve los párrafos.

    Una línea cierra párrafo si la primera palabra de la siguiente habría cabido en
    ella: nadie la cortó por falta de ancho. Así un salto de página dentro de una
    oración no parte el párrafo, y un párrafo sin su punto final sí se cierra. Con
    `ancho` None cada línea ya es un párrafo.
    """
    if ancho is None or not cortadas:
        return list(cortadas)
    parrafos: list[str] = []
    abierto: list[str] = []
    for linea, siguiente in zip(cortadas, [*cortadas[1:], ""], strict=True):
        abierto.append(linea)
        if not siguiente or cierra_parrafo(linea, siguiente, ancho):
            parrafos.append(" ".join(abierto))
            abierto = []
    return parrafos


def _titular(tramo: Tramo, ancho: int | None) -> Tramo:
    """Pasa al título lo suyo: la viñeta que lo nombra, o su segunda línea."""
    titulo, quedan = tramo.titulo, list(tramo.lineas)
    if not titulo and tramo.concluye and quedan and VINETA.match(quedan[0]):
        titulo = sin_vineta(quedan.pop(0))
    # Un nombre largo ocupa dos líneas: la primera se cortó por el ancho.
    if titulo and quedan and ancho and quedan[0][:1].islower():
        largo = len(f"Temática {tramo.tema}: {titulo}")
        if largo + 1 + len(quedan[0].partition(" ")[0]) > ancho:
            titulo = f"{titulo} {quedan.pop(0)}"
    return replace(tramo, titulo=titulo, lineas=tuple(quedan))


def tramos(texto: str) -> tuple[list[Tramo], int | None]:
    """Devuelve el texto cortado por sus encabezados, y el ancho de sus líneas."""
    todas = lineas(texto)
    ancho = ancho_de(texto, todas)
    abren = secciones(todas)
    abiertos: list[tuple[Seccion | None, int | None, str, list[str]]] = []
    seccion = None
    for i, linea in enumerate(todas):
        if i in abren:
            seccion = abren[i]
            abiertos.append((seccion, None, "", []))
        elif de_tema := tema(linea):
            abiertos.append((seccion, *de_tema, []))
        else:
            if not abiertos:
                abiertos.append((None, None, "", []))
            abiertos[-1][3].append(linea)
    armados = [Tramo(s, n, titulo, tuple(suyas)) for s, n, titulo, suyas in abiertos]
    return [_titular(t, ancho) if t.tema is not None else t for t in armados], ancho


def concluidos(cortados: list[Tramo], ancho: int | None) -> dict[int, list[str]]:
    """Devuelve los párrafos de las conclusiones de un texto ya cortado, por tema."""
    por_tema: dict[int, list[str]] = {}
    for tramo in cortados:
        if tramo.tema is not None and tramo.concluye:
            por_tema.setdefault(tramo.tema, []).extend(tramo.lineas)
    return {numero: unir(suyas, ancho) for numero, suyas in por_tema.items()}


def conclusiones(texto: str) -> dict[int, list[str]]:
    """Devuelve los párrafos de las conclusiones por número de tema.

    Los encabezados («Tema 1:», «Temática 3:») no son párrafos: la posición 0 de cada
    lista es el párrafo 1 de su tema. Un texto sin conclusiones da un diccionario vacío.
    """
    return concluidos(*tramos(texto))

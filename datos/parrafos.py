"""Reconstruye los párrafos de un informe cuyas líneas vienen cortadas por el ancho."""

import re
import unicodedata

FIN_DE_ORACION = (".", "?", "!", ":", "…")
ENCABEZADO_TEMA = re.compile(r"^Tem(?:a|ática)\s+(\d+)\s*:", re.IGNORECASE)
SECCION_CONCLUSIONES = re.compile(r"^8\.\s*Conclusiones\b", re.IGNORECASE)


def lineas(texto: str) -> list[str]:
    """Devuelve las líneas con contenido, en NFC y con los espacios plegados.

    Los saltos de página y las líneas en blanco desaparecen: en un informe a doble
    espacio separan líneas, no párrafos.
    """
    plano = unicodedata.normalize("NFC", texto).replace("\f", "\n")
    plegadas = (" ".join(linea.split()) for linea in plano.splitlines())
    return [linea for linea in plegadas if linea]


def _cierra_parrafo(linea: str, siguiente: str, ancho: int) -> bool:
    """Dice si entre dos líneas hay un punto aparte y no un corte por el ancho."""
    con_la_palabra = len(linea) + 1 + len(siguiente.partition(" ")[0])
    if linea.endswith(FIN_DE_ORACION):
        return con_la_palabra <= ancho
    # Sin punto final hace falta más: la letra no es de ancho fijo, y un nombre
    # propio al comienzo de una línea también lleva mayúscula.
    return siguiente[:1].isupper() and con_la_palabra <= ancho - ancho // 8


def unir(cortadas: list[str], ancho: int) -> list[str]:
    """Une líneas cortadas al llegar a `ancho` caracteres y devuelve los párrafos.

    Una línea cierra párrafo si la primera palabra de la siguiente habría cabido en
    ella: nadie la cortó por falta de ancho. Así un salto de página dentro de una
    oración no parte el párrafo, y un párrafo sin su punto final sí se cierra.
    """
    parrafos: list[str] = []
    abierto: list[str] = []
    for linea, siguiente in zip(cortadas, [*cortadas[1:], ""], strict=True):
        abierto.append(linea)
        if not siguiente or _cierra_parrafo(linea, siguiente, ancho):
            parrafos.append(" ".join(abierto))
            abierto = []
    return parrafos


def conclusiones(texto: str) -> dict[int, list[str]]:
    """Devuelve los párrafos de la sección 8 por número de tema.

    Los encabezados («Tema 1:», «Temática 3:») no son párrafos: la posición 0 de cada
    lista es el párrafo 1 de su tema. Un texto sin sección 8 da un diccionario vacío.
    """
    por_tema: dict[int, list[str]] = {}
    en_seccion = False
    todas = lineas(texto)
    for linea in todas:
        en_seccion = en_seccion or bool(SECCION_CONCLUSIONES.match(linea))
        encabezado = ENCABEZADO_TEMA.match(linea)
        if en_seccion and encabezado:
            actual = por_tema.setdefault(int(encabezado[1]), [])
        elif en_seccion and por_tema:
            actual.append(linea)
    ancho = max(map(len, todas), default=0)
    return {tema: unir(cortadas, ancho) for tema, cortadas in por_tema.items()}

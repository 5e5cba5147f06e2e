"""Si una lista de códigos sirve de libro: todas sus faltas juntas."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from datos.errores import ErrorDeDatos, Falta
from datos.libros import FACETAS, Codigo

LARGO_CODIGO = 20
REMISION = re.compile(r"→\s*(\w+)")
FORMA = re.compile(rf"[A-Za-z0-9_]{{1,{LARGO_CODIGO}}}")
LARGOS = {"nombre": 80, "definicion": 2000, "incluir": 2000, "excluir": 2000,
          "ejemplo": 2000}  # fmt: skip
# El gráfico de naturalezas, el seguimiento y la comparación de mesas se hacen de ellas.
FIJA = "naturaleza"
OTRO = ("tipo", "OTR")
OBLIGATORIAS = ("nombre", "definicion")
# Cómo se llama cada columna en pantalla: en el formulario, las faltas y los cambios.
ROTULOS = {
    "faceta": "Faceta",
    "codigo": "Código",
    "nombre": "Nombre",
    "definicion": "Qué abarca",
    "incluir": "Cuándo usarlo",
    "excluir": "Cuándo no usarlo",
    "ejemplo": "Ejemplo",
    "orden": "Lugar en la lista",
    "prioridad": "Lugar en el desempate",
}


def _o_nada(texto: str | None) -> str | None:
    return (texto or "").strip() or None


def limpio(codigo: Codigo) -> Codigo:
    """Devuelve el código sin espacios sobrantes; lo vacío, como sin valor."""
    return replace(
        codigo,
        codigo=codigo.codigo.strip(),
        nombre=" ".join(codigo.nombre.split()),
        definicion=codigo.definicion.strip(),
        incluir=_o_nada(codigo.incluir),
        excluir=_o_nada(codigo.excluir),
        ejemplo=_o_nada(codigo.ejemplo),
    )


def _falta(c: Codigo, problema: str, remedio: str, columna: str = "") -> Falta:
    lugar = f"{c.faceta} {c.codigo or '(sin código)'}"
    campo = f", «{ROTULOS[columna]}»" if columna else ""
    return Falta(lugar + campo, problema, remedio)


def _de_uno(c: Codigo) -> Iterator[Falta]:
    if c.faceta not in FACETAS:
        yield _falta(c, f"«{c.faceta}» no es una faceta.",
                     f"Use {', '.join(FACETAS)}.", "faceta")  # fmt: skip
    if not FORMA.fullmatch(c.codigo):
        yield _falta(
            c,
            "El código no tiene la forma esperada.",
            "Use de 1 a 20 letras sin tilde, números o guion bajo, como «PERT».",
            "codigo",
        )
    for columna in OBLIGATORIAS:
        if not getattr(c, columna):
            yield _falta(c, "Está vacío.", "Escríbalo.", columna)
    for columna, largo in LARGOS.items():
        if len(getattr(c, columna) or "") > largo:
            yield _falta(c, "Es demasiado largo.",
                         f"Deje hasta {largo} caracteres.", columna)  # fmt: skip
    if c.prioridad is not None and (
        isinstance(c.prioridad, bool)
        or not isinstance(c.prioridad, int)
        or c.prioridad < 1
    ):
        yield _falta(c, "No es un entero desde 1.",
                     "Escriba un entero, o déjelo vacío.", "prioridad")  # fmt: skip


def _repetidas(codigos: Sequence[Codigo]) -> Iterator[Falta]:
    for columna in ("codigo", "nombre", "prioridad"):
        vistos: set[tuple[str, str]] = set()
        for c in codigos:
            valor = getattr(c, columna)
            clave = (c.faceta, str(valor).casefold())
            if valor not in (None, "") and clave in vistos:
                yield _falta(c, f"«{valor}» ya está en esa faceta.",
                             "Cámbielo en uno de los dos.", columna)  # fmt: skip
            vistos.add(clave)


def _de_la_lista(codigos: Sequence[Codigo], base: Sequence[Codigo]) -> Iterator[Falta]:
    hay = {(c.faceta, c.codigo): c.nombre for c in codigos}
    for faceta in FACETAS:
        if not any(c.faceta == faceta for c in codigos):
            yield Falta(faceta, "No tiene ningún código.", "Agregue al menos uno.")
    if OTRO not in hay:
        yield Falta(
            f"{OTRO[0]} {OTRO[1]}",
            "Falta el código «Otro»: sin él no se vigila cuánto no cupo en el libro.",
            f"Agregue en {OTRO[0]} el código {OTRO[1]}.",
        )
    eran = {c.codigo: c.nombre for c in base if c.faceta == FIJA}
    son = {c.codigo: c.nombre for c in codigos if c.faceta == FIJA}
    if eran and son and eran != son:
        yield Falta(
            FIJA,
            "Sus códigos y nombres no pueden cambiar: de ellos salen los colores, el"
            " seguimiento y la comparación de mesas.",
            f"Deje {', '.join(f'{c} ({n})' for c, n in eran.items())}; sí puede cambiar"
            " qué abarca cada uno.",
        )


def revisar_codigos(
    codigos: Sequence[Codigo], base: Sequence[Codigo] = ()
) -> list[Codigo]:
    """Devuelve los códigos limpios; lanza ErrorDeDatos con todas las faltas juntas.

    `base` son los de la versión de que se copia.
    """
    limpios = [limpio(c) for c in codigos]
    faltas = [falta for c in limpios for falta in _de_uno(c)]
    faltas += [*_repetidas(limpios), *_de_la_lista(limpios, base)]
    if faltas:
        raise ErrorDeDatos(
            "El libro de códigos no sirve así y no se guardó nada.", faltas
        )
    return limpios


def remisiones_perdidas(codigos: Sequence[Codigo]) -> list[tuple[str, str]]:
    """Devuelve (código, remite a) donde «cuándo no usarlo» manda a uno que no está.

    No impide publicar: quien lee el libro puede querer decir otra cosa.
    """
    hay = {c.codigo for c in codigos}
    return [
        (c.codigo, otro)
        for c in codigos
        for otro in dict.fromkeys(REMISION.findall(c.excluir or ""))
        if otro not in hay
    ]

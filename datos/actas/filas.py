"""Lee el encabezado y las filas de un acta, con todas sus faltas."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from xlsxwriter.utility import xl_col_to_name

from datos.actas.celdas import (
    Lista,
    Reparo,
    armar_lista,
    citar,
    clave,
    elegir,
    parecido,
    plegar,
    revisar,
)
from datos.actas.forma import TITULOS, FilaActa, MesaEnBlanco, rotulo_pregunta
from datos.errores import Falta

Celdas: TypeAlias = Sequence[str | None]

NOMBRES = {clave(n): columna for columna, t in TITULOS.items() for n in (columna, t)}


def listas_de(mesa: MesaEnBlanco | None) -> dict[str, Lista]:
    """Devuelve lo que se puede elegir en cada columna; de una mesa ignota, nada."""
    if mesa is None:
        return {}
    preguntas = [
        (pregunta_id, (rotulo_pregunta(n, texto), f"{n}. {texto}", texto, str(n)))
        for n, (pregunta_id, texto) in enumerate(mesa.preguntas, start=1)
    ]
    del_libro = "del libro de códigos"
    return {
        "pregunta": armar_lista("una pregunta de esta mesa", preguntas),
        "naturaleza": armar_lista(
            f"una naturaleza {del_libro}", [(c, (n,)) for c, n in mesa.naturalezas]
        ),
        "tipo": armar_lista(f"un tipo {del_libro}", [(c, (n,)) for c, n in mesa.tipos]),
    }


def llenas(celdas: Celdas) -> dict[int, str]:
    """Devuelve las celdas con algo escrito, por su posición desde 0."""
    return {lugar: c for lugar, c in enumerate(celdas) if c is not None and plegar(c)}


def por_columna(celdas: Celdas, lugares: Mapping[str, int]) -> dict[str, str | None]:
    """Devuelve la celda de cada columna del encabezado; la que no alcanza, None."""
    return {c: celdas[i] if i < len(celdas) else None for c, i in lugares.items()}


def hallar_encabezado(filas: Sequence[Celdas], columnas: Sequence[str]) -> int | None:
    """Devuelve dónde está el encabezado: la primera fila con dos de sus títulos."""
    for lugar, celdas in enumerate(filas):
        titulos = {NOMBRES.get(clave(celda)) for celda in llenas(celdas).values()}
        if len(titulos & set(columnas)) >= 2:
            return lugar
    return None


def leer_encabezado(
    archivo: str, fila: int, celdas: Celdas, columnas: Sequence[str]
) -> tuple[dict[str, int], list[Falta]]:
    """Devuelve la posición de cada columna, y las que faltan, sobran o se repiten."""
    lugares: dict[str, int] = {}
    esperado = f"El encabezado debe ser: {', '.join(TITULOS[c] for c in columnas)}."
    ajenas: list[str] = []
    faltas: list[Falta] = []
    for lugar, celda in llenas(celdas).items():
        columna = NOMBRES.get(clave(celda))
        if columna is None or columna not in columnas:
            ajenas.append(celda)
        elif columna in lugares:
            faltas.append(
                Falta(
                    archivo, "la columna se repite.", esperado, fila, TITULOS[columna]
                )
            )
        else:
            lugares[columna] = lugar
    ausentes = [columna for columna in columnas if columna not in lugares]
    formas = {n: c for n, c in NOMBRES.items() if c in ausentes}
    for ajena in ajenas:
        cercana = parecido(ajena, formas)
        remedio = f"¿Quiso decir «{TITULOS[cercana]}»?" if cercana else esperado
        faltas.append(Falta(archivo, "la columna sobra.", remedio, fila, citar(ajena)))
    faltas += [
        Falta(archivo, "falta la columna.", esperado, fila, TITULOS[columna])
        for columna in ausentes
    ]
    return lugares, faltas


def sin_columna(
    archivo: str, fila: int, celdas: Celdas, encabezado: Celdas
) -> list[Falta]:
    """Devuelve las celdas llenas que no están bajo ningún título."""
    tituladas = llenas(encabezado)
    remedio = "Páselo a su columna o bórrelo."
    return [
        Falta(
            archivo,
            f"«{citar(celda)}» está fuera de las columnas.",
            remedio,
            fila,
            xl_col_to_name(lugar),
        )
        for lugar, celda in llenas(celdas).items()
        if lugar not in tituladas
    ]


def _leer_celda(
    columna: str, celda: str, listas: Mapping[str, Lista]
) -> tuple[str | None, Reparo | None]:
    if columna in listas:
        return elegir(celda, listas[columna])
    reparo = revisar(celda)
    if columna == "enunciado" and not reparo and not any(map(str.isalpha, celda)):
        reparo = Reparo(
            f"«{citar(celda)}» no dice nada.", "Escriba el enunciado con palabras."
        )
    return plegar(celda), reparo


def _faltas_del_conjunto(
    archivo: str, fila: int, presentes: Sequence[str], escritas: Mapping[str, str]
) -> list[Falta]:
    """Revisa lo que una celda pide de las otras; no culpa a una columna que no está."""
    faltas: list[Falta] = []
    if "enunciado" in presentes and "enunciado" not in escritas:
        problema = "hay otras celdas llenas y falta el enunciado."
        remedio = "Escriba el enunciado o borre la fila."
        faltas.append(Falta(archivo, problema, remedio, fila, TITULOS["enunciado"]))
    for falta, otra in (("tipo", "naturaleza"), ("naturaleza", "tipo")):
        if falta in presentes and falta not in escritas and otra in escritas:
            problema = f"hay {otra} y falta {falta}."
            remedio = "Llene ambas, o deje ambas vacías si no está codificado."
            faltas.append(Falta(archivo, problema, remedio, fila, TITULOS[falta]))
    return faltas


def leer_fila(
    archivo: str,
    fila: int,
    celdas: Mapping[str, str | None],
    listas: Mapping[str, Lista],
) -> tuple[FilaActa | None, list[Falta]]:
    """Lee un enunciado y devuelve sus faltas; una fila vacía es None, sin faltas.

    `celdas` trae las columnas que el archivo tiene. Con faltas, la fila que devuelve
    solo sirve para seguir buscando otras.
    """
    escritas = {columna: c for columna, c in celdas.items() if c and plegar(c)}
    if not escritas:
        return None, []
    faltas = _faltas_del_conjunto(archivo, fila, tuple(celdas), escritas)
    valores: dict[str, str | None] = {}
    for columna, celda in escritas.items():
        valores[columna], reparo = _leer_celda(columna, celda, listas)
        if reparo:
            faltas.append(Falta(archivo, *reparo, fila, TITULOS[columna]))
    leida = FilaActa(
        fila,
        valores.get("pregunta"),
        valores.get("enunciado") or "",
        valores.get("naturaleza"),
        valores.get("tipo"),
        valores.get("observacion"),
    )
    return leida, faltas


def repetidos(archivo: str, filas: Sequence[FilaActa]) -> list[Falta]:
    """Devuelve los enunciados que la mesa ya había dicho, sin mirar tildes ni caja."""
    vistos: dict[str, int] = {}
    faltas: list[Falta] = []
    for leida in filas:
        primera = vistos.setdefault(clave(leida.texto), leida.fila)
        if leida.texto and primera != leida.fila:
            problema = f"es el mismo enunciado de la fila {primera}."
            titulo = TITULOS["enunciado"]
            faltas.append(
                Falta(archivo, problema, "Deje uno solo.", leida.fila, titulo)
            )
    return faltas

"""La división que dejan hecha las citas guardadas, que no dicen quién cortó."""

from collections.abc import Sequence
from itertools import islice

import pandas as pd

from consultas.seleccion import Seleccion
from datos.cortes import calzan
from tablero.conexion import preguntar
from tablero.fiabilidad_cortes import Cortes
from tablero.formato import contar, de_total, numero
from tablero.tablas_simples import tabla_simple
from tablero.vista import parrafo, plegado

# Con más documentos que estos, la lista no se lee.
DOCUMENTOS = 10
NO_SON_DE_NADIE = (
    "Las citas dicen qué caracteres sostienen cada enunciado, pero no quién los cortó:"
    " no son la división de un codificador y no entran en el acuerdo."
)


def cortes_de_citas(texto: str, tramos: Sequence[tuple[int, int]]) -> Cortes | None:
    """Devuelve los cortes que hacen las citas; None si no dividen el párrafo entero.

    Lo dividen si van una tras otra, sin pisarse, y solo dejan fuera espacios.
    """
    hasta_aqui = 0
    for primero, ultimo in sorted(tramos):
        if primero <= hasta_aqui or texto[hasta_aqui : primero - 1].strip():
            return None
        hasta_aqui = ultimo
    cortes = tuple(ultimo for _, ultimo in sorted(tramos))
    return cortes if calzan(texto, cortes) else None


def tramos_citados(
    documento: str, tema: str, elegida: Seleccion
) -> dict[int, list[tuple[int, int]]]:
    """Devuelve los tramos citados de un documento en un tema, por párrafo."""
    citas = preguntar("segmentaciones_citas", elegida, documento=documento)
    citados: dict[int, list[tuple[int, int]]] = {}
    for fila in citas[citas["tema_dialogo_id"] == tema].to_dict("records"):
        suyo = (int(fila["primer_caracter"]), int(fila["ultimo_caracter"]))
        citados.setdefault(int(fila["parrafo"]), []).append(suyo)
    return citados


def _tabla(documento: pd.DataFrame, titulo: str, elegida: Seleccion, n: int) -> None:
    filas = [
        [
            f"{fila['tema_numero']}: {fila['tema']}",
            numero(cual),
            numero(len(suyos)),
            "; ".join(f"{numero(a)} a {numero(b)}" for a, b in suyos),
        ]
        for fila in documento.to_dict("records")
        for cual, suyos in tramos_citados(
            fila["documento_id"], fila["tema_dialogo_id"], elegida
        ).items()
    ]
    tabla_simple(
        ["Tema", "Párrafo", "Tramos citados", "Caracteres"],
        filas,
        f"{titulo}: tramos que citan los enunciados, por párrafo",
        f"citados_{n}",
    )


def sin_texto(documentos: pd.DataFrame, elegida: Seleccion) -> None:
    """Dice qué documentos no se pueden dividir, y lo que sí consta de su división."""
    if documentos.empty:
        return
    titulos = list(dict.fromkeys(documentos["titulo"]))
    dichos = "; ".join(titulos[:DOCUMENTOS])
    if len(titulos) > DOCUMENTOS:
        otros = contar(len(titulos) - DOCUMENTOS, "documento más", "documentos más")
        dichos += f"; y {otros}"
    parrafo(
        f"Sin su texto cargado no se pueden dividir: {dichos}. Esta base"
        " solo trae de ellos el lugar de cada pasaje. Suba el archivo en Cargar.",
        "aviso",
    )
    for _ in plegado("Cómo los dividen las citas guardadas", "citados"):
        parrafo(
            f"{NO_SON_DE_NADIE} Si usted va a dividir estos párrafos, no las mire"
            " antes.",
            "nota",
        )
        por_documento = documentos.groupby("documento_id", sort=False)
        for n, (_, suyos) in enumerate(islice(por_documento, DOCUMENTOS)):
            _tabla(suyos, str(suyos["titulo"].tolist()[0]), elegida, n)
        if len(por_documento) > DOCUMENTOS:
            cuantos = de_total(DOCUMENTOS, len(por_documento))
            parrafo(
                f"Se muestran {cuantos} documentos: elija un diálogo en los filtros"
                " para ver los suyos.",
                "nota",
            )

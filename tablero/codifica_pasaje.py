"""Un enunciado por codificar: qué dice, su pasaje con lo que lo rodea y sus vecinos."""

from typing import Any, cast

import pandas as pd

from datos.pasajes import parrafos, pasaje
from tablero.conexion import preguntar
from tablero.estado import seleccion
from tablero.vista import parrafo

CONTEXTO = 240
Cita = dict[str, Any]


def _con_su_contexto(cita: Cita) -> None:
    hallado = pasaje(
        cita["texto_documento"], cita["clase"], cita["tema_numero"], cita["parrafo"],
        cita["primer_caracter"], cita["ultimo_caracter"], cita["sha256"],
    )  # fmt: skip
    if hallado is None:
        parrafo("El texto cargado no tiene en ese lugar el pasaje de esta huella.",
                "aviso")  # fmt: skip
        return
    todos = parrafos(cita["texto_documento"], cita["clase"], cita["tema_numero"])
    entero = todos[cita["parrafo"] - 1]
    antes = entero[: cita["primer_caracter"] - 1][-CONTEXTO:].strip()
    despues = entero[cita["ultimo_caracter"] :][:CONTEXTO].strip()
    if antes:
        parrafo(f"… {antes}", "menor")
    parrafo(f"«{hallado}»", "pasaje")
    if despues:
        parrafo(f"{despues} …", "menor")


def mostrar_enunciado(enunciado: str, lista: pd.DataFrame, lugar: int) -> None:
    """Muestra el enunciado, de dónde sale, la pregunta y los que van junto a él."""
    citas = cast(
        list[Cita],
        preguntar("codificar_pasaje", seleccion(), enunciado=enunciado).to_dict(
            "records"
        ),
    )
    primera = citas[0]
    parrafo(
        f"{primera['dialogo']}, tema {primera['tema_numero']}: {primera['tema']}."
        f" Enunciado {lugar + 1} de {len(lista)}.",
        "nota",
    )
    parrafo(primera["texto"], "cita")
    if primera["pregunta"]:
        parrafo(f"Responde a: {primera['pregunta']}", "nota")
    sin_texto = [c for c in citas if not c["texto_documento"]]
    for cita in citas:
        if cita["texto_documento"]:
            _con_su_contexto(cita)
    if sin_texto:
        parrafo(
            "El texto del documento no está cargado: el pasaje no se puede mostrar."
            " Súbalo en Cargar.",
            "menor",
        )
    tema = lista["tema_dialogo_id"].tolist()
    for vecino, rotulo in ((lugar - 1, "Antes"), (lugar + 1, "Después")):
        if 0 <= vecino < len(lista) and tema[vecino] == tema[lugar]:
            parrafo(f"{rotulo}: {lista['texto'].tolist()[vecino]}", "menor")

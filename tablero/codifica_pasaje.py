"""Un enunciado por codificar: qué dice, su pasaje con lo que lo rodea y sus vecinos."""

from typing import Any, cast

from datos.pasajes import parrafos, pasaje
from tablero.codifica_turno import Turno
from tablero.conexion import preguntar
from tablero.estado import seleccion
from tablero.formato import de_total
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


def mostrar_enunciado(turno: Turno) -> None:
    """Muestra el enunciado, de dónde sale, la pregunta y los que van junto a él."""
    citas = cast(
        list[Cita],
        preguntar("codificar_pasaje", seleccion(), enunciado=turno.enunciado).to_dict(
            "records"
        ),
    )
    primera = citas[0]
    parrafo(
        f"{primera['dialogo']}, tema {primera['tema_numero']}: {primera['tema']}."
        f" Enunciado {de_total(turno.numero, turno.total)}.",
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
    for rotulo, texto in turno.vecinos():
        parrafo(f"{rotulo}: {texto}", "menor")

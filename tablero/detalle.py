"""La ficha de un enunciado: qué responde, cómo se codificó y dónde consta."""

from typing import Any, cast

import pandas as pd
import streamlit as st

from datos.pasajes import pasaje
from tablero.conexion import preguntar
from tablero.estado import abrir_enunciado, seleccion
from tablero.tabla import Columna, mostrar
from tablero.vista import parrafo, plegado

Fila = dict[str, Any]
ATRIBUCION = {
    "mesa": "Registro de la mesa {mesa}.",
    "tema": "Registro conjunto de las dos mesas del tema: el informe no las separa.",
    "plenario": "Dicho en el plenario.",
}


def _fichero(ficha: pd.Series) -> list[str]:
    lineas = [
        f"{ficha['dialogo']}, tema {ficha['tema_numero']}: {ficha['tema']}.",
        ATRIBUCION[ficha["nivel_atribucion"]].format(mesa=ficha["mesa"]),
        f"{ficha['naturaleza_nombre']} · {ficha['tipo_nombre']} · recurso:"
        f" {str(ficha['recurso_nombre']).lower()} · certeza {ficha['certeza']}.",
    ]
    if pd.notna(ficha["instrumentos"]):
        lineas.append(f"Instrumentos: {ficha['instrumentos']}.")
    if pd.notna(ficha["pregunta"]):
        lineas.append(f"Responde a: {ficha['pregunta']}.")
    else:
        lineas.append("No responde a ninguna de las preguntas planteadas.")
    if pd.notna(ficha["reitera_a"]):
        lineas.append("Reitera otro enunciado del mismo tema.")
    return lineas


def _citas(enunciado: str) -> None:
    citas = preguntar("enunciados_citas", enunciado=enunciado)
    for cita in cast(list[Fila], citas[citas["esta_cargado"]].to_dict("records")):
        hallado = pasaje(
            cita["texto_documento"], cita["clase"], cita["tema_numero"],
            cita["parrafo"], cita["primer_caracter"], cita["ultimo_caracter"],
            cita["sha256"],
        )  # fmt: skip
        if hallado:
            parrafo("El pasaje, tal como está en el documento:", "nota")
            parrafo(f"«{hallado}»", "pasaje")
        else:
            parrafo("El texto cargado no tiene en ese lugar el pasaje de esta huella.",
                    "aviso")  # fmt: skip
    mostrar(
        citas,
        [
            Columna("documento", "Documento"),
            Columna("seccion", "Sección"),
            Columna("parrafo", "Párrafo"),
            Columna("primer_caracter", "Desde el carácter"),
            Columna("ultimo_caracter", "Hasta el carácter"),
            Columna("sha256", "Huella del pasaje (SHA-256)"),
        ],
        "Dónde consta",
        "citas",
    )
    if not citas["esta_cargado"].all():
        parrafo("El texto del informe no está cargado en esta base: lugar y huella"
                " permiten comprobar el pasaje en el original.", "nota")  # fmt: skip


def ficha_de(enunciado: str) -> None:
    """Muestra la ficha de un enunciado; con una clave vacía o desconocida, nada."""
    fichas = preguntar("enunciados_ficha", seleccion(), enunciado=enunciado)
    if fichas.empty:
        return
    with st.container(border=True, key="ficha"):
        parrafo(fichas.iloc[0]["texto"], "cita")
        for linea in _fichero(fichas.iloc[0]):
            parrafo(linea, "nota")
        _citas(enunciado)
        for _ in plegado("Quién lo codificó y cómo", "lecturas"):
            mostrar(
                preguntar("enunciados_lecturas", enunciado=enunciado),
                [
                    Columna("faceta", "Faceta"),
                    Columna("codigo", "Código"),
                    Columna("codificador_id", "Codificador"),
                    Columna("clase", "Clase"),
                    Columna("libro", "Libro"),
                    Columna("es_principal", "Es la que se cuenta"),
                    Columna("nota", "Nota"),
                ],
                "Todas las lecturas, también las que no coinciden",
                "lecturas",
            )
        st.button("Cerrar ficha", on_click=abrir_enunciado, args=("",), key="cerrar",
                  icon=":material/close:")  # fmt: skip

"""La parte de seguimiento que da el informe de respuestas para publicarlo."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import streamlit as st

from consultas.seleccion import Seleccion
from tablero import respuestas_informe as contenido
from tablero.conexion import preguntar
from tablero.descargas import WORD, XLSX, Escrito, bajar
from tablero.estado import direccion, seleccion
from tablero.exportar import nombre_de_archivo
from tablero.formato import contar
from tablero.hechos import Hechos, ahora, reunir
from tablero.respuestas_informe_html import html
from tablero.respuestas_informe_word import word
from tablero.respuestas_informe_xlsx import xlsx
from tablero.tabla import Columna, mostrar
from tablero.tablas_simples import tabla_simple
from tablero.vista import parrafo, subtitulo

A_LA_VISTA = 5
COLUMNAS_TEMAS = [
    Columna("dialogo", "Diálogo"),
    Columna("tema", "Tema", ancho="28%"),
    *(
        Columna(clave, titulo)
        for clave, titulo in zip(
            contenido.CUENTAS, contenido.TITULOS_TEMAS[1:], strict=True
        )
    ),
]
SIGNIFICADOS_INFORME = (
    ("Diálogo y tema", "Diálogo regional, y número y nombre del tema en él."),
    ("Recomendaciones", "Enunciados de la selección que son recomendaciones."),
    ("Respondidas", "Recomendaciones con respuesta, aunque la compartan."),
    ("Aceptadas", "Respondidas cuyo resultado es «aceptada»."),
    ("Aceptadas en parte", "Respondidas cuyo resultado es «aceptada en parte»."),
    ("No acogidas", "Respondidas cuyo resultado es «no acogida»."),
    ("Cerradas", "Respondidas en estado «cerrada»."),
    ("Sin respuesta", "Recomendaciones que todavía no tienen respuesta."),
    ("Pregunta", "Bloque de preguntas que responde, en palabras propias."),
    ("Recomendación", "Lo pedido: en palabras propias o como se aceptó al cargarlo."),
    ("Comuna", "Comuna donde se hizo el diálogo."),
    ("Resultado", "Aceptada, aceptada en parte o no acogida."),
    ("Razón", "Por qué; obligatoria si no se acoge."),
    ("Qué se hará", "Lo que el servicio se compromete a hacer."),
    ("Unidad", "Unidad que responde."),
    ("Vence", "Fecha que la unidad comprometió."),
    ("Alcance", "Cuántas recomendaciones tienen esa misma respuesta."),
    ("Estado", "Pendiente, en curso o cerrada."),
)


def _hechos(elegida: Seleccion, momento: datetime, vista: str) -> Hechos:
    por_tema = preguntar("respuestas_informe_temas", elegida)
    cuantas = int(por_tema["recomendaciones"].sum())
    return reunir(
        "Informe de respuestas", elegida, cuantas, SIGNIFICADOS_INFORME, momento, vista
    )


def _bytes(elegida: Seleccion, vista: str, final: str) -> Escrito:
    momento = ahora()
    hecho = contenido.de(elegida, _hechos(elegida, momento, vista))
    escritores: dict[str, Callable[[], bytes]] = {
        ".html": lambda: html(hecho).encode(),
        ".docx": lambda: word(hecho, momento),
        ".xlsx": lambda: xlsx(hecho, momento),
    }
    return escritores[final](), hecho.totales[0]


def _botones(elegida: Seleccion) -> None:
    with st.container(horizontal=True, key="descargas_informe"):
        for rotulo, final, mime in (
            ("Informe para imprimir (HTML)", ".html", "text/html"),
            ("Informe en Word", ".docx", WORD),
            ("Informe en Excel (XLSX)", ".xlsx", XLSX),
        ):
            bajar(
                rotulo,
                partial(_bytes, elegida, direccion(), final),
                nombre_de_archivo("respuestas", elegida, ahora().date(), final),
                mime,
                f"bajar_informe{final.replace('.', '_')}",
                "informe de respuestas",
                elegida,
            )


def _primeras(elegida: Seleccion, hay: int) -> None:
    """Muestra las primeras respuestas de las que hay, tal como irán en el informe."""
    if not hay:
        return
    filas = [
        [una.pregunta, una.texto, una.comuna,
         " · ".join(f"{parte}: {valor}" for parte, valor in una.respuesta), una.estado]
        for una in contenido.primeras(elegida, A_LA_VISTA)
    ]  # fmt: skip
    cuantas = contar(hay, "respondida", "respondidas")
    leyenda = f"Así se verá: {len(filas)} de {cuantas}"
    tabla_simple(list(contenido.TITULOS), filas, leyenda, "informe_primeras")


def informe() -> None:
    """Muestra en corto el informe de respuestas de lo que se mira, y lo da a bajar."""
    elegida = seleccion()
    subtitulo("Informe de respuestas")
    parrafo(
        "Para publicar y devolver a quienes participaron: cada recomendación con su"
        " respuesta, y lo que queda sin ella. Lleva la fecha y los filtros puestos.",
        "nota",
    )
    hecho = contenido.solo_cuentas(elegida, _hechos(elegida, ahora(), direccion()))
    if not hecho.temas:
        parrafo(
            f"{contenido.SIN_RECOMENDACIONES} Quite algún filtro, o cargue y codifique"
            " un diálogo.",
            "aviso",
        )
        return
    for aviso in hecho.avisos:
        parrafo(aviso, "nota")
    _botones(elegida)
    _primeras(elegida, hecho.totales[1])
    mostrar(
        preguntar("respuestas_informe_temas", elegida),
        COLUMNAS_TEMAS,
        "Cuánto se respondió en cada tema, en recomendaciones",
        "respuestas_temas",
    )

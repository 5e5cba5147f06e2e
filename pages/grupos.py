"""Quien llega aquí quiere saber qué se dijo donde se convocó a cada grupo."""

import streamlit as st

from tablero.conexion import preguntar
from tablero.estado import seleccion
from tablero.graficos import barras
from tablero.mapas import mapa
from tablero.tabla import Columna, mostrar
from tablero.vista import cabecera, enlace_a_enunciados, grafico_con_tabla, parrafo

cifras = cabecera(
    "Grupos convocados",
    "Qué quedó registrado en las mesas a las que se convocó a cada grupo. Convocar a un"
    " grupo no es que haya asistido, ni que sea el autor de lo dicho.",
)
convocados = preguntar("grupos_convocados", seleccion())
confundidos = convocados[convocados["se_confunden"]]["grupo"].nunique()
if confundidos:
    parrafo(
        f"En esta selección, {confundidos} de"
        f" {convocados['grupo'].nunique()} grupos están en un solo tema: lo que"
        " parece del grupo puede ser del tema, y aquí no hay cómo separarlos.",
        "aviso",
    )
naturalezas = preguntar("grupos_naturalezas", seleccion())
grafico_con_tabla(
    barras(naturalezas, "grupo", "grupo"),
    naturalezas,
    [
        Columna("grupo", "Grupo convocado"),
        Columna("naturaleza_nombre", "Naturaleza"),
        Columna("enunciados", "Enunciados", lleva=("grupo", "naturaleza")),
    ],
    "Enunciados en mesas a las que se convocó a cada grupo",
    "grupos_naturalezas",
)
parrafo("Un enunciado cuenta en cada grupo convocado a su tema: no se suman.", "menor")
enlace_a_enunciados(cifras["enunciados"])
tipos = preguntar("grupos_tipos", seleccion())
grafico_con_tabla(
    mapa(tipos, "grupo", ancho_rotulo=40),
    tipos,
    [
        Columna("tipo_nombre", "Tipo"),
        Columna("grupo", "Grupo convocado"),
        Columna("enunciados", "Enunciados", lleva=("grupo", "tipo")),
    ],
    "Enunciados por grupo convocado y tipo",
    "grupos_tipos",
)
st.subheader("A qué temas se convocó a cada grupo", anchor=False)
varios = convocados["dialogo"].nunique() > 1
mostrar(
    convocados,
    [
        Columna("grupo", "Grupo"),
        *([Columna("dialogo", "Diálogo")] if varios else []),
        Columna("tema", "Tema"),
        Columna("otros_grupos", "Otros grupos en ese tema"),
        Columna("se_confunden", "Solo en este tema, en la selección"),
    ],
    "Convocatoria, en los temas de esta selección",
    "grupos_convocados",
)

"""Quien llega aquí quiere saber si las dos mesas de un tema dijeron lo mismo."""

import streamlit as st

from tablero import comparar, pares
from tablero.conexion import preguntar
from tablero.filtros import ofrecer_ficticios
from tablero.formato import NO_CONSTA
from tablero.graficos import barras_de_pares
from tablero.tabla import Columna, mostrar
from tablero.vista import cabecera, grafico_con_tabla, parrafo, plegado

cabecera(
    "Mesas de a dos",
    "Cada tema se trató en dos mesas para ver si había diferencias. Aquí están lado a"
    " lado, hasta donde el documento lo permite.",
)
elegida = comparar.de_ambas_mesas()
filas, estado = st.session_state["filas"], st.session_state["estado"]
registro = preguntar("mesas_coincidencia", elegida, filas=pares.base_de(filas))
for explicacion in pares.explicar(registro):
    parrafo(explicacion, "aviso")
if not elegida.ficticio and (registro["registro"] == "conjunto").any():
    ofrecer_ficticios(
        "Ver cómo se compara con actas por mesa, con datos ficticios", mostrar=True
    )
comparables = pares.comparables(registro)
if len(comparables) > 1:
    grafico_con_tabla(
        barras_de_pares(comparables),
        comparables,
        [
            Columna("dialogo", "Diálogo"),
            Columna("tema", "Tema"),
            Columna("ambas", "Códigos en ambas"),
            Columna("solo_a", "Solo en A"),
            Columna("solo_b", "Solo en B"),
            Columna("jaccard", "Jaccard", decimales=2),
        ],
        "Qué pares difieren más: códigos en ambas mesas o en una sola",
        "mesas_coincidencia",
        elegida=elegida,
    )
comparar.controles()
comparar.matrices(elegida, registro, filas, estado)
for _ in plegado("Qué registro dejó cada par de mesas", "mesas_registro"):
    mostrar(
        registro,
        [
            Columna("dialogo", "Diálogo"),
            Columna("tema", "Tema", ancho="40%"),
            Columna("registro", "Registro"),
            Columna("participantes_a", "Participantes, mesa A", vacio=NO_CONSTA),
            Columna("participantes_b", "Participantes, mesa B", vacio=NO_CONSTA),
            Columna("conjuntos", "Enunciados conjuntos"),
        ],
        "Registro y participantes de cada par",
        "mesas_registro",
        elegida=elegida,
    )

"""Quien llega aquí quiere leer lo dicho, comprobar dónde consta y llevárselo."""

import streamlit as st

from tablero import estado
from tablero.conexion import preguntar
from tablero.detalle import ficha_de
from tablero.formato import contar
from tablero.graficos import NATURALEZAS
from tablero.hojas import de_la_hoja, hoja
from tablero.tabla import Columna, Orden, mostrar
from tablero.vista import cabecera, direccion_para_maquinas

cifras = cabecera(
    "Enunciados",
    "Lo que se pidió o se juzgó, con su lugar en el documento."
    " Pulse un enunciado para ver su ficha.",
)
ficha_de(st.session_state["enunciado"])
cual = hoja(cifras["enunciados"], "enunciados")
orden, baja = st.session_state["orden"], st.session_state["sentido"] == "desc"
lista = preguntar(
    "enunciados_lista", estado.seleccion(), orden=orden, descendente=baja,
    desde=cual.start, limite=cual.stop,
)  # fmt: skip
varios = lista["dialogo"].nunique() > 1
mostrar(
    lista,
    [
        Columna("texto", "Enunciado", ancho="31%"),
        *([Columna("dialogo", "Diálogo")] if varios else []),
        Columna(
            "naturaleza_nombre", "Naturaleza", orden="naturaleza", marcas=NATURALEZAS
        ),
        Columna("tipo_nombre", "Tipo", orden="tipo"),
        Columna("instrumentos", "Instrumentos", vacio="ninguno", orden="instrumento"),
        Columna("tema_numero", "Tema"),
        Columna("mesa", "Mesa"),
        Columna("certeza", "Certeza", orden="certeza"),
        Columna("lugar", "Lugar en el documento", ancho="15%", orden="documento"),
    ],
    contar(cifras["enunciados"], "enunciado", "enunciados"),
    "enunciados",
    abre="enunciado_id",
    actual=st.session_state["enunciado"],
    orden=Orden(orden, baja),
    aparte=f"orden: {orden}, {st.session_state['sentido']}"
    + de_la_hoja(cual, cifras["enunciados"]),
)
direccion_para_maquinas()

"""La interacción en el producto: su marco, sus consultas, sus gráficos y sus tablas."""

import html
from dataclasses import replace

import streamlit as st

from pruebas_de_carga.interaccion.pasos import PAGINA, PALABRAS, escribir
from tablero import cifras, claves, estado, filtros, puente
from tablero.conexion import preguntar
from tablero.graficos import NATURALEZAS, barras
from tablero.mapas import mapa
from tablero.tabla import Columna, mostrar
from tablero.vista import aviso_ficticios, cabecera, grafico_con_tabla, parrafo

# Antes de que el tablero limpie la dirección de lo que no conoce.
comprobar = "comprobar" in st.query_params
st.set_page_config(page_title="Interacción", layout="wide")
estado.iniciar(filtros.opciones, claves.existe)
disponibles = filtros.opciones(estado.fijar().ficticio)
with st.sidebar:
    filtros.dibujar(disponibles)
    puente.tender()
estado.escribir_direccion("temas")
aviso_ficticios()
elegida = estado.seleccion()
buscada = replace(elegida, buscar=" ".join(PALABRAS))
cuantas = cabecera("Interacción", "Dos gráficos y dos tablas.")
temas = preguntar("temas_tipos", elegida)
tipos = preguntar("tipos_naturalezas", elegida)
pares = preguntar("mesas_coincidencia", elegida, filas="tipo")
halladas = cifras.de(buscada)
lista = preguntar(
    "enunciados_lista", buscada, orden="documento", descendente=False, desde=0,
    limite=PAGINA,
)  # fmt: skip
primeros = preguntar("enunciados_primeros", elegida, limite=PAGINA)
sumas = [pares[columna].sum() for columna in ("ambas", "solo_a", "solo_b")]
if comprobar:
    respuesta = escribir(
        cuantas["enunciados"],
        temas[["tema_id", "tipo", "enunciados"]].to_numpy().tolist(),
        tipos[["tipo", "naturaleza", "enunciados"]].to_numpy().tolist(),
        sumas, halladas["enunciados"], lista["texto"], primeros["texto"],
    )  # fmt: skip
    st.html(f"<pre>{html.escape(respuesta)}</pre>")
    st.stop()
grafico_con_tabla(
    mapa(temas, "tema"), temas, [Columna("tipo_nombre", "Tipo")], "Por tema y tipo",
    "interaccion_temas",
)  # fmt: skip
grafico_con_tabla(
    barras(tipos, "tipo", "tipo_nombre"), tipos, [Columna("tipo_nombre", "Tipo")],
    "Por tipo y naturaleza", "interaccion_tipos",
)  # fmt: skip
parrafo("En ambas mesas {}, solo en A {}, solo en B {}.".format(*sumas))
columnas = [
    Columna("texto", "Enunciado", ancho="50%"),
    Columna("naturaleza_nombre", "Naturaleza", marcas=NATURALEZAS),
    Columna("tipo_nombre", "Tipo"),
    Columna("tema", "Tema"),
    Columna("mesa", "Mesa"),
]
mostrar(
    lista, columnas, f"Hallados: {halladas['enunciados']}", "hallados",
    abre="enunciado_id", elegida=buscada,
)  # fmt: skip
mostrar(primeros, columnas[:-1], "Los primeros", "primeros", abre="enunciado_id")

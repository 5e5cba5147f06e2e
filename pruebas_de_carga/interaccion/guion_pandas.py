"""La misma interacción como se escribe de primera en Streamlit, con pandas.

La tabla se lee una vez y se comparte entre sesiones; cada vuelta filtra y agrupa.
"""

import html
import os

import pandas as pd
import plotly.express as px
import streamlit as st

from pruebas_de_carga.interaccion.pasos import (
    COLUMNAS,
    FILA,
    PAGINA,
    PALABRAS,
    ROTULOS,
    escribir,
)


@st.cache_resource
def leer() -> pd.DataFrame:
    """Lee la tabla ancha; sin copiarla en cada vuelta, que sería más lento."""
    return pd.read_parquet(os.environ["INTERACCION_PARQUET"])


@st.cache_data
def valores(columna: str) -> list[object]:
    """Devuelve lo que hay para elegir en un filtro."""
    return sorted(leer()[columna].dropna().unique().tolist())


def contar(tabla: pd.DataFrame, *por: str) -> pd.DataFrame:
    """Cuenta las filas de cada combinación."""
    return tabla.groupby(list(por)).size().reset_index(name="enunciados")


st.set_page_config(page_title="Interacción", layout="wide")
tabla = leer()
for nombre, columna in COLUMNAS.items():
    elegidas = st.sidebar.multiselect(ROTULOS[nombre], valores(columna))
    if elegidas:
        tabla = tabla[tabla[columna].isin(elegidas)]
temas = contar(tabla, "tema_id", "tipo")
tipos = contar(tabla, "tipo", "naturaleza")
de_mesa = tabla[tabla["mesa"].isin(["A", "B"])]
hay = de_mesa.groupby(["tema_dialogo_id", "tipo", "mesa"]).size().unstack() > 0
a, b = hay["A"], hay["B"]
sumas = [(a & b).sum(), (a & ~b).sum(), (b & ~a).sum()]
halladas = tabla
for palabra in PALABRAS:
    esta = halladas["texto_busqueda"].str.contains(palabra, regex=False)
    halladas = halladas[esta]
lista, primeros = halladas.head(PAGINA), tabla.head(PAGINA)
if "comprobar" in st.query_params:
    respuesta = escribir(
        len(tabla), temas.to_numpy().tolist(), tipos.to_numpy().tolist(), sumas,
        len(halladas), lista["texto"], primeros["texto"],
    )  # fmt: skip
    st.html(f"<pre>{html.escape(respuesta)}</pre>")
    st.stop()
st.title("Interacción")
st.write(f"{len(tabla)} enunciados")
st.plotly_chart(px.bar(temas, x="enunciados", y="tema_id", color="tipo"))
st.plotly_chart(px.bar(tipos, x="enunciados", y="tipo", color="naturaleza"))
st.write("En ambas mesas {}, solo en A {}, solo en B {}.".format(*sumas))
st.write(f"Hallados: {len(halladas)}")
st.dataframe(lista[list(FILA)])
st.dataframe(primeros[list(FILA)])

"""Quien llega aquí quiere saber si las dos mesas de un tema dijeron lo mismo."""

import streamlit as st

from tablero import pares, tabla
from tablero.conexion import preguntar
from tablero.estado import seleccion
from tablero.formato import NO_CONSTA
from tablero.tabla import Columna
from tablero.vista import cabecera, parrafo

cabecera(
    "Mesas de a dos",
    "Cada tema se trató en dos mesas para ver si había diferencias. Aquí están lado a"
    " lado, hasta donde el informe lo permite.",
)
datos = preguntar("mesas_pares", seleccion())
registros = preguntar("mesas_registro", seleccion())
resumen = pares.resumir(registros)
for registro in resumen["registro"].unique():
    parrafo(pares.EXPLICACION[registro], "aviso")
tabla.mostrar(
    resumen,
    [
        Columna("tema", "Tema", ancho="40%"),
        Columna("registro", "Registro"),
        Columna("participantes_a", "Participantes, mesa A", vacio=NO_CONSTA),
        Columna("participantes_b", "Participantes, mesa B", vacio=NO_CONSTA),
    ],
    "Qué registro dejó cada par de mesas",
    "mesas_registro",
)
for de_tema in pares.por_tema(datos):
    primera = de_tema[0]
    st.subheader(f"Tema {primera['tema_numero']}", anchor=False)
    tabla.dibujar(
        pares.COLUMNAS,
        list(pares.filas(de_tema)),
        f"{primera['dialogo']} · {primera['tema']}",
        f"par_{primera['tema_dialogo_id']}",
    )
with st.expander("Ver en una sola tabla y descargar"):
    tabla.mostrar(
        datos,
        [
            Columna("tema", "Tema"),
            Columna("tipo_nombre", "Tipo"),
            Columna("estado", "Estado del par"),
            Columna("mesa", "Mesa"),
            Columna("naturaleza_nombre", "Naturaleza"),
            Columna("texto", "Enunciado"),
            Columna("lugar", "Lugar en el documento"),
        ],
        "Enunciados por par de mesas",
        "mesas_pares",
    )

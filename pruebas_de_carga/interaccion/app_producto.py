"""El tablero, con una sola página: la de la interacción que se mide.

streamlit run pruebas_de_carga/interaccion/app_producto.py
"""

import streamlit as st

from tablero import servidor

app = st.App(
    "guion_producto.py",
    lifespan=servidor.ciclo_de_vida,
    middleware=servidor.CAPAS,
    on_script_error=servidor.avisar_error,
)

"""Lanza el tablero: `streamlit run dashboard.py`.

El marco vive en tablero/marco.py y no aquí: con `st.navigation` junto a una carpeta
pages/, la primera visita a un enlace profundo correría la página sin este archivo.
"""

import streamlit as st

from tablero import servidor

app = st.App(
    "tablero/marco.py",
    lifespan=servidor.ciclo_de_vida,
    middleware=servidor.CAPAS,
    routes=servidor.RUTAS,
    on_script_error=servidor.avisar_error,
)

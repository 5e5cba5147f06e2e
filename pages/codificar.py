"""Quien llega aquí quiere codificar enunciados, con el libro a la vista."""

import streamlit as st

st.title("Codificar", anchor=False)

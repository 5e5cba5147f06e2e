"""Quien llega aquí quiere saber qué se respondió a cada recomendación, y responder."""

import streamlit as st

st.title("Seguimiento", anchor=False)

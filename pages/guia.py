"""Quien llega aquí quiere saber cómo se usa el tablero."""

import streamlit as st

from tablero.guia import TEXTO

st.title("Guía", anchor=False)
st.markdown(TEXTO)

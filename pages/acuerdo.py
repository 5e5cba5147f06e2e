"""Quien llega aquí quiere saber cuánto coinciden quienes codificaron, sin halagos."""

import streamlit as st

st.title("Acuerdo", anchor=False)

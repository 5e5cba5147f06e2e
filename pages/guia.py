"""Quien llega aquí quiere saber cómo se usa el tablero."""

import streamlit as st

st.title("Guía", anchor=False)
st.markdown(
    """
**Mirar.** *Resumen* dice qué se habló y qué quedó sin respuesta. *Temas*, *Grupos* y
*Tipos* cuentan los mismos enunciados de tres maneras. *Mesas* pone las dos mesas de
cada tema lado a lado. *Enunciados* es la lista completa.

**Acotar.** Use los filtros de la izquierda o pulse una barra o una celda: todo se acota
a ella. Dentro de un filtro los valores se suman; entre filtros se exigen todos. La
frase bajo el título dice qué se está viendo, y *Quitar filtros* lo deshace.

**Buscar.** Escriba una o más palabras: se exigen todas, en cualquier orden, con o sin
tildes. La ñ se busca como n.

**Comprobar.** Pulse un enunciado para abrir su ficha: qué pregunta responde, quién lo
codificó y en qué sección, párrafo y caracteres del informe está.

**Ordenar.** En *Enunciados*, pulse el título de una columna con flechas; otra vez,
invierte el orden.

**Compartir.** La dirección del navegador guarda filtros, orden y ficha: cópiela y quien
la abra verá lo mismo.

**Llevarse los datos.** Bajo cada tabla hay dos descargas, con las mismas filas y orden
que la pantalla. *CSV para Excel* abre bien en un Excel en español (punto y coma). *CSV
simple* es para otros programas (coma). Si una celda empieza como una fórmula, lleva
delante un apóstrofo para que la planilla no la ejecute.

**Qué significan los vacíos.** *No consta*: el informe no da el dato. *Sin registro*: la
pregunta no tiene respuesta en las conclusiones. *Registro conjunto*: el informe no
separa las dos mesas. Una celda en blanco en un gráfico es que no hay enunciados ahí; no
dice que no se haya conversado.
"""
)

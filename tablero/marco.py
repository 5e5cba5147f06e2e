"""El marco de todas las páginas: navegación, filtros, dirección y procedencia."""

import sys
from pathlib import Path

import streamlit as st

RAIZ = str(Path(__file__).parent.parent)
if RAIZ not in sys.path:
    # Streamlit solo agrega la carpeta de este guion, y lo compartido está una arriba.
    sys.path.insert(0, RAIZ)

from tablero import claves, conexion, estado, filtros, identidad, puente  # noqa: E402
from tablero.paginas import ICONO, PAGINAS, POR_NOMBRE  # noqa: E402
from tablero.vista import (  # noqa: E402
    aviso_copia,
    aviso_ficticios,
    aviso_sin_codificar,
    parrafo,
    procedencia,
)

rol = identidad.persona().rol
pagina = st.navigation(
    [
        st.Page(
            p.ruta, title=p.titulo, url_path=p.nombre, default=p is PAGINAS[0],
            visibility="visible" if rol >= p.rol else "hidden",
        )
        for p in PAGINAS
    ],
    position="top" if rol else "hidden",
    # En un teléfono el menú va en la barra: entero, sin tener que desplegarlo.
    expanded=True,
)  # fmt: skip
st.set_page_config(
    page_title=f"{pagina.title} · Diálogos regionales", page_icon=ICONO, layout="wide"
)
identidad.entrar()
conexion.leer_de(pagina.url_path)
estado.iniciar(filtros.opciones, claves.existe)
disponibles = filtros.opciones(estado.fijar().ficticio)
if destino := estado.llegar():
    st.switch_page(POR_NOMBRE[destino].ruta)
esta = POR_NOMBRE[pagina.url_path or PAGINAS[0].nombre]
with st.sidebar:
    if not esta.filtra:
        parrafo("En esta página los filtros no cambian nada.", "menor")
    filtros.dibujar(disponibles)
    puente.tender()
    identidad.tarjeta()
identidad.exigir_en_pantalla(esta.rol)
estado.escribir_direccion(pagina.url_path)
aviso_copia(pagina.url_path)
aviso_ficticios()
aviso_sin_codificar()
pagina.run()
procedencia()

"""La parte de codificar en que el libro cambia: sus versiones y la que se prepara."""

from functools import partial

import streamlit as st

from datos.libro_nuevo import LARGO_MOTIVO, LARGO_NOMBRE, copiar_libro
from tablero import carga_informe
from tablero.codifica_libro_editar import preparar
from tablero.codifica_libro_traslado import por_recodificar
from tablero.conexion import conexion
from tablero.formato import fecha
from tablero.libro_cambios import versiones
from tablero.tabla import Columna, mostrar
from tablero.tareas import hacer
from tablero.vista import parrafo


def _empezar(quien: str) -> None:
    st.subheader("Preparar una versión nueva", anchor=False)
    parrafo(
        "Es una copia de la que rige, y se cambia sin tocarla. Nada de lo que se"
        " codifica o se cuenta cambia hasta que la publique.",
        "nota",
    )
    st.text_input("Nombre de la versión", key="libro_nombre", max_chars=LARGO_NOMBRE,
                  placeholder="Libro de códigos, versión 2")  # fmt: skip
    st.text_area("Por qué se cambia", key="libro_motivo", max_chars=LARGO_MOTIVO,
                 height=68)  # fmt: skip
    if st.button("Preparar", type="primary", key="libro_preparar", disabled=not quien):
        hecho = hacer(
            partial(
                copiar_libro,
                conexion(),
                quien,
                str(st.session_state["libro_nombre"]),
                str(st.session_state["libro_motivo"]),
            ),
            "Copiando el libro",
            escribe=True,
        )
        if hecho:
            st.session_state["acuse"] = "La copia está lista: cambie sus códigos."
            st.rerun()
    if not quien:
        parrafo("Escriba su seudónimo para poder preparar una versión.", "nota")


def libro() -> None:
    """Muestra las versiones del libro, deja preparar una y trasladar lo ya leído."""
    quien = carga_informe.quien().strip().lower()
    todas = versiones()
    dichas = [fecha(f.year, f.month, f.day) for f in todas["fecha"].tolist()]
    mostrar(
        todas.assign(fecha=dichas),
        [
            Columna("nombre", "Versión", ancho="18%"),
            Columna("estado_libro", "Estado"),
            Columna("fecha", "Fecha"),
            Columna("desde_nombre", "Copiada de"),
            Columna("motivo", "Por qué", ancho="28%"),
            Columna("codigos", "Códigos"),
            Columna("lecturas", "Lecturas"),
            Columna("contados", "Enunciados que se cuentan"),
        ],
        "Versiones del libro de códigos. Una publicada no se cambia: se copia. Lecturas"
        " y enunciados, en toda la base, sin filtros.",
        "libros",
    )
    en_curso = todas[todas["estado_libro"] == "en preparación"].to_dict("records")
    if en_curso:
        preparar(quien, en_curso[0])
    else:
        _empezar(quien)
    por_recodificar(quien)

"""Ver en qué difiere la versión en preparación, y publicarla o descartarla."""

from collections.abc import Callable, Hashable, Mapping
from functools import partial

import streamlit as st

from datos.edicion import Choque
from datos.libro_nuevo import descartar, publicar
from datos.libro_revisar import remisiones_perdidas
from datos.libros import codigos_de
from tablero.codifica_choque import mostrar_choque
from tablero.conexion import conexion
from tablero.formato import enumerar
from tablero.libro_cambios import mostrar_diferencias
from tablero.tareas import hacer
from tablero.vista import parrafo, plegado

Version = Mapping[Hashable, object]


def _hacer(
    verbo: Callable[..., str],
    quien: str,
    version: Version,
    rotulo: str,
    acuse: str,
) -> None:
    libro, vista = str(version["libro_id"]), int(str(version["version"]))

    def al_chocar(choque: Choque) -> None:
        mostrar_choque(choque)

    hecho = hacer(
        partial(verbo, conexion(), quien, libro, vista),
        rotulo,
        escribe=True,
        al_chocar=al_chocar,
    )
    if hecho:
        st.session_state["acuse"] = acuse
        st.rerun()


def publicar_o_descartar(quien: str, version: Version) -> None:
    """Muestra las diferencias y, confirmado, publica la versión o la descarta."""
    st.subheader("Antes de publicar", anchor=False)
    libro, numero = str(version["libro_id"]), version["version"]
    halladas = mostrar_diferencias(
        str(version["desde_libro_id"]), libro, "diferencias_en_preparacion"
    )
    perdidas = remisiones_perdidas(codigos_de(conexion().cursor(), libro))
    if perdidas:
        dicho = enumerar([f"{codigo} manda a {otro}" for codigo, otro in perdidas])
        parrafo(f"En «cuándo no usarlo», {dicho}, que no está en esta versión.",
                "aviso")  # fmt: skip
    parrafo(
        "Publicada, se codifica y se carga con ella, y ya no se cambia. Lo leído antes"
        " se conserva y se sigue contando hasta que se traslade o se lea de nuevo.",
        "nota",
    )
    parrafo(f"Va a publicar «{version['nombre']}».")
    # La confirmación es de lo que se ve: si la versión cambia, hay que darla otra vez.
    seguro = st.checkbox(
        "Sí: que rija desde ahora", key=f"libro_publicar_{libro}_{numero}"
    )
    if st.button(
        "Publicar",
        type="primary",
        key="libro_publicar",
        disabled=not (quien and seguro and halladas),
    ):
        _hacer(publicar, quien, version, "Publicando el libro",
               "La versión está publicada y rige desde ahora.")  # fmt: skip
    for _ in plegado("Descartar esta versión", "descartar_libro"):
        parrafo("Se quitan sus códigos; queda anotado que se preparó, y por qué.",
                "nota")  # fmt: skip
        seguro = st.checkbox("Sí: descartarla", key=f"libro_descartar_{libro}_{numero}")
        if st.button(
            "Descartar", key="libro_descartar", disabled=not (quien and seguro)
        ):
            _hacer(descartar, quien, version, "Descartando la versión",
                   "La versión se descartó.")  # fmt: skip

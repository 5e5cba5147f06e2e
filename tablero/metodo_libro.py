"""El libro de códigos en la metodología: cada versión publicada y qué cambió."""

import streamlit as st

from tablero.conexion import preguntar
from tablero.estado import seleccion
from tablero.libro_cambios import mostrar_diferencias, versiones
from tablero.tabla import Columna, mostrar
from tablero.vista import parrafo

PUBLICADAS = ("rige", "anterior")


def libro() -> None:
    """Una versión publicada del libro, con cuántos enunciados lleva cada código."""
    todas = versiones()
    publicadas = {
        str(v["libro_id"]): v
        for v in todas[todas["estado_libro"].isin(PUBLICADAS)].to_dict("records")
    }
    elegido = next(iter(publicadas))
    if len(publicadas) > 1:
        elegido = st.selectbox(
            "Versión del libro",
            list(publicadas),
            format_func=lambda v: f"{publicadas[v]['nombre']} ({v})",
            key="version_del_libro",
        )
    version = publicadas[elegido]
    if version["estado_libro"] == "anterior":
        parrafo("Esta versión ya no rige. Lo que se contó con ella se conserva.",
                "aviso")  # fmt: skip
    if version["desde_libro_id"]:
        parrafo(
            f"Se copió de «{version['desde_nombre']}». Por qué: {version['motivo']}",
            "nota",
        )
        mostrar_diferencias(
            str(version["desde_libro_id"]), elegido, "diferencias_publicadas"
        )
    codigos = preguntar("libro_codigos", seleccion())
    mostrar(
        codigos[codigos["libro_id"] == elegido],
        [
            Columna("codigo", "Clave"),
            Columna("nombre", "Código"),
            Columna("faceta", "Faceta"),
            Columna("definicion", "Qué abarca", ancho="20%"),
            Columna("incluir", "Cuándo usarlo", ancho="20%"),
            Columna("excluir", "Cuándo no", ancho="20%"),
            Columna("ejemplo", "Ejemplo inventado"),
            Columna("enunciados", "Enunciados"),
        ],
        "Códigos por faceta. Enunciados: los que hoy se cuentan según esta versión, sin"
        " filtros.",
        "libro_codigos",
        aparte=f"libro {elegido}",
    )

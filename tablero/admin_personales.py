"""La parte de administración que busca datos personales en toda la base."""

import streamlit as st

from datos import permisos
from datos.permisos import Rol
from datos.personales_base import Encontrado, buscar, resumen
from tablero.conexion import conexion
from tablero.formato import de_total
from tablero.tablas_simples import tabla_simple
from tablero.tareas import hacer
from tablero.vista import parrafo, subtitulo

HALLADOS = "personales_hallados"
A_LA_VISTA = 200
PAGINA = "docs/datos_personales.md"


def _buscar() -> tuple[Encontrado, ...]:
    permisos.exigir(Rol.ADMINISTRACION)
    return tuple(buscar(conexion()))


def seccion() -> None:
    """Busca RUT, correos y teléfonos, y dice dónde están sin mostrarlos."""
    subtitulo("Datos personales")
    parrafo(
        "Recorre todos los textos guardados: enunciados, notas, documentos, respuestas,"
        " evidencias, nombres de archivo y lo que dicen los registros. Halla RUT,"
        " correos y teléfonos, y los muestra tachados. Un nombre no lo reconoce.",
        "nota",
    )
    if st.button("Buscar ahora", key="personales_buscar"):
        st.session_state[HALLADOS] = hacer(_buscar, "Buscando en toda la base")
    hallados = st.session_state.get(HALLADOS)
    if hallados is not None:
        parrafo(resumen(hallados), "aviso")
    if hallados:
        vistos = hallados[:A_LA_VISTA]
        tabla_simple(
            ["Tabla", "Fila", "Columna", "Línea", "Clase", "Tachado"],
            [[h.tabla, h.clave, h.columna, str(h.linea), h.clase, h.muestra]
             for h in vistos],
            f"{de_total(len(vistos), len(hallados))} hallazgos",
            "personales",
        )  # fmt: skip
        parrafo(
            "Lo que vino en una carga se quita en «Borrar una carga»; lo que alguien"
            " escribió se corrige donde se escribió, y lo anterior sigue en la bitácora"
            " hasta que se borre la carga de la que trata.",
            "nota",
        )
    parrafo(
        f"Qué se guarda de las personas, por qué, cuánto tiempo y cómo ejercen sus"
        f" derechos: {PAGINA}, en la carpeta del tablero.",
        "menor",
    )

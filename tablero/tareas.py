"""Lo que tarda o escribe corre en un hilo suyo, sin llamadas a Streamlit.

Una vuelta nueva o una pestaña que se cierra detienen el guion en su próxima llamada a
Streamlit. El hilo no lo nota: lo que empezó, termina.
"""

import html
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import duckdb
import streamlit as st

from datos.edicion import Choque
from datos.errores import A_LA_VISTA, ErrorDeDatos
from datos.permisos import actuando
from tablero import identidad
from tablero.conexion import cerrar, nueva_edicion

registro = logging.getLogger("tablero")
T = TypeVar("T")
# Las escrituras hacen fila en datos/; aquí solo se reparten las lecturas de archivos.
HILOS = ThreadPoolExecutor(max_workers=4, thread_name_prefix="tarea")


def hacer(
    que: Callable[[], T],
    rotulo: str,
    *,
    escribe: bool = False,
    al_chocar: Callable[[Choque], None] | None = None,
) -> T | None:
    """Hace algo en un hilo y espera mostrando que avanza; devuelve su resultado.

    Si falla, lo dice en la página con todas sus faltas y devuelve None. Con `escribe`,
    lo respondido antes se olvida, aunque ya nadie mire la página. `al_chocar` muestra a
    su manera que otra persona cambió lo mismo.
    """
    quien = identidad.persona()

    def en_su_hilo() -> T:
        try:
            with actuando(quien):
                return que()
        finally:
            if escribe:
                nueva_edicion()

    tarea = HILOS.submit(en_su_hilo)
    try:
        with st.spinner(rotulo, show_time=True):
            return tarea.result()
    except Choque as choque:
        (al_chocar or mostrar_error)(choque)
    except ErrorDeDatos as error:
        if isinstance(error.__cause__, duckdb.FatalException):
            # DuckDB dejó de atender: lo confirmado está a salvo; se abre de nuevo.
            cerrar()
        mostrar_error(error)
    except Exception:
        registro.exception("Falló: %s", rotulo)
        mostrar_error(
            ErrorDeDatos(
                "No se pudo terminar y no se cambió nada. Vuelva a intentarlo; si se"
                " repite, avise a quien administra el tablero e indique la hora."
            )
        )
    return None


def mostrar_error(error: ErrorDeDatos) -> None:
    """Muestra un error con todas sus faltas, como texto llano."""
    resumen = html.escape(str(error).splitlines()[0])
    faltas = "".join(
        f"<li>{html.escape(str(falta))}</li>" for falta in error.faltas[:A_LA_VISTA]
    )
    if len(error.faltas) > A_LA_VISTA:
        faltas += f"<li>Y {len(error.faltas) - A_LA_VISTA} más.</li>"
    lista = f"<ul>{faltas}</ul>" if faltas else ""
    st.html(f'<div class="error" role="alert"><p>{resumen}</p>{lista}</div>')

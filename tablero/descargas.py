"""Los botones que bajan una tabla, en cada formato."""

import logging
from collections.abc import Callable
from functools import partial

import streamlit as st

from consultas.seleccion import Seleccion
from datos.errores import ErrorDeDatos
from tablero import documento_word, exportar
from tablero.estado import direccion
from tablero.exportar import Cuadro
from tablero.hechos import AVISO_FICTICIOS, Hechos, ahora, reunir
from tablero.planillas import aviso, xlsx, zip_con_leeme
from tablero.significados import AVISO, SIGNIFICADO_AVISO

registro = logging.getLogger("tablero")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FALLA = (
    "No se pudo escribir este archivo. Vuelva a intentarlo; si se repite, avise a quien"
    " administra el tablero e indique la hora."
)


def bajar(
    rotulo: str, escribir: Callable[[], bytes], nombre: str, mime: str, llave: str
) -> None:
    """Un botón que escribe el archivo cuando se pulsa, y no antes."""
    st.download_button(
        rotulo,
        partial(_a_salvo, escribir, mime),
        file_name=nombre,
        mime=mime,
        key=llave,
        on_click="ignore",
        icon=":material/download:",
    )


def _a_salvo(escribir: Callable[[], bytes], mime: str) -> bytes:
    """Escribe el archivo; si falla, uno que lo dice: Streamlit no mostraría nada."""
    try:
        return escribir()
    except ErrorDeDatos as error:
        registro.warning("Una descarga no se hizo: %s", error)
        return _que_explica(str(error), mime)
    except Exception:
        registro.exception("Falló una descarga")
        return _que_explica(FALLA, mime)


def _que_explica(mensaje: str, mime: str) -> bytes:
    """Devuelve un archivo que se abre con lo mismo que el pedido y dice el mensaje."""
    if mime == XLSX:
        return aviso(mensaje, ahora())
    if mime == WORD:
        documento = documento_word.abrir("Aviso", "", ahora())
        documento.add_paragraph(mensaje)
        return documento_word.guardado(documento)
    return f"{mensaje}\n".encode("utf-8-sig")


def descargas(
    cuadro: Cuadro,
    significados: tuple[tuple[str, str], ...],
    asunto: str,
    elegida: Seleccion,
    aparte: str = "",
) -> None:
    """Ofrece la tabla que se ve: en los dos CSV, en XLSX, y en ZIP con su LÉEME.

    `significados` dice, por columna, su título y qué quiere decir; `elegida` y
    `aparte`, qué filas son.
    """
    hoy, vista = ahora(), direccion()
    if elegida.ficticio:
        cuadro = exportar.con_aviso(cuadro, AVISO, AVISO_FICTICIOS)
        significados += ((AVISO, SIGNIFICADO_AVISO),)

    def nombre(final: str) -> str:
        return exportar.nombre_de_archivo(asunto, elegida, hoy.date(), final)

    def hechos() -> Hechos:
        return reunir(
            asunto, elegida, len(cuadro.filas), significados, hoy, vista, aparte
        )

    salidas = [
        (formato.rotulo, f"_{formato.sufijo}.csv", "text/csv",
         partial(exportar.escribir, cuadro, formato))
        for formato in (exportar.EXCEL, exportar.SIMPLE)
    ] + [
        ("Excel (XLSX)", ".xlsx", XLSX, lambda: xlsx(cuadro, hechos(), hoy)),
        ("ZIP con LÉEME", ".zip", "application/zip",
         lambda: zip_con_leeme(cuadro, exportar.SIMPLE, hechos(), nombre(".csv"), hoy)),
    ]  # fmt: skip
    with st.container(horizontal=True, key=f"descargas_{asunto}"):
        for rotulo, final, mime, escribir in salidas:
            llave = f"bajar{final.replace('.', '_')}_{asunto}"
            bajar(rotulo, escribir, nombre(final), mime, llave)

"""Los botones que bajan una tabla, en cada formato. Nada baja de otra parte.

Cada archivo que baja queda anotado (`datos/salidas.py`).
"""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import PurePath

import streamlit as st

from consultas.seleccion import Seleccion
from datos.errores import ErrorDeDatos
from datos.salidas import PAGINA, Salida
from tablero import anotadas, documento_word, exportar, identidad
from tablero.estado import direccion
from tablero.exportar import Cuadro
from tablero.hechos import AVISO_FICTICIOS, Hechos, ahora, reunir
from tablero.planillas import aviso, xlsx, zip_con_leeme
from tablero.significados import AVISO, SIGNIFICADO_AVISO

registro = logging.getLogger("tablero")

SIN_FILTROS = Seleccion()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FALLA = (
    "No se pudo escribir este archivo. Vuelva a intentarlo; si se repite, avise a quien"
    " administra el tablero e indique la hora."
)


# El archivo y cuántas filas lleva.
Escrito = tuple[bytes, int]


def bajar(
    rotulo: str,
    escribir: Callable[[], Escrito],
    nombre: str,
    mime: str,
    llave: str,
    asunto: str,
    elegida: Seleccion = SIN_FILTROS,
) -> None:
    """Un botón que escribe el archivo cuando se pulsa, y no antes, y lo deja anotado.

    `asunto` es qué baja, y `elegida`, con qué filtros. Quién se sabe aquí: lo que se
    pulsa corre en un hilo que no es el de la página.
    """
    salida = Salida(
        identidad.firma(), asunto, PAGINA, PurePath(nombre).suffix[1:],
        elegida.activos(),
    )  # fmt: skip
    st.download_button(
        rotulo,
        partial(_a_salvo, escribir, mime, salida),
        file_name=nombre,
        mime=mime,
        key=llave,
        on_click="ignore",
        icon=":material/download:",
    )


def _a_salvo(escribir: Callable[[], Escrito], mime: str, salida: Salida) -> bytes:
    """Escribe el archivo; si falla, uno que lo dice: Streamlit no mostraría nada."""
    try:
        contenido, filas = escribir()
        anotadas.anotar(salida.de_ahora(filas))
    except ErrorDeDatos as error:
        registro.warning("Una descarga no se hizo: %s", error)
        return _que_explica(str(error), mime)
    except Exception:
        registro.exception("Falló una descarga")
        return _que_explica(FALLA, mime)
    return contenido


def _que_explica(mensaje: str, mime: str) -> bytes:
    """Devuelve un archivo que se abre con lo mismo que el pedido y dice el mensaje."""
    if mime == XLSX:
        return aviso(mensaje, ahora())
    if mime == WORD:
        documento = documento_word.abrir("Aviso", "", ahora())
        documento.add_paragraph(mensaje)
        return documento_word.guardado(documento)
    return f"{mensaje}\n".encode("utf-8-sig")


def _con_filas(escribir: Callable[[], bytes], filas: int) -> Escrito:
    return escribir(), filas


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
            bajar(
                rotulo, partial(_con_filas, escribir, len(cuadro.filas)), nombre(final),
                mime, llave, asunto, elegida,
            )  # fmt: skip

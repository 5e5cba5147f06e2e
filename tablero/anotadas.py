"""Deja constancia de lo que sale del tablero, por una página o por su dirección.

Con cuentas, lo que no se puede anotar no sale. Sin ellas hay una sola persona, la de
este equipo: sale igual, y la falla queda en el registro del servidor.
"""

import logging

from datos import salidas
from datos.errores import ErrorDeDatos
from datos.salidas import Salida
from datos.ubicacion import ruta_base
from tablero import identidad

registro = logging.getLogger("tablero")
NO_SALIO = (
    "Esta descarga no se hizo: no se pudo anotar quién la pedía, y sin eso nada sale."
    " Avise a quien administra el tablero e indique la hora."
)


def anotar(salida: Salida) -> None:
    """Anota una salida. Con cuentas lanza ErrorDeDatos si no se pudo: no debe salir."""
    try:
        salidas.anotar(ruta_base(), salida)
    except ErrorDeDatos as error:
        registro.error("%s", error)
        if identidad.con_cuentas():
            raise ErrorDeDatos(NO_SALIO) from error

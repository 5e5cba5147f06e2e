"""Cuántos enunciados hay tras cada valor de un filtro, cuando alguien lo despliega.

Se cuentan al desplegarlo y no en cada vuelta: quien no lo mira no los paga.
"""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from consultas.seleccion import LISTAS, Seleccion
from datos.errores import ErrorDeDatos
from tablero.conexion import preguntar
from tablero.filtros import opciones
from tablero.formato import numero
from tablero.maquinas import PedidoInvalido, falla, leer_seleccion


def contar(filtro: str, elegida: Seleccion) -> dict[str, int]:
    """Devuelve, por etiqueta de cada valor del filtro, sus enunciados; 0 si ninguno.

    Cuenta con los demás filtros y sin el propio: dentro de un filtro los valores se
    suman, y así se ve qué agregaría cada uno.
    """
    sin_el = replace(elegida, **{filtro: ()})  # type: ignore[arg-type]
    tabla = preguntar("facetas_recuento", sin_el, filtro=filtro)
    hallados = dict(zip(tabla["valor"], tabla["enunciados"], strict=True))
    return {
        etiqueta: int(hallados.get(valor, 0))
        for valor, etiqueta in opciones(elegida.ficticio)[filtro].items()
    }


def responder(pedido: Request) -> Response:
    """Responde con el recuento de cada etiqueta, escrito como en Chile.

    Un filtro o un valor que no existe es un 400; lo que no alcanza a contarse, un 503.
    """
    filtro = pedido.path_params["filtro"]
    try:
        if filtro not in LISTAS:
            raise PedidoInvalido(f"No existe el filtro «{filtro}».")
        contados = contar(filtro, leer_seleccion(pedido))
    except PedidoInvalido as error:
        return falla(str(error), 400)
    except ErrorDeDatos as error:
        return falla(str(error), 503)
    escritos = {etiqueta: numero(n) for etiqueta, n in contados.items()}
    return JSONResponse(escritos, headers={"Cache-Control": "no-store"})


RUTAS = [Route("/tablero/cuantos/{filtro}", responder)]

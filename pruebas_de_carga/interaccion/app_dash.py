"""La misma interacción en Dash, con el motor y las consultas del producto.

    python -m pruebas_de_carga.interaccion.app_dash BASE PUERTO

Las figuras son diccionarios, como en el producto: cuestan menos que los objetos.
"""

import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from dash import Dash, Input, Output, dcc, html  # type: ignore[import-not-found]

from consultas.indice import con_topes
from consultas.lector import consultar, valores
from consultas.seleccion import Seleccion
from datos.base import abrir
from pruebas_de_carga.interaccion.pasos import PAGINA, PALABRAS, escribir

con = abrir(Path(sys.argv[1]))
app = Dash("interaccion")
app.layout = html.Div(
    [
        dcc.Dropdown(id="filtro"), dcc.Dropdown(id="valor"), html.P(id="cifras"),
        dcc.Graph(id="temas"), dcc.Graph(id="tipos"), html.Table(id="hallados"),
        html.Table(id="primeros"),
    ]
)  # fmt: skip


@cache
def apariciones(palabra: str) -> int | None:
    """Dice en cuántos enunciados aparece una palabra, que es como se elige buscarla."""
    pedido: dict[str, object] = {"palabra": palabra}
    (cuantas,) = consultar(con, "palabras_apariciones", pedido)["apariciones"]
    return None if cuantas is None else int(cuantas)


def tope(palabra: str) -> int | None:
    """Lo mismo; None si no hay índice, que es lo que dice el texto vacío."""
    return None if apariciones("") is None else apariciones(palabra) or 0


def responder(filtro: str, valor: str) -> dict[str, Any]:
    """Hace las siete consultas de la interacción."""
    elegido: dict[str, Any] = {filtro: (valor,)}
    elegida = Seleccion(**elegido, ficticio=True)
    buscada = replace(elegida, buscar=" ".join(PALABRAS))

    def pedir(nombre: str, cual: Seleccion, **otros: object) -> pd.DataFrame:
        return consultar(con, nombre, con_topes(valores(nombre, cual, **otros), tope))

    pares = pedir("mesas_coincidencia", elegida, filas="tipo")
    return {
        "cuantos": sum(pedir("resumen_cifras", elegida)["enunciados"].tolist()),
        "temas": pedir("temas_tipos", elegida),
        "tipos": pedir("tipos_naturalezas", elegida),
        "pares": [pares[c].sum() for c in ("ambas", "solo_a", "solo_b")],
        "halladas": sum(pedir("resumen_cifras", buscada)["enunciados"].tolist()),
        "lista": pedir("enunciados_lista", buscada, orden="documento",
                       descendente=False, desde=0, limite=PAGINA),
        "primeros": pedir("enunciados_primeros", elegida, limite=PAGINA),
    }  # fmt: skip


def figura(tabla: pd.DataFrame, eje: str, color: str) -> dict[str, Any]:
    """Barras apiladas: una serie por color."""
    series = [
        {"type": "bar", "orientation": "h", "name": nombre,
         "x": suyas["enunciados"].tolist(), "y": suyas[eje].tolist()}
        for nombre, suyas in tabla.groupby(color, sort=False)
    ]  # fmt: skip
    return {"data": series, "layout": {"barmode": "stack"}}


def filas(tabla: pd.DataFrame) -> list[Any]:
    """Las filas de una tabla de HTML."""
    columnas = tabla[["texto", "naturaleza_nombre", "tipo_nombre", "tema"]]
    return [
        html.Tr([html.Td(celda) for celda in fila])
        for fila in columnas.itertuples(index=False, name=None)
    ]


@app.callback(  # type: ignore[untyped-decorator]
    Output("cifras", "children"), Output("temas", "figure"), Output("tipos", "figure"),
    Output("hallados", "children"), Output("primeros", "children"),
    Input("filtro", "value"), Input("valor", "value"),
)  # fmt: skip
def pulsar(filtro: str, valor: str) -> tuple[Any, ...]:
    """Responde a un filtro con las cifras, los dos gráficos y las dos tablas."""
    r = responder(filtro, valor)
    return (
        f"{r['cuantos']} enunciados; {r['halladas']} hallados; pares {r['pares']}",
        figura(r["temas"], "tipo_nombre", "tema"),
        figura(r["tipos"], "tipo_nombre", "naturaleza_nombre"),
        filas(r["lista"]),
        filas(r["primeros"]),
    )


@app.server.route("/comprobar/<filtro>/<valor>")  # type: ignore[untyped-decorator]
def comprobar(filtro: str, valor: str) -> str:
    """La respuesta, como se compara con las demás."""
    r = responder(filtro, valor)
    return escribir(
        r["cuantos"], r["temas"][["tema_id", "tipo", "enunciados"]].to_numpy().tolist(),
        r["tipos"][["tipo", "naturaleza", "enunciados"]].to_numpy().tolist(),
        r["pares"], r["halladas"], r["lista"]["texto"], r["primeros"]["texto"],
    )  # fmt: skip


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[2]), debug=False)

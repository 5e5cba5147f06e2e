"""Lo que cabe en un gráfico: lo demás no se dibuja, y se dice cuánto es."""

import pandas as pd

from tablero.destinos import columna_de
from tablero.formato import numero

# Con más, ni se leen de una mirada ni el navegador las dibuja sin hacerse esperar.
BARRAS, COLUMNAS = 40, 30
LOS_MAYORES = {
    "anio": "los {} años",
    "dialogo": "los {} diálogos",
    "grupo": "los {} grupos",
    "instrumento": "los {} instrumentos",
    "pregunta": "las {} preguntas",
    "tema": "los {} temas",
    "tipo": "los {} tipos",
}


def se_muestran(quienes: str, caben: int, hay: int) -> str:
    """Dice qué parte se dibuja: `quienes` es «los {} diálogos con más enunciados»."""
    dichos = quienes.format(caben)
    return f"Se muestran {dichos}, de {numero(hay)}; los demás están en la tabla."


def los_mayores(
    datos: pd.DataFrame, filtro: str, caben: int
) -> tuple[pd.DataFrame, list[str]]:
    """Devuelve las filas de lo que tiene más enunciados, y qué decir de lo que no.

    `filtro` nombra la columna de lo que se dibuja. Los empates quedan en el orden de
    los datos, que se conserva. Si todo cabe, no hay qué decir.
    """
    valores = datos[columna_de(datos, filtro)]
    hay = valores.nunique()
    if hay <= caben:
        return datos, []
    enunciados = datos["enunciados"].groupby(valores, sort=False).sum()
    quienes = f"{LOS_MAYORES[filtro]} con más enunciados"
    quedan = valores.isin(enunciados.nlargest(caben).index)
    return datos[quedan], [se_muestran(quienes, caben, hay)]

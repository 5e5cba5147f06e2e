"""De a dos: el kappa de cada par, su matriz de confusión y lo que disputan."""

import pandas as pd
import streamlit as st

from consultas.seleccion import Seleccion
from tablero.acuerdo import INSTRUMENTO, de_dialogo, lecturas
from tablero.acuerdo_cifras import valor
from tablero.acuerdo_disputados import Comparados, disputados
from tablero.carga_lista import codigos
from tablero.codifica_facetas import libro_que_rige
from tablero.codifica_puestas import VALORES
from tablero.conexion import preguntar
from tablero.descargas import descargas
from tablero.estado import seleccion
from tablero.exportar import Cuadro
from tablero.fiabilidad import Lecturas, cruce, kappa, pares
from tablero.formato import numero
from tablero.tabla import Celda, Columna, Parte, dibujar, mostrar
from tablero.vista import parrafo, subtitulo

# Con más valores que estos, la matriz solo trae aquellos en que alguien difiere.
CABEN = 6


def valores_de(que: Comparados) -> tuple[list[str], str]:
    """Devuelve los valores de la matriz, y qué decir de los que no caben.

    Si son más que CABEN, solo aquellos en que alguien difiere.
    """
    valores = sorted({v for par in que.cuantos for v in par}, key=que.nombre)
    distintos = {v for par in que.cuantos if par[0] != par[1] for v in par}
    difieren = [v for v in valores if v in distintos]
    fuera = len(valores) - len(difieren)
    if len(valores) <= CABEN or not fuera:
        return valores, ""
    return difieren, f"No se dibujan {fuera} en que nunca difieren."


def _kappas(
    puestas: Lecturas, hallados: list[tuple[str, str]], elegida: Seleccion, aparte: str
) -> None:
    filas = []
    for una, otra in hallados:
        cuantos = cruce(puestas, una, otra)
        cifra = kappa(cuantos)
        filas.append(
            {
                "una": una,
                "otra": otra,
                "coinciden": sum(n for (a, b), n in cuantos.items() if a == b),
                "comunes": sum(cuantos.values()),
                "kappa": valor(cifra),
                "sin_cifra": cifra.razon or "—",
            }
        )
    mostrar(
        pd.DataFrame(filas).astype(object).where(lambda d: d.notna(), None),
        [
            Columna("una", "Una"),
            Columna("otra", "Otra"),
            Columna("coinciden", "Coinciden en"),
            Columna("comunes", "De enunciados comunes"),
            Columna("kappa", "Kappa de Cohen", "no calculable", decimales=3),
            Columna("sin_cifra", "Por qué no se calcula"),
        ],
        "Cuánto coincide cada par, en enunciados",
        "acuerdo_pares",
        elegida=elegida,
        aparte=aparte,
    )


def _matriz(que: Comparados, elegida: Seleccion, aparte: str) -> None:
    """Dibuja la matriz de lo que puso cada una, y lista los que no coinciden."""
    valores, sobran = valores_de(que)
    if not valores:
        parrafo(f"{que.una} y {que.otra} coinciden en todos: no hay disputas aquí.",
                "nota")  # fmt: skip
        return
    nombres = [que.nombre(v) for v in valores]
    cuantos = [[que.cuantos.get((a, b), 0) for b in valores] for a in valores]
    filas = []
    for i, a in enumerate(nombres):
        celdas = [Celda((Parte(a),))]
        for j, n in enumerate(cuantos[i]):
            lleva = f"{i}-{j}" if n and i != j else ""
            dicho = Parte(numero(n) if n else "·", lleva, hace="celda")
            celdas.append(Celda((dicho,), es_numero=True))
        filas.append((celdas, ""))
    esquina = f"{que.una} ↓ · {que.otra} →"
    dibujar(
        [Columna("", esquina), *(Columna("", v) for v in nombres)],
        filas,
        f"En filas, lo que puso {que.una}; en columnas, {que.otra}. En la diagonal"
        f" coinciden. Pulse otro número para ver solo esos. {sobran}".strip(),
        "confusion",
        numericas=[False] + [True] * len(nombres),
    )
    descargas(
        Cuadro((esquina, *nombres),
               tuple((a, *n) for a, n in zip(nombres, cuantos, strict=True))),
        ((esquina, f"Lo que puso «{que.una}»."),
         *((v, f"Enunciados en que «{que.otra}» puso «{v}».") for v in nombres)),
        "acuerdo_matriz", elegida, f"{aparte}. {sobran}".rstrip(". "),
    )  # fmt: skip
    pedida = str(st.session_state.get("acuerdo_celda") or "")
    pares_de = {
        f"{i}-{j}": (a, b) for i, a in enumerate(valores) for j, b in enumerate(valores)
    }
    disputados(que, pares_de.get(pedida), elegida, aparte)


def _nombres(faceta: str) -> dict[str, str]:
    if faceta != INSTRUMENTO:
        return codigos()[faceta]
    instrumentos = preguntar("codificar_instrumentos")
    return dict(
        zip(instrumentos["instrumento_id"], instrumentos["nombre"], strict=True)
    )


def detalle(clase: str, faceta: str) -> None:
    """Muestra el kappa de cada par, su matriz de confusión y lo que disputan."""
    elegida, libro = de_dialogo(seleccion()), libro_que_rige()
    puestas = lecturas(clase, faceta, elegida, libro)
    hallados = pares(puestas)
    if not hallados:
        return
    subtitulo(f"{VALORES[faceta]}, de a dos")
    aparte = f"{VALORES[faceta]}, lecturas de clase {clase}, libro {libro}"
    _kappas(puestas, hallados, elegida, aparte)
    rotulos = {f"{a} y {b}": (a, b) for a, b in hallados}
    par = st.selectbox("Par que se compara", list(rotulos), key=f"par_{clase}")
    una, otra = rotulos[par]
    hace = "adjudicar" if clase == "persona" else "abrir"
    nombres = _nombres(faceta)
    cuantos = {(str(a), str(b)): n for (a, b), n in cruce(puestas, una, otra).items()}
    que = Comparados(faceta, una, otra, cuantos, nombres, hace)
    _matriz(que, elegida, aparte)

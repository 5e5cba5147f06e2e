"""De a dos: el kappa de cada par, su matriz de confusión y lo que disputan."""

from collections.abc import Hashable

import pandas as pd
import streamlit as st

from consultas.seleccion import Seleccion
from tablero.acuerdo import Lecturas, de_dialogo, lecturas
from tablero.acuerdo_cifras import valor
from tablero.acuerdo_disputados import Comparados, disputados
from tablero.codifica_facetas import libro_que_rige
from tablero.codifica_puestas import VALORES
from tablero.conexion import preguntar
from tablero.descargas import descargas
from tablero.estado import seleccion
from tablero.exportar import Cuadro
from tablero.fiabilidad import kappa, pares
from tablero.formato import numero
from tablero.tabla import Celda, Columna, Parte, dibujar, mostrar
from tablero.vista import parrafo, subtitulo

# Con más valores que estos, la matriz solo trae aquellos en que alguien difiere.
CABEN = 6
Suyas = list[tuple[str, str, str]]


def _nombre(valor: Hashable, nombres: dict[str, str]) -> str:
    if isinstance(valor, frozenset):
        return ", ".join(sorted(str(nombres.get(v, v)) for v in valor)) or "ninguno"
    return str(valor)


def valores_de(suyas: Suyas) -> tuple[list[str], str]:
    """Devuelve los valores de la matriz, y qué decir de los que no caben.

    Si son más que CABEN, solo aquellos en que alguien difiere.
    """
    valores = sorted({v for _, *par in suyas for v in par})
    difieren = sorted({v for _, a, b in suyas if a != b for v in (a, b)})
    fuera = len(valores) - len(difieren)
    if len(valores) <= CABEN or not fuera:
        return valores, ""
    return difieren, f"No se dibujan {fuera} en que nunca difieren."


def _kappas(
    puestas: Lecturas, hallados: list[tuple[str, str]], elegida: Seleccion, aparte: str
) -> None:
    filas = []
    for una, otra in hallados:
        comunes, cifra = kappa(puestas, una, otra)
        suyas = [s for s in puestas.values() if una in s and otra in s]
        filas.append(
            {
                "una": una,
                "otra": otra,
                "coinciden": sum(s[una] == s[otra] for s in suyas),
                "comunes": comunes,
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
    valores, sobran = valores_de(que.suyas)
    if not valores:
        parrafo(f"{que.una} y {que.otra} coinciden en todos: no hay disputas aquí.",
                "nota")  # fmt: skip
        return
    cuantos = [[sum(par == [a, b] for _, *par in que.suyas) for b in valores]
               for a in valores]  # fmt: skip
    filas = []
    for i, a in enumerate(valores):
        celdas = [Celda((Parte(a),))]
        for j, n in enumerate(cuantos[i]):
            lleva = f"{i}-{j}" if n and i != j else ""
            dicho = Parte(numero(n) if n else "·", lleva, hace="celda")
            celdas.append(Celda((dicho,), es_numero=True))
        filas.append((celdas, ""))
    esquina = f"{que.una} ↓ · {que.otra} →"
    dibujar(
        [Columna("", esquina), *(Columna("", v) for v in valores)],
        filas,
        f"En filas, lo que puso {que.una}; en columnas, {que.otra}. En la diagonal"
        f" coinciden. Pulse otro número para ver solo esos. {sobran}".strip(),
        "confusion",
        numericas=[False] + [True] * len(valores),
    )
    descargas(
        Cuadro((esquina, *valores),
               tuple((a, *n) for a, n in zip(valores, cuantos, strict=True))),
        ((esquina, f"Lo que puso «{que.una}»."),
         *((v, f"Enunciados en que «{que.otra}» puso «{v}».") for v in valores)),
        "acuerdo_matriz", elegida, f"{aparte}. {sobran}".rstrip(". "),
    )  # fmt: skip
    pedida = str(st.session_state.get("acuerdo_celda") or "")
    pares_de = {
        f"{i}-{j}": (a, b) for i, a in enumerate(valores) for j, b in enumerate(valores)
    }
    disputados(que, pares_de.get(pedida), elegida, aparte)


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
    instrumentos = preguntar("codificar_instrumentos")
    nombres = dict(
        zip(instrumentos["instrumento_id"], instrumentos["nombre"], strict=True)
    )
    suyas = [
        (clave, _nombre(s[una], nombres), _nombre(s[otra], nombres))
        for clave, s in puestas.items()
        if una in s and otra in s
    ]
    hace = "adjudicar" if clase == "persona" else "abrir"
    _matriz(Comparados(suyas, una, otra, hace), elegida, aparte)

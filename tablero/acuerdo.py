"""Lo que la página de acuerdo muestra: cifras por faceta, pares y dónde se disputa."""

from collections.abc import Hashable
from functools import lru_cache

import pandas as pd
import streamlit as st

from consultas.seleccion import Seleccion
from tablero.acuerdo_avisos import sin_comunes
from tablero.acuerdo_cifras import NO_CALCULABLE, decir, intervalo, valor
from tablero.acuerdo_disputados import disputados
from tablero.codifica_facetas import libro_que_rige
from tablero.codifica_puestas import VALORES
from tablero.conexion import edicion, preguntar
from tablero.estado import ir, seleccion
from tablero.fiabilidad import Acuerdo, acuerdo, en_palabras, kappa, pares
from tablero.formato import de_total, numero
from tablero.tabla import Celda, Columna, Parte, dibujar, mostrar
from tablero.tablas_simples import tabla_simple
from tablero.vista import parrafo, subtitulo

Lecturas = dict[str, dict[str, Hashable]]
# Las facetas se calculan aparte; los instrumentos, como conjuntos.
INSTRUMENTO = "instrumento"
# Con más valores que estos, la matriz solo trae aquellos en que alguien difiere.
CABEN = 6


def lecturas(clase: str, faceta: str, elegida: Seleccion, libro: str) -> Lecturas:
    """Devuelve, por enunciado y codificador de una clase, qué puso en una faceta.

    Sin adjudicaciones y con una sola versión del libro. En instrumentos, un conjunto,
    que puede ser vacío: leer y no hallar ninguno también es una respuesta.
    """
    todas = preguntar("codificar_lecturas", elegida, enunciado=None)
    suyas = todas[
        (todas["clase"] == clase)
        & (todas["libro_id"] == libro)
        & ~todas["es_adjudicacion"].astype(bool)
    ]
    puestas: Lecturas = {}
    if faceta == INSTRUMENTO:
        for (enunciado, quien), filas in suyas.groupby(
            ["enunciado_id", "codificador_id"], sort=False
        ):
            valores = filas[filas["que"] == INSTRUMENTO]["valor"].tolist()
            puestas.setdefault(str(enunciado), {})[str(quien)] = frozenset(valores)
        return puestas
    de_la_faceta = suyas[suyas["que"] == faceta]
    for enunciado, quien, nombre in zip(
        de_la_faceta["enunciado_id"],
        de_la_faceta["codificador_id"],
        de_la_faceta["nombre"],
        strict=True,
    ):
        puestas.setdefault(str(enunciado), {})[str(quien)] = str(nombre)
    return puestas


@lru_cache(maxsize=64)
def medido(
    edicion: int, clase: str, faceta: str, elegida: Seleccion, libro: str
) -> Acuerdo:
    """Mide el acuerdo de una faceta, una vez por edición: remuestrear tarda."""
    return acuerdo(lecturas(clase, faceta, elegida, libro))


def de_dialogo(elegida: Seleccion) -> Seleccion:
    """Devuelve la selección con los únicos filtros que aquí cuentan.

    Mover otro no mide de nuevo, y las descargas no dicen filtros que no acotaron.
    """
    return Seleccion(
        region=elegida.region,
        anio=elegida.anio,
        dialogo=elegida.dialogo,
        tema=elegida.tema,
        ficticio=elegida.ficticio,
    )


def resumen(clase: str) -> None:
    """Muestra una fila por faceta con sus cifras, y avisa de lo que no prueban."""
    elegida, libro = de_dialogo(seleccion()), libro_que_rige()
    hechos = {
        faceta: medido(edicion(), clase, faceta, elegida, libro) for faceta in VALORES
    }
    if not any(hecho.unidades for hecho in hechos.values()):
        sin_comunes(clase)
    datos = pd.DataFrame(
        [
            {
                "faceta": rotulo,
                "unidades": hechos[faceta].unidades,
                "codificadores": hechos[faceta].codificadores,
                "observado": valor(hechos[faceta].observado),
                "alfa": valor(hechos[faceta].alfa),
                "intervalo": intervalo(hechos[faceta]),
                "ac1": valor(hechos[faceta].ac1),
                "palabras": en_palabras(hechos[faceta]),
            }
            for faceta, rotulo in VALORES.items()
        ]
    )
    mostrar(
        datos,
        [
            Columna("faceta", "Faceta"),
            Columna("unidades", "Enunciados con dos lecturas"),
            Columna("codificadores", "Codificadores"),
            Columna("observado", "Acuerdo observado", NO_CALCULABLE, decimales=3),
            Columna("alfa", "Alfa de Krippendorff", NO_CALCULABLE, decimales=3),
            Columna("intervalo", "Intervalo de 95 %"),
            Columna("ac1", "AC1 de Gwet", NO_CALCULABLE, decimales=3),
            Columna("palabras", "Qué permite decir"),
        ],
        "Acuerdo por faceta",
        "acuerdo",
        elegida=elegida,
        aparte=f"lecturas de clase {clase}, libro {libro}",
    )


def celda(valor: str) -> None:
    """Elige la celda de la matriz cuyos enunciados se listan; otra vez, ninguna."""
    igual = st.session_state.get("acuerdo_celda") == valor
    st.session_state["acuerdo_celda"] = "" if igual else valor


def adjudicar(enunciado: str) -> None:
    """Lleva a decidir sobre un enunciado en disputa."""
    ir("codificar", hacer="adjudicar", leer=enunciado)


def _nombre(valor: Hashable, nombres: dict[str, str]) -> str:
    if isinstance(valor, frozenset):
        return ", ".join(sorted(str(nombres.get(v, v)) for v in valor)) or "ninguno"
    return str(valor)


def valores_de(suyas: list[tuple[str, str, str]]) -> tuple[list[str], str]:
    """Devuelve los valores de la matriz, y qué decir de los que no caben.

    Si son más que CABEN, solo aquellos en que alguien difiere.
    """
    valores = sorted({v for _, *par in suyas for v in par})
    difieren = sorted({v for _, a, b in suyas if a != b for v in (a, b)})
    fuera = len(valores) - len(difieren)
    if len(valores) <= CABEN or not fuera:
        return valores, ""
    return difieren, f" No se dibujan {fuera} en que nunca difieren."


def _matriz(suyas: list[tuple[str, str, str]], una: str, otra: str, hace: str) -> None:
    """Dibuja la matriz; `suyas` son enunciado, lo que puso una y lo que puso otra."""
    valores, sobran = valores_de(suyas)
    if not valores:
        parrafo(f"{una} y {otra} coinciden en todos: no hay disputas aquí.", "nota")
        return
    filas = []
    for a in valores:
        celdas = [Celda((Parte(a),))]
        for b in valores:
            cuantos = sum((x, y) == (a, b) for _, x, y in suyas)
            lleva = f"{valores.index(a)}-{valores.index(b)}" if cuantos else ""
            lleva = lleva if a != b else ""
            dicho = Parte(numero(cuantos) if cuantos else "·", lleva, hace="celda")
            celdas.append(Celda((dicho,), es_numero=True))
        filas.append((celdas, ""))
    dibujar(
        [Columna("", f"{una} ↓ · {otra} →"), *(Columna("", v) for v in valores)],
        filas,
        f"En filas, lo que puso {una}; en columnas, {otra}. En la diagonal coinciden."
        f" Pulse otro número para ver solo esos.{sobran}",
        "confusion",
        numericas=[False] + [True] * len(valores),
    )
    elegida = str(st.session_state.get("acuerdo_celda") or "")
    pedidos = {
        f"{i}-{j}": (a, b) for i, a in enumerate(valores) for j, b in enumerate(valores)
    }
    solo = pedidos.get(elegida)
    disputados(
        [s for s in suyas if s[1] != s[2] and solo in (None, s[1:])], una, otra, hace
    )


def detalle(clase: str, faceta: str) -> None:
    """Muestra el kappa de cada par, su matriz de confusión y lo que disputan."""
    elegida, libro = seleccion(), libro_que_rige()
    puestas = lecturas(clase, faceta, elegida, libro)
    hallados = pares(puestas)
    if not hallados:
        return
    subtitulo(f"{VALORES[faceta]}, de a dos")
    filas = []
    for una, otra in hallados:
        unidades, cifra = kappa(puestas, una, otra)
        comunes = [s for s in puestas.values() if una in s and otra in s]
        iguales = sum(s[una] == s[otra] for s in comunes)
        filas.append([una, otra, de_total(iguales, unidades), decir(cifra)])
    tabla_simple(
        ["Una", "Otra", "Coinciden en", "Kappa de Cohen"],
        filas,
        "Cuánto coincide cada par, en enunciados",
        "kappas",
    )
    rotulos = {f"{a} y {b}": (a, b) for a, b in hallados}
    par = st.selectbox("Par que se compara", list(rotulos), key=f"par_{clase}")
    una, otra = rotulos[par]
    instrumentos = preguntar("codificar_instrumentos")
    nombres = dict(
        zip(instrumentos["instrumento_id"], instrumentos["nombre"], strict=True)
    )
    _matriz(
        [
            (clave, _nombre(s[una], nombres), _nombre(s[otra], nombres))
            for clave, s in puestas.items()
            if una in s and otra in s
        ],
        una,
        otra,
        "adjudicar" if clase == "persona" else "abrir",
    )

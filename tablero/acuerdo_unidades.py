"""El acuerdo al dividir en unidades, sin mirar códigos: cifras, pares y disputas."""

from functools import lru_cache

import pandas as pd
import streamlit as st

from consultas.seleccion import Seleccion
from tablero.acuerdo import de_dialogo
from tablero.acuerdo_cifras import NO_CALCULABLE, alfa, decir_alfa, intervalo, valor
from tablero.conexion import edicion
from tablero.divisiones import Divididos, divididos, lado_a_lado
from tablero.estado import ir, seleccion
from tablero.fiabilidad import en_palabras
from tablero.fiabilidad_cortes import Clave, Medida, Par, medir, pares
from tablero.formato import contar, de_total, numero
from tablero.tabla import Columna, mostrar
from tablero.tablas_simples import tabla_simple
from tablero.vista import parrafo, subtitulo

COLUMNAS = (
    Columna("parrafos_dobles", "Párrafos con dos divisiones"),
    Columna("huecos", "Huecos entre palabras"),
    Columna("limites", "Con algún corte"),
    Columna("dividen", "Codificadores"),
    Columna("observado_cortes", "Acuerdo observado", NO_CALCULABLE, decimales=3),
    Columna("alfa_cortes", "Alfa de los cortes", NO_CALCULABLE, decimales=3),
    Columna("intervalo_cortes", "Intervalo de 95 %"),
    Columna("palabras", "Qué permite decir"),
)


@lru_cache(maxsize=32)
def _medido(
    edicion: int, clase: str, elegida: Seleccion
) -> tuple[Divididos, Medida, list[Par]]:
    """Mide una clase, una vez por edición: remuestrear tarda."""
    hallados = divididos(elegida, clase)
    hechos = (hallados.divisiones, hallados.textos)
    return hallados, medir(*hechos), pares(*hechos)


def _cifras(medida: Medida, clase: str, elegida: Seleccion) -> None:
    fila = {
        "parrafos_dobles": medida.parrafos,
        "huecos": medida.hecho.unidades,
        "limites": medida.limites,
        "dividen": medida.hecho.codificadores,
        "observado_cortes": valor(medida.hecho.observado),
        "alfa_cortes": alfa(medida.hecho.alfa),
        "intervalo_cortes": intervalo(medida.hecho),
        "palabras": en_palabras(medida.hecho),
    }
    mostrar(
        pd.DataFrame([fila]),
        COLUMNAS,
        "Acuerdo al dividir en unidades",
        "acuerdo_unidades",
        elegida=elegida,
        aparte=f"divisiones de clase {clase}",
    )


def _terna(cuantos: tuple[int, int, int]) -> str:
    ambas, una, otra = map(numero, cuantos)
    return f"{ambas} ambas · {una} solo una · {otra} solo otra"


def _de_a_dos(hechos: list[Par]) -> None:
    tabla_simple(
        ["Una", "Otra", "Párrafos", "Límites", "Unidades enteras", "Alfa"],
        [
            [
                hecho.una,
                hecho.otra,
                numero(hecho.parrafos),
                f"{_terna(hecho.limites)}, en {numero(hecho.huecos)} huecos",
                _terna(hecho.unidades),
                decir_alfa(hecho.alfa),
            ]
            for hecho in hechos
        ],
        "De a dos: en qué límites y en qué unidades enteras coinciden",
        "pares_unidades",
    )


def _disputados(hallados: Divididos, hechos: list[Par], clase: str) -> None:
    """Deja elegir un par y un párrafo en que difieren, y lo muestra lado a lado."""
    # Primero los que más difieren: si no, podría abrirse uno sin nada que mirar.
    peores = sorted(hechos, key=lambda h: -sum(h.limites[1:]))
    rotulos = {f"{h.una} y {h.otra}": h for h in peores}
    # La llave lleva la clase: los pares de una no son opciones de la otra.
    par = st.selectbox("Par que se compara", list(rotulos), key=f"u_par_{clase}")
    hecho = rotulos[par]
    suyos = {
        clave: {hecho.una: de[hecho.una], hecho.otra: de[hecho.otra]}
        for clave, de in hallados.divisiones.items()
        if hecho.una in de and hecho.otra in de
    }
    difieren: dict[str, Clave] = {}
    for clave, de in suyos.items():
        if de[hecho.una] != de[hecho.otra]:
            rotulo = hallados.rotulos[clave]
            difieren[f"{rotulo} ({clave[0]})" if rotulo in difieren else rotulo] = clave
    parrafo(f"Difieren en {de_total(len(difieren), len(suyos))} párrafos.", "nota")
    if not difieren:
        return
    cual = st.selectbox(
        "Párrafo en que difieren", list(difieren), key=f"u_difieren_{clase}"
    )
    clave = difieren[cual]
    lado_a_lado(
        hallados.textos[clave], suyos[clave], "Las dos divisiones.", "unidades_disputa"
    )


def _avisos(hallados: Divididos) -> None:
    total = sum(map(len, hallados.divisiones.values()))
    if hallados.sueltas:
        fuera = contar(hallados.sueltas, "división queda", "divisiones quedan")
        parrafo(
            f"{fuera} fuera: el texto de su párrafo no está cargado, o es otro.",
            "aviso",
        )
    if hallados.cambiadas:
        parrafo(
            f"Cambiadas después de guardarse: {de_total(hallados.cambiadas, total)}"
            " divisiones. Quien cambia la suya ya pudo ver las otras.",
            "nota",
        )


def a_dividir() -> None:
    """Lleva a dividir párrafos."""
    ir("codificar", hacer="unidades")


def seccion(clase: str) -> None:
    """Muestra cuánto coinciden al dividir los párrafos, antes de todo código."""
    subtitulo("División en unidades")
    parrafo(
        "Si dos personas cortan las mismas unidades, aparte de qué códigos les ponen."
        " En cada hueco entre palabras de un párrafo que dividieron ambas, cortan o no;"
        " el alfa es el de esas decisiones, no el alfa de unidades de Krippendorff. El"
        " intervalo remuestrea párrafos. Si va a dividir un párrafo, no lo mire aquí"
        " antes.",
        "nota",
    )
    elegida = de_dialogo(seleccion())
    hallados, medida, hechos = _medido(edicion(), clase, elegida)
    _avisos(hallados)
    _cifras(medida, clase, elegida)
    if not hechos:
        if clase == "persona":
            st.button("Dividir en unidades", on_click=a_dividir, key="a_dividir")
        return
    _de_a_dos(hechos)
    _disputados(hallados, hechos, clase)

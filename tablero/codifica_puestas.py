"""Qué puso cada quien al leer un enunciado, lado a lado, y qué sugieren las reglas."""

import pandas as pd

from datos import cargas
from datos.codificar import Vista
from datos.leido import Regla
from datos.reglas import palabras, sugerir
from tablero.carga_lista import FACETAS, codigos
from tablero.codifica_facetas import libro_que_rige
from tablero.conexion import conexion, preguntar
from tablero.disputas import vista_de
from tablero.estado import seleccion
from tablero.formato import contar, enumerar
from tablero.tablas_simples import tabla_simple
from tablero.vista import parrafo, plegado

VALORES = {**FACETAS, "instrumento": "Instrumentos"}


def de_un_enunciado(enunciado: str) -> pd.DataFrame:
    """Devuelve sus lecturas con el libro que rige: una fila por código puesto."""
    todas = preguntar("codificar_lecturas", seleccion(), enunciado=enunciado)
    return todas[todas["libro_id"] == libro_que_rige()]


def contada(enunciado: str) -> Vista:
    """Devuelve la lectura que hoy se cuenta, con la versión del libro que sea."""
    return vista_de(preguntar("codificar_lecturas", seleccion(), enunciado=enunciado))


def _nombres(suyas: pd.DataFrame, que: str) -> str:
    return enumerar(suyas[suyas["que"] == que]["nombre"].tolist()) or "ninguno"


def filas_de(lecturas: pd.DataFrame) -> list[list[str]]:
    """Devuelve una fila por lectura: quién, sus códigos, su nota y si es la contada."""
    filas = []
    for quien in dict.fromkeys(lecturas["codificador_id"]):
        suyas = lecturas[lecturas["codificador_id"] == quien]
        filas.append(
            [
                str(quien),
                str(suyas["clase"].tolist()[0]),
                *(_nombres(suyas, que) for que in VALORES),
                str(suyas["nota"].tolist()[0] or "—"),
                "sí" if bool(suyas["es_principal"].any()) else "no",
            ]
        )
    return filas


def otras_lecturas(enunciado: str, quien: str, a_ciegas: bool) -> None:
    """Muestra las lecturas de los demás, o solo cuántas son si se lee a ciegas."""
    lecturas = de_un_enunciado(enunciado)
    leidas = lecturas[~lecturas["es_adjudicacion"].astype(bool)]
    ajenas = [c for c in dict.fromkeys(leidas["codificador_id"]) if c != quien]
    if a_ciegas:
        if ajenas:
            otras = contar(len(ajenas), "lectura más", "lecturas más")
            parrafo(
                f"Este enunciado tiene {otras}. Se ven cuando usted guarde la suya.",
                "nota",
            )
        return
    if len(lecturas):
        tabla_simple(
            ["Quién", "Clase", *VALORES.values(), "Nota", "Se cuenta"],
            filas_de(lecturas),
            "Todas las lecturas de este enunciado",
            "lecturas_lado_a_lado",
        )
    for _ in plegado("Sugerencia de las reglas (no es una lectura)", "sugerencia"):
        _sugerencia(enunciado)


def _sugerencia(enunciado: str) -> None:
    texto = str(
        preguntar("codificar_pasaje", seleccion(), enunciado=enunciado)[
            "texto"
        ].tolist()[0]
    )
    todas = cargas.reglas(conexion().cursor())
    naturaleza, tipo, reglas = sugerir(texto, todas)
    nombres = codigos()
    if not reglas:
        parrafo("Ninguna palabra del libro calza: no hay sugerencia.", "nota")
        return
    sugeridos = [
        nombres[faceta][codigo]
        for faceta, codigo in (("naturaleza", naturaleza), ("tipo", tipo))
        if codigo in nombres[faceta]
    ]
    parrafo(f"Sugieren: {enumerar(sugeridos)}. Salen de palabras sueltas.", "nota")
    suyas = [regla for regla in todas if regla.regla_id in reglas]
    parrafo(f"Palabras que calzan: {_por_que(texto, suyas, nombres)}.", "menor")


def _por_que(
    texto: str, reglas: list[Regla], nombres: dict[str, dict[str, str]]
) -> str:
    """Dice por qué palabras del enunciado se sugiere cada código."""
    por_codigo: dict[str, list[str]] = {}
    for regla in reglas:
        codigo = nombres[regla.faceta].get(regla.codigo, regla.codigo)
        dichas = por_codigo.setdefault(codigo, [])
        palabra = f"«{palabras(regla, texto)}»"
        if palabra not in dichas:
            dichas.append(palabra)
    return "; ".join(f"{codigo}, por {enumerar(p)}" for codigo, p in por_codigo.items())

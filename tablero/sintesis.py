"""La síntesis de dos páginas para quien dirige: un HTML solo, que se imprime bien."""

from datetime import datetime
from html import escape
from math import ceil
from pathlib import Path

import pandas as pd

from consultas.seleccion import Seleccion
from tablero import cifras, ficha, svg
from tablero.conexion import preguntar
from tablero.formato import contar, de_total
from tablero.hechos import reunir
from tablero.pares import comparables

ESTILO = Path(__file__).parent / "estatico" / "sintesis.css"
RECOMENDACIONES = 12
PREGUNTAS = 4
LINEAS = 26
LETRAS_POR_LINEA = 100
DIALOGOS = 6


def _parrafo(texto: str, clase: str = "") -> str:
    return f'<p class="{clase}">{escape(texto)}</p>'


def _que_caben(lista: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    """Devuelve las primeras recomendaciones que caben en su parte de la página."""
    columnas = ["texto", "dialogo", "tipo_nombre", "lugar"]
    caben, usadas = [], 0
    for fila in lista[columnas].itertuples(index=False, name=None):
        usadas += ceil(len(fila[0]) / LETRAS_POR_LINEA)
        usadas += ceil(sum(map(len, fila[1:])) / LETRAS_POR_LINEA)
        if usadas > LINEAS:
            break
        caben.append(fila)
    return caben


def _recomendaciones(elegida: Seleccion, total: int) -> str:
    lista = preguntar("recomendaciones_muestra", elegida, limite=RECOMENDACIONES)
    if lista.empty:
        return _parrafo("No hay recomendaciones en la selección.")
    filas = [
        f"<li>{escape(texto)}<br><small>{escape(f'{dialogo} · {tipo} · {lugar}')}"
        "</small></li>"
        for texto, dialogo, tipo, lugar in _que_caben(lista)
    ]
    cuantas = de_total(len(filas), total)
    return (
        _parrafo(
            f"{cuantas} recomendaciones: por turnos entre diálogos, y en cada uno entre"
            " temas. No son las más importantes; la lista completa está en el tablero."
        )
        + f"<ol>{''.join(filas)}</ol>"
    )


def _preguntas(elegida: Seleccion) -> str:
    todas = preguntar("preguntas_cobertura", elegida)
    vacias = todas[todas["registro"] == "sin registro"]
    if vacias.empty:
        return _parrafo("Todas las preguntas tienen al menos un enunciado.")
    columnas = ["pregunta", "dialogo", "tema"]
    a_la_vista = vacias[columnas].head(PREGUNTAS).itertuples(index=False, name=None)
    filas = [
        f"<li>{escape(pregunta)} <small>{escape(f'({dialogo}, tema {tema})')}"
        "</small></li>"
        for pregunta, dialogo, tema in a_la_vista
    ]
    faltan = len(vacias) - len(filas)
    resto = f"<li>Y {faltan} más.</li>" if faltan > 0 else ""
    dicho = de_total(len(vacias), len(todas))
    return (
        _parrafo(f"{dicho} bloques de preguntas:") + f"<ul>{''.join(filas)}{resto}</ul>"
    )


def _mesas(elegida: Seleccion) -> str:
    pares = preguntar("mesas_coincidencia", elegida.de_ambas_mesas(), filas="tipo")
    propios = int((pares["registro"] == "propio").sum())
    dicho = (
        f"{de_total(propios, len(pares))} pares de mesas dejaron registro propio en"
        " ambas. De los demás no consta qué dijo cada mesa."
    )
    sirven = comparables(pares)
    if sirven.empty:
        return _parrafo(dicho)
    uno = sirven.iloc[0]
    alguna = uno["ambas"] + uno["solo_a"] + uno["solo_b"]
    con_codigos = de_total(len(sirven), propios)
    return _parrafo(
        f"{dicho} {con_codigos} de esos tienen códigos en la selección; el que más"
        f" difiere es {uno['dialogo']}, tema {uno['tema_numero']}: {uno['ambas']} de"
        f" {alguna} códigos en ambas mesas."
    )


def _de_que_dialogos(elegida: Seleccion) -> str:
    fichas = preguntar("dialogos_fichas", elegida)
    if len(fichas) == 1:
        return ficha.en_una_frase(elegida)
    nombres = ", ".join(fichas["dialogo"].head(DIALOGOS))
    resto = " y otros" if len(fichas) > DIALOGOS else ""
    return f"{contar(len(fichas), 'diálogo', 'diálogos')}: {nombres}{resto}."


def html(elegida: Seleccion, momento: datetime, vista: str = "") -> str:
    """Devuelve la síntesis de una selección con enunciados, sin nada de la red.

    Dos páginas carta: qué se dijo, y qué se pidió, quedó sin respuesta y vale.
    """
    halladas = cifras.de(elegida)
    tipos = preguntar("tipos_naturalezas", elegida)
    por_tema = preguntar("temas_naturalezas", elegida)
    hechos = reunir(
        "Síntesis", elegida, int(halladas["enunciados"]), (), momento, vista
    )
    aviso = _parrafo(hechos.ficticios, "ficticios") if hechos.ficticios else ""
    mapa = svg.mapa(
        preguntar("temas_tipos", elegida), "tema", "tipo_nombre", "Enunciados por tipo"
        " y tema"
    )  # fmt: skip
    primera = [
        aviso,
        "<h1>Qué dijeron las mesas</h1>",
        _parrafo(_de_que_dialogos(elegida)),
        _parrafo(f"Filtros: {hechos.filtros}."),
        f"<dl>{''.join(ficha.por_naturaleza(halladas, se_pulsan=False))}</dl>",
        _parrafo(ficha.lo_mas_frecuente(tipos, int(halladas["enunciados"]))),
        "<h2>Qué se pidió, criticó y reconoció en cada tema</h2>",
        svg.barras(por_tema, "tema", "Enunciados por tema y naturaleza"),
        "<h2>De qué trató cada tema: enunciados por tipo</h2>",
        mapa,
    ]
    segunda = [
        aviso,
        "<h2>Lo que se pidió</h2>",
        _recomendaciones(elegida, int(halladas["recomendaciones"])),
        "<h2>Preguntas sin registro</h2>",
        _preguntas(elegida),
        "<h2>Las dos mesas de cada tema</h2>",
        _mesas(elegida),
        '<div class="pie">',
        _parrafo(f"Codificación: {hechos.libro}."),
        _parrafo(
            "La unidad es el enunciado, no la persona. Un grupo convocado no es quien"
            " lo dijo. Sin registro no es que no se haya conversado."
        ),
        _parrafo(f"Hecha el {hechos.momento}. Vista: {hechos.direccion}"),
        "</div>",
    ]
    return (
        '<!doctype html><html lang="es-CL"><head><meta charset="utf-8">'
        "<title>Síntesis · Diálogos regionales</title>"
        f"<style>{ESTILO.read_text('utf-8')}</style></head><body>"
        f'<section class="hoja">{"".join(primera)}</section>'
        f'<section class="hoja">{"".join(segunda)}</section></body></html>'
    )

"""La tabla de todas las páginas: en pantalla y, fila por fila igual, en CSV.

Es HTML escrito en el servidor: llega con la página, se lee con lector de pantalla y se
imprime. Todo dato pasa por `html.escape`; ninguno se interpreta.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from consultas.seleccion import Seleccion
from tablero.descargas import descargas
from tablero.destinos import destinos
from tablero.estado import seleccion
from tablero.exportar import Cuadro
from tablero.formato import numero
from tablero.hojas import hoja
from tablero.significados import SIGNIFICADOS

VACIO = "—"
FILAS_LARGA = 6
FLECHAS = {"none": "↕", "ascending": "▲", "descending": "▼"}


@dataclass(frozen=True)
class Columna:
    """Una columna en pantalla. `vacio` es lo que se lee donde no hay valor."""

    clave: str
    titulo: str
    vacio: str = VACIO
    ancho: str = ""
    orden: str = ""
    marcas: tuple[str, ...] = ()
    decimales: int = 0
    # Los filtros a que acota pulsar el número; cada uno es una columna de los datos.
    lleva: tuple[str, ...] = ()
    # El número no mira los filtros que no son de diálogo: pulsarlo los quita.
    solo: bool = False
    # Un año es un número que no se suma ni lleva punto de miles.
    es_rotulo: bool = False


@dataclass(frozen=True)
class Parte:
    """Un texto dentro de una celda: su marca de color, su nota y qué hace al pulsarlo.

    `hace` es una acción del puente, y `valor`, con qué; sin valor no se pulsa.
    """

    texto: str
    valor: str = ""
    marca: int | None = None
    nota: str = ""
    hace: str = "abrir"

    def html(self) -> str:
        """Devuelve la parte como HTML inerte."""
        dicho = html.escape(self.texto)
        if self.valor:
            valor = html.escape(self.valor)
            accion = f'data-hacer="{self.hace}" data-valor="{valor}"'
            dicho = f"<button {accion}>{dicho}</button>"
        if self.nota:
            dicho += f"<small>{html.escape(self.nota)}</small>"
        if self.marca is None:
            return dicho
        return f'<span class="marcado marca-{self.marca}"><span>{dicho}</span></span>'


@dataclass(frozen=True)
class Celda:
    """Una celda: sus partes y cuántas columnas ocupa."""

    partes: tuple[Parte, ...]
    ocupa: int = 1
    es_numero: bool = False

    def html(self, titulo: str, etiqueta: str) -> str:
        """Devuelve la celda; `titulo` es lo que la encabeza en una pantalla angosta."""
        cuerpo = "".join(f"<div>{parte.html()}</div>" for parte in self.partes)
        clase = "numero" if self.es_numero else "unida" if self.ocupa > 1 else ""
        return (
            f'<{etiqueta} class="{clase}" colspan="{self.ocupa}"'
            f"{' scope=row' if etiqueta == 'th' else ''}"
            f' data-titulo="{html.escape(titulo)}"><div>{cuerpo}</div></{etiqueta}>'
        )


@dataclass(frozen=True)
class Orden:
    """Por qué columna se ordena y en qué sentido."""

    clave: str = ""
    baja: bool = False

    def de(self, columna: Columna) -> str:
        """Devuelve el valor de `aria-sort` para una columna."""
        if columna.orden != self.clave:
            return "none"
        return "descending" if self.baja else "ascending"


def _encabezado(columna: Columna, orden: Orden, es_numero: bool) -> str:
    titulo = html.escape(columna.titulo)
    ordenada = ""
    if columna.orden:
        sentido = orden.de(columna)
        ordenada = f' aria-sort="{sentido}"'
        titulo = (
            f'<button data-hacer="ordenar" data-valor="{columna.orden}">{titulo}'
            f'&nbsp;<span aria-hidden="true">{FLECHAS[sentido]}</span></button>'
        )
    ancho = f' width="{columna.ancho}"' if columna.ancho else ""
    clase = ' class="numero"' if es_numero else ""
    return f'<th scope="col"{clase}{ordenada}{ancho}>{titulo}</th>'


def _fila(celdas: Sequence[Celda], columnas: Sequence[Columna], clase: str) -> str:
    partes, lugar = [], 0
    for celda in celdas:
        cubre = columnas[lugar : lugar + celda.ocupa]
        titulo = " y ".join(columna.titulo for columna in cubre)
        partes.append(celda.html(titulo, "th" if lugar == 0 else "td"))
        lugar += celda.ocupa
    return f'<tr class="{clase}">{"".join(partes)}</tr>'


def dibujar(
    columnas: Sequence[Columna],
    filas: Sequence[tuple[Sequence[Celda], str]],
    leyenda: str,
    asunto: str,
    *,
    orden: Orden = Orden(),
    numericas: Sequence[bool] = (),
) -> None:
    """Dibuja una tabla. Cada fila son sus celdas y su clase CSS («actual» o nada)."""
    numericas = numericas or [False] * len(columnas)
    titulos = "".join(
        _encabezado(c, orden, n) for c, n in zip(columnas, numericas, strict=True)
    )
    cuerpo = "".join(_fila(celdas, columnas, clase) for celdas, clase in filas)
    largo = "larga" if len(filas) > FILAS_LARGA else "corta"
    with st.container(key=f"{largo}_{asunto}"):
        st.html(
            f'<table class="tabla"><caption>{html.escape(leyenda)}</caption>'
            f"<thead><tr>{titulos}</tr></thead><tbody>{cuerpo}</tbody></table>"
        )


def _decir(valor: object, vacio: str) -> object:
    if isinstance(valor, bool):
        return "sí" if valor else "no"
    es_nulo = valor is None or valor != valor
    return vacio if es_nulo else valor


def presentar(datos: pd.DataFrame, columnas: Sequence[Columna]) -> Cuadro:
    """Devuelve la tabla que se ve: títulos en español, sí o no, y vacíos dichos.

    Los números siguen siendo números, para que una planilla los sume.
    """
    series = [
        [_decir(str(v) if c.es_rotulo else v, c.vacio) for v in datos[c.clave].tolist()]
        for c in columnas
    ]
    titulos = tuple(columna.titulo for columna in columnas)
    return Cuadro(titulos, tuple(zip(*series, strict=True)))


def _celda(valor: object, columna: Columna, abre: str, acota: str) -> Celda:
    es_numero = isinstance(valor, int | float)
    texto = numero(valor, columna.decimales) if es_numero else str(valor)  # type: ignore[arg-type]
    marca = columna.marcas.index(texto) if texto in columna.marcas else None
    if acota and valor:
        return Celda((Parte(texto, acota, hace="leer"),), es_numero=es_numero)
    return Celda((Parte(texto, abre, marca),), es_numero=es_numero)


def mostrar(
    datos: pd.DataFrame,
    columnas: Sequence[Columna],
    leyenda: str,
    asunto: str,
    *,
    abre: str = "",
    actual: str = "",
    orden: Orden = Orden(),
    elegida: Seleccion | None = None,
    aparte: str = "",
) -> None:
    """Muestra una tabla, por hojas si es larga, y sus descargas, que la llevan entera.

    `abre` nombra la columna con el enunciado que se abre al pulsar la primera celda.
    `elegida` es la selección de que salen las filas, si no es la de la pantalla, y
    `aparte`, lo demás que las acota u ordena: las descargas lo dicen.
    """
    cuadro = presentar(datos, columnas)
    cuales = hoja(len(datos), asunto)
    vistos, a_la_vista = datos[cuales], cuadro.filas[cuales]
    claves = vistos[abre].tolist() if abre else [""] * len(vistos)
    acotados = zip(
        *(
            destinos(vistos, c.lleva, solo=c.solo) if c.lleva else [""] * len(vistos)
            for c in columnas
        ),
        strict=True,
    )
    filas = []
    for fila, clave, acotan in zip(a_la_vista, claves, acotados, strict=True):
        abren = [clave] + [""] * (len(columnas) - 1)
        celdas = list(map(_celda, fila, columnas, abren, acotan))
        filas.append((celdas, "actual" if clave and clave == actual else ""))
    numericas = [
        any(isinstance(valor, int | float) for valor in valores)
        for valores in zip(*a_la_vista, strict=True)
    ]
    dibujar(columnas, filas, leyenda, asunto, orden=orden, numericas=numericas)
    significados = tuple((c.titulo, SIGNIFICADOS[c.clave]) for c in columnas)
    descargas(cuadro, significados, asunto, elegida or seleccion(), aparte)

"""El diálogo en una frase y sus cifras, siempre con su unidad y su denominador."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from consultas.seleccion import Seleccion
from tablero.conexion import preguntar
from tablero.estado import seleccion
from tablero.formato import NO_CONSTA, contar, de_total, enumerar, fecha, numero
from tablero.tabla import Columna, Parte, mostrar
from tablero.vista import parrafo

# Columna de `resumen_cifras`, rótulo en pantalla y valor con que se filtra.
NATURALEZAS = (
    ("recomendaciones", "Recomendaciones", "recomendacion"),
    ("diagnosticos", "Diagnósticos", "diagnostico"),
    ("valoraciones", "Valoraciones", "valoracion"),
    ("contextos", "De contexto", "contexto"),
)
# Cuántas recomendaciones se asoman en Resumen.
A_LA_VISTA = 10
CERTEZAS = {"anio_inferido": " (año inferido)", "parcial": " (fecha parcial)"}


def _asistencia(datos: pd.DataFrame) -> str:
    menciones = datos[datos["variable"] == "Asistentes"]
    if menciones.empty:
        return f"asistencia: {NO_CONSTA}"
    textos = [
        f"{'cerca de ' if m.es_aproximado else ''}{m.valor} (sección {m.seccion})"
        for m in menciones.itertuples()
    ]
    return f"asistentes según el informe: {enumerar(textos)}"


def en_una_frase(elegida: Seleccion) -> str:
    """Dice qué diálogos se miran: lugar, fecha con su certeza, asistencia y mesas."""
    fichas = preguntar("dialogos_fichas", elegida)
    if fichas.empty:
        return "Ningún diálogo en la selección."
    if len(fichas) != 1:
        return f"{contar(len(fichas), 'diálogo', 'diálogos')} en esta vista."
    uno = fichas.iloc[0]
    cuando = fecha(uno["anio"], uno["mes"], uno["dia"])
    cuando += CERTEZAS.get(uno["fecha_certeza"], "")
    mesas = f"{uno['mesas']} mesas, {uno['mesas_propias']:.0f} con registro propio"
    asistencia = _asistencia(preguntar("dialogos_datos", elegida))
    return f"{uno['dialogo']} · {uno['lugar']} · {cuando} · {asistencia} · {mesas}."


def _cifra(rotulo: str, cuantos: str, total: int) -> str:
    de = f"<span>de {numero(total)}</span>"
    return f"<div><dt>{rotulo}</dt><dd>{cuantos} {de}</dd></div>"


def por_naturaleza(de: dict[str, int], *, se_pulsan: bool) -> list[str]:
    """Devuelve, en HTML, cuántos enunciados hay de cada naturaleza, con su total.

    `de` son las de `cifras.de`. Si se pulsan, llevan a los que cuentan.
    """
    return [
        _cifra(
            rotulo,
            Parte(
                numero(de[clave]),
                f"naturaleza={naturaleza}" if se_pulsan and de[clave] else "",
                hace="leer",
            ).html(),
            de["enunciados"],
        )
        for clave, rotulo, naturaleza in NATURALEZAS
    ]


def cifras(de: dict[str, int], preguntas: int, sin_registro: int) -> None:
    """Muestra las cifras de la selección; cada una con su total al lado."""
    partes = por_naturaleza(de, se_pulsan=True)
    partes.append(_cifra("Preguntas sin registro", numero(sin_registro), preguntas))
    st.html(f'<dl class="cifras">{"".join(partes)}</dl>')


def lo_mas_frecuente(tipos: pd.DataFrame, total: int) -> str:
    """Dice los tres tipos con más enunciados, y los que empatan con el tercero.

    `tipos` son las filas de `tipos_naturalezas`, que vienen de más a menos.
    """
    de_cada_uno = dict(zip(tipos["tipo_nombre"], tipos["del_tipo"], strict=True))
    corte = sorted(de_cada_uno.values(), reverse=True)[:3][-1]
    partes = [f"{n} ({numero(c)})" for n, c in de_cada_uno.items() if c >= corte]
    unidad = contar(total, "enunciado", "enunciados")
    return f"Lo más frecuente, de {unidad}: {enumerar(partes)}."


def preguntas_sin_registro(preguntas: pd.DataFrame) -> None:
    """Muestra los bloques de preguntas que nada responde, o dice que no los hay.

    `preguntas` son las filas de `preguntas_cobertura`.
    """
    vacias = preguntas[preguntas["registro"] == "sin registro"]
    hay = contar(len(preguntas), "bloque", "bloques")
    if vacias.empty:
        parrafo(f"Ninguna: los {hay} de preguntas tienen al menos un enunciado, o lo"
                " esperan.", "nota")  # fmt: skip
        return
    mostrar(
        vacias,
        [
            Columna("pregunta", "Pregunta", ancho="50%"),
            *_de_varios(preguntas),
            Columna("tema", "Tema"),
            Columna("registro", "Estado"),
        ],
        f"{len(vacias)} de {hay} de preguntas",
        "preguntas_sin_registro",
    )


def lo_que_se_pidio(total: int) -> None:
    """Muestra unas pocas recomendaciones, por turnos entre diálogos y temas.

    `total` son las de la selección.
    """
    if not total:
        parrafo("No hay recomendaciones en la selección.", "nota")
        return
    muestra = preguntar("recomendaciones_muestra", seleccion(), limite=A_LA_VISTA)
    cuantas = de_total(len(muestra), total)
    mostrar(
        muestra,
        [
            Columna("texto", "Enunciado", ancho="50%"),
            Columna("tipo_nombre", "Tipo"),
            *_de_varios(muestra),
            Columna("tema", "Tema"),
        ],
        f"{cuantas} recomendaciones, por turnos entre temas; no las más importantes",
        "recomendaciones",
        abre="enunciado_id",
        elegida=replace(seleccion(), naturaleza=("recomendacion",)),
        aparte=f"solo {cuantas}, por turnos entre diálogos y temas",
    )


def _de_varios(datos: pd.DataFrame) -> list[Columna]:
    """Devuelve la columna del diálogo, si hay más de uno."""
    return [Columna("dialogo", "Diálogo")] if datos["dialogo"].nunique() > 1 else []

"""Los primeros pasos de la revisión: el diálogo y sus temas, como se entendieron."""

from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from datos.borrador import Borrador, Ficha
from datos.fechas import revisar
from tablero.borradores_abiertos import cambiar
from tablero.conexion import preguntar
from tablero.formato import MESES, contar
from tablero.tablas_simples import tabla_simple
from tablero.vista import parrafo, subtitulo

SIN_ELEGIR = ""


def _lista(nombre: str) -> dict[str, str]:
    filas = preguntar("catalogos_carga")
    suyas = filas[filas["lista"] == nombre]
    return dict(zip(suyas["valor"], suyas["etiqueta"], strict=True))


def _poner(campo: str, valor: Any) -> None:  # noqa: ANN401  (depende del campo)
    cambiar(lambda b: replace(b, ficha=replace(b.ficha, **{campo: valor})))


def _al_cambiar(campo: str) -> None:
    valor = st.session_state[f"ficha_{campo}"]
    if isinstance(valor, str):
        valor = " ".join(valor.split())
        valor = valor or ("" if campo in ("nombre", "region_id") else None)
    _poner(campo, valor)


def _campos(ficha: Ficha) -> None:
    regiones = {SIN_ELEGIR: "Elija la región", **_lista("region")}
    textos = {"nombre": "Nombre del diálogo", "comuna": "Comuna", "lugar": "Recinto"}
    for campo, rotulo in textos.items():
        st.text_input(
            rotulo,
            getattr(ficha, campo) or "",
            max_chars=120,
            key=f"ficha_{campo}",
            on_change=_al_cambiar,
            args=(campo,),
        )
        if campo == "nombre":
            st.selectbox(
                "Región",
                list(regiones),
                list(regiones).index(ficha.region_id),
                format_func=regiones.__getitem__,
                key="ficha_region_id",
                on_change=_al_cambiar,
                args=("region_id",),
            )
    with st.container(horizontal=True, key="ficha_fecha"):
        st.number_input(
            "Día",
            1,
            31,
            ficha.dia,
            key="ficha_dia",
            width=110,
            on_change=_al_cambiar,
            args=("dia",),
        )
        meses = [None, *range(1, 13)]
        st.selectbox(
            "Mes",
            meses,
            meses.index(ficha.mes),
            key="ficha_mes",
            width=130,
            format_func=lambda m: MESES[m - 1] if m else "no consta",
            on_change=_al_cambiar,
            args=("mes",),
        )
        st.number_input(
            "Año",
            1990,
            date.today().year,
            ficha.anio,
            key="ficha_anio",
            width=130,
            on_change=_al_cambiar,
            args=("anio",),
        )


def _fecha(borrador: Borrador) -> None:
    fecha, ficha = borrador.informe.fecha, borrador.ficha
    if fecha is None:
        parrafo("El documento no da la fecha.", "nota")
        return
    parrafo(f"El documento dice: «{fecha.texto}».", "nota")
    if fecha.anio is None and ficha.anio is None:
        parrafo("No da el año: escríbalo si lo sabe.", "aviso")
    elif fecha.anio is None:
        parrafo(
            "No da el año: lo puso usted, y quedará anotado que no consta ahí.", "nota"
        )
    if ficha.anio and ficha.mes and ficha.dia and fecha.dia_semana:
        problema = revisar(ficha.anio, ficha.mes, ficha.dia, fecha.dia_semana)
        parrafo(
            problema or f"Ese día cayó en {fecha.dia_semana}: calza.",
            "aviso" if problema else "nota",
        )


def dialogo(borrador: Borrador) -> None:
    """El paso 1: el diálogo como quedará, y lo que el informe dice de él."""
    _campos(borrador.ficha)
    _fecha(borrador)
    datos = [
        [d.variable, ("cerca de " if d.es_aproximado else "") + d.valor, d.seccion]
        for d in borrador.informe.datos
    ]
    if datos:
        tabla_simple(
            ["Dato", "Valor", "Sección"],
            datos,
            "Lo que el informe dice, cada vez que lo dice",
            "leido_datos",
        )
    cargos = [
        [a.cargo, a.institucion or "no consta", a.seccion]
        for a in borrador.informe.autoridades
    ]
    if cargos:
        tabla_simple(
            ["Cargo", "Institución", "Sección"],
            cargos,
            "Cargos que asistieron. El nombre de las personas queda fuera de estos"
            " datos, pero no del texto del documento, que se guarda como es",
            "leido_autoridades",
        )


def _elegir_tema(numero: int) -> None:
    elegido = st.session_state[f"canonico_{numero}"]
    tema = int(elegido) if elegido else None
    cambiar(
        lambda b: replace(
            b,
            ficha=replace(
                b.ficha,
                temas=tuple((n, tema if n == numero else t) for n, t in b.ficha.temas),
            ),
        )
    )


def temas(borrador: Borrador) -> None:
    """El paso 2: temas, preguntas, convocados y lo que no se entendió."""
    canonicos = {SIN_ELEGIR: "Tema nuevo, con el nombre del informe", **_lista("tema")}
    elegidos = dict(borrador.ficha.temas)
    for tema in borrador.informe.temas:
        subtitulo(f"Tema {tema.numero}. {tema.nombre}")
        st.selectbox(
            f"A qué tema del tablero corresponde el {tema.numero}",
            list(canonicos),
            list(canonicos).index(str(elegidos.get(tema.numero) or SIN_ELEGIR)),
            format_func=canonicos.__getitem__,
            key=f"canonico_{tema.numero}",
            on_change=_elegir_tema,
            args=(tema.numero,),
        )
        parrafo("Convocados: " + (", ".join(tema.grupos) or "no consta") + ".", "nota")
        if tema.nombre_conclusiones is None:
            parrafo("Las conclusiones no lo tratan: quedará sin registro.", "aviso")
        preguntas = [
            [str(p.orden), p.texto, "sí" if p.clave else "no"] for p in tema.preguntas
        ]
        if preguntas:
            tabla_simple(
                ["N.º", "Bloque de preguntas", "Común a varios temas"],
                preguntas,
                contar(len(preguntas), "bloque", "bloques"),
                f"leido_preguntas_{tema.numero}",
            )
    sueltos = [[s.lugar, s.texto] for s in borrador.informe.sin_entender]
    subtitulo("Lo que no se entendió, o solo en parte")
    if sueltos:
        parrafo(
            "De aquí no se sacó más que los datos del paso 1. El texto se conserva.",
            "nota",
        )
        tabla_simple(
            ["Dónde", "Texto"],
            sueltos,
            contar(len(sueltos), "trozo", "trozos"),
            "sin_entender",
        )
    else:
        parrafo("Nada: todo el texto quedó en alguna parte.", "nota")

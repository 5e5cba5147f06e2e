"""La parte de codificar en que lo codificado va a otros programas, y vuelve."""

from functools import lru_cache, partial

import streamlit as st

from consultas.seleccion import Seleccion
from datos.libros import codigos_de
from datos.refi_datos import reunir
from datos.refi_libro import qdc
from datos.refi_proyecto import qdpx
from tablero import analisis, filtros
from tablero.codifica_facetas import libro_que_rige
from tablero.codifica_traer import traer
from tablero.codifica_turno import temas_por_leer
from tablero.conexion import conexion, edicion, preguntar
from tablero.descargas import Escrito, bajar, descargas
from tablero.estado import DE_DIALOGO, seleccion
from tablero.exportar import Cuadro, nombre_de_archivo
from tablero.formato import contar, de_total
from tablero.hechos import AVISO_FICTICIOS, SIN_FILTROS, ahora
from tablero.libro_cambios import versiones
from tablero.vista import parrafo

QDC, QDPX = "application/xml", "application/zip"
PROGRAMAS = "ATLAS.ti, MAXQDA, NVivo, QDA Miner, Quirkos o Transana"


def _de_dialogo(elegida: Seleccion) -> Seleccion:
    """Devuelve la selección con los filtros que valen para el proyecto."""
    puestos = {n: getattr(elegida, n) for n in (*DE_DIALOGO, "tema")}
    return Seleccion(**puestos, ficticio=elegida.ficticio)


def _libro(libro: str) -> Escrito:
    codigos = codigos_de(conexion().cursor(), libro)
    return qdc(libro, codigos), len(codigos)


def _llevar_libro() -> None:
    st.subheader("Libro de códigos (.qdc)", anchor=False)
    parrafo(
        "Facetas y códigos con su definición, cuándo usarlos y cuándo no, en la norma"
        " REFI-QDA 1.5, que leen programas de análisis cualitativo como"
        f" {PROGRAMAS}. Este mismo tablero lo recibe de vuelta, igual.",
        "nota",
    )
    tabla = versiones()
    con_codigos = tabla[tabla["codigos"] > 0]
    nombres = {
        str(clave): f"{nombre} ({estado})"
        for clave, nombre, estado in zip(
            con_codigos["libro_id"],
            con_codigos["nombre"],
            con_codigos["estado_libro"],
            strict=True,
        )
    }
    claves = list(nombres)
    libro = st.selectbox(
        "Versión",
        claves,
        index=claves.index(libro_que_rige()),
        format_func=nombres.__getitem__,
        key="qdc_libro",
    )
    nombre = nombre_de_archivo(f"libro-{libro}", Seleccion(), ahora().date(), ".qdc")
    bajar(
        "Libro de códigos (.qdc)", partial(_libro, libro), nombre, QDC, "bajar_qdc",
        "libro de códigos",
    )  # fmt: skip


def _presentacion(elegida: Seleccion, enunciados: int, ficticios: int) -> str:
    """Dice qué trae el proyecto; no cuándo se hizo: lo mismo da el mismo archivo."""
    puestos = filtros.frase(elegida, filtros.opciones(elegida.ficticio))
    lineas = [
        f"Filtros: {puestos or SIN_FILTROS}.",
        f"Trae {contar(enunciados, 'enunciado', 'enunciados')}, también los que esperan"
        " código, con todas las lecturas que tengan: el desacuerdo se conserva y cada"
        " pasaje dice cuál se cuenta. La unidad es el enunciado, no la persona.",
        "Los codificadores van con seudónimo. La certeza y el lugar de cada pasaje"
        " van en su descripción.",
    ]
    if elegida.ficticio:
        parte = de_total(ficticios, enunciados)
        lineas.append(
            f"{AVISO_FICTICIOS}: {parte} enunciados son inventados. No los cite."
        )
    return "\n".join(lineas)


def _proyecto(elegida: Seleccion) -> Escrito:
    claves = preguntar("codificar_claves", elegida)["enunciado_id"].tolist()
    datos = reunir(conexion().cursor(), claves)
    ficticios = sum(bool(e["es_ficticio"]) for e in datos.enunciados)
    presentacion = _presentacion(elegida, len(claves), ficticios)
    return qdpx("Diálogos regionales", presentacion, datos), len(claves)


def _llevar_proyecto(elegida: Seleccion) -> None:
    st.subheader("Proyecto (.qdpx)", anchor=False)
    cuantos = int(temas_por_leer("")["enunciados"].sum())
    parrafo(
        "Los documentos con sus pasajes marcados, los códigos y los instrumentos que"
        " cada quien les puso, y los casos: diálogo, tema y mesa, para los mismos"
        " programas. El texto de un documento va entero, con los nombres que tenga;"
        " donde la base no lo tiene van los enunciados redactados, y la fuente lo dice."
        " Se comprobó con los esquemas de la norma y con un lector ajeno; no en cada"
        " programa.",
        "nota",
    )
    if not cuantos:
        parrafo("No hay enunciados con esos filtros de diálogo y de tema.", "aviso")
        return
    parrafo(
        f"Trae {contar(cuantos, 'enunciado', 'enunciados')}. Aquí valen los filtros"
        " de región, año, diálogo y tema; otros, no.",
        "menor",
    )
    nombre = nombre_de_archivo("proyecto", elegida, ahora().date(), ".qdpx")
    bajar(
        "Proyecto (.qdpx)", partial(_proyecto, elegida), nombre, QDPX, "bajar_qdpx",
        "proyecto", elegida,
    )  # fmt: skip


@lru_cache(maxsize=8)
def _analisis(
    edicion: int, elegida: Seleccion
) -> tuple[Cuadro, analisis.Significados, int]:
    """Arma la tabla una vez por edición, y no en cada vuelta de la página."""
    return analisis.cuadro(elegida)


def _llevar_analisis(elegida: Seleccion) -> None:
    st.subheader("Tabla para analizar (CSV)", anchor=False)
    cuadro, significados, esperan = _analisis(edicion(), elegida)
    parrafo(
        "Una fila por enunciado y una columna por código e instrumento: 1 si lo lleva,"
        " 0 si no, vacío donde no consta. Para R, Stata, SPSS, Python o una planilla;"
        " el significado de cada columna va en el XLSX y en el ZIP.",
        "nota",
    )
    if not cuadro.filas:
        parrafo("Ningún enunciado reúne todas esas condiciones: quite algún filtro.",
                "aviso")  # fmt: skip
        return
    aparte = ""
    if esperan:
        aparte = contar(esperan, "enunciado espera", "enunciados esperan") + " código"
    trae = contar(len(cuadro.filas), "enunciado", "enunciados")
    parrafo(
        f"Trae {trae}{': ' + aparte if aparte else ''}. Aquí valen todos los filtros.",
        "menor",
    )
    descargas(cuadro, significados, "analisis", elegida, aparte)


def intercambio() -> None:
    """Ofrece los tres archivos, y recibe un libro de códigos de otro programa."""
    elegida = seleccion()
    _llevar_libro()
    _llevar_proyecto(_de_dialogo(elegida))
    _llevar_analisis(elegida)
    traer()

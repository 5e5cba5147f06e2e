"""Lo que falta recodificar con la versión que rige del libro, y cómo trasladarlo."""

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from datos.codificar import PREFIJO
from datos.libro_trasladar import (
    Anterior,
    contadas,
    propias,
    trasladar,
    trasladar_contadas,
)
from tablero.codifica_choque import mostrar_choque
from tablero.conexion import conexion, preguntar
from tablero.estado import ir, seleccion
from tablero.formato import contar, de_total
from tablero.libro_cambios import versiones
from tablero.tabla import Celda, Columna, Parte, dibujar, mostrar
from tablero.tareas import hacer
from tablero.vista import parrafo, plegado

CABEN = 50


def recodificar(enunciado: str) -> None:
    """Lleva a leer de nuevo un enunciado con la versión que rige."""
    ir("codificar", hacer="codificar", leer=enunciado)


def _trasladar(
    verbo: Callable[..., int], quien: str, vistas: Sequence[Anterior]
) -> None:
    hecho = hacer(
        partial(verbo, conexion(), quien, vistas),
        "Trasladando las lecturas",
        escribe=True,
        al_chocar=mostrar_choque,
    )
    if hecho:
        cuantas = contar(hecho, "lectura", "lecturas")
        st.session_state["acuse"] = (
            f"A la versión que rige pasaron {cuantas}; las de antes se conservan."
        )
        st.rerun()


def _de_la_persona(quien: str, ficticios: bool) -> None:
    suyas = propias(conexion().cursor(), quien, ficticios=ficticios)
    if not suyas:
        return
    siguen = [a for a in suyas if a.sigue]
    parrafo(
        f"Usted leyó {contar(len(suyas), 'enunciado', 'enunciados')} con una versión"
        " anterior y no con la que rige. Siguen igual los códigos de"
        f" {de_total(len(siguen), len(suyas))}. Trasladarlas no cambia lo que se"
        " cuenta, salvo donde se cuenta la suya.",
        "nota",
    )
    if not siguen:
        return
    cuantas = contar(len(siguen), "lectura mía", "lecturas mías")
    # La confirmación es de un número: si cambia, hay que darla otra vez.
    seguro = st.checkbox(
        f"Sí: trasladar {cuantas} sin leer de nuevo", key=f"propias_{len(siguen)}"
    )
    if st.button(f"Trasladar {cuantas}", key="trasladar_propias", disabled=not seguro):
        _trasladar(trasladar, quien, siguen)


def _de_lo_contado(quien: str, siguen: list[Anterior]) -> None:
    if not siguen:
        return
    cuantos = contar(len(siguen), "enunciado", "enunciados")
    parrafo(
        "Trasladar no es leer: lo que puso un modelo se sigue diciendo de un modelo. No"
        " se deshace con un botón; se corrige leyendo de nuevo y, si hace falta, en"
        " Adjudicar.",
        "nota",
    )
    seguro = st.checkbox(
        f"Sí: me hago cargo de que {cuantos} se cuenten igual con la versión que rige",
        key=f"contadas_{len(siguen)}",
    )
    if st.button(
        f"Trasladar lo que se cuenta en {cuantos}",
        key="trasladar_contadas",
        disabled=not (quien and seguro),
        help="En cada uno queda, a su nombre, la versión y el codificador de que viene."
        " La lectura de antes se conserva.",
    ):
        _trasladar(trasladar_contadas, quien, siguen)
    if not quien:
        parrafo("Escriba su seudónimo para poder trasladar.", "nota")


def _cola(por_leer: list[Anterior]) -> None:
    if not por_leer:
        return
    claves = {a.lugar.enunciado for a in por_leer}
    datos = preguntar("libros_recodificacion", seleccion())
    datos = datos[datos["enunciado_id"].isin(claves) & (datos["faceta"] == "tipo")]
    filas = [
        ([Celda((Parte(str(texto), str(clave), hace="recodificar"),)),
          Celda((Parte(str(antes)),)), Celda((Parte(str(quien)),))], "")
        for clave, texto, antes, quien in datos[
            ["enunciado_id", "texto", "antes", "quien_antes"]
        ].head(CABEN).itertuples(index=False)
    ]  # fmt: skip
    if filas:
        dibujar(
            [
                Columna("", "Enunciado", ancho="60%"),
                Columna("", "Tipo que se cuenta"),
                Columna("", "Quién lo puso"),
            ],
            filas,
            f"Por recodificar: se muestran {de_total(len(filas), len(claves))}"
            " enunciados con un código quitado o con otro sentido. Pulse uno para"
            " leerlo con el libro que rige.",
            "por_recodificar",
        )


def _rastro() -> None:
    mostrar(
        preguntar("libros_recodificacion", seleccion()),
        [
            Columna("texto", "Enunciado", ancho="34%"),
            Columna("faceta", "Faceta"),
            Columna("libro_antes", "Versión anterior"),
            Columna("antes", "Código antes"),
            Columna("quien_antes", "Quién, antes"),
            Columna("despues", "Código ahora"),
            Columna("quien_despues", "Quién, ahora"),
            Columna("recodificacion", "Estado"),
        ],
        "Qué pasó con cada código que se contaba según una versión anterior",
        "recodificacion",
    )


def _avance(todas: pd.DataFrame, anteriores: int) -> None:
    total = int(todas["contados"].sum())
    rigen = int(todas[todas["estado_libro"] == "rige"]["contados"].sum())
    parrafo(
        f"Se cuentan con la versión que rige {de_total(rigen, total)} enunciados"
        " codificados; los demás, con una anterior. Trasladar no revisa los códigos"
        " nuevos: si uno le viene mejor a un enunciado ya leído, hay que leerlo.",
        "nota",
    )
    if en_disputa := total - rigen - anteriores:
        cuantos = contar(en_disputa, "enunciado", "enunciados")
        parrafo(f"Dos personas ya leyeron {cuantos} con la que rige: se deciden en"
                " Adjudicar.", "nota")  # fmt: skip


def por_recodificar(quien: str) -> None:
    """Si hubo otra versión, dice qué falta y ofrece trasladar lo que sigue igual."""
    todas = versiones()
    if "anterior" not in todas["estado_libro"].tolist():
        return
    st.subheader("Recodificar con la versión que rige", anchor=False)
    ficticios = seleccion().ficticio
    anteriores = contadas(conexion().cursor(), ficticios=ficticios)
    _avance(todas, len(anteriores))
    if quien and not quien.startswith(PREFIJO):
        _de_la_persona(quien, ficticios)
    siguen = [a for a in anteriores if a.sigue]
    if anteriores:
        parrafo(
            "De lo que se cuenta según una versión anterior, siguen igual los códigos"
            f" de {de_total(len(siguen), len(anteriores))} enunciados; los otros se"
            " leen de nuevo.",
            "nota",
        )
    _de_lo_contado(quien, siguen)
    _cola([a for a in anteriores if not a.sigue])
    for _ in plegado("Qué pasó con cada código", "recodificacion"):
        _rastro()

"""La parte de codificar en que se decide entre lecturas que no coinciden."""

from dataclasses import replace
from functools import partial
from typing import cast

import pandas as pd
import streamlit as st

from datos.codificar import Decision, Lectura, adjudicar_varias
from datos.codificar_deshacer import deshacer_decision
from datos.edicion import Choque
from tablero import carga_informe, hojas
from tablero.codifica_choque import mostrar_choque
from tablero.codifica_facetas import elegida, facetas, libro_que_rige, vaciar
from tablero.codifica_fuera import aviso_de_fuera
from tablero.codifica_pasaje import mostrar_enunciado
from tablero.codifica_puestas import (
    VALORES,
    contada,
    de_un_enunciado,
    filas_de,
)
from tablero.codifica_turno import temas_por_leer, turno
from tablero.conexion import conexion
from tablero.disputas import Disputa, disputas
from tablero.estado import seleccion
from tablero.formato import contar, de_total, numero
from tablero.tablas_simples import tabla_simple
from tablero.tareas import hacer
from tablero.vista import parrafo

EN_DECISION = "en_decision"
# El enunciado sobre el que alguien pidió decidir sin que esté en disputa.
APARTE = "decidir_aparte"
POR_QUE = "Por qué se decide así"


def _guardar(quien: str, decisiones: list[Decision], acuse: str) -> None:
    hecho = hacer(
        partial(adjudicar_varias, conexion(), quien, libro_que_rige(), decisiones),
        "Guardando la decisión",
        escribe=True,
        al_chocar=_al_chocar,
    )
    if hecho:
        st.session_state.pop(EN_DECISION, None)
        st.session_state.pop(APARTE, None)
        for decision in decisiones:
            vaciar(decision.enunciado)
        # Lo decidido ya no está en disputa: se sigue con la que venga.
        st.session_state["al_llegar"] = {"leer": ""}
        st.session_state["acuse"] = acuse
        st.rerun()


def _al_chocar(choque: Choque) -> None:
    """Muestra qué cambió, y desde ahí da por vista la lectura que ahora se cuenta."""
    mostrar_choque(choque)
    abierta: Disputa | None = st.session_state.get(EN_DECISION)
    if abierta is not None:
        vista = contada(abierta.enunciado)
        st.session_state[EN_DECISION] = replace(abierta, vista=vista)


def _con_la_abierta(abiertas: list[Disputa]) -> list[Disputa]:
    """Devuelve las disputas, con la que se está decidiendo tal como se vio al abrirla.

    Si otra persona la decide entretanto, sigue en pantalla con lo escrito y, al
    guardar, se dice quién y qué.
    """
    abierta: Disputa | None = st.session_state.get(EN_DECISION)
    if abierta is None or abierta.enunciado != st.session_state["leer"]:
        return abiertas
    otras = [d for d in abiertas if d.enunciado != abierta.enunciado]
    lugar = next(
        (i for i, d in enumerate(abiertas) if d.enunciado == abierta.enunciado), 0
    )
    return [*otras[:lugar], abierta, *otras[lugar:]]


def _coincidentes(quien: str) -> None:
    """Ofrece contar lo que las personas pusieron igual y hoy no es lo que se cuenta."""
    iguales, hay = disputas(
        libro_que_rige(), seleccion(), coinciden=True, limite=hojas.FILAS
    )
    if not iguales:
        return
    parrafo(
        f"En {contar(hay, 'enunciado', 'enunciados')} las personas coinciden en todo y"
        " hoy se cuenta otra lectura.",
        "nota",
    )
    cuantos = contar(len(iguales), "enunciado", "enunciados")
    if len(iguales) < hay:
        cuantos = f"los primeros {cuantos}"
    seguro = st.checkbox(
        f"Sí: que se cuente lo que coincide, en {cuantos}", key="adoptar_seguro"
    )
    if st.button(
        f"Contar lo que coincide en {numero(len(iguales))}",
        key="adoptar",
        disabled=not (quien and seguro),
        help="Queda una adjudicación suya en cada uno, con quiénes coincidieron.",
    ):
        decisiones = [
            Decision(d.enunciado, cast(Lectura, d.comun), d.vista) for d in iguales
        ]
        _guardar(quien, decisiones, f"Ahora se cuenta lo que coincide en {cuantos}.")


def _deshacer(quien: str) -> None:
    """Ofrece volver atrás la última decisión de una persona."""
    parrafo(
        "Para cambiar una decisión, deshágala y decida de nuevo. Se deshacen de la"
        " última a la primera, y vuelve a contarse lo que se contaba.",
        "menor",
    )
    if not st.button(
        "Deshacer mi última decisión", key="deshacer_decision", disabled=not quien
    ):
        return
    # Vacío es que no había qué; None, que no se pudo y ya se dijo.
    hecho = hacer(
        lambda: deshacer_decision(conexion(), quien) or "",
        "Deshaciendo la última decisión",
        escribe=True,
    )
    if hecho is not None:
        st.session_state.pop(EN_DECISION, None)
        vaciar(hecho)
        if hecho:
            st.session_state["al_llegar"] = {"leer": hecho}
        st.session_state["acuse" if hecho else "sin_efecto"] = (
            "Se deshizo su última decisión." if hecho else "No hay decisión suya que"
            " deshacer."
        )  # fmt: skip
        st.rerun()


def _elegir(abiertas: list[Disputa], hay: int) -> Disputa:
    """Deja elegir entre las abiertas, que son las primeras de las que hay."""
    claves = [d.enunciado for d in abiertas]
    if st.session_state["leer"] not in claves:
        st.session_state["leer"] = claves[0]
    hay = max(hay, len(claves))
    rotulos = {clave: de_total(i, hay) for i, clave in enumerate(claves, start=1)}
    st.selectbox(
        "En disputa",
        claves,
        format_func=rotulos.__getitem__,
        key="leer",
        persist_state="session",
    )
    disputa = abiertas[claves.index(st.session_state["leer"])]
    st.session_state[EN_DECISION] = disputa
    return disputa


def _avisar_si_es_parte(quien: str, lecturas: pd.DataFrame) -> None:
    """Dice si quien va a decidir es una de las personas que no coinciden."""
    leidas = lecturas[~lecturas["es_adjudicacion"].astype(bool)]
    if quien.strip().lower() in set(leidas["codificador_id"]):
        parrafo(
            "Una de estas lecturas es suya: decidiría entre la suya y la de otra"
            " persona. Puede hacerlo y queda anotado; conviene que decida alguien que"
            " no la haya codificado.",
            "aviso",
        )


def _decidir(quien: str, disputa: Disputa, temas: pd.DataFrame) -> None:
    mostrar_enunciado(turno("", temas, disputa.enunciado))
    lecturas = de_un_enunciado(disputa.enunciado)
    tabla_simple(
        ["Quién", "Clase", *VALORES.values(), "Nota", "Se cuenta"],
        filas_de(lecturas),
        "Las lecturas, lado a lado",
        "lecturas_en_disputa",
    )
    _avisar_si_es_parte(quien, lecturas)
    facetas(disputa.enunciado, "", None, POR_QUE)
    if st.button("Adjudicar", type="primary", key="adjudicar", disabled=not quien):
        decidida = elegida(disputa.enunciado)
        if decidida is None or not decidida.nota:
            parrafo("Elija naturaleza, tipo y recurso, y diga por qué se decide así.",
                    "aviso")  # fmt: skip
            return
        _guardar(
            quien,
            [Decision(disputa.enunciado, decidida, disputa.vista)],
            "La decisión está guardada; las lecturas se conservan.",
        )


def _pedir_aparte(enunciado: str) -> None:
    st.session_state[APARTE] = enunciado


def _aparte(enunciado: str) -> list[Disputa]:
    """Devuelve la disputa sobre un enunciado que no está entre las primeras.

    Si no está en disputa, o ya se decidió, ofrece decidir sobre él de todos modos.
    """
    halladas, _ = disputas(
        libro_que_rige(), seleccion(), coinciden=False, limite=1, enunciado=enunciado
    )
    if halladas:
        return halladas
    if de_un_enunciado(enunciado).empty:
        return []
    if st.session_state.get(APARTE) == enunciado:
        return [Disputa(enunciado, contada(enunciado), None)]
    parrafo("El enunciado que tenía abierto no está en disputa entre personas, o ya se"
            " decidió.", "nota")  # fmt: skip
    st.button(
        "Decidir sobre él de todos modos",
        on_click=_pedir_aparte,
        args=(enunciado,),
        key="decidir_aparte_ir",
    )
    return []


def adjudicar() -> None:
    """Muestra las disputas entre personas, lado a lado, y deja decidirlas."""
    quien = carga_informe.quien()
    temas = temas_por_leer("")
    fuera = aviso_de_fuera(temas)
    halladas, hay = disputas(
        libro_que_rige(), seleccion(), coinciden=False, limite=hojas.FILAS
    )
    abiertas = _con_la_abierta(halladas)
    pedido = str(st.session_state["leer"])
    if not fuera and pedido not in ("", *(d.enunciado for d in abiertas)):
        abiertas = [*_aparte(pedido), *abiertas]
    _coincidentes(quien)
    if abiertas:
        parrafo(
            "Decidir agrega una lectura más, que pasa a ser la que se cuenta; las otras"
            " se conservan.",
            "nota",
        )
        _decidir(quien, _elegir(abiertas, hay), temas)
    else:
        st.info("Ninguna disputa entre personas por decidir. Aparecen aquí cuando dos"
                " personas leen el mismo enunciado y no coinciden.")  # fmt: skip
    _deshacer(quien)
    if not quien:
        parrafo("Escriba su seudónimo para poder decidir.", "nota")

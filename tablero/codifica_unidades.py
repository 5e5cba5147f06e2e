"""La parte de codificar en que se divide un párrafo en unidades, sin ver otra división.

Qué caracteres son una unidad se acuerda aparte de qué código lleva.
"""

from typing import Any, cast

import pandas as pd
import streamlit as st

from datos.segmentar import Parrafo
from tablero import carga_informe
from tablero.codifica_unidades_citas import (
    NO_SON_DE_NADIE,
    cortes_de_citas,
    sin_texto,
    tramos_citados,
)
from tablero.codifica_unidades_texto import Suya, escribir
from tablero.conexion import preguntar
from tablero.divisiones import lado_a_lado, parrafos_de, rotulo
from tablero.estado import seleccion
from tablero.fiabilidad_cortes import Cortes
from tablero.formato import contar, de_total
from tablero.vista import parrafo

DOCUMENTO, NUMERO = "u_documento", "u_parrafo"
CITAS = "las citas guardadas"
Fila = dict[str, Any]


def _elegir(con_texto: pd.DataFrame) -> Fila:
    """Deja elegir un documento y, en un informe, un tema de él."""
    filas: dict[str, Fila] = {}
    for fila in cast(list[Fila], con_texto.to_dict("records")):
        nombre = rotulo(
            fila["titulo"], fila["clase"], fila["tema_numero"], fila["tema"]
        )
        # Dos documentos con el mismo título no se distinguirían en la lista.
        repetido = f"{nombre} · {fila['documento_id']}"
        filas[repetido if nombre in filas else nombre] = fila
    if st.session_state.get(DOCUMENTO) not in filas:
        st.session_state[DOCUMENTO] = next(iter(filas))
    st.selectbox(
        "Documento y tema", list(filas), key=DOCUMENTO, persist_state="session"
    )
    return filas[st.session_state[DOCUMENTO]]


def _ir(numero: int) -> None:
    st.session_state[NUMERO] = numero
    st.session_state.pop("u_por_quitar", None)


def _elegir_parrafo(cuantos: int, suyas: dict[int, Suya], guardadas: int) -> int:
    """Deja elegir un párrafo, o saltar al siguiente que esta persona no dividió."""
    if st.session_state.get(NUMERO) not in range(1, cuantos + 1):
        st.session_state[NUMERO] = 1
    aqui: int = st.session_state[NUMERO]
    orden = [*range(aqui + 1, cuantos + 1), *range(1, aqui)]
    falta = next((n for n in orden if n not in suyas), None)
    with st.container(horizontal=True, vertical_alignment="bottom", key="u_moverse"):
        st.selectbox(
            "Párrafo",
            list(range(1, cuantos + 1)),
            format_func=lambda n: f"{n} de {cuantos}",
            key=NUMERO,
            persist_state="session",
        )
        st.button(
            "Siguiente sin dividir",
            key="u_siguiente",
            on_click=_ir,
            args=(falta,),
            disabled=falta is None,
            icon=":material/skip_next:",
        )
    parrafo(
        f"Divididos por usted: {de_total(len(suyas), cuantos)} párrafos; entre todos"
        f" hay {contar(guardadas, 'división', 'divisiones')}.",
        "nota",
    )
    return aqui


def _comparar(
    lugar: Parrafo, texto: str, quien: str, todas: dict[str, tuple[Cortes, int]]
) -> None:
    """Muestra las divisiones ajenas y la de las citas, o solo cuántas hay."""
    ajenas = {q: cortes for q, (cortes, _) in todas.items() if q != quien}
    if quien not in todas:
        if ajenas:
            otras = contar(len(ajenas), "división más", "divisiones más")
            parrafo(
                f"Este párrafo tiene {otras}. Se ven cuando usted guarde la suya.",
                "nota",
            )
        return
    citados = tramos_citados(lugar.documento, lugar.tema_dialogo, seleccion())
    de_citas = cortes_de_citas(texto, citados.get(lugar.numero, []))
    columnas = {quien: todas[quien][0], **ajenas}
    if de_citas:
        columnas[CITAS] = de_citas
    if len(columnas) > 1:
        lado_a_lado(
            texto, columnas, "Las divisiones, lado a lado.", "divisiones_lado_a_lado"
        )
    if not ajenas:
        parrafo("Nadie más ha dividido este párrafo todavía.", "nota")
    parrafo(
        NO_SON_DE_NADIE
        if de_citas
        else "Las citas guardadas no dividen este párrafo entero.",
        "menor",
    )
    parrafo("Si cambia su división después de ver otra, ya no es a ciegas: el acuerdo"
            " la cuenta y dice cuántas se cambiaron.", "menor")  # fmt: skip


def _divisiones(fila: Fila) -> dict[int, dict[str, tuple[Cortes, int]]]:
    """Devuelve lo guardado de un documento y tema: por párrafo y codificador."""
    lista = preguntar("segmentaciones_lista", seleccion())
    suyas = lista[
        (lista["documento_id"] == fila["documento_id"])
        & (lista["tema_dialogo_id"] == fila["tema_dialogo_id"])
    ]
    por_parrafo: dict[int, dict[str, tuple[Cortes, int]]] = {}
    for una in suyas.to_dict("records"):
        puesta = (tuple(una["cortes"]), int(una["version"]))
        de_ese = por_parrafo.setdefault(int(una["parrafo"]), {})
        de_ese[str(una["codificador_id"])] = puesta
    return por_parrafo


def dividir() -> None:
    """Muestra un párrafo y deja dividirlo; lo ajeno se ve después de guardar."""
    quien = carga_informe.quien().strip().lower()
    parrafo(
        "Marque dónde termina cada unidad: una acción que se pide o un juicio que se"
        " hace, con su objeto. No se ve ninguna propuesta ni lo que marcó otra persona"
        " hasta que usted guarde.",
        "nota",
    )
    documentos = preguntar("segmentaciones_documentos", seleccion())
    hay = documentos["hay_texto"].astype(bool)
    con_texto = documentos[hay]
    if con_texto.empty:
        st.info("Ningún documento de esta selección tiene su texto cargado, y sin él no"
                " hay párrafo que dividir. Súbalo en Cargar, quite algún filtro o, para"
                " probar, muestre los diálogos ficticios.")  # fmt: skip
    else:
        _de_un_documento(_elegir(con_texto), quien)
    sin_texto(documentos[~hay], seleccion())


def _de_un_documento(fila: Fila, quien: str) -> None:
    donde = (str(fila["documento_id"]), str(fila["tema_dialogo_id"]))
    todos = parrafos_de(donde[0], seleccion()).get(donde, ())
    if not todos:
        st.info("El texto cargado no tiene párrafos de conclusiones en ese tema: no hay"
                " qué dividir. Elija otro.")  # fmt: skip
        return
    por_parrafo = _divisiones(fila)
    suyas: dict[int, Suya] = {
        n: puestas[quien] for n, puestas in por_parrafo.items() if quien in puestas
    }
    numero = _elegir_parrafo(len(todos), suyas, int(fila["divisiones"]))
    texto, lugar = todos[numero - 1], Parrafo(*donde, numero)
    parrafo(texto, "pasaje")
    escribir(lugar, texto, quien, suyas.get(numero))
    _comparar(lugar, texto, quien, por_parrafo.get(numero, {}))

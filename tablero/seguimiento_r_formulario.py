"""El formulario con que se responde una recomendación o se cambia su respuesta."""

from functools import partial
from typing import Any

import streamlit as st

from datos.historia import despues_de
from datos.respuestas import Respuesta, contestar, historia_de
from datos.respuestas_revision import (
    ESTADOS,
    LARGOS,
    NOMBRES,
    PRIMERA,
    RESULTADOS,
    ULTIMA,
)
from tablero import carga_informe
from tablero.conexion import conexion, preguntar
from tablero.estado import seleccion
from tablero.formato import numero
from tablero.hojas import FILAS
from tablero.seguimiento_r_historia import tabla_de_cambios
from tablero.tareas import hacer
from tablero.vista import parrafo, subtitulo

LARGO_OPCION = 90


def _cargar(una: dict[str, Any]) -> None:
    """Pone en los controles lo guardado, si no es lo que ya tienen."""
    if (
        st.session_state.get("r_de") == una["enunciado_id"]
        and "r_unidad" in st.session_state
    ):
        return
    for campo in NOMBRES:
        st.session_state[f"r_{campo}"] = (
            una[campo] if campo == "vence" else (una[campo] or "")
        )
    st.session_state["r_resultado"] = una["resultado"] or RESULTADOS[0]
    st.session_state["r_estado"] = una["estado"] or ESTADOS[0]
    otras = preguntar("respuestas_compartidas", enunciado=una["enunciado_id"])
    st.session_state["r_otras"] = otras["enunciado_id"].tolist()
    st.session_state["r_de"] = una["enunciado_id"]
    st.session_state["r_base"] = (una["respuesta_id"], una["version"])
    st.session_state["r_vista"] = st.session_state["r_base"]


def _opciones(una: dict[str, Any]) -> dict[str, str]:
    """Las recomendaciones con que puede compartir; primero, su tipo en otros temas."""
    ya = preguntar("respuestas_compartidas", enunciado=una["enunciado_id"])
    otras = preguntar(
        "respuestas_por_compartir", seleccion(), enunciado=una["enunciado_id"],
        tipo_suyo=una["tipo"], tema_suyo=una["tema_id"], limite=FILAS,
    )  # fmt: skip
    filas = [*ya.itertuples(), *otras.itertuples()]
    rotulos = {f.enunciado_id: f"{f.tema}: {f.texto}"[:LARGO_OPCION] for f in filas}
    # Lo elegido antes sigue a la vista, aunque otra persona lo haya respondido.
    return {**rotulos, **{c: rotulos.get(c, c) for c in st.session_state["r_otras"]}}


def formulario(una: dict[str, Any]) -> None:
    """Deja responder; si otra persona cambió la respuesta, dice quién y qué."""
    _cargar(una)
    subtitulo("Cambiar la respuesta" if una["respuesta_id"] else "Responder")
    quien = carga_informe.quien()
    opciones = _opciones(una)
    with st.form("responder", border=False):
        st.text_input(NOMBRES["unidad"], key="r_unidad", max_chars=LARGOS["unidad"])
        st.selectbox(NOMBRES["resultado"], RESULTADOS, key="r_resultado")
        for campo, ayuda in (
            ("razon", "Obligatoria si no se acoge, o solo en parte."),
            ("accion", None),
        ):
            st.text_area(NOMBRES[campo], key=f"r_{campo}", max_chars=LARGOS[campo],
                         help=ayuda)  # fmt: skip
        st.text_input(NOMBRES["responsable"], key="r_responsable",
                      max_chars=LARGOS["responsable"],
                      help="Un cargo, nunca el nombre de una persona.")  # fmt: skip
        st.date_input(NOMBRES["vence"], key="r_vence", format="DD/MM/YYYY",
                      min_value=PRIMERA, max_value=ULTIMA)  # fmt: skip
        st.selectbox(NOMBRES["estado"], ESTADOS, key="r_estado")
        st.text_area(NOMBRES["avance"], key="r_avance", max_chars=LARGOS["avance"])
        st.text_input(NOMBRES["evidencia"], key="r_evidencia",
                      max_chars=LARGOS["evidencia"],
                      help="Dirección https:// o referencia de un documento. Si la"
                      " cierra, diga dónde se comprueba.")  # fmt: skip
        st.multiselect("Comparte la respuesta con", list(opciones), key="r_otras",
                       format_func=opciones.__getitem__, select_all=False,
                       placeholder="Ninguna otra",
                       help=f"Se ofrecen hasta {numero(FILAS)} sin respuesta; primero,"
                       " las de su tipo en otros temas. Si no está, acote con los"
                       " filtros.")  # fmt: skip
        if st.form_submit_button("Guardar la respuesta", type="primary"):
            _guardar(una, quien)
    _avisar(una["enunciado_id"])


def _falta_reconocer(una: dict[str, Any], escrito: dict[str, Any]) -> bool:
    """Avisa, una vez, que se cierra sin evidencia; guardar de nuevo es reconocerlo."""
    sin = escrito["estado"] == "cerrada" and not str(escrito["evidencia"] or "").strip()
    avisado = st.session_state.pop("r_sin_evidencia", None)
    if not sin or avisado == una["enunciado_id"]:
        return False
    st.session_state["r_sin_evidencia"] = una["enunciado_id"]
    parrafo(
        "Todavía no se guardó: la cierra sin evidencia y nadie podrá comprobarla."
        " Escriba dónde consta, o pulse «Guardar la respuesta» otra vez para cerrarla"
        " así.",
        "aviso",
    )
    return True


def _guardar(una: dict[str, Any], quien: str) -> None:
    escrito: dict[str, Any] = {c: st.session_state[f"r_{c}"] for c in NOMBRES}
    if _falta_reconocer(una, escrito):
        return
    respuesta_id, version = st.session_state["r_vista"]
    enunciados = [una["enunciado_id"], *st.session_state["r_otras"]]
    limpio: dict[str, Any] = {c: v or None for c, v in escrito.items()}
    respuesta = Respuesta(**limpio)
    hecho = hacer(
        partial(
            contestar, conexion(), quien, enunciados, respuesta, respuesta_id, version
        ),
        "Guardando la respuesta",
        escribe=True,
    )
    if hecho:
        st.session_state["acuse"] = "La respuesta está guardada."
        del st.session_state["r_de"]
        st.rerun()


def _avisar(enunciado: str) -> None:
    """Si lo guardado ya no es lo que se abrió, dice qué cambió y lo da por visto."""
    filas = preguntar("respuestas_ficha", seleccion(), enunciado=enunciado)
    clave, version = filas["respuesta_id"].tolist()[0], filas["version"].tolist()[0]
    base = st.session_state["r_base"]
    st.session_state["r_vista"] = (clave, version)
    if base == (clave, version) or clave is None:
        return
    que = "cambió esta respuesta" if base[0] else "respondió esta recomendación"
    parrafo(
        f"Otra persona {que} desde que usted la abrió. Lo suyo sigue en el formulario;"
        " si guarda de nuevo, queda lo suyo.",
        "aviso",
    )
    ya = preguntar("respuestas_compartidas", enunciado=enunciado)
    for otra in ya[~ya["enunciado_id"].isin(st.session_state["r_otras"])].itertuples():
        parrafo(f"Si guarda de nuevo, dejará de responder a: {otra.texto}"
                f" ({otra.tema})", "aviso")  # fmt: skip
    todos = historia_de(conexion().cursor(), clave)
    tabla_de_cambios(despues_de(todos, base[1]), "Qué cambió entretanto", "r_choque")

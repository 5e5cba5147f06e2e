"""La versión en preparación del libro: sus códigos y el formulario de cada uno."""

from collections.abc import Hashable, Mapping
from functools import partial

import streamlit as st

from datos.edicion import Choque
from datos.libro_lista import con_codigo, sin_codigo
from datos.libro_nuevo import poner_codigos
from datos.libro_revisar import FIJA, LARGO_CODIGO, LARGOS, ROTULOS
from datos.libros import Codigo, codigos_de
from tablero.carga_lista import FACETAS
from tablero.codifica_choque import mostrar_choque
from tablero.codifica_libro_publicar import publicar_o_descartar
from tablero.conexion import conexion
from tablero.tabla import Celda, Columna, Parte, dibujar
from tablero.tareas import hacer
from tablero.vista import parrafo

Version = Mapping[Hashable, object]
NUEVO = ""
CAMPOS = {
    **{c: ROTULOS[c] for c in ("nombre", "definicion", "incluir")},
    "excluir": f"{ROTULOS['excluir']}, y cuál usar en su lugar",
    "ejemplo": "Un ejemplo inventado",
}
# Lo escrito sigue ahí aunque se mire otro código; vive en la sesión con esta llave.
LLAVE = "libro_{campo}_{faceta}_{codigo}"


def _llave(campo: str, faceta: str, codigo: str) -> str:
    return LLAVE.format(campo=campo, faceta=faceta, codigo=codigo)


def elegir(codigo: str) -> None:
    """Pone en el formulario el código que se pulsó en la tabla."""
    st.session_state["libro_codigo"] = codigo


def _escrito(faceta: str, codigo: str) -> dict[str, object]:
    campos = ("codigo", "orden", "prioridad", *CAMPOS)
    return {c: st.session_state.get(_llave(c, faceta, codigo)) for c in campos}


def _preparar(faceta: str, c: Codigo, version: int) -> None:
    """Pone en los controles lo guardado, salvo que haya algo escrito sin guardar."""
    elegido = st.session_state["libro_codigo"]
    marca = _llave("vista", faceta, elegido)
    hoy = st.session_state.get(marca)
    if hoy and (hoy[0] == version or hoy[1] != _escrito(faceta, elegido)):
        return
    guardado = {
        "codigo": c.codigo,
        "orden": c.orden,
        "prioridad": c.prioridad or 0,
        **{campo: getattr(c, campo) or "" for campo in CAMPOS},
    }
    for campo, valor in guardado.items():
        st.session_state[_llave(campo, faceta, elegido)] = valor
    st.session_state[marca] = (version, guardado)


def _tabla(suyos: list[Codigo], faceta: str) -> None:
    filas = [
        (
            [
                Celda((Parte(c.nombre, c.codigo, hace="codigo_del_libro"),)),
                Celda((Parte(c.codigo),)),
                Celda((Parte("—" if c.prioridad is None else str(c.prioridad)),)),
                Celda((Parte(c.definicion),)),
            ],
            "actual" if c.codigo == st.session_state["libro_codigo"] else "",
        )
        for c in suyos
    ]
    dibujar(
        [
            *(Columna("", ROTULOS[c]) for c in ("nombre", "codigo", "prioridad")),
            Columna("", ROTULOS["definicion"], ancho="50%"),
        ],
        filas,
        f"{FACETAS[faceta]}: códigos de la versión en preparación. Pulse uno para"
        " cambiarlo.",
        "codigos_en_preparacion",
    )


def _formulario(faceta: str, elegido: str, cuantos: int) -> Codigo:
    def llave(campo: str) -> str:
        return _llave(campo, faceta, elegido)

    fijo = faceta == FIJA and elegido != NUEVO
    with st.container(horizontal=True, key="libro_cabeza"):
        codigo = st.text_input(ROTULOS["codigo"], key=llave("codigo"),
                               max_chars=LARGO_CODIGO, disabled=elegido != NUEVO,
                               width=180, persist_state="session")  # fmt: skip
        orden = st.number_input(ROTULOS["orden"], 1, cuantos, key=llave("orden"),
                                width=180, persist_state="session")  # fmt: skip
        prioridad = st.number_input(
            ROTULOS["prioridad"],
            0,
            cuantos,
            key=llave("prioridad"),
            width=180,
            persist_state="session",
            help="Entre dos que calzan se usa el de menor número. 0: sin lugar.",
        )
    textos = {"nombre": st.text_input(CAMPOS["nombre"], key=llave("nombre"),
                                      max_chars=LARGOS["nombre"], disabled=fijo,
                                      persist_state="session")}  # fmt: skip
    for campo in list(CAMPOS)[1:]:
        textos[campo] = st.text_area(
            CAMPOS[campo],
            key=llave(campo),
            max_chars=LARGOS[campo],
            height=68,
            persist_state="session",
        )
    dichos = {campo: str(texto or "") for campo, texto in textos.items()}
    return Codigo(faceta, str(codigo or ""), orden=int(orden or 1),
                  prioridad=int(prioridad or 0) or None, **dichos)  # fmt: skip


def _guardar(
    quien: str, version: Version, codigos: list[Codigo], faceta: str, acuse: str
) -> None:
    elegido = st.session_state["libro_codigo"]
    marca = _llave("vista", faceta, elegido)
    vista, base = st.session_state[marca]

    def al_chocar(choque: Choque) -> None:
        mostrar_choque(choque)
        st.session_state[marca] = (version["version"], base)

    hecho = hacer(
        partial(
            poner_codigos, conexion(), quien, str(version["libro_id"]), codigos, vista
        ),
        "Guardando el código",
        escribe=True,
        al_chocar=al_chocar,
    )
    if hecho:
        st.session_state.pop(marca)
        st.session_state["acuse"] = acuse
        st.rerun()


def _editar(quien: str, version: Version, todos: list[Codigo], faceta: str) -> None:
    suyos = [c for c in todos if c.faceta == faceta]
    hay = {c.codigo: c for c in suyos}
    if st.session_state.get("libro_codigo") not in hay:
        st.session_state["libro_codigo"] = NUEVO
    _tabla(suyos, faceta)
    st.selectbox(
        "Código que se cambia",
        [NUEVO, *hay],
        format_func=lambda c: f"{hay[c].nombre} ({c})" if c else "Un código nuevo",
        key="libro_codigo",
        persist_state="session",
    )
    elegido = st.session_state["libro_codigo"]
    nuevo = Codigo(faceta, "", "", len(suyos) + 1, "")
    _preparar(faceta, hay.get(elegido, nuevo), int(str(version["version"])))
    puesto = _formulario(faceta, elegido, len(suyos) + (elegido == NUEVO))
    with st.container(horizontal=True, key="libro_guardar"):
        guardar = st.button("Guardar el código", type="primary",
                            key="libro_guardar_codigo", disabled=not quien)  # fmt: skip
        quitar = st.button("Quitar este código", key="libro_quitar_codigo",
                           disabled=not quien or elegido == NUEVO)  # fmt: skip
    if guardar and elegido == NUEVO and puesto.codigo.strip() in hay:
        parrafo("Ese código ya está en la faceta: elíjalo en la lista para cambiarlo.",
                "aviso")  # fmt: skip
    elif guardar:
        _guardar(quien, version, con_codigo(todos, puesto), faceta,
                 "El código está guardado.")  # fmt: skip
    elif quitar:
        _guardar(quien, version, sin_codigo(todos, faceta, elegido), faceta,
                 "El código se quitó de la versión en preparación.")  # fmt: skip


def preparar(quien: str, version: Version) -> None:
    """Muestra la versión en preparación y deja cambiarla, publicarla o descartarla."""
    st.subheader("La versión en preparación", anchor=False)
    parrafo(f"«{version['nombre']}», copiada de «{version['desde_nombre']}».", "nota")
    if not quien:
        parrafo("Escriba su seudónimo para poder cambiarla.", "nota")
    st.segmented_control(
        "Faceta",
        list(FACETAS),
        format_func=FACETAS.__getitem__,
        key="libro_faceta",
        default="tipo",
        required=True,
        persist_state="session",
    )
    todos = codigos_de(conexion().cursor(), str(version["libro_id"]))
    _editar(quien, version, todos, str(st.session_state["libro_faceta"]))
    publicar_o_descartar(quien, version)

"""Los controles con que se codifica: una faceta por pregunta, con el libro al lado."""

from collections.abc import Callable

import streamlit as st

from datos.codificar_valores import Lectura
from datos.libros import libro_vigente
from tablero.carga_lista import FACETAS
from tablero.conexion import conexion, edicion, preguntar
from tablero.estado import seleccion
from tablero.vista import parrafo, plegado

Codigos = dict[str, dict[str, str]]
LARGO_NOTA = 500


def libro_que_rige() -> str:
    """Devuelve la versión del libro con que se codifica hoy."""
    guardado: tuple[int, str] = st.session_state.get("libro_rige", (-1, ""))
    if guardado[0] != edicion():
        guardado = (edicion(), libro_vigente(conexion().cursor()))
        st.session_state["libro_rige"] = guardado
    return guardado[1]


def _del_libro(faceta: str) -> Codigos:
    libro = preguntar("libro_codigos")
    suyos = libro[(libro["libro_id"] == libro_que_rige()) & (libro["faceta"] == faceta)]
    return {
        str(fila["codigo"]): {
            c: str(fila[c] or "")
            for c in ("nombre", "definicion", "incluir", "excluir", "ejemplo")
        }
        for fila in suyos.to_dict("records")
    }


def _llave(que: str, enunciado: str) -> str:
    return f"c_{que}_{enunciado}"


def _puesta(enunciado: str, quien: str) -> dict[str, list[str]]:
    """Devuelve lo que esa persona ya puso a un enunciado, por faceta."""
    todas = preguntar("codificar_lecturas", seleccion(), enunciado=enunciado)
    suyas = todas[
        (todas["codificador_id"] == quien) & (todas["libro_id"] == libro_que_rige())
    ]
    puesto: dict[str, list[str]] = {}
    for que, valor in zip(suyas["que"], suyas["valor"], strict=True):
        puesto.setdefault(str(que), []).append(str(valor))
    if len(suyas):
        puesto["nota"] = [str(suyas["nota"].tolist()[0] or "")]
    return puesto


def _preparar(enunciado: str, quien: str, version: int | None) -> None:
    """Pone en los controles la lectura guardada; lo que ya se tocó queda."""
    marca = _llave("lista", enunciado)
    if st.session_state.get(marca) == (quien, version):
        return
    tocado = st.session_state.get(marca, (quien, None))[0] == quien
    puesto = _puesta(enunciado, quien) if version is not None else {}
    for faceta in FACETAS:
        if not (tocado and st.session_state.get(_llave(faceta, enunciado))):
            valores = puesto.get(faceta)
            st.session_state[_llave(faceta, enunciado)] = (
                valores[0] if valores else None
            )
    if not (tocado and st.session_state.get(_llave("instrumentos", enunciado))):
        st.session_state[_llave("instrumentos", enunciado)] = puesto.get(
            "instrumento", []
        )
    if not (tocado and st.session_state.get(_llave("nota", enunciado))):
        st.session_state[_llave("nota", enunciado)] = puesto.get("nota", [""])[0]
    st.session_state[marca] = (quien, version)


def _faceta(faceta: str, rotulo: str, enunciado: str) -> None:
    libro = _del_libro(faceta)
    nombre: Callable[[str], str] = {
        c: f["nombre"] for c, f in libro.items()
    }.__getitem__
    controles, al_lado = st.columns([3, 2], gap="medium")
    with controles:
        elegido = st.pills(
            rotulo,
            list(libro),
            format_func=nombre,
            key=_llave(faceta, enunciado),
            selection_mode="single",
        )
    with al_lado:
        if elegido:
            codigo = libro[str(elegido)]
            parrafo(f"{codigo['nombre']}: {codigo['definicion']}", "nota")
            if codigo["incluir"]:
                parrafo(f"Úselo en: {codigo['incluir']}", "menor")
            if codigo["excluir"]:
                parrafo(f"No lo use en: {codigo['excluir']}", "menor")
        for _ in plegado(f"Todos los códigos de {rotulo.lower()}", f"libro_{faceta}"):
            for codigo in libro.values():
                parrafo(f"{codigo['nombre']}: {codigo['definicion']}", "nota")
                parrafo(
                    f"Úselo en: {codigo['incluir'] or '—'} No lo use en:"
                    f" {codigo['excluir'] or '—'}",
                    "menor",
                )


def facetas(enunciado: str, quien: str, version: int | None) -> None:
    """Dibuja los controles de un enunciado, con lo que esa persona ya le puso."""
    _preparar(enunciado, quien, version)
    for faceta, rotulo in FACETAS.items():
        _faceta(faceta, rotulo, enunciado)
    instrumentos = preguntar("codificar_instrumentos")
    nombres = {
        str(i): f"{n} (propuesto)" if e == "propuesto" else str(n)
        for i, n, e in zip(
            instrumentos["instrumento_id"],
            instrumentos["nombre"],
            instrumentos["estado"],
            strict=True,
        )
    }
    st.multiselect(
        "Instrumentos que menciona",
        list(nombres),
        format_func=nombres.__getitem__,
        key=_llave("instrumentos", enunciado),
        placeholder="Ninguno",
        select_all=False,
        help="Vacío quiere decir que lo leyó y no menciona ninguno.",
    )
    st.text_area(
        "Nota, si tuvo dudas",
        key=_llave("nota", enunciado),
        max_chars=LARGO_NOTA,
        height=68,
    )


def elegida(enunciado: str) -> Lectura | None:
    """Devuelve la lectura que dicen los controles; None si falta alguna faceta."""
    valores = [st.session_state.get(_llave(f, enunciado)) for f in FACETAS]
    if not all(valores):
        return None
    naturaleza, tipo, recurso = map(str, valores)
    return Lectura(
        naturaleza,
        tipo,
        recurso,
        tuple(st.session_state.get(_llave("instrumentos", enunciado)) or ()),
        str(st.session_state.get(_llave("nota", enunciado)) or "").strip() or None,
    )


def vaciar(enunciado: str) -> None:
    """Olvida lo escrito en los controles de un enunciado: ya está guardado."""
    for que in (*FACETAS, "instrumentos", "nota", "lista"):
        st.session_state.pop(_llave(que, enunciado), None)

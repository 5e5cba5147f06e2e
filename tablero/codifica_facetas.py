"""Los controles con que se codifica: una faceta por pregunta, con el libro al lado."""

import re
from collections.abc import Callable
from functools import lru_cache

import streamlit as st

from datos.codificar_valores import Lectura
from datos.libro_diferencias import SENTIDO
from datos.libro_revisar import REMISION
from datos.libros import libro_vigente
from tablero.carga_lista import FACETAS
from tablero.conexion import conexion, edicion, preguntar
from tablero.estado import seleccion
from tablero.vista import parrafo, plegado

Codigos = dict[str, dict[str, str]]
CONTROLES = (*FACETAS, "instrumentos", "nota")
LARGO_NOTA = 500
MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$])")


def libro_que_rige() -> str:
    """Devuelve la versión del libro con que se codifica hoy."""
    guardado: tuple[int, str] = st.session_state.get("libro_rige", (-1, ""))
    if guardado[0] != edicion():
        guardado = (edicion(), libro_vigente(conexion().cursor()))
        st.session_state["libro_rige"] = guardado
    return guardado[1]


def con_nombres(texto: str, nombres: dict[str, str]) -> str:
    """Devuelve el texto con el nombre de cada código al que remite: «→ DEM»."""
    return REMISION.sub(lambda r: f"→ {nombres.get(r[1], r[1])}", texto)


@lru_cache(maxsize=8)
def _libro(edicion: int, libro: str) -> dict[str, Codigos]:
    """Arma los códigos de una versión, una vez por edición: se usan en cada vuelta."""
    todos = preguntar("libro_codigos")
    por_faceta: dict[str, Codigos] = {faceta: {} for faceta in FACETAS}
    for fila in todos[todos["libro_id"] == libro].to_dict("records"):
        por_faceta[str(fila["faceta"])][str(fila["codigo"])] = {
            c: str(fila[c] or "")
            for c in ("nombre", "definicion", "incluir", "excluir", "ejemplo")
        }
    for codigos in por_faceta.values():
        nombres = {c: f["nombre"] for c, f in codigos.items()}
        for ficha in codigos.values():
            for campo in SENTIDO:
                ficha[campo] = con_nombres(ficha[campo], nombres)
    return por_faceta


def _del_libro(faceta: str) -> Codigos:
    return _libro(edicion(), libro_que_rige())[faceta]


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


def inerte(texto: str) -> str:
    """Devuelve un texto que, en el rótulo de una opción, no se interpreta."""
    # Tras los dos puntos, un carácter que no se ve: así no forman un ícono ni un color.
    return MARKDOWN.sub(r"\\\1", texto).replace(":", ":\N{WORD JOINER}")


def _escrito(enunciado: str) -> dict[str, object]:
    """Devuelve lo que dicen los controles, haya o no una lectura completa."""
    dicho = {f: st.session_state.get(_llave(f, enunciado)) for f in CONTROLES}
    instrumentos = dicho["instrumentos"] or ()
    return {**dicho, "instrumentos": sorted(map(str, instrumentos))}


def _preparar(enunciado: str, quien: str, version: int | None) -> None:
    """Pone en los controles la lectura guardada y anota qué versión se vio.

    Lo escrito y no guardado se queda, con la versión que se veía al empezar: si entre
    tanto cambió en otra ventana, al guardar se sabrá.
    """
    marca = _llave("vista", enunciado)
    hoy = st.session_state.get(marca)
    if hoy and hoy[0] == quien and (hoy[1] == version or hoy[2] != _escrito(enunciado)):
        return
    puesto = _puesta(enunciado, quien) if version is not None else {}
    for faceta in FACETAS:
        valores = puesto.get(faceta)
        st.session_state[_llave(faceta, enunciado)] = valores[0] if valores else None
    st.session_state[_llave("instrumentos", enunciado)] = puesto.get("instrumento", [])
    st.session_state[_llave("nota", enunciado)] = puesto.get("nota", [""])[0]
    st.session_state[marca] = (quien, version, _escrito(enunciado))


def version_vista(enunciado: str) -> int | None:
    """Devuelve la versión de la lectura que se veía al empezar a escribir."""
    version: int | None = st.session_state[_llave("vista", enunciado)][1]
    return version


def ver_de_nuevo(enunciado: str, version: int | None) -> None:
    """Da por vista la versión de ahora: ya se mostró qué cambió. Lo escrito queda."""
    quien, _, base = st.session_state[_llave("vista", enunciado)]
    st.session_state[_llave("vista", enunciado)] = (quien, version, base)


def _faceta(faceta: str, rotulo: str, enunciado: str) -> None:
    libro = _del_libro(faceta)
    nombre: Callable[[str], str] = {
        c: inerte(f["nombre"]) for c, f in libro.items()
    }.__getitem__
    if st.session_state.get(_llave(faceta, enunciado)) not in libro:
        # Se eligió con otra versión del libro, que se publicó entretanto.
        st.session_state[_llave(faceta, enunciado)] = None
    controles, al_lado = st.columns([3, 2], gap="medium")
    with controles:
        elegido = st.pills(
            rotulo,
            list(libro),
            format_func=nombre,
            key=_llave(faceta, enunciado),
            selection_mode="single",
            # En una sola línea, la mayor parte de los tipos queda fuera de la vista.
            wrap=True,
            persist_state="session",
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


def facetas(
    enunciado: str, quien: str, version: int | None, nota: str = "Nota, si tuvo dudas"
) -> None:
    """Dibuja los controles de un enunciado, con lo que esa persona ya le puso.

    `nota` es el rótulo de lo que se escribe: al decidir no es optativo.
    """
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
        persist_state="session",
    )
    st.text_area(
        nota,
        key=_llave("nota", enunciado),
        max_chars=LARGO_NOTA,
        height=68,
        persist_state="session",
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
    for que in (*CONTROLES, "vista"):
        st.session_state.pop(_llave(que, enunciado), None)

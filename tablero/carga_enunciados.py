"""Revisar los candidatos de un informe, de a uno o todos los sugeridos de una vez."""

from dataclasses import replace

import streamlit as st

from datos import candidatos
from datos.borrador import (
    ACEPTADO,
    DESCARTADO,
    PENDIENTE,
    Borrador,
    aceptar_sugeridos,
)
from datos.errores import ErrorDeDatos
from datos.leido import Candidato
from tablero.borradores_abiertos import AVISO, cambiar
from tablero.carga_lista import FACETAS, codigos, lista_de_candidatos, por_que
from tablero.carga_partir import dividir_o_unir, llave
from tablero.formato import contar, de_total
from tablero.tareas import mostrar_error
from tablero.vista import parrafo, subtitulo

SIN_CODIGO = ""
CONTEXTO = 160


def _lugar(borrador: Borrador) -> int:
    """Devuelve cuál se está revisando: el elegido o el primero pendiente."""
    elegido = st.session_state.get("candidato")
    if isinstance(elegido, int) and 0 <= elegido < len(borrador.candidatos):
        return elegido
    estados = [c.estado for c in borrador.candidatos]
    return estados.index(PENDIENTE) if PENDIENTE in estados else 0


def recoger_actual() -> bool:
    """Guarda lo escrito en el candidato en revisión, si hay uno; dice si se pudo."""
    if (en_revision := st.session_state.get("en_revision")) is None:
        return True
    lugar, c = en_revision
    return _recoger(lugar, c, c.estado)


def al_dejar_el_paso() -> None:
    """Guarda lo escrito antes de ir a otro paso."""
    recoger_actual()


def elegir(lugar: str) -> None:
    """Pone en revisión el candidato de ese lugar, desde 0, y guarda el que había."""
    if recoger_actual():
        st.session_state["candidato"] = int(lugar) if lugar.isdigit() else 0


def _recoger(lugar: int, c: Candidato, estado: str) -> bool:
    """Guarda lo que dicen los controles de un candidato; dice si se pudo."""
    if llave("texto", c) not in st.session_state:
        return True
    nuevo = replace(
        c,
        texto=" ".join(str(st.session_state[llave("texto", c)]).split()),
        naturaleza=st.session_state[llave("naturaleza", c)] or None,
        tipo=st.session_state[llave("tipo", c)] or None,
        recurso=st.session_state[llave("recurso", c)] or None,
        pregunta=st.session_state[llave("pregunta", c)],
        estado=estado,
    )
    if estado == ACEPTADO and not (nuevo.naturaleza and nuevo.tipo):
        st.session_state[AVISO] = ErrorDeDatos(
            "Para aceptarlo elija su naturaleza y su tipo, o déjelo pendiente."
        )
        return False
    if nuevo == c:
        return True

    def recogido(b: Borrador) -> Borrador:
        nuevos = candidatos.cambiar(
            b.candidatos,
            lugar,
            texto=nuevo.texto,
            naturaleza=nuevo.naturaleza,
            tipo=nuevo.tipo,
            recurso=nuevo.recurso,
            pregunta=nuevo.pregunta,
            estado=nuevo.estado,
        )
        return replace(b, candidatos=nuevos)

    return cambiar(recogido)


def _decidir(lugar: int, c: Candidato, estado: str) -> None:
    if _recoger(lugar, c, estado):
        st.session_state["candidato"] = lugar + 1


def _aceptar_todos() -> None:
    cambiar(aceptar_sugeridos)


def _campos(c: Candidato, borrador: Borrador) -> None:
    st.text_area(
        "Enunciado, como quedará", c.texto, key=llave("texto", c), max_chars=2000
    )
    de_faceta = codigos()
    with st.container(horizontal=True, key="facetas"):
        for faceta, rotulo in FACETAS.items():
            valores = {SIN_CODIGO: "Sin codificar", **de_faceta[faceta]}
            puesto = getattr(c, faceta) or SIN_CODIGO
            st.selectbox(
                rotulo,
                list(valores),
                list(valores).index(puesto),
                format_func=valores.__getitem__,
                key=llave(faceta, c),
                width=260,
            )
        (tema,) = [t for t in borrador.informe.temas if t.numero == c.tema]
        bloques: dict[int | None, str] = {None: "Sin asignar"}
        bloques[0] = "No responde a ninguno"
        bloques |= {p.orden: f"Bloque {p.orden}" for p in tema.preguntas}
        st.selectbox(
            "Pregunta que responde",
            list(bloques),
            list(bloques).index(c.pregunta),
            format_func=bloques.__getitem__,
            key=llave("pregunta", c),
            width=260,
            help="Los bloques están escritos en el paso 2, por tema.",
        )


def _botones(c: Candidato, lugar: int, cuantos: int) -> None:
    with st.container(horizontal=True, key="decidir"):
        st.button(
            "Aceptar y seguir",
            type="primary",
            key="aceptar",
            on_click=_decidir,
            args=(lugar, c, ACEPTADO),
        )
        st.button(
            "Dejar pendiente",
            key="pendiente",
            on_click=_decidir,
            args=(lugar, c, PENDIENTE),
        )
        st.button(
            "Descartar", key="descartar", on_click=_decidir, args=(lugar, c, DESCARTADO)
        )
        st.button(
            "Anterior",
            key="anterior",
            on_click=elegir,
            args=(str(lugar - 1),),
            disabled=lugar == 0,
            icon=":material/arrow_back:",
        )
        st.button(
            "Siguiente",
            key="otro",
            on_click=elegir,
            args=(str(lugar + 1),),
            disabled=lugar + 1 >= cuantos,
            icon=":material/arrow_forward:",
        )


def revisar_enunciados(borrador: Borrador) -> None:
    """Muestra el candidato en revisión y la lista de todos."""
    todos = borrador.candidatos
    if not todos:
        parrafo("Las conclusiones no dieron ningún candidato.", "aviso")
        return
    lugar = _lugar(borrador)
    c = todos[lugar]
    hechos = sum(x.estado != PENDIENTE for x in todos)
    sugeridos = sum(
        bool(x.estado == PENDIENTE and x.naturaleza and x.tipo) for x in todos
    )
    parrafo(f"Decididos: {de_total(hechos, len(todos))}.", "nota")
    st.button(
        f"Aceptar {contar(sugeridos, 'sugerencia completa', 'sugerencias completas')}",
        key="aceptar_todos",
        on_click=_aceptar_todos,
        disabled=not sugeridos,
        help="Los pendientes a que las reglas dieron naturaleza y tipo. Aceptar es"
        " hacerse cargo: quedan codificados por usted.",
    )
    with st.container(key="revision"):
        subtitulo(
            f"Enunciado {lugar + 1}, tema {c.tema}, párrafo {c.parrafo},"
            f" caracteres {c.desde} a {c.hasta}"
        )
    pasaje = candidatos.pasaje_de(c, borrador.informe)
    texto = {t.numero: t.parrafos for t in borrador.informe.temas}[c.tema][
        c.parrafo - 1
    ]
    if antes := texto[: c.desde - 1][-CONTEXTO:].strip():
        parrafo(f"… {antes}", "menor")
    parrafo(f"«{pasaje}»", "pasaje")
    if despues := texto[c.hasta :][:CONTEXTO].strip():
        parrafo(f"{despues} …", "menor")
    parrafo(por_que(c), "menor")
    _campos(c, borrador)
    st.session_state["en_revision"] = (lugar, c)
    if reparo := st.session_state.pop(AVISO, None):
        mostrar_error(reparo)
    _botones(c, lugar, len(todos))
    dividir_o_unir(c, lugar, borrador, pasaje)
    lista_de_candidatos(borrador, lugar)

"""Revisar los candidatos de un informe, de a uno o todos los sugeridos de una vez."""

from dataclasses import replace

import streamlit as st

from datos import candidatos
from datos.borrador import ACEPTADO, DESCARTADO, PENDIENTE, Borrador
from datos.leido import Candidato
from tablero.borradores_abiertos import cambiar
from tablero.carga_partir import dividir_o_unir, llave
from tablero.conexion import preguntar
from tablero.formato import contar, de_total
from tablero.tabla import Celda, Columna, Parte, dibujar
from tablero.vista import parrafo, subtitulo

FACETAS = {"naturaleza": "Naturaleza", "tipo": "Tipo", "recurso": "Recurso"}
SIN_CODIGO = ""
SIGNO = {ACEPTADO: "● aceptado", PENDIENTE: "○ pendiente", DESCARTADO: "✕ descartado"}
CONTEXTO = 160


def _codigos() -> dict[str, dict[str, str]]:
    libro = preguntar("libro_codigos")
    ultimo = libro[libro["libro_id"] == libro["libro_id"].max()]
    por_faceta: dict[str, dict[str, str]] = {faceta: {} for faceta in FACETAS}
    for faceta, codigo, nombre in zip(
        ultimo["faceta"], ultimo["codigo"], ultimo["nombre"], strict=True
    ):
        por_faceta[faceta][codigo] = nombre
    return por_faceta


def _lugar(borrador: Borrador) -> int:
    """Devuelve cuál se está revisando: el elegido o el primero pendiente."""
    elegido = st.session_state.get("candidato")
    if isinstance(elegido, int) and 0 <= elegido < len(borrador.candidatos):
        return elegido
    estados = [c.estado for c in borrador.candidatos]
    return estados.index(PENDIENTE) if PENDIENTE in estados else 0


def elegir(lugar: str) -> None:
    """Pone en revisión el candidato de ese lugar, desde 0."""
    st.session_state["candidato"] = int(lugar) if lugar.isdigit() else 0


def _decidir(lugar: int, c: Candidato, estado: str) -> None:
    campos = {f: st.session_state[llave(f, c)] or None for f in FACETAS}
    bloque = st.session_state[llave("pregunta", c)]
    texto = " ".join(str(st.session_state[llave("texto", c)]).split())

    def decidido(b: Borrador) -> Borrador:
        nuevos = candidatos.cambiar(
            b.candidatos,
            lugar,
            texto=texto,
            pregunta=bloque or None,
            estado=estado,
            **campos,
        )
        return replace(b, candidatos=nuevos)

    cambiar(decidido)
    st.session_state["candidato"] = lugar + 1


def _aceptar_todos() -> None:
    def todos(b: Borrador) -> Borrador:
        return replace(
            b,
            candidatos=tuple(
                replace(c, estado=ACEPTADO)
                if c.estado == PENDIENTE and c.naturaleza and c.tipo
                else c
                for c in b.candidatos
            ),
        )

    cambiar(todos)


def _campos(c: Candidato, borrador: Borrador) -> None:
    st.text_area(
        "Enunciado, como quedará", c.texto, key=llave("texto", c), max_chars=2000
    )
    codigos = _codigos()
    with st.container(horizontal=True, key="facetas"):
        for faceta, rotulo in FACETAS.items():
            valores = {SIN_CODIGO: "Sin codificar", **codigos[faceta]}
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
        bloques = {0: "No responde a ninguno"}
        bloques |= {p.orden: f"Bloque {p.orden}" for p in tema.preguntas}
        st.selectbox(
            "Pregunta que responde",
            list(bloques),
            list(bloques).index(c.pregunta or 0),
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
    reglas = preguntar("reglas_lista")
    sugeridas = reglas[reglas["regla_id"].isin(c.reglas)]["expresion"].tolist()
    parrafo(
        "Sugerido por las palabras: " + ", ".join(sugeridas) + "."
        if sugeridas
        else "Ninguna regla calzó: no hay sugerencia.",
        "menor",
    )
    _campos(c, borrador)
    _botones(c, lugar, len(todos))
    dividir_o_unir(c, lugar, borrador, pasaje)
    _lista_de_candidatos(borrador, lugar)


def _lista_de_candidatos(borrador: Borrador, actual: int) -> None:
    codigos = _codigos()
    filas = []
    for lugar, c in enumerate(borrador.candidatos):
        celdas = [
            Celda((Parte(c.texto, str(lugar), hace="candidato"),)),
            Celda((Parte(f"{c.tema}, párrafo {c.parrafo}"),)),
            Celda((Parte(codigos["naturaleza"].get(c.naturaleza or "", "—")),)),
            Celda((Parte(codigos["tipo"].get(c.tipo or "", "—")),)),
            Celda((Parte(SIGNO[c.estado]),)),
        ]
        filas.append((celdas, "actual" if lugar == actual else ""))
    dibujar(
        [
            Columna("", "Enunciado", ancho="45%"),
            Columna("", "Tema"),
            Columna("", "Naturaleza"),
            Columna("", "Tipo"),
            Columna("", "Estado"),
        ],
        filas,
        "Todos los candidatos; pulse uno para revisarlo",
        "candidatos",
    )

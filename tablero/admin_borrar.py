"""La parte de administración que borra una carga para siempre."""

from functools import partial

import streamlit as st

from datos.borrar import Borrada, borrar, revisar_motivo
from datos.borrar_averiguar import averiguar
from datos.borrar_copias import Copia, que_la_tienen
from datos.borrar_plan import BORRADO, Plan
from datos.escritura import en_turno
from datos.ubicacion import ruta_base
from tablero import identidad
from tablero.conexion import apartada, conexion, preguntar
from tablero.formato import contar, momento
from tablero.tablas_simples import tabla_simple
from tablero.tareas import hacer
from tablero.vista import parrafo, subtitulo

CONFIRMA = "borrar"


def _ver(carga_id: str) -> tuple[Plan, list[Copia]]:
    cursor = conexion().cursor()
    try:
        plan = averiguar(cursor, carga_id)
    finally:
        cursor.close()
    return plan, que_la_tienen(ruta_base(), carga_id, plan.sha256)


def _borrar(carga_id: str, quien: str, motivo: str, con_copias: bool) -> Borrada:
    revisar_motivo(motivo)
    hechas: list[Borrada] = []

    def a_solas() -> None:
        with apartada():
            hechas.append(
                borrar(ruta_base(), carga_id, quien, motivo, con_copias=con_copias)
            )

    en_turno(a_solas)
    return hechas[0]


def _tabla_de_copias(copias: list[Copia]) -> None:
    tabla_simple(
        ["Copia", "De cuándo", "Dónde", "Queda"],
        [[c.clase, c.momento, str(c.archivo), c.hasta] for c in copias],
        "Copias que todavía la tienen",
        "copias_de_carga",
    )


def _mostrar(plan: Plan, copias: list[Copia]) -> None:
    if cuentas := plan.cuentas():
        tabla_simple(
            ["Tabla", "Filas"],
            [[tabla, str(cuantas)] for tabla, cuantas in cuentas.items()],
            "Lo que se irá, también lo que otras personas hicieron sobre ella",
            "lo_que_se_va",
        )
    else:
        parrafo("De sus filas ya no queda ninguna: se va lo que dicen los registros.",
                "nota")  # fmt: skip
    if copias:
        _tabla_de_copias(copias)
    else:
        parrafo("Ninguna copia la tiene.", "nota")


def _confirmar(plan: Plan, copias: list[Copia]) -> None:
    motivo = st.text_input("Por qué se borra (queda escrito)", max_chars=300,
                           key="borrar_motivo")  # fmt: skip
    con_copias = bool(copias) and st.checkbox(
        f"Quitar también {contar(len(copias), 'copia', 'copias')}", key="borrar_copias"
    )
    dicho = st.text_input(f"Escriba «{CONFIRMA}» para confirmar", key="borrar_seguro")
    parrafo(
        "No hay vuelta atrás. Mientras se borra, los demás esperan, y lo que"
        " estén bajando se corta.",
        "aviso",
    )
    seguro = dicho.strip().lower() == CONFIRMA
    quien = identidad.firma()
    if st.button("Borrar para siempre", key="borrar", disabled=not seguro) and (
        hecha := hacer(
            partial(_borrar, plan.carga_id, quien, motivo, con_copias),
            "Borrando la carga y escribiendo la base otra vez",
            escribe=True,
        )
    ):
        filas = contar(sum(hecha.filas.values()), "fila", "filas")
        quedan = 0 if con_copias else len(hecha.copias)
        copias_ = contar(quedan, "copia todavía la tiene", "copias todavía la tienen")
        st.session_state["acuse"] = f"La carga se borró: {filas} menos. {copias_}."
        st.rerun()


def seccion() -> None:
    """Deja elegir una carga, muestra qué se iría y la borra si se confirma."""
    subtitulo("Borrar una carga")
    parrafo(
        "Deshacer, en Cargar, deja con qué volver atrás. Borrar quita para siempre lo"
        " que la carga trajo, el texto de su documento y lo que de ella guardan los"
        " registros; queda que se borró, quién, cuándo y por qué.",
        "nota",
    )
    lista = preguntar("cargas_lista")
    lista = lista[lista["archivo"] != BORRADO]
    if lista.empty:
        parrafo("No hay ninguna carga que borrar.", "aviso")
        return
    rotulos = {
        str(c["carga_id"]): f"{momento(c['momento'])}, {c['clase']}, {c['estado']},"
        f" {c['carga_id']}"
        for c in lista.to_dict("records")
    }
    elegida = st.selectbox(
        "Carga por borrar", list(rotulos), index=None, placeholder="Elija una",
        format_func=rotulos.__getitem__, key="por_borrar",
    )  # fmt: skip
    if elegida is None:
        return
    if visto := hacer(partial(_ver, elegida), "Averiguando qué se iría"):
        _mostrar(*visto)
        _confirmar(*visto)

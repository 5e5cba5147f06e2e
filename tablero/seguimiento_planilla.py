"""La parte de seguimiento que contesta muchas recomendaciones en una planilla."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import cast

import streamlit as st

from consultas.seleccion import Seleccion
from datos import cargas
from datos import respuestas_planilla_comparar as diferencias
from datos.actas.celdas import citar
from datos.aparte import leer_planilla
from datos.historia import Cambio
from datos.leido import Planilla
from datos.respuestas_planilla import ENCABEZADO, LLENABLES, TITULOS, actuales, elegidas
from datos.respuestas_planilla_comparar import (
    AGREGADA,
    CAMBIADA,
    CHOQUE,
    IGUAL,
    Diferencia,
)
from datos.respuestas_planilla_escribir import escribir
from datos.respuestas_planilla_leer import leer
from tablero import carga_informe, respuestas_informe
from tablero.conexion import conexion, preguntar
from tablero.descargas import XLSX, Escrito, bajar
from tablero.estado import seleccion
from tablero.exportar import EXCEL, Cuadro, nombre_de_archivo
from tablero.exportar import escribir as en_csv
from tablero.formato import contar, enumerar, fecha
from tablero.hechos import ahora
from tablero.tablas_simples import tabla_simple
from tablero.tareas import hacer
from tablero.vista import parrafo, subtitulo

LEIDA = "planilla_leida"


def _escribir(elegida: Seleccion, final: str) -> Escrito:
    suyas = respuestas_informe.filas(elegida)["enunciado_id"]
    filas = elegidas(conexion().cursor(), suyas.tolist())
    if final == ".xlsx":
        return escribir(filas, ahora()), len(filas)
    cuadro = Cuadro(ENCABEZADO, tuple(fila.celdas() for fila in filas))
    return en_csv(cuadro, EXCEL), len(filas)


def _bajar(elegida: Seleccion, cuantas: int) -> None:
    parrafo(
        f"La planilla trae {contar(cuantas, 'recomendación', 'recomendaciones')},"
        " las de los filtros puestos, con la respuesta que tengan. Llénela y súbala"
        " aquí mismo: verá qué cambia antes de guardar.",
        "nota",
    )
    with st.container(horizontal=True, key="descargas_planilla"):
        for rotulo, final, mime in (
            ("Bajar la planilla (XLSX)", ".xlsx", XLSX),
            ("Bajarla en CSV", ".csv", "text/csv"),
        ):
            nombre = nombre_de_archivo("planilla", elegida, ahora().date(), final)
            llave = f"bajar_planilla{final.replace('.', '_')}"
            bajar(
                rotulo, partial(_escribir, elegida, final), nombre, mime, llave,
                "planilla de respuestas", elegida,
            )  # fmt: skip


def _abrir(nombre: str, contenido: bytes) -> Planilla:
    planilla = leer_planilla(nombre, contenido, ENCABEZADO)
    cargas.exigir_planilla_sin_personales(nombre, planilla)
    return planilla


def _entender(nombre: str, planilla: Planilla) -> tuple[Diferencia, ...]:
    hoy = actuales(conexion().cursor())
    return diferencias.comparar(leer(nombre, planilla, hoy), hoy)


def _decir(valor: object) -> str:
    if isinstance(valor, date):
        return fecha(valor.year, valor.month, valor.day)
    return "(vacío)" if valor is None else str(valor)


def _donde(una: Diferencia) -> list[str]:
    filas = enumerar([str(leida.fila) for leida in una.filas])
    marca = " (ficticio)" if una.filas[0].es_ficticio else ""
    otras = f" y {una.otras} más que comparten la respuesta" if una.otras else ""
    return [filas, citar(una.filas[0].texto) + marca + otras]


def _tabla_de_cambios(todas: Sequence[Diferencia]) -> None:
    filas = [
        [*_donde(una), una.clase, TITULOS[campo], _decir(antes), _decir(despues)]
        for una in todas
        for campo, antes, despues in una.campos()
    ]
    tabla_simple(
        ["Fila", "Recomendación", "Respuesta", "Dato", "Antes", "Después"],
        filas,
        "Qué se guardará",
        "cambios_planilla",
    )


def _cambio(cambio: Cambio) -> str:
    partes = [
        f"{TITULOS[columna].lower()}: «{citar(_decir(a))}» → «{citar(_decir(b))}»"
        for columna, (a, b) in cambio.columnas().items()
        if columna in LLENABLES
    ]
    # Sin datos distintos, lo que cambió es a qué recomendaciones responde.
    que = "; ".join(partes) or "a qué recomendaciones responde"
    return f"{cambio.quien}, {cambio.momento:%d-%m-%Y %H:%M} UTC: {que}"


def _tabla_de_choques(todas: Sequence[Diferencia]) -> None:
    con = conexion().cursor()
    filas = [
        [*_donde(una), "\n".join(map(_cambio, diferencias.quienes(con, una)))
         or "Ya no es la respuesta de esa recomendación."]
        for una in todas
    ]  # fmt: skip
    parrafo(
        f"{contar(len(filas), 'respuesta cambió', 'respuestas cambiaron')} en la base"
        " desde que se bajó esta planilla: lo que ella trae de eso no se guardará. Baje"
        " la planilla de nuevo y vuelva a llenar esas filas.",
        "aviso",
    )
    tabla_simple(
        ["Fila", "Recomendación", "Quién cambió qué"],
        filas,
        "Lo que cambió entretanto",
        "choques_planilla",
    )


def _de(todas: Sequence[Diferencia], *clases: str) -> list[Diferencia]:
    return [una for una in todas if una.clase in clases]


def _recibir() -> None:
    archivo = st.file_uploader(
        "Planilla llena, en XLSX o CSV",
        type=["xlsx", "csv"],
        key=carga_informe.llave_de_archivo("respuestas"),
    )
    if archivo is None:
        st.session_state.pop(LEIDA, None)
        return
    # Abrir el archivo cuesta medio segundo; compararlo con la base, nada.
    guardada = st.session_state.get(LEIDA)
    if not guardada or guardada[0] != archivo.file_id:
        abrir = partial(_abrir, archivo.name, archivo.getvalue())
        guardada = (archivo.file_id, hacer(abrir, "Leyendo la planilla"))
        if guardada[1] is None:
            return
        st.session_state[LEIDA] = guardada
    planilla = cast(Planilla, guardada[1])
    for aviso in planilla.avisos:
        parrafo(aviso, "aviso")
    todas = hacer(partial(_entender, archivo.name, planilla), "Comparando")
    if todas is not None:
        _mostrar(todas)


def _mostrar(todas: Sequence[Diferencia]) -> None:
    if choques := _de(todas, CHOQUE):
        _tabla_de_choques(choques)
    iguales = len(_de(todas, IGUAL))
    cambian = _de(todas, AGREGADA, CAMBIADA)
    if iguales:
        dicho = contar(iguales, "respuesta queda igual", "respuestas quedan igual")
        parrafo(f"{dicho}.", "nota")
    if not cambian:
        parrafo("No hay nada que guardar de esta planilla.", "aviso")
        return
    _tabla_de_cambios(cambian)
    _avisar_sin_evidencia(cambian)
    carga_informe.quien()
    cuantas = contar(len(cambian), "respuesta", "respuestas")
    if st.button(f"Guardar {cuantas}", type="primary", key="guardar_planilla"):
        _guardar(todas)


def _avisar_sin_evidencia(cambian: Sequence[Diferencia]) -> None:
    sin = sum(d.despues.estado == "cerrada" and not d.despues.evidencia
              for d in cambian)  # fmt: skip
    if sin:
        dichas = contar(sin, "respuesta queda cerrada", "respuestas quedan cerradas")
        parrafo(
            f"{dichas} sin evidencia: nadie podrá comprobarlo. Si no es lo que quiere,"
            " complete la planilla y súbala de nuevo.",
            "aviso",
        )


def _guardar(todas: Sequence[Diferencia]) -> None:
    quien = str(st.session_state.get("seudonimo") or "")
    guardadas = hacer(
        lambda: diferencias.guardar(conexion(), quien, todas),
        "Guardando las respuestas",
        escribe=True,
    )
    if guardadas is None:
        return
    nuevas = contar(len(_de(todas, AGREGADA)), "nueva", "nuevas")
    cambiadas = contar(len(_de(todas, CAMBIADA)), "cambiada", "cambiadas")
    dicho = contar(guardadas, "respuesta guardada", "respuestas guardadas")
    sin = len(_de(todas, CHOQUE))
    resto = f" {contar(sin, 'no se guardó', 'no se guardaron')}: cambió entretanto."
    st.session_state["acuse"] = f"{dicho}: {nuevas} y {cambiadas}.{resto * bool(sin)}"
    st.session_state.pop(LEIDA, None)
    carga_informe.vaciar_archivos()
    st.rerun()


def planilla() -> None:
    """Da la planilla de las recomendaciones que se miran y recibe la llena."""
    subtitulo("Planilla de respuestas")
    elegida = seleccion()
    cuentas = preguntar("respuestas_estados", elegida, hoy=ahora().date())
    if cuantas := int(cuentas["recomendaciones"][0]):
        _bajar(elegida, cuantas)
    else:
        parrafo(
            "La selección no tiene recomendaciones que llevar a una planilla. Quite"
            " algún filtro, o cargue y codifique un diálogo.",
            "aviso",
        )
    _recibir()

"""La segunda parte de cargar: las actas de cada mesa, en blanco y de vuelta."""

import hashlib
from functools import partial

import streamlit as st

from consultas.seleccion import Seleccion
from datos import cargas
from datos.actas import guardado, vigentes
from datos.actas.comparar import Diferencia
from datos.actas.entender import entender
from datos.actas.forma import ENCABEZADO_CSV, ActaLeida
from datos.actas.planilla import en_blanco
from datos.actas.vigentes import Cambio
from datos.aparte import leer_planilla
from datos.escritura import Acuse, ya_cargado
from datos.ubicacion import ruta_base
from tablero import carga_informe
from tablero.conexion import conexion, preguntar
from tablero.descargas import XLSX, Escrito, bajar
from tablero.formato import NO_CONSTA
from tablero.hechos import ahora
from tablero.tablas_simples import tabla_simple
from tablero.tareas import hacer
from tablero.vista import parrafo, subtitulo

SOPORTES = {
    "papel": "papel firmado",
    "digital": "digital",
    "solo_informe": "solo el informe",
}
CLASES = {"agregado": "se agrega", "quitado": "se quita", "cambiado": "cambia"}


def _elegir_dialogo() -> str | None:
    filas = preguntar("catalogos_carga")
    suyos = filas[filas["lista"] == "dialogo"]
    dialogos = dict(zip(suyos["valor"], suyos["etiqueta"], strict=True))
    if not dialogos:
        parrafo("Todavía no hay ningún diálogo: cargue antes su informe.", "aviso")
        return None
    elegido: str = st.selectbox(
        "Diálogo",
        list(dialogos),
        format_func=dialogos.__getitem__,
        key="acta_dialogo",
        persist_state="session",
    )
    return elegido


def _mesas(dialogo: str) -> None:
    mesas = preguntar("mesas_actas", dialogo_elegido=dialogo)
    tabla_simple(
        ["Tema", "Mesa", "Registro", "Participantes", "Soporte"],
        [
            [
                f"{m.tema_numero}. {m.tema}",
                str(m.letra),
                str(m.registro),
                NO_CONSTA if m.participantes is None else str(m.participantes),
                SOPORTES.get(str(m.soporte), NO_CONSTA),
            ]
            for m in mesas.itertuples()
        ],
        "En qué quedó el registro de cada mesa",
        "mesas_actas",
    )
    bajar(
        "Bajar las actas en blanco (XLSX)",
        partial(_en_blanco, dialogo),
        f"actas_{dialogo}.xlsx",
        XLSX,
        "bajar_actas",
        "actas en blanco",
        Seleccion(dialogo=(dialogo,)),
    )


def _en_blanco(dialogo: str) -> Escrito:
    mesas = list(vigentes.mesas_de(conexion().cursor(), dialogo).values())
    return en_blanco(mesas, ahora().replace(tzinfo=None)), len(mesas)


def _leer(nombre: str, contenido: bytes) -> tuple[ActaLeida, ...]:
    planilla = leer_planilla(nombre, contenido, ENCABEZADO_CSV)
    cargas.exigir_planilla_sin_personales(nombre, planilla)
    return entender(nombre, planilla, vigentes.mesas_de(conexion().cursor()))


def _diferencia(d: Diferencia) -> list[str]:
    return [
        CLASES[d.clase],
        str(d.fila or ""),
        d.columna or "enunciado",
        d.antes or "",
        d.despues or "",
    ]


def _mostrar(cambio: Cambio) -> None:
    acta = cambio.acta
    parrafo(str(cambio), "nota")
    if cambio.diferencias:
        tabla_simple(
            ["Qué pasa", "Fila", "Dato", "Antes", "Después"],
            [_diferencia(d) for d in cambio.diferencias],
            f"Mesa {acta.mesa_id}: qué cambia de la que ya está",
            f"cambios_{acta.mesa_id}",
        )


def _recibir() -> None:
    archivo = st.file_uploader(
        "Actas llenas, en XLSX o CSV",
        type=["xlsx", "csv"],
        key=carga_informe.llave_de_archivo("actas"),
    )
    if archivo is None:
        return
    contenido = archivo.getvalue()
    huella = hashlib.sha256(contenido).hexdigest()
    if resumen := ya_cargado(conexion().cursor(), huella):
        parrafo(
            f"Ese mismo archivo ya está cargado; no se cambió nada. {resumen}", "aviso"
        )
        return
    actas = hacer(partial(_leer, archivo.name, contenido), "Leyendo las actas")
    if actas is None:
        return
    hallados = vigentes.cambios(conexion().cursor(), actas)
    for cambio in hallados:
        _mostrar(cambio)
    distintas = [c.acta for c in hallados if c.es_nueva or c.diferencias]
    if not distintas:
        parrafo("Todo está igual: no hay nada que guardar.", "aviso")
        return
    if st.button("Guardar las actas", type="primary", key="guardar_actas"):
        _guardar(archivo.name, huella, distintas)


def _guardar(nombre: str, huella: str, actas: list[ActaLeida]) -> None:
    quien = str(st.session_state.get("seudonimo") or "")

    def escribir() -> Acuse:
        con = conexion()
        return guardado.guardar(
            con,
            ruta_base(),
            cargas.revisar_quien(quien),
            nombre,
            huella,
            actas,
            cargas.reglas(con.cursor()),
        )

    acuse = hacer(escribir, "Guardando las actas", escribe=True)
    if acuse:
        st.session_state["acuse"] = acuse.resumen
        carga_informe.vaciar_archivos()
        st.rerun()


def actas() -> None:
    """Da las actas en blanco de un diálogo y recibe las llenas."""
    subtitulo("Actas de cada mesa")
    parrafo(
        "Con un acta por mesa, las dos mesas de un tema se pueden comparar.", "nota"
    )
    dialogo = _elegir_dialogo()
    if dialogo is None:
        return
    _mesas(dialogo)
    carga_informe.quien()
    _recibir()

"""La primera parte de cargar: recibir un informe, y los borradores que esperan."""

from functools import partial

import streamlit as st

from datos import borradores, cargas
from datos.cargas import Lectura
from datos.errores import ErrorDeDatos
from datos.escritura import ya_cargado
from datos.permisos import Persona, Rol
from datos.ubicacion import ruta_base
from tablero import borradores_abiertos, estado, identidad
from tablero.conexion import conexion
from tablero.tareas import hacer, mostrar_error
from tablero.vista import parrafo, subtitulo

FORMATOS = ["txt", "docx", "pdf"]
BORRADORES_A_LA_VISTA = 10


def quien() -> str:
    """Devuelve el seudónimo con que se anota lo que se escribe; vacío si no se puede.

    Sin cuentas se deja escribir. Con ellas es el de la sesión, si su rol es de edición.
    """
    if identidad.con_cuentas():
        return _de_la_sesion(identidad.persona())
    st.text_input(
        "Su seudónimo",
        key="seudonimo",
        max_chars=30,
        placeholder="equipo-norte",
        help="Queda anotado en lo que carga y codifica. No use su nombre ni su correo.",
        persist_state="session",
    )
    return str(st.session_state["seudonimo"] or "")


def _de_la_sesion(persona: Persona) -> str:
    puede = persona.rol >= Rol.EDICION
    # Lo guarda la sesión: quien escribe lo lee de ahí, venga de donde venga.
    st.session_state["seudonimo"] = persona.seudonimo if puede else ""
    parrafo(
        f"Lo que escriba queda firmado por «{persona.seudonimo}»."
        if puede
        else f"Su cuenta puede leer; para escribir hace falta «{Rol.EDICION.rotulo}».",
        "menor",
    )
    return str(st.session_state["seudonimo"])


def recibir() -> None:
    """Recibe un informe, lo lee y ofrece lo que corresponde, se conozca o no."""
    archivo = st.file_uploader(
        "Informe del diálogo, en Word (.docx), PDF o texto (.txt)",
        type=FORMATOS,
        key=llave_de_archivo("informe"),
    )
    tapar = st.checkbox("Tapar RUT, correos y teléfonos si los trae", key="tapar")
    if archivo is None:
        st.session_state.pop("leido", None)
        parrafo("Nada se guarda hasta el último paso.", "menor")
        return
    pedido = (archivo.file_id, tapar)
    if st.session_state.get("pedido_leido") != pedido:
        st.session_state["leido"] = hacer(
            partial(
                cargas.leer,
                conexion().cursor(),
                archivo.name,
                archivo.getvalue(),
                enmascarar=tapar,
            ),
            "Leyendo el archivo",
        )
        st.session_state["pedido_leido"] = pedido if st.session_state["leido"] else None
    if lectura := st.session_state.get("leido"):
        _ofrecer(lectura)


def _ofrecer(lectura: Lectura) -> None:
    for aviso in lectura.texto.avisos:
        parrafo(aviso, "aviso")
    if resumen := ya_cargado(conexion().cursor(), lectura.sha256):
        parrafo(
            f"Ese mismo archivo ya está cargado; no se cambió nada. {resumen}", "aviso"
        )
    elif lectura.hallazgo and lectura.hallazgo.ya_estaba:
        parrafo(f"{lectura.hallazgo} Su texto ya estaba cargado.", "aviso")
    elif lectura.hallazgo:
        parrafo(
            f"{lectura.hallazgo} Al adjuntarlo, el pasaje se verá junto a cada"
            " enunciado.",
            "aviso",
        )
        if st.button(
            "Adjuntar el texto a su documento", type="primary", key="adjuntar"
        ):
            _adjuntar(lectura)
    else:
        parrafo("La base no lo conoce: se revisará como un diálogo nuevo.", "nota")
        if st.button("Revisar lo que se entendió", type="primary", key="revisar"):
            _empezar(lectura)


def _adjuntar(lectura: Lectura) -> None:
    # El hilo no sabe de la sesión: lo que necesita de ella se toma antes.
    quien = str(st.session_state.get("seudonimo") or "")
    acuse = hacer(
        lambda: cargas.adjuntar(conexion(), ruta_base(), quien, lectura),
        "Guardando el texto",
        escribe=True,
    )
    if acuse:
        st.session_state["acuse"] = acuse.resumen
        vaciar_archivos()
        st.rerun()


def llave_de_archivo(nombre: str) -> str:
    """Devuelve la llave de un control de archivo; cambia cuando hay que vaciarlo."""
    return f"{nombre}_{st.session_state.get('vez_de_archivo', 0)}"


def vaciar_archivos() -> None:
    """Deja sin archivo los controles: lo que traían ya está guardado."""
    st.session_state["vez_de_archivo"] = st.session_state.get("vez_de_archivo", 0) + 1


def _empezar(lectura: Lectura) -> None:
    borrador = hacer(
        lambda: cargas.empezar(conexion().cursor(), lectura), "Entendiendo el informe"
    )
    if borrador is None:
        return
    if not borrador.informe.temas:
        mostrar_error(
            ErrorDeDatos(
                "No se le hallaron temas: no parece el informe de un diálogo. Revise"
                " que sus títulos digan «Tema 1: …» o «Temática 1: …»."
            )
        )
        return
    clave = borradores.nueva_clave()
    try:
        borradores_abiertos.guardar(clave, borrador, 0)
    except ErrorDeDatos as error:
        mostrar_error(error)
        return
    abrir_borrador(clave)
    st.rerun()


def abrir_borrador(clave: str) -> None:
    """Deja un borrador abierto en la página; vacío, ninguno."""
    estado.ir("cargar", borrador=clave, paso="dialogo")
    st.session_state.pop("version", None)
    st.session_state.pop("candidato", None)


def pendientes() -> None:
    """Muestra los borradores que esperan, para seguir con ellos o quitarlos."""
    fichas = borradores.listar(borradores_abiertos.carpeta())[:BORRADORES_A_LA_VISTA]
    if not fichas:
        return
    subtitulo("Informes en revisión")
    for ficha in fichas:
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"borrador_{ficha.clave}"
        ):
            parrafo(_rotulo(ficha), "nota")
            st.button(
                "Seguir",
                key=f"seguir_{ficha.clave}",
                on_click=abrir_borrador,
                args=(ficha.clave,),
                icon=":material/edit:",
            )
            _quitar(ficha)


def _quitar(ficha: borradores.Ficha) -> None:
    """Un botón que quita un borrador, y antes pregunta."""
    if st.session_state.get("por_quitar") != ficha.clave:
        st.button(
            "Quitar",
            key=f"quitar_{ficha.clave}",
            on_click=st.session_state.update,
            args=({"por_quitar": ficha.clave},),
            icon=":material/delete:",
        )
        return
    st.button(
        "Sí, quitarlo para todos",
        key=f"si_{ficha.clave}",
        on_click=_botar,
        args=(ficha.clave,),
        type="primary",
    )
    st.button(
        "No",
        key=f"no_{ficha.clave}",
        on_click=st.session_state.pop,
        args=("por_quitar", None),
    )


def _rotulo(ficha: borradores.Ficha) -> str:
    if ficha.cambiado is None:
        return ficha.titulo
    return f"{ficha.titulo} · cambiado {ficha.cambiado:%d-%m-%Y %H:%M} UTC"


def _botar(clave: str) -> None:
    try:
        borradores_abiertos.quitar(clave)
    except ErrorDeDatos as error:
        st.session_state[borradores_abiertos.AVISO] = error

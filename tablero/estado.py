"""Lo que una persona está mirando: en su sesión y en la dirección, siempre igual.

La dirección se lee una vez por sesión y se escribe en cada vuelta. De ella solo se
toman valores planos que existan; lo demás se ignora sin dejar rastro en pantalla.
"""

from collections.abc import Callable, Iterable, Mapping
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from consultas.seleccion import LISTAS, Seleccion
from tablero.destinos import SOLO

LARGO_BUSQUEDA = 100
LARGO_CLAVE = 80
LARGO_ACCION = 400
DE_DIALOGO = ("region", "anio", "dialogo")
SECCIONES = (
    "codificacion", "libro", "reglas", "inconsistencias", "ficha", "diccionario",
)  # fmt: skip
ADMINISTRAR = ("bitacora", "respaldos", "personales", "borrar", "fichas")
# Lo propio de cada página y los valores que admite; el primero no se escribe. Una
# tupla vacía admite la clave de cualquier enunciado, o borrador, que exista.
PROPIOS: dict[str, dict[str, tuple[str, ...]]] = {
    "enunciados": {
        "orden": ("documento", "tipo", "naturaleza", "certeza", "instrumento"),
        "sentido": ("asc", "desc"),
        "enunciado": (),
    },
    "mesas": {
        "filas": ("tipo", "tipo-naturaleza", "instrumento"),
        "estado": (
            "todos",
            "ambas",
            "solo-a",
            "solo-b",
            "conjunto",
            "no-consta",
            "plenario",
            "tension",
        ),
    },
    "metodologia": {"seccion": SECCIONES},
    "administracion": {"administrar": ADMINISTRAR},
    "cargar": {
        "parte": ("informe", "actas", "hechas"),
        "paso": ("dialogo", "temas", "enunciados", "guardar"),
        "borrador": (),
    },
    "codificar": {
        "hacer": ("codificar", "adjudicar", "unidades", "libro", "intercambio"),
        "leer": (),
    },
    "acuerdo": {
        "clase": ("persona", "modelo"),
        "faceta": ("naturaleza", "tipo", "recurso", "instrumento"),
    },
    "seguimiento": {
        "ver": ("respuestas", "planilla", "informe"),
        "cuales": (
            "todas",
            "sin-respuesta",
            "vencidas",
            "pendientes",
            "en-curso",
            "cerradas",
        ),
        "recomendacion": (),
    },
}

CON_FICTICIOS = "si"
FICTICIO = "f_ficticio"

Opciones = Mapping[str, Mapping[str, str]]
Existe = Callable[[str, str, bool], bool]


def clave(nombre: str) -> str:
    """Devuelve la clave de sesión de un filtro."""
    return f"f_{nombre}"


def _leer_direccion(opciones: Callable[[bool], Opciones], existe: Existe) -> None:
    ficticios = st.query_params.get("ficticio") == CON_FICTICIOS
    st.session_state[FICTICIO] = ficticios
    disponibles = opciones(ficticios)
    for nombre in LISTAS:
        pedidos = dict.fromkeys(st.query_params.get_all(nombre))
        validos = [valor for valor in pedidos if valor in disponibles.get(nombre, {})]
        st.session_state[clave(nombre)] = validos
    buscar = " ".join(st.query_params.get("buscar", "").split())
    st.session_state[clave("buscar")] = buscar[:LARGO_BUSQUEDA]
    for admitidos_de in PROPIOS.values():
        for nombre, admitidos in admitidos_de.items():
            valor = st.query_params.get(nombre, "")[:LARGO_CLAVE]
            if admitidos:
                valor = valor if valor in admitidos else admitidos[0]
            elif not existe(nombre, valor, ficticios):
                st.session_state[f"sin_{nombre}"] = bool(valor)
                valor = ""
            st.session_state[nombre] = valor


def iniciar(opciones: Callable[[bool], Opciones], existe: Existe) -> None:
    """Toma de la dirección lo que se mira, la primera vez que corre la sesión.

    `opciones` da los valores que hay, con o sin ficticios; `existe` dice si una clave
    es la de un enunciado visible o la de un borrador.
    """
    st.session_state["opciones"] = opciones
    st.session_state["existe"] = existe
    if "direccion_leida" not in st.session_state:
        _leer_direccion(opciones, existe)
        st.session_state["direccion_leida"] = True


def fijar() -> Seleccion:
    """Toma la selección de los filtros, una vez por vuelta, y la devuelve.

    Un valor que ya nadie tiene, porque se recodificó, deja de acotar.
    """
    valores = disponibles()
    for nombre in LISTAS:
        puestos = st.session_state[clave(nombre)]
        if not set(puestos) <= valores[nombre].keys():
            quedan = [valor for valor in puestos if valor in valores[nombre]]
            st.session_state[clave(nombre)] = quedan
    listas = {nombre: tuple(st.session_state[clave(nombre)]) for nombre in LISTAS}
    elegida = Seleccion(
        **listas,
        buscar=st.session_state[clave("buscar")] or "",
        ficticio=bool(st.session_state[FICTICIO]),
    )
    st.session_state["seleccion"] = elegida
    return elegida


def seleccion() -> Seleccion:
    """Devuelve la selección de esta vuelta."""
    elegida: Seleccion = st.session_state["seleccion"]
    return elegida


def direccion() -> str:
    """Devuelve la dirección de lo que se mira, sin el nombre del equipo."""
    return str(st.session_state["direccion"])


def escribir_direccion(pagina: str) -> None:
    """Deja en la dirección la vista actual, para copiarla y enviarla."""
    vista: dict[str, str | list[str]] = {
        nombre: list(valores) for nombre, valores in seleccion().activos().items()
    }
    if seleccion().ficticio:
        vista["ficticio"] = CON_FICTICIOS
    for nombre, admitidos in PROPIOS.get(pagina, {}).items():
        valor = str(st.session_state[nombre])
        if valor and valor not in admitidos[:1]:
            vista[nombre] = valor
    st.query_params.from_dict(vista)
    st.session_state["direccion"] = f"/{pagina}?{urlencode(vista, doseq=True)}"


def disponibles() -> Opciones:
    """Devuelve los valores que hoy ofrece cada filtro."""
    opciones: Callable[[bool], Opciones] = st.session_state["opciones"]
    return opciones(bool(st.session_state[FICTICIO]))


def acotar(pares: Iterable[tuple[str, str]]) -> None:
    """Deja cada filtro nombrado en el valor dado; los demás quedan como están.

    Con SOLO se quitan antes los que no son de diálogo: el número pulsado no los
    miraba. Lo que llega del navegador y no existe se ignora.
    """
    pares, valores = list(pares), disponibles()
    if SOLO in pares:
        de_dialogo = {nombre: st.session_state[clave(nombre)] for nombre in DE_DIALOGO}
        quitar()
        for nombre, puestos in de_dialogo.items():
            st.session_state[clave(nombre)] = puestos
    for nombre, valor in pares:
        if valor in valores.get(nombre, {}):
            st.session_state[clave(nombre)] = [valor]


def leer(filtros: str) -> None:
    """Lleva a los enunciados que hay detrás de un número, con sus filtros puestos."""
    acotar(parse_qsl(filtros))
    ir("enunciados", enunciado="")


def quitar() -> None:
    """Quita todos los filtros."""
    for nombre in LISTAS:
        st.session_state[clave(nombre)] = []
    st.session_state[clave("buscar")] = ""


def mostrar_ficticios(mostrar: bool) -> None:
    """Agrega o quita los diálogos ficticios, y los filtros que sin ellos no existen."""
    st.session_state[FICTICIO] = mostrar
    valores = disponibles()
    for nombre in LISTAS:
        puestos = st.session_state[clave(nombre)]
        st.session_state[clave(nombre)] = [v for v in puestos if v in valores[nombre]]
    if not mostrar:
        _cerrar_lo_ficticio()


def _cerrar_lo_ficticio() -> None:
    """Suelta toda clave abierta que sin los ficticios no existe."""
    existe: Existe = st.session_state["existe"]
    for admitidos_de in PROPIOS.values():
        for nombre, admitidos in admitidos_de.items():
            puesta = "" if admitidos else str(st.session_state[nombre])
            if puesta and not existe(nombre, puesta, False):
                st.session_state[nombre] = ""


def ordenar(orden: str) -> None:
    """Ordena por `orden`; si ya estaba puesto, invierte el sentido."""
    igual = st.session_state["orden"] == orden
    baja = igual and st.session_state["sentido"] == "asc"
    st.session_state["orden"] = orden
    st.session_state["sentido"] = "desc" if baja else "asc"


def ir(pagina: str, **propios: str) -> None:
    """Pide al marco otra página, con lo propio de ella ya puesto.

    Lo pone el marco al llegar: un control ya dibujado no admite que se le cambie.
    """
    st.session_state["destino"] = pagina
    st.session_state["al_llegar"] = propios


def llegar() -> str | None:
    """Pone lo propio de la página pedida y devuelve su nombre, o None si no hay."""
    for nombre, valor in st.session_state.pop("al_llegar", {}).items():
        st.session_state[nombre] = valor
    destino: str | None = st.session_state.pop("destino", None)
    return destino


def abrir_enunciado(enunciado: str) -> None:
    """Lleva a la ficha de un enunciado."""
    ir("enunciados", enunciado=enunciado)

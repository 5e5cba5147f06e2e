"""Las piezas que toda página usa: cabecera, cifras, gráfico con su tabla, vacíos."""

import html
from collections.abc import Iterator, Sequence
from functools import partial
from urllib.parse import parse_qsl

import pandas as pd
import streamlit as st

from consultas.seleccion import Seleccion
from datos.permisos import Rol, motivo_de_copia
from tablero import cifras, estado, filtros, identidad
from tablero.conexion import QUE_ESCRIBEN, fuente, preguntar
from tablero.formato import contar, de_total, enumerar
from tablero.graficos import NATURALEZAS, Figura, FiguraLista
from tablero.hechos import codificacion
from tablero.paginas import POR_NOMBRE
from tablero.tabla import Columna, mostrar

AJUSTES_GRAFICO = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
ALTERNATIVA = "La misma información está en la tabla que sigue."
AVISO_CLIC = "Pulse una parte del gráfico para acotar a ella."


def parrafo(texto: str, clase: str = "") -> None:
    """Escribe un párrafo de texto llano: lo que traiga nunca se interpreta."""
    st.html(f'<p class="{clase}">{html.escape(texto)}</p>')


def subtitulo(texto: str) -> None:
    """Escribe un subtítulo hecho de datos: lo que traiga nunca se interpreta."""
    st.html(f"<h3>{html.escape(texto)}</h3>")


def cabecera(titulo: str, bajada: str) -> dict[str, int]:
    """Escribe título, bajada y filtros puestos; devuelve las cifras de la selección.

    Si ningún enunciado pasa los filtros, lo dice, ofrece quitarlos y detiene la página.
    """
    st.title(titulo, anchor=False)
    parrafo(bajada, "bajada")
    elegida = estado.seleccion()
    halladas = cifras.de(elegida)
    frase = filtros.frase(elegida, filtros.opciones(elegida.ficticio))
    if frase:
        todo = cifras.de(Seleccion(ficticio=elegida.ficticio))
        cuantos = de_total(halladas["enunciados"], todo["enunciados"])
        verbo = "Se muestra" if halladas["enunciados"] == 1 else "Se muestran"
        with st.container(horizontal=True, vertical_alignment="center", key="filtrado"):
            parrafo(f"{verbo} {cuantos} enunciados: {frase}.", "filtros")
            st.button(
                "Quitar filtros",
                on_click=estado.quitar,
                key="quitar",
                icon=":material/close:",
            )
    if halladas["enunciados"] == 0 and not frase:
        st.info("Todavía no hay enunciados codificados. Traiga el informe o las actas"
                " de un diálogo en la página Cargar.")  # fmt: skip
        st.stop()
    if halladas["enunciados"] == 0:
        st.info("Ningún enunciado reúne todas esas condiciones. Quite algún filtro o"
                " busque con menos palabras.")  # fmt: skip
        if elegida.buscar:
            parrafo("Se busca en los enunciados, que dicen lo del documento con otras"
                    " palabras. Pruebe un sinónimo, o los filtros de instrumento y de"
                    " grupo.", "nota")  # fmt: skip
        st.stop()
    if halladas["dobles"]:
        cuantos = de_total(halladas["dobles"], halladas["enunciados"])
        parrafo(f"{cuantos} enunciados son de temas con dos registros, el conjunto y el"
                " de sus mesas: lo mismo puede estar contado más de una vez. El filtro"
                " de mesa deja uno solo.", "aviso")  # fmt: skip
    return halladas


def _al_pulsar(llave: str) -> None:
    puntos = st.session_state[llave].selection.points
    if puntos:
        estado.acotar(parse_qsl(str(puntos[0].get("customdata", ""))))


def plegado(titulo: str, llave: str) -> Iterator[None]:
    """Recorre una vez su bloque, dentro de un pliegue, y solo si está abierto.

    `for _ in plegado(…):` y no `with`, que no sabe saltarse el bloque: lo que nadie
    mira no se arma ni se envía.
    """
    caja = st.expander(titulo, key=f"plegado_{llave}", on_change="rerun")
    if caja.open:
        with caja:
            yield


def grafico(figura: Figura, alternativa: str, llave: str) -> None:
    """Dibuja una figura en la que pulsar acota, con su texto alternativo."""
    # Los nombres de un mapa van arriba; en un teléfono no caben, y se desplaza.
    es_mapa = figura["layout"].get("xaxis", {}).get("side") == "top"
    st.container(key=f"{'mapa' if es_mapa else 'figura'}_{llave}").plotly_chart(
        FiguraLista(figura),
        key=llave,
        on_select=partial(_al_pulsar, llave),
        selection_mode="points",
        config=AJUSTES_GRAFICO,
        alt=alternativa,
    )


def grafico_con_tabla(
    figura: Figura,
    datos: pd.DataFrame,
    columnas: Sequence[Columna],
    titulo: str,
    asunto: str,
    si_vacio: str = "Ningún enunciado de la selección entra en este gráfico.",
    elegida: Seleccion | None = None,
) -> None:
    """Un gráfico con título, y plegada debajo la misma información en tabla y CSV.

    Si no todo cabe en el gráfico, dice qué parte es. Sin datos, `si_vacio` dice por qué
    no lo hay.
    """
    st.subheader(titulo, anchor=False)
    if datos.empty:
        st.info(si_vacio)
        return
    avisos = " ".join(figura["layout"].get("meta", []))
    if avisos:
        parrafo(avisos, "nota")
    parrafo(AVISO_CLIC, "menor clic")
    grafico(figura, " ".join(filter(None, [f"{titulo}.", avisos, ALTERNATIVA])), asunto)
    for _ in plegado("Ver en tabla y descargar", asunto):
        mostrar(datos, columnas, titulo, asunto, elegida=elegida)


def enlace_a_enunciados(cuantos: int) -> None:
    """Lleva de un recuento a los enunciados que cuenta, con los mismos filtros."""
    st.page_link(
        POR_NOMBRE["enunciados"].ruta,
        label=f"Leer {contar(cuantos, 'enunciado', 'enunciados')} de esta vista",
        icon=":material/arrow_forward:",
    )


def enunciados(asunto: str, total: int, a_la_vista: int = 10) -> None:
    """Muestra los primeros enunciados de la selección; pulsar uno abre su ficha.

    `total` son los de la selección.
    """
    datos = preguntar("enunciados_primeros", estado.seleccion(), limite=a_la_vista)
    cuantos = de_total(len(datos), total)
    columnas = [
        Columna("texto", "Enunciado", ancho="50%"),
        Columna("naturaleza_nombre", "Naturaleza", marcas=NATURALEZAS),
        Columna("tipo_nombre", "Tipo"),
        Columna("tema", "Tema"),
    ]
    mostrar(
        datos, columnas, f"{cuantos} enunciados, en el orden de los documentos", asunto,
        abre="enunciado_id", aparte=f"solo {cuantos}, en el orden de los documentos",
    )  # fmt: skip


def aviso_ficticios() -> None:
    """Dice, sobre toda página, que lo que se mira puede traer datos inventados.

    Basta que estén encendidos: hay recuentos que no miran todos los filtros, y fichas
    que no miran ninguno.
    """
    elegida = estado.seleccion()
    if not elegida.ficticio:
        return
    halladas = cifras.de(elegida)
    cuantos = de_total(halladas["ficticios"], halladas["enunciados"])
    with st.container(horizontal=True, vertical_alignment="center", key="ficticios"):
        parrafo(
            f"Datos ficticios encendidos: {cuantos} enunciados de esta vista son"
            " inventados, para mostrar la herramienta. No los cite.",
            "ficticios",
        )
        filtros.ofrecer_ficticios("Quitar los ficticios", mostrar=False)


def aviso_sin_codificar() -> None:
    """Dice, sobre toda página, cuánto de lo cargado espera código y no se cuenta."""
    sueltos = preguntar("enunciados_sin_codificar", estado.seleccion())
    if len(sueltos):
        total = sum(sueltos["enunciados"].tolist())
        esperan = contar(total, "enunciado espera", "enunciados esperan")
        donde = enumerar(sueltos["dialogo"].tolist())
        parrafo(f"{esperan} código en {donde}: todavía no se cuentan.", "aviso")


def aviso_copia(pagina: str) -> None:
    """Dice, donde se escribe, que esta copia solo lee; detiene la que solo escribe."""
    motivo = motivo_de_copia()
    if motivo and pagina in QUE_ESCRIBEN:
        parrafo(f"{motivo}.", "aviso")
        if POR_NOMBRE[pagina].rol > Rol.LECTURA:
            st.stop()


def direccion_para_maquinas() -> None:
    """Da la dirección de esta misma selección para Power Query y otros programas."""
    filtros_puestos = html.escape(estado.seleccion().direccion())
    enlaces = " y ".join(
        f'<a href="api/enunciados.{tipo}?{filtros_puestos}">api/enunciados.{tipo}</a>'
        for tipo in ("csv", "json")
    )
    st.html(
        '<p class="menor">Para otros programas, esta misma selección está en'
        f" {enlaces}. Cómo usarla desde Excel o Power BI: página Guía.</p>"
    )


def procedencia() -> None:
    """Dice, al pie de toda página, quién codificó lo que se cuenta y con qué libro.

    Si no respondió la base de siempre, dice también quién y con datos de cuándo.
    """
    partes = codificacion(
        estado.seleccion(), "enunciado codificado", "enunciados codificados"
    )
    if partes:
        parrafo(f"{enumerar(partes)}. La unidad de todo recuento es el enunciado, no la"
                f" persona. {fuente()}".rstrip(), "procedencia")  # fmt: skip
    if not identidad.con_cuentas():
        parrafo(identidad.SIN_CUENTAS, "procedencia")

"""Las secciones de la metodología: cada una, lo que la base dice de sí misma."""

import streamlit as st

from consultas.seleccion import Seleccion
from tablero.conexion import preguntar
from tablero.estado import seleccion
from tablero.formato import NO_CONSTA, de_total
from tablero.metodo_libro import libro
from tablero.tabla import Columna, mostrar
from tablero.vista import parrafo

TITULOS = {
    "codificacion": "Cómo se codificó",
    "libro": "Libro de códigos",
    "reglas": "Reglas que sugieren",
    "inconsistencias": "Inconsistencias",
    "ficha": "Ficha del diálogo",
    "diccionario": "Diccionario",
}
# Con más, los párrafos se leen peor que una tabla.
RAZONES = 10
LIMITES = (
    "La unidad es el enunciado: una acción que se pide o un juicio que se hace. Los"
    " recuentos son de enunciados, nunca de personas.",
    "El texto de los informes no viene con el tablero. Los enunciados que trae están en"
    " palabras propias; los cargados, como se aceptaron. Cada uno lleva sección,"
    " párrafo, caracteres y la huella SHA-256 de su pasaje.",
    "Donde el documento se escribió para las dos mesas de un tema a la vez, no hay"
    " cifras por mesa ni se habla de acuerdo entre ellas. Así es el informe de"
    " Antofagasta.",
    "Donde cada mesa dejó su registro, la coincidencia (Jaccard) va con sus dos"
    " recuentos y, para comparar, con lo que daría repartir los enunciados al azar. No"
    " es una prueba estadística: no hay valores p.",
    "Un grupo convocado a una mesa no es el autor de lo que allí se dijo.",
    "Una pregunta sin enunciados está sin registro: no se sabe si se conversó.",
    "Con tan pocos casos los recuentos van con su total, sin porcentajes.",
)


def codificacion() -> None:
    """Reglas, límites, quiénes leyeron y en cuánto coincidieron."""
    for limite in LIMITES:
        parrafo(limite, "nota")
    mostrar(
        preguntar("codificadores_lista", seleccion()),
        [
            Columna("codificador_id", "Codificador"),
            Columna("clase", "Clase"),
            Columna("descripcion", "Cómo trabajó", ancho="65%"),
        ],
        "Quién codificó",
        "codificadores",
    )
    lecturas = preguntar("lecturas_coincidencia")
    lecturas["recuento"] = [
        de_total(c, n)
        for c, n in zip(lecturas["coinciden"], lecturas["enunciados"], strict=True)
    ]
    mostrar(
        lecturas,
        [
            Columna("libro", "Libro"),
            Columna("faceta", "Faceta"),
            Columna("una", "Una lectura"),
            Columna("otra", "Otra lectura"),
            Columna("clase", "Clase de quien lee"),
            Columna("recuento", "Enunciados en que coinciden"),
        ],
        "Coincidencia entre dos lecturas. Es un recuento, no un coeficiente; que dos"
        " lecturas de un modelo coincidan no prueba que acierten.",
        "coincidencia",
    )


def reglas() -> None:
    """Las palabras que sugieren un código al cargar un informe."""
    parrafo(
        "Al cargar un informe, estas palabras sugieren naturaleza y tipo. Sugerir no es"
        " codificar: nada se cuenta hasta que una persona lo acepta. Las de un código"
        " que el libro que rige ya no tiene no se usan.",
        "nota",
    )
    mostrar(
        preguntar("reglas_lista"),
        [
            Columna("expresion", "Comienzo de palabra o frase"),
            Columna("faceta", "Faceta"),
            Columna("codigo_nombre", "Código que sugiere"),
        ],
        "Reglas, con el libro de códigos de que salen",
        "reglas",
    )


def inconsistencias(elegida: Seleccion) -> None:
    """El registro de lo que el informe contradice, calla o deja ambiguo."""
    mostrar(
        preguntar("inconsistencias_registro", elegida),
        [
            Columna("asunto", "Asunto", ancho="18%"),
            Columna("clase", "Clase"),
            Columna("descripcion", "Qué dice el informe", ancho="32%"),
            Columna("secciones", "Secciones"),
            Columna("tratamiento", "Qué se hizo", ancho="28%"),
        ],
        "Registro de inconsistencias",
        "inconsistencias",
    )


def ficha(elegida: Seleccion) -> None:
    """El diálogo como acontecimiento: todos los valores dados y quiénes asistieron."""
    fichas = preguntar("dialogos_fichas", elegida)
    con_razon = fichas[fichas["fecha_razon"].notna()]
    if len(con_razon) > RAZONES:
        mostrar(
            con_razon,
            [Columna("dialogo", "Diálogo"), Columna("fecha_razon", "Razón")],
            "Cómo se llegó a la fecha de cada diálogo",
            "fechas_dialogos",
        )
    else:
        for uno in con_razon.itertuples():
            parrafo(f"{uno.dialogo}, cómo se llegó a la fecha. {uno.fecha_razon}",
                    "nota")  # fmt: skip
    mostrar(
        preguntar("dialogos_datos", elegida),
        [
            Columna("variable", "Dato"),
            Columna("valor", "Valor", ancho="40%"),
            Columna("es_aproximado", "Aproximado"),
            Columna("seccion", "Sección"),
            Columna("en_registro", "Inconsistencia registrada"),
        ],
        "Lo que el informe dice del diálogo, cada vez que lo dice",
        "datos_dialogo",
    )
    mostrar(
        preguntar("dialogos_autoridades", elegida),
        [
            Columna("cargo", "Cargo"),
            Columna("institucion", "Institución", vacio=NO_CONSTA),
            Columna("participacion", "Participación"),
            Columna("seccion", "Sección"),
        ],
        "Cargos que asistieron o intervinieron",
        "autoridades",
    )


def diccionario() -> None:
    """Qué significa cada columna de la base, según sus propios comentarios."""
    mostrar(
        preguntar("diccionario_columnas"),
        [
            Columna("columna", "Columna"),
            Columna("tabla", "Tabla"),
            Columna("tipo", "Tipo"),
            Columna("obligatoria", "Obligatoria"),
            Columna("descripcion", "Descripción", ancho="50%"),
        ],
        "Diccionario de datos",
        "diccionario",
    )


def mostrar_seccion(seccion: str, elegida: Seleccion) -> None:
    """Muestra una sección; las que dependen del diálogo respetan los filtros."""
    st.subheader(TITULOS[seccion], anchor=False)
    match seccion:
        case "codificacion":
            codificacion()
        case "libro":
            libro()
        case "reglas":
            reglas()
        case "inconsistencias":
            inconsistencias(elegida)
        case "ficha":
            ficha(elegida)
        case _:
            diccionario()

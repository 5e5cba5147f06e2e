"""Un informe inventado, con las trampas de los de verdad, en texto, Word y PDF."""

import io
import textwrap
from dataclasses import dataclass

import docx as word
from fpdf import FPDF

ANCHO = 78
LINEAS_POR_PAGINA = 23
COMUN = (
    "¿Qué le parece el sistema de inscripción del servicio? ¿Se entera a tiempo de los "
    "cursos que se abren?"
)
# El bloque común, como lo deja quien copia y pega: con otros espacios.
COMUN_CORRIDO = COMUN.replace("del servicio?", "del  servicio ?").replace("¿Se", " ¿Se")
NOMINA = (
    ("Seremi de Pesca y Bosques", "Ernestina Brumarosa Llanquín"),
    ("Directora Regional del IFT", "Próspera Quillahue"),
    ("Alcalde de Puerto Ciruelo", "Don Hilario Ventisca Moraga"),
)
PREVIO = (
    "1. Introducción.",
    "Durante el otoño el servicio reunió a la gente de la costa y del valle en un "
    "encuentro abierto, en la comuna de Puerto Ciruelo, con vecinas, oficios y "
    "empresas del territorio.",
    "El encuentro se llevó a cabo en el salón Arrayán del Centro Cultural Ciruelo y "
    "participaron cerca de 120 personas, que respondieron tres preguntas de tres "
    "temas propuestos por la región:",
    "Temática 1:",
    "• Oficios de la Costa y del Valle",
    "Descripción de participantes:",
    "Gente de mar – cooperativas",
    "¿Qué oficios se pierden en la costa? ¿Cuáles aparecen?",
    "¿Dónde convendría enseñar los oficios nuevos para que nadie tenga que viajar dos "
    "horas hasta la ciudad?",
    COMUN,
    "Temática 2:",
    "• Empresas que Enseñan",
    "Descripción de participantes:",
    "OTIC- EMPRESAS/PYMES",
    "¿Conoce el descuento por capacitar? (bono, código o franquicia), de conocerlo "
    "¿lo usa? Si no lo usa ¿qué le falta?",
    COMUN_CORRIDO,
    "Temática 3:",
    "• Escuelas, Municipios y Servicios que Trabajan por Separado en un Mismo "
    "Territorio",
    "Descripción de participantes:",
    "Escuelas rurales, municipios, juntas de vecinos",
    COMUN,
    "2. Objetivo general.",
    "Oír a quienes viven del territorio y dejar por escrito lo que piden.",
    "3. Actividad",
    "La gente se distribuyó en seis mesas, de modo que cada dos mesas trataban un solo "
    "tema, y la jornada tuvo una duración de tres horas y media, comenzando a las "
    "9:30 horas.",
    "4. Señalar lugar y fecha de actividad.",
    "Se realizó en la comuna de Puerto Ciruelo, en el Centro Cultural Ciruelo, el "
    "pasado jueves 9 de mayo.",
    "5. Autoridades asistentes, señalar cargo e institución.",
)
TRAS_LA_NOMINA = (
    "6. Cantidad de asistentes.",
    "95 personas",
    "7. Descripción del diálogo",
    "Abrió la jornada la Encargada Territorial Zulema Peñablanca, y la Seremi "
    "Ernestina Brumarosa agradeció la visita.",
    "9. Conclusiones",
)
CONCLUSIONES: dict[int, tuple[str, tuple[str, ...]]] = {
    1: (
        "Tema 1: Oficios de la costa y del valle",
        (
            "En la caleta ya casi nadie repara redes a mano, y eso cambia lo que hay "
            "que aprender. El servicio debería crear cursos de motores fuera de borda "
            "para quienes trabajan en las islas, y lo otro es mejorar el horario, "
            "porque la marea manda.",
            "Las mesas piden abrir una sede en el valle, sumar relatores de la zona y "
            "publicar cada semestre qué oficios se buscan",
            "También se habló de los traslados: hay que difundir los cursos en lugares "
            "de paso, como ferias costumbristas, avisar por radio o pegar carteles en "
            "la posta (el consultorio, para la gente mayor).",
        ),
    ),
    2: (
        "TEMÁTICA 2 - Empresas que enseñan",
        (
            "El descuento tributario es valioso porque permite enseñar sin cerrar el "
            "taller; sin embargo, las pymes no lo conocen, por lo que se propone un "
            "crédito simple para ellas.",
            "La plataforma es lenta y poco amigable. Debe permitir guardar a medias y "
            "que tuviese una versión para el teléfono.",
        ),
    ),
    3: (
        "tema 3: Escuelas, municipios y servicios que trabajan por separado en un "
        "mismo territorio",
        (
            "Las escuelas y el servicio no se hablan, pero esto se puede arreglar con "
            "una mesa de trabajo que sesione todos los meses en una escuela distinta "
            "de la provincia y que tenga actas públicas.",
            "Se repite lo dicho: falta un puente entre la escuela y el taller.",
        ),
    ),
}
NOMBRES = (
    "Brumarosa", "Llanquín", "Quillahue", "Ventisca", "Moraga", "Peñablanca",
    "Ernestina", "Próspera", "Hilario", "Zulema",
)  # fmt: skip


@dataclass(frozen=True)
class Esperado:
    """Lo que cualquier lector cuidadoso saca del informe inventado."""

    temas: tuple[tuple[int, str, tuple[str, ...]], ...]
    interrogantes: dict[int, tuple[int, ...]]
    asistentes: tuple[tuple[str, bool, str], ...]
    fecha: tuple[int | None, int, int, str]
    comuna: str
    lugar: str
    cargos: tuple[str, ...]
    parrafos: dict[int, tuple[str, ...]]


def esperado() -> Esperado:
    """Devuelve lo que hay que entender, escrito a mano y no calculado."""
    largo = (
        "Escuelas, Municipios y Servicios que Trabajan por Separado en un Mismo "
        "Territorio"
    )
    return Esperado(
        temas=(
            (1, "Oficios de la Costa y del Valle", ("Gente de mar", "cooperativas")),
            (2, "Empresas que Enseñan", ("OTIC", "EMPRESAS/PYMES")),
            (3, largo, ("Escuelas rurales", "municipios", "juntas de vecinos")),
        ),
        interrogantes={1: (2, 1, 2), 2: (3, 2), 3: (2,)},
        asistentes=(("120", True, "1"), ("95", False, "6")),
        fecha=(None, 5, 9, "jueves"),
        comuna="Puerto Ciruelo",
        lugar="salón Arrayán del Centro Cultural Ciruelo",
        cargos=(
            "Seremi de Pesca y Bosques",
            "Directora Regional del IFT",
            "Alcalde de Puerto Ciruelo",
            "Encargada Territorial",
            "Seremi",
        ),
        parrafos={numero: suyos for numero, (_, suyos) in CONCLUSIONES.items()},
    )


def _cierre() -> list[str]:
    return [
        parrafo
        for titulo, suyos in CONCLUSIONES.values()
        for parrafo in (titulo, *suyos)
    ]


def parrafos() -> list[str]:
    """Devuelve el informe por párrafos, encabezados incluidos."""
    nomina = [f"{cargo}, {nombre}" for cargo, nombre in NOMINA]
    return [*PREVIO, *nomina, *TRAS_LA_NOMINA, *_cierre()]


def texto() -> str:
    """Devuelve el informe cortado a ANCHO, a doble espacio y con saltos de página."""
    lineas: list[str] = []
    for parrafo in parrafos():
        sangria = "   " if parrafo == COMUN_CORRIDO else ""
        lineas += textwrap.wrap(parrafo, ANCHO, initial_indent=sangria)
    hojas = [
        " \n\n".join(lineas[i : i + LINEAS_POR_PAGINA])
        for i in range(0, len(lineas), LINEAS_POR_PAGINA)
    ]
    return " " + " \n\n\f".join(hojas) + " \n"


def docx() -> bytes:
    """Devuelve el informe en Word: un párrafo por párrafo, y la nómina en una tabla."""
    documento = word.Document()
    for parrafo in PREVIO:
        documento.add_paragraph(parrafo)
    tabla = documento.add_table(rows=0, cols=2)
    for fila in NOMINA:
        for celda, valor in zip(tabla.add_row().cells, fila, strict=True):
            celda.text = valor
    for parrafo in [*TRAS_LA_NOMINA, *_cierre()]:
        documento.add_paragraph(parrafo)
    archivo = io.BytesIO()
    documento.save(archivo)
    return archivo.getvalue()


def pdf() -> bytes:
    """Devuelve el informe en PDF, con letra de ancho variable y hojas pequeñas."""
    hoja = FPDF(format="letter")
    hoja.set_auto_page_break(True, margin=70)
    hoja.set_font("Helvetica", size=11)
    hoja.add_page()
    for parrafo in parrafos():
        # La letra base de un PDF no trae viñeta ni raya.
        propio = parrafo.replace("•", "-").replace("–", "-")
        hoja.multi_cell(0, 9, propio, align="L", new_x="LMARGIN", new_y="NEXT")
    return bytes(hoja.output())

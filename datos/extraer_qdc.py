"""Lee un libro de códigos REFI-QDA (.qdc) de cualquier programa, fila por fila.

Corre en un proceso aparte (`datos.extraer`). No interpreta: da los códigos como vienen,
con su nivel, y los conjuntos de códigos.
"""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, DTDForbidden  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from datos.leido import Hoja, Planilla
from datos.rechazo import DE_NUEVO, rechazo
from datos.recibir import MEGA

TAMANO_MAXIMO = 5 * MEGA
CODIGOS_MAXIMOS = 2_000
NIVELES_MAXIMOS = 20
COLUMNAS = ("nivel", "guid", "nombre", "codificable", "descripcion", "color")
Fila = tuple[str | None, ...]


def _llano(nodo: Element) -> str:
    """Devuelve el nombre del elemento sin su espacio de nombres: varía por programa."""
    return str(nodo.tag).rpartition("}")[2]


def _hijos(nodo: Element, nombre: str) -> list[Element]:
    return [hijo for hijo in nodo if _llano(hijo) == nombre]


def _abrir(contenido: bytes) -> Element:
    if len(contenido) > TAMANO_MAXIMO:
        raise rechazo(
            "",
            f"pesa más de {TAMANO_MAXIMO // MEGA} MB.",
            "Un libro de códigos no pesa tanto.",
        )
    try:
        raiz: Element = fromstring(contenido, forbid_dtd=True)
    except DTDForbidden:
        raise rechazo(
            "",
            "trae una definición de tipo (DOCTYPE), que aquí no se acepta.",
            "Expórtelo de nuevo desde su programa, o quítele la línea <!DOCTYPE …>.",
        ) from None
    except DefusedXmlException:
        raise rechazo(
            "", "trae entidades de XML, que aquí no se aceptan.", DE_NUEVO
        ) from None
    except (LookupError, ValueError):
        raise rechazo(
            "",
            "está en un código de caracteres que no se sabe leer.",
            "Guárdelo como UTF-8.",
        ) from None
    except ParseError as error:
        linea, _ = error.position
        raise rechazo(
            "",
            f"no es XML bien formado, está cortado o no está en el código de caracteres"
            f" que dice (línea {linea}).",
            DE_NUEVO,
        ) from None
    return raiz


def _recorrer(codes: Element) -> Iterator[Fila]:
    """Da cada código, el que contiene antes que los contenidos."""
    pila = [(codigo, 1) for codigo in reversed(_hijos(codes, "Code"))]
    vistos = 0
    while pila:
        codigo, nivel = pila.pop()
        vistos += 1
        if vistos > CODIGOS_MAXIMOS or nivel > NIVELES_MAXIMOS:
            raise rechazo(
                "",
                f"trae más de {CODIGOS_MAXIMOS} códigos o {NIVELES_MAXIMOS} niveles.",
                "Un libro de códigos no los necesita: redúzcalo en su programa.",
            )
        descripcion = next(iter(_hijos(codigo, "Description")), None)
        yield (
            str(nivel),
            codigo.get("guid"),
            codigo.get("name"),
            codigo.get("isCodable"),
            None if descripcion is None else "".join(descripcion.itertext()),
            codigo.get("color"),
        )
        pila += [(hijo, nivel + 1) for hijo in reversed(_hijos(codigo, "Code"))]


def extraer(contenido: bytes, encabezado: Sequence[str]) -> Planilla:
    """Devuelve las hojas «codigos» y «conjuntos»; `encabezado` no se usa."""
    raiz = _abrir(contenido)
    codes = _hijos(raiz, "Codes")
    if _llano(raiz) != "CodeBook" or not codes:
        raise rechazo(
            "",
            "no es un libro de códigos REFI-QDA: no empieza por <CodeBook>.",
            "En su programa, exporte el libro de códigos como .qdc.",
        )
    conjuntos = [
        (uno.get("name"),)
        for todos in _hijos(raiz, "Sets")
        for uno in _hijos(todos, "Set")
    ]
    filas = tuple(_recorrer(codes[0]))
    return Planilla(
        "qdc",
        (
            Hoja("codigos", (COLUMNAS, *filas)),
            Hoja("conjuntos", tuple(conjuntos[:CODIGOS_MAXIMOS])),
        ),
    )

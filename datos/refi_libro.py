"""El libro de códigos en REFI-QDA: faceta, código, y su ficha en la descripción.

La norma da a cada código un nombre y un texto libre. Las columnas del libro van en ese
texto, una por línea con su rótulo, y de ahí vuelven iguales.
"""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from datos.libros import FACETAS, Codigo
from datos.refi_xml import ORIGEN, dicho, en_bytes, guid, nodo

ESPACIO_DE_LIBRO = "urn:QDA-XML:codebook:1.0"
# Cada columna, con el rótulo de su línea. «Código» va primero: es lo que la reconoce.
ROTULOS = {
    "codigo": "Código",
    "orden": "Orden",
    "prioridad": "Lugar en el desempate",
    "definicion": "Qué abarca",
    "incluir": "Cuándo usarlo",
    "excluir": "Cuándo no usarlo",
    "ejemplo": "Ejemplo",
}
COLUMNAS = {rotulo: columna for columna, rotulo in ROTULOS.items()}
# Así se llamaba en los archivos que se bajaron antes.
COLUMNAS["Prioridad"] = "prioridad"
# Lo que sigue de un valor de varias líneas va con esta sangría: no parece otro rótulo.
SANGRIA = "    "
NOMBRES = {faceta: faceta.capitalize() for faceta in FACETAS}
DE_FACETA = "Faceta del libro de códigos: un enunciado lleva uno de sus códigos."


def describir(codigo: Codigo) -> str:
    """Devuelve la ficha de un código como texto, con un rótulo por línea."""
    lineas = []
    for columna, rotulo in ROTULOS.items():
        valor = getattr(codigo, columna)
        if valor is not None:
            lineas.append(f"{rotulo}: " + str(valor).replace("\n", f"\n{SANGRIA}"))
    return "\n".join(lineas)


def entender(descripcion: str) -> dict[str, str] | None:
    """Devuelve las columnas que `describir` puso en un texto, o None si es de otro."""
    hallado: dict[str, str] = {}
    abierta = ""
    for linea in descripcion.split("\n"):
        rotulo, separador, valor = linea.partition(": ")
        columna = COLUMNAS.get(rotulo)
        if separador and columna and columna not in hallado:
            hallado[columna], abierta = valor, columna
        elif abierta:
            hallado[abierta] += "\n" + linea.removeprefix(SANGRIA)
        else:
            return None
    return hallado if "codigo" in hallado else None


def clave(libro: str, codigo: Codigo) -> str:
    """Devuelve la clave única de un código de una versión del libro."""
    return guid("codigos", libro, codigo.faceta, codigo.codigo)


def poner_codigos(
    codes: ET.Element, libro: str, codigos: Sequence[Codigo], apellido: str = ""
) -> None:
    """Agrega las facetas de una versión y, dentro, sus códigos.

    `apellido` sigue al nombre de la faceta donde hay más de una versión.
    """
    for faceta in FACETAS:
        suyos = [codigo for codigo in codigos if codigo.faceta == faceta]
        if not suyos:
            continue
        carpeta = nodo(
            codes,
            "Code",
            guid=guid("facetas", libro, faceta),
            name=NOMBRES[faceta] + apellido,
            isCodable="false",
        )
        dicho(carpeta, "Description", DE_FACETA)
        for codigo in suyos:
            hijo = nodo(
                carpeta,
                "Code",
                guid=clave(libro, codigo),
                name=codigo.nombre,
                isCodable="true",
            )
            dicho(hijo, "Description", describir(codigo))


def qdc(libro: str, codigos: Sequence[Codigo]) -> bytes:
    """Devuelve una versión del libro de códigos como archivo .qdc."""
    raiz = ET.Element("CodeBook", {"xmlns": ESPACIO_DE_LIBRO, "origin": ORIGEN})
    poner_codigos(nodo(raiz, "Codes"), libro, codigos)
    return en_bytes(raiz)

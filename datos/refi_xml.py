"""Lo común a los dos archivos de la norma REFI-QDA 1.5: sus claves y su XML."""

import re
import uuid
from xml.etree import ElementTree as ET

ORIGEN = "Tablero de diálogos regionales"
ESPACIO = uuid.uuid5(uuid.NAMESPACE_URL, "urn:tablero-dialogos-regionales:refi-qda")
# Lo que XML 1.0 no admite ni escrito como entidad.
ILEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
EN_LUGAR = "\N{REPLACEMENT CHARACTER}"


def guid(tabla: str, *clave: str) -> str:
    """Devuelve la clave única de una fila: siempre la misma, en toda exportación."""
    # Las partes van con su largo: («a», «b/c») y («a/b», «c») no deben coincidir.
    partes = "".join(f"/{len(parte)}:{parte}" for parte in clave)
    return str(uuid.uuid5(ESPACIO, f"{tabla}{partes}"))


def legal(texto: str) -> str:
    """Devuelve el texto con lo que XML no admite cambiado, uno a uno, por «�».

    El largo no cambia: las posiciones de los pasajes siguen valiendo.
    """
    return ILEGAL.sub(EN_LUGAR, texto)


def nodo(padre: ET.Element, nombre: str, **atributos: str | None) -> ET.Element:
    """Agrega un elemento; un atributo None no se escribe."""
    dichos = {c: legal(v) for c, v in atributos.items() if v is not None}
    return ET.SubElement(padre, nombre, dichos)


def dicho(padre: ET.Element, nombre: str, texto: str) -> ET.Element:
    """Agrega un elemento con texto; sin texto, igual lo agrega vacío."""
    hijo = ET.SubElement(padre, nombre)
    hijo.text = legal(texto)
    return hijo


def en_bytes(raiz: ET.Element) -> bytes:
    """Devuelve el documento en UTF-8, con sangría, siempre igual para lo mismo."""
    ET.indent(raiz)
    cuerpo = ET.tostring(raiz, encoding="unicode")
    # Un retorno suelto se leería como salto de línea si no va como entidad.
    declaracion = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return (declaracion + cuerpo.replace("\r", "&#13;") + "\n").encode()

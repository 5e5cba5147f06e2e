"""Un proyecto REFI-QDA 1.5 (.qdpx): textos, pasajes, códigos, codificadores y casos.

Dos exportaciones de lo mismo son iguales byte por byte: claves, orden y fechas salen de
los datos. Por eso no dice cuándo se exportó; lo dice el nombre del archivo.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from xml.etree import ElementTree as ET

from datos.refi_casos import casos, poner_casos
from datos.refi_datos import Fila, Reunido
from datos.refi_fuentes import Fuente, Pasaje, fuentes
from datos.refi_libro import poner_codigos
from datos.refi_xml import ORIGEN, dicho, en_bytes, guid, nodo

ESPACIO_DE_PROYECTO = "urn:QDA-XML:project:1.0"
SIN_FECHA = (1980, 1, 1, 0, 0, 0)
INSTRUMENTO = "instrumento"
ATRIBUCION = {
    "mesa": "registro de la mesa {letra}",
    "tema": "registro conjunto de las dos mesas del tema",
    "plenario": "dicho en el plenario",
}


def _momento(cuando: datetime) -> str:
    return f"{cuando.isoformat(timespec='seconds')}Z"


def _usuario(codificador: str) -> str:
    return guid("codificadores", codificador)


def _codigo(puesta: Fila) -> str:
    if puesta["faceta"] == INSTRUMENTO:
        return guid("instrumentos", puesta["codigo"])
    return guid("codigos", puesta["libro_id"], puesta["faceta"], puesta["codigo"])


def _poner_libro(raiz: ET.Element, datos: Reunido) -> None:
    codes = nodo(nodo(raiz, "CodeBook"), "Codes")
    for libro in datos.libros:
        apellido = f" ({libro.nombre})" if len(datos.libros) > 1 else ""
        poner_codigos(codes, libro.libro_id, libro.codigos, apellido)
    carpeta = nodo(
        codes,
        "Code",
        guid=guid("facetas", INSTRUMENTO),
        name="Instrumentos",
        isCodable="false",
    )
    dicho(carpeta, "Description", "Instrumentos de política que se mencionan.")
    for uno in datos.instrumentos:
        hijo = nodo(
            carpeta,
            "Code",
            guid=guid("instrumentos", uno["instrumento_id"]),
            name=uno["nombre"],
            isCodable="true",
        )
        dicho(hijo, "Description", f"Instrumento {uno['estado']}.")


def _describir(pasaje: Pasaje, puestas: Sequence[Fila]) -> str:
    """Dice de un pasaje su enunciado, quién lo dijo, dónde consta y qué se cuenta."""
    e = pasaje.enunciado
    atribucion = ATRIBUCION[e["nivel_atribucion"]].format(letra=e["letra"])
    lugares = "; ".join(
        f"sección {c['seccion']}, párrafo {c['parrafo']}, caracteres"
        f" {c['primer_caracter']} a {c['ultimo_caracter']}, SHA-256 {c['sha256']}"
        for c in pasaje.citas
    )
    quienes = sorted({p["codificador_id"] for p in puestas if p["es_principal"]})
    cuenta = (
        f"Se cuenta la lectura de {', '.join(f'«{q}»' for q in quienes)}."
        if quienes
        else "Espera código: todavía no se cuenta."
    )
    return "\n".join(
        [
            f"Enunciado: {e['texto']}",
            f"Atribución: {atribucion}.",
            f"Responde a: {e['pregunta'] or 'ninguna de las preguntas planteadas'}",
            f"Certeza: {e['certeza']}.",
            f"Consta en: {lugares}.",
            cuenta,
        ]
    )


def _poner_pasaje(
    fuente: ET.Element, pasaje: Pasaje, puestas: Sequence[Fila], notas: Sequence[Fila]
) -> None:
    # La norma dice «primero y último carácter», y en sus propios ejemplos el segundo
    # número es el que sigue al último («granola», de 62 a 69).
    marca = nodo(
        fuente,
        "PlainTextSelection",
        guid=pasaje.guid,
        name=pasaje.enunciado["enunciado_id"],
        startPosition=str(pasaje.tramo.desde),
        endPosition=str(pasaje.tramo.hasta),
    )
    dicho(marca, "Description", _describir(pasaje, puestas))
    for puesta in puestas:
        coding = nodo(
            marca,
            "Coding",
            guid=guid("codificaciones", pasaje.guid, puesta["clave"]),
            creatingUser=_usuario(puesta["codificador_id"]),
            creationDateTime=_momento(puesta["momento"]),
        )
        nodo(coding, "CodeRef", targetGUID=_codigo(puesta))
        if puesta["nota"]:
            nodo(coding, "NoteRef", targetGUID=_clave_de_nota(puesta))
    for nota in notas:
        nodo(marca, "NoteRef", targetGUID=_clave_de_nota(nota))


def _clave_de_nota(fila: Fila) -> str:
    if "clave" in fila:
        return guid("notas", fila["clave"])
    return guid(
        "lecturas", fila["enunciado_id"], fila["libro_id"], fila["codificador_id"]
    )


def _agrupar(filas: Sequence[Fila]) -> dict[str, list[Fila]]:
    por: dict[str, list[Fila]] = {}
    for fila in filas:
        por.setdefault(fila["enunciado_id"], []).append(fila)
    return por


def _poner_fuentes(raiz: ET.Element, todas: Sequence[Fuente], datos: Reunido) -> None:
    puestas, notas = _agrupar(datos.puestas), _agrupar(datos.notas)
    sources = nodo(raiz, "Sources")
    for fuente in todas:
        texto = nodo(
            sources,
            "TextSource",
            guid=fuente.guid,
            name=fuente.nombre,
            plainTextPath=f"internal://{fuente.archivo}",
        )
        dicho(texto, "Description", fuente.descripcion)
        for pasaje in fuente.pasajes:
            clave = pasaje.enunciado["enunciado_id"]
            _poner_pasaje(texto, pasaje, puestas.get(clave, ()), notas.get(clave, ()))


def _poner_notas(raiz: ET.Element, datos: Reunido) -> None:
    con_nota = [*datos.notas, *(p for p in datos.puestas if p["nota"])]
    if not con_nota:
        return
    notes = nodo(raiz, "Notes")
    for fila in con_nota:
        nota = nodo(
            notes,
            "Note",
            guid=_clave_de_nota(fila),
            name=f"Nota de {fila['codificador_id']} a {fila['enunciado_id']}",
            creatingUser=_usuario(fila["codificador_id"]),
            creationDateTime=_momento(fila["momento"]),
        )
        dicho(nota, "PlainTextContent", fila["nota"])


def _documento(
    nombre: str, descripcion: str, datos: Reunido, todas: Sequence[Fuente]
) -> bytes:
    momentos = sorted(p["momento"] for p in datos.puestas)
    fechas = {
        "creationDateTime": _momento(momentos[0]),
        "modifiedDateTime": _momento(momentos[-1]),
    } if momentos else {}  # fmt: skip
    raiz = ET.Element("Project", {"xmlns": ESPACIO_DE_PROYECTO, "name": nombre,
                                  "origin": ORIGEN, **fechas})  # fmt: skip
    if datos.codificadores:
        usuarios = nodo(raiz, "Users")
        for uno in datos.codificadores:
            quien = uno["codificador_id"]
            nodo(usuarios, "User", guid=_usuario(quien), name=quien, id=uno["clase"])
    _poner_libro(raiz, datos)
    poner_casos(raiz, casos(datos, todas))
    if todas:
        _poner_fuentes(raiz, todas, datos)
    _poner_notas(raiz, datos)
    dicho(raiz, "Description", descripcion)
    return en_bytes(raiz)


def qdpx(nombre: str, descripcion: str, datos: Reunido) -> bytes:
    """Devuelve el paquete .qdpx de lo reunido; `descripcion` es su presentación."""
    todas = fuentes(datos)
    partes = [("project.qde", _documento(nombre, descripcion, datos, todas))]
    partes += [(f"sources/{f.archivo}", f.texto.encode()) for f in todas]
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as paquete:
        for ruta, contenido in partes:
            entrada = zipfile.ZipInfo(ruta, SIN_FECHA)
            entrada.compress_type = zipfile.ZIP_DEFLATED
            entrada.create_system = 0
            paquete.writestr(entrada, contenido)
    return salida.getvalue()

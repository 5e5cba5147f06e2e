"""Lee el texto de un .docx en su orden, con sus tablas entre los párrafos."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

import docx
from docx.oxml.ns import qn

from datos.extraer_texto import LETRAS_MAXIMAS, aviso_de_quitados, limpiar
from datos.leido import FIN_DE_PARRAFO, Texto
from datos.rechazo import rechazo

ENTRE_CELDAS = " | "
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Lo que envuelve párrafos, filas o celdas sin ser uno: controles de contenido, lo
# insertado o movido con control de cambios. iter_inner_content() no entra en ellos y
# ese texto se perdería sin aviso.
ENVOLTORIOS = {
    *map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml")),
    qn("w:smartTag"),
    f"{MC}AlternateContent",
    f"{MC}Choice",
}
# Lo borrado y lo que se movió de aquí ya no están; de una alternativa se lee una.
SALTADOS = {
    *map(qn, ("w:del", "w:moveFrom", "w:txbxContent", "w:pPr", "w:rPr")),
    f"{MC}Fallback",
}
SIGNOS = {
    qn("w:tab"): "\t",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
# Qué buscar en el cuerpo para avisar, y el aviso.
NO_LEIDO = (
    ("w:txbxContent", "Trae cuadros de texto, que no se leen."),
    ("w:footnoteReference", "Trae notas al pie, que no se leen."),
    ("w:endnoteReference", "Trae notas al final, que no se leen."),
    ("w:ins", "Trae cambios sin aceptar: se leyó como si se aceptaran."),
    ("w:del", "Trae cambios sin aceptar: se leyó como si se aceptaran."),
    ("w:altChunk", "Trae otro documento incrustado, que no se lee."),
    ("w:numPr", "Trae numeración automática: los números de esos párrafos no se leen."),
)

# lxml no declara tipos.
Elemento = Any


def _hijos(elemento: Elemento, etiquetas: set[str]) -> Iterator[Elemento]:
    """Da los hijos con esas etiquetas, mirando a través de los envoltorios."""
    for hijo in elemento:
        if hijo.tag in etiquetas:
            yield hijo
        elif hijo.tag in ENVOLTORIOS:
            yield from _hijos(hijo, etiquetas)


def _letras(elemento: Elemento) -> Iterator[str]:
    for hijo in elemento:
        if hijo.tag == qn("w:t"):
            yield hijo.text or ""
        elif hijo.tag == qn("w:br"):
            yield " " if hijo.get(qn("w:type")) in ("page", "column") else "\n"
        elif hijo.tag in SIGNOS:
            yield SIGNOS[hijo.tag]
        elif hijo.tag not in SALTADOS:
            yield from _letras(hijo)


def _celda(celda: Elemento) -> str:
    return " ".join(" ".join(_bloques(celda)).split())


def _filas(tabla: Elemento) -> Iterator[str]:
    """Da una línea por fila; cada celda una vez, también si ocupa varias columnas."""
    for fila in _hijos(tabla, {qn("w:tr")}):
        if fila.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
            celdas = [_celda(celda) for celda in _hijos(fila, {qn("w:tc")})]
            yield ENTRE_CELDAS.join(celdas).strip() if any(celdas) else ""


def _bloques(contenedor: Elemento) -> Iterator[str]:
    for bloque in _hijos(contenedor, {qn("w:p"), qn("w:tbl")}):
        if bloque.tag == qn("w:p"):
            yield "".join(_letras(bloque)).strip()
        else:
            yield from _filas(bloque)


def _hay_numeros_de_estilo(cuerpo: Elemento, estilos: Elemento) -> bool:
    usados = {estilo.get(qn("w:val")) for estilo in cuerpo.iter(qn("w:pStyle"))}
    return any(
        estilo.get(qn("w:styleId")) in usados
        and next(estilo.iter(qn("w:numPr")), None) is not None
        for estilo in estilos
    )


def _avisos(cuerpo: Elemento, estilos: Elemento) -> tuple[str, ...]:
    avisos = [
        aviso
        for etiqueta, aviso in NO_LEIDO
        if next(cuerpo.iter(qn(etiqueta)), None) is not None
    ]
    if _hay_numeros_de_estilo(cuerpo, estilos):
        avisos.append(NO_LEIDO[-1][1])
    return tuple(dict.fromkeys(avisos))


def extraer(contenido: bytes, _encabezado: Sequence[str]) -> Texto:
    """Lee un .docx: FIN_DE_PARRAFO y un salto cierran párrafos y filas de tabla."""
    documento = docx.Document(io.BytesIO(contenido))
    cuerpo = documento.element.body
    parrafos, letras, quitados = [], 0, 0
    for bloque in filter(None, _bloques(cuerpo)):
        letras += len(bloque)
        if letras > LETRAS_MAXIMAS:
            raise rechazo("", "pasa de cinco millones de letras.", "Divídalo.")
        limpio, invisibles = limpiar(bloque)
        quitados += invisibles
        if limpio.strip():
            parrafos.append(f"{limpio}{FIN_DE_PARRAFO}\n")
    if not parrafos:
        remedio = "Si el texto está en imágenes o cuadros, cópielo al documento."
        raise rechazo("", "no trae texto en el cuerpo.", remedio)
    avisos = _avisos(cuerpo, documento.styles.element) + aviso_de_quitados(quitados)
    return Texto("docx", "".join(parrafos), avisos)

"""Escribe la planilla de respuestas: protegida, salvo lo que se llena."""

import io
from collections.abc import Sequence
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from datos.actas.formatos import imprimible
from datos.actas.planilla import AJUSTES, LARGO_CELDA
from datos.errores import ErrorDeDatos
from datos.extraer_planilla import FILAS_MAXIMAS
from datos.respuestas_planilla import (
    COLUMNAS,
    ESTADOS,
    HOJA,
    HOJA_INSTRUCCIONES,
    LLENABLES,
    PRIMERA_FECHA,
    RESULTADOS,
    TITULOS,
    ULTIMA_FECHA,
    FilaRespuesta,
)

ANCHOS = {
    "enunciado_id": 14, "dialogo": 18, "tema": 24, "texto": 46, "unidad": 22,
    "resultado": 18, "razon": 34, "accion": 34, "responsable": 24, "vence": 13,
    "estado": 12, "avance": 30, "evidencia": 30, "respuesta_id": 12, "version": 9,
}  # fmt: skip
LISTAS = {"resultado": RESULTADOS, "estado": ESTADOS}
OBLIGATORIAS = ("unidad", "resultado", "estado")
INSTRUCCIONES: tuple[tuple[str, str], ...] = (
    ("Qué es", "Una fila por recomendación, con la respuesta que hoy tiene."),
    ("Qué se llena", "De «Unidad» a «Evidencia». Lo demás está protegido."),
    ("Sin respuesta", "Deje la fila vacía: no se guarda nada de ella."),
    ("Con respuesta", "Unidad, Resultado y Estado no pueden faltar."),
    ("Resultado", "De la lista: aceptada, aceptada en parte o no acogida."),
    ("Razón", "Obligatoria si no se acoge, o si se acepta solo en parte."),
    ("Responsable", "El cargo, nunca el nombre de una persona."),
    ("Vence", "Una fecha: 31-12-2026 o 2026-12-31. Vacía si no hay fecha."),
    ("Estado", "De la lista: pendiente, en curso o cerrada."),
    ("Evidencia", "Dónde se comprueba: una dirección o el nombre de un documento."),
    (
        "Respuesta y Versión",
        "Dicen qué había al bajar la planilla. No las cambie: con ellas se sabe si otra"
        " persona la cambió entretanto.",
    ),
    (
        "Misma respuesta",
        "Las filas con la misma clave de respuesta la comparten: cámbielas todas igual."
        " Si una planilla filtrada trae solo algunas, el cambio vale para todas.",
    ),
    ("Borrar", "Una respuesta no se borra por planilla: se hace en la página."),
    (
        "No escriba",
        "Nombres, RUT, correos ni teléfonos; fórmulas, ni textos que empiecen con =, +"
        " o @. No agregue filas ni columnas.",
    ),
    ("Ficticios", "Un diálogo marcado [FICTICIO] es inventado: no lo cite."),
    ("Al terminar", "Súbala en la página Seguimiento: verá qué cambia y confirmará."),
)


def _formatos(libro: xlsxwriter.Workbook) -> dict[str, Format]:
    comun = {"valign": "top", "text_wrap": True, "border": 1}
    # El formato de texto y la comilla oculta: ni al editarla se vuelve fórmula.
    texto = {**comun, "num_format": "@", "locked": False}
    fijo = {**comun, "num_format": "@", "quote_prefix": True, "italic": True}
    return {
        "titulo": libro.add_format({"bold": True, "font_size": 14}),
        "rotulo": libro.add_format({**comun, "bold": True, "num_format": "@"}),
        "fijo": libro.add_format(fijo),
        "numero": libro.add_format({**comun, "num_format": "0", "italic": True}),
        "texto": libro.add_format(texto),
        "citado": libro.add_format({**texto, "quote_prefix": True}),
        "fecha": libro.add_format(
            {**comun, "num_format": "dd-mm-yyyy", "align": "left", "locked": False}
        ),
    }


def _celda(
    hoja: Worksheet, fila: int, lugar: int, valor: object, formas: dict[str, Format]
) -> None:
    columna = COLUMNAS[lugar]
    if columna == "vence":
        forma = formas["fecha"]
    elif columna in LLENABLES:
        forma = formas["texto" if valor is None else "citado"]
    else:
        forma = formas["numero" if isinstance(valor, int) else "fijo"]
    if valor is None:
        hoja.write_blank(fila, lugar, None, forma)
    elif isinstance(valor, date):
        hoja.write_datetime(
            fila, lugar, datetime.combine(valor, datetime.min.time()), forma
        )
    elif isinstance(valor, int):
        hoja.write_number(fila, lugar, valor, forma)
    else:
        hoja.write_string(fila, lugar, str(valor)[:LARGO_CELDA], forma)


def _validar(hoja: Worksheet, ultima: int) -> None:
    for columna, opciones in LISTAS.items():
        lugar = COLUMNAS.index(columna)
        hoja.data_validation(1, lugar, ultima, lugar, {
            "validate": "list", "source": list(opciones),
            "error_title": "No está en la lista",
            "error_message": "Elija un valor de la lista, o deje la celda vacía.",
        })  # fmt: skip
    lugar = COLUMNAS.index("vence")
    hoja.data_validation(1, lugar, ultima, lugar, {
        "validate": "date", "criteria": "between",
        "minimum": PRIMERA_FECHA, "maximum": ULTIMA_FECHA,
        "input_title": "Vence", "input_message": "Una fecha, como 31-12-2026.",
        "error_title": "No es una fecha posible",
        "error_message": "Escriba una fecha como 31-12-2026, o deje la celda vacía.",
    })  # fmt: skip


def _instrucciones(hoja: Worksheet, formas: dict[str, Format]) -> None:
    imprimible(hoja)
    hoja.set_column(0, 0, 22)
    hoja.set_column(1, 1, 88)
    hoja.write_string(0, 0, "Cómo llenar la planilla de respuestas", formas["titulo"])
    for fila, (rotulo, texto) in enumerate(INSTRUCCIONES, start=2):
        hoja.write_string(fila, 0, rotulo, formas["rotulo"])
        hoja.write_string(fila, 1, texto, formas["fijo"])
    hoja.protect()


def escribir(filas: Sequence[FilaRespuesta], creado: datetime) -> bytes:
    """Devuelve el XLSX con una fila por recomendación, en el orden dado.

    Con las mismas filas y la misma fecha, los mismos bytes. Lanza ErrorDeDatos sin
    filas, o con más de las que después se podrían subir.
    """
    if not filas:
        raise ErrorDeDatos("No hay recomendaciones que llevar a la planilla.")
    if len(filas) >= FILAS_MAXIMAS:
        raise ErrorDeDatos(
            f"Son {len(filas)} recomendaciones y una planilla admite"
            f" {FILAS_MAXIMAS - 1}. Filtre y bájela por partes."
        )
    salida = io.BytesIO()
    libro = xlsxwriter.Workbook(salida, AJUSTES)
    libro.set_properties({"created": creado.replace(tzinfo=None)})
    formas = _formatos(libro)
    hoja = libro.add_worksheet(HOJA)
    imprimible(hoja)
    for lugar, columna in enumerate(COLUMNAS):
        hoja.set_column(lugar, lugar, ANCHOS[columna])
        obligatoria = " *" if columna in OBLIGATORIAS else ""
        hoja.write_string(0, lugar, TITULOS[columna] + obligatoria, formas["rotulo"])
    for numero, fila in enumerate(filas, start=1):
        for lugar, valor in enumerate(fila.celdas()):
            _celda(hoja, numero, lugar, valor, formas)
    _validar(hoja, len(filas))
    # La clave y la recomendación siguen a la vista al correr hacia la derecha.
    hoja.freeze_panes(1, 2)
    hoja.repeat_rows(0)
    hoja.autofilter(0, 0, len(filas), len(COLUMNAS) - 1)
    permisos = {"format_rows": True, "format_columns": True, "autofilter": True}
    hoja.protect("", permisos)
    _instrucciones(libro.add_worksheet(HOJA_INSTRUCCIONES), formas)
    libro.close()
    return salida.getvalue()

"""Escribe el acta en blanco: una planilla para llenar, con una hoja por mesa."""

import io
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from datos.actas.forma import (
    CABECERA,
    COLUMNAS,
    HOJA_INSTRUCCIONES,
    HOJA_LISTAS,
    LARGO_TEXTO,
    MAXIMO_PARTICIPANTES,
    SOPORTES,
    TITULO_DEL_ACTA,
    TITULOS,
    MesaEnBlanco,
    rotulo_pregunta,
    rotulo_tema,
)
from datos.actas.formatos import (
    Formatos,
    Listas,
    crear_formatos,
    desplegar,
    imprimible,
)
from datos.actas.instrucciones import escribir_instrucciones
from datos.errores import ErrorDeDatos

# Un texto es un texto: nada se vuelve fórmula, enlace ni número por parecerlo.
AJUSTES = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
ANCHOS = {
    "pregunta": 34,
    "enunciado": 64,
    "naturaleza": 18,
    "tipo": 28,
    "observacion": 30,
}
FILAS_CON_FORMATO = 60
# Quien escriba bajo las filas con formato sigue teniendo las listas.
FILAS_CON_LISTA = 1_000
# Al cargarla se admiten 20 hojas: estas, las instrucciones y las listas.
MESAS_MAXIMAS = 18
LARGO_CELDA = 32_767
LARGO_NOMBRE_HOJA = 31


def _nombre_de_hoja(mesa: MesaEnBlanco, usados: set[str]) -> str:
    """Devuelve «Tema 1 mesa A», con un número si otra hoja ya se llama así."""
    letra = "".join(c for c in mesa.letra if c.isalnum())
    base = f"Tema {mesa.tema_numero} mesa {letra}"[: LARGO_NOMBRE_HOJA - 6].rstrip()
    nombre, vez = base, 1
    while nombre.casefold() in usados:
        vez += 1
        nombre = f"{base} ({vez})"
    usados.add(nombre.casefold())
    return nombre


def _cabecera(
    hoja: Worksheet, mesa: MesaEnBlanco, formatos: Formatos, listas: Listas
) -> None:
    fijos = {
        "mesa_id": mesa.mesa_id,
        "dialogo": mesa.dialogo,
        "tema": rotulo_tema(mesa),
        "letra": mesa.letra,
    }
    # Cerrada entera: lo que se escriba en la cabecera fuera de su casilla se pierde.
    for fila in range(len(CABECERA) + 2):
        for columna in range(len(COLUMNAS)):
            hoja.write_blank(fila, columna, None, formatos.fijo)
    hoja.write_string(0, 0, TITULO_DEL_ACTA, formatos.titulo)
    for fila, casilla in enumerate(CABECERA, start=1):
        hoja.write_string(fila, 0, TITULOS[casilla], formatos.rotulo)
        if casilla in fijos:
            hoja.write_string(fila, 1, fijos[casilla][:LARGO_CELDA], formatos.fijo)
    _casillas_por_llenar(hoja, formatos, listas)


def _casillas_por_llenar(hoja: Worksheet, formatos: Formatos, listas: Listas) -> None:
    participantes = 1 + CABECERA.index("participantes")
    hoja.write_blank(participantes, 1, None, formatos.entero)
    entero = {
        "validate": "integer",
        "criteria": "between",
        "minimum": 0,
        "maximum": MAXIMO_PARTICIPANTES,
        "input_title": "Participantes",
        "input_message": "Un número entero. Déjela vacía si no consta.",
        "error_title": "No es un número posible",
        "error_message": f"Escriba un entero de 0 a {MAXIMO_PARTICIPANTES}.",
    }
    hoja.data_validation(participantes, 1, participantes, 1, entero)
    soporte = 1 + CABECERA.index("soporte")
    hoja.write_blank(soporte, 1, None, formatos.celda)
    rango = listas.rango(tuple(nombre for _, nombre in SOPORTES))
    desplegar(hoja, (soporte, 1, soporte, 1), rango)


def _enunciados(
    hoja: Worksheet, mesa: MesaEnBlanco, formatos: Formatos, listas: Listas
) -> None:
    inicio = len(CABECERA) + 2
    preguntas = enumerate(mesa.preguntas, start=1)
    opciones = {
        "pregunta": tuple(rotulo_pregunta(n, texto) for n, (_, texto) in preguntas),
        "naturaleza": tuple(nombre for _, nombre in mesa.naturalezas),
        "tipo": tuple(nombre for _, nombre in mesa.tipos),
    }
    for lugar, columna in enumerate(COLUMNAS):
        hoja.set_column(lugar, lugar, ANCHOS[columna], formatos.texto)
        hoja.write_string(inicio, lugar, TITULOS[columna], formatos.rotulo)
        for fila in range(inicio + 1, inicio + 1 + FILAS_CON_FORMATO):
            hoja.write_blank(fila, lugar, None, formatos.celda)
        if elegibles := opciones.get(columna):
            zona = (inicio + 1, lugar, inicio + FILAS_CON_LISTA, lugar)
            desplegar(hoja, zona, listas.rango(elegibles))
    _limitar_largo(hoja, inicio)
    hoja.freeze_panes(inicio + 1, 0)
    hoja.repeat_rows(inicio)
    hoja.print_area(0, 0, inicio + FILAS_CON_FORMATO, len(COLUMNAS) - 1)


def _limitar_largo(hoja: Worksheet, inicio: int) -> None:
    largo = {
        "validate": "length",
        "criteria": "<=",
        "value": LARGO_TEXTO,
        "error_title": "Demasiado largo",
        "error_message": f"Hasta {LARGO_TEXTO} caracteres: sepárelo en varias filas.",
    }
    enunciado = COLUMNAS.index("enunciado")
    hoja.data_validation(
        inicio + 1, enunciado, inicio + FILAS_CON_LISTA, enunciado, largo
    )


def en_blanco(mesas: Sequence[MesaEnBlanco], creado: datetime) -> bytes:
    """Devuelve el XLSX para llenar: instrucciones y una hoja por mesa, en su orden.

    Con las mismas mesas y la misma fecha, los mismos bytes. Lanza ErrorDeDatos sin
    mesas, que llenar, o con más de MESAS_MAXIMAS, que después no se podrían cargar.
    """
    if not mesas:
        raise ErrorDeDatos("No hay mesas que llenar. Elija un diálogo con mesas.")
    if len(mesas) > MESAS_MAXIMAS:
        raise ErrorDeDatos(
            f"Son {len(mesas)} mesas y una planilla lleva hasta {MESAS_MAXIMAS}."
            " Baje las actas por partes."
        )
    salida = io.BytesIO()
    libro = xlsxwriter.Workbook(salida, AJUSTES)
    libro.set_properties({"created": creado.replace(tzinfo=None)})
    formatos, listas = crear_formatos(libro), Listas()
    escribir_instrucciones(libro.add_worksheet(HOJA_INSTRUCCIONES), formatos)
    usados: set[str] = set()
    for mesa in mesas:
        hoja = libro.add_worksheet(_nombre_de_hoja(mesa, usados))
        imprimible(hoja)
        _enunciados(hoja, mesa, formatos, listas)
        _cabecera(hoja, mesa, formatos, listas)
        permisos = {"format_rows": True, "format_columns": True, "insert_rows": True}
        hoja.protect("", permisos)
    listas.escribir(libro.add_worksheet(HOJA_LISTAS), formatos.fijo)
    libro.close()
    return salida.getvalue()

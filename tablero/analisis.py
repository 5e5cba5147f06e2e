"""La tabla para analizar fuera: una fila por enunciado y una columna 0 o 1 por código.

Vacío es que no consta: nadie lo codificó, o su versión del libro no tiene ese código.
Nunca es 0.
"""

import re
from typing import Any, cast

import pandas as pd

from consultas.seleccion import Seleccion, sin_acentos
from tablero.conexion import preguntar
from tablero.exportar import Cuadro

Fila = dict[str, Any]
Significados = tuple[tuple[str, str], ...]
FACETAS = ("naturaleza", "tipo", "recurso")
NO_ES_LETRA = re.compile(r"\W")
ESTADO = "estado_codigo"
SE_CUENTA, ESPERA = "se cuenta", "espera código"
# Los nombres de columna son públicos: cambiarlos rompe análisis ajenos.
IDENTIFICAN = {
    "enunciado_id": "Clave del enunciado.",
    "dialogo_id": "Clave del diálogo.",
    "dialogo": "Diálogo regional.",
    "es_ficticio": "1 si el diálogo es inventado, para demostración; 0 si no.",
    "region_id": "Código oficial de la región.",
    "region": "Región de Chile.",
    "anio": "Año del diálogo; vacío si no consta.",
    "tema_dialogo_id": "Clave del tema en el diálogo.",
    "tema_id": "Número del tema canónico, común a los diálogos.",
    "tema_numero": "Número del tema en el diálogo.",
    "tema": "Nombre del tema en el diálogo.",
    "mesa_id": "Clave de la mesa; vacío si el documento no separa las mesas.",
    "mesa": "A, B, conjunto (el documento no separa las mesas) o plenario.",
    "nivel_atribucion": "mesa, tema (registro conjunto de sus mesas) o plenario.",
    "pregunta_id": "Clave del bloque que responde; vacío si no responde a ninguno.",
    "pregunta": "Bloque de preguntas que responde, en palabras propias.",
    "texto": "El enunciado: en palabras propias o, si se cargó, como se aceptó.",
    "certeza": "Alta: el pasaje lo dice. Media: algo se infiere. Baja: es ambiguo.",
    "reitera_a": "Clave del enunciado anterior que este repite; vacío si ninguno.",
    ESTADO: "«se cuenta», o «espera código»: sus columnas de códigos van vacías.",
    "libro_id": "Clave de la versión del libro con que se codificó.",
    "libro": "Versión del libro con que se codificó.",
    "codificador_id": "Seudónimo de quien puso los códigos que se cuentan.",
    "codificado_por": "persona, regla o modelo.",
}


def _filas(tabla: pd.DataFrame) -> list[Fila]:
    # Lo nulo llega como None o, en una columna de números, como NaN.
    return [
        {str(c): None if v != v else v for c, v in fila.items()}
        for fila in cast(list[Fila], tabla.to_dict("records"))
    ]


def _enunciados(elegida: Seleccion) -> list[Fila]:
    """Devuelve los enunciados de la selección y, al final, los que esperan código."""
    contados = _filas(preguntar("analisis_enunciados", elegida))
    palabras = sin_acentos(elegida.buscar).split()
    esperan = [
        fila
        for fila in _filas(preguntar("analisis_pendientes", elegida))
        if all(palabra in sin_acentos(fila["texto"]) for palabra in palabras)
    ]
    return [
        *({**fila, ESTADO: SE_CUENTA} for fila in contados),
        *({**fila, ESTADO: ESPERA} for fila in esperan),
    ]


def _codigos(filas: list[Fila]) -> list[Fila]:
    """Devuelve los códigos de la versión que rige y de las que usa alguna fila."""
    usados = {fila.get("libro_id") for fila in filas}
    todos = _filas(preguntar("libro_codigos"))
    return [c for c in todos if c["rige"] or c["libro_id"] in usados]


def _de_faceta(fila: Fila, faceta: str, codigo: str, libros: set[str]) -> int | None:
    puesto = fila.get(faceta)
    if puesto is None or fila.get("libro_id") not in libros:
        return None
    return int(puesto == codigo)


def _de_instrumento(fila: Fila, lleva: bool) -> int | None:
    if fila[ESTADO] == ESPERA or not (lleva or fila["leyo_instrumentos"]):
        return None
    return int(lleva)


def _columna(prefijo: str, clave: str) -> str:
    # Sin guiones ni signos: R y Stata no los admiten en el nombre de una variable.
    return f"{prefijo}_{NO_ES_LETRA.sub('_', clave)}"


def _facetas(filas: list[Fila], columnas: dict[str, list[object]]) -> Significados:
    dichos: dict[tuple[str, str], list[Fila]] = {}
    for hallado in _codigos(filas):
        clave = (str(hallado["faceta"]), str(hallado["codigo"]))
        dichos.setdefault(clave, []).append(hallado)
    orden = sorted(dichos, key=lambda par: FACETAS.index(par[0]))
    significados = []
    for faceta, codigo in orden:
        versiones = dichos[faceta, codigo]
        libros = {version["libro_id"] for version in versiones}
        titulo = _columna(faceta, codigo)
        columnas[titulo] = [_de_faceta(f, faceta, codigo, libros) for f in filas]
        uno = versiones[0]
        significados.append(
            (
                titulo,
                f"1 si su {faceta} es «{uno['nombre']}», 0 si es otra, vacío si no"
                f" consta. {uno['definicion']}",
            )
        )
    return tuple(significados)


def _instrumentos(
    filas: list[Fila], elegida: Seleccion, columnas: dict[str, list[object]]
) -> Significados:
    pares = preguntar("analisis_instrumentos", elegida)
    mencionan: dict[str, set[str]] = {i: set() for i in pares["instrumento_id"]}
    for enunciado, instrumento in zip(
        pares["enunciado_id"], pares["instrumento_id"], strict=True
    ):
        mencionan[instrumento].add(enunciado)
    significados = []
    for uno in _filas(preguntar("codificar_instrumentos")):
        titulo = _columna("instrumento", uno["instrumento_id"])
        suyos = mencionan.get(uno["instrumento_id"], set())
        columnas[titulo] = [
            _de_instrumento(f, f["enunciado_id"] in suyos) for f in filas
        ]
        significados.append(
            (
                titulo,
                f"1 si menciona «{uno['nombre']}» (instrumento {uno['estado']}), 0 si"
                " no, vacío si no consta.",
            )
        )
    return tuple(significados)


def cuadro(elegida: Seleccion) -> tuple[Cuadro, Significados, int]:
    """Devuelve la tabla, qué dice cada columna y cuántas filas esperan código."""
    filas = _enunciados(elegida)
    columnas: dict[str, list[object]] = {
        nombre: [fila.get(nombre) for fila in filas] for nombre in IDENTIFICAN
    }
    columnas["es_ficticio"] = [int(fila["es_ficticio"]) for fila in filas]
    significados = tuple(IDENTIFICAN.items())
    significados += _facetas(filas, columnas)
    significados += _instrumentos(filas, elegida, columnas)
    esperan = sum(fila[ESTADO] == ESPERA for fila in filas)
    celdas = tuple(zip(*columnas.values(), strict=True))
    return Cuadro(tuple(columnas), celdas), significados, esperan

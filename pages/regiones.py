"""Quien llega aquí quiere comparar un diálogo con otro: regiones, años y preguntas."""

from dataclasses import replace

from tablero.conexion import preguntar
from tablero.estado import seleccion
from tablero.mapas import franja, mapa
from tablero.tabla import Columna
from tablero.vista import cabecera, enlace_a_enunciados, grafico_con_tabla, parrafo

cifras = cabecera(
    "Un diálogo con otro",
    "De qué regiones hay diálogos cargados, de qué se habló y qué se respondió a lo"
    " mismo. Los recuentos van con su total: los diálogos no son del mismo tamaño.",
)
de_todas = replace(seleccion(), region=())
regiones = preguntar("regiones_recuento", de_todas)
grafico_con_tabla(
    franja(regiones),
    regiones,
    [
        Columna("region", "Región"),
        Columna("dialogos", "Diálogos"),
        Columna("enunciados", "Enunciados", lleva=("region",)),
        Columna("estado", "Estado"),
    ],
    "Enunciados por región, de norte a sur, sin el filtro de región",
    "regiones",
    elegida=de_todas,
)
enlace_a_enunciados(cifras["enunciados"])
tipos = preguntar("dialogos_tipos", seleccion())
grafico_con_tabla(
    mapa(tipos, "dialogo", total="total"),
    tipos,
    [
        Columna("tipo_nombre", "Tipo"),
        Columna("dialogo", "Diálogo"),
        Columna("enunciados", "Enunciados", lleva=("dialogo", "tipo")),
        Columna("total", "Del diálogo", lleva=("dialogo",)),
    ],
    "Enunciados por diálogo y tipo; el tono es la parte de cada diálogo",
    "dialogos_tipos",
)
if (anios := preguntar("anios_tipos", seleccion()))["anio"].nunique() > 1:
    grafico_con_tabla(
        mapa(anios, "anio", total="total"),
        anios,
        [
            Columna("tipo_nombre", "Tipo"),
            Columna("anio", "Año", es_rotulo=True),
            Columna("enunciados", "Enunciados", lleva=("anio", "tipo")),
            Columna("total", "Del año", lleva=("anio",)),
            Columna("dialogos", "Diálogos"),
        ],
        "Enunciados por año de los diálogos y tipo; el tono es la parte de cada año",
        "anios_tipos",
    )
comunes = preguntar("preguntas_dialogos", seleccion())
grafico_con_tabla(
    mapa(comunes, "dialogo", "pregunta", ancho_fila=38, solo=True),
    comunes,
    [
        Columna("pregunta", "Pregunta", ancho="40%"),
        Columna("dialogo", "Diálogo"),
        Columna("enunciados", "Enunciados", lleva=("dialogo", "pregunta"), solo=True),
        Columna("con_registro", "Bloques con registro"),
        Columna("bloques", "Bloques"),
    ],
    "Qué se respondió a una misma pregunta en cada diálogo",
    "preguntas_dialogos",
    "Ninguna pregunta se hizo en dos o más diálogos de la selección.",
)
parrafo("Cuenta todo lo que responde, sin los filtros que no son de diálogo, de tema o"
        " de pregunta.", "menor")  # fmt: skip

"""El informe de respuestas en XLSX: cuentas por tema, respuestas, y lo que falta."""

from datetime import datetime

from tablero.exportar import Cuadro
from tablero.planillas import Libro
from tablero.respuestas_informe import (
    FICTICIO,
    TITULO,
    TITULOS_SIN_RESPUESTA,
    TITULOS_TEMAS,
    Contestada,
    Informe,
    Tema,
)
from tablero.significados import AVISO

# Las partes de una respuesta van cada una en su columna, para filtrar y ordenar.
PARTES = ("Resultado", "Razón", "Qué se hará", "Unidad", "Vence", "Alcance")
TITULO_TEMA = "Diálogo y tema"
FIJOS = (TITULO_TEMA, *TITULOS_SIN_RESPUESTA)


def _fijas(tema: Tema, una: Contestada) -> tuple[object, ...]:
    return (tema.titulo, una.pregunta, una.texto, una.comuna)


def _partes(una: Contestada) -> tuple[object, ...]:
    dichas = dict(una.respuesta)
    return (*(dichas.get(parte) for parte in PARTES), una.estado)


def _cuadros(informe: Informe) -> tuple[tuple[str, Cuadro], ...]:
    """Devuelve las hojas con su nombre; con ficticios, cada fila suya lo dice."""
    con_aviso = bool(informe.hechos.ficticios)
    final = (AVISO,) if con_aviso else ()

    def marca(tema: Tema) -> tuple[object, ...]:
        return (FICTICIO if tema.es_ficticio else None,) if con_aviso else ()

    cuentas = [(t.titulo, *t.cuentas, *marca(t)) for t in informe.temas]
    total = ("Todos los temas", *informe.totales, *((None,) if con_aviso else ()))
    respondidas = [
        (*_fijas(tema, una), *_partes(una), *marca(tema))
        for tema in informe.temas
        for una in tema.respondidas
    ]
    pendientes = [
        (*_fijas(tema, una), *marca(tema))
        for tema in informe.temas
        for una in tema.pendientes
    ]
    return (
        ("Por tema", Cuadro((*TITULOS_TEMAS, *final), (*cuentas, total))),
        (
            "Respuestas",
            Cuadro((*FIJOS, *PARTES, "Estado", *final), tuple(respondidas)),
        ),
        ("Sin respuesta", Cuadro((*FIJOS, *final), tuple(pendientes))),
    )


def xlsx(informe: Informe, creado: datetime) -> bytes:
    """Devuelve el informe como un XLSX: una hoja por asunto y otra que lo explica."""
    libro = Libro(creado)
    arriba = [TITULO, informe.hechos.ficticios, *informe.avisos]
    lineas = [linea for linea in arriba if linea]
    for nombre, cuadro in _cuadros(informe):
        hoja = libro.hoja(nombre)
        for fila, linea in enumerate(lineas):
            # Sin ajuste de línea: el título no debe agrandar su fila.
            hoja.write_string(fila, 0, linea)
        libro.cuadro(hoja, cuadro, desde=len(lineas) + 1)
    libro.acerca_de(informe.hechos)
    return libro.cerrar()

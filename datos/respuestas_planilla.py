"""La forma de la planilla de respuestas, la misma al bajarla y al volver llena."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from duckdb import DuckDBPyConnection

from datos.respuestas import Respuesta

# Lo que dice de qué recomendación es la fila, lo que se llena, y qué versión se vio.
FIJAS = ("enunciado_id", "texto", "dialogo", "tema")
LLENABLES = ("unidad", "resultado", "razon", "accion", "responsable", "vence", "estado",
             "avance", "evidencia")  # fmt: skip
VISTAS = ("respuesta_id", "version")
COLUMNAS = (*FIJAS, *LLENABLES, *VISTAS)
TITULOS = {
    "enunciado_id": "Clave",
    "texto": "Recomendación",
    "dialogo": "Diálogo",
    "tema": "Tema",
    "unidad": "Unidad",
    "resultado": "Resultado",
    "razon": "Razón",
    "accion": "Qué se hará",
    "responsable": "Responsable (cargo)",
    "vence": "Vence",
    "estado": "Estado",
    "avance": "Avance",
    "evidencia": "Evidencia",
    "respuesta_id": "Respuesta",
    "version": "Versión",
}
ENCABEZADO = tuple(TITULOS[columna] for columna in COLUMNAS)
HOJA = "Respuestas"
HOJA_INSTRUCCIONES = "Instrucciones"
RESULTADOS = ("aceptada", "aceptada en parte", "no acogida")
ESTADOS = ("pendiente", "en curso", "cerrada")
# Fuera de estos años, una fecha comprometida es un error de tipeo.
PRIMERA_FECHA, ULTIMA_FECHA = date(2000, 1, 1), date(2100, 12, 31)
MARCA_FICTICIO = "[FICTICIO] "


@dataclass(frozen=True)
class FilaRespuesta:
    """Una recomendación y su respuesta, si la tiene.

    `fila` es la de la planilla, o 0 si viene de la base; `respuesta_id` y `version`,
    los de la respuesta que se vio, o None si no había.
    """

    enunciado_id: str
    dialogo: str
    tema: str
    texto: str
    respuesta: Respuesta | None = None
    respuesta_id: str | None = None
    version: int | None = None
    es_ficticio: bool = False
    fila: int = 0

    @property
    def rotulo_dialogo(self) -> str:
        """Devuelve el diálogo como va en la planilla: si es inventado, lo dice."""
        return f"{MARCA_FICTICIO if self.es_ficticio else ''}{self.dialogo}"

    def celdas(self) -> tuple[object, ...]:
        """Devuelve lo que va en cada columna; None es una celda vacía."""
        return (
            self.enunciado_id, self.texto, self.rotulo_dialogo, self.tema,
            *(getattr(self.respuesta, campo, None) for campo in LLENABLES),
            self.respuesta_id, self.version,
        )  # fmt: skip


def actuales(con: DuckDBPyConnection) -> dict[str, FilaRespuesta]:
    """Devuelve, por enunciado y en su orden, lo que la base dice hoy.

    Son las recomendaciones, más lo respondido que después se codificó de otro modo.
    """
    filas = con.execute(
        "select e.enunciado_id, e.dialogo, concat(e.tema_numero, '. ', e.tema),"
        f" e.texto, e.es_ficticio, {', '.join(f'r.{c}' for c in LLENABLES)},"
        " r.respuesta_id, r.version"
        " from lectura_enunciados as e"
        " left join respuestas_enunciados as l on e.enunciado_id = l.enunciado_id"
        " left join respuestas as r on l.respuesta_id = r.respuesta_id"
        " where e.naturaleza = 'recomendacion' or r.respuesta_id is not null"
        " order by e.posicion"
    ).fetchall()
    return {fila[0]: _de_la_base(fila) for fila in filas}


def _de_la_base(fila: tuple[object, ...]) -> FilaRespuesta:
    clave, dialogo, tema, texto, ficticio, *campos, respuesta_id, version = fila
    dicha = dict(zip(LLENABLES, campos, strict=True))
    return FilaRespuesta(
        str(clave), str(dialogo), str(tema), str(texto),
        Respuesta(**dicha) if respuesta_id else None,  # type: ignore[arg-type]
        str(respuesta_id) if respuesta_id else None,
        version,  # type: ignore[arg-type]
        bool(ficticio),
    )  # fmt: skip


def elegidas(
    con: DuckDBPyConnection, enunciados: Iterable[str]
) -> tuple[FilaRespuesta, ...]:
    """Devuelve lo que la base dice hoy de esas recomendaciones, en su orden."""
    todas = actuales(con)
    return tuple(todas[clave] for clave in enunciados if clave in todas)

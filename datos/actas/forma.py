"""La forma del acta de una mesa, la misma al bajarla en blanco y al cargarla llena."""

from dataclasses import dataclass

# Lo que se llena una vez por mesa y lo que se llena por enunciado, en su orden.
CABECERA = ("mesa_id", "dialogo", "tema", "letra", "participantes", "soporte")
COLUMNAS = ("pregunta", "enunciado", "naturaleza", "tipo", "observacion")
ENCABEZADO_CSV = ("mesa_id", "participantes", "soporte", *COLUMNAS)
TITULOS = {
    "mesa_id": "Clave de la mesa",
    "dialogo": "Diálogo",
    "tema": "Tema",
    "letra": "Letra",
    "participantes": "Participantes",
    "soporte": "Soporte del acta",
    "pregunta": "Pregunta",
    "enunciado": "Enunciado",
    "naturaleza": "Naturaleza",
    "tipo": "Tipo",
    "observacion": "Observación",
}
SOPORTES = (
    ("papel", "papel firmado"),
    ("digital", "digital"),
    ("solo_informe", "solo informe"),
)
TITULO_DEL_ACTA = "Acta de la mesa"
HOJA_INSTRUCCIONES = "Instrucciones"
HOJA_LISTAS = "Listas"
# Una lista desplegable admite 255 caracteres por opción; más de esto no se lee.
LARGO_PREGUNTA = 120
LARGO_TEXTO = 2_000
MAXIMO_PARTICIPANTES = 1_000


@dataclass(frozen=True)
class MesaEnBlanco:
    """Una mesa por llenar, con lo que se puede elegir en ella.

    `preguntas` son pares (pregunta_id, texto) en su orden; `naturalezas` y `tipos`,
    pares (código, nombre) del libro de códigos.
    """

    mesa_id: str
    dialogo: str
    tema_numero: int
    tema: str
    letra: str
    preguntas: tuple[tuple[str, str], ...]
    naturalezas: tuple[tuple[str, str], ...]
    tipos: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FilaActa:
    """Un enunciado del acta. `fila`, la de la planilla; lo demás, códigos y no nombres.

    None es que no se llenó: sin pregunta, sin codificar o sin observación.
    """

    fila: int
    pregunta_id: str | None
    texto: str
    naturaleza: str | None
    tipo: str | None
    observacion: str | None


@dataclass(frozen=True)
class ActaLeida:
    """El acta de una mesa. `participantes` en personas; None es que no consta.

    `soporte`: papel, digital o solo_informe; None si no se dijo.
    """

    mesa_id: str
    participantes: int | None
    soporte: str | None
    filas: tuple[FilaActa, ...]


def rotulo_pregunta(orden: int, texto: str) -> str:
    """Devuelve cómo se elige una pregunta en la lista: «1. Si…», breve y única."""
    rotulo = " ".join(f"{orden}. {texto}".split())
    if len(rotulo) <= LARGO_PREGUNTA:
        return rotulo
    return rotulo[: LARGO_PREGUNTA - 1].rstrip() + "…"


def rotulo_tema(mesa: MesaEnBlanco) -> str:
    """Devuelve el tema como va en la cabecera: «1. Nombre»."""
    return f"{mesa.tema_numero}. {mesa.tema}"

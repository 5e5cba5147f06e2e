"""Si una respuesta se puede guardar: se junta todo lo que le falta."""

import re
import unicodedata
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from urllib.parse import urlsplit

from datos import personales
from datos.errores import Falta

RESULTADOS = ("aceptada", "aceptada en parte", "no acogida")
ESTADOS = ("pendiente", "en curso", "cerrada")
NOMBRES = {
    "unidad": "Unidad que responde",
    "resultado": "Resultado",
    "razon": "Razón",
    "accion": "Qué se hará",
    "responsable": "Responsable, por cargo",
    "vence": "Vence",
    "estado": "Estado",
    "avance": "Avance",
    "evidencia": "Evidencia",
}
LARGOS = {"unidad": 120, "razon": 2000, "accion": 2000, "responsable": 120,
          "avance": 2000, "evidencia": 500}  # fmt: skip
PRIMERA, ULTIMA = date(2000, 1, 1), date(2100, 12, 31)
# Otro esquema que http no es un lugar que se pueda abrir con confianza.
OTRO_ESQUEMA = re.compile(r"(?:javascript|data|vbscript|file|ftp|mailto):|\S*://", re.I)
QUITAR = "Bórrelo: aquí no se guardan datos personales."


@dataclass(frozen=True)
class Respuesta:
    """Una respuesta, con las columnas de la tabla `respuestas` que se escriben."""

    unidad: str
    resultado: str
    estado: str
    razon: str | None = None
    accion: str | None = None
    responsable: str | None = None
    vence: date | None = None
    avance: str | None = None
    evidencia: str | None = None


def es_direccion(evidencia: str) -> bool:
    """Dice si la evidencia es una dirección http(s) que se puede seguir."""
    try:
        partes = urlsplit(evidencia)
        return (
            partes.scheme in ("http", "https")
            and bool(partes.hostname)
            and partes.username is None
            and not re.search(r"\s", evidencia)
        )
    except ValueError:
        return False


def _limpio(texto: str) -> str:
    """Quita espacios de más y signos que no se ven; los saltos de línea quedan."""
    lineas = (" ".join(linea.split()) for linea in texto.strip().split("\n"))
    return "".join(
        x
        for x in "\n".join(lineas)
        if x == "\n" or unicodedata.category(x) not in ("Cc", "Cf", "Cs")
    )


def limpia(r: Respuesta) -> Respuesta:
    """Devuelve la respuesta sin espacios de más; los textos vacíos, como None."""
    textos = {c: _limpio(str(getattr(r, c) or "")) or None for c in LARGOS}
    unidad = textos.pop("unidad") or ""
    vence = r.vence.date() if isinstance(r.vence, datetime) else r.vence
    return replace(r, unidad=unidad, vence=vence, **textos)  # type: ignore[arg-type]


def faltas_de(r: Respuesta) -> list[Falta]:
    """Devuelve todo lo que impide guardar una respuesta ya limpia."""
    halladas: list[Falta] = []

    def falta(campo: str, problema: str, remedio: str) -> None:
        halladas.append(Falta(NOMBRES[campo], problema, remedio))

    if not r.unidad:
        falta("unidad", "está en blanco.", "Escriba la unidad que responde.")
    for campo, admitidos in (("resultado", RESULTADOS), ("estado", ESTADOS)):
        if getattr(r, campo) not in admitidos:
            falta(campo, "no es uno de los admitidos.", f"Use: {', '.join(admitidos)}.")
    if r.resultado in RESULTADOS[1:] and not r.razon:
        falta("razon", f"falta, y el resultado es «{r.resultado}».",
              "Diga por qué no se acoge, o qué parte no.")  # fmt: skip
    if r.vence and not PRIMERA <= r.vence <= ULTIMA:
        falta("vence", "no es una fecha posible.", "Revise el año.")
    if (
        r.evidencia
        and OTRO_ESQUEMA.match(r.evidencia)
        and not es_direccion(r.evidencia)
    ):
        falta("evidencia", "no es una dirección que se pueda seguir.",
              "Use una que empiece con https:// o http://, o la referencia de un"
              " documento.")  # fmt: skip
    for campo, largo in LARGOS.items():
        texto = str(asdict(r)[campo] or "")
        if len(texto) > largo:
            falta(campo, f"tiene {len(texto)} caracteres.", f"Caben {largo}.")
        for hallazgo in personales.hallar(texto):
            falta(campo, f"hay un {hallazgo.clase} ({hallazgo.muestra}).", QUITAR)
    return halladas

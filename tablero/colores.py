"""Los colores del tema claro, para lo que se dibuja fuera del navegador."""

import tomllib
from functools import cache
from pathlib import Path

TEMA = Path(__file__).parent.parent / ".streamlit" / "config.toml"


@cache
def _claro() -> dict[str, list[str]]:
    claro: dict[str, list[str]] = tomllib.loads(TEMA.read_text("utf-8"))["theme"][
        "light"
    ]
    return claro


def categoria(lugar: int) -> str:
    """Devuelve el color de la categoría `lugar`, desde 0, en #rrggbb."""
    return _claro()["chartCategoricalColors"][lugar]


def paso(parte: float) -> int:
    """Devuelve el lugar en la secuencia, de 0 a 9, de una parte de 0 a 1.

    Solo la de nada es 0: por poco que sea, lo que hay se ve.
    """
    ultimo = len(_claro()["chartSequentialColors"]) - 1
    return max(round(parte * ultimo), 1) if parte else 0


def tono(parte: float) -> str:
    """Devuelve el color de la secuencia para una parte de 0 a 1, en #rrggbb."""
    return _claro()["chartSequentialColors"][paso(parte)]


def es_oscuro(color: str) -> bool:
    """Dice si sobre ese color se lee mejor un texto blanco (luminancia WCAG 2.1)."""
    partes = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    rojo, verde, azul = (
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in partes
    )
    return 0.2126 * rojo + 0.7152 * verde + 0.0722 * azul < 0.18

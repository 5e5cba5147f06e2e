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


def tono(parte: float) -> str:
    """Devuelve el color de la secuencia para una parte de 0 a 1, en #rrggbb."""
    secuencia = _claro()["chartSequentialColors"]
    return secuencia[round(min(max(parte, 0), 1) * (len(secuencia) - 1))]


def es_oscuro(color: str) -> bool:
    """Dice si sobre ese color se lee mejor un texto blanco (luminancia WCAG 2.1)."""
    partes = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    rojo, verde, azul = (
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in partes
    )
    return 0.2126 * rojo + 0.7152 * verde + 0.0722 * azul < 0.18

"""Dónde está la base, dónde se publica, y con qué esquema se entiende este programa."""

import os
from pathlib import Path

VERSION_ESQUEMA = 7


def ruta_base() -> Path:
    """Devuelve la ruta de la base: la de TABLERO_BD o `datos/tablero.duckdb`."""
    indicada = os.environ.get("TABLERO_BD", "").strip()
    return Path(indicada) if indicada else Path(__file__).parent / "tablero.duckdb"


def ruta_publicaciones() -> Path:
    """Devuelve dónde se publica: TABLERO_PUBLICACIONES, o junto a la base."""
    base = ruta_base()
    propias = base.with_name(f"{base.name}.publicaciones")
    return Path(os.environ.get("TABLERO_PUBLICACIONES", "").strip() or propias)

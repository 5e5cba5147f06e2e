"""Dónde está la base y con qué esquema se entiende este programa."""

import os
from pathlib import Path

VERSION_ESQUEMA = 7


def ruta_base() -> Path:
    """Devuelve la ruta de la base: la de TABLERO_BD o `datos/tablero.duckdb`."""
    indicada = os.environ.get("TABLERO_BD", "").strip()
    return Path(indicada) if indicada else Path(__file__).parent / "tablero.duckdb"

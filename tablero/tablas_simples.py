"""Tablas de textos que solo se miran: no se ordenan ni se descargan."""

from collections.abc import Sequence

from tablero.tabla import Celda, Columna, Parte, dibujar


def tabla_simple(
    titulos: Sequence[str], filas: Sequence[Sequence[str]], leyenda: str, asunto: str
) -> None:
    """Dibuja filas de textos bajo sus títulos."""
    dibujar(
        [Columna("", titulo) for titulo in titulos],
        [([Celda((Parte(texto),)) for texto in fila], "") for fila in filas],
        leyenda,
        asunto,
    )

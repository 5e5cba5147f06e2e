"""Quién cambió una lectura mientras otra ventana la tenía abierta, y qué cambió."""

from datos.edicion import Choque
from datos.libro_revisar import ROTULOS as DEL_LIBRO
from tablero.carga_lista import FACETAS
from tablero.conexion import preguntar
from tablero.formato import enumerar, momento
from tablero.tablas_simples import tabla_simple
from tablero.tareas import mostrar_error

CALLADAS = ("version", "momento", "es_principal", "es_adjudicacion")
INSTRUMENTOS = "instrumentos"
ROTULOS = {**FACETAS, INSTRUMENTOS: "Instrumentos", "nota": "Nota"}


def _rotulo(columna: str) -> str:
    """Devuelve cómo se llama en pantalla; de un código del libro, cuál y qué campo."""
    codigo, coma, campo = columna.rpartition(", ")
    dicho = ROTULOS.get(campo) or DEL_LIBRO.get(campo, campo.capitalize())
    return f"{codigo[:1].upper()}{codigo[1:]}: {dicho.lower()}" if coma else dicho


def _nombres(libro_id: object) -> dict[str, dict[str, str]]:
    """Devuelve el nombre de cada código de esa versión, y de cada instrumento."""
    nombres: dict[str, dict[str, str]] = {}
    libro = preguntar("libro_codigos")
    suyos = libro[libro["libro_id"] == libro_id]
    for faceta, codigo, nombre in zip(
        suyos["faceta"], suyos["codigo"], suyos["nombre"], strict=True
    ):
        nombres.setdefault(faceta, {})[codigo] = nombre
    todos = preguntar("codificar_instrumentos")
    nombres[INSTRUMENTOS] = dict(
        zip(todos["instrumento_id"], todos["nombre"], strict=True)
    )
    return nombres


def _decir(
    columna: str, valor: object, nombres: dict[str, dict[str, str]], verbo: str
) -> str:
    """Devuelve un valor con los nombres que se leen en los controles."""
    if not valor:
        return "—"
    de = nombres.get(columna, {})
    if columna == INSTRUMENTOS:
        # Los que siguen igual no vienen: no se puede decir que había ninguno.
        return f"{verbo} {enumerar([de.get(v, v) for v in str(valor).split(', ')])}"
    return de.get(str(valor), str(valor))


def mostrar_choque(choque: Choque) -> None:
    """Dice quién, cuándo y qué; lo que se escribió sigue en la pantalla."""
    mostrar_error(choque)
    nombres = _nombres(choque.clave.get("libro_id"))
    filas = [
        [
            momento(c.momento),
            c.quien,
            _rotulo(columna),
            _decir(columna, antes, nombres, "se quitó"),
            _decir(columna, despues, nombres, "se agregó"),
        ]
        for c in choque.cambios
        for columna, (antes, despues) in c.columnas().items()
        if columna not in CALLADAS and not columna.endswith("_id")
    ]
    if filas:
        tabla_simple(
            ["Cuándo", "Quién", "Qué", "Decía", "Dice"],
            filas,
            "Qué cambió entretanto",
            "choque_lectura",
        )

"""Lee las actas que vienen en una sola tabla: una fila por enunciado, con su mesa."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from datos.actas.celdas import Lista, plegar
from datos.actas.filas import (
    Celdas,
    hallar_encabezado,
    leer_encabezado,
    leer_fila,
    listas_de,
    llenas,
    por_columna,
    repetidos,
    sin_columna,
)
from datos.actas.forma import (
    COLUMNAS,
    ENCABEZADO_CSV,
    TITULOS,
    ActaLeida,
    FilaActa,
    MesaEnBlanco,
)
from datos.actas.mesa import leer_datos, leer_mesa, lista_de_mesas
from datos.errores import Falta
from datos.leido import Hoja


@dataclass
class _Mesa:
    """Lo que se lleva leído de una mesa: cada dato con la fila en que se dio."""

    listas: Mapping[str, Lista]
    filas: list[FilaActa] = field(default_factory=list)
    participantes: tuple[int, int] | None = None
    soporte: tuple[int, str] | None = None


def _contradice(
    archivo: str, columna: str, fila: int, valor: object, previo: tuple[int, object]
) -> list[Falta]:
    if previo[1] == valor:
        return []
    problema = f"«{valor}» contradice «{previo[1]}», de la fila {previo[0]}."
    remedio = "Cada mesa lleva un solo valor: repítalo o déjelo solo en una fila."
    return [Falta(archivo, problema, remedio, fila, TITULOS[columna])]


def _leer_datos(
    archivo: str, fila: int, celdas: Mapping[str, str | None], mesa: _Mesa
) -> list[Falta]:
    donde = {columna: (fila, celda) for columna, celda in celdas.items()}
    participantes, soporte, faltas = leer_datos(archivo, donde)
    if participantes is not None:
        mesa.participantes = mesa.participantes or (fila, participantes)
        faltas += _contradice(
            archivo, "participantes", fila, participantes, mesa.participantes
        )
    if soporte is not None:
        mesa.soporte = mesa.soporte or (fila, soporte)
        faltas += _contradice(archivo, "soporte", fila, soporte, mesa.soporte)
    return faltas


def _leer_renglon(
    archivo: str,
    fila: int,
    valores: Mapping[str, str | None],
    claves: Lista,
    mesas: Mapping[str, MesaEnBlanco],
    leidas: dict[str, _Mesa],
) -> list[Falta]:
    """Lee una fila, la anota en su mesa dentro de `leidas` y devuelve sus faltas."""
    mesa_id: str | None = None
    faltas: list[Falta] = []
    if not any(plegar(celda) for celda in valores.values()):
        return faltas
    if "mesa_id" in valores:
        mesa_id, faltas = leer_mesa(archivo, fila, valores["mesa_id"], claves)
    # Las filas de una clave desconocida se revisan juntas igual: no serán un acta.
    rotulo = mesa_id or plegar(valores.get("mesa_id"))
    if rotulo not in leidas:
        leidas[rotulo] = _Mesa(listas_de(mesas[mesa_id] if mesa_id else None))
    mesa = leidas[rotulo]
    faltas += _leer_datos(archivo, fila, valores, mesa)
    propias = {c: valores[c] for c in COLUMNAS if c in valores}
    leida, otras = leer_fila(archivo, fila, propias, mesa.listas)
    mesa.filas += [leida] if leida else []
    return faltas + otras


def _sobre_el_encabezado(archivo: str, filas: Sequence[Celdas]) -> list[Falta]:
    remedio = "Bórrelo: el encabezado es la primera fila."
    return [
        Falta(archivo, "hay texto sobre el encabezado.", remedio, fila)
        for fila, celdas in enumerate(filas, start=1)
        if llenas(celdas)
    ]


def leer_tabla(
    archivo: str, hoja: Hoja, mesas: Mapping[str, MesaEnBlanco]
) -> tuple[list[ActaLeida], list[Falta]]:
    """Devuelve un acta por mesa, en el orden en que aparecen, y todas las faltas."""
    inicio = hallar_encabezado(hoja.filas, ENCABEZADO_CSV)
    if inicio is None:
        remedio = f"Debe ser: {','.join(ENCABEZADO_CSV)}."
        return [], [Falta(archivo, "no se encuentra el encabezado.", remedio)]
    faltas = _sobre_el_encabezado(archivo, hoja.filas[:inicio])
    encabezado = hoja.filas[inicio]
    lugares, otras = leer_encabezado(archivo, inicio + 1, encabezado, ENCABEZADO_CSV)
    faltas += otras
    claves = lista_de_mesas(mesas)
    leidas: dict[str, _Mesa] = {}
    for fila, celdas in enumerate(hoja.filas[inicio + 1 :], start=inicio + 2):
        # Lo que sobra casi siempre es un separador dentro de un texto sin comillas:
        # todo lo demás está corrido y no vale la pena revisarlo.
        faltas += sin_columna(archivo, fila, celdas, encabezado) or _leer_renglon(
            archivo, fila, por_columna(celdas, lugares), claves, mesas, leidas
        )
    for mesa in leidas.values():
        faltas += repetidos(archivo, mesa.filas)
    return [_acta(mesa_id, mesa) for mesa_id, mesa in leidas.items()], faltas


def _acta(mesa_id: str, mesa: _Mesa) -> ActaLeida:
    participantes = mesa.participantes[1] if mesa.participantes else None
    soporte = mesa.soporte[1] if mesa.soporte else None
    return ActaLeida(mesa_id, participantes, soporte, tuple(mesa.filas))

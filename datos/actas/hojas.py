"""Lee las actas que vienen una por hoja: cabecera de la mesa y enunciados."""

import re
from collections.abc import Mapping, Sequence

from datos.actas.celdas import Lista, citar, clave, parecido, plegar
from datos.actas.filas import (
    NOMBRES,
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
    CABECERA,
    COLUMNAS,
    HOJA_INSTRUCCIONES,
    HOJA_LISTAS,
    TITULO_DEL_ACTA,
    TITULOS,
    ActaLeida,
    FilaActa,
    MesaEnBlanco,
)
from datos.actas.mesa import leer_datos, leer_mesa, lista_de_mesas
from datos.errores import Falta
from datos.leido import Hoja

IGNORADAS = {clave(HOJA_INSTRUCCIONES), clave(HOJA_LISTAS)}
OTRA_VEZ = "Baje de nuevo el acta en blanco de esa mesa y copie en ella las filas."


def _leer_cabecera(
    archivo: str, filas: Sequence[Celdas]
) -> tuple[dict[str, tuple[int, str | None]], list[Falta]]:
    """Devuelve la fila y el valor de cada casilla, y lo escrito fuera de ellas."""
    donde: dict[str, tuple[int, str | None]] = {}
    fuera: list[tuple[int, str]] = []
    faltas: list[Falta] = []
    for fila, celdas in enumerate(filas, start=1):
        escritas = llenas(celdas)
        casilla = NOMBRES.get(clave(escritas.get(0)))
        sabidas: tuple[int, ...] = ()
        if casilla in CABECERA and casilla in donde:
            problema = "la casilla se repite."
            faltas.append(Falta(archivo, problema, OTRA_VEZ, fila, TITULOS[casilla]))
            sabidas = (0, 1)
        elif casilla in CABECERA:
            donde[casilla] = (fila, escritas.get(1))
            sabidas = (0, 1)
        elif clave(escritas.get(0)) == clave(TITULO_DEL_ACTA):
            sabidas = (0,)
        fuera += [(fila, c) for lugar, c in escritas.items() if lugar not in sabidas]
    ausentes = [casilla for casilla in CABECERA if casilla not in donde]
    faltas += [_fuera(archivo, fila, celda, ausentes) for fila, celda in fuera]
    faltas += [
        Falta(archivo, f"falta la casilla «{TITULOS[casilla]}».", OTRA_VEZ)
        for casilla in ausentes
    ]
    return donde, faltas


def _fuera(archivo: str, fila: int, celda: str, ausentes: Sequence[str]) -> Falta:
    cercana = parecido(celda, {n: c for n, c in NOMBRES.items() if c in ausentes})
    remedio = "Páselo a una casilla o a una fila de enunciado, o bórrelo."
    if cercana:
        remedio = f"¿Quiso decir «{TITULOS[cercana]}»?"
    problema = f"«{citar(celda)}» está fuera de lugar en la cabecera."
    return Falta(archivo, problema, remedio, fila)


def _contradicciones(
    archivo: str, donde: Mapping[str, tuple[int, str | None]], mesa: MesaEnBlanco
) -> list[Falta]:
    """Revisa que la clave sea la de esta hoja: copiar hojas las confunde."""
    faltas: list[Falta] = []
    tema = re.match(r"\d*", plegar(donde.get("tema", (0, None))[1]))
    casos = (
        ("dialogo", clave(donde.get("dialogo", (0, None))[1]), clave(mesa.dialogo)),
        ("tema", tema[0] if tema else "", str(mesa.tema_numero)),
        ("letra", clave(donde.get("letra", (0, None))[1]), clave(mesa.letra)),
    )
    for casilla, dice, debe in casos:
        if dice and dice != debe:
            fila, celda = donde[casilla]
            problema = (
                f"«{citar(celda or '')}» no es lo que corresponde a la mesa"
                f" «{citar(mesa.mesa_id)}»."
            )
            faltas.append(Falta(archivo, problema, OTRA_VEZ, fila, TITULOS[casilla]))
    return faltas


def _leer_filas(
    archivo: str, filas: Sequence[Celdas], inicio: int, mesa: MesaEnBlanco | None
) -> tuple[tuple[FilaActa, ...], list[Falta]]:
    encabezado = filas[inicio]
    lugares, faltas = leer_encabezado(archivo, inicio + 1, encabezado, COLUMNAS)
    listas = listas_de(mesa)
    leidas: list[FilaActa] = []
    for fila, celdas in enumerate(filas[inicio + 1 :], start=inicio + 2):
        faltas += sin_columna(archivo, fila, celdas, encabezado)
        leida, otras = leer_fila(archivo, fila, por_columna(celdas, lugares), listas)
        faltas += otras
        leidas += [leida] if leida else []
    return tuple(leidas), faltas + repetidos(archivo, leidas)


def _leer_hoja(
    archivo: str, hoja: Hoja, claves: Lista, mesas: Mapping[str, MesaEnBlanco]
) -> tuple[ActaLeida | None, list[Falta]]:
    inicio = hallar_encabezado(hoja.filas, COLUMNAS)
    if inicio is None:
        problema = "la hoja no tiene la forma de un acta."
        remedio = "Bórrela, o baje el acta en blanco y copie en ella las filas."
        return None, [Falta(archivo, problema, remedio)]
    donde, faltas = _leer_cabecera(archivo, hoja.filas[:inicio])
    mesa = None
    if "mesa_id" in donde:
        mesa_id, otras = leer_mesa(archivo, *donde["mesa_id"], claves)
        faltas += otras
        mesa = mesas[mesa_id] if mesa_id else None
    if mesa:
        faltas += _contradicciones(archivo, donde, mesa)
    participantes, soporte, otras = leer_datos(archivo, donde)
    filas, de_filas = _leer_filas(archivo, hoja.filas, inicio, mesa)
    acta = ActaLeida(mesa.mesa_id if mesa else "", participantes, soporte, filas)
    return acta, faltas + otras + de_filas


def leer_hojas(
    archivo: str, hojas: Sequence[Hoja], mesas: Mapping[str, MesaEnBlanco]
) -> tuple[list[ActaLeida], list[Falta]]:
    """Devuelve el acta de cada hoja, en su orden, y todas las faltas."""
    claves = lista_de_mesas(mesas)
    actas: list[ActaLeida] = []
    faltas: list[Falta] = []
    vistas: dict[str, str] = {}
    for hoja in hojas:
        if clave(hoja.nombre) in IGNORADAS:
            continue
        lugar = f"{archivo}, hoja {citar(hoja.nombre)}"
        acta, otras = _leer_hoja(lugar, hoja, claves, mesas)
        faltas += otras
        if acta is None:
            continue
        actas.append(acta)
        previa = vistas.setdefault(acta.mesa_id, hoja.nombre)
        if acta.mesa_id and previa != hoja.nombre:
            problema = f"la mesa ya está en la hoja «{citar(previa)}»."
            faltas.append(Falta(lugar, problema, "Deje una sola hoja por mesa."))
    return actas, faltas

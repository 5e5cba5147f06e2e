"""La parte de administración que dice quién escribió o se llevó qué, y cuándo."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import streamlit as st

from tablero import bitacora
from tablero.bitacora import TITULOS, Pedido
from tablero.descargas import Escrito, bajar
from tablero.exportar import EXCEL, SIMPLE, Cuadro, Formato, escribir
from tablero.formato import contar
from tablero.hojas import hoja
from tablero.tablas_simples import tabla_simple
from tablero.vista import parrafo, subtitulo

DIAS = timedelta(days=30)
POR_HOJA = 100


def _dias() -> tuple[date, date]:
    hoy = datetime.now(UTC).date()
    puestos = st.date_input(
        "Días (UTC)", value=(hoy - DIAS, hoy), max_value=hoy, format="DD/MM/YYYY",
        key="bitacora_dias",
    )  # fmt: skip
    # Mientras se elige el segundo día, solo hay uno.
    dias = puestos if isinstance(puestos, tuple) else (puestos,)
    return (dias[0], dias[-1]) if dias else (hoy - DIAS, hoy)


def _elegir(rotulo: str, valores: set[str], llave: str) -> str:
    elegido = st.selectbox(
        rotulo, sorted(valores), index=None, placeholder="Cualquiera", key=llave
    )
    return str(elegido or "")


def _csv(pedido: Pedido, formato: Formato) -> Escrito:
    filas = tuple(r.celdas() for r in bitacora.renglones(pedido))
    return escribir(Cuadro(TITULOS, filas), formato), len(filas)


def seccion() -> None:
    """Muestra lo que se escribió y lo que salió, con sus filtros, y lo da a bajar."""
    subtitulo("Bitácora")
    parrafo(
        "Todo lo que se escribió y todo lo que se exportó, lo más nuevo primero. No"
        " muestra textos: solo qué columnas cambiaron.",
        "nota",
    )
    with st.container(horizontal=True, key="controles_bitacora"):
        desde, hasta = _dias()
        hay = bitacora.cuentas(Pedido(desde, hasta))
        quien = _elegir("Quién", {q for q, _ in hay}, "bitacora_quien")
        accion = _elegir("Qué hizo", {a for _, a in hay}, "bitacora_accion")
    pedido = Pedido(desde, hasta, quien, accion)
    cuantos = sum(n for (q, a), n in hay.items()
                  if quien in ("", q) and accion in ("", a))  # fmt: skip
    if not cuantos:
        parrafo("No hay nada anotado con eso. Pruebe con más días.", "aviso")
        return
    cuales = hoja(cuantos, "bitacora", POR_HOJA)
    filas = bitacora.renglones(pedido, cuales.start, cuales.stop)
    tabla_simple(
        TITULOS,
        [[str(celda) for celda in renglon.celdas()] for renglon in filas],
        f"{contar(cuantos, 'renglón', 'renglones')}, del más nuevo al más antiguo",
        "bitacora",
    )
    with st.container(horizontal=True, key="descargas_bitacora"):
        for formato in (EXCEL, SIMPLE):
            bajar(
                formato.rotulo, partial(_csv, pedido, formato),
                f"bitacora_{desde}_{hasta}_{formato.sufijo}.csv", "text/csv",
                f"bajar_bitacora_{formato.sufijo}", "bitácora",
            )  # fmt: skip

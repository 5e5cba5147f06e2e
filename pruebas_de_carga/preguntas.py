"""Lo que se pregunta a dos motores para comparar: toda consulta, con muchos valores."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from duckdb import DuckDBPyConnection

from consultas import lector
from consultas.seleccion import LISTAS, Seleccion
from datos.base import abrir
from datos.filas import llave_de

CONSULTAS = sorted(
    ruta.stem for ruta in lector.CARPETA.glob("*.sql") if not ruta.stem.startswith("_")
)
# Lo que piden, además de los filtros, sobre la muestra de las pruebas.
OTROS: dict[str, object] = {
    "orden": "tipo", "descendente": False, "limite": 1000, "enunciado": "a",
    "filas": "tipo", "estado": None, "dialogo_elegido": "muestra-2020",
    "hoy": date(2026, 1, 1), "cuales": "todas", "quien": "lectura-1", "libro": "v1",
    "documento": "doc-1", "palabra": "noche", "filtro": "grupo", "clase": "modelo",
    "faceta": "tipo", "una": "lectura-1", "otra": "lectura-2", "de_una": None,
    "de_otra": None, "desde": 0, "coinciden": False, "solo_respondidas": False,
    "de_quien": None, "que_accion": None, "desde_dia": None, "hasta_dia": None,
    "tipo_suyo": "PERT", "tema_suyo": 1, "tema_dialogo": "muestra-2020-1",
}  # fmt: skip
# Con uno de cada forma: listas de textos y de números, palabra.
DE_TODO = Seleccion(
    ficticio=True, tema=("1", "2"), mesa=("A", "conjunto"), buscar="de",
    grupo=("empresas", "otec", "omil"), naturaleza=("recomendacion", "diagnostico"),
)  # fmt: skip
PALABRAS = ("de", "cap", "ción", "NOCHE", "' or 1=1 --", "%", "zzz")
# Lo demás que las consultas preguntan: de la base, o de lo que la página ofrece.
DE_LA_BASE = {
    "enunciado": "enunciados", "tema_dialogo": "temas_dialogo",
    "documento": "documentos", "dialogo_elegido": "dialogos", "libro": "libros",
    "quien": "codificadores", "una": "codificadores", "otra": "codificadores",
}  # fmt: skip
OFRECIDOS: dict[str, tuple[object, ...]] = {
    "orden": ("documento", "tipo", "naturaleza", "certeza", "instrumento"),
    "filas": ("tipo", "instrumento", "tipo-naturaleza"),
    "filtro": LISTAS,
    "faceta": ("tipo", "naturaleza", "recurso", "instrumento"),
    "estado": (None, "ambas", "solo-a", "tension", "conjunto"),
    "cuales": ("todas", "vencidas", "pendientes", "sin-respuesta"),
    "clase": ("modelo", "persona"), "descendente": (False, True),
    "coinciden": (False, True), "solo_respondidas": (False, True),
    "limite": (3, 1000), "desde": (0, 2), "tipo_suyo": (None, "PERT", "REM"),
    "tema_suyo": (None, 1, 2),
}  # fmt: skip

Pedido = tuple[Seleccion, dict[str, Any]]
FIJOS = (Seleccion(ficticio=True), DE_TODO)


def _una_llave(con: DuckDBPyConnection, tabla: str, azar: Random) -> object:
    """Devuelve una llave al azar, sin traerlas todas: pueden ser millones."""
    ((cuantas,),) = con.execute(f"select count(*) from {tabla}").fetchall()
    ((elegida,),) = con.execute(
        f"select {llave_de(con, tabla)[0]} from {tabla} order by 1 limit 1 offset ?",
        [azar.randrange(cuantas)],
    ).fetchall()
    return elegida


def al_azar(con: DuckDBPyConnection, azar: Random) -> Pedido:
    """Devuelve filtros y demás valores que la base tiene, y a veces ninguno."""
    opciones = lector.consultar(con, "filtros_opciones", {"solo_reales": None})
    elegidos = {
        str(filtro): tuple(azar.sample(sorted(v), min(len(v), azar.randint(1, 4))))
        for filtro, v in opciones.groupby("filtro", sort=True)["valor"]
        if azar.random() < 0.25
    }
    buscar = " ".join(azar.sample(PALABRAS, azar.choice((0, 0, 0, 1, 2))))
    otros = {nombre: azar.choice(valores) for nombre, valores in OFRECIDOS.items()}
    for nombre, tabla in DE_LA_BASE.items():
        otros[nombre] = _una_llave(con, tabla, azar)
    seleccion = Seleccion(**elegidos, buscar=buscar, ficticio=azar.random() < 0.7)
    return seleccion, {**OTROS, **otros}


def pedidos(base: Path, veces: int) -> list[Pedido]:
    """Devuelve con qué se pregunta a una base: lo fijo y, con semilla, lo al azar."""
    azar = Random(20181017)
    with abrir(base) as con:
        fijos: list[Pedido] = [(seleccion, OTROS) for seleccion in FIJOS]
        return fijos + [al_azar(con, azar) for _ in range(veces)]


def distintos(nombre: str, pedidos: Iterable[Pedido]) -> list[dict[str, object]]:
    """Devuelve los valores que una consulta toma de los pedidos, sin repetir.

    Las que no miran los filtros se preguntan una vez.
    """
    todos = [lector.valores(nombre, s, **otros) for s, otros in pedidos]
    return [v for n, v in enumerate(todos) if v not in todos[:n]]

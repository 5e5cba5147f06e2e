"""Las tablas de lectura dicen lo mismo que las normalizadas, que son la verdad.

La otra vía es Python sobre las tablas normalizadas, fila por fila: lenta y sin nada en
común con el SQL que se prueba.
"""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultas.lector import consultar, valores
from consultas.seleccion import Seleccion, sin_acentos
from datos.base import abrir
from datos.codificar import Lectura, adjudicar, guardar_lectura
from datos.codificar_deshacer import deshacer_ultima
from datos.errores import ErrorDeDatos
from datos.libros import libro_vigente

Fila = dict[str, object]
PERSONAS = ("ana", "beto")
ENUNCIADOS = tuple("abcdefgh")


def filas(con: DuckDBPyConnection, tabla: str) -> list[Fila]:
    cursor = con.execute(f"select * from {tabla}")
    nombres = [columna[0] for columna in cursor.description]
    return [dict(zip(nombres, fila, strict=True)) for fila in cursor.fetchall()]


def por_llave(con: DuckDBPyConnection, tabla: str, llave: str) -> dict[object, Fila]:
    return {fila[llave]: fila for fila in filas(con, tabla)}


def enteros(con: DuckDBPyConnection) -> list[dict[str, object]]:
    """Devuelve cada enunciado codificado con todo lo que por él se filtra y cuenta."""
    temas = por_llave(con, "temas_dialogo", "tema_dialogo_id")
    dialogos = por_llave(con, "dialogos", "dialogo_id")
    mesas = por_llave(con, "mesas", "mesa_id")
    preguntas = por_llave(con, "preguntas", "pregunta_id")
    fuera = {fila["enunciado_id"] for fila in filas(con, "retirados")}
    codigos = {
        (fila["enunciado_id"], fila["faceta"]): fila["codigo"]
        for fila in filas(con, "codificaciones")
        if fila["es_principal"]
    }
    instrumentos = [
        (fila["enunciado_id"], fila["instrumento_id"])
        for fila in filas(con, "enunciados_instrumentos")
        if fila["es_principal"]
    ]
    convocados = filas(con, "mesas_grupos")
    hechos = []
    for e in filas(con, "enunciados"):
        clave, tema = e["enunciado_id"], temas[e["tema_dialogo_id"]]
        naturaleza, tipo = (codigos.get((clave, f)) for f in ("naturaleza", "tipo"))
        if clave in fuera or not naturaleza or not tipo:
            continue
        dialogo = dialogos[tema["dialogo_id"]]
        pregunta = preguntas.get(e["pregunta_id"], {})
        nivel = {"tema": "conjunto", "plenario": "plenario"}
        hechos.append(
            {
                "enunciado_id": clave,
                "texto": sin_acentos(str(e["texto"])),
                "dialogo": {dialogo["dialogo_id"]},
                "region": {dialogo["region_id"]},
                "anio": {str(dialogo["anio"])},
                "tema": {str(tema["tema_id"])},
                "pregunta": {pregunta.get("clave") or pregunta.get("pregunta_id")},
                "mesa": {
                    mesas[e["mesa_id"]]["letra"]
                    if e["mesa_id"]
                    else nivel[str(e["nivel_atribucion"])]
                },
                "naturaleza": {naturaleza},
                "tipo": {tipo},
                "instrumento": {i for quien, i in instrumentos if quien == clave},
                "grupo": {
                    c["grupo_id"]
                    for c in convocados
                    if c["tema_dialogo_id"] == e["tema_dialogo_id"]
                    and (
                        c["mesa_id"] is None
                        or e["mesa_id"] is None
                        or c["mesa_id"] == e["mesa_id"]
                    )
                },
            }
        )
    return hechos


def pasa(hecho: dict[str, object], elegida: Seleccion) -> bool:
    buscado = sin_acentos(elegida.buscar).split()
    return all(palabra in str(hecho["texto"]) for palabra in buscado) and all(
        set(puestos) & hecho[filtro]  # type: ignore[operator]
        for filtro, puestos in elegida.activos().items()
        if filtro != "buscar"
    )


def comparar(con: DuckDBPyConnection, elegida: Seleccion) -> None:
    """Exige que las dos vías digan lo mismo de una selección."""
    hechos = [hecho for hecho in enteros(con) if pasa(hecho, elegida)]

    def leido(consulta: str, *columnas: str) -> Counter[tuple[object, ...]]:
        tabla = consultar(con, consulta, valores(consulta, elegida))
        claves = tabla[list(columnas)].itertuples(index=False, name=None)
        return Counter(dict(zip(claves, tabla["enunciados"], strict=True)))

    def contado(*filtros: str) -> Counter[tuple[object, ...]]:
        una, otra = filtros
        return Counter(
            (a, b)
            for hecho in hechos
            for a in hecho[una]  # type: ignore[attr-defined]
            for b in hecho[otra]  # type: ignore[attr-defined]
        )

    orden = {"orden": "documento", "descendente": False, "desde": 0, "limite": 1000}
    lista = consultar(
        con, "enunciados_lista", valores("enunciados_lista", elegida, **orden)
    )
    assert set(lista["enunciado_id"]) == {hecho["enunciado_id"] for hecho in hechos}
    assert leido("grupos_tipos", "grupo_id", "tipo") == contado("grupo", "tipo")
    assert leido("grupos_naturalezas", "grupo_id", "naturaleza") == contado(
        "grupo", "naturaleza"
    )
    assert leido("instrumentos_naturalezas", "instrumento_id", "naturaleza") == (
        contado("instrumento", "naturaleza")
    )
    por_tema = leido("temas_tipos", "tema_id", "tipo")
    assert Counter({(str(t), c): n for (t, c), n in por_tema.items()}) == contado(
        "tema", "tipo"
    )


@pytest.fixture(scope="module")
def con(
    base_muestra: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DuckDBPyConnection]:
    ruta = tmp_path_factory.mktemp("lectura") / "base.duckdb"
    with abrir(Path(shutil.copy(base_muestra, ruta)), escribe=True) as abierta:
        yield abierta


def algunos(*opciones: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(opciones), max_size=2, unique=True).map(tuple)


SELECCIONES = st.builds(
    Seleccion,
    region=algunos("02", "08", "13"),
    anio=algunos("2020", "2021"),
    dialogo=algunos("muestra-2020", "muestra-2021"),
    tema=algunos("1", "2"),
    pregunta=algunos("muestra-2020-1-p1", "oficios"),
    grupo=algunos("usuarios", "empresas", "omil", "otic"),
    tipo=algunos("PERT", "TIC", "ACC", "OTR"),
    naturaleza=algunos("recomendacion", "diagnostico", "contexto"),
    instrumento=algunos("otec", "omil", "oferta-cursos"),
    mesa=algunos("A", "B", "conjunto", "plenario"),
    buscar=st.sampled_from(["", "", "noche", "cursos noche", "señal", "zzz"]),
    ficticio=st.just(True),
)
LECTURAS = st.builds(
    Lectura,
    st.sampled_from(["recomendacion", "diagnostico", "valoracion"]),
    st.sampled_from(["PERT", "TIC", "ACC"]),
    st.sampled_from(["tesoro", "ninguno"]),
    algunos("otec", "omil", "oferta-cursos"),
)
ESCRITURAS = st.tuples(
    st.sampled_from(["leer", "leer", "decidir", "deshacer"]),
    st.sampled_from(PERSONAS),
    st.sampled_from(ENUNCIADOS),
    LECTURAS,
)


def escribir(
    con: DuckDBPyConnection, que: str, quien: str, e: str, lectura: Lectura
) -> None:
    """Escribe lo pedido, como quien tiene a la vista lo que hay."""
    if que == "deshacer":
        deshacer_ultima(con, quien)
        return
    libro = libro_vigente(con)
    versiones = {
        str(fila["codificador_id"]): int(str(fila["version"]))
        for fila in filas(con, "lecturas")
        if fila["enunciado_id"] == e and fila["libro_id"] == libro
    }
    if que == "leer":
        guardar_lectura(con, quien, e, libro, lectura, versiones.get(quien))
        return
    contada = next(
        (
            str(fila["codificador_id"])
            for fila in filas(con, "codificaciones")
            if fila["enunciado_id"] == e and fila["es_principal"]
        ),
        None,
    )
    vista = None if contada is None else (contada, versiones.get(contada, 1))
    adjudicar(con, quien, e, libro, lectura, vista)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(elegida=SELECCIONES)
def test_toda_seleccion_da_lo_mismo_por_las_dos_vias(
    con: DuckDBPyConnection, elegida: Seleccion
) -> None:
    comparar(con, elegida)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(escrituras=st.lists(ESCRITURAS, min_size=1, max_size=4), elegida=SELECCIONES)
def test_tras_cualquier_serie_de_escrituras_tambien(
    con: DuckDBPyConnection,
    escrituras: list[tuple[str, str, str, Lectura]],
    elegida: Seleccion,
) -> None:
    # Cada ejemplo escribe sobre lo que dejó el anterior: también es una serie.
    for que, quien, enunciado, lectura in escrituras:
        # Deshacer se niega si después alguien decidió.
        with suppress(ErrorDeDatos):
            escribir(con, que, quien, enunciado, lectura)
    comparar(con, Seleccion(ficticio=True))
    comparar(con, elegida)

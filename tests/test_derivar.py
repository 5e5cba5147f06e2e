"""Derivar por partes, tras cualquier escritura, da lo mismo que derivar de una vez."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from duckdb import DuckDBPyConnection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from consultas import lector
from consultas.seleccion import Seleccion
from datos import derivar, derivar_grandes, derivar_partes
from datos.base import abrir
from datos.codificar import Lectura
from datos.codificar_deshacer import deshacer_decision
from datos.derivar import derivar_todo, ordenar_si_conviene
from datos.deshacer import deshacer
from datos.errores import ErrorDeDatos
from datos.escritura import Archivo, escribir
from datos.libro_nuevo import copiar_libro, publicar
from datos.libro_trasladar import contadas, propias, trasladar, trasladar_contadas
from datos.libros import codigos_de, libro_vigente
from datos.respuestas import Respuesta, contestar
from pruebas_de_carga.preguntas import CONSULTAS, OTROS
from tests.cargas_sueltas import un_acta, un_dialogo
from tests.test_lectura import ENUNCIADOS, LECTURAS, PERSONAS
from tests.test_lectura import escribir as codificar

HUELLAS = count()
# Dónde va un enunciado, dicho sin el número, que depende de lo que se cargó antes.
LUGAR = (
    "(select e.enunciado_id from enunciados as e inner join lectura_temas as t using"
    " (tema_dialogo_id) where t.desde + e.orden = x.posicion)"
)
APARTE = {
    "lectura_temas": "* exclude (desde), row_number() over (order by desde) as lugar_",
    "lectura_enunciados": "* exclude (posicion),"
    " row_number() over (order by posicion) as lugar_",
    "lectura_pares": "* exclude (posicion),"
    " row_number() over (order by posicion) as lugar_",
    "lectura_vocabulario": "palabra, apariciones",
    "lectura_apariciones": f"{LUGAR}, (select v.palabra from lectura_vocabulario as v"
    " where v.palabra_id = x.palabra_id)",
}


def derivado(con: DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    """Todo lo que dicen las tablas de lectura, sin el número de las posiciones."""
    tablas = con.execute(
        "select table_name from duckdb_tables() where starts_with(table_name,"
        " 'lectura_') and table_name <> 'lectura_diccionario'"
    ).fetchall()
    return {
        tabla: sorted(
            con.execute(
                f"select {APARTE.get(tabla, '*')} from {tabla} as x"
            ).fetchall(),
            key=repr,
        )
        for (tabla,) in tablas
    }


def de_una_vez(con: DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    """Lo mismo, derivado de nuevo por entero; la base queda como estaba."""
    con.execute("begin transaction")
    try:
        derivar_todo(con)
        return derivado(con)
    finally:
        con.execute("rollback")


Base = tuple[DuckDBPyConnection, Path]
Escritura = tuple[str, str, str, Lectura, int]


@pytest.fixture(scope="module")
def base(
    base_muestra: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Base]:
    """La muestra, que con una carga más ya es «grande», derivada de a pocas filas."""
    ruta = tmp_path_factory.mktemp("derivar") / "base.duckdb"
    shutil.copy(base_muestra, ruta)
    with pytest.MonkeyPatch.context() as parche:
        parche.setattr(derivar_grandes, "GRANDE", 15)
        parche.setattr(derivar_partes, "PARTE", 3)
        with abrir(ruta, escribe=True) as con:
            yield con, ruta


def cargar(base: Base, que: str, como: int) -> None:
    con, ruta = base
    archivo = Archivo("uno.txt", f"{next(HUELLAS):064x}", "informe")
    if que == "dialogo":
        region, anio = [("01", 2019), ("05", 2020), ("16", None)][como % 3]
        verbo = partial(un_dialogo, region=region, anio=anio, cuantos=como)
        escribir(con, ruta, "ana", archivo, verbo)
        return
    mesas = con.execute("select mesa_id from mesas order by hash(mesa_id)").fetchall()
    mesa = mesas[como % len(mesas)][0]
    escribir(con, ruta, "ana", archivo, partial(un_acta, mesa=mesa, cuantos=como))


def deshacer_la_ultima(base: Base) -> None:
    con, ruta = base
    cargas = con.execute(
        "select carga_id from cargas where estado = 'vigente' order by momento desc"
    ).fetchall()
    if cargas:
        deshacer(con, ruta, cargas[0][0], "ana")


def publicar_otra(con: DuckDBPyConnection, quien: str) -> None:
    rige = codigos_de(con, libro_vigente(con))
    nombre = f"Versión {next(HUELLAS)}"
    cambiados = [
        replace(c, nombre=f"Ticket, {nombre}") if c.codigo == "TIC" else c for c in rige
    ]
    libro = copiar_libro(con, quien, nombre, "Otro nombre.", cambiados)
    publicar(con, quien, libro, 1)


def intentar(base: Base, *escritura: *Escritura) -> None:
    """Escribe, salvo que no corresponda; lo que falla por dentro no se calla."""
    try:
        hacer(base, *escritura)
    except ErrorDeDatos as error:
        if error.__cause__ is not None:
            raise


def hacer(base: Base, que: str, quien: str, e: str, lectura: Lectura, n: int) -> None:
    con, _ = base
    if que in ("dialogo", "acta"):
        cargar(base, que, n)
    elif que == "quitar":
        deshacer_la_ultima(base)
    elif que == "publicar":
        publicar_otra(con, quien)
    elif que == "trasladar":
        suyas = [a for a in propias(con, quien, ficticios=True) if a.sigue]
        trasladar(con, quien, suyas)
    elif que == "trasladar lo contado":
        suyas = [a for a in contadas(con, ficticios=True) if a.sigue]
        trasladar_contadas(con, quien, suyas)
    elif que == "no decidir":
        deshacer_decision(con, quien)
    elif que == "contestar":
        contestar(con, quien, [e], Respuesta("Unidad", "aceptada", "pendiente"))
    else:
        codificar(con, que, quien, e, lectura)


ESCRITURAS = st.tuples(
    st.sampled_from([
        "leer", "leer", "decidir", "deshacer", "no decidir", "contestar", "dialogo",
        "dialogo", "acta", "acta", "quitar", "quitar", "publicar", "trasladar",
        "trasladar lo contado",
    ]),
    st.sampled_from(PERSONAS),
    st.sampled_from(ENUNCIADOS),
    LECTURAS,
    st.integers(0, 5),
)  # fmt: skip


@settings(
    max_examples=8,
    # Cada ejemplo parte de lo que dejó el anterior: achicar uno no lo explica.
    phases=[Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(escrituras=st.lists(ESCRITURAS, min_size=1, max_size=5))
def test_por_partes_es_lo_mismo_que_de_una_vez(
    base: Base, escrituras: list[Escritura]
) -> None:
    for escritura in escrituras:
        intentar(base, *escritura)
    con, _ = base
    por_partes = derivado(con)
    for tabla, filas in de_una_vez(con).items():
        assert por_partes[tabla] == filas, tabla


def respuestas(con: DuckDBPyConnection) -> dict[str, pd.DataFrame]:
    elegida = Seleccion(ficticio=True)
    return {
        nombre: lector.consultar(con, nombre, lector.valores(nombre, elegida, **OTROS))
        for nombre in CONSULTAS
    }


def test_las_consultas_responden_lo_mismo(base: Base, tmp_path: Path) -> None:
    lectura = Lectura("recomendacion", "TIC", "tesoro", ("otec",))
    hechas = [("dialogo", 4), ("acta", 3), ("leer", 0), ("dialogo", 1), ("decidir", 0),
              ("quitar", 0), ("leer", 1), ("acta", 2)]  # fmt: skip
    for que, n in hechas:
        intentar(base, que, "ana", ENUNCIADOS[n], lectura, n)
    con, ruta = base
    con.execute("checkpoint")
    with duckdb.connect(str(shutil.copy(ruta, tmp_path / "entera.duckdb"))) as entera:
        derivar_todo(entera)
        de_nuevo = respuestas(entera)
    for nombre, tabla in respuestas(con).items():
        # El número de la posición es de adentro: solo cuenta su orden.
        otra = de_nuevo[nombre].drop(columns="posicion", errors="ignore")
        tabla = tabla.drop(columns="posicion", errors="ignore")
        pd.testing.assert_frame_equal(tabla, otra, obj=nombre)


def test_con_el_hueco_lleno_se_deriva_todo_y_nada_se_pisa(base: Base) -> None:
    con, _ = base
    # Como si ya se hubiera cargado entre esos dos temas cuanto cabe.
    con.execute("update lectura_temas set desde = lugar * 3 where desde > 0")
    cargar(base, "dialogo", 1)
    assert derivado(con) == de_una_vez(con)


def test_lo_que_quedo_al_final_vuelve_a_su_lugar(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    con, _ = base
    monkeypatch.setattr(derivar, "GRUPO_DE_FILAS", 1)
    en_orden = "select posicion from lectura_enunciados"
    # Más de un dieciseisavo de lo que hayan dejado las demás pruebas; los múltiplos de
    # tres van a la región que se lee primero.
    cargar(base, "dialogo", 3 * (len(con.execute(en_orden).fetchall()) // 16 + 1))
    antes = con.execute(en_orden).fetchall()
    assert antes != sorted(antes)
    ordenar_si_conviene(con)
    despues = con.execute(en_orden).fetchall()
    assert despues == sorted(despues)


def test_si_falla_derivar_no_queda_nada_de_la_escritura(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    antes = derivado(base[0])
    # Se corta con lo ancho ya puesto y los recuentos por poner.
    monkeypatch.setattr(derivar, "DE_LOS_USOS", ("grupos", "nada"))
    with pytest.raises(ErrorDeDatos, match="No se pudo escribir"):
        cargar(base, "dialogo", 2)
    assert derivado(base[0]) == antes

"""Una exportación grande sale por partes: en orden, de un solo instante y acotada."""

import http.client
import json
import re
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
import uvicorn
from duckdb import DuckDBPyConnection
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request

from consultas import partes
from consultas.lector import sql_y_valores, valores
from consultas.seleccion import Seleccion
from datos.base import abrir
from tablero import conexion, en_sql, maquinas, servidor
from tablero.exportar import EXCEL, SIMPLE, Cuadro, Formato, escribir
from tests.conftest import RAIZ, copia, puerto_libre

CONSULTA = "enunciados_api"
PEDIDO = valores(CONSULTA, Seleccion(ficticio=True))
DE_LA_MUESTRA, VECES = 8, 1_000
ENUNCIADOS = DE_LA_MUESTRA * VECES
# Las mismas filas muchas veces, largas, y guardadas en cualquier orden: 20 MB.
INFLAR = f"""
create or replace table lectura_enunciados as
with numeradas as (
    select *, row_number() over (order by posicion) as cual from lectura_enunciados
)
select
    e.* exclude (cual) replace (
        {DE_LA_MUESTRA} * v.range + e.cual as posicion,
        concat(e.texto, repeat(' y lo que sigue', 150)) as texto
    )
from numeradas as e cross join range({VECES}) as v
order by hash(v.range, e.cual)
"""
QUEDA_UNO = """
create or replace table lectura_enunciados as
select * from lectura_enunciados where posicion = 1
"""
SIN_FIN = """
alter table lectura_enunciados rename to grande;
create view lectura_enunciados as
select e.* replace (e.posicion + r.range as posicion)
from grande as e cross join range(1000000000) as r
"""
ESPERA = 30.0


@pytest.fixture(scope="module")
def inflada(base_muestra: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """La muestra con tantos enunciados que no caben en lo que la red guarda."""
    ruta = copia(base_muestra, tmp_path_factory)
    with abrir(ruta, escribe=True) as con:
        con.execute(INFLAR)
        con.execute("checkpoint")
    return ruta


@pytest.fixture
def con(inflada: Path) -> Iterator[DuckDBPyConnection]:
    with abrir(inflada, escribe=True) as abierta:
        yield abierta


@pytest.fixture
def por_partes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Diez partes de ochocientos enunciados."""
    monkeypatch.setattr(partes, "TRAMO", 400)
    monkeypatch.setattr(partes, "POR_PARTE", 800)


def abiertas(con: DuckDBPyConnection) -> int:
    return int(con.execute("from duckdb_connection_count()").fetchall()[0][0])


@settings(deadline=None)
@given(st.dictionaries(st.integers(0, 500), st.integers(1, partes.TRAMO)))
def test_las_partes_cubren_todo_sin_repetir_ni_pasarse(filas: dict[int, int]) -> None:
    hechas = list(partes.cortes(sorted(filas.items())))
    bordes = [desde for desde, _ in hechas] + [hasta for _, hasta in hechas[-1:]]
    assert hechas == list(pairwise(bordes))
    for tramo in filas:
        assert sum(d <= tramo * partes.TRAMO < h for d, h in hechas) == 1
    for desde, hasta in hechas:
        tramos = range(desde // partes.TRAMO, hasta // partes.TRAMO)
        assert 0 < sum(filas.get(tramo, 0) for tramo in tramos) <= partes.POR_PARTE


@pytest.mark.parametrize("formato", [EXCEL, SIMPLE], ids=lambda f: f.sufijo)
@pytest.mark.usefixtures("por_partes")
def test_por_partes_sale_lo_mismo_que_de_una_vez_y_en_orden(
    con: DuckDBPyConnection, formato: Formato
) -> None:
    cursor = con.cursor().execute(sql_y_valores(CONSULTA, PEDIDO)[0])
    titulos = tuple(columna[0] for columna in cursor.description)
    assert titulos[-1] == "posicion"
    filas = tuple(fila[:-1] for fila in cursor.fetchall())
    assert len(filas) == ENUNCIADOS
    salida = b"".join(en_sql.csv(con, CONSULTA, PEDIDO, formato))
    assert salida == escribir(Cuadro(titulos[:-1], filas), formato)


@pytest.mark.usefixtures("por_partes")
def test_el_json_por_partes_es_una_sola_lista(con: DuckDBPyConnection) -> None:
    leidos = json.loads(b"".join(en_sql.json(con, CONSULTA, PEDIDO)))
    lugares = [objeto["enunciado_id"] for objeto in leidos]
    assert len(lugares) == ENUNCIADOS
    assert lugares == lugares[:DE_LA_MUESTRA] * VECES
    assert set(lugares[:DE_LA_MUESTRA]) == set("abcdefgh")


@pytest.mark.parametrize("escribe", ["csv", "json"])
def test_una_seleccion_vacia_es_un_archivo_vacio(
    con: DuckDBPyConnection, escribe: str
) -> None:
    nada = valores(CONSULTA, Seleccion(buscar="no está en ninguna parte"))
    if escribe == "json":
        assert b"".join(en_sql.json(con, CONSULTA, nada)) == b"[]\n"
    else:
        salida = b"".join(en_sql.csv(con, CONSULTA, nada, SIMPLE))
        assert salida.startswith(b"enunciado_id,")
        assert salida.count(b"\r\n") == 1


def test_lo_que_ocupa_no_crece_con_lo_que_sale(
    con: DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    aparte = con.cursor()

    def ordenando() -> int:
        filas = aparte.execute(
            "select memory_usage_bytes from duckdb_memory() where tag = 'ORDER_BY'"
        ).fetchall()
        return int(filas[0][0])

    def mayor() -> int:
        return max(
            ordenando() for _ in en_sql.csv(con, CONSULTA, PEDIDO, SIMPLE)
        )  # fmt: skip

    monkeypatch.setattr(partes, "POR_PARTE", ENUNCIADOS)
    de_una_vez = mayor()
    monkeypatch.setattr(partes, "TRAMO", 400)
    monkeypatch.setattr(partes, "POR_PARTE", 800)
    tracemalloc.start()
    try:
        assert mayor() * 5 < de_una_vez
        # Un trozo y su copia: el archivo entero son 20 MB.
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.usefixtures("por_partes")
def test_lo_que_se_escriba_mientras_sale_no_se_mezcla(
    inflada: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with abrir(copia(inflada, tmp_path_factory), escribe=True) as con:
        salida = en_sql.csv(con, CONSULTA, PEDIDO, SIMPLE)
        primero = next(salida)
        with con.cursor() as otro:
            otro.execute(QUEDA_UNO)
        assert (primero + b"".join(salida)).count(b"\na,") == VECES
        # Quien pide después ve lo nuevo, y la base queda libre.
        assert b"".join(en_sql.csv(con, CONSULTA, PEDIDO, SIMPLE)).count(b"\na,") == 1
        con.execute("checkpoint")


@pytest.mark.usefixtures("por_partes")
def test_cerrar_lo_que_sale_suelta_la_base(con: DuckDBPyConnection) -> None:
    antes = abiertas(con)
    salida = en_sql.csv(con, CONSULTA, PEDIDO, SIMPLE)
    next(salida)
    assert abiertas(con) == antes + 1
    salida.close()
    assert abiertas(con) == antes


def test_una_consulta_que_falla_suelta_la_base(con: DuckDBPyConnection) -> None:
    antes = abiertas(con)
    with pytest.raises(duckdb.BinderException):
        partes.recorrer(con, CONSULTA, {**PEDIDO, "tema": ("dos",)}, en_sql.objeto)
    assert abiertas(con) == antes


@pytest.fixture
def direccion(inflada: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """El puerto de un servidor de verdad, con las direcciones y capas del tablero."""
    monkeypatch.setenv("TABLERO_BD", str(inflada))
    conexion.cerrar()
    app = Starlette(routes=maquinas.RUTAS, middleware=servidor.CAPAS)
    puerto = puerto_libre()
    atiende = uvicorn.Server(
        uvicorn.Config(app, port=puerto, log_config=None, lifespan="off")
    )
    hilo = threading.Thread(target=atiende.run)
    hilo.start()
    esperar(lambda: atiende.started)
    yield puerto
    atiende.should_exit = True
    hilo.join(ESPERA)
    conexion.cerrar()


def esperar(llego: Callable[[], bool]) -> None:
    limite = time.monotonic() + ESPERA
    while not llego():
        assert time.monotonic() < limite
        time.sleep(0.02)


def pedir(
    puerto: int, camino: str, como: str = "GET"
) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    enlace = http.client.HTTPConnection("127.0.0.1", puerto, timeout=ESPERA)
    enlace.request(como, f"/api/enunciados.{camino}")
    return enlace, enlace.getresponse()


@pytest.mark.parametrize("camino", ["csv?ficticio=si", "json?ficticio=si"])
@pytest.mark.usefixtures("por_partes")
def test_si_quien_pidio_se_va_lo_que_salia_se_detiene(
    direccion: int, camino: str
) -> None:
    antes = abiertas(conexion.conexion())
    enlace, respuesta = pedir(direccion, camino)
    assert respuesta.status == 200
    assert respuesta.read(10)
    # Todavía sale: lo que falta no cabe en lo que la red guarda.
    assert abiertas(conexion.conexion()) == antes + 1
    respuesta.close()
    enlace.close()
    esperar(lambda: abiertas(conexion.conexion()) == antes)


def test_a_quien_solo_pregunta_no_se_le_escribe_nada(direccion: int) -> None:
    antes = abiertas(conexion.conexion())
    enlace, respuesta = pedir(direccion, "csv?ficticio=si", "HEAD")
    with closing(enlace):
        assert respuesta.status == 200
        assert respuesta.headers["content-type"] == "text/csv; charset=utf-8"
        esperar(lambda: abiertas(conexion.conexion()) == antes)


def test_si_tarda_demasiado_se_detiene_y_se_dice_que_hacer(
    base_muestra: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ruta = copia(base_muestra, tmp_path_factory)
    monkeypatch.setattr(partes, "PLAZO_PARTE", 0.2)
    monkeypatch.setenv("TABLERO_BD", str(ruta))
    conexion.cerrar()
    conexion.conexion().execute(SIN_FIN)
    pedido = Request({
        "type": "http", "method": "GET", "path": "/api/enunciados.csv",
        "query_string": b"", "headers": [], "server": ("127.0.0.1", 80),
        "scheme": "http",
    })  # fmt: skip
    respuesta = maquinas.responder(pedido)
    conexion.cerrar()
    assert respuesta.status_code == 503
    assert "Acote con los filtros" in json.loads(bytes(respuesta.body))["error"]


def test_lo_que_pide_sacar_una_base_se_mide_y_tiene_tope(base_muestra: Path) -> None:
    hecho = subprocess.run(
        [sys.executable, "-m", "pruebas_de_carga.exportacion", base_muestra],
        cwd=RAIZ, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert re.fullmatch(
        r"simple: 0\.0 MB con \d+\.\d s de CPU\. Memoria: .+ \(tope 200\)\.\n",
        hecho.stdout,
    )

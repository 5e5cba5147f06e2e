"""Lo que ve y hace quien administra, por la página, como la corre el servidor."""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection
from streamlit.testing.v1 import AppTest

from datos import salidas
from datos.codificar import guardar_lectura
from datos.errores import ErrorDeDatos
from datos.permisos import Persona, Rol
from datos.respaldos import carpeta, listar
from datos.salidas import API, CORTADA, Salida, anotar
from tablero import bitacora, conexion, identidad
from tablero.admin_bitacora import _csv
from tablero.bitacora import Pedido
from tablero.exportar import SIMPLE
from tests.test_borrar import LECTURA, MARCA, acta, base_vacia, donde_esta, trabajar
from tests.test_cargas import guardar
from tests.test_paginas import abrir, html

__all__ = ["base_vacia"]
HOY = datetime.now(UTC).date()
SIEMPRE = Pedido(date(2000, 1, 1), HOY + timedelta(days=1))


@pytest.fixture
def ruta(
    base_vacia: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Una base con un informe y un acta, trabajada, que sirve este proceso."""
    suya = Path(shutil.copy(base_vacia, tmp_path / "base.duckdb"))
    monkeypatch.setenv("TABLERO_BD", str(suya))
    conexion.cerrar()
    guardar(conexion.conexion(), suya)
    acta(conexion.conexion(), suya)
    trabajar(conexion.conexion())
    yield suya
    conexion.cerrar()


def parte(nombre: str) -> AppTest:
    prueba = abrir("administracion", administrar=nombre)
    assert not prueba.exception
    return prueba


def test_la_bitacora_junta_lo_escrito_y_lo_que_salio_sin_textos(ruta: Path) -> None:
    filtros = {"tema": ["2"], "buscar": ["hola"]}
    salida = Salida("ficha-bi", "enunciados", API, "csv", filtros, 9, CORTADA)
    anotar(ruta, salida)
    texto = html(parte("bitacora"))
    assert MARCA not in texto and "hola" not in texto
    como = "cortada; tema: 2; buscar: sí"
    dichos = ("cargar acta", "exportar", "ficha-bi", "enunciados (csv, por api)", como)
    assert all(dicho in texto for dicho in dichos)
    # De un cambio se dicen las columnas.
    assert "momento, nota, version" in texto


def test_los_renglones_van_del_mas_nuevo_y_por_tramos_son_los_mismos(
    ruta: Path,
) -> None:
    for n in range(3):
        anotar(ruta, Salida("ana", f"asunto-{n}", API, "csv"))
        nota = replace(LECTURA, nota=f"Otra {n}.")
        con = conexion.conexion()
        suya = "select enunciado_id, version from lecturas where codificador_id = 'ana'"
        ((suyo, version),) = con.execute(suya).fetchall()
        guardar_lectura(con, "ana", suyo, "v1", nota, version)
        conexion.nueva_edicion()
    todos = bitacora.renglones(SIEMPRE)
    assert len(todos) == sum(bitacora.cuentas(SIEMPRE).values())
    momentos = [r.momento for r in todos]
    assert momentos == sorted(momentos, reverse=True)
    por_tramos = [
        bitacora.renglones(SIEMPRE, n, n + 2) for n in range(0, len(todos), 2)
    ]
    assert [r for tramo in por_tramos for r in tramo] == todos
    de_ana = bitacora.renglones(replace(SIEMPRE, quien="ana", accion="exportar"))
    assert [r.sobre for r in de_ana] == [
        f"asunto-{n} (csv, por api)" for n in (2, 1, 0)
    ]
    vacio = Pedido(date(2000, 1, 1), date(2000, 1, 2))
    assert bitacora.renglones(vacio) == [] and bitacora.cuentas(vacio) == {}


def test_la_bitacora_baja_entera_sin_textos(ruta: Path) -> None:
    contenido, filas = _csv(SIEMPRE, SIMPLE)
    assert filas == len(bitacora.renglones(SIEMPRE)) > 5
    assert contenido.count(b"\r\n") == filas + 1
    assert MARCA.encode() not in contenido


def test_los_respaldos_se_hacen_y_se_revisan_desde_la_pagina(ruta: Path) -> None:
    antes = len(listar(ruta))
    prueba = parte("respaldos")
    prueba.button(key="respaldo_crear").click().run()
    assert len(listar(ruta)) == antes + 1
    assert "sirve" in html(prueba) and "restaurar RESPALDO" in html(prueba)
    suyo = listar(ruta)[0].archivo
    prueba.selectbox(key="respaldo_cual").select(suyo.name)
    prueba.button(key="respaldo_verificar").click().run()
    assert f"{suyo.name}: sirve." in html(prueba)
    suyo.write_bytes(b"roto" * 9000)
    prueba.button(key="respaldo_verificar").click().run()
    assert "cambió desde que se hizo" in html(prueba)


def test_los_datos_personales_se_dicen_tachados(ruta: Path) -> None:
    con = conexion.conexion()
    con.execute("update lecturas set nota = 'Llamar a 12.345.678-5'"
                " where codificador_id = 'ana'")  # fmt: skip
    prueba = parte("personales")
    prueba.button(key="personales_buscar").click().run()
    texto = html(prueba)
    assert (
        "lecturas" in texto and "1 de 1 hallazgos" in texto and "1██████████5" in texto
    )
    assert "12.345.678-5" not in texto


def test_una_carga_se_borra_desde_la_pagina_y_el_tablero_sigue(ruta: Path) -> None:
    prueba = parte("borrar")
    ((suya,),) = (
        conexion.conexion()
        .execute("select carga_id from cargas where clase = 'acta'")
        .fetchall()
    )
    prueba.selectbox(key="por_borrar").select(suya).run()
    assert "lecturas" in html(prueba)
    prueba.text_input(key="borrar_motivo").input("Lo pidió su titular")
    assert prueba.button(key="borrar").disabled
    prueba.text_input(key="borrar_seguro").input("borrar").run()
    if prueba.checkbox:
        prueba.checkbox(key="borrar_copias").check()
    prueba.button(key="borrar").click().run()
    assert not prueba.exception and "La carga se borró" in html(prueba)
    con = conexion.conexion()
    assert con.execute("select count(*) from enunciados where mesa_id is not null"
                       ).fetchall() == [(0,)]  # fmt: skip
    quien = con.execute("select quien from bitacora where accion = 'borrar'").fetchall()
    assert quien == [("local",)]
    # Se puede seguir escribiendo, y queda en el archivo nuevo.
    acta(con, ruta, "otra vez")
    conexion.cerrar()
    assert donde_esta(ruta.parent) == set()


def _sin_fin(cursor: DuckDBPyConnection) -> None:
    with suppress(duckdb.InterruptException):
        cursor.execute("select count(*) from range(1000000) as a, range(1000000) as b"
                       " where a.range * b.range % 7 = 3")  # fmt: skip


def test_con_alguien_leyendo_no_se_cambia_el_archivo(
    ruta: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conexion, "ESPERA", 0.2)
    lector = conexion.conexion().cursor()
    hilo = threading.Thread(target=_sin_fin, args=(lector,))
    antes = time.process_time()
    hilo.start()
    # El hilo tarda en empezar, y solo se sabe que pregunta por lo que gasta.
    while time.process_time() - antes < 0.3:
        time.sleep(0.01)
    with pytest.raises(ErrorDeDatos, match="Alguien está leyendo"), conexion.apartada():
        pytest.fail("no debía llegar aquí")
    lector.interrupt()
    hilo.join()
    with conexion.apartada():
        assert not conexion._en_uso()
    assert conexion.conexion().execute("select count(*) from dialogos").fetchall()


def test_quien_no_administra_no_ve_nada_de_esto(
    ruta: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edita = Persona("ana", Rol.EDICION)
    monkeypatch.setattr(identidad, "con_cuentas", lambda: True)
    monkeypatch.setattr(identidad, "persona", lambda: edita)
    prueba = abrir("administracion")
    assert "«administración»" in html(prueba) and "Bitácora" not in html(prueba)


def test_el_registro_de_salidas_no_esta_en_los_respaldos(ruta: Path) -> None:
    anotar(ruta, Salida("ana", "enunciados", API, "csv"))
    assert salidas.carpeta(ruta).parent == ruta.parent
    assert not list(carpeta(ruta).rglob("*.jsonl"))

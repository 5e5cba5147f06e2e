"""Editar deja rastro, y quien llega segundo se entera de quién cambió qué."""

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from datos.base import abrir
from datos.deshacer import deshacer
from datos.edicion import Choque, Editor, editar
from datos.errores import ErrorDeDatos
from datos.escritura import Anotador, Archivo, escribir
from datos.historia import CHOQUE, historia

FILA = {
    "respuesta_id": "r1", "unidad": "Unidad de Cursos", "resultado": "aceptada",
    "razon": None, "accion": "Abrir cursos", "responsable": "Jefatura", "vence": None,
    "estado": "pendiente", "avance": None, "evidencia": None, "version": 1,
}  # fmt: skip
CLAVE = {"respuesta_id": "r1"}


@pytest.fixture
def con(base_muestra: Path, tmp_path: Path) -> Iterator[DuckDBPyConnection]:
    ruta = Path(shutil.copy(base_muestra, tmp_path / "base.duckdb"))
    with abrir(ruta, escribe=True) as abierta:
        editar(abierta, "ana", "contestar", _agregar)
        yield abierta


def _agregar(editor: Editor) -> None:
    editor.agregar("respuestas", FILA)


def poner(con: DuckDBPyConnection, quien: str, vista: int, **nuevos: object) -> bool:
    def verbo(editor: Editor) -> bool:
        editor.exigir_version("respuestas", CLAVE, vista)
        return editor.cambiar("respuestas", CLAVE, nuevos)

    return editar(con, quien, "contestar", verbo)


def estado(con: DuckDBPyConnection) -> tuple[object, ...]:
    ((*fila,),) = con.execute(
        "select unidad, estado, version from respuestas where respuesta_id = 'r1'"
    ).fetchall()
    return tuple(fila)


def test_cada_cambio_sube_la_version_y_queda_con_lo_que_decia(
    con: DuckDBPyConnection,
) -> None:
    assert poner(con, "beto", 1, estado="en curso", unidad="Unidad de Cursos")
    assert estado(con) == ("Unidad de Cursos", "en curso", 2)
    primero, segundo = historia(con, "respuestas", CLAVE)
    assert (primero.quien, primero.antes) == ("ana", None)
    assert primero.despues == FILA
    assert segundo.quien == "beto"
    # Solo lo que cambió de verdad.
    assert segundo.columnas() == {
        "estado": ("pendiente", "en curso"),
        "version": (1, 2),
    }


def test_guardar_lo_mismo_no_escribe_nada(con: DuckDBPyConnection) -> None:
    assert not poner(con, "beto", 1, estado="pendiente")
    assert estado(con)[2] == 1
    assert len(historia(con, "respuestas", CLAVE)) == 1


def test_varias_filas_de_una_vez_quedan_anotadas_una_por_una(
    con: DuckDBPyConnection,
) -> None:
    def verbo(editor: Editor) -> None:
        editor.agregar("respuestas", *({**FILA, "respuesta_id": r} for r in "xy"))
        editor.agregar("respuestas")

    editar(con, "beto", "contestar", verbo)
    for clave in "xy":
        (cambio,) = historia(con, "respuestas", {"respuesta_id": clave})
        assert cambio.despues == {**FILA, "respuesta_id": clave}


def test_quien_llega_segundo_sabe_quien_cambio_que_y_no_pisa_nada(
    con: DuckDBPyConnection,
) -> None:
    poner(con, "beto", 1, estado="en curso")
    poner(con, "carla", 2, unidad="Otra unidad")
    with pytest.raises(Choque, match="«beto» y «carla» cambiaron esto") as choque:
        poner(con, "ana", 1, estado="cerrada")
    assert [c.columnas() for c in choque.value.cambios] == [
        {"estado": ("pendiente", "en curso"), "version": (1, 2)},
        {"unidad": ("Unidad de Cursos", "Otra unidad"), "version": (2, 3)},
    ]
    assert estado(con) == ("Otra unidad", "en curso", 3)
    # También lo ve quien guardó primero.
    ultimo = historia(con, "respuestas", CLAVE)[-1]
    assert (ultimo.quien, ultimo.accion) == ("ana", CHOQUE)
    # Y con lo nuevo a la vista, se guarda.
    assert poner(con, "ana", 3, estado="cerrada")


def test_dos_hilos_a_la_vez_guardan_uno_y_avisan_al_otro(
    con: DuckDBPyConnection,
) -> None:
    salidas: list[str] = []
    listos = threading.Barrier(2)

    def guardar(quien: str) -> None:
        listos.wait()
        try:
            poner(con, quien, 1, avance=f"Lo escribió {quien}")
            salidas.append("guardó")
        except Choque:
            salidas.append("chocó")

    hilos = [threading.Thread(target=guardar, args=(q,)) for q in ("beto", "carla")]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert sorted(salidas) == ["chocó", "guardó"]
    assert estado(con)[2] == 2


def test_lo_que_falla_a_medias_no_deja_nada(con: DuckDBPyConnection) -> None:
    def verbo(editor: Editor) -> None:
        editor.cambiar("respuestas", CLAVE, {"estado": "cerrada"})
        editor.cambiar("respuestas", CLAVE, {"resultado": "no acogida"})

    with pytest.raises(ErrorDeDatos, match="rompe una de sus reglas"):
        editar(con, "beto", "contestar", verbo)
    assert estado(con) == ("Unidad de Cursos", "pendiente", 1)
    assert len(historia(con, "respuestas", CLAVE)) == 1


def test_un_codigo_se_cambia_y_se_quita_y_la_lectura_lo_sigue(
    con: DuckDBPyConnection,
) -> None:
    ((clave, enunciado),) = con.execute(
        "select codificacion_id, enunciado_id from codificaciones"
        " where es_principal and faceta = 'tipo' order by 1 limit 1"
    ).fetchall()
    llave = {"codificacion_id": clave}

    def recodificar(codigo: str, editor: Editor) -> bool:
        return editor.cambiar("codificaciones", llave, {"codigo": codigo})

    for codigo in ("OTR", "ACC"):
        editar(con, "beto", "codificar", partial(recodificar, codigo))
        assert con.execute(
            "select tipo from lectura_enunciados where enunciado_id = ?", [enunciado]
        ).fetchall() == [(codigo,)]
    editar(
        con, "beto", "deshacer",
        lambda e: e.quitar("codificaciones", llave),
    )  # fmt: skip
    assert not con.execute(
        "select tipo from lectura_enunciados where enunciado_id = ?", [enunciado]
    ).fetchall()
    quitada = historia(con, "codificaciones", llave)[-1]
    assert quitada.despues is None
    assert quitada.antes is not None
    assert quitada.antes["codigo"] == "ACC"


def test_una_carga_con_ediciones_encima_no_se_deshace(
    base_muestra: Path, tmp_path: Path
) -> None:
    def un_lugar(anotador: Anotador) -> str:
        anotador.cambiar("dialogos", {"dialogo_id": "muestra-2020"}, {"lugar": "Uno"})
        return "Un lugar."

    ruta = Path(shutil.copy(base_muestra, tmp_path / "base.duckdb"))
    with abrir(ruta, escribe=True) as con:
        archivo = Archivo("informe.txt", "a" * 64, "informe")
        acuse = escribir(con, ruta, "ana", archivo, un_lugar)
        editar(
            con, "beto", "corregir",
            lambda e: e.cambiar(
                "dialogos", {"dialogo_id": "muestra-2020"}, {"lugar": "Dos"}
            ),
        )  # fmt: skip
        with pytest.raises(ErrorDeDatos, match="lo que editó «beto»"):
            deshacer(con, ruta, acuse.carga_id, "ana")

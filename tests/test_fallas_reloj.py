"""Aunque el reloj del equipo retroceda, lo que vino después sigue después."""

import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from datos import filas
from datos.base import abrir
from datos.deshacer import deshacer
from datos.edicion import Choque, Editor, editar
from datos.errores import ErrorDeDatos
from datos.escritura import Anotador, escribir
from datos.filas import Fila
from datos.historia import historia
from datos.libro_nuevo import copiar_libro, publicar
from datos.libros import codigos_de, libro_vigente
from tests.test_escritura import con_un_tema, otro_archivo

LUGAR = {"dialogo_id": "muestra-2020"}


class Reloj(datetime):
    """El reloj del equipo, que una prueba puede mover."""

    corrido = timedelta()

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return datetime.now(UTC) + cls.corrido


@pytest.fixture
def reloj(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Reloj]]:
    monkeypatch.setattr(filas, "datetime", Reloj)
    monkeypatch.setattr(Reloj, "corrido", timedelta())
    yield Reloj
    filas.no_antes_de(None)


@pytest.fixture
def ruta(base_muestra: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(base_muestra, tmp_path / "base.duckdb"))


def otro_lugar(anotador: Anotador) -> str:
    anotador.cambiar("dialogos", LUGAR, {"lugar": "Posterior"})
    return "Otro lugar."


def test_una_carga_no_se_deshace_bajo_otra_posterior_aunque_la_hora_sea_anterior(
    ruta: Path, reloj: type[Reloj]
) -> None:
    with abrir(ruta, escribe=True) as con:
        primera = escribir(con, ruta, "ana", otro_archivo(), con_un_tema)
        reloj.corrido = timedelta(hours=-2)
        segunda = escribir(con, ruta, "ana", otro_archivo(), otro_lugar)
        with pytest.raises(ErrorDeDatos, match="después vino otro"):
            deshacer(con, ruta, primera.carga_id, "ana")
        deshacer(con, ruta, segunda.carga_id, "ana")
        deshacer(con, ruta, primera.carga_id, "ana")


def test_lo_mismo_si_el_tablero_se_reinicio_entretanto(
    ruta: Path, reloj: type[Reloj], caplog: pytest.LogCaptureFixture
) -> None:
    with abrir(ruta, escribe=True) as con:
        primera = escribir(con, ruta, "ana", otro_archivo(), con_un_tema)
    reloj.corrido = timedelta(days=-400)
    # Otro proceso no recuerda la hora: la toma de la base.
    filas.no_antes_de(None)
    with caplog.at_level(logging.WARNING), abrir(ruta, escribe=True) as con:
        editar(con, "beto", "cambiar",
               lambda e: e.cambiar("dialogos", LUGAR, {"lugar": "De Beto"})
        )  # fmt: skip
        with pytest.raises(ErrorDeDatos, match="lo que editó «beto»"):
            deshacer(con, ruta, primera.carga_id, "ana")
        momentos = con.execute(
            "select momento from bitacora order by bitacora_id"
        ).fetchall()
    assert momentos == sorted(set(momentos))
    assert "Revise su hora" in caplog.text


def test_con_la_hora_bien_no_se_avisa(
    ruta: Path, reloj: type[Reloj], caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        with caplog.at_level(logging.WARNING), abrir(ruta, escribe=True) as con:
            escribir(con, ruta, "ana", otro_archivo(), lambda _: "Nada.")
    assert "hora" not in caplog.text


def test_el_libro_publicado_despues_es_el_que_rige(
    ruta: Path, reloj: type[Reloj]
) -> None:
    with abrir(ruta, escribe=True) as con:
        for vez in range(2):
            uno, *otros = codigos_de(con, libro_vigente(con))
            cambiado = replace(uno, definicion=f"{uno.definicion} Vez {vez}.")
            libro = copiar_libro(con, "ana", f"{vez}", "Se prueba", [cambiado, *otros])
            publicar(con, "ana", libro, 1)
            assert libro_vigente(con) == libro
            reloj.corrido -= timedelta(days=5)


def poner(clave: Fila, unidad: int) -> Callable[[Editor], bool]:
    return lambda e: e.cambiar("respuestas", clave, {"unidad": f"Unidad {unidad}"})


def test_quien_llega_segundo_se_entera_con_la_hora_al_reves(
    ruta: Path, reloj: type[Reloj]
) -> None:
    clave = {"respuesta_id": "r-1"}
    with abrir(ruta, escribe=True) as con:
        ((clave["respuesta_id"], vista),) = con.execute(
            "select respuesta_id, version from respuestas order by 1 limit 1"
        ).fetchall()
        for n in range(3):
            reloj.corrido -= timedelta(hours=1)
            editar(con, "ana", "responder", poner(clave, n))
        with pytest.raises(Choque) as choque:
            editar(con, "beto", "responder",
                   lambda e: e.exigir_version("respuestas", clave, vista))  # fmt: skip
        vistas = [c.despues for c in historia(con, "respuestas", clave)]
    assert [c.quien for c in choque.value.cambios] == ["ana"] * 3
    assert [v["unidad"] for v in vistas if v and "unidad" in v] == [
        "Unidad 0", "Unidad 1", "Unidad 2",
    ]  # fmt: skip

"""Contestar valida, enlaza sin fundir y no pisa lo que otra persona guardó."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from datos.base import abrir
from datos.edicion import Choque
from datos.errores import ErrorDeDatos
from datos.historia import CHOQUE
from datos.respuestas import (
    Cambiada,
    Respuesta,
    contestar,
    contestar_varias,
    historia_de,
)

BUENA = Respuesta("Unidad de Cursos", "aceptada", "pendiente", vence=date(2026, 3, 1))


@pytest.fixture
def con(base_muestra: Path, tmp_path: Path) -> Iterator[DuckDBPyConnection]:
    """La muestra, como si todavía no se hubiera respondido nada."""
    ruta = Path(shutil.copy(base_muestra, tmp_path / "base.duckdb"))
    with abrir(ruta, escribe=True) as abierta:
        for tabla in ("respuestas_enunciados", "respuestas"):
            abierta.execute(f"delete from {tabla}")
        yield abierta


def enlaces(con: DuckDBPyConnection) -> list[tuple[str, str]]:
    return con.execute("select * from respuestas_enunciados order by all").fetchall()


def test_contestar_guarda_y_deja_historia_de_fila_y_enlaces(
    con: DuckDBPyConnection,
) -> None:
    clave = contestar(con, "ana", ["a", "c"], BUENA)
    assert enlaces(con) == [(clave, "a"), (clave, "c")]
    contestar(con, "beto", ["c"], replace(BUENA, estado="en curso"), clave, 1)
    columnas = [c.columnas() for c in historia_de(con, clave)]
    assert [c.quien for c in historia_de(con, clave)] == ["ana"] * 3 + ["beto"] * 2
    assert columnas[3]["enunciado_id"] == ("a", None)
    assert columnas[4] == {"estado": ("pendiente", "en curso"), "version": (1, 2)}


def test_cambiar_solo_los_enlaces_sube_la_version_y_choca(
    con: DuckDBPyConnection,
) -> None:
    clave = contestar(con, "ana", ["a"], BUENA)
    contestar(con, "beto", ["a", "c"], BUENA, clave, 1)
    with pytest.raises(Choque, match="«beto» cambió esto") as choque:
        contestar(con, "ana", ["a"], replace(BUENA, avance="Algo"), clave, 1)
    assert [c.columnas() for c in choque.value.cambios] == [
        {"respuesta_id": (None, clave), "enunciado_id": (None, "c")},
        {"version": (1, 2)},
    ]
    assert historia_de(con, clave)[-1].accion == CHOQUE
    assert len(enlaces(con)) == 2


def test_dos_primeras_respuestas_a_lo_mismo_chocan_y_ambas_personas_lo_ven(
    con: DuckDBPyConnection,
) -> None:
    clave = contestar(con, "ana", ["a", "c"], BUENA)
    with pytest.raises(Choque, match="«ana» cambió esto") as choque:
        contestar(con, "beto", ["a"], replace(BUENA, unidad="Otra"))
    # Los enlaces también son lo que ana hizo, y no llevan versión.
    dicho = [c.columnas() for c in choque.value.cambios]
    assert [d["enunciado_id"][1] for d in dicho[:2]] == ["a", "c"]
    assert dicho[2]["unidad"] == (None, "Unidad de Cursos")
    assert (historia_de(con, clave)[-1].accion, historia_de(con, clave)[-1].quien) == (
        CHOQUE, "beto"
    )  # fmt: skip
    # Visto el cambio, quien llegó después puede dejar lo suyo.
    contestar(con, "beto", ["a"], replace(BUENA, unidad="Otra"), clave, 1)
    assert enlaces(con) == [(clave, "a")]


def test_guardar_lo_mismo_no_escribe_nada(con: DuckDBPyConnection) -> None:
    clave = contestar(con, "ana", ["a"], BUENA)
    otra_vez = Cambiada(("a",), replace(BUENA, unidad=" Unidad  de Cursos "), clave, 1)
    assert contestar_varias(con, "beto", [otra_vez]) == 0
    assert len(historia_de(con, clave)) == 2


@pytest.mark.parametrize(
    ("cambios", "dice"),
    [
        ({"unidad": "  "}, "Unidad que responde: está en blanco"),
        ({"resultado": "quizás"}, "Resultado: no es uno de los admitidos"),
        ({"estado": "abierta"}, "Estado: no es uno de los admitidos"),
        ({"resultado": "no acogida"}, "Razón: falta, y el resultado es «no acogida»"),
        ({"resultado": "aceptada en parte", "razon": " "}, "Razón: falta"),
        ({"responsable": "alguien@sence.cl"}, "cargo: hay un correo"),
        ({"avance": "Llamar al +56 9 8765 4321"}, "Avance: hay un teléfono"),
        ({"evidencia": "javascript:alert(1)"}, "Evidencia: no es una dirección"),
        ({"evidencia": "https://"}, "Evidencia: no es una dirección"),
        ({"accion": "x" * 2001}, "Qué se hará: tiene 2001 caracteres"),
        ({"vence": date(26, 1, 1)}, "Vence: no es una fecha posible"),
    ],
)
def test_lo_que_falta_se_dice_y_nada_se_guarda(
    con: DuckDBPyConnection, cambios: dict[str, object], dice: str
) -> None:
    with pytest.raises(ErrorDeDatos) as error:
        contestar(con, "ana", ["a"], replace(BUENA, **cambios))  # type: ignore[arg-type]
    assert dice in str(error.value)
    assert not enlaces(con)


def test_todas_las_faltas_se_juntan(con: DuckDBPyConnection) -> None:
    with pytest.raises(ErrorDeDatos) as error:
        contestar(con, "ana", ["a"], Respuesta("", "no acogida", "x"))
    assert len(error.value.faltas) == 3


@pytest.mark.parametrize("evidencia", ["https://sence.gob.cl/a?b=1", "Ord. N° 12"])
def test_la_evidencia_es_una_direccion_o_una_referencia(
    con: DuckDBPyConnection, evidencia: str
) -> None:
    assert contestar(con, "ana", ["a"], replace(BUENA, evidencia=evidencia))


@pytest.mark.parametrize(
    ("enunciados", "dice"),
    [
        ([], "no responde a ninguna recomendación"),
        (["zz"], "«zz»: no existe, ya no rige"),
        (["b"], "«b»: no es una recomendación"),
    ],
)
def test_solo_se_responden_recomendaciones_que_rigen(
    con: DuckDBPyConnection, enunciados: list[str], dice: str
) -> None:
    with pytest.raises(ErrorDeDatos) as error:
        contestar(con, "ana", enunciados, BUENA)
    assert dice in str(error.value)


def test_una_recomendacion_esta_en_una_sola_respuesta_y_se_dice_en_cual(
    con: DuckDBPyConnection,
) -> None:
    clave = contestar(con, "ana", ["a"], BUENA)
    with pytest.raises(ErrorDeDatos) as error:
        contestar(con, "beto", ["c", "a"], BUENA)
    assert f"ya está en la respuesta «{clave}», de Unidad de Cursos" in str(error.value)
    dos = [Cambiada(("c",), BUENA, None, None)] * 2
    with pytest.raises(ErrorDeDatos, match="está en dos respuestas"):
        contestar_varias(con, "beto", dos)


def test_en_una_misma_vez_puede_pasar_de_una_respuesta_a_otra(
    con: DuckDBPyConnection,
) -> None:
    una, otra = (contestar(con, "ana", [e], BUENA) for e in "ac")
    contestar_varias(
        con, "beto",
        [Cambiada(("c", "a"), BUENA, otra, 1), Cambiada((), BUENA, una, 1)],
    )  # fmt: skip
    assert enlaces(con) == [(otra, "a"), (otra, "c")]
    # La que quedó sin enlaces está retirada, y su historia sigue.
    assert len(historia_de(con, una)) == 4


def test_varias_se_guardan_todas_o_ninguna(con: DuckDBPyConnection) -> None:
    mala = Cambiada(("b",), BUENA, None, None)
    with pytest.raises(ErrorDeDatos):
        contestar_varias(con, "ana", [Cambiada(("a",), BUENA, None, None), mala])
    assert not enlaces(con)
    assert con.execute("select count(*) from respuestas").fetchall() == [(0,)]


def test_dos_hilos_responden_lo_mismo_y_queda_una(con: DuckDBPyConnection) -> None:
    salidas: list[str] = []
    listos = threading.Barrier(2)

    def guardar(quien: str) -> None:
        listos.wait()
        try:
            contestar(con, quien, ["a"], BUENA)
            salidas.append("guardó")
        except ErrorDeDatos:
            salidas.append("no")

    hilos = [threading.Thread(target=guardar, args=(q,)) for q in ("beto", "carla")]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert sorted(salidas) == ["guardó", "no"]
    assert len(enlaces(con)) == 1

"""Lo que falta decidir, y el lugar de cada enunciado, son los contados uno por uno."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from duckdb import DuckDBPyConnection

from consultas.seleccion import Seleccion
from datos.codificar import Decision, Lectura, adjudicar_varias, guardar_lectura
from tablero import conexion
from tablero.codifica_progreso import DIALOGOS, por_dialogo
from tablero.codifica_turno import Turno
from tablero.disputas import Disputa, disputas, vista_de

TODO = Seleccion()
PERSONAS = ("ana", "beto", "carla")
POSIBLES = (
    Lectura("recomendacion", "PERT", "organizacion", ("otec",)),
    Lectura("recomendacion", "PERT", "organizacion", ()),
    Lectura("diagnostico", "TIC", "tesoro", ("oferta-cursos", "otec")),
)


@pytest.fixture
def con(
    base_muestra: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DuckDBPyConnection]:
    ruta = Path(shutil.copy(base_muestra, tmp_path / "base.duckdb"))
    monkeypatch.setenv("TABLERO_BD", str(ruta))
    conexion.cerrar()
    yield conexion.conexion()
    conexion.cerrar()


def vista(enunciado: str) -> tuple[str, int] | None:
    return vista_de(conexion.preguntar("codificar_lecturas", TODO, enunciado=enunciado))


def por_decidir(con: DuckDBPyConnection, enunciado: str) -> str | None:
    """Dice, mirando lectura por lectura, si las personas difieren o coinciden."""
    filas = con.execute(
        "select l.codificador_id, l.es_adjudicacion, l.momento,"
        " list(concat(c.faceta, c.codigo) order by c.faceta),"
        " (select list(i.instrumento_id order by i.instrumento_id)"
        "  from enunciados_instrumentos as i where i.enunciado_id = l.enunciado_id"
        "  and i.codificador_id = l.codificador_id)"
        " from lecturas as l join codificaciones as c"
        " using (enunciado_id, libro_id, codificador_id)"
        " join codificadores as q using (codificador_id)"
        " where l.enunciado_id = ? and q.clase = 'persona' group by all",
        [enunciado],
    ).fetchall()
    leidas = [fila for fila in filas if not fila[1]]
    decididas = [fila[2] for fila in filas if fila[1]]
    if len(leidas) < 2 or (
        decididas and max(decididas) >= max(fila[2] for fila in leidas)
    ):
        return None
    if len({repr(fila[3:]) for fila in leidas}) > 1:
        return "difieren"
    contada = vista(enunciado)
    suyas = {fila[0] for fila in leidas}
    return None if contada and contada[0] in suyas else "coinciden"


def halladas(coinciden: bool, **otros: str) -> list[Disputa]:
    lista, total = disputas("v1", TODO, coinciden=coinciden, limite=99, **otros)
    assert total == len(lista)
    return lista


@pytest.mark.parametrize("semilla", [1, 2])
def test_lo_por_decidir_es_lo_que_sale_de_mirar_lectura_por_lectura(
    con: DuckDBPyConnection, semilla: int
) -> None:
    azar = random.Random(semilla)
    for _ in range(60):
        quien, cual = azar.choice(PERSONAS), azar.choice("abcdefgh")
        lectura = azar.choice(POSIBLES)
        if azar.random() < 0.2:
            decision = Decision(cual, lectura, vista(cual))
            adjudicar_varias(con, quien, "v1", [decision])
        else:
            ((version,),) = con.execute(
                "select max(version) from lecturas"
                " where codificador_id = ? and enunciado_id = ?",
                [quien, cual],
            ).fetchall()
            guardar_lectura(con, quien, cual, "v1", lectura, version)
        conexion.nueva_edicion()
    esperado = {cual: por_decidir(con, cual) for cual in "abcdefgh"}
    for que, coinciden in (("difieren", False), ("coinciden", True)):
        suyas = halladas(coinciden)
        assert {d.enunciado for d in suyas} == {
            cual for cual, dicho in esperado.items() if dicho == que
        }
        for disputa in suyas:
            assert disputa.vista == vista(disputa.enunciado)
            assert halladas(coinciden, enunciado=disputa.enunciado) == [disputa]
    assert "difieren" in esperado.values() and None in esperado.values()


def test_lo_que_coincide_trae_la_lectura_entera_y_quienes_la_hicieron(
    con: DuckDBPyConnection,
) -> None:
    for quien in ("beto", "ana"):
        guardar_lectura(con, quien, "a", "v1", POSIBLES[2], None)
    conexion.nueva_edicion()
    (una,) = halladas(True)
    assert una.comun == Lectura(
        "diagnostico", "TIC", "tesoro", ("oferta-cursos", "otec"),
        "Coinciden «ana» y «beto».",
    )  # fmt: skip
    assert una.vista == ("adjudicacion-1", 1)
    adjudicar_varias(con, "carla", "v1", [Decision("a", una.comun, una.vista)])
    conexion.nueva_edicion()
    assert halladas(True) == []


def test_con_limite_se_dice_cuantas_hay(con: DuckDBPyConnection) -> None:
    for cual in "abc":
        guardar_lectura(con, "ana", cual, "v1", POSIBLES[0], None)
        guardar_lectura(con, "beto", cual, "v1", POSIBLES[1], None)
    conexion.nueva_edicion()
    primeras, total = disputas("v1", TODO, coinciden=False, limite=2)
    assert ([d.enunciado for d in primeras], total) == (["a", "b"], 3)


TEMAS = pd.DataFrame(
    {
        "enunciados": [2, 3, 1],
        "primero": ["a", "c", "f"],
        "ultimo": ["b", "e", "f"],
        "sin_leer": ["b", "d", None],
    },
    dtype=object,
)
LISTA = pd.DataFrame(
    {
        "enunciado_id": ["c", "d", "e"],
        "texto": ["C", "D", "E"],
        "version_propia": pd.Series([1, None, None], dtype=object),
    }
)


@pytest.mark.parametrize(
    ("lugar", "numero", "anterior", "siguiente", "sin_leer"),
    [(0, 3, "b", "d", "d"), (1, 4, "c", "e", "e"), (2, 5, "d", "f", "b")],
)
def test_cada_enunciado_sabe_su_lugar_entre_todos_y_sus_vecinos(
    lugar: int, numero: int, anterior: str, siguiente: str, sin_leer: str
) -> None:
    turno = Turno(TEMAS, 1, LISTA, lugar)
    assert (turno.numero, turno.total) == (numero, 6)
    assert (turno.anterior(), turno.siguiente()) == (anterior, siguiente)
    assert turno.sin_leer() == sin_leer
    assert turno.version == (None if lugar else 1)


def test_en_los_extremos_no_hay_mas() -> None:
    (ultimo,) = (Turno(TEMAS, 2, LISTA.tail(1).reset_index(drop=True), 0),)
    assert ultimo.siguiente() == "" and ultimo.anterior() == "e"
    primero = Turno(TEMAS, 0, LISTA.head(2), 0)
    assert primero.anterior() == "" and primero.siguiente() == "d"
    assert dict(primero.vecinos()) == {"Después": "D"}


def test_de_muchos_dialogos_se_dicen_los_empezados_y_cuantos_mas_hay() -> None:
    hay = DIALOGOS + 1
    temas = pd.DataFrame(
        {
            "dialogo": [f"D{i}" for i in range(hay)],
            "tema_numero": 1,
            "leidos": [0] * (hay - 1) + [2],
            "enunciados": 5,
        }
    )
    assert por_dialogo(temas) == ([f"D{hay - 1}: tema 1, 2 de 5"], hay - 1)
    frases, otros = por_dialogo(temas.head(2))
    assert (len(frases), otros) == (2, 0)

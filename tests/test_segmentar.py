"""Dividir un párrafo en unidades: a ciegas, sin cambiar su texto ni pisar a nadie."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection
from hypothesis import given
from hypothesis import strategies as st

from datos.base import abrir
from datos.cortes import calzan, cortes_de, marca_de, marcar, unidades
from datos.deshacer import deshacer
from datos.edicion import Choque
from datos.errores import ErrorDeDatos
from datos.escritura import Anotador, Archivo, escribir
from datos.historia import historia
from datos.parrafos import conclusiones
from datos.segmentar import (
    TABLA,
    Parrafo,
    guardar_segmentacion,
    quitar_segmentacion,
)
from tablero.codifica_unidades_citas import cortes_de_citas
from tests import informes

TEXTO = "Faltan cursos de noche. Crear un bono y avisar por radio."
LUGAR = Parrafo("doc-2", "muestra-2021-1", 2)
# Se corta tras «noche.» (23), y además tras «bono» (37).
UNA, OTRA = (23, 57), (23, 37, 57)
MARCADO = "Faltan cursos de noche. | Crear un bono y avisar por radio."


@pytest.fixture
def ruta(base_muestra: Path, tmp_path: Path) -> Path:
    """La muestra, con el texto de un acta cargado: dos líneas."""
    copia = Path(shutil.copy(base_muestra, tmp_path / "base.duckdb"))
    with abrir(copia, escribe=True) as con:
        con.execute(
            "update documentos set texto = ? where documento_id = 'doc-2'",
            [f"Otra línea.\n{TEXTO}"],
        )
    return copia


@pytest.fixture
def con(ruta: Path) -> Iterator[DuckDBPyConnection]:
    with abrir(ruta, escribe=True) as abierta:
        yield abierta


def guardar(con: DuckDBPyConnection, quien: str, marcado: str = MARCADO,
            version: int | None = None, lugar: Parrafo = LUGAR) -> int:  # fmt: skip
    return guardar_segmentacion(con, quien, lugar, marcado, version)


def guardadas(con: DuckDBPyConnection) -> list[tuple[object, ...]]:
    return con.execute(
        "select codificador_id, cortes, version from segmentaciones"
        " where documento_id = 'doc-2' order by 1"
    ).fetchall()


@pytest.mark.parametrize(
    ("marcado", "cortes"),
    [
        (TEXTO, (57,)),
        (MARCADO, UNA),
        ("Faltan cursos de noche.|Crear un bono|y avisar por radio.", OTRA),
        ("Faltan cursos de noche.\n|\n Crear un bono | y  avisar por radio. ", OTRA),
    ],
)
def test_las_rayas_dan_el_ultimo_caracter_de_cada_unidad(
    marcado: str, cortes: tuple[int, ...]
) -> None:
    assert cortes_de(TEXTO, marcado) == cortes
    assert calzan(TEXTO, cortes)
    assert cortes_de(TEXTO, marcar(TEXTO, cortes)) == cortes


def test_las_unidades_son_el_texto_entre_cortes() -> None:
    assert unidades(TEXTO, OTRA) == [
        "Faltan cursos de noche.", "Crear un bono", "y avisar por radio.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("marcado", "faltas"),
    [
        (TEXTO.replace("bono", "vale"), ["palabra 7: el texto cambió: decía «bono»"]),
        (TEXTO[:-10], ["decía «por radio.» y dice nada"]),
        (TEXTO + " Y más.", ["decía nada y dice «Y más.»"]),
        (TEXTO.replace("noche. ", "noche."), ["dice «noche.Crear»"]),
        (TEXTO.replace("noche", "no che"), ["dice «no che.»"]),
        (TEXTO.replace("noche", "no|che"), ["raya 1: parte una palabra"]),
        ("| " + TEXTO, ["raya 1: no tiene texto antes."]),
        (TEXTO + "|", ["raya 1: está al final"]),
        (TEXTO.replace(". C", ". || C"), ["raya 2: no tiene texto antes."]),
        # Todas las faltas, no la primera.
        ("|" + TEXTO.replace("noche", "no|che") + "|",
         ["raya 1: no tiene", "raya 2: parte", "raya 3: está al final"]),
        ("", ["dice nada"]),
    ],
)  # fmt: skip
def test_lo_que_no_es_una_raya_entre_palabras_se_dice(
    marcado: str, faltas: list[str]
) -> None:
    with pytest.raises(ErrorDeDatos) as error:
        cortes_de(TEXTO, marcado)
    assert len(error.value.faltas) == len(faltas)
    for falta, dice in zip(error.value.faltas, faltas, strict=True):
        assert dice in str(falta)


def test_un_parrafo_que_trae_rayas_se_marca_con_una_mas() -> None:
    con_rayas = "a | b || c"
    assert marca_de(con_rayas) == "|||"
    assert cortes_de(con_rayas, "a | b || c") == (10,)
    assert cortes_de(con_rayas, "a | b ||| || c") == (5, 10)
    with pytest.raises(ErrorDeDatos):
        cortes_de(con_rayas, "a || b || c")


def test_un_texto_enorme_se_rechaza_sin_compararlo() -> None:
    with pytest.raises(ErrorDeDatos, match="mucho más largo"):
        cortes_de(TEXTO, "a |" * 500_000)


@given(
    st.lists(st.text("aé|.<*\u0301\u200b", min_size=1, max_size=4), min_size=1),
    st.data(),
)
def test_marcar_y_leer_lo_marcado_es_lo_mismo_diga_lo_que_diga(
    palabras: list[str], datos: st.DataObject
) -> None:
    parrafo = " ".join(palabras)
    todos = [len(" ".join(palabras[: n + 1])) for n in range(len(palabras))]
    puestos = datos.draw(st.sets(st.sampled_from(todos)))
    cortes = tuple(sorted({*puestos, todos[-1]}))
    assert cortes_de(parrafo, marcar(parrafo, cortes)) == cortes


@pytest.mark.parametrize("cortes", [(), (57, 57), (22, 57), (23,), (57, 23), (23, 99)])
def test_los_cortes_de_otro_texto_no_calzan(cortes: tuple[int, ...]) -> None:
    assert not calzan(TEXTO, cortes)


def test_cada_quien_guarda_la_suya_y_cambiarla_sube_la_version(
    con: DuckDBPyConnection,
) -> None:
    assert guardar(con, "Ana ") == 1
    assert guardar(con, "beto", marcar(TEXTO, OTRA)) == 1
    assert guardadas(con) == [("ana", list(UNA), 1), ("beto", list(OTRA), 1)]
    # Guardar lo mismo no es un cambio.
    assert guardar(con, "ana", MARCADO, 1) == 1
    assert guardar(con, "ana", TEXTO, 1) == 2
    assert guardadas(con)[0] == ("ana", [57], 2)
    cambio = historia(con, TABLA, LUGAR.clave("ana"))[-1]
    assert cambio.columnas()["cortes"] == (list(UNA), [57])


def test_en_un_informe_el_parrafo_es_el_de_las_conclusiones_de_su_tema(
    con: DuckDBPyConnection,
) -> None:
    con.execute(
        "update documentos set texto = ? where documento_id = 'doc-1'",
        [informes.texto()],
    )
    suyos = conclusiones(informes.texto())
    assert suyos[1][0] != suyos[2][0]
    for tema in (1, 2):
        lugar = Parrafo("doc-1", f"muestra-2020-{tema}", 1)
        guardar(con, "ana", suyos[tema][0], None, lugar)
        with pytest.raises(ErrorDeDatos, match="no se puede leer"):
            guardar(con, "beto", suyos[3 - tema][0], None, lugar)


def test_dos_ventanas_de_la_misma_persona_chocan(con: DuckDBPyConnection) -> None:
    guardar(con, "ana")
    with pytest.raises(Choque, match="«ana» cambió esto"):
        guardar(con, "ana", TEXTO, None)
    guardar(con, "ana", TEXTO, 1)
    with pytest.raises(Choque) as choque:
        guardar(con, "ana", marcar(TEXTO, OTRA), 1)
    assert choque.value.cambios[-1].despues == {
        "cortes": [57], "version": 2,
        "momento": (choque.value.cambios[-1].despues or {})["momento"],
    }  # fmt: skip
    with pytest.raises(Choque):
        quitar_segmentacion(con, "ana", LUGAR, 1)
    assert guardadas(con) == [("ana", [57], 2)]


def test_una_quitada_no_repite_su_version(con: DuckDBPyConnection) -> None:
    guardar(con, "ana")
    assert quitar_segmentacion(con, "ana", LUGAR, 1)
    assert guardadas(con) == []
    assert guardar(con, "ana") == 2


@pytest.mark.parametrize(
    ("quien", "lugar", "dice"),
    [
        ("Ana María", LUGAR, "seudónimo"),
        ("adjudica-ana", LUGAR, "se reservan"),
        ("lectura-1", LUGAR, "otra clase"),
        ("ana", Parrafo("doc-2", "muestra-2021-1", 3), "tiene 2 párrafos"),
        ("ana", Parrafo("doc-2", "muestra-2021-1", 0), "tiene 2 párrafos"),
        ("ana", Parrafo("doc-2", "muestra-2020-1", 1), "ya no trata de ese tema"),
        ("ana", Parrafo("no-existe", "muestra-2020-1", 1), "ya no está"),
        ("ana", Parrafo("doc-1", "muestra-2020-1", 1), "no está cargado"),
    ],
)
def test_lo_que_no_se_puede_dividir_se_dice_y_no_deja_nada(
    con: DuckDBPyConnection, quien: str, lugar: Parrafo, dice: str
) -> None:
    with pytest.raises(ErrorDeDatos, match=dice):
        guardar(con, quien, MARCADO, None, lugar)
    assert guardadas(con) == []
    assert not con.execute("select 1 from bitacora").fetchall()


def con_documento(anotador: Anotador) -> str:
    """Una carga que trae un documento y la cita que lo une a un tema."""
    anotador.agregar(
        "documentos",
        {"documento_id": "doc-9", "titulo": "Nueva", "clase": "acta",
         "sha256": "9" * 64, "cargado": None, "texto": TEXTO},
    )  # fmt: skip
    anotador.agregar(
        "citas",
        {"cita_id": "a-c9", "enunciado_id": "a", "documento_id": "doc-9",
         "seccion": "1", "parrafo": 1, "primer_caracter": 1, "ultimo_caracter": 6,
         "sha256": "9" * 64},
    )  # fmt: skip
    return "Un documento."


def con_texto(anotador: Anotador) -> str:
    """Una carga que adjunta a un documento que ya estaba su texto."""
    anotador.cambiar("documentos", {"documento_id": "doc-2"}, {"texto": f"x.\n{TEXTO}"})
    return "Un texto."


@pytest.mark.parametrize(
    ("verbo", "clase", "lugar", "dice"),
    [
        (con_documento, "acta", Parrafo("doc-9", "muestra-2020-1", 1), TABLA),
        (con_texto, "texto", LUGAR, "divididos en unidades por «ana»"),
    ],
)
def test_una_carga_con_divisiones_encima_no_se_deshace_hasta_quitarlas(
    con: DuckDBPyConnection, ruta: Path, verbo: object, clase: str, lugar: Parrafo,
    dice: str,
) -> None:  # fmt: skip
    archivo = Archivo("archivo", "9" * 64, clase)
    carga = escribir(con, ruta, "equipo", archivo, verbo).carga_id  # type: ignore[arg-type]
    guardar(con, "ana", MARCADO, None, lugar)
    with pytest.raises(ErrorDeDatos, match=dice):
        deshacer(con, ruta, carga, "equipo")
    quitar_segmentacion(con, "ana", lugar, 1)
    deshacer(con, ruta, carga, "equipo")
    assert con.execute(
        "select estado from cargas where carga_id = ?", [carga]
    ).fetchall() == [("deshecha",)]


def test_un_acta_retirada_ya_no_se_divide(con: DuckDBPyConnection) -> None:
    con.execute("insert into retirados values ('g', 'c'), ('h', 'c')")
    with pytest.raises(ErrorDeDatos, match="ya no trata"):
        guardar(con, "ana")


@pytest.mark.parametrize(
    ("tramos", "cortes"),
    [
        ([(25, 57), (1, 23)], UNA),
        ([(1, 23)], None),
        ([(1, 23), (20, 57)], None),
        ([(1, 23), (31, 57)], None),
        ([(1, 10), (11, 57)], None),
        ([], None),
    ],
)
def test_las_citas_dividen_un_parrafo_solo_si_lo_cubren_entero_sin_pisarse(
    tramos: list[tuple[int, int]], cortes: tuple[int, ...] | None
) -> None:
    assert cortes_de_citas(TEXTO, tramos) == cortes

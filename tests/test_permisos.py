"""Quién puede qué se comprueba donde se escribe: por rol, por firma y por región."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from datos import borradores, fichas, permisos
from datos.alcance import CATALOGOS, POR, regiones_de
from datos.base import abrir
from datos.codificar import Lectura, guardar_lectura
from datos.deshacer import deshacer
from datos.errores import ErrorDeDatos
from datos.escritura import Archivo, escribir
from datos.libro_nuevo import copiar_libro
from datos.permisos import LOCAL, NADIE, Persona, Rol, SinPermiso, actua, actuando
from datos.respuestas import Respuesta, contestar
from tests.test_escritura import con_un_tema, contenido

Verbo = Callable[[DuckDBPyConnection, Path], object]
LEE = Persona("ana", Rol.LECTURA)
EN_05 = Persona("ana", Rol.EDICION, frozenset({"05"}))
EN_16 = Persona("ana", Rol.EDICION, frozenset({"16"}))
EN_TODAS = Persona("ana", Rol.EDICION)
ADMINISTRA = Persona("ana", Rol.ADMINISTRACION)
BUENA = Respuesta("Unidad de Cursos", "aceptada", "pendiente", vence=date(2026, 3, 1))
ARCHIVO = Archivo("informe.txt", "e" * 64, "informe")
# De ninguna región: rigen para todas, o son el rastro que deja la propia escritura.
DE_TODAS = {
    "base_info", "bitacora", "cargas", "cargas_filas", "codigos", "libros",
    "libros_versiones", "regiones", "reglas",
}  # fmt: skip


@pytest.fixture
def ruta(base_muestra: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(base_muestra, tmp_path / "base.duckdb"))


@pytest.fixture
def con(ruta: Path) -> Iterator[DuckDBPyConnection]:
    with abrir(ruta, escribe=True) as abierta:
        for tabla in ("respuestas_enunciados", "respuestas"):
            abierta.execute(f"delete from {tabla}")
        yield abierta


def codificar(con: DuckDBPyConnection, ruta: Path) -> object:
    leido = Lectura("recomendacion", "PERT", "organizacion", (), "")
    return guardar_lectura(con, "ana", "a", "v1", leido, None)


def responder(con: DuckDBPyConnection, ruta: Path) -> object:
    return contestar(con, "ana", ["a"], BUENA)


def cargar(con: DuckDBPyConnection, ruta: Path) -> object:
    return escribir(con, ruta, "ana", ARCHIVO, con_un_tema)


def versionar(con: DuckDBPyConnection, ruta: Path) -> object:
    return copiar_libro(con, "ana", "Libro nuevo", "Para probar.")


DE_LA_05 = (codificar, responder, cargar)


@pytest.mark.parametrize("verbo", [*DE_LA_05, versionar])
@pytest.mark.parametrize("quien", [NADIE, LEE])
def test_sin_el_rol_ningun_verbo_escribe(
    con: DuckDBPyConnection, ruta: Path, verbo: Verbo, quien: Persona
) -> None:
    antes = contenido(con)
    with actuando(quien), pytest.raises(SinPermiso, match="«edición»"):
        verbo(con, ruta)
    assert contenido(con) == antes


@pytest.mark.parametrize("verbo", [*DE_LA_05, versionar])
def test_en_un_servidor_con_cuentas_quien_no_dice_quien_es_no_escribe(
    con: DuckDBPyConnection, ruta: Path, verbo: Verbo, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert actua() == LOCAL
    monkeypatch.setattr(permisos, "SIN_DECIR", [LOCAL])
    permisos.exigir_cuentas()
    with pytest.raises(SinPermiso):
        verbo(con, ruta)


@pytest.mark.parametrize("verbo", DE_LA_05)
def test_se_edita_solo_en_las_regiones_de_la_cuenta(
    con: DuckDBPyConnection, ruta: Path, verbo: Verbo
) -> None:
    antes = contenido(con)
    with actuando(EN_16), pytest.raises(SinPermiso, match="no edita en Valparaíso"):
        verbo(con, ruta)
    assert contenido(con) == antes
    with actuando(EN_05):
        verbo(con, ruta)
    assert contenido(con) != antes


def test_lo_que_rige_para_todas_pide_poder_editar_en_todas(
    con: DuckDBPyConnection, ruta: Path
) -> None:
    with actuando(EN_05), pytest.raises(SinPermiso, match="todas las regiones"):
        versionar(con, ruta)
    with actuando(EN_TODAS):
        versionar(con, ruta)


def test_deshacer_una_carga_ajena_pide_su_region(
    con: DuckDBPyConnection, ruta: Path
) -> None:
    with actuando(EN_05):
        acuse = escribir(con, ruta, "ana", ARCHIVO, con_un_tema)
    for quien, motivo in ((EN_16, "Valparaíso"), (LEE, "edición")):
        with actuando(quien), pytest.raises(SinPermiso, match=motivo):
            deshacer(con, ruta, acuse.carga_id, "ana")
    assert con.execute("select estado from cargas").fetchall() == [("vigente",)]
    with actuando(EN_05):
        deshacer(con, ruta, acuse.carga_id, "ana")


@pytest.mark.parametrize("verbo", [*DE_LA_05, versionar])
def test_nadie_firma_por_otra_persona(
    con: DuckDBPyConnection, ruta: Path, verbo: Verbo
) -> None:
    beto = Persona("beto", Rol.ADMINISTRACION)
    with actuando(beto), pytest.raises(SinPermiso, match="se firma «beto»"):
        verbo(con, ruta)


def test_de_un_dialogo_que_cambia_de_region_importan_las_dos(
    con: DuckDBPyConnection,
) -> None:
    cambio = {
        "tabla": "dialogos", "clave": '{"dialogo_id": "muestra-2021"}',
        "antes": '{"region_id": "16"}', "despues": '{"region_id": "05"}',
    }  # fmt: skip
    assert regiones_de(con, [cambio]) == {"05", "16"}


def test_lo_que_no_se_sabe_de_que_region_es_pide_todas(con: DuckDBPyConnection) -> None:
    suelta = {"tabla": "respuestas", "clave": '{"respuesta_id": "r-9"}',
              "antes": '{"unidad": "U"}'}  # fmt: skip
    assert regiones_de(con, [suelta]) is None
    assert regiones_de(con, [{"tabla": "tabla_nueva", "clave": "{}"}]) is None


def test_de_toda_tabla_se_sabe_como_llegar_a_su_region(con: DuckDBPyConnection) -> None:
    tablas = {
        tabla
        for (tabla,) in con.execute(
            "select table_name from duckdb_tables() where schema_name = 'main'"
            " and table_name not like 'lectura\\_%' escape '\\'"
        ).fetchall()
    }
    assert tablas == POR.keys() | CATALOGOS | DE_TODAS


def test_un_borrador_lo_guarda_y_lo_quita_quien_edita(tmp_path: Path) -> None:
    contenido: borradores.Contenido = {"titulo": "Uno", "datos": {}}
    ahora = datetime.now(UTC)
    with actuando(LEE), pytest.raises(SinPermiso):
        borradores.guardar(tmp_path, "uno", contenido, ahora, 0)
    with actuando(EN_16):
        borradores.guardar(tmp_path, "uno", contenido, ahora, 0)
    with actuando(LEE), pytest.raises(SinPermiso):
        borradores.quitar(tmp_path, "uno")
    assert [f.clave for f in borradores.listar(tmp_path)] == ["uno"]


MANANA = datetime.now(UTC).date() + timedelta(days=1)


def test_una_ficha_deja_leer_hasta_que_vence_o_se_revoca(
    con: DuckDBPyConnection, ruta: Path
) -> None:
    with actuando(ADMINISTRA):
        ficha = fichas.crear(con, ruta, "ana", "power-bi", MANANA)
    assert fichas.persona_de(ruta, ficha) == Persona("ficha-power-bi", Rol.LECTURA)
    assert fichas.persona_de(ruta, ficha + "x") == NADIE
    assert fichas.persona_de(ruta, "") == NADIE
    (guardada,) = fichas.listar(ruta)
    assert ficha not in fichas.archivo(ruta).read_text()
    assert fichas.archivo(ruta).stat().st_mode & 0o077 == 0
    assert not guardada.rige(MANANA)
    with actuando(ADMINISTRA):
        fichas.revocar(con, ruta, "ana", "power-bi")
    assert fichas.persona_de(ruta, ficha) == NADIE
    assert con.execute(
        "select quien, accion, clave from bitacora where tabla = 'fichas' order by 2"
    ).fetchall() == [
        ("ana", "crear ficha", '{"nombre": "power-bi"}'),
        ("ana", "revocar ficha", '{"nombre": "power-bi"}'),
    ]


def test_reponer_un_respaldo_no_devuelve_una_ficha_revocada(
    con: DuckDBPyConnection, ruta: Path, tmp_path: Path
) -> None:
    ficha = fichas.crear(con, ruta, "ana", "power-bi", MANANA)
    con.execute("checkpoint")
    antes = shutil.copy(ruta, tmp_path / "respaldo.duckdb")
    fichas.revocar(con, ruta, "ana", "power-bi")
    con.close()
    shutil.copy(antes, ruta)
    assert fichas.persona_de(ruta, ficha) == NADIE


def test_las_fichas_las_da_quien_administra(
    con: DuckDBPyConnection, ruta: Path
) -> None:
    for quien in (NADIE, LEE, EN_TODAS):
        with actuando(quien), pytest.raises(SinPermiso, match="administración"):
            fichas.crear(con, ruta, "ana", "una", MANANA)
        with actuando(quien), pytest.raises(SinPermiso, match="administración"):
            fichas.revocar(con, ruta, "ana", "una")
    assert fichas.listar(ruta) == ()


@pytest.mark.parametrize(
    ("nombre", "vence", "dicho"),
    [
        ("Power BI", MANANA, "El nombre de una ficha"),
        ("x" * 25, MANANA, "El nombre de una ficha"),
        ("una", MANANA - timedelta(days=1), "vence desde mañana"),
        ("una", MANANA + timedelta(days=366), "vence desde mañana"),
        ("puesta", MANANA, "Ya hay una ficha"),
    ],
)
def test_una_ficha_mal_pedida_no_se_crea(
    con: DuckDBPyConnection, ruta: Path, nombre: str, vence: date, dicho: str
) -> None:
    fichas.crear(con, ruta, "ana", "puesta", MANANA)
    with pytest.raises(ErrorDeDatos, match=dicho):
        fichas.crear(con, ruta, "ana", nombre, vence)
    assert [una.nombre for una in fichas.listar(ruta)] == ["puesta"]


def test_con_el_archivo_de_fichas_danado_nadie_entra_y_se_dice(ruta: Path) -> None:
    fichas.archivo(ruta).write_text('[{"nombre": "a"')
    with pytest.raises(ErrorDeDatos, match="Ningún programa entra"):
        fichas.persona_de(ruta, "tdr_x")

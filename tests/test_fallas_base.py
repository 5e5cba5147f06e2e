"""Una base de cualquier esquema anterior se pone al día; una dañada no engaña."""

import shutil
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from datos import migraciones
from datos.base import abrir
from datos.codificar import guardar_lectura
from datos.codificar_valores import Lectura
from datos.deshacer import deshacer
from datos.edicion import editar
from datos.errores import ErrorDeDatos
from datos.escritura import escribir
from datos.ubicacion import VERSION_ESQUEMA
from tests.esquemas_anteriores import TRAJO, en_version
from tests.test_derivar import derivado
from tests.test_escritura import con_un_tema, contenido, otro_archivo

COLUMNAS = "select table_name, column_name, data_type, comment from duckdb_columns()" \
    " where schema_name = 'main' order by all"  # fmt: skip
ANTERIORES = range(1, VERSION_ESQUEMA)
BLOQUE = 256 * 1024


@pytest.fixture(scope="module")
def usada(base_muestra: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Una base con una carga, una respuesta cambiada, una lectura y un texto."""
    ruta = tmp_path_factory.mktemp("usada") / "base.duckdb"
    shutil.copy(base_muestra, ruta)
    with abrir(ruta, escribe=True) as con:
        escribir(con, ruta, "ana", otro_archivo(), con_un_tema)
        ((respuesta,),) = con.execute("select min(respuesta_id) from respuestas"
                                      ).fetchall()  # fmt: skip
        editar(con, "beto", "responder",
               lambda e: e.cambiar("respuestas", {"respuesta_id": respuesta},
                                   {"avance": "A medio camino.\n«Sí»"}))  # fmt: skip
        leer(con, "carla")
        con.execute("update documentos set texto = 'Lo que alguien cargó.'")
    return ruta


def leer(con: DuckDBPyConnection, quien: str) -> None:
    """Guarda una lectura completa del primer enunciado."""
    ((enunciado, libro),) = con.execute(
        "select min(enunciado_id), (select max(libro_id) from codificaciones)"
        " from enunciados"
    ).fetchall()
    codigos = dict(con.execute(
        "select faceta, min(codigo) from codigos where libro_id = ? group by faceta",
        [libro]).fetchall())  # fmt: skip
    guardar_lectura(con, quien, enunciado, libro, Lectura(**codigos), None)


def test_consta_que_tablas_trajo_cada_version() -> None:
    assert set(TRAJO) == set(range(2, VERSION_ESQUEMA + 1)) == set(migraciones.PASOS)


@pytest.mark.parametrize("version", ANTERIORES)
def test_una_base_de_cada_esquema_anterior_conserva_todo_al_ponerse_al_dia(
    usada: Path, tmp_path: Path, version: int
) -> None:
    vieja = en_version(usada, tmp_path / "vieja.duckdb", version)
    with duckdb.connect(str(vieja), read_only=True) as con:
        antes = contenido(con)
        cargas = "cargas" in TRAJO[3] and version >= 3
        rastro = con.execute("select * from bitacora order by all").fetchall()
    assert len(rastro) >= 3 and antes["respuestas"]
    with abrir(vieja, escribe=True) as con, abrir(usada) as nueva:
        assert con.execute(COLUMNAS).fetchall() == nueva.execute(COLUMNAS).fetchall()
        despues = contenido(con)
        for tabla, filas in antes.items():
            if tabla != "base_info":
                assert despues[tabla] == filas, tabla
        assert con.execute("select * from bitacora order by all").fetchall() == rastro
        # Lo que se deriva es lo mismo que si la base siempre hubiera sido de hoy.
        de_hoy = contenido(nueva)
        if version >= 4:
            assert derivado(con) == derivado(nueva)
        assert len(despues["lecturas"]) == len(de_hoy["lecturas"])
        # Y se sigue trabajando en ella: cargar, deshacer y codificar.
        if cargas:
            ((carga_id,),) = con.execute("select carga_id from cargas").fetchall()
            deshacer(con, vieja, carga_id, "ana")
            escribir(con, vieja, "ana", otro_archivo(), con_un_tema)
        leer(con, "dora")
    with duckdb.connect(f"{vieja}.version-{version}", read_only=True) as copia:
        assert contenido(copia) == antes


def test_un_paso_que_falla_deja_la_base_en_su_version(
    usada: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vieja = en_version(usada, tmp_path / "vieja.duckdb", 3)
    with duckdb.connect(str(vieja), read_only=True) as con:
        antes = contenido(con)
    malo = tmp_path / "malo.sql"
    malo.write_text("create table lectura_diccionario as select 1 as x; romper;")
    monkeypatch.setattr(migraciones, "DICCIONARIO", malo)
    with pytest.raises(ErrorDeDatos):
        abrir(vieja, escribe=True)
    with duckdb.connect(str(vieja), read_only=True) as con:
        assert contenido(con) == antes
    monkeypatch.undo()
    abrir(vieja, escribe=True).close()
    # Cada intento dejó su copia, sin pisar la del anterior.
    assert len(list(tmp_path.glob("vieja.duckdb.version-3*"))) == 2


def test_un_programa_mas_viejo_no_abre_ni_toca_una_base_mas_nueva(
    usada: Path, tmp_path: Path
) -> None:
    nueva = Path(shutil.copy(usada, tmp_path / "nueva.duckdb"))
    with duckdb.connect(str(nueva)) as con:
        con.execute("update base_info set version_esquema = ?", [VERSION_ESQUEMA + 1])
    antes = nueva.read_bytes()
    for escribe in (True, False):
        with pytest.raises(ErrorDeDatos, match="la escribió un programa más nuevo"):
            abrir(nueva, escribe=escribe)
    assert nueva.read_bytes() == antes


def leer_todo(ruta: Path) -> dict[str, list[tuple[object, ...]]] | None:
    """Lo que la base dice, o None si se negó a abrirse o a responder."""
    try:
        with abrir(ruta) as con:
            return contenido(con)
    except (ErrorDeDatos, duckdb.Error):
        return None


def test_un_archivo_dannado_se_niega_y_nunca_dice_otra_cosa(
    usada: Path, tmp_path: Path
) -> None:
    mala = tmp_path / "mala.duckdb"
    sana, antes = usada.read_bytes(), leer_todo(usada)
    negadas = 0
    lugares = [*range(0, 3 * 4096, 4096), *range(4 * 4096, len(sana), 10 * BLOQUE)]
    for lugar in lugares:
        mala.write_bytes(sana[:lugar] + b"\xff" * 64 + sana[lugar + 64 :])
        dicho = leer_todo(mala)
        negadas += dicho is None
        assert dicho in (None, antes), lugar
    # Los demás lugares son bloques libres, que no dicen nada.
    assert negadas > 3
    for largo in (0, 100, 3 * 4096, len(sana) // 2, len(sana) - BLOQUE):
        mala.write_bytes(sana[:largo])
        assert leer_todo(mala) is None or largo == len(sana) - BLOQUE


def test_un_bloque_dannado_no_se_confunde_con_una_base_en_uso(
    usada: Path, tmp_path: Path
) -> None:
    mala = tmp_path / "mala.duckdb"
    sana = usada.read_bytes()
    # Las tres cabeceras y todo bloque de ahí en adelante.
    for lugar in (0, 4096, 3 * 4096):
        mala.write_bytes(sana[:lugar] + b"\xff" * (len(sana) - lugar))
        with pytest.raises(ErrorDeDatos, match="está dañada o no es de DuckDB"):
            abrir(mala, escribe=True)


def test_el_registro_de_otro_momento_de_la_misma_base_se_rechaza(
    usada: Path, tmp_path: Path
) -> None:
    ruta = Path(shutil.copy(usada, tmp_path / "base.duckdb"))
    registro = tmp_path / "base.duckdb.wal"
    with abrir(ruta, escribe=True) as con:
        con.execute("insert into grupos values ('uno', 'Uno')")
        viejo = registro.read_bytes()
        con.execute("checkpoint")
        con.execute("insert into grupos values ('dos', 'Dos')")
        con.execute("checkpoint")
    registro.write_bytes(viejo)
    antes = ruta.read_bytes()
    with pytest.raises(ErrorDeDatos, match=r"\(\.wal\) dañado o de otra base"):
        abrir(ruta, escribe=True)
    assert (ruta.read_bytes(), registro.read_bytes()) == (antes, viejo)

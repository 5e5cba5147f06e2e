"""El esquema se explica solo: cada tabla y columna dice qué es."""

from pathlib import Path

import duckdb
import pytest

from datos.base import abrir, es_de_la_fuente
from datos.construir import construir
from datos.errores import ErrorDeDatos

TABLAS = {
    "documentos", "regiones", "comunas", "dialogos", "datos_dialogo", "autoridades",
    "temas", "temas_dialogo", "preguntas", "grupos", "mesas_grupos", "mesas",
    "enunciados", "citas", "libros", "codigos", "codificadores", "codificaciones",
    "instrumentos", "enunciados_instrumentos", "respuestas", "respuestas_enunciados",
    "bitacora", "inconsistencias", "base_info", "reglas", "cargas", "cargas_filas",
    "retirados", "actas", "sin_pregunta", "lecturas", "segmentaciones",
    "libros_versiones",
}  # fmt: skip


def test_estan_todas_las_tablas_y_cada_una_esta_comentada(base_real: Path) -> None:
    filas = abrir(base_real).execute(
        "select table_name, comment from duckdb_tables()"
        " where not starts_with(table_name, 'lectura_')"
    ).fetchall()  # fmt: skip
    assert {nombre for nombre, _ in filas} == TABLAS
    assert all(comentario for _, comentario in filas)


def test_el_diccionario_es_los_comentarios_del_esquema(base_real: Path) -> None:
    con = abrir(base_real)
    comentarios = con.execute(
        "select table_name, column_name, comment from duckdb_columns()"
        " where not internal and not starts_with(table_name, 'lectura_')"
    ).fetchall()
    diccionario = con.execute(
        "select tabla, columna, descripcion from lectura_diccionario"
    ).fetchall()
    assert set(diccionario) == set(comentarios)
    assert all(descripcion for *_, descripcion in diccionario)


def test_la_base_no_deja_leer_ni_escribir_otros_archivos(
    base_real: Path, tmp_path: Path
) -> None:
    con = abrir(base_real)
    secreto = tmp_path / "secreto.csv"
    secreto.write_text("a\n1\n", encoding="utf-8")
    for orden in (
        f"select * from read_csv('{secreto}')",
        f"copy (select 1) to '{tmp_path / 'sale.csv'}'",
        f"attach '{tmp_path / 'otra.duckdb'}'",
        "set enable_external_access = true",
        "delete from enunciados",
    ):
        with pytest.raises(duckdb.Error):
            con.execute(orden)


def test_una_base_que_no_es_base_se_rechaza_sin_tocarla(tmp_path: Path) -> None:
    ruta = tmp_path / "base.duckdb"
    ruta.write_bytes(b"esto no es una base" * 100)
    with pytest.raises(ErrorDeDatos, match="está dañada o no es de DuckDB"):
        abrir(ruta)
    assert ruta.read_bytes().startswith(b"esto no es")


def test_una_base_ajena_se_rechaza(tmp_path: Path) -> None:
    ruta = tmp_path / "base.duckdb"
    duckdb.connect(str(ruta)).close()
    with pytest.raises(ErrorDeDatos, match="le faltan tablas"):
        abrir(ruta)


def test_una_base_de_otra_version_se_rechaza(tmp_path: Path) -> None:
    ruta = construir(tmp_path / "base.duckdb")
    with duckdb.connect(str(ruta)) as con:
        con.execute("update base_info set version_esquema = 99")
    with pytest.raises(
        ErrorDeDatos, match=r"de la versión 99 y este programa usa la \d"
    ):
        abrir(ruta)


def test_si_la_base_no_esta_se_construye(tmp_path: Path) -> None:
    con = abrir(tmp_path / "nueva" / "base.duckdb")
    assert con.execute(
        "select count(*) from lectura_enunciados where not es_ficticio"
    ).fetchall() == [(62,)]


def test_se_nota_si_la_base_es_de_otra_fuente(
    base_real: Path, fuente_muestra: Path
) -> None:
    con = abrir(base_real)
    assert es_de_la_fuente(con)
    assert not es_de_la_fuente(con, [fuente_muestra])

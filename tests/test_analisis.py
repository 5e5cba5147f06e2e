"""La tabla para analizar dice lo mismo que las páginas, y lo que no consta va vacío."""

import io
import shutil
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from duckdb import DuckDBPyConnection

from consultas.seleccion import Seleccion
from datos.codificar import Lectura, guardar_lectura
from datos.derivar import derivar_todo
from datos.filas import en_json
from datos.libro_nuevo import copiar_libro, publicar
from datos.libros import codigos_de
from tablero import conexion
from tablero.analisis import IDENTIFICAN, cuadro
from tablero.conexion import preguntar
from tablero.exportar import EXCEL, SIMPLE, Cuadro, escribir
from tablero.hechos import reunir
from tablero.planillas import zip_con_leeme
from tests.test_paginas import abrir as abrir_pagina
from tests.test_paginas import html

TODO = Seleccion(ficticio=True)
FACETAS = ("naturaleza", "tipo", "recurso")
OTRA = Lectura("recomendacion", "NUEVO", "tesoro", ("otec",))


def leer(tabla: Cuadro) -> pd.DataFrame:
    """El CSV simple, como lo lee quien analiza."""
    contenido = io.BytesIO(escribir(tabla, SIMPLE))
    return pd.read_csv(contenido, dtype={"anio": "Int64", "region_id": "str"})


def de(tabla: pd.DataFrame, prefijo: str) -> list[str]:
    return [c for c in tabla.columns if c.startswith(f"{prefijo}_")
            and c not in IDENTIFICAN]  # fmt: skip


@pytest.fixture
def base(
    base_muestra: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DuckDBPyConnection]:
    """La muestra, en una copia que se puede cambiar."""
    ruta = Path(shutil.copy(base_muestra, tmp_path / "base.duckdb"))
    monkeypatch.setenv("TABLERO_BD", str(ruta))
    conexion.cerrar()
    yield conexion.conexion()
    conexion.cerrar()


def quitar_codigos(con: DuckDBPyConnection, *enunciados: str) -> None:
    for enunciado in enunciados:
        for tabla in ("codificaciones", "enunciados_instrumentos", "lecturas"):
            con.execute(f"delete from {tabla} where enunciado_id = ?", [enunciado])
    derivar_todo(con)
    conexion.nueva_edicion()


@pytest.mark.usefixtures("con_real")
@pytest.mark.parametrize(
    "elegida",
    [Seleccion(), TODO, Seleccion(tema=("1",)), Seleccion(buscar="curso"),
     Seleccion(mesa=("A",), ficticio=True)],
)  # fmt: skip
def test_las_sumas_de_las_columnas_son_los_recuentos_de_las_paginas(
    elegida: Seleccion,
) -> None:
    tabla = leer(cuadro(elegida)[0])
    cifras = preguntar("resumen_cifras", elegida)
    assert len(tabla) == cifras["enunciados"].sum()
    tipos = preguntar("tipos_naturalezas", elegida)
    por_tipo = dict(tipos.groupby("tipo")["enunciados"].sum().items())
    sumas = {c.removeprefix("tipo_"): tabla[c].sum() for c in de(tabla, "tipo")}
    assert {c: n for c, n in sumas.items() if n} == por_tipo
    por_instrumento = preguntar("analisis_instrumentos", elegida)
    menciones = sum(tabla[c].sum() for c in de(tabla, "instrumento"))
    assert menciones == len(por_instrumento) > 0
    for faceta in FACETAS:
        assert set(tabla[de(tabla, faceta)].sum(axis=1)) <= {1}


@pytest.mark.usefixtures("con_real")
def test_cada_columna_dice_que_es_y_el_zip_lo_lleva() -> None:
    tabla, significados, _ = cuadro(TODO)
    assert tuple(titulo for titulo, _ in significados) == tabla.titulos
    assert all(que for _, que in significados)
    assert len(set(tabla.titulos)) == len(tabla.titulos)
    momento = datetime(2026, 1, 2, tzinfo=UTC)
    hechos = reunir("analisis", TODO, len(tabla.filas), significados, momento)
    paquete = zip_con_leeme(tabla, SIMPLE, hechos, "analisis.csv", momento)
    with zipfile.ZipFile(io.BytesIO(paquete)) as abierto:
        leeme = abierto.read("LEEME.txt").decode("utf-8-sig")
    assert "- tipo_PERT: 1 si su tipo es «" in leeme and "No los cite" in leeme


@pytest.mark.usefixtures("con_real")
def test_sin_ficticios_no_hay_ninguno() -> None:
    tabla = cuadro(Seleccion())[0]
    assert "ficticio" not in escribir(tabla, SIMPLE).decode().partition("\n")[2]
    assert set(leer(tabla)["es_ficticio"]) == {0}


def test_lo_que_nadie_codifico_va_vacio_y_nunca_en_cero(
    base: DuckDBPyConnection,
) -> None:
    quitar_codigos(base, "a", "g")
    tabla, _, esperan = cuadro(Seleccion())
    leido = leer(tabla).set_index("enunciado_id")
    assert esperan == 2 and len(leido) == 8
    de_codigo = [c for f in (*FACETAS, "instrumento") for c in de(leido, f)]
    sin = leido.loc[["a", "g"]]
    assert sin[de_codigo].isna().all(axis=None)
    assert set(sin["estado_codigo"]) == {"espera código"}
    con = leido.drop(index=["a", "g"])
    assert not con[de_codigo].isna().any(axis=None)
    assert set(con[de_codigo].to_numpy().ravel()) == {0, 1}


@pytest.mark.parametrize(
    ("elegida", "quedan"),
    [
        (Seleccion(), {"a", "g"}),
        (Seleccion(buscar="CURSOS nunoa"), {"a"}),
        (Seleccion(tema=("1",), mesa=("A",)), {"a"}),
        (Seleccion(dialogo=("muestra-2021",)), {"g"}),
        (Seleccion(grupo=("empresas",)), {"a"}),
        (Seleccion(pregunta=("muestra-2020-1-p1",)), {"a"}),
        # Con un filtro de código no se sabe si pasarían: no entra ninguno.
        (Seleccion(tipo=("PERT",)), set()),
        (Seleccion(naturaleza=("recomendacion",)), set()),
        (Seleccion(instrumento=("otec",)), set()),
    ],
)
def test_lo_que_espera_codigo_pasa_los_mismos_filtros(
    base: DuckDBPyConnection, elegida: Seleccion, quedan: set[str]
) -> None:
    clave = base.execute(
        "select coalesce(clave, pregunta_id) from preguntas where pregunta_id ="
        " 'muestra-2020-1-p1'"
    ).fetchall()[0][0]
    if elegida.pregunta:
        elegida = Seleccion(pregunta=(clave,))
    quitar_codigos(base, "a", "g")
    tabla = cuadro(elegida)[0]
    lugar = tabla.titulos.index("estado_codigo")
    assert {f[0] for f in tabla.filas if f[lugar] == "espera código"} == quedan


def test_lo_que_la_version_no_tenia_y_lo_no_preguntado_tampoco_es_cero(
    base: DuckDBPyConnection,
) -> None:
    codigos = codigos_de(base, "v1")
    nuevo = codigos[-1].__class__("tipo", "NUEVO", "Nuevo", 99, "Algo nuevo.")
    libro = copiar_libro(base, "ana", "Dos", "Prueba", codigos=[*codigos, nuevo])
    publicar(base, "ana", libro, 1)
    guardar_lectura(base, "ana", "b", libro, OTRA, None)
    # La lectura de «c» que se cuenta vino con una carga: no preguntó instrumentos.
    quien = base.execute(
        "select min(codificador_id) from codificaciones where enunciado_id = 'c'"
        " and es_principal"
    ).fetchall()[0][0]
    base.execute("delete from enunciados_instrumentos where enunciado_id = 'c'")
    derivar_todo(base)
    base.execute("insert into cargas values ('x', now()::timestamp, 'ana', 'informe',"
                 " 'i.txt', repeat('a', 64), 'vigente', null, 'r')")  # fmt: skip
    clave = {"enunciado_id": "c", "libro_id": "v1", "codificador_id": quien}
    base.execute("insert into cargas_filas values ('x', 1, 'lecturas', ?, null)",
                 [en_json(clave)])  # fmt: skip
    conexion.nueva_edicion()
    leido = leer(cuadro(Seleccion())[0]).set_index("enunciado_id")
    assert leido["tipo_NUEVO"].notna().to_dict() == {
        e: leido.loc[e, "libro_id"] == libro for e in leido.index
    }
    assert leido.loc["c", de(leido, "instrumento")].isna().all()
    assert leido.loc["a", de(leido, "instrumento")].notna().all()


@pytest.mark.usefixtures("con_muestra")
def test_nada_de_la_tabla_se_ejecuta_en_una_planilla() -> None:
    tabla = cuadro(Seleccion())[0]
    for formato in (SIMPLE, EXCEL):
        lineas = escribir(tabla, formato).decode("utf-8-sig").splitlines()
        celdas = [c.strip('"') for linea in lineas for c in linea.split(
            formato.separador)]  # fmt: skip
        assert not [c for c in celdas if c.startswith(("=", "@"))]
    assert "'=cmd" in escribir(tabla, SIMPLE).decode()


@pytest.mark.usefixtures("con_real")
def test_la_parte_de_intercambio_ofrece_los_tres_archivos() -> None:
    prueba = abrir_pagina("codificar", hacer="intercambio", ficticio="si", tema="1")
    assert not prueba.exception
    botones = [b.proto.label for b in prueba.get("download_button")]
    assert botones[:3] == ["Libro de códigos (.qdc)", "Proyecto (.qdpx)",
                           "CSV para Excel"]  # fmt: skip
    uno = preguntar("resumen_cifras", Seleccion(tema=("1",), ficticio=True))
    cuantos = uno["enunciados"].sum()
    assert html(prueba).count(f"Trae {cuantos}\N{NO-BREAK SPACE}enunciados") == 2

"""Cada consulta responde exactamente lo que dice su archivo dorado.

Los dorados están en tests/dorados y se rehacen con: python -m tests.test_consultas
"""

import re
import shutil
import sys
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultas import lector
from consultas.indice import MUCHAS, con_topes
from consultas.seleccion import Seleccion, sin_acentos
from datos.base import abrir
from pruebas_de_carga.preguntas import CONSULTAS, OTROS
from tests.conftest import derivar_como_grande

DORADOS = Path(__file__).parent / "dorados"
# Los comentarios del esquema son su propio dorado: los compara test_esquema.
SIN_DORADO = {"diccionario_columnas"}


def preguntar(
    base: Path, nombre: str, seleccion: Seleccion | None = None, **otros: object
) -> pd.DataFrame:
    con = abrir(base)
    pedidos = {**OTROS, **otros}
    valores = lector.valores(nombre, seleccion or Seleccion(), **pedidos)
    return lector.consultar(con, nombre, valores)


def como_csv(tabla: pd.DataFrame) -> str:
    return tabla.to_csv(index=False, lineterminator="\n")


@pytest.mark.parametrize("nombre", [n for n in CONSULTAS if n not in SIN_DORADO])
def test_la_consulta_da_su_dorado(base_muestra: Path, nombre: str) -> None:
    dorado = (DORADOS / f"{nombre}.csv").read_text(encoding="utf-8")
    assert como_csv(preguntar(base_muestra, nombre)) == dorado


def test_no_sobra_ningun_dorado() -> None:
    sobrantes = {ruta.stem for ruta in DORADOS.glob("*.csv")} - set(CONSULTAS)
    assert not sobrantes


FILTROS = [
    (Seleccion(dialogo=("muestra-2021",)), {"g", "h"}),
    (Seleccion(tema=("2",)), {"f"}),
    (Seleccion(tema=("1", "2"), mesa=("A",)), {"a", "c", "f"}),
    (Seleccion(mesa=("conjunto",)), {"e", "g"}),
    (Seleccion(mesa=("plenario",)), {"h"}),
    (Seleccion(naturaleza=("diagnostico", "contexto")), {"b", "d", "h"}),
    (Seleccion(tipo=("PERT",), naturaleza=("recomendacion",)), {"a", "e"}),
    (Seleccion(instrumento=("otec",)), {"b"}),
    # Empresas se convocó a la mesa A del tema 1; lo conjunto la incluye, la B no.
    (Seleccion(grupo=("empresas",)), {"a", "c", "e"}),
    (Seleccion(grupo=("omil", "empresas")), {"a", "c", "e", "g", "h"}),
    (Seleccion(buscar="NUÑOA"), {"a"}),
    (Seleccion(buscar="noche cursos"), {"a", "b"}),
    (Seleccion(buscar="  senal   "), {"c"}),
    (Seleccion(buscar="<img"), {"f"}),
    (Seleccion(buscar="%"), set()),
    (Seleccion(buscar="' or 1=1 --"), set()),
    (Seleccion(tema=("2",), mesa=("B",)), set()),
]


@pytest.mark.parametrize(("seleccion", "quedan"), FILTROS)
def test_el_filtro_deja_justo_lo_pedido(
    base_muestra: Path, seleccion: Seleccion, quedan: set[str]
) -> None:
    lista = preguntar(base_muestra, "enunciados_lista", seleccion)
    assert set(lista["enunciado_id"]) == quedan
    cifras = preguntar(base_muestra, "resumen_cifras", seleccion)
    assert cifras["enunciados"].sum() == len(quedan)


@pytest.mark.parametrize(("seleccion", "quedan"), FILTROS)
def test_omitir_las_condiciones_sin_valor_no_cambia_la_respuesta(
    base_muestra: Path, seleccion: Seleccion, quedan: set[str]
) -> None:
    con = abrir(base_muestra)
    enlazados = lector.valores("enunciados_lista", seleccion, **OTROS)
    completa, pedidos = lector.preparado("enunciados_lista", frozenset())
    assert pedidos == set(enlazados)
    filas = con.execute(completa, enlazados).fetchall()
    assert {fila[0] for fila in filas} == quedan


@pytest.fixture(scope="module")
def con_indice(
    base_muestra: Path, tmp_path_factory: pytest.TempPathFactory
) -> duckdb.DuckDBPyConnection:
    """La muestra con el índice de palabras que solo llevan las bases grandes."""
    ruta = tmp_path_factory.mktemp("indice") / "muestra.duckdb"
    con = duckdb.connect(str(shutil.copy(base_muestra, ruta)))
    derivar_como_grande(con)
    return con


@given(
    st.lists(
        st.text(alphabet="aeñnosác<%' -", min_size=1, max_size=4)
        | st.sampled_from(["noche", "cursos", "senal", "NUÑOA", "<img", "a", "otec"]),
        max_size=7,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_por_el_indice_se_halla_lo_mismo_que_recorriendo(
    con_indice: duckdb.DuckDBPyConnection, palabras: list[str]
) -> None:
    valores = lector.valores(
        "enunciados_lista", Seleccion(buscar=" ".join(palabras)), **OTROS
    )

    def apariciones(palabra: str) -> int:
        tabla = lector.consultar(
            con_indice, "palabras_apariciones", {"palabra": palabra}
        )
        return int(tabla["apariciones"][0] or 0)

    por_indice = con_topes(valores, apariciones)
    sueltas = [p for c, p in valores.items() if c.startswith("palabra_") and p]
    assert len(por_indice) - len(valores) == sum(" " not in str(p) for p in sueltas)
    hallados, recorridos = (
        lector.consultar(con_indice, "enunciados_lista", v)
        for v in (por_indice, valores)
    )
    assert como_csv(hallados) == como_csv(recorridos)


def test_las_palabras_muy_repetidas_se_recorren() -> None:
    valores: dict[str, object] = {"palabra_1": "de", "palabra_2": "cobre", "tipo": None}
    cuantas = {"de": MUCHAS + 1, "cobre": MUCHAS}
    topes = con_topes(valores, cuantas.__getitem__)
    assert topes == {**valores, "tope_2": MUCHAS}
    assert con_topes(valores, lambda _: None) == valores


def test_toda_condicion_del_filtro_se_omite_si_no_tiene_valor() -> None:
    nulos = frozenset(Seleccion().parametros())
    sql, pedidos = lector.preparado("enunciados_lista", nulos)
    assert pedidos == {"orden", "descendente", "desde", "limite"}
    assert "array_contains" not in sql


ORDENES = [
    ("documento", False, "abcdefgh"),
    ("documento", True, "hgfedcba"),
    ("tipo", False, "abeghfdc"),
    ("naturaleza", False, "acegbdfh"),
    ("certeza", False, "acefghbd"),
    ("certeza", True, "dbacefgh"),
    ("instrumento", False, "gecabfdh"),
    ("instrumento", True, "fbacegdh"),
]


@pytest.mark.parametrize(("orden", "baja", "esperado"), ORDENES)
def test_la_lista_sale_en_el_orden_pedido_y_los_vacios_al_final(
    base_muestra: Path, orden: str, baja: bool, esperado: str
) -> None:
    lista = preguntar(base_muestra, "enunciados_lista", orden=orden, descendente=baja)
    assert "".join(lista["enunciado_id"]) == esperado


@pytest.mark.parametrize(("orden", "baja", "esperado"), ORDENES)
def test_las_hojas_de_la_lista_una_tras_otra_son_la_lista(
    base_muestra: Path, orden: str, baja: bool, esperado: str
) -> None:
    hojas = [
        preguntar(
            base_muestra,
            "enunciados_lista",
            orden=orden,
            descendente=baja,
            desde=desde,
            limite=desde + 3,
        )
        for desde in (0, 3, 6)
    ]
    assert [len(hoja) for hoja in hojas] == [3, 3, 2]
    assert "".join(c for hoja in hojas for c in hoja["enunciado_id"]) == esperado


def test_los_estados_del_par_son_los_contados_a_mano(base_muestra: Path) -> None:
    # Tema 1: PERT en A (a) y en B (b) → ambas, y también junto (e). DIF solo en A (c).
    # TIC solo en B (d). Tema 2: ACC en A (f), pero B no dejó registro → no consta.
    # El otro diálogo solo tiene registro conjunto (g) y plenario (h).
    pares = preguntar(base_muestra, "mesas_pares")
    assert dict(zip(pares["enunciado_id"], pares["estado"], strict=True)) == {
        "a": "ambas", "b": "ambas", "e": "ambas", "c": "solo-a", "d": "solo-b",
        "f": "no-consta", "g": "conjunto", "h": "plenario",
    }  # fmt: skip


def test_en_antofagasta_todo_par_es_registro_conjunto(base_real: Path) -> None:
    pares = preguntar(base_real, "mesas_pares")
    assert set(pares["estado"]) == {"conjunto"}
    assert len(pares) == 62


def test_las_preguntas_sin_enunciados_quedan_a_la_vista(base_real: Path) -> None:
    preguntas = preguntar(base_real, "preguntas_cobertura")
    vacias = preguntas[preguntas["enunciados"] == 0]["pregunta_id"]
    assert sorted(vacias) == [
        "antofagasta-2018-1-p3", "antofagasta-2018-4-p3", "antofagasta-2018-4-p4",
    ]  # fmt: skip


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))))
def test_quitar_acentos_da_lo_mismo_aqui_y_en_la_base(texto: str) -> None:
    latino = "".join(letra for letra in texto if ord(letra) < 0x250)
    (fila,) = duckdb.execute("select strip_accents(lower(?))", [latino]).fetchall()
    assert sin_acentos(latino) == sin_acentos(fila[0])


@pytest.mark.parametrize(
    "nombre",
    [
        *CONSULTAS,
        "_filtro",
        "_dialogos",
        "_unidades",
        "_bloques",
        "_divisibles",
        "_indice",
    ],
)
def test_la_consulta_cumple_la_forma_de_la_casa(nombre: str) -> None:
    sql = (lector.CARPETA / f"{nombre}.sql").read_text(encoding="utf-8")
    encabezado = re.match(r"(?:--[^\n]*\n)+", sql)
    assert encabezado and 1 <= encabezado[0].count("\n") <= 4
    cuerpo = sql[encabezado.end() :]
    assert cuerpo.count("\n") <= 80
    if not nombre.startswith("_"):
        assert re.search(r"^order by", cuerpo, re.MULTILINE), "sin orden no hay tabla"
        final = cuerpo.rpartition("\nselect\n")[2] or cuerpo
        assert not re.search(r"^\s*\w*\.?\*", final), (
            "el último select dice sus columnas"
        )
    assert not re.search(r"\$\w|\bmacro\b|\bunnest\b", cuerpo), "no corre en Spark"


@pytest.mark.parametrize("nombre", CONSULTAS)
def test_ninguna_consulta_queda_sin_uso(nombre: str) -> None:
    raiz = lector.CARPETA.parent
    usos = [*raiz.glob("tablero/*.py"), *raiz.glob("pages/*.py")]
    assert any(f'"{nombre}"' in ruta.read_text(encoding="utf-8") for ruta in usos)


def test_los_valores_solo_se_enlazan(base_muestra: Path) -> None:
    malo = Seleccion(tipo=("PERT') or 1=1 --",), buscar="'; drop table enunciados; --")
    assert preguntar(base_muestra, "enunciados_lista", malo).empty
    assert len(preguntar(base_muestra, "enunciados_lista")) == 8


def rehacer() -> None:
    """Vuelve a escribir los dorados desde la muestra; revíselos antes de guardarlos."""
    import tempfile

    from datos.construir import FUENTE, construir
    from tests.conftest import CATALOGOS, MUESTRA

    with tempfile.TemporaryDirectory() as carpeta:
        fuente = Path(shutil.copytree(MUESTRA, Path(carpeta) / "fuente"))
        for nombre in CATALOGOS:
            shutil.copy(FUENTE / f"{nombre}.csv", fuente)
        base = construir(Path(carpeta) / "base.duckdb", fuente)
        DORADOS.mkdir(exist_ok=True)
        for nombre in CONSULTAS:
            if nombre not in SIN_DORADO:
                dorado = como_csv(preguntar(base, nombre))
                (DORADOS / f"{nombre}.csv").write_text(dorado, encoding="utf-8")


if __name__ == "__main__":
    rehacer()
    sys.exit(0)

"""La forma de la casa: cada cosa en su sala y nada de más."""

import re
from pathlib import Path

import pytest

from tablero.paginas import CARPETA, PAGINAS
from tests.conftest import RAIZ

ARCHIVOS_PAGINA = sorted(CARPETA.glob("*.py"))
MODULOS = [
    ruta
    for sala in ("datos", "consultas", "tablero", "pages", "pruebas_de_carga")
    for ruta in sorted((RAIZ / sala).rglob("*.py"))
]


def test_toda_pagina_esta_en_el_menu() -> None:
    assert {pagina.ruta for pagina in PAGINAS} == set(ARCHIVOS_PAGINA)


@pytest.mark.parametrize("ruta", ARCHIVOS_PAGINA, ids=lambda ruta: ruta.stem)
def test_una_pagina_es_un_guion_breve_sin_sql_ni_funciones(ruta: Path) -> None:
    texto = ruta.read_text(encoding="utf-8")
    assert texto.count("\n") <= 75
    for prohibido in (
        r"^\s*def ",
        r"\.groupby\(",
        r"(?i)\bselect\b.+\bfrom\b",
        "duckdb",
    ):
        assert not re.search(prohibido, texto, re.MULTILINE), prohibido


@pytest.mark.parametrize("ruta", MODULOS, ids=lambda ruta: str(ruta.relative_to(RAIZ)))
def test_un_modulo_cabe_en_la_cabeza(ruta: Path) -> None:
    assert ruta.read_text(encoding="utf-8").count("\n") <= 250


def test_ningun_color_vive_fuera_del_tema() -> None:
    propios = [*RAIZ.glob("tablero/*.py"), *RAIZ.glob("pages/*.py")]
    propios += RAIZ.glob("tablero/estatico/*.css")
    # #0000NN son lugares en la lista del tema, no colores.
    color = re.compile(r"#(?!0000\d\d\b|0000\{)[0-9a-fA-F]{6}\b|\brgba?\(")
    assert not [r.name for r in propios if color.search(r.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(
    "nombre",
    [
        "requirements.txt",
        "requirements-dev.txt",
        "requirements-bench.txt",
        "requirements-spark.txt",
    ],
)
def test_cada_dependencia_lleva_version_exacta_y_razon(nombre: str) -> None:
    for linea in (RAIZ / nombre).read_text(encoding="utf-8").splitlines():
        if linea and not linea.startswith(("#", "-r ")):
            assert re.fullmatch(r"[a-z0-9-]+==[\w.]+ # \S.+", linea), linea

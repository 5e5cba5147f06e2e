"""Lo que se exporta es lo que se ve, y ninguna planilla lo ejecuta."""

import csv
import io
from datetime import date

import pytest

from consultas.seleccion import Seleccion
from tablero.exportar import (
    EXCEL,
    SIMPLE,
    Cuadro,
    Formato,
    escribir,
    inerte,
    nombre_de_archivo,
)

HOSTILES = [
    "=cmd|'/C calc'!A0", "+1+1", "-2+3", "@SUMA(1)", "\t=1", "\r=1", "\n=1",
    "  =1", "\N{NO-BREAK SPACE}=1", "\ufeff=1", "＝1+1", "＋1", "－1", "＠x",
    "=HYPERLINK(\"http://127.0.0.1/\";\"x\")", "-", "=",
]  # fmt: skip
INOFENSIVOS = ["", "Ñuñoa", "a=b", "2 + 2", "«=1»", "'=1", "<b>x</b>", "correo@x", 0]
ESPERADO = [
    ("a", "Título; con \"comillas\"", "Más, de una\nlínea", "1"),
    ("b", "'=1", "", "-2"),
]  # fmt: skip


CUADRO = Cuadro(
    ("Clave", "Texto; raro", "Nota", "N"),
    (
        ("a", 'Título; con "comillas"', "Más, de una\nlínea", 1),
        ("b", "=1", None, -2),
    ),
)


def leer(contenido: bytes, formato: Formato) -> list[tuple[str, ...]]:
    texto = contenido.decode().removeprefix(formato.marca)
    lector = csv.reader(io.StringIO(texto, newline=""), delimiter=formato.separador)
    return [tuple(fila) for fila in lector]


@pytest.mark.parametrize("valor", HOSTILES)
def test_una_formula_sale_como_texto(valor: str) -> None:
    assert inerte(valor) == f"'{valor}"


@pytest.mark.parametrize("valor", [*INOFENSIVOS, -5, 2.5, True])
def test_lo_que_no_es_formula_sale_igual(valor: object) -> None:
    assert inerte(valor) == valor


@pytest.mark.parametrize("formato", [EXCEL, SIMPLE])
def test_el_csv_vuelve_a_leerse_igual(formato: Formato) -> None:
    filas = leer(escribir(CUADRO, formato), formato)
    assert filas == [("Clave", "Texto; raro", "Nota", "N"), *ESPERADO]


def test_el_csv_para_excel_en_espanol_lleva_su_forma() -> None:
    contenido = escribir(Cuadro(("Año", "Ñ"), ((1.5, "ñ"),)), EXCEL)
    assert contenido == "\ufeffAño;Ñ\r\n1,5;ñ\r\n".encode()


def test_el_csv_simple_lleva_la_suya() -> None:
    contenido = escribir(Cuadro(("Año", "Ñ"), ((1.5, "ñ"),)), SIMPLE)
    assert contenido == "Año,Ñ\r\n1.5,ñ\r\n".encode()


def test_un_titulo_hostil_tampoco_se_ejecuta() -> None:
    assert escribir(Cuadro(("=1",), ((1,),)), SIMPLE) == b"'=1\r\n1\r\n"


def test_el_nombre_del_archivo_dice_filtros_y_fecha() -> None:
    elegida = Seleccion(tema=("2", "3"), tipo=("TIC",), buscar="señal ../../x")
    nombre = nombre_de_archivo("enunciados", elegida, date(2026, 1, 2), "_excel.csv")
    assert nombre == (
        "enunciados_tema-2-3_tipo-TIC_buscar-senal-x_2026-01-02_excel.csv"
    )


def test_el_nombre_del_archivo_cabe_en_un_disco() -> None:
    elegida = Seleccion(buscar="a" * 500)
    assert len(nombre_de_archivo("x", elegida, date(2026, 1, 2), ".csv")) <= 150

"""Acuerdo entre personas: cifras hechas a mano, y cada disputa a donde se decide."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from consultas.seleccion import Seleccion
from datos.base import abrir as abrir_base
from datos.codificar import Lectura, adjudicar, guardar_lectura
from tablero import acuerdo_disputados, acuerdo_pares, conexion, tabla
from tablero.acuerdo import de_dialogo
from tablero.acuerdo_disputados import Comparados
from tablero.acuerdo_pares import valores_de
from tablero.exportar import Cuadro
from tests.test_paginas import abrir, html

Significados = tuple[tuple[str, str], ...]
# Lo que dos personas ponen en los ocho enunciados de la muestra: difieren en dos.
UNA = ("PERT", "PERT", "DIF", "TIC", "PERT", "ACC", "HAB", "DEM")
OTRA = ("PERT", "TIC", "DIF", "TIC", "PERT", "ACC", "HAB", "DIF")


@pytest.fixture
def con_personas(
    base_muestra: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """La muestra, leída por dos personas; una tercera ya decidió sobre «h»."""
    ruta = Path(shutil.copy(base_muestra, tmp_path / "base.duckdb"))
    with abrir_base(ruta, escribe=True) as con:
        for quien, tipos in (("equipo-norte", UNA), ("equipo-sur", OTRA)):
            for enunciado, tipo in zip("abcdefgh", tipos, strict=True):
                instrumentos = ("otec",) if enunciado < "e" else ()
                leida = Lectura("recomendacion", tipo, "organizacion", instrumentos)
                guardar_lectura(con, quien, enunciado, "v1", leida, None)
        decidida = Lectura("recomendacion", "DEM", "organizacion", (), "Es demanda.")
        adjudicar(con, "tercera", "h", "v1", decidida, ("adjudicacion-1", 1))
    monkeypatch.setenv("TABLERO_BD", str(ruta))
    conexion.cerrar()
    yield ruta
    conexion.cerrar()


def celdas(texto: str, leyenda: str) -> list[list[str]]:
    """Devuelve las celdas de la tabla cuya leyenda contiene ese texto."""
    (hallada,) = [t for t in re.findall(r"<table.*?</table>", texto, re.S)
                if leyenda in t.split("</caption>")[0]]  # fmt: skip
    filas = re.findall(r"<tr class.*?</tr>", hallada, re.S)
    return [
        [re.sub(r"<[^>]+>", "", c) for c in re.findall(r"<t[hd].*?</t[hd]>", f, re.S)]
        for f in filas
    ]


@pytest.mark.usefixtures("con_personas")
def test_dos_personas_en_ocho_enunciados_dan_la_cifra_hecha_a_mano() -> None:
    filas = {f[0]: f for f in celdas(html(abrir("acuerdo")), "Acuerdo por faceta")}
    # Tipos en 16 lecturas: PERT 5, TIC 3, DIF 3, ACC 2, HAB 2, DEM 1. Esperado:
    # 1 - (20 + 6 + 6 + 2 + 2 + 0) / (16·15) = 0,85; observado 2/8: 1 - 0,25/0,85.
    assert filas["Tipo"][1:5] == ["8", "2", "0,750", "0,706"]
    # Los mismos instrumentos, con el vacío como valor: acuerdo entero, sin intervalo.
    assert filas["Instrumentos"][4:6] == ["1,000", "no calculable"]
    # Todas las lecturas pusieron la misma naturaleza: nunca es 1.
    assert filas["Naturaleza"][4] == filas["Naturaleza"][6] == "no calculable"
    assert "todas las lecturas pusieron lo mismo" in filas["Naturaleza"][7]


@pytest.mark.usefixtures("con_personas")
def test_lo_por_decidir_lleva_a_adjudicar_y_lo_decidido_a_su_ficha() -> None:
    texto = html(abrir("acuerdo", faceta="tipo"))
    assert 'data-hacer="adjudicar" data-valor="b"' in texto
    assert 'data-hacer="abrir" data-valor="h"' in texto
    assert "En disputa: 2" in texto and "Por decidir: 1." in texto


def test_lo_vuelto_a_guardar_se_dice_con_su_total(con_personas: Path) -> None:
    assert "más de una vez" not in html(abrir("acuerdo"))
    conexion.cerrar()
    with abrir_base(con_personas, escribe=True) as con:
        cambiada = Lectura("recomendacion", "PERT", "organizacion", ("otec",))
        guardar_lectura(con, "equipo-sur", "b", "v1", cambiada, 1)
    # Son lecturas, no códigos: dos personas en ocho enunciados, sin la adjudicación.
    assert "1 de 16 lecturas se guardaron más de una vez" in html(abrir("acuerdo"))
    assert "más de una vez" not in html(abrir("acuerdo", clase="modelo"))


@pytest.mark.usefixtures("con_real")
def test_sin_personas_se_dice_que_hacer_y_se_ofrecen_los_modelos() -> None:
    prueba = abrir("acuerdo")
    assert prueba.info[0].value.startswith(
        "Ningún enunciado de lo que se muestra tiene lecturas de dos personas."
    )
    prueba.button(key="a_modelos").click().run()
    assert not prueba.exception
    assert prueba.query_params["clase"] == "modelo"
    filas = {f[0]: f for f in celdas(html(prueba), "Acuerdo por faceta")}
    # Sin ningún desacuerdo no se presume certeza con un intervalo de 1 a 1.
    assert filas["Tipo"][4:6] == ["1,000", "no calculable"]


@pytest.mark.usefixtures("con_personas")
def test_las_cifras_se_descargan_como_numeros(monkeypatch: pytest.MonkeyPatch) -> None:
    vistos: list[Cuadro] = []
    # La descarga recibe el cuadro que se ve; un texto «0,706» no se suma en Excel.
    monkeypatch.setattr(tabla, "descargas", lambda cuadro, *_: vistos.append(cuadro))
    abrir("acuerdo")
    (suyo,) = [v for v in vistos if "Alfa de Krippendorff" in v.titulos]
    assert {fila[0]: fila[4] for fila in suyo.filas}["Tipo"] == 0.706


@pytest.mark.usefixtures("con_personas")
def test_pares_matriz_y_disputas_se_descargan_como_se_ven(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vistos: dict[str, tuple[Cuadro, str]] = {}

    def anotar(
        cuadro: Cuadro, significados: Significados, asunto: str, _: Seleccion, que: str
    ) -> None:
        assert [t for t, _ in significados] == list(cuadro.titulos)
        vistos[asunto] = (cuadro, que)

    for modulo in (tabla, acuerdo_pares, acuerdo_disputados):
        monkeypatch.setattr(modulo, "descargas", anotar)
    prueba = abrir("acuerdo", faceta="tipo")
    pares, que = vistos["acuerdo_pares"]
    # Azar: PERT 3·2, DIF 1·2, TIC 1·2, ACC y HAB 1·1: 12 de 64. Observado, 6 de 8:
    # (0,75 - 0,1875)/(1 - 0,1875). Los números siguen siendo números.
    assert pares.filas[0][:4] == ("equipo-norte", "equipo-sur", 6, 8)
    assert pares.filas[0][4] == 0.692
    assert que == "Tipo, lecturas de clase persona, libro v1"
    matriz, _ = vistos["acuerdo_matriz"]
    assert matriz.titulos[0] == "equipo-norte ↓ · equipo-sur →"
    assert sum(int(str(n)) for fila in matriz.filas for n in fila[1:]) == 8
    disputas, _ = vistos["acuerdo_disputas"]
    assert disputas.titulos == ("Enunciado", "equipo-norte", "equipo-sur")
    assert [fila[1:] for fila in disputas.filas] == [
        ("Lectura del mercado laboral", "Difusión"),
        ("Pertinencia de la oferta", "Usabilidad de sistemas"),
    ]
    # Acotadas a una celda de la matriz, la descarga lo dice.
    titulos = list(matriz.titulos[1:])
    fila, columna = map(titulos.index, ("Pertinencia de la oferta",
                                        "Usabilidad de sistemas"))  # fmt: skip
    prueba.session_state["acuerdo_celda"] = f"{fila}-{columna}"
    prueba.run()
    disputas, que = vistos["acuerdo_disputas"]
    assert len(disputas.filas) == 1
    assert "donde «equipo-norte» puso «Pertinencia de la oferta»" in que


def test_los_filtros_que_no_cuentan_no_hacen_medir_de_nuevo() -> None:
    con_otros = Seleccion(tema=("1",), tipo=("TIC",), buscar="curso")
    assert de_dialogo(con_otros) == Seleccion(tema=("1",))


def comparados(*pares: tuple[str, str]) -> Comparados:
    return Comparados("tipo", "a", "b", Counter(pares), {}, "abrir")


def test_una_matriz_grande_solo_trae_los_valores_en_que_alguien_difiere() -> None:
    iguales = [(f"v{i}", f"v{i}") for i in range(20)]
    valores, aviso = valores_de(comparados(*iguales, ("v1", "v2")))
    assert valores == ["v1", "v2"]
    assert "18" in aviso
    assert valores_de(comparados(*iguales[:3])) == (["v0", "v1", "v2"], "")
    # Si nadie difiere en nada, no hay matriz que dibujar.
    assert valores_de(comparados(*iguales))[0] == []


@pytest.mark.usefixtures("con_real")
def test_un_par_que_coincide_en_todo_lo_dice_en_vez_de_dibujar_una_diagonal() -> None:
    prueba = abrir("acuerdo", clase="modelo", faceta="tipo")
    assert not prueba.exception
    assert "coinciden en todos: no hay disputas aquí" in html(prueba)
    assert "En la diagonal" not in html(prueba)


@pytest.mark.parametrize("clase", ["persona", "modelo"])
@pytest.mark.parametrize("faceta", ["naturaleza", "tipo", "recurso", "instrumento"])
@pytest.mark.usefixtures("con_personas")
def test_cada_clase_y_faceta_se_muestra(clase: str, faceta: str) -> None:
    prueba = abrir("acuerdo", clase=clase, faceta=faceta)
    assert not prueba.exception
    assert "No se pudo mostrar" not in html(prueba)
    assert "Kappa de Cohen" in html(prueba)

"""La planilla de respuestas: sale, se llena, vuelve, y dice todo lo que trae mal."""

import io
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from duckdb import DuckDBPyConnection
from openpyxl.worksheet.worksheet import Worksheet

from datos.aparte import leer_planilla
from datos.base import abrir as abrir_base
from datos.cargas import exigir_planilla_sin_personales
from datos.edicion import Choque
from datos.errores import ErrorDeDatos, Falta
from datos.historia import historia
from datos.respuestas import Cambiada, Respuesta, contestar_varias
from datos.respuestas_planilla import (
    COLUMNAS,
    ENCABEZADO,
    HOJA,
    LLENABLES,
    TITULOS,
    FilaRespuesta,
    actuales,
    elegidas,
)
from datos.respuestas_planilla_celdas import leer_fecha
from datos.respuestas_planilla_comparar import (
    AGREGADA,
    CAMBIADA,
    CHOQUE,
    IGUAL,
    Diferencia,
    comparar,
    guardar,
    quienes,
)
from datos.respuestas_planilla_escribir import escribir
from datos.respuestas_planilla_leer import leer
from tablero import conexion, seguimiento_planilla
from tablero.exportar import EXCEL, Cuadro
from tablero.exportar import escribir as en_csv
from tests.test_paginas import abrir, html

CREADO = datetime(2026, 1, 2, 10, 30)
ACEPTADA = Respuesta(
    "Unidad de Cursos", "aceptada", "pendiente", accion="Abrir cursos\nde noche",
    responsable="Jefatura de la unidad", vence=date(2026, 12, 31),
)  # fmt: skip
LLENA = {"unidad": "Unidad de Oficios", "resultado": "aceptada", "estado": "en curso"}
Hoja = Callable[[Worksheet], object]


@pytest.fixture
def ruta(base_real: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(base_real, tmp_path / "base.duckdb"))


@pytest.fixture
def con(ruta: Path) -> Iterator[DuckDBPyConnection]:
    with abrir_base(ruta, escribe=True) as abierta:
        yield abierta


def claves(con: DuckDBPyConnection) -> list[str]:
    """Las recomendaciones de Antofagasta, en su orden."""
    return [c for c, fila in actuales(con).items() if not fila.es_ficticio]


def responder(con: DuckDBPyConnection, grupos: list[tuple[str, ...]]) -> None:
    cambios = [Cambiada(grupo, ACEPTADA, None, None) for grupo in grupos]
    assert contestar_varias(con, "ana", cambios) == len(grupos)


def bajar(con: DuckDBPyConnection, cuales: list[str]) -> bytes:
    return escribir(elegidas(con, cuales), CREADO)


def editar(contenido: bytes, cambio: Hoja) -> bytes:
    """Lo que hace una persona en su Excel."""
    libro = openpyxl.load_workbook(io.BytesIO(contenido))
    cambio(libro[HOJA])
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def poner(hoja: Worksheet, fila: int, **valores: object) -> object:
    for columna, valor in valores.items():
        hoja.cell(fila, COLUMNAS.index(columna) + 1).value = valor
    return hoja


def volver(
    con: DuckDBPyConnection, contenido: bytes, nombre: str = "planilla.xlsx"
) -> tuple[Diferencia, ...]:
    hoy = actuales(con)
    return comparar(
        leer(nombre, leer_planilla(nombre, contenido, ENCABEZADO), hoy), hoy
    )


def faltas(con: DuckDBPyConnection, contenido: bytes) -> tuple[Falta, ...]:
    with pytest.raises(ErrorDeDatos) as error:
        volver(con, contenido)
    return error.value.faltas


def test_veinte_respuestas_van_y_vuelven_con_su_historia(
    con: DuckDBPyConnection,
) -> None:
    suyas = claves(con)[:22]
    # Dos comparten una; diecinueve tienen la suya; una no tiene.
    responder(con, [(suyas[0], suyas[1]), *((c,) for c in suyas[2:21])])
    antes = bajar(con, suyas)

    def llenar(hoja: Worksheet) -> None:
        for fila in range(2, 23):
            poner(hoja, fila, estado="cerrada", avance=f"Listo {max(fila, 3)}")
        poner(hoja, 5, vence=datetime(2027, 1, 15))
        poner(hoja, 6, vence="01-02-2027")
        poner(hoja, 23, **LLENA)

    halladas = volver(con, editar(antes, llenar))
    assert [d.clase for d in halladas] == [CAMBIADA] * 20 + [AGREGADA]
    assert [len(d.filas) for d in halladas[:2]] == [2, 1]
    assert halladas[1].campos() == (("estado", "pendiente", "cerrada"),
                                    ("avance", None, "Listo 4"))  # fmt: skip
    assert guardar(con, "beto", halladas) == 21
    hoy = actuales(con)
    assert all(hoy[c].respuesta.estado == "cerrada" for c in suyas[:21])  # type: ignore[union-attr]
    assert hoy[suyas[3]].respuesta.vence == date(2027, 1, 15)  # type: ignore[union-attr]
    assert hoy[suyas[4]].respuesta.vence == date(2027, 2, 1)  # type: ignore[union-attr]
    # El salto de línea que nadie tocó sigue ahí.
    assert hoy[suyas[0]].respuesta.accion == ACEPTADA.accion  # type: ignore[union-attr]
    assert hoy[suyas[0]].respuesta_id == hoy[suyas[1]].respuesta_id
    for clave in suyas[:21]:
        llave = {"respuesta_id": hoy[clave].respuesta_id}
        primero, segundo = historia(con, "respuestas", llave)
        assert (primero.quien, segundo.quien) == ("ana", "beto")
        assert segundo.columnas()["estado"] == ("pendiente", "cerrada")
        assert segundo.columnas()["version"] == (1, 2)
    nueva = historia(con, "respuestas", {"respuesta_id": hoy[suyas[21]].respuesta_id})
    assert [c.quien for c in nueva] == ["beto"]
    # Y lo que quedó vuelve a salir y a entrar sin decir que cambió nada.
    assert {d.clase for d in volver(con, bajar(con, suyas))} == {IGUAL}


def test_vacia_y_sin_tocar_no_es_nada(con: DuckDBPyConnection) -> None:
    assert volver(con, bajar(con, claves(con))) == ()
    with pytest.raises(ErrorDeDatos, match="no cambia nada"):
        guardar(con, "beto", ())


def test_en_csv_da_lo_mismo(con: DuckDBPyConnection) -> None:
    suyas = claves(con)[:3]
    hostil = replace(ACEPTADA, avance="- Primero; «segundo»\n- Tercero")
    contestar_varias(con, "ana", [Cambiada((suyas[0],), hostil, None, None)])
    celdas = [fila.celdas() for fila in elegidas(con, suyas)]
    fila = list(celdas[1])
    for columna, valor in LLENA.items():
        fila[COLUMNAS.index(columna)] = valor
    celdas[1] = tuple(fila)
    contenido = en_csv(Cuadro(ENCABEZADO, tuple(celdas)), EXCEL)
    assert b"'- Primero" in contenido
    halladas = volver(con, contenido, "planilla.csv")
    assert [d.clase for d in halladas] == [IGUAL, AGREGADA]
    assert halladas[1].despues.unidad == LLENA["unidad"]


def test_la_hoja_esta_protegida_salvo_lo_que_se_llena(con: DuckDBPyConnection) -> None:
    suyas = claves(con)[:2]
    responder(con, [(suyas[0],)])
    libro = openpyxl.load_workbook(io.BytesIO(bajar(con, suyas)))
    hoja = libro[HOJA]
    assert hoja.protection.sheet and libro["Instrucciones"].protection.sheet
    for fila in (2, 3):
        abiertas = [
            columna
            for lugar, columna in enumerate(COLUMNAS, start=1)
            if not hoja.cell(fila, lugar).protection.locked
        ]
        assert abiertas == list(LLENABLES)
    reglas = {str(v.sqref): v for v in hoja.data_validations.dataValidation}
    assert {v.type for v in reglas.values()} == {"list", "date"}
    assert '"aceptada,aceptada en parte,no acogida"' in {
        v.formula1 for v in reglas.values()
    }
    assert hoja.cell(2, COLUMNAS.index("vence") + 1).value == datetime(2026, 12, 31)
    # Dos bajadas iguales son los mismos bytes.
    assert bajar(con, suyas) == bajar(con, suyas)


def test_los_textos_hostiles_salen_como_textos(
    base_muestra: Path, tmp_path: Path
) -> None:
    ruta = Path(shutil.copy(base_muestra, tmp_path / "base.duckdb"))
    with abrir_base(ruta, escribe=True) as con:
        mala = replace(ACEPTADA, unidad='=HYPERLINK("http://x")', avance="<b>**x**")
        contestar_varias(con, "ana", [Cambiada(("a", "e"), mala, "r-compartida", 1)])
        todas = list(actuales(con))
        contenido = bajar(con, todas)
        libro = openpyxl.load_workbook(io.BytesIO(contenido))
        celdas = [celda for hoja in libro for fila in hoja for celda in fila]
        assert mala.unidad in {celda.value for celda in celdas}
        assert not [c for c in celdas if c.data_type == "f" or c.hyperlink]
        # Lo que nadie tocó no se le reprocha a quien sube la planilla.
        assert {d.clase for d in volver(con, contenido)} == {IGUAL}


Caso = tuple[dict[str, object], str, str]
MALAS: dict[str, Caso] = {
    "fórmula": ({**LLENA, "accion": "=1+1"}, "accion", "celda con fórmula"),
    "fórmula como texto": ({**LLENA, "razon": "@SUMA(1)"}, "razon", "con fórmula"),
    "error de Excel": ({**LLENA, "avance": "#N/A"}, "avance", "tiene el error"),
    "larga": ({**LLENA, "avance": "a" * 2001}, "avance", "2001 caracteres"),
    "sin unidad": ({**LLENA, "unidad": None}, "unidad", "falta unidad"),
    "sin resultado": ({**LLENA, "resultado": " "}, "resultado", "falta resultado"),
    "sin estado": ({**LLENA, "estado": None}, "estado", "falta estado"),
    "resultado ajeno": (
        {**LLENA, "resultado": "acceptada"}, "resultado", "¿Quiso decir «aceptada»?"
    ),
    "estado ajeno": ({**LLENA, "estado": "lista"}, "estado", "no es un estado"),
    "no acogida sin razón": (
        {**LLENA, "resultado": "No acogida"}, "razon", "falta la razón"
    ),
    "en parte sin razón": (
        {**LLENA, "resultado": "aceptada en parte"}, "razon", "falta la razón"
    ),
    "fecha en palabras": ({**LLENA, "vence": "pronto"}, "vence", "no es una fecha"),
    "fecha imposible": (
        {**LLENA, "vence": "30-02-2027"}, "vence", "El 30 de febrero no existe"
    ),
    "fecha sin siglo": ({**LLENA, "vence": "01-02-27"}, "vence", "no es una fecha"),
    "fecha de otro siglo": ({**LLENA, "vence": "01-02-1927"}, "vence", "el año 1927"),
    "fecha con hora": (
        {**LLENA, "vence": datetime(2027, 1, 1, 9)}, "vence", "no es una fecha"
    ),
    "clave ajena": ({**LLENA, "enunciado_id": "otra"}, "enunciado_id", "no es la"),
    "clave vacía": ({**LLENA, "enunciado_id": None}, "enunciado_id", "falta la clave"),
    "texto de otra": (
        {**LLENA, "texto": "Lo que no es"}, "texto", "se ordenaron solo"
    ),
    "versión sin respuesta": ({**LLENA, "version": 3}, "respuesta_id", "falta la"),
    "respuesta sin versión": ({**LLENA, "respuesta_id": "r"}, "version", "no es la"),
    "fuera de columna": ({}, "", "fuera de las columnas"),
}  # fmt: skip


@pytest.mark.parametrize("caso", MALAS)
def test_cada_falta_dice_donde_que_y_que_hacer(
    con: DuckDBPyConnection, caso: str
) -> None:
    valores, columna, dice = MALAS[caso]

    def llenar(hoja: Worksheet) -> None:
        poner(hoja, 3, **valores)
        if caso == "fuera de columna":
            hoja.cell(3, len(COLUMNAS) + 2).value = "suelto"

    (falta,) = faltas(con, editar(bajar(con, claves(con)[:3]), llenar))
    assert falta.archivo == f"planilla.xlsx, hoja {HOJA}"
    assert (falta.fila, falta.columna) == (3, TITULOS.get(columna))
    assert dice in str(falta)
    assert falta.remedio


def test_todas_las_faltas_salen_juntas(con: DuckDBPyConnection) -> None:
    suyas = claves(con)[:6]
    responder(con, [(suyas[0], suyas[1]), (suyas[2],)])

    def llenar(hoja: Worksheet) -> None:
        poner(hoja, 2, estado="cerrada")
        poner(hoja, 4, **dict.fromkeys(LLENABLES))
        poner(hoja, 5, unidad="Una", vence="mañana")
        poner(hoja, 6, **LLENA)
        poner(hoja, 7, **LLENA, enunciado_id=suyas[4], texto=None)

    halladas = faltas(con, editar(bajar(con, suyas), llenar))
    assert sorted((f.fila, f.columna, f.problema) for f in halladas) == [
        (2, "Estado", f"las filas 2, 3 comparten la respuesta"
         f" «{actuales(con)[suyas[0]].respuesta_id}» y aquí no dicen lo mismo."),
        (4, "Unidad", "tenía respuesta y volvió vacía."),
        (5, "Estado", "hay otras celdas llenas y falta estado."),
        (5, "Resultado", "hay otras celdas llenas y falta resultado."),
        (5, "Vence", "«mañana» no es una fecha."),
        (7, "Clave", "es la misma recomendación de la fila 6."),
    ]  # fmt: skip


def test_el_encabezado_malo_se_dice(con: DuckDBPyConnection) -> None:
    def romper(hoja: Worksheet) -> None:
        poner(hoja, 1, unidad="Otra cosa", razon="Estado")

    dichas = {(f.columna, f.problema) for f in faltas(
        con, editar(bajar(con, claves(con)[:1]), romper))}  # fmt: skip
    assert dichas == {
        ("Estado", "la columna se repite."), ("Unidad", "falta la columna."),
        ("Razón", "falta la columna."), ("Otra cosa", "la columna sobra."),
    }  # fmt: skip
    libro = openpyxl.Workbook()
    libro.active.append(["nada", "que", "ver"])
    salida = io.BytesIO()
    libro.save(salida)
    (falta,) = faltas(con, salida.getvalue())
    assert "no se encuentra el encabezado" in falta.problema


def test_la_planilla_enorme_o_con_datos_personales_no_pasa(
    con: DuckDBPyConnection,
) -> None:
    contenido = bajar(con, claves(con)[:1])
    enorme = editar(contenido, lambda h: poner(h, 2, **LLENA, razon="a" * 10_001))
    assert "más de 10000 letras" in str(faltas(con, enorme)[0])
    con_rut = editar(
        contenido, lambda h: poner(h, 2, **LLENA, responsable="RUT 12.345.678-5")
    )
    with pytest.raises(ErrorDeDatos, match="fila 2, columna"):
        exigir_planilla_sin_personales(
            "p.xlsx", leer_planilla("p.xlsx", con_rut, ENCABEZADO)
        )


def test_el_html_y_el_markdown_se_guardan_como_texto(con: DuckDBPyConnection) -> None:
    (clave,) = claves(con)[:1]
    feo = '<img src=x onerror="alert(1)"> **negrita** [x](javascript:1)'
    halladas = volver(
        con, editar(bajar(con, [clave]), lambda h: poner(h, 2, **LLENA, avance=feo))
    )
    guardar(con, "beto", halladas)
    assert actuales(con)[clave].respuesta.avance == feo  # type: ignore[union-attr]


def test_lo_que_otra_persona_cambio_no_se_pisa_y_se_dice_quien(
    con: DuckDBPyConnection,
) -> None:
    suyas = claves(con)[:3]
    responder(con, [(suyas[0],), (suyas[1],)])
    mia = editar(bajar(con, suyas), lambda h: [
        poner(h, fila, **LLENA) for fila in (2, 3, 4)])  # fmt: skip
    # Entretanto carla cambia la primera y contesta la tercera.
    hoy = actuales(con)
    nueva = replace(ACEPTADA, avance="Avanza")
    contestar_varias(con, "carla", [
        Cambiada((suyas[0],), nueva, hoy[suyas[0]].respuesta_id, 1),
        Cambiada((suyas[2],), ACEPTADA, None, None),
    ])  # fmt: skip
    halladas = volver(con, mia)
    assert [d.clase for d in halladas] == [CHOQUE, CAMBIADA, CHOQUE]
    (cambio,) = quienes(con, halladas[0])
    assert cambio.quien == "carla"
    assert cambio.columnas()["avance"] == (None, "Avanza")
    assert [c.quien for c in quienes(con, halladas[2])] == ["carla"]
    assert guardar(con, "beto", halladas) == 1
    hoy = actuales(con)
    assert hoy[suyas[0]].respuesta == nueva
    assert hoy[suyas[1]].respuesta.unidad == LLENA["unidad"]  # type: ignore[union-attr]
    assert hoy[suyas[2]].respuesta == ACEPTADA


def test_si_cambia_entre_comparar_y_guardar_no_se_guarda_nada(
    con: DuckDBPyConnection,
) -> None:
    suyas = claves(con)[:2]
    responder(con, [(suyas[0],), (suyas[1],)])
    halladas = volver(con, editar(bajar(con, suyas), lambda h: [
        poner(h, fila, estado="cerrada") for fila in (2, 3)]))  # fmt: skip
    otra = replace(ACEPTADA, avance="Antes")
    clave = actuales(con)[suyas[1]].respuesta_id
    contestar_varias(con, "carla", [Cambiada((suyas[1],), otra, clave, 1)])
    with pytest.raises(Choque, match="carla"):
        guardar(con, "beto", halladas)
    assert actuales(con)[suyas[0]].respuesta == ACEPTADA
    assert actuales(con)[suyas[1]].respuesta == otra


def test_una_planilla_filtrada_no_suelta_a_las_que_comparten(
    con: DuckDBPyConnection,
) -> None:
    suyas = claves(con)[:3]
    responder(con, [tuple(suyas)])
    sola = editar(bajar(con, suyas[:1]), lambda h: poner(h, 2, estado="cerrada"))
    (hallada,) = volver(con, sola)
    assert (hallada.clase, hallada.otras) == (CAMBIADA, 2)
    guardar(con, "beto", [hallada])
    assert {actuales(con)[c].respuesta.estado for c in suyas} == {"cerrada"}  # type: ignore[union-attr]


def test_los_ficticios_se_marcan_en_la_planilla(con: DuckDBPyConnection) -> None:
    falsas = [c for c, fila in actuales(con).items() if fila.es_ficticio][:2]
    hoja = openpyxl.load_workbook(io.BytesIO(bajar(con, falsas)))[HOJA]
    lugar = COLUMNAS.index("dialogo") + 1
    assert all(str(hoja.cell(f, lugar).value).startswith("[FICTICIO] ") for f in (2, 3))


@pytest.mark.parametrize(("escrita", "leida"), [
    ("2026-01-02", date(2026, 1, 2)), ("2026-1-2", date(2026, 1, 2)),
    ("02-01-2026", date(2026, 1, 2)), ("2/1/2026", date(2026, 1, 2)),
    ("02.01.2026", date(2026, 1, 2)), ("2026-01-02 00:00", date(2026, 1, 2)),
])  # fmt: skip
def test_las_fechas_se_leen_de_dia_a_anio(escrita: str, leida: date) -> None:
    assert leer_fecha(escrita) == (leida, None)


def test_sin_filas_o_con_demasiadas_no_se_escribe() -> None:
    fila = FilaRespuesta("a", "d", "t", "x")
    for filas in ((), (fila,) * 5_000):
        with pytest.raises(ErrorDeDatos):
            escribir(filas, CREADO)


def test_la_pagina_muestra_las_diferencias_y_guarda(
    ruta: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feo = "<img src=x> **negrita**"
    with abrir_base(ruta, escribe=True) as con:
        suyas = claves(con)[:2]
        responder(con, [(suyas[0],)])
        contenido = editar(bajar(con, suyas), lambda h: [
            poner(h, 2, estado="cerrada"),
            poner(h, 3, **LLENA, avance=feo)])  # fmt: skip
    monkeypatch.setenv("TABLERO_BD", str(ruta))
    conexion.cerrar()
    try:
        prueba = abrir("seguimiento", ver="planilla")
        assert "La planilla trae" in html(prueba)
        subir = prueba.file_uploader[0]
        subir.set_value(("planilla.xlsx", contenido, "application/x")).run()
        assert not prueba.exception
        assert "Qué se guardará" in html(prueba)
        assert "&lt;img src=x&gt;" in html(prueba)
        assert "<img" not in html(prueba)
        prueba.text_input(key="seudonimo").set_value("beto").run()
        prueba.button(key="guardar_planilla").click().run()
        assert not prueba.exception
        assert "2\N{NO-BREAK SPACE}respuestas guardadas" in html(prueba)
        hoy = actuales(conexion.conexion().cursor())
        assert hoy[suyas[1]].respuesta.avance == feo  # type: ignore[union-attr]
    finally:
        conexion.cerrar()


def test_si_solo_cambio_a_que_responde_tambien_se_dice(
    con: DuckDBPyConnection,
) -> None:
    suyas = claves(con)[:2]
    responder(con, [(suyas[0],)])
    mia = editar(bajar(con, suyas), lambda h: poner(h, 2, estado="cerrada"))
    clave = actuales(con)[suyas[0]].respuesta_id
    contestar_varias(con, "carla", [Cambiada(tuple(suyas), ACEPTADA, clave, 1)])
    (hallada,) = volver(con, mia)
    assert hallada.clase == CHOQUE
    (cambio,) = quienes(con, hallada)
    dicho = seguimiento_planilla._cambio(cambio)
    assert dicho.startswith("carla, ")
    assert dicho.endswith(" UTC: a qué recomendaciones responde")

"""Codificar entre varios: cada lectura se conserva y nadie pisa a nadie sin saberlo."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection
from streamlit.testing.v1 import AppTest

from consultas.lector import consultar, valores
from consultas.seleccion import Seleccion
from datos.base import abrir
from datos.codificar import (
    Decision,
    Lectura,
    adjudicar,
    adjudicar_varias,
    guardar_lectura,
)
from datos.codificar_deshacer import deshacer_decision, deshacer_ultima
from datos.edicion import Choque
from datos.errores import ErrorDeDatos
from tablero import codifica_leer, conexion
from tablero.codifica_facetas import con_nombres, inerte
from tests.test_paginas import abrir as abrir_pagina
from tests.test_paginas import html

UNA = Lectura("recomendacion", "PERT", "organizacion", ("otec",), "Dudé con EJE.")
OTRA = Lectura("diagnostico", "TIC", "tesoro", ("oferta-cursos", "otec"))
PENDIENTE = "a"
LEIDO = "b"


@pytest.fixture
def ruta(base_muestra: Path, tmp_path: Path) -> Path:
    """La muestra, con un enunciado que nadie codificó."""
    copia = Path(shutil.copy(base_muestra, tmp_path / "base.duckdb"))
    with abrir(copia, escribe=True) as con:
        for tabla in ("codificaciones", "enunciados_instrumentos", "lecturas"):
            con.execute(f"delete from {tabla} where enunciado_id = ?", [PENDIENTE])
        con.execute(
            "delete from lectura_enunciados where enunciado_id = ?", [PENDIENTE]
        )
    return copia


@pytest.fixture
def con(ruta: Path) -> Iterator[DuckDBPyConnection]:
    with abrir(ruta, escribe=True) as abierta:
        yield abierta


def cuenta(con: DuckDBPyConnection, enunciado: str) -> tuple[object, ...] | None:
    """Devuelve lo que el tablero cuenta de un enunciado."""
    fila = con.execute(
        "select naturaleza, tipo, recurso, instrumentos from lectura_enunciados"
        " where enunciado_id = ?",
        [enunciado],
    ).fetchone()
    return None if fila is None else tuple(fila)


def todo(con: DuckDBPyConnection) -> list[list[tuple[object, ...]]]:
    """Devuelve lo codificado, sin números de versión ni quiénes son."""
    return [
        con.execute(f"select * from {tabla} order by all").fetchall()
        for tabla in ("codificaciones", "enunciados_instrumentos")
    ] + [
        con.execute("select * exclude (version) from lecturas order by all").fetchall()
    ]


def principales(con: DuckDBPyConnection, enunciado: str) -> list[tuple[str, str]]:
    filas: list[tuple[str, str]] = con.execute(
        "select faceta, codificador_id from codificaciones where enunciado_id = ?"
        " and es_principal order by 1, 2",
        [enunciado],
    ).fetchall()
    return filas


def leer(con: DuckDBPyConnection, quien: str, que: str, lectura: Lectura = UNA,
         version: int | None = None) -> int:  # fmt: skip
    return guardar_lectura(con, quien, que, "v1", lectura, version)


def vista(con: DuckDBPyConnection, enunciado: str) -> tuple[str, int]:
    ((quien, version),) = con.execute(
        "select distinct codificador_id, version from codificaciones"
        " inner join lecturas using (enunciado_id, libro_id, codificador_id)"
        " where enunciado_id = ? and es_principal",
        [enunciado],
    ).fetchall()
    return quien, version


def test_un_pendiente_al_codificarse_empieza_a_contarse(
    con: DuckDBPyConnection,
) -> None:
    assert cuenta(con, PENDIENTE) is None
    assert leer(con, "ana", PENDIENTE) == 1
    assert cuenta(con, PENDIENTE) == ("recomendacion", "PERT", "organizacion", "OTEC")
    # La segunda persona queda al lado, sin cambiar lo que se cuenta.
    leer(con, "beto", PENDIENTE, OTRA)
    assert cuenta(con, PENDIENTE) == ("recomendacion", "PERT", "organizacion", "OTEC")
    assert len(principales(con, PENDIENTE)) == 3
    ((nota, adjudica),) = con.execute(
        "select nota, es_adjudicacion from lecturas where codificador_id = 'ana'"
    ).fetchall()
    assert (nota, adjudica) == ("Dudé con EJE.", False)


def test_leer_lo_que_un_modelo_decidio_no_cambia_lo_que_se_cuenta(
    con: DuckDBPyConnection,
) -> None:
    antes = cuenta(con, LEIDO)
    leer(con, "ana", LEIDO)
    assert cuenta(con, LEIDO) == antes
    assert {q for _, q in principales(con, LEIDO)} == {"adjudicacion-1"}


def test_la_sugerencia_de_las_reglas_no_cuenta_como_lectura(
    con: DuckDBPyConnection,
) -> None:
    con.execute("insert into codificadores values ('reglas', 'regla', 'Sugiere.')")
    con.execute(
        "insert into codificaciones values ('s1', ?, 'v1', 'tipo', 'TIC', 'reglas',"
        " current_date, false, null)",
        [PENDIENTE],
    )
    leer(con, "ana", PENDIENTE)
    assert {q for _, q in principales(con, PENDIENTE)} == {"ana"}
    assert deshacer_ultima(con, "ana") == PENDIENTE
    assert cuenta(con, PENDIENTE) is None


def test_cambiar_solo_un_codigo_o_un_instrumento_sube_la_version(
    con: DuckDBPyConnection,
) -> None:
    leer(con, "ana", PENDIENTE)
    assert leer(con, "ana", PENDIENTE, UNA, 1) == 1
    otro_tipo = Lectura("recomendacion", "HAB", "organizacion", ("otec",), UNA.nota)
    assert leer(con, "ana", PENDIENTE, otro_tipo, 1) == 2
    ninguno = Lectura("recomendacion", "HAB", "organizacion", (), UNA.nota)
    assert leer(con, "ana", PENDIENTE, ninguno, 2) == 3
    assert cuenta(con, PENDIENTE) == ("recomendacion", "HAB", "organizacion", None)


def test_dos_ventanas_de_la_misma_persona_chocan_y_se_dice_que_cambio(
    con: DuckDBPyConnection,
) -> None:
    leer(con, "ana", PENDIENTE)
    leer(con, "ana", PENDIENTE, OTRA, 1)
    with pytest.raises(Choque) as choque:
        leer(con, "ana", PENDIENTE, UNA, 1)
    (cambio,) = choque.value.cambios
    assert cambio.quien == "ana"
    assert cambio.columnas() == {
        "naturaleza": ("recomendacion", "diagnostico"),
        "tipo": ("PERT", "TIC"),
        "recurso": ("organizacion", "tesoro"),
        "instrumentos": (None, "oferta-cursos"),
        "nota": ("Dudé con EJE.", None),
    }
    with pytest.raises(Choque) as choque:
        leer(con, "ana", PENDIENTE, UNA, None)
    assert len(choque.value.cambios) == 2
    assert cuenta(con, PENDIENTE) == (
        "diagnostico", "TIC", "tesoro", "Oferta de cursos; OTEC"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("quien", "que", "lectura", "dice"),
    [
        ("ana", "no-existe", UNA, "ya no está"),
        ("ana", "a", Lectura("recomendacion", "XXX", "tesoro"), "«XXX»"),
        ("ana", "a", Lectura("recomendacion", "PERT", ""), "elegir recurso"),
        ("ana", "a", Lectura("contexto", "PERT", "tesoro", ("x",)), "«x»"),
        ("lectura-1", "a", UNA, "otra clase"),
        ("adjudica-ana", "a", UNA, "se reservan"),
        ("Ana María", "a", UNA, "seudónimo"),
    ],
)
def test_lo_que_no_sirve_se_dice_y_no_deja_nada(
    con: DuckDBPyConnection, quien: str, que: str, lectura: Lectura, dice: str
) -> None:
    antes = todo(con)
    with pytest.raises(ErrorDeDatos, match=dice):
        leer(con, quien, que, lectura)
    assert todo(con) == antes


def test_un_retirado_y_un_libro_en_preparacion_no_se_codifican(
    con: DuckDBPyConnection,
) -> None:
    con.execute(
        "insert into libros select 'v2', 'Dos', fecha, 'Se prepara.' from libros"
    )
    con.execute("insert into libros_versiones values ('v2', 'v1', 'Por ver', null, 1)")
    with pytest.raises(ErrorDeDatos, match="todavía se prepara"):
        guardar_lectura(con, "ana", "a", "v2", UNA, None)


def test_adjudicar_es_una_fila_mas_y_es_la_que_se_cuenta(
    con: DuckDBPyConnection,
) -> None:
    leer(con, "ana", PENDIENTE)
    leer(con, "beto", PENDIENTE, OTRA)
    adjudicar(con, "carla", PENDIENTE, "v1", OTRA, ("ana", 1))
    assert cuenta(con, PENDIENTE) == (
        "diagnostico", "TIC", "tesoro", "Oferta de cursos; OTEC"
    )  # fmt: skip
    assert {q for _, q in principales(con, PENDIENTE)} == {"adjudica-carla"}
    assert con.execute(
        "select codificador_id from lecturas where enunciado_id = ?"
        " and es_adjudicacion",
        [PENDIENTE],
    ).fetchall() == [("adjudica-carla",)]
    # Lo que cada cual leyó sigue ahí.
    assert con.execute(
        "select count(*) from codificaciones where enunciado_id = ?", [PENDIENTE]
    ).fetchall() == [(9,)]
    # La misma persona decide de nuevo: cambia su decisión, no agrega otra.
    adjudicar(con, "carla", PENDIENTE, "v1", UNA, ("adjudica-carla", 1))
    assert cuenta(con, PENDIENTE) == ("recomendacion", "PERT", "organizacion", "OTEC")
    assert vista(con, PENDIENTE) == ("adjudica-carla", 2)


def test_adjudicar_lo_que_un_modelo_decidio(con: DuckDBPyConnection) -> None:
    leer(con, "ana", LEIDO)
    adjudicar(con, "ana", LEIDO, "v1", UNA, vista(con, LEIDO))
    assert cuenta(con, LEIDO) == ("recomendacion", "PERT", "organizacion", "OTEC")


def test_dos_que_adjudican_a_la_vez_chocan(con: DuckDBPyConnection) -> None:
    leer(con, "ana", PENDIENTE)
    leer(con, "beto", PENDIENTE, OTRA)
    adjudicar(con, "carla", PENDIENTE, "v1", OTRA, ("ana", 1))
    with pytest.raises(Choque, match="«carla» cambió esto") as choque:
        adjudicar(con, "dario", PENDIENTE, "v1", UNA, ("ana", 1))
    assert choque.value.cambios[-1].despues == {
        "naturaleza": "diagnostico", "tipo": "TIC", "recurso": "tesoro",
        "instrumentos": "oferta-cursos, otec",
    }  # fmt: skip
    adjudicar(con, "dario", PENDIENTE, "v1", UNA, ("adjudica-carla", 1))
    assert {q for _, q in principales(con, PENDIENTE)} == {"adjudica-dario"}
    assert con.execute(
        "select count(*) from enunciados_instrumentos where es_principal"
        " and enunciado_id = ?", [PENDIENTE],
    ).fetchall() == [(1,)]  # fmt: skip


def test_adjudicar_varias_es_todo_o_nada(con: DuckDBPyConnection) -> None:
    leer(con, "ana", PENDIENTE)
    antes = todo(con)
    bien = Decision(PENDIENTE, OTRA, ("ana", 1))
    with pytest.raises(Choque):
        adjudicar_varias(con, "carla", "v1", [bien, Decision(LEIDO, UNA, None)])
    assert todo(con) == antes
    segunda = Decision(LEIDO, UNA, vista(con, LEIDO))
    assert adjudicar_varias(con, "carla", "v1", [bien, segunda]) == 2


def test_deshacer_una_lectura_nueva_la_quita_entera(con: DuckDBPyConnection) -> None:
    antes = todo(con)
    leer(con, "ana", PENDIENTE)
    assert deshacer_ultima(con, "ana") == PENDIENTE
    assert todo(con) == antes
    assert cuenta(con, PENDIENTE) is None
    assert deshacer_ultima(con, "ana") is None
    # Y se puede volver a guardar; su número no se repite.
    assert leer(con, "ana", PENDIENTE) == 2


def test_deshacer_la_principal_deja_a_la_mas_antigua_que_quede(
    con: DuckDBPyConnection,
) -> None:
    leer(con, "ana", PENDIENTE)
    leer(con, "beto", PENDIENTE, OTRA)
    leer(con, "carla", PENDIENTE)
    assert deshacer_ultima(con, "ana") == PENDIENTE
    assert {q for _, q in principales(con, PENDIENTE)} == {"beto"}
    assert cuenta(con, PENDIENTE) == (
        "diagnostico", "TIC", "tesoro", "Oferta de cursos; OTEC"
    )  # fmt: skip
    # A quien pasó a contarse por eso, también se le deja deshacer.
    assert deshacer_ultima(con, "beto") == PENDIENTE
    assert {q for _, q in principales(con, PENDIENTE)} == {"carla"}


def test_deshacer_un_cambio_repone_lo_anterior_y_luego_lo_anterior_a_eso(
    con: DuckDBPyConnection,
) -> None:
    vacio = todo(con)
    leer(con, "ana", LEIDO)
    leer(con, "ana", PENDIENTE)
    uno = todo(con)
    leer(con, "ana", PENDIENTE, OTRA, 1)
    leer(con, "beto", LEIDO, OTRA)
    assert deshacer_ultima(con, "beto") == LEIDO
    assert deshacer_ultima(con, "ana") == PENDIENTE
    assert todo(con) == uno
    assert deshacer_ultima(con, "ana") == PENDIENTE
    assert deshacer_ultima(con, "ana") == LEIDO
    assert todo(con) == vacio


def test_lo_adjudicado_despues_no_se_deshace(con: DuckDBPyConnection) -> None:
    leer(con, "ana", PENDIENTE)
    adjudicar(con, "carla", PENDIENTE, "v1", OTRA, ("ana", 1))
    antes = todo(con)
    with pytest.raises(ErrorDeDatos, match="después «carla» hizo «adjudicar»"):
        deshacer_ultima(con, "ana")
    assert todo(con) == antes


def test_deshacer_una_decision_repone_lo_que_se_contaba(
    con: DuckDBPyConnection,
) -> None:
    leer(con, "ana", PENDIENTE)
    leer(con, "beto", PENDIENTE, OTRA)
    antes = todo(con)
    adjudicar(con, "carla", PENDIENTE, "v1", OTRA, ("ana", 1))
    una = todo(con)
    adjudicar(con, "carla", PENDIENTE, "v1", UNA, ("adjudica-carla", 1))
    adjudicar(con, "carla", LEIDO, "v1", UNA, vista(con, LEIDO))
    # Cada botón deshace lo suyo: la lectura de ana no es una decisión.
    assert deshacer_decision(con, "ana") is None
    assert deshacer_decision(con, "carla") == LEIDO
    assert {q for _, q in principales(con, LEIDO)} == {"adjudicacion-1"}
    assert deshacer_decision(con, "carla") == PENDIENTE
    assert todo(con) == una
    assert deshacer_decision(con, "carla") == PENDIENTE
    assert todo(con) == antes
    assert {q for _, q in principales(con, PENDIENTE)} == {"ana"}
    assert deshacer_decision(con, "carla") is None
    # Deshecha la decisión, ana puede deshacer su lectura.
    assert deshacer_ultima(con, "ana") == PENDIENTE
    assert {q for _, q in principales(con, PENDIENTE)} == {"beto"}


def test_no_se_deshace_una_decision_que_otra_persona_cambio(
    con: DuckDBPyConnection,
) -> None:
    leer(con, "ana", PENDIENTE)
    adjudicar(con, "carla", PENDIENTE, "v1", OTRA, ("ana", 1))
    adjudicar(con, "dario", PENDIENTE, "v1", UNA, ("adjudica-carla", 1))
    with pytest.raises(ErrorDeDatos, match="después «dario» hizo «adjudicar»"):
        deshacer_decision(con, "carla")
    assert deshacer_decision(con, "dario") == PENDIENTE
    assert {q for _, q in principales(con, PENDIENTE)} == {"adjudica-carla"}
    # Una decisión anterior que se deshace no tapa a otra que sigue en pie.
    leer(con, "ana", PENDIENTE, OTRA, 1)
    assert deshacer_decision(con, "carla") == PENDIENTE
    adjudicar(con, "dario", PENDIENTE, "v1", UNA, ("ana", 2))
    with pytest.raises(ErrorDeDatos, match="después «dario»"):
        deshacer_ultima(con, "ana")


@pytest.fixture
def pagina(base_real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
           ) -> Iterator[DuckDBPyConnection]:  # fmt: skip
    """La base real, en una copia que la página puede escribir."""
    ruta = Path(shutil.copy(base_real, tmp_path / "real.duckdb"))
    monkeypatch.setenv("TABLERO_BD", str(ruta))
    conexion.cerrar()
    yield conexion.conexion()
    conexion.cerrar()


UNO, DOS = "antofagasta-2018-1-01", "antofagasta-2018-1-02"


def como(quien: str, **direccion: str) -> AppTest:
    prueba = abrir_pagina("codificar", **direccion)
    prueba.text_input(key="seudonimo").set_value(quien).run()
    return prueba


def desde_otra_ventana(
    con: DuckDBPyConnection,
    quien: str,
    que: str,
    lectura: Lectura,
    version: int | None = None,
) -> None:
    leer(con, quien, que, lectura, version)
    conexion.nueva_edicion()


def test_la_pagina_no_pisa_lo_que_otra_ventana_guardo(
    pagina: DuckDBPyConnection,
) -> None:
    desde_otra_ventana(pagina, "ana", UNO, UNA)
    prueba = como("ana", leer=UNO)
    nota = f"c_nota_{UNO}"
    prueba.text_area(key=nota).set_value("Lo mío.").run()
    desde_otra_ventana(pagina, "ana", UNO, OTRA, 1)
    prueba.button(key="guardar_y_seguir").click().run()
    assert "«ana» cambió esto" in html(prueba)
    cambio = html(prueba).split("Qué cambió entretanto")[1].split("</table>")[0]
    # Se leen los nombres, como en los controles; no los códigos.
    for dicho in ("Diagnóstico", "Usabilidad", "se agregó Oferta de cursos", "Tipo"):
        assert dicho in cambio
    dichos = set(re.split(r"<[^>]*>", cambio))
    assert not {"diagnostico", "oferta-cursos", "PERT", "tipo"} & dichos
    sql = "select version, nota from lecturas where codificador_id = 'ana'"
    assert pagina.execute(sql).fetchall() == [(2, None)]
    # Lo escrito sigue y, visto el cambio, se puede guardar.
    assert prueba.text_area(key=nota).value == "Lo mío."
    prueba.button(key="guardar_y_seguir").click().run()
    assert pagina.execute(sql).fetchall() == [(3, "Lo mío.")]


def test_lo_guardado_y_lo_escrito_siguen_al_ir_y_volver(
    pagina: DuckDBPyConnection,
) -> None:
    desde_otra_ventana(pagina, "ana", UNO, UNA)
    prueba = como("ana", leer=UNO)
    assert prueba.text_area(key=f"c_nota_{UNO}").value == UNA.nota
    prueba.button(key="leer_arrow_forward").click().run()
    prueba.text_area(key=f"c_nota_{DOS}").set_value("A medias.").run()
    prueba.button(key="leer_arrow_back").click().run()
    assert prueba.text_area(key=f"c_nota_{UNO}").value == UNA.nota
    assert prueba.session_state[f"c_tipo_{UNO}"] == "PERT"
    assert prueba.session_state[f"c_instrumentos_{UNO}"] == ["otec"]
    prueba.button(key="leer_arrow_forward").click().run()
    assert prueba.text_area(key=f"c_nota_{DOS}").value == "A medias."


def test_una_lectura_sin_tocar_se_pone_al_dia(pagina: DuckDBPyConnection) -> None:
    desde_otra_ventana(pagina, "ana", UNO, UNA)
    prueba = como("ana", leer=UNO)
    desde_otra_ventana(pagina, "ana", UNO, OTRA, 1)
    prueba.run()
    assert prueba.session_state[f"c_tipo_{UNO}"] == "TIC"


def test_lo_que_otra_persona_decidio_entretanto_no_se_pisa_ni_se_pierde(
    pagina: DuckDBPyConnection,
) -> None:
    for enunciado in (UNO, DOS):
        desde_otra_ventana(pagina, "ana", enunciado, UNA)
        desde_otra_ventana(pagina, "beto", enunciado, OTRA)
    prueba = como("carla", hacer="adjudicar", leer=UNO)
    for faceta, codigo in (
        ("naturaleza", "contexto"), ("tipo", "HAB"), ("recurso", "ninguno"),
    ):  # fmt: skip
        prueba.session_state[f"c_{faceta}_{UNO}"] = codigo
    prueba.text_area(key=f"c_nota_{UNO}").set_value("Porque sí.").run()
    adjudicar(pagina, "dario", UNO, "v1", UNA, vista(pagina, UNO))
    conexion.nueva_edicion()
    prueba.button(key="adjudicar").click().run()
    assert "«dario» cambió esto" in html(prueba)
    assert cuenta(pagina, UNO) == ("recomendacion", "PERT", "organizacion", "OTEC")
    assert prueba.text_area(key=f"c_nota_{UNO}").value == "Porque sí."
    prueba.button(key="adjudicar").click().run()
    assert cuenta(pagina, UNO) == ("contexto", "HAB", "ninguno", None)
    assert prueba.selectbox(key="leer").value == DOS


def test_un_codigo_hostil_no_se_interpreta_en_las_opciones() -> None:
    assert inerte("![a](http://x.y) :red[b]") == (
        "\\!\\[a\\]\\(http:\N{WORD JOINER}//x\\.y\\) :\N{WORD JOINER}red\\[b\\]"
    )


def test_a_ciegas_no_se_ve_lo_ajeno_hasta_leerlo(pagina: DuckDBPyConnection) -> None:
    desde_otra_ventana(pagina, "ana", UNO, UNA)
    prueba = como("beto", leer=UNO)
    assert "Dudé con EJE" not in html(prueba)
    assert "3\N{NO-BREAK SPACE}lecturas más" in html(prueba)
    desde_otra_ventana(pagina, "beto", UNO, OTRA)
    prueba.run()
    assert "Dudé con EJE" in html(prueba)


def test_lo_leido_se_dice_tambien_por_tema_y_solo_lo_propio(
    pagina: DuckDBPyConnection,
) -> None:
    desde_otra_ventana(pagina, "ana", UNO, UNA)
    desde_otra_ventana(pagina, "ana", "antofagasta-2018-2-01", UNA)
    desde_otra_ventana(pagina, "beto", DOS, UNA)
    de = {
        tema: int(cuantos)
        for tema, cuantos in pagina.execute(
            "select tema_dialogo_id, count(*) from enunciados"
            " where starts_with(tema_dialogo_id, 'antofagasta') group by 1 order by 1"
        ).fetchall()
    }
    leidos = (1, 1, 0, 0, 0)
    duro = "\N{NO-BREAK SPACE}"
    esperado = " · ".join(
        f"tema {n}, {leido} de {total}"
        for n, (leido, total) in enumerate(zip(leidos, de.values(), strict=True), 1)
    )
    dicho = html(como("ana")).replace(duro, " ")
    assert f": {esperado}</p>" in dicho
    assert "Leídos por usted: 2 de 62 enunciados." in dicho
    # Sin saber quién es, no se dice que no ha leído nada.
    assert "Con su seudónimo escrito verá cuánto lleva leído." in html(como(""))
    assert "Leídos por usted" not in html(como(""))
    # Con un solo tema basta el total.
    assert "tema 1, 1 de" not in html(como("ana", tema="1")).replace(duro, " ")


def test_la_sugerencia_dice_que_palabras_calzaron(pagina: DuckDBPyConnection) -> None:
    ((texto,),) = pagina.execute(
        "select texto from enunciados where enunciado_id = ?", [UNO]
    ).fetchall()
    palabra = texto.split()[1].strip(".,;:")
    pagina.execute("delete from reglas")
    pagina.execute(
        "insert into reglas values ('r1', 'v1', 'tipo', 'DIF', ?)", [palabra[:3]]
    )
    desde_otra_ventana(pagina, "ana", UNO, UNA)
    prueba = como("ana", leer=UNO)
    prueba.session_state["plegado_sugerencia"] = True
    prueba.run()
    assert "Palabras que calzan: Difusión, por «" in html(prueba)
    assert re.search(rf"por «{palabra[:3]}\w*»\.", html(prueba), re.I)


@pytest.mark.parametrize("hacer", ["codificar", "adjudicar"])
def test_lo_pedido_que_los_filtros_dejan_fuera_se_dice_y_se_puede_ver(
    pagina: DuckDBPyConnection, hacer: str
) -> None:
    for quien, lectura in (("ana", UNA), ("beto", OTRA)):
        desde_otra_ventana(pagina, quien, UNO, lectura)
        desde_otra_ventana(pagina, quien, "antofagasta-2018-2-01", lectura)
    prueba = abrir_pagina("codificar", leer=UNO, tema="2", hacer=hacer)
    assert "no está en lo filtrado: lo que sigue es otro." in html(prueba)
    assert ", tema 1:" not in html(prueba)
    prueba.button(key="quitar").click().run()
    assert "no está en lo filtrado" not in html(prueba)
    assert ", tema 1:" in html(prueba)


def test_lo_pedido_que_no_existe_se_dice(pagina: DuckDBPyConnection) -> None:
    assert "no está, o no se muestra" in html(abrir_pagina("codificar", leer="nada"))
    assert "no está, o no se muestra" not in html(abrir_pagina("codificar", leer=UNO))


def test_una_decision_se_deshace_en_la_pagina_y_vuelve_a_estar_en_disputa(
    pagina: DuckDBPyConnection,
) -> None:
    desde_otra_ventana(pagina, "ana", UNO, UNA)
    desde_otra_ventana(pagina, "beto", UNO, OTRA)
    adjudicar(pagina, "carla", UNO, "v1", OTRA, vista(pagina, UNO))
    conexion.nueva_edicion()
    prueba = como("carla", hacer="adjudicar")
    assert "Ninguna disputa" in prueba.info[0].value
    prueba.button(key="deshacer_decision").click().run()
    assert not prueba.exception
    assert "Listo. Se deshizo su última decisión." in html(prueba)
    assert prueba.selectbox(key="leer").value == UNO
    # Decidir pide una razón; leer, solo si se dudó.
    assert prueba.text_area(key=f"c_nota_{UNO}").label == "Por qué se decide así"
    prueba.button(key="deshacer_decision").click().run()
    # No hacer nada no es haberlo hecho.
    assert ">No hay decisión suya que deshacer." in html(prueba)
    assert "Listo." not in html(prueba)
    prueba = como("carla")
    prueba.button(key="deshacer_lectura").click().run()
    assert ">No hay nada suyo que deshacer." in html(prueba)
    assert "Listo." not in html(prueba)


def test_el_libro_al_lado_remite_por_nombre_y_no_por_codigo(
    pagina: DuckDBPyConnection,
) -> None:
    desde_otra_ventana(pagina, "ana", UNO, UNA)
    dicho = html(como("ana", leer=UNO))
    assert "Cómo se averigua la demanda → Lectura del mercado laboral;" in dicho
    assert "→ Diagnóstico" in dicho and "→ diagnostico" not in dicho
    # Lo que no está en el libro queda como se escribió.
    assert con_nombres("→ NO; → SÍ", {"NO": "Nones"}) == "→ Nones; → SÍ"


def test_a_quien_decide_sobre_su_propia_lectura_se_le_avisa_y_no_se_le_impide(
    pagina: DuckDBPyConnection,
) -> None:
    desde_otra_ventana(pagina, "ana", UNO, UNA)
    desde_otra_ventana(pagina, "beto", UNO, OTRA)
    aviso = "Una de estas lecturas es suya"
    assert aviso not in html(como("carla", hacer="adjudicar", leer=UNO))
    prueba = como("Ana", hacer="adjudicar", leer=UNO)
    assert aviso in html(prueba)
    assert not prueba.button(key="adjudicar").disabled


def test_sobre_lo_ya_decidido_se_puede_decidir_de_nuevo_y_despues_no_se_insiste(
    pagina: DuckDBPyConnection,
) -> None:
    desde_otra_ventana(pagina, "ana", UNO, UNA)
    prueba = como("carla", hacer="adjudicar", leer=UNO)
    assert "no está en disputa entre personas" in html(prueba)
    prueba.button(key="decidir_aparte_ir").click().run()
    for faceta, codigo in (
        ("naturaleza", "contexto"), ("tipo", "HAB"), ("recurso", "ninguno"),
    ):  # fmt: skip
        prueba.session_state[f"c_{faceta}_{UNO}"] = codigo
    prueba.text_area(key=f"c_nota_{UNO}").set_value("Porque sí.").run()
    prueba.button(key="adjudicar").click().run()
    assert not prueba.exception
    assert cuenta(pagina, UNO) == ("contexto", "HAB", "ninguno", None)
    assert "La decisión está guardada" in html(prueba)
    assert "no está en disputa entre personas" not in html(prueba)


def test_al_guardar_se_dice_si_la_lectura_se_cuenta(pagina: DuckDBPyConnection) -> None:
    prueba = como("ana", leer=UNO)
    for faceta, codigo in (
        ("naturaleza", "contexto"), ("tipo", "HAB"), ("recurso", "ninguno"),
    ):  # fmt: skip
        prueba.session_state[f"c_{faceta}_{UNO}"] = codigo
    prueba.run()
    prueba.button(key="guardar_y_seguir").click().run()
    assert "La lectura está guardada; se sigue contando la de antes." in html(prueba)


def test_el_aviso_de_otro_calla_si_son_pocos_o_no_pasan_del_cinco_por_ciento() -> None:
    for otros, enunciados in ((2, 2), (19, 19), (1, 20)):
        assert codifica_leer.frase_de_otros("Versión 2", otros, enunciados) is None
    dicho = codifica_leer.frase_de_otros("Versión 2", 2, 20)
    assert dicho and "2 de 20" in dicho and "Versión 2" in dicho


def test_los_otros_son_de_la_version_que_rige_y_de_todas_las_clases(
    con: DuckDBPyConnection,
) -> None:
    def otros() -> list[tuple[object, ...]]:
        enlazados = valores("codificar_otros", Seleccion())
        tabla = consultar(con, "codificar_otros", enlazados)
        return [tuple(f) for f in tabla[["otros", "enunciados"]].to_numpy().tolist()]

    ((_, antes),) = otros()
    leer(con, "ana", PENDIENTE, replace(UNA, tipo="OTR"))
    assert otros() == [(1, int(str(antes)) + 1)]
    con.execute("insert into libros values ('v2', 'Dos', '2099-01-01', '')")
    assert otros() == []

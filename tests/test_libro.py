"""El libro de códigos cambia por versiones: nada usado se edita, nada se pierde."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from consultas.lector import consultar, valores
from consultas.seleccion import Seleccion
from datos.base import abrir
from datos.borrador import ACEPTADO, PENDIENTE, Borrador, Ficha
from datos.borrador_libro import al_dia
from datos.cargas import reglas
from datos.codificar import Lectura, adjudicar, guardar_lectura
from datos.codificar_contada import principal
from datos.codificar_deshacer import deshacer_ultima
from datos.codificar_valores import Lugar
from datos.edicion import Choque
from datos.errores import ErrorDeDatos
from datos.leido import Candidato, InformeLeido
from datos.libro_diferencias import comparar, iguales
from datos.libro_lista import con_codigo, sin_codigo
from datos.libro_nuevo import (
    copiar_libro,
    descartar,
    en_preparacion,
    poner_codigos,
    publicar,
)
from datos.libro_trasladar import contadas, propias, trasladar, trasladar_contadas
from datos.libros import Codigo, codigos_de, libro_vigente
from tablero import borradores_abiertos, conexion, libro_cambios
from tablero.carga_lista import codigos
from tests.test_paginas import abrir as abrir_pagina
from tests.test_paginas import html

UNA = Lectura("recomendacion", "PERT", "organizacion", ("otec",), "Dudé.")
# Su código cambia de nombre y no de sentido.
SIGUE = replace(UNA, tipo="TIC")
HAB = Lectura("recomendacion", "HAB", "organizacion")
NUEVO = Codigo("tipo", "NUE", "Nuevo", 3, "Algo nuevo.", prioridad=1)


@pytest.fixture
def con(base_muestra: Path, tmp_path: Path) -> Iterator[DuckDBPyConnection]:
    ruta = Path(shutil.copy(base_muestra, tmp_path / "base.duckdb"))
    with abrir(ruta, escribe=True) as abierta:
        yield abierta


def cambiados(con: DuckDBPyConnection) -> list[Codigo]:
    """Sin HAB, con PERT de otro sentido, TIC de otro nombre y uno nuevo."""
    lista = sin_codigo(codigos_de(con, "v1"), "tipo", "HAB")
    lista = [
        replace(c, definicion="Otra cosa.") if c.codigo == "PERT" else
        replace(c, nombre="Sistemas") if c.codigo == "TIC" else c
        for c in lista
    ]  # fmt: skip
    return con_codigo(lista, NUEVO)


def publicada(con: DuckDBPyConnection, nombre: str = "Dos") -> str:
    libro = copiar_libro(con, "ana", nombre, "Faltaba uno.", cambiados(con))
    return publicar(con, "ana", libro, 1)


def filas(
    con: DuckDBPyConnection, sql: str, *valores: object
) -> list[tuple[object, ...]]:
    hechas: list[tuple[object, ...]] = con.execute(sql, list(valores)).fetchall()
    return hechas


def rastro(con: DuckDBPyConnection, enunciado: str) -> list[tuple[object, ...]]:
    """Devuelve lo que la consulta dice del tipo de un enunciado."""
    nombre = "libros_recodificacion"
    tabla = consultar(con, nombre, valores(nombre, Seleccion()))
    suyas = tabla[(tabla["enunciado_id"] == enunciado) & (tabla["faceta"] == "tipo")]
    columnas = ["antes", "quien_antes", "despues", "quien_despues", "recodificacion"]
    return [tuple(fila) for fila in suyas[columnas].itertuples(index=False)]


def tipo_de(con: DuckDBPyConnection, codigo: str) -> str:
    """Pone de principal un tipo en el enunciado «a», sin pasar por nadie."""
    con.execute(
        "update codificaciones set codigo = ? where enunciado_id = 'a'"
        " and faceta = 'tipo'", [codigo],
    )  # fmt: skip
    return "a"


def test_una_copia_no_rige_hasta_publicarse_y_publicada_no_se_cambia(
    con: DuckDBPyConnection,
) -> None:
    antes = codigos_de(con, "v1")
    libro = copiar_libro(con, "ana", "Dos", "Faltaba uno.")
    assert codigos_de(con, libro) == antes
    assert (libro_vigente(con), en_preparacion(con)) == ("v1", libro)
    assert poner_codigos(con, "ana", libro, cambiados(con), 1) == 2
    # Guardar lo mismo no es un cambio.
    assert poner_codigos(con, "beto", libro, cambiados(con), 2) == 2
    publicar(con, "ana", libro, 2)
    assert (libro_vigente(con), en_preparacion(con)) == (libro, None)
    with pytest.raises(ErrorDeDatos, match="ya está publicada"):
        poner_codigos(con, "ana", libro, antes, 3)
    with pytest.raises(ErrorDeDatos, match="ya está publicada"):
        descartar(con, "ana", libro, 3)
    with pytest.raises(ErrorDeDatos, match="no se prepara"):
        poner_codigos(con, "ana", "v1", cambiados(con), 1)
    assert codigos_de(con, "v1") == antes


def test_se_prepara_una_a_la_vez_y_la_descartada_deja_constancia(
    con: DuckDBPyConnection,
) -> None:
    libro = copiar_libro(con, "ana", "Dos", "Faltaba uno.")
    with pytest.raises(ErrorDeDatos, match="Ya se prepara otra"):
        copiar_libro(con, "beto", "Tres", "Otra.")
    descartar(con, "beto", libro, 1)
    assert (en_preparacion(con), codigos_de(con, libro)) == (None, [])
    assert libro_vigente(con) == "v1"
    with pytest.raises(ErrorDeDatos, match="se descartó"):
        publicar(con, "ana", libro, 2)
    with pytest.raises(ErrorDeDatos, match="Póngale otro nombre"):
        copiar_libro(con, "beto", "dos", "Otra.")
    assert copiar_libro(con, "beto", "Tres", "Otra.") != libro
    ((cuantos,),) = filas(
        con, "select count(*) from bitacora where accion = 'descartar libro'"
        " and tabla = 'codigos' and despues is null",
    )  # fmt: skip
    assert cuantos == len(codigos_de(con, "v1"))
    estados = consultar(con, "libros_lista", valores("libros_lista", Seleccion()))
    assert set(estados["estado_libro"]) == {"en preparación", "descartada", "rige"}


def test_publicar_sin_cambiar_nada_se_rechaza(con: DuckDBPyConnection) -> None:
    libro = copiar_libro(con, "ana", "Dos", "Faltaba uno.")
    with pytest.raises(ErrorDeDatos, match="No cambia nada"):
        publicar(con, "ana", libro, 1)
    assert libro_vigente(con) == "v1"


def test_dos_que_preparan_la_misma_version_chocan_y_se_dice_que_cambio(
    con: DuckDBPyConnection,
) -> None:
    libro = copiar_libro(con, "ana", "Dos", "Faltaba uno.")
    poner_codigos(con, "ana", libro, cambiados(con), 1)
    for verbo in (publicar, descartar):
        with pytest.raises(Choque, match="«ana» cambió esto"):
            verbo(con, "beto", libro, 1)
    with pytest.raises(Choque) as choque:
        poner_codigos(con, "beto", libro, codigos_de(con, "v1"), 1)
    columnas = {k: v for c in choque.value.cambios for k, v in c.columnas().items()}
    assert columnas["tipo TIC, nombre"] == ("Usabilidad de sistemas", "Sistemas")
    assert codigos_de(con, libro) != codigos_de(con, "v1")


def test_todas_las_faltas_de_un_libro_se_dicen_juntas_y_nada_se_guarda(
    con: DuckDBPyConnection,
) -> None:
    malos = [
        Codigo("tipo", "Ñandú", "", 1, " "),
        Codigo("tipo", "UNO", "Uno", 2, "Algo.", prioridad=1),
        Codigo("tipo", "uno", "UNO", 3, "Algo.", prioridad=1),
        Codigo("tipo", "DOS", "x" * 200, 4, "Algo.", prioridad=0),
        Codigo("color", "rojo", "Rojo", 1, "Algo."),
        Codigo("naturaleza", "pedido", "Pedido", 1, "Algo."),
    ]
    with pytest.raises(ErrorDeDatos) as error:
        copiar_libro(con, "ana", "Dos", "Traída de fuera.", malos)
    dicho = str(error.value)
    for parte in (
        "«Código»: El código no tiene la forma", "«Nombre»: Está vacío",
        "«Qué abarca»: Está", "«Lugar en el desempate»: No es un entero desde 1",
        "«uno» ya está", "«UNO» ya está", "«1» ya está", "demasiado largo",
        "no es una faceta", "recurso: No tiene ningún código",
        "Falta el código «Otro»", "no pueden cambiar",
    ):  # fmt: skip
        assert parte in dicho, parte
    # Los nombres de las columnas son de la base, no de quien llena el formulario.
    assert "definicion" not in dicho and "columna" not in dicho
    assert en_preparacion(con) is None
    for nombre, motivo in (("", "Algo."), ("Dos", " ")):
        with pytest.raises(ErrorDeDatos, match="Escriba"):
            copiar_libro(con, "ana", nombre, motivo)


def test_las_diferencias_dicen_que_y_de_que_a_que(con: DuckDBPyConnection) -> None:
    antes = codigos_de(con, "v1")
    assert comparar(antes, antes) == []
    halladas = {(d.que, d.codigo): d for d in comparar(antes, cambiados(con))}
    assert halladas["quitado", "HAB"].cambia_el_sentido
    assert halladas["agregado", "NUE"].nombre == "Nuevo"
    assert ("definicion", "Otra cosa.") in {
        (c, es) for c, _, es in halladas["cambiado", "PERT"].cambios
    }
    nombre = halladas["cambiado", "TIC"]
    assert ("nombre", "Usabilidad de sistemas", "Sistemas") in nombre.cambios
    assert not nombre.cambia_el_sentido
    # Lo nuevo y lo quitado traen lo que abarcan, de la sola versión en que están.
    assert halladas["agregado", "NUE"].cambios == (("definicion", None, "Algo nuevo."),)
    ((_, decia, dice),) = halladas["quitado", "HAB"].cambios
    assert decia and dice is None
    # Agregar uno en medio no es cambiar de orden; darlos vuelta, sí.
    assert not [d for d in halladas.values() if d.que == "orden"]
    vuelta = [replace(c, orden=-c.orden) for c in antes]
    assert {d.faceta for d in comparar(antes, vuelta) if d.que == "orden"} == {
        "naturaleza", "tipo", "recurso",
    }  # fmt: skip
    siguen = iguales(antes, cambiados(con))
    assert ("tipo", "TIC") in siguen
    assert not {("tipo", "PERT"), ("tipo", "HAB"), ("tipo", "NUE")} & siguen


def test_la_tabla_de_cambios_cuenta_sus_filas_y_deja_los_lugares_al_final(
    con: DuckDBPyConnection,
) -> None:
    antes = codigos_de(con, "v1")
    despues = [
        replace(c, definicion="Otra.", nombre="Calce") if c.codigo == "PERT" else
        replace(c, prioridad=50) if c.codigo == "ACC" else
        replace(c, ejemplo="Un caso.") if c.codigo == "TIC" else c
        for c in antes if c.codigo != "HAB"
    ]  # fmt: skip
    despues = [replace(c, orden=-c.orden) if c.faceta == "recurso" else c
               for c in despues]  # fmt: skip
    halladas = comparar(antes, despues)
    filas = libro_cambios.filas_de(halladas)
    dicho = libro_cambios.cuantas(halladas).replace("\N{NO-BREAK SPACE}", " ")
    assert dicho == "6 cambios en 4 códigos y el orden de 1 faceta"
    assert len(filas) == 6
    pide = {(f[1].split("(")[-1], f[2]): f[5] for f in filas}
    assert pide["PERT)", "Cambia: qué abarca"] == "sí"
    assert pide["PERT)", "Cambia: nombre"] == "no"
    assert pide["HAB)", "Código quitado"] == "sí"
    assert [f[2] for f in filas[-2:]] == [
        "Cambia: lugar en el desempate", "Cambia el orden",
    ]  # fmt: skip


def test_poner_un_codigo_corre_a_los_demas_y_sacarlo_los_devuelve(
    con: DuckDBPyConnection,
) -> None:
    antes = codigos_de(con, "v1")
    despues = con_codigo(antes, NUEVO)
    tipos = sorted((c for c in despues if c.faceta == "tipo"), key=lambda c: c.orden)
    assert [c.codigo for c in tipos][:4] == ["PERT", "HAB", "NUE", "DEM"]
    assert {c.codigo: c.prioridad for c in tipos}["TIC"] == 2
    assert sin_codigo(despues, "tipo", "NUE") == antes


def test_cada_quien_traslada_lo_suyo_que_sigue_igual_y_lo_de_antes_queda(
    con: DuckDBPyConnection,
) -> None:
    igual = replace(UNA, tipo="TIC")
    for enunciado, lectura in (("a", igual), ("b", UNA), ("c", HAB)):
        guardar_lectura(con, "ana", enunciado, "v1", lectura, None)
    guardar_lectura(con, "beto", "a", "v1", igual, None)
    libro = publicada(con)
    lista = propias(con, "ana", ficticios=False)
    assert {a.lugar.enunciado: a.sigue for a in lista} == {
        "a": True, "b": False, "c": False,
    }  # fmt: skip
    previas = filas(
        con, "select * from codificaciones where libro_id = 'v1' order by 1"
    )
    contaba = filas(
        con, "select * exclude (posicion) from lectura_enunciados order by 1"
    )
    siguen = [a for a in lista if a.sigue]
    assert trasladar(con, "ana", siguen) == 1
    assert previas == filas(
        con, "select * from codificaciones where libro_id = 'v1' order by 1"
    )
    # Lo que un modelo decidió se sigue contando.
    assert contaba == filas(
        con, "select * exclude (posicion) from lectura_enunciados order by 1"
    )
    ((codigo, nota),) = filas(
        con, "select c.codigo, l.nota from lecturas as l inner join codificaciones as c"
        " using (enunciado_id, libro_id, codificador_id) where l.libro_id = ?"
        " and c.faceta = 'tipo'", libro,
    )  # fmt: skip
    assert codigo == "TIC"
    assert str(nota) == (
        "Trasladada de «Libro de códigos, versión 1»: sus códigos no cambiaron. Dudé."
    )
    assert filas(
        con, "select distinct quien from bitacora where accion = 'trasladar'"
    ) == [("ana",)]
    # Lo que ya se trasladó no se traslada otra vez, y lo ajeno no se toca.
    with pytest.raises(Choque):
        trasladar(con, "ana", siguen)
    with pytest.raises(Choque):
        trasladar(con, "beto", siguen)
    with pytest.raises(Choque):
        trasladar(con, "ana", [a for a in lista if not a.sigue])
    assert len(propias(con, "beto", ficticios=False)) == 1


def test_lo_contado_se_lleva_como_decision_de_quien_se_hace_cargo(
    con: DuckDBPyConnection,
) -> None:
    tipo_de(con, "HAB")
    libro = publicada(con)
    lista = contadas(con, ficticios=False)
    assert len(lista) == 8
    siguen = [a for a in lista if a.sigue]
    assert "a" not in {a.lugar.enunciado for a in siguen}
    assert 0 < len(siguen) < 8
    codigos = "select enunciado_id, naturaleza, tipo, recurso, instrumentos from"
    antes = filas(con, f"{codigos} lectura_enunciados order by 1")
    assert trasladar_contadas(con, "carla", siguen) == len(siguen)
    assert filas(con, f"{codigos} lectura_enunciados order by 1") == antes
    assert filas(
        con, "select count(*), bool_and(es_adjudicacion) from lecturas"
        " where libro_id = ? and codificador_id = 'traslada-modelo-carla'", libro,
    ) == [(len(siguen), True)]  # fmt: skip
    # Nadie lo leyó: lo que puso un modelo lo sigue diciendo un modelo.
    assert filas(con, "select distinct codificado_por from lectura_enunciados") == [
        ("modelo",)
    ]
    uno = siguen[0].lugar.enunciado
    ((era, quien, es, hoy, estado),) = rastro(con, uno)
    assert (quien, hoy, estado) == (
        "adjudicacion-1", "traslada-modelo-carla", "trasladado",
    )  # fmt: skip
    assert era == es or (era, es) == ("Usabilidad de sistemas", "Sistemas")
    ((_, _, es, hoy, estado),) = rastro(con, "a")
    assert (es, hoy, estado) == (None, None, "por recodificar")
    with pytest.raises(Choque):
        trasladar_contadas(con, "dario", siguen)


def test_la_primera_lectura_con_el_libro_nuevo_releva_a_la_de_antes(
    con: DuckDBPyConnection,
) -> None:
    tipo_de(con, "HAB")
    libro = publicada(con)
    lectura = replace(UNA, tipo="NUE")
    with pytest.raises(ErrorDeDatos, match="se publicó otra versión"):
        guardar_lectura(con, "ana", "a", "v1", UNA, None)
    guardar_lectura(con, "ana", "a", libro, lectura, None)
    assert rastro(con, "a") == [
        ("Habilidades transversales y apresto", "adjudicacion-1", "Nuevo", "ana",
         "recodificado")
    ]  # fmt: skip
    # La segunda, no; y deshacer la primera deja lo de antes.
    guardar_lectura(con, "beto", "a", libro, UNA, None)
    assert rastro(con, "a")[0][3] == "ana"
    assert deshacer_ultima(con, "beto") == "a"
    assert deshacer_ultima(con, "ana") == "a"
    assert rastro(con, "a")[0][2:] == (None, None, "por recodificar")


def test_lo_que_una_persona_decidio_solo_lo_cambia_otra_decision(
    con: DuckDBPyConnection,
) -> None:
    guardar_lectura(con, "ana", "b", "v1", SIGUE, None)
    adjudicar(con, "carla", "b", "v1", SIGUE, ("adjudicacion-1", 1))
    libro = publicada(con)
    guardar_lectura(con, "beto", "b", libro, replace(UNA, tipo="NUE"), None)
    assert principal(con, "b") == Lugar("b", "v1", "adjudica-carla")
    # Lo de una persona, llevado, sigue siendo de una persona.
    trasladar_contadas(
        con, "dario", [a for a in contadas(con, ficticios=False) if a.sigue]
    )
    assert principal(con, "b") == Lugar("b", libro, "adjudica-dario")


def test_no_releva_la_segunda_lectura_con_el_libro_nuevo(
    con: DuckDBPyConnection,
) -> None:
    guardar_lectura(con, "ana", "b", "v1", SIGUE, None)
    libro = publicada(con)
    trasladar(con, "ana", propias(con, "ana", ficticios=False))
    guardar_lectura(con, "beto", "b", libro, replace(UNA, tipo="NUE"), None)
    assert principal(con, "b") == Lugar("b", "v1", "adjudicacion-1")


def test_decidir_sobre_lo_que_se_contaba_con_otra_version(
    con: DuckDBPyConnection,
) -> None:
    guardar_lectura(con, "ana", "a", "v1", UNA, None)
    adjudicar(con, "carla", "a", "v1", UNA, ("adjudicacion-1", 1))
    libro = publicada(con)
    # Misma persona en otra versión: otro número, para que la vista no se confunda.
    adjudicar(con, "carla", "a", libro, replace(UNA, tipo="TIC"), ("adjudica-carla", 1))
    assert filas(
        con, "select libro_id, version from lecturas"
        " where codificador_id = 'adjudica-carla' order by 1",
    ) == [("v1", 1), (libro, 2)]  # fmt: skip
    with pytest.raises(Choque):
        adjudicar(con, "dario", "a", libro, UNA, ("adjudica-carla", 1))


def test_a_medio_recodificar_cada_enunciado_y_cada_tipo_es_uno(
    con: DuckDBPyConnection,
) -> None:
    tipo_de(con, "HAB")
    antes = consultar(con, "enunciados_lista", valores(
        "enunciados_lista", Seleccion(), orden="documento", descendente=False,
        desde=0, limite=100,
    ))  # fmt: skip
    publicada(con)
    siguen = [a for a in contadas(con, ficticios=False) if a.sigue]
    trasladar_contadas(con, "carla", siguen[: len(siguen) // 2 or 1])
    despues = consultar(con, "enunciados_lista", valores(
        "enunciados_lista", Seleccion(), orden="documento", descendente=False,
        desde=0, limite=100,
    ))  # fmt: skip
    assert despues["enunciado_id"].tolist() == antes["enunciado_id"].tolist()
    tipos = consultar(
        con, "tipos_naturalezas", valores("tipos_naturalezas", Seleccion())
    )
    assert tipos["enunciados"].sum() == len(antes)
    assert not tipos[["tipo", "naturaleza"]].duplicated().any()
    nombres = dict(zip(tipos["tipo"], tipos["tipo_nombre"], strict=True))
    assert nombres["HAB"].endswith("(HAB, código retirado)")
    assert len(set(nombres.values())) == len(nombres)
    opciones = filas(
        con, "select filtro, valor, es_ficticio from lectura_opciones"
        " where filtro in ('tipo', 'naturaleza') group by all having count(*) > 1",
    )  # fmt: skip
    assert opciones == []
    cifras = consultar(con, "resumen_cifras", valores("resumen_cifras", Seleccion()))
    assert len(cifras) > 1
    assert cifras["enunciados"].sum() == len(antes)


def test_lo_que_ya_no_esta_en_el_libro_ni_se_sugiere_ni_se_carga(
    con: DuckDBPyConnection,
) -> None:
    assert "HAB" in {r.codigo for r in reglas(con)}
    publicada(con)
    assert "HAB" not in {r.codigo for r in reglas(con)}
    hay = {f: {c.codigo for c in codigos_de(con, libro_vigente(con)) if c.faceta == f}
           for f in ("naturaleza", "tipo", "recurso")}  # fmt: skip
    puesto = al_dia(borrador(), hay).candidatos
    assert [(c.tipo, c.recurso, c.estado) for c in puesto] == [
        (None, "tesoro", PENDIENTE),
        ("TIC", None, ACEPTADO),
        ("TIC", "tesoro", ACEPTADO),
    ]


def borrador() -> Borrador:
    """Un informe a medio revisar: un código que se quitará y uno que nunca existió."""
    return Borrador(
        "informe.txt", "a" * 64, "texto", "", (),
        InformeLeido((), None, None, None, (), (), (), None, ()),
        Ficha("Uno", "Sence", "2", None, None, None, None, None, ()),
        tuple(
            Candidato(1, 1, 1, 9, "Algo.", "recomendacion", tipo, recurso,
                      estado=ACEPTADO)
            for tipo, recurso in (("HAB", "tesoro"), ("TIC", "x"), ("TIC", "tesoro"))
        ),
    )  # fmt: skip


@pytest.fixture
def pagina(
    base_muestra: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DuckDBPyConnection]:
    """La muestra, en una copia que la página puede escribir."""
    ruta = Path(shutil.copy(base_muestra, tmp_path / "base.duckdb"))
    monkeypatch.setenv("TABLERO_BD", str(ruta))
    conexion.cerrar()
    yield conexion.conexion()
    conexion.cerrar()


def test_en_la_pagina_se_prepara_se_publica_y_se_traslada(
    pagina: DuckDBPyConnection,
) -> None:
    prueba = abrir_pagina("codificar", hacer="libro")
    prueba.text_input(key="seudonimo").set_value("ana").run()
    prueba.text_input(key="libro_nombre").set_value("Dos **")
    prueba.text_area(key="libro_motivo").set_value("Falta <img src=x>.").run()
    prueba.button(key="libro_preparar").click().run()
    assert "<img" not in html(prueba)
    assert "No cambia nada" in html(prueba)
    prueba.selectbox(key="libro_codigo").select("HAB").run()
    prueba.button(key="libro_quitar_codigo").click().run()
    assert "PERT manda a HAB" in html(prueba)
    # Mientras se prepara, se carga y se codifica con la que rige.
    assert "HAB" in codigos()["tipo"]
    prueba.selectbox(key="libro_codigo").select("PERT").run()
    definicion = prueba.text_area(key="libro_definicion_tipo_PERT")
    definicion.set_value("Lo mío.").run()
    # Otra ventana guarda primero: se dice qué, y lo escrito sigue.
    otros = [replace(c, nombre="Sistemas") if c.codigo == "TIC" else c
             for c in codigos_de(pagina, "v2")]  # fmt: skip
    poner_codigos(pagina, "beto", "v2", otros, 2)
    conexion.nueva_edicion()
    prueba.button(key="libro_guardar_codigo").click().run()
    assert "«beto» cambió esto" in html(prueba)
    assert prueba.text_area(key="libro_definicion_tipo_PERT").value == "Lo mío."
    prueba.button(key="libro_guardar_codigo").click().run()
    son = {c.codigo: c for c in codigos_de(pagina, "v2")}
    assert (son["PERT"].definicion, son["TIC"].nombre) == ("Lo mío.", "Sistemas")
    assert prueba.button(key="libro_publicar").disabled
    # El nombre, que escribió una persona, se lee antes y no en el rótulo.
    assert "Va a publicar «Dos **»." in html(prueba)
    seguro = prueba.checkbox(key="libro_publicar_v2_4")
    assert seguro.label == "Sí: que rija desde ahora"
    seguro.check().run()
    prueba.button(key="libro_publicar").click().run()
    assert libro_vigente(pagina) == "v2"
    (seguro,) = [c for c in prueba.checkbox if str(c.key).startswith("contadas_")]
    seguro.check().run()
    prueba.button(key="trasladar_contadas").click().run()
    assert not prueba.exception
    assert "A la versión que rige pasaron" in html(prueba)
    assert "Por recodificar" in html(prueba)


def test_a_medio_recodificar_las_paginas_corren_y_dicen_lo_que_no_entra(
    pagina: DuckDBPyConnection,
) -> None:
    a_medias = abrir_pagina("codificar", leer="a")
    a_medias.session_state["c_tipo_a"] = "HAB"
    a_medias.run()
    borradores_abiertos.guardar("uno", borrador(), 0)
    tipo_de(pagina, "HAB")
    publicada(pagina)
    trasladar_contadas(
        pagina, "carla", [a for a in contadas(pagina, ficticios=False) if a.sigue][:2]
    )
    conexion.nueva_edicion()
    # Lo elegido y no guardado con un código que ya no está se vuelve a preguntar.
    a_medias.text_area(key="c_nota_a").set_value("Sigue.").run()
    assert not a_medias.exception
    assert a_medias.session_state["c_tipo_a"] is None
    assert a_medias.text_area(key="c_nota_a").value == "Sigue."
    abierto, _ = borradores_abiertos.abrir("uno")
    assert [c.estado for c in abierto.candidatos] == [PENDIENTE, ACEPTADO, ACEPTADO]
    for nombre in ("resumen", "tipos", "mesas", "enunciados", "codificar"):
        prueba = abrir_pagina(nombre)
        assert not prueba.exception, nombre
        assert "con «Dos»" in html(prueba), nombre
    assert "HAB, código retirado" in html(abrir_pagina("enunciados"))
    acuerdo = html(abrir_pagina("acuerdo", clase="modelo"))
    assert "16\N{NO-BREAK SPACE}lecturas son de versiones anteriores" in acuerdo
    metodo = abrir_pagina("metodologia", seccion="libro")
    assert not metodo.exception
    assert "Faltaba uno." in html(metodo)
    metodo.selectbox(key="version_del_libro").select("v1").run()
    assert "ya no rige" in html(metodo)


def test_un_filtro_por_un_codigo_que_ya_nadie_tiene_deja_de_acotar(
    pagina: DuckDBPyConnection,
) -> None:
    tipos = filas(pagina, "select tipo from lectura_enunciados where not es_ficticio"
                  " group by 1 having count(*) = 1 order by 1")  # fmt: skip
    solo = str(tipos[0][0])
    ((enunciado,),) = filas(
        pagina, "select enunciado_id from lectura_enunciados where tipo = ?"
        " and not es_ficticio", solo,
    )  # fmt: skip
    prueba = abrir_pagina("tipos", tipo=solo)
    assert "Se muestra 1 de 8" in html(prueba)
    otra = Lectura("contexto", "ART" if solo != "ART" else "DIF", "ninguno")
    adjudicar(pagina, "ana", str(enunciado), "v1", otra, ("adjudicacion-1", 1))
    conexion.nueva_edicion()
    prueba.run()
    assert not prueba.exception
    assert not prueba.info
    assert "Se muestra" not in html(prueba)

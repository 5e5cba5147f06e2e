"""De un archivo a la base: un informe como diálogo nuevo, y las actas de sus mesas."""

import hashlib
import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection
from openpyxl import load_workbook

from consultas import lector
from consultas.seleccion import Seleccion
from datos import cargar, cargas
from datos.actas import guardado, vigentes
from datos.actas.entender import entender
from datos.actas.forma import ENCABEZADO_CSV, ActaLeida
from datos.actas.planilla import en_blanco
from datos.aparte import leer_planilla
from datos.base import abrir
from datos.borrador import Borrador, aceptar_sugeridos, recuento
from datos.construir import FUENTE, construir
from datos.deshacer import deshacer
from datos.errores import ErrorDeDatos
from datos.escritura import Acuse
from datos.pasajes import pasaje
from tests import informes
from tests.test_escritura import contenido
from tests.test_informe import INFORME

CATALOGOS = ("regiones", "comunas", "libros", "codigos", "instrumentos", "grupos",
             "temas", "reglas")  # fmt: skip
INFORMES = {"txt": lambda: informes.texto().encode(), "docx": informes.docx,
            "pdf": informes.pdf}  # fmt: skip


@pytest.fixture(scope="session")
def base_vacia(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Una base con catálogos y ningún diálogo, como la de una región que empieza."""
    carpeta = tmp_path_factory.mktemp("catalogos")
    for nombre in CATALOGOS:
        shutil.copy(FUENTE / f"{nombre}.csv", carpeta)
    return construir(tmp_path_factory.mktemp("vacia") / "vacia.duckdb", carpeta)


@pytest.fixture
def ruta(base_vacia: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(base_vacia, tmp_path / "base.duckdb"))


@pytest.fixture
def con(ruta: Path) -> Iterator[DuckDBPyConnection]:
    with abrir(ruta, escribe=True) as abierta:
        yield abierta


def revisado(con: DuckDBPyConnection, nombre: str, datos: bytes) -> Borrador:
    borrador = cargas.empezar(con, cargas.leer(con, nombre, datos))
    ficha = replace(borrador.ficha, nombre="Puerto Ciruelo", region_id="10", anio=2024)
    return replace(borrador, ficha=ficha)


def guardar(con: DuckDBPyConnection, ruta: Path, formato: str = "txt") -> Acuse:
    borrador = revisado(con, f"informe.{formato}", INFORMES[formato]())
    return cargas.guardar(con, ruta, "equipo-norte", aceptar_sugeridos(borrador))


def filas(con: DuckDBPyConnection, sql: str) -> list[tuple[object, ...]]:
    return con.execute(sql).fetchall()


@pytest.mark.parametrize("formato", INFORMES)
def test_un_informe_queda_entero_y_cada_cita_tiene_su_pasaje(
    con: DuckDBPyConnection, ruta: Path, formato: str
) -> None:
    antes = contenido(con)
    acuse = guardar(con, ruta, formato)
    assert filas(con, "select nombre, region_id, anio, mes, dia, fecha_certeza,"
                 " es_ficticio from dialogos") == [
        ("Puerto Ciruelo", "10", 2024, 5, 9, "anio_inferido", False)
    ]  # fmt: skip
    assert filas(con, "select count(*) from temas_dialogo") == [(3,)]
    assert filas(con, "select numero, count(*) from temas_dialogo inner join preguntas"
                 " using (tema_dialogo_id) group by numero order by numero") == [
        (1, 3), (2, 2), (3, 1)
    ]  # fmt: skip
    # El bloque común es uno solo, también al filtrar.
    assert filas(con, "select count(distinct clave) from preguntas"
                 " where clave is not null") == [(1,)]  # fmt: skip
    # Lo que el informe da dos veces queda dos veces, y se dice que no calza.
    asistentes = (
        "select valor, seccion, inconsistencia_id is not null from datos_dialogo"
        " where variable = 'Asistentes' order by seccion"
    )
    assert len(filas(con, asistentes)) == 2
    assert all(contradicho for _, _, contradicho in filas(con, asistentes))
    nombres = " ".join(nombre for _, nombre in informes.NOMINA).split()
    cargos = repr(filas(con, "select cargo, institucion from autoridades"))
    assert not [nombre for nombre in nombres if len(nombre) > 4 and nombre in cargos]
    # Toda cita vuelve a encontrar su pasaje en el texto guardado.
    citas = con.execute(
        "select d.texto, d.clase, td.numero, c.parrafo, c.primer_caracter,"
        " c.ultimo_caracter, c.sha256 from citas as c"
        " inner join documentos as d using (documento_id)"
        " inner join enunciados as e using (enunciado_id)"
        " inner join temas_dialogo as td using (tema_dialogo_id)"
    ).fetchall()
    assert citas and all(pasaje(*cita) is not None for cita in citas)
    assert filas(con, "select distinct nivel_atribucion from enunciados") == [("tema",)]
    deshacer(con, ruta, acuse.carga_id, "equipo-norte")
    assert contenido(con) == antes


def test_lo_sugerido_no_se_cuenta_hasta_que_alguien_lo_acepta(
    con: DuckDBPyConnection, ruta: Path
) -> None:
    borrador = revisado(con, "informe.txt", INFORMES["txt"]())
    acuse = cargas.guardar(con, ruta, "equipo-norte", borrador)
    total = recuento(borrador)["pendiente"]
    assert filas(con, "select count(*) from enunciados") == [(total,)]
    assert filas(con, "select count(*) from lectura_enunciados") == [(0,)]
    assert filas(con, "select distinct clase, es_principal from codificaciones"
                 " inner join codificadores using (codificador_id)") == [
        ("regla", False)
    ]  # fmt: skip
    assert f"0 enunciados codificados, {total} por codificar" in acuse.resumen
    # Nadie decidió qué pregunta responden, salvo donde el tema tiene una sola: no se
    # dice «sin registro» de lo que nadie miró.
    registro = lector.consultar(
        con, "preguntas_cobertura", lector.valores("preguntas_cobertura", Seleccion())
    )
    assert registro["registro"].tolist() == [*["sin asignar"] * 5, "sin codificar"]


def test_aceptado_se_cuenta_y_dice_quien_se_hizo_cargo(
    con: DuckDBPyConnection, ruta: Path
) -> None:
    guardar(con, ruta)
    ((contados,),) = filas(con, "select count(*) from lectura_enunciados")
    borrador = aceptar_sugeridos(revisado(con, "otro.txt", INFORMES["txt"]()))
    assert contados == recuento(borrador)["aceptado"] > 0
    assert filas(con, "select distinct codificado_por from lectura_enunciados") == [
        ("persona",)
    ]


def test_el_mismo_archivo_dos_veces_se_reconoce(
    con: DuckDBPyConnection, ruta: Path
) -> None:
    guardar(con, ruta)
    antes = contenido(con)
    # Ya cargado, el informe es el de un documento conocido, en el formato que venga.
    for formato in INFORMES:
        lectura = cargas.leer(con, f"otra.{formato}", INFORMES[formato]())
        assert lectura.hallazgo and lectura.hallazgo.ya_estaba
    with pytest.raises(ErrorDeDatos, match="ya está cargado"):
        guardar(con, ruta)
    assert contenido(con) == antes


def test_con_datos_personales_se_detiene_y_se_pueden_tapar(
    con: DuckDBPyConnection, ruta: Path
) -> None:
    con_rut = informes.texto().replace("¿Cuáles", "Dijo el 11.111.111-1. ¿Cuáles", 1)
    with pytest.raises(ErrorDeDatos, match="datos personales") as error:
        cargas.leer(con, "informe.txt", con_rut.encode())
    assert "fila 23" in str(error.value) and "11.111.111-1" not in str(error.value)
    lectura = cargas.leer(con, "informe.txt", con_rut.encode(), enmascarar=True)
    assert "11.111.111" not in lectura.texto.texto and "█" in lectura.texto.texto
    assert "Se taparon 1 datos personales." in lectura.texto.avisos


def test_sin_lo_que_hace_falta_no_se_guarda_y_se_dice_todo(
    con: DuckDBPyConnection, ruta: Path
) -> None:
    antes = contenido(con)
    borrador = revisado(con, "informe.txt", INFORMES["txt"]())
    ficha = replace(borrador.ficha, nombre=" ", region_id="", anio=2023)
    candidatos = tuple(replace(c, estado="aceptado") for c in borrador.candidatos)
    with pytest.raises(ErrorDeDatos) as error:
        malo = replace(borrador, ficha=ficha, candidatos=candidatos)
        cargas.guardar(con, ruta, "equipo-norte", malo)
    for parte in ("no tiene nombre", "no tiene región", "martes", "sin naturaleza"):
        assert parte in str(error.value)
    with pytest.raises(ErrorDeDatos, match="Escriba un seudónimo"):
        cargas.guardar(con, ruta, "Ana Pérez <ana@correo>", borrador)
    assert contenido(con) == antes


@pytest.mark.skipif(not INFORME.exists(), reason="el informe no está en este equipo")
def test_el_informe_de_antofagasta_sale_entero(
    con: DuckDBPyConnection, ruta: Path
) -> None:
    lectura = cargas.leer(con, "antofagasta.txt", INFORME.read_bytes())
    borrador = cargas.empezar(con, lectura)
    ficha = replace(borrador.ficha, nombre="Antofagasta 2018", anio=2018)
    assert ficha.region_id == "02", "la comuna dice la región"
    borrador = aceptar_sugeridos(replace(borrador, ficha=ficha))
    cargas.guardar(con, ruta, "equipo-norte", borrador)
    assert filas(con, "select count(*), sum(interrogantes) from preguntas") == [
        (16, 27)
    ]
    assert filas(con, "select numero, count(*) from mesas_grupos"
                 " inner join temas_dialogo using (tema_dialogo_id)"
                 " group by numero order by numero") == [
        (1, 2), (2, 2), (3, 2), (4, 2), (5, 3)
    ]  # fmt: skip
    # Los mismos grupos que ya existían: ninguno nuevo.
    assert filas(con, "select count(*) from grupos") == [(9,)]
    assert filas(con, "select valor, es_aproximado from datos_dialogo"
                 " where variable = 'Asistentes' order by seccion") == [
        ("100", True), ("80", False)
    ]  # fmt: skip
    assert filas(con, "select mes, dia, fecha_certeza from dialogos") == [
        (10, 17, "anio_inferido")
    ]
    # Los 26 párrafos de las conclusiones tienen algún enunciado.
    parrafos = (
        "select count(distinct (numero, parrafo)) from citas"
        " inner join enunciados using (enunciado_id)"
        " inner join temas_dialogo using (tema_dialogo_id)"
    )
    assert filas(con, parrafos) == [(26,)]


def llena(con: DuckDBPyConnection, cambio: str = "") -> bytes:
    """El acta en blanco de la mesa A del tema 1, llena como la llenaría una persona."""
    mesas = vigentes.mesas_de(con)
    (mesa,) = [m for m in mesas.values() if (m.tema_numero, m.letra) == (1, "A")]
    libro = load_workbook(io.BytesIO(en_blanco([mesa], datetime(2024, 5, 10))))
    hoja = libro["Tema 1 mesa A"]
    for fila in hoja.iter_rows():
        for celda in fila:
            if celda.value == "Participantes":
                hoja.cell(celda.row, celda.column + 1, 7)
            if celda.value == "Soporte del acta":
                hoja.cell(celda.row, celda.column + 1, "papel firmado")
            if celda.value == "Pregunta":
                desde, columna = celda.row + 1, celda.column
    textos = [
        ("Abrir un curso de redes en la caleta.", "Recomendación", "Difusión"),
        ("Faltan horarios de tarde." + cambio, "Diagnóstico",
         "Pertinencia de la oferta"),
        ("El trámite en línea ahorra viajes.", None, None),
    ]  # fmt: skip
    for lugar, (texto, naturaleza, tipo) in enumerate(textos):
        for corrida, valor in enumerate((None, texto, naturaleza, tipo, "Nota al pie")):
            hoja.cell(desde + lugar, columna + corrida, valor)
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def cargar_acta(
    con: DuckDBPyConnection, ruta: Path, datos: bytes
) -> tuple[Acuse, tuple[ActaLeida, ...]]:
    planilla = leer_planilla("acta.xlsx", datos, ENCABEZADO_CSV)
    actas = entender("acta.xlsx", planilla, vigentes.mesas_de(con))
    huella = hashlib.sha256(datos).hexdigest()
    acuse = guardado.guardar(con, ruta, "equipo-norte", "acta.xlsx", huella, actas,
                                  cargas.reglas(con))  # fmt: skip
    return acuse, actas


def test_un_acta_queda_en_su_mesa_con_su_soporte_y_su_pasaje(
    con: DuckDBPyConnection, ruta: Path
) -> None:
    guardar(con, ruta)
    antes = contenido(con)
    acuse, _ = cargar_acta(con, ruta, llena(con))
    mesa = "puerto-ciruelo-1-A"
    assert filas(con, f"select participantes, registro from mesas"
                 f" where mesa_id = '{mesa}'") == [(7, "propio")]  # fmt: skip
    assert filas(con, f"select soporte from actas where mesa_id = '{mesa}'") == [
        ("papel",)
    ]
    assert filas(con, f"select texto, tipo from lectura_enunciados where mesa_id ="
                 f" '{mesa}' order by posicion") == [
        ("Abrir un curso de redes en la caleta.", "DIF"),
        ("Faltan horarios de tarde.", "PERT"),
    ]  # fmt: skip
    citas = con.execute(
        "select d.texto, d.clase, td.numero, c.parrafo, c.primer_caracter,"
        " c.ultimo_caracter, c.sha256, e.texto from citas as c"
        " inner join documentos as d using (documento_id)"
        " inner join enunciados as e using (enunciado_id)"
        " inner join temas_dialogo as td using (tema_dialogo_id) where d.clase = 'acta'"
    ).fetchall()
    assert [pasaje(*cita[:7]) for cita in citas] == [cita[7] for cita in citas]
    # La observación no se pierde: va en el texto del acta.
    assert str(citas[0][0]).count("Nota al pie") == 3
    deshacer(con, ruta, acuse.carga_id, "equipo-norte")
    assert contenido(con) == antes


def test_un_acta_corregida_muestra_sus_cambios_y_conserva_la_anterior(
    con: DuckDBPyConnection, ruta: Path
) -> None:
    guardar(con, ruta)
    primera, actas = cargar_acta(con, ruta, llena(con))
    despues_de_una = contenido(con)
    # La misma, otra vez: no cambia nada.
    (cambio,) = vigentes.cambios(con, actas)
    assert not cambio.es_nueva and not cambio.diferencias
    segunda, corregidas = cargar_acta(con, ruta, llena(con, " y de noche"))
    assert filas(con, "select texto from lectura_enunciados where mesa_id is not null"
                 " order by posicion") == [
        ("Abrir un curso de redes en la caleta.",),
        ("Faltan horarios de tarde. y de noche",),
    ]  # fmt: skip
    assert filas(con, "select count(*) from retirados") == [(3,)]
    assert filas(con, "select estado, reemplaza_a from cargas where clase = 'acta'"
                 " order by momento") == [
        ("reemplazada", None), ("vigente", primera.carga_id)
    ]  # fmt: skip
    (diferencia,) = vigentes.cambios(con, actas)[0].diferencias
    assert (diferencia.clase, diferencia.antes, diferencia.despues) == (
        "cambiado", "Faltan horarios de tarde. y de noche", "Faltan horarios de tarde."
    )  # fmt: skip
    assert corregidas[0].mesa_id == actas[0].mesa_id
    with pytest.raises(ErrorDeDatos, match="está reemplazada"):
        deshacer(con, ruta, primera.carga_id, "equipo-norte")
    deshacer(con, ruta, segunda.carga_id, "equipo-norte")
    assert contenido(con) == despues_de_una
    assert filas(con, "select estado from cargas where clase = 'acta'"
                 " order by momento") == [("vigente",), ("deshecha",)]  # fmt: skip


def test_un_acta_sin_enunciados_no_retira_los_que_habia(
    con: DuckDBPyConnection, ruta: Path
) -> None:
    guardar(con, ruta)
    _, (acta,) = cargar_acta(con, ruta, llena(con))
    solo_datos = ActaLeida(acta.mesa_id, 9, None, ())
    guardado.guardar(con, ruta, "equipo-norte", "a.csv", "b" * 64, [solo_datos], ())
    assert filas(con, "select count(*) from retirados") == [(0,)]
    assert filas(con, f"select participantes, registro from mesas"
                 f" where mesa_id = '{acta.mesa_id}'") == [(9, "propio")]  # fmt: skip


def por_consola(ruta: Path, archivo: Path, *opciones: str) -> str:
    pedido = cargar.opciones().parse_args([str(archivo), *opciones])
    return cargar.cargar(ruta, pedido)


DE_CONSOLA = ("--region", "10", "--anio", "2024", "--nombre", "Puerto Ciruelo")


@pytest.mark.parametrize("formato", INFORMES)
def test_por_consola_el_informe_tambien_va_del_archivo_al_dialogo(
    ruta: Path, tmp_path: Path, formato: str
) -> None:
    archivo = tmp_path / f"informe.{formato}"
    archivo.write_bytes(INFORMES[formato]())
    antes = ruta.read_bytes()
    probado = por_consola(ruta, archivo, *DE_CONSOLA, "--probar")
    assert "3 temas, 6 bloques de preguntas" in probado
    assert "no se cambió nada" in probado and ruta.read_bytes() == antes
    with pytest.raises(ErrorDeDatos, match="no tiene región"):
        por_consola(ruta, archivo)
    dicho = por_consola(ruta, archivo, *DE_CONSOLA, "--aceptar", "--quien", "equipo-1")
    assert "Puerto Ciruelo: 3 temas" in dicho
    assert "Ya estaba cargado" in por_consola(ruta, archivo)
    with abrir(ruta) as con:
        assert filas(con, "select quien, clase from cargas") == [
            ("equipo-1", "informe")
        ]
        ((contados,),) = filas(con, "select count(*) from lectura_enunciados")
        assert contados


@pytest.mark.skipif(not INFORME.exists(), reason="el informe no está en este equipo")
def test_por_consola_antofagasta_va_del_texto_al_dialogo(ruta: Path) -> None:
    dicho = por_consola(ruta, INFORME, "--anio", "2018", "--nombre", "Antofagasta 2018")
    assert "5 temas, 16 bloques de preguntas, 26 párrafos de conclusiones" in dicho
    with abrir(ruta) as con:
        assert filas(con, "select dialogo_id, anio from dialogos") == [
            ("antofagasta-2018", 2018)
        ]

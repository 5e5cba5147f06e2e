"""Escribir es todo o nada, queda anotado y se deshace entero."""

import itertools
import shutil
import threading
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from datos import respaldos
from datos.base import abrir
from datos.codificar import Lectura, guardar_lectura
from datos.construir import exigir_sin_cargas
from datos.deshacer import deshacer, terminar_pendientes
from datos.errores import ErrorDeDatos
from datos.escritura import TURNO, Anotador, Archivo, escribir

ARCHIVO = Archivo("informe.txt", "a" * 64, "informe")
HUELLAS = itertools.count()
# Lo que una carga nunca cambia al deshacerse: el rastro de que existió.
RASTRO = ("cargas", "cargas_filas", "bitacora")


def otro_archivo() -> Archivo:
    """Un archivo que nadie ha cargado."""
    return Archivo("otro.txt", f"{next(HUELLAS):064x}", "informe")


@pytest.fixture
def ruta(base_muestra: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(base_muestra, tmp_path / "base.duckdb"))


def contenido(con: DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    """Todo lo que la base dice, tabla por tabla, salvo el rastro."""
    tablas = con.execute(
        "select table_name from duckdb_tables() where schema_name = 'main'"
    ).fetchall()
    return {
        tabla: sorted(con.execute(f"select * from {tabla}").fetchall(), key=repr)
        for (tabla,) in tablas
        if tabla not in RASTRO
    }


def con_un_tema(anotador: Anotador) -> str:
    anotador.agregar("temas", {"tema_id": 90, "nombre": "Nuevo"})
    anotador.agregar(
        "temas_dialogo",
        {"tema_dialogo_id": "muestra-2020-90", "dialogo_id": "muestra-2020",
         "tema_id": 90, "numero": 90, "nombre": "N", "nombre_conclusiones": "N"},
    )  # fmt: skip
    anotador.agregar(
        "mesas",
        *({"mesa_id": f"muestra-2020-90-{letra}", "tema_dialogo_id": "muestra-2020-90",
           "letra": letra, "participantes": None, "registro": "sin registro"}
          for letra in "AB"),
    )  # fmt: skip
    anotador.cambiar("dialogos", {"dialogo_id": "muestra-2020"}, {"lugar": "Otro"})
    return "Un tema."


def test_lo_escrito_queda_con_su_acuse_su_rastro_y_su_respaldo(ruta: Path) -> None:
    with abrir(ruta, escribe=True) as con:
        antes = contenido(con)
        acuse = escribir(con, ruta, "ana", ARCHIVO, con_un_tema)
        assert (acuse.resumen, acuse.filas) == ("Un tema.", 5)
        assert con.execute(
            "select quien, archivo, clase, estado, resumen from cargas"
        ).fetchall() == [("ana", "informe.txt", "informe", "vigente", "Un tema.")]
        ((quien, accion, despues),) = con.execute(
            "select quien, accion, despues from bitacora"
        ).fetchall()
        assert (quien, accion) == ("ana", "cargar informe")
        assert '"filas": 5' in despues
        # La lectura se rehízo en la misma transacción.
        assert con.execute(
            "select count(*) from lectura_pares where tema_id = 90"
        ).fetchall() == [(1,)]
    (copia,) = respaldos.carpeta(ruta).glob("*.duckdb")
    with duckdb.connect(str(copia), read_only=True) as vieja:
        assert contenido(vieja) == antes


def test_deshacer_devuelve_la_base_a_lo_que_decia(ruta: Path) -> None:
    with abrir(ruta, escribe=True) as con:
        antes = contenido(con)
        acuse = escribir(con, ruta, "ana", ARCHIVO, con_un_tema)
        assert contenido(con) != antes
        deshacer(con, ruta, acuse.carga_id, "beto")
        assert contenido(con) == antes
        assert con.execute("select estado from cargas").fetchall() == [("deshecha",)]
        assert con.execute(
            "select quien, accion from bitacora order by bitacora_id"
        ).fetchall() == [("ana", "cargar informe"), ("beto", "deshacer")]
        with pytest.raises(ErrorDeDatos, match="está deshecha"):
            deshacer(con, ruta, acuse.carga_id, "beto")
        # Y las mismas claves se pueden volver a cargar.
        escribir(con, ruta, "ana", ARCHIVO, con_un_tema)


def test_una_base_que_falta_y_tiene_respaldos_no_se_construye_de_nuevo(
    ruta: Path,
) -> None:
    with abrir(ruta, escribe=True) as con:
        escribir(con, ruta, "ana", ARCHIVO, con_un_tema)
    ruta.unlink()
    with pytest.raises(ErrorDeDatos, match=r"datos\.respaldo restaurar"):
        abrir(ruta, escribe=True)
    assert not ruta.exists()


def test_si_algo_falla_nada_queda(ruta: Path) -> None:
    def repetida(anotador: Anotador) -> str:
        con_un_tema(anotador)
        anotador.agregar("temas", {"tema_id": 1, "nombre": "Repetido"})
        return "No debería."

    with abrir(ruta, escribe=True) as con:
        antes = contenido(con)
        with pytest.raises(ErrorDeDatos, match="rompe una de sus reglas"):
            escribir(con, ruta, "ana", ARCHIVO, repetida)
        assert contenido(con) == antes
        assert con.execute("select count(*) from cargas").fetchall() == [(0,)]
        assert con.execute("select count(*) from bitacora").fetchall() == [(0,)]


def test_con_trabajo_posterior_encima_no_se_deshace(ruta: Path) -> None:
    def una_pregunta(anotador: Anotador) -> str:
        anotador.agregar(
            "preguntas",
            {"pregunta_id": "q", "tema_dialogo_id": "muestra-2020-90", "orden": 1,
             "texto": "Si algo", "clave": None, "interrogantes": 1},
        )  # fmt: skip
        return "Una pregunta."

    with abrir(ruta, escribe=True) as con:
        primera = escribir(con, ruta, "ana", ARCHIVO, con_un_tema)
        segunda = escribir(con, ruta, "ana", otro_archivo(), una_pregunta)
        antes = contenido(con)
        with pytest.raises(ErrorDeDatos, match="trabajo posterior, en preguntas"):
            deshacer(con, ruta, primera.carga_id, "ana")
        assert contenido(con) == antes
        deshacer(con, ruta, segunda.carga_id, "ana")
        deshacer(con, ruta, primera.carga_id, "ana")


def test_lo_que_quedo_a_medio_deshacer_se_termina_al_abrir(ruta: Path) -> None:
    with abrir(ruta, escribe=True) as con:
        antes = contenido(con)
        acuse = escribir(con, ruta, "ana", ARCHIVO, con_un_tema)
        # Como si el proceso hubiera muerto después de la primera tabla.
        con.execute("update cargas set estado = 'deshaciendo'")
        lugares = {fila[0]: fila[5] for fila in antes["dialogos"]}
        con.execute(
            "update dialogos set lugar = ? where dialogo_id = 'muestra-2020'",
            [lugares["muestra-2020"]],
        )
        con.execute("delete from mesas where tema_dialogo_id = 'muestra-2020-90'")
    with abrir(ruta, escribe=True) as con:
        assert contenido(con) == antes
        assert con.execute("select estado from cargas").fetchall() == [("deshecha",)]
        assert terminar_pendientes(con) == 0
        assert acuse.carga_id


def test_sin_espacio_en_el_disco_se_dice_antes_de_empezar(
    ruta: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(respaldos, "HOLGURA", 1 << 60)
    with abrir(ruta, escribe=True) as con:
        antes = contenido(con)
        with pytest.raises(ErrorDeDatos, match="No hay espacio en el disco"):
            escribir(con, ruta, "ana", ARCHIVO, con_un_tema)
        assert contenido(con) == antes


def test_dos_cargas_a_la_vez_hacen_fila_y_ninguna_se_pierde(ruta: Path) -> None:
    def un_grupo(anotador: Anotador) -> str:
        nombre = threading.current_thread().name
        anotador.agregar("grupos", {"grupo_id": nombre, "nombre": nombre})
        return nombre

    with abrir(ruta, escribe=True) as con:
        hilos = [
            threading.Thread(
                target=escribir,
                args=(con, ruta, "ana", otro_archivo(), un_grupo),
                name=f"g{i}",
            )
            for i in range(5)
        ]
        for hilo in hilos:
            hilo.start()
        for hilo in hilos:
            hilo.join()
        assert con.execute("select count(*) from cargas").fetchall() == [(5,)]
    assert not TURNO.locked()


def test_solo_se_guardan_los_ultimos_respaldos(
    ruta: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(respaldos, "SE_GUARDAN", 2)

    def otro(anotador: Anotador) -> str:
        anotador.agregar(
            "grupos", {"grupo_id": anotador.carga_id, "nombre": anotador.carga_id}
        )
        return "Uno."

    with abrir(ruta, escribe=True) as con:
        cargas = [
            escribir(con, ruta, "ana", otro_archivo(), otro).carga_id for _ in range(4)
        ]
    quedan = {copia.stem for copia in respaldos.carpeta(ruta).glob("*.duckdb")}
    assert len(quedan) == 2
    assert quedan < set(cargas)


def test_una_base_del_esquema_anterior_se_pone_al_dia_sin_perder_nada(
    base_muestra: Path, tmp_path: Path
) -> None:
    vieja = Path(shutil.copy(base_muestra, tmp_path / "vieja.duckdb"))
    with duckdb.connect(str(vieja)) as con:
        for tabla in (
            "reglas",
            "cargas_filas",
            "cargas",
            "retirados",
            "actas",
            "sin_pregunta",
            "lecturas",
            "segmentaciones",
            "libros_versiones",
        ):
            con.execute(f"drop table {tabla}")
        con.execute("update base_info set version_esquema = 2")
        con.execute("update documentos set texto = 'Un texto que alguien cargó.'")
        antes = contenido(con)
    columnas = "select table_name, column_name, data_type, comment" \
        " from duckdb_columns() where schema_name = 'main' order by 1, 2"  # fmt: skip
    with abrir(vieja, escribe=True) as con, abrir(base_muestra) as nueva:
        assert con.execute(columnas).fetchall() == nueva.execute(columnas).fetchall()
        despues = contenido(con)
        for tabla, filas in antes.items():
            if tabla not in ("base_info", "lectura_diccionario"):
                assert despues[tabla] == filas, tabla
    with duckdb.connect(str(tmp_path / "vieja.duckdb.version-2")) as copia:
        assert contenido(copia) == antes


def test_una_base_mas_nueva_que_el_programa_se_rechaza(ruta: Path) -> None:
    with duckdb.connect(str(ruta)) as con:
        con.execute("update base_info set version_esquema = 99")
    with pytest.raises(ErrorDeDatos, match="es de la versión 99"):
        abrir(ruta, escribe=True)


def test_rehacer_la_base_no_pierde_lo_cargado(ruta: Path) -> None:
    exigir_sin_cargas(ruta)
    with abrir(ruta, escribe=True) as con:
        acuse = escribir(con, ruta, "ana", ARCHIVO, con_un_tema)
    with pytest.raises(ErrorDeDatos, match="tiene 1 cargas y 0 cambios"):
        exigir_sin_cargas(ruta)
    with abrir(ruta, escribe=True) as con:
        deshacer(con, ruta, acuse.carga_id, "ana")
    exigir_sin_cargas(ruta)
    with abrir(ruta, escribe=True) as con:
        leido = Lectura("recomendacion", "PERT", "organizacion")
        guardar_lectura(con, "ana", "a", "v1", leido, None)
    with pytest.raises(ErrorDeDatos, match="0 cargas y 1 cambios"):
        exigir_sin_cargas(ruta)


def test_dos_ventanas_con_el_mismo_archivo_lo_cargan_una_vez(ruta: Path) -> None:
    rechazos: list[str] = []

    def cargar() -> None:
        try:
            escribir(con, ruta, "ana", ARCHIVO, con_un_tema)
        except ErrorDeDatos as error:
            rechazos.append(str(error))

    with abrir(ruta, escribe=True) as con:
        hilos = [threading.Thread(target=cargar) for _ in range(4)]
        for hilo in hilos:
            hilo.start()
        for hilo in hilos:
            hilo.join()
        assert con.execute("select count(*) from cargas").fetchall() == [(1,)]
    assert len(rechazos) == 3
    assert all("ya está cargado" in rechazo for rechazo in rechazos)

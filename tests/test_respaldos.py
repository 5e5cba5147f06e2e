"""Los respaldos se hacen solos, se revisan al hacerse y ninguno bueno se pierde."""

import json
import logging
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from datos import respaldo_reloj, respaldos
from datos.base import abrir
from datos.edicion import editar
from datos.errores import ErrorDeDatos
from datos.escritura import TURNO, Acuse, escribir
from datos.respaldo_ficha import Respaldo, exigir_sano, leer
from datos.respaldo_reloj import respaldar_si_cambio, respaldos_a_su_hora
from datos.respaldo_revisar import Marca, abrir_copia, revisar_aparte
from datos.respaldos import carpeta, copiar_en_turno, listar, sobrantes
from datos.ubicacion import VERSION_ESQUEMA
from tests.test_escritura import con_un_tema, contenido, otro_archivo

MARCA = Marca(VERSION_ESQUEMA, "", 0, {})


@pytest.fixture
def ruta(base_muestra: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(base_muestra, tmp_path / "base.duckdb"))


def cargar(con: DuckDBPyConnection, ruta: Path) -> Acuse:
    return escribir(con, ruta, "ana", otro_archivo(), con_un_tema)


def respaldar(
    con: DuckDBPyConnection,
    ruta: Path,
    revisar: Callable[[Path], Marca] = abrir_copia,
) -> Respaldo | None:
    """Respalda como el reloj, sin pagar cada vez la revisión a fondo."""
    return respaldar_si_cambio(con, ruta, revisar=revisar)


def un_grupo(con: DuckDBPyConnection, nombre: str) -> None:
    editar(con, "ana", "probar",
           lambda editor: editor.agregar("grupos",
                                         {"grupo_id": nombre, "nombre": nombre})
    )  # fmt: skip


def abrir_en_otro_proceso(ruta: Path) -> str:
    orden = "import duckdb, sys; duckdb.connect(sys.argv[1])"
    hecho = subprocess.run(
        [sys.executable, "-c", orden, str(ruta)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return hecho.stderr


def test_respaldar_no_deja_la_base_al_alcance_de_otro_proceso(ruta: Path) -> None:
    with abrir(ruta, escribe=True) as con:
        cargar(con, ruta)
        respaldar(con, ruta)
        assert "lock" in abrir_en_otro_proceso(ruta)
    assert abrir_en_otro_proceso(ruta) == ""


def test_la_copia_trae_lo_que_solo_esta_en_el_registro_de_escritura(ruta: Path) -> None:
    with abrir(ruta, escribe=True) as con:
        # Sin el punto de control que hace `editar`: como con el disco lleno.
        con.execute("insert into grupos values ('en-el-registro', 'En el registro')")
        assert ruta.with_name("base.duckdb.wal").stat().st_size > 0
        hecho = respaldar(con, ruta, revisar_aparte)
        antes = contenido(con)
    assert hecho is not None and hecho.sirve
    assert not hecho.archivo.with_name(f"{hecho.archivo.name}.wal").exists()
    with duckdb.connect(str(hecho.archivo), read_only=True) as copia:
        assert contenido(copia) == antes
    assert exigir_sano(hecho) == hecho.marca


def test_sin_cambios_no_se_respalda_de_nuevo(ruta: Path) -> None:
    with abrir(ruta, escribe=True) as con:
        assert respaldar(con, ruta) is not None
        assert respaldar(con, ruta) is None
        un_grupo(con, "nuevo")
        assert respaldar(con, ruta) is not None
        assert respaldar(con, ruta) is None


def test_respaldar_no_hace_esperar_a_quien_lee(
    ruta: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leidas: list[int] = []

    def mientras(ruta: Path, clave: str) -> Path:
        # Con el turno tomado y la copia por hacer, quien lee obtiene su respuesta.
        assert TURNO.locked()
        hilo = threading.Thread(target=leer_temas)
        hilo.start()
        hilo.join(timeout=60)
        return copiar_en_turno(ruta, clave)

    def leer_temas() -> None:
        cursor = con.cursor()
        leidas.append(len(cursor.execute("select * from temas").fetchall()))

    monkeypatch.setattr(respaldo_reloj, "copiar_en_turno", mientras)
    with abrir(ruta, escribe=True) as con:
        assert respaldar(con, ruta) is not None
    assert leidas


def test_mientras_se_revisa_se_puede_escribir(ruta: Path) -> None:
    def mientras(copia: Path) -> Marca:
        un_grupo(con, "entretanto")
        return abrir_copia(copia)

    with abrir(ruta, escribe=True) as con:
        hecho = respaldar(con, ruta, mientras)
        assert hecho is not None and hecho.sirve
        # Lo escrito entretanto va en el siguiente.
        assert respaldar(con, ruta) is not None


def test_el_reloj_respalda_solo_y_se_detiene(
    ruta: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(respaldo_reloj, "PRIMERA_ESPERA", 0.01)
    monkeypatch.setattr(respaldo_reloj, "DESPEDIDA", 60.0)
    with abrir(ruta, escribe=True) as con:
        with respaldos_a_su_hora(lambda: con, ruta):
            limite = time.monotonic() + 60
            while not any(r.sirve for r in listar(ruta)) and time.monotonic() < limite:
                time.sleep(0.02)
        assert [r.sirve for r in listar(ruta)] == [True]
        assert "respaldos" not in {h.name for h in threading.enumerate()}


def test_con_cero_minutos_no_hay_reloj(
    ruta: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TABLERO_RESPALDOS_MINUTOS", "0")
    with abrir(ruta) as con, respaldos_a_su_hora(lambda: con, ruta):
        assert "respaldos" not in {h.name for h in threading.enumerate()}


def test_una_falla_no_detiene_el_reloj(
    ruta: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    veces: list[int] = []

    def falla() -> DuckDBPyConnection:
        veces.append(1)
        raise ErrorDeDatos("No se pudo.") if len(veces) == 1 else OSError("disco")

    monkeypatch.setattr(respaldo_reloj, "PRIMERA_ESPERA", 0.01)
    monkeypatch.setattr(respaldo_reloj, "MINUTOS", 0.0005)
    with caplog.at_level(logging.ERROR), respaldos_a_su_hora(falla, ruta):
        limite = time.monotonic() + 60
        while len(veces) < 3 and time.monotonic() < limite:
            time.sleep(0.01)
    assert len(veces) >= 3
    assert "No se respaldó la base: No se pudo." in caplog.text


def romper(copia: Path) -> None:
    """Cambia bytes en medio de un archivo."""
    with copia.open("r+b") as archivo:
        for lugar in range(0, copia.stat().st_size, 4096):
            archivo.seek(lugar + 100)
            archivo.write(b"\xff" * 8)


def test_una_copia_que_no_sirve_se_dice_y_no_desplaza_a_ninguna(
    ruta: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(respaldos, "SE_GUARDAN", 1)

    def rota(origen: Path, destino: Path) -> None:
        shutil.copyfile(origen, destino)
        romper(destino)

    with abrir(ruta, escribe=True) as con:
        buena = cargar(con, ruta).carga_id
        monkeypatch.setattr(respaldos, "copiar", rota)
        with caplog.at_level(logging.ERROR):
            for _ in range(respaldos.DUDOSOS + 2):
                un_grupo(con, f"g{time.monotonic_ns()}")
                hecho = respaldar(con, ruta)
                assert hecho is not None and not hecho.sirve
    assert "no sirve: está dañado" in caplog.text
    quedan = listar(ruta)
    assert [r.archivo.stem for r in quedan if r.sirve] == [buena]
    assert len([r for r in quedan if r.problema]) == respaldos.DUDOSOS
    assert not list(carpeta(ruta).glob(".*"))


def test_una_copia_con_menos_filas_que_la_base_no_sirve(
    ruta: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vieja = Path(shutil.copy(ruta, ruta.with_name("vieja")))

    def otra(origen: Path, destino: Path) -> None:
        shutil.copyfile(vieja, destino)

    monkeypatch.setattr(respaldos, "copiar", otra)
    with abrir(ruta, escribe=True) as con:
        un_grupo(con, "nuevo")
        hecho = respaldar(con, ruta)
    assert hecho is not None
    assert hecho.problema == "no tiene las mismas filas que la base."


def test_un_bit_cambiado_en_un_respaldo_se_nota(ruta: Path) -> None:
    with abrir(ruta, escribe=True) as con:
        hecho = respaldar(con, ruta)
    assert hecho is not None
    largo = hecho.archivo.stat().st_size
    for lugar in (0, 8, 4096, largo // 3, largo // 2, largo - 1):
        with hecho.archivo.open("r+b") as archivo:
            archivo.seek(lugar)
            (byte,) = archivo.read(1)
            archivo.seek(lugar)
            archivo.write(bytes([byte ^ 1]))
            archivo.flush()
            with pytest.raises(ErrorDeDatos, match=r"cambió desde que se hizo"):
                exigir_sano(leer(hecho.archivo))
            archivo.seek(lugar)
            archivo.write(bytes([byte]))
    assert exigir_sano(leer(hecho.archivo)) == hecho.marca


def hechos(*momentos: str, clase: str = "r") -> list[Respaldo]:
    """Respaldos de esos momentos, que van en orden; se devuelven al revés."""
    return [
        Respaldo(Path(f"{clase}-{n}"), n, momento, "", MARCA)
        for n, momento in enumerate(momentos, 1)
    ][::-1]


def test_se_guardan_los_de_diez_horas_catorce_dias_y_doce_meses() -> None:
    momentos = [f"{anio}-{mes:02}-{dia:02}T{hora:02}:00:00" for anio in (2030, 2031)
                for mes in range(1, 13) for dia in range(1, 29)
                for hora in (9, 17)]  # fmt: skip
    todos = hechos(*momentos)
    sobran = {r.numero for r in sobrantes(todos)}
    quedan = [r.momento for r in todos if r.numero not in sobran]
    # De los cinco días más nuevos, las dos horas; de los otros nueve, la última.
    horas = [f"2031-12-{dia:02}T{hora:02}:00:00" for dia in range(28, 23, -1)
             for hora in (17, 9)]  # fmt: skip
    dias = [f"2031-12-{dia:02}T17:00:00" for dia in range(23, 14, -1)]
    meses = [f"2031-{mes:02}-28T17:00:00" for mes in range(11, 0, -1)]
    assert quedan == horas + dias + meses


def test_cuantos_se_guardan_se_configura(monkeypatch: pytest.MonkeyPatch) -> None:
    todos = hechos(*[f"2031-01-{dia:02}T10:00:00" for dia in range(1, 20)])
    monkeypatch.setenv("TABLERO_RESPALDOS_HORAS", "0")
    monkeypatch.setenv("TABLERO_RESPALDOS_DIAS", "3")
    monkeypatch.setenv("TABLERO_RESPALDOS_MESES", "0")
    assert len(todos) - len(sobrantes(todos)) == 3
    monkeypatch.setenv("TABLERO_RESPALDOS_DIAS", "0")
    # El último que sirve no se quita nunca.
    assert sobrantes(todos) == todos[1:]
    monkeypatch.setenv("TABLERO_RESPALDOS_DIAS", "muchos")
    assert len(todos) - len(sobrantes(todos)) == respaldos.DIAS


def test_los_que_pidio_una_persona_no_se_quitan_ni_ocupan_lugar() -> None:
    de_persona = hechos(*["2031-01-01T10:00:00"] * 100, clase="m")
    del_reloj = hechos(*["2031-01-01T10:00:00"] * 2)
    assert sobrantes(de_persona + del_reloj) == del_reloj[1:]


def test_si_el_reloj_retrocede_el_mas_nuevo_es_el_ultimo_que_se_hizo(
    ruta: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(respaldos, "SE_GUARDAN", 2)
    todos = hechos(*["2035-01-01T10:00:00"] * 20, "2031-05-05T10:00:00", clase="c")
    assert todos[0].momento.startswith("2031")
    assert todos[0] not in sobrantes(todos)


def test_lo_que_otro_proceso_dejo_a_medias_se_quita(ruta: Path) -> None:
    carpeta(ruta).mkdir()
    resto = carpeta(ruta) / ".c-1.abcd.parcial"
    resto.write_bytes(b"a medias")
    with abrir(ruta, escribe=True) as con:
        respaldar(con, ruta)
    assert not resto.exists()


def test_si_el_disco_de_los_respaldos_no_esta_no_se_carga(
    ruta: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TABLERO_RESPALDOS", str(tmp_path / "disco"))
    with abrir(ruta, escribe=True) as con:
        antes = contenido(con)
        with pytest.raises(ErrorDeDatos, match="TABLERO_RESPALDOS"):
            cargar(con, ruta)
        assert contenido(con) == antes
        (tmp_path / "disco").mkdir()
        cargar(con, ruta)
    (copia,) = (tmp_path / "disco" / "base.duckdb.respaldos").glob("*.duckdb")
    assert leer(copia).sirve


def test_un_respaldo_sin_ficha_o_con_otra_cosa_en_ella_se_lista_sin_revisar(
    ruta: Path,
) -> None:
    with abrir(ruta, escribe=True) as con:
        hecho = respaldar(con, ruta)
    assert hecho is not None
    ficha = hecho.archivo.with_name(f"{hecho.archivo.name}.json")
    assert json.loads(ficha.read_text())["numero"] == 1
    for dicho in ("", "[]", "{}", '{"marca": 3}', '{"otra": 1, "marca": null}'):
        ficha.write_text(dicho)
        (listado,) = listar(ruta)
        assert (listado.numero, listado.marca) == (0, None)
        # Nadie lo ha revisado: ni se cuenta ni se quita.
        assert sobrantes([listado]) == []


def test_solo_su_duenno_lee_los_respaldos(ruta: Path) -> None:
    with abrir(ruta, escribe=True) as con:
        hecho = respaldar(con, ruta)
    assert hecho is not None
    assert carpeta(ruta).stat().st_mode & 0o077 == 0
    assert hecho.archivo.stat().st_mode & 0o077 == 0

"""Restaurar pregunta, guarda la base anterior, deja constancia o dice por qué no."""

import hashlib
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from datos import respaldo as consola
from datos import respaldo_restaurar
from datos.base import abrir
from datos.errores import ErrorDeDatos
from datos.respaldo_copia import copiar
from datos.respaldo_ficha import Respaldo
from datos.respaldo_restaurar import restaurar
from datos.respaldo_revisar import abrir_copia
from datos.respaldos import carpeta, hallar, listar
from datos.ubicacion import VERSION_ESQUEMA
from tests.conftest import RAIZ
from tests.test_escritura import contenido
from tests.test_respaldos import respaldar, romper, un_grupo


@pytest.fixture(scope="module")
def preparada(base_muestra: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Una carpeta con una base, su respaldo y, después de él, un grupo más."""
    carpeta = tmp_path_factory.mktemp("preparada")
    ruta = Path(shutil.copy(base_muestra, carpeta / "base.duckdb"))
    with abrir(ruta, escribe=True) as con:
        un_grupo(con, "antes")
        assert respaldar(con, ruta)
        un_grupo(con, "despues")
    return carpeta


@pytest.fixture
def ruta(preparada: Path, tmp_path: Path) -> Path:
    shutil.copytree(preparada, tmp_path, dirs_exist_ok=True)
    return tmp_path / "base.duckdb"


@pytest.fixture
def respaldo(ruta: Path) -> Respaldo:
    (hecho,) = listar(ruta)
    return hecho


def grupos(ruta: Path) -> set[str]:
    with duckdb.connect(str(ruta), read_only=True) as con:
        return {g for (g,) in con.execute("select grupo_id from grupos").fetchall()}


@dataclass(frozen=True)
class Dicho:
    """Qué devolvió la orden y qué escribió."""

    codigo: int
    salida: str
    errores: str


Consola = Callable[..., Dicho]


@pytest.fixture
def correr(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Consola:
    """Lo que hace la consola, en este proceso."""

    def correr(ruta: Path, *orden: str, dice: str = "") -> Dicho:
        monkeypatch.setattr("sys.stdin", io.StringIO(dice))
        codigo = consola.main([orden[0], "--bd", str(ruta), *orden[1:]])
        return Dicho(codigo, *capsys.readouterr())

    return correr


def test_restaurar_devuelve_lo_que_decia_y_guarda_lo_que_habia(
    ruta: Path, respaldo: Respaldo
) -> None:
    with duckdb.connect(str(respaldo.archivo), read_only=True) as con:
        antes = contenido(con)
    huella = hashlib.sha256(respaldo.archivo.read_bytes()).hexdigest()
    hecha = restaurar(ruta, respaldo, "ana")
    with abrir(ruta, escribe=True) as con:
        assert contenido(con) == antes
        ((quien, accion, clave, despues),) = con.execute(
            "select quien, accion, clave, despues from bitacora"
            " order by bitacora_id desc limit 1"
        ).fetchall()
        un_grupo(con, "se-sigue-escribiendo")
        assert respaldar(con, ruta) is not None
    assert (quien, accion) == ("ana", "restaurar")
    assert json.loads(clave) == {"respaldo": respaldo.archivo.name}
    assert hecha.anterior is not None
    assert json.loads(despues) == {
        "sha256": huella,
        "anterior": hecha.anterior.name,
        "version_esquema": VERSION_ESQUEMA,
    }
    assert {"antes", "despues"} <= grupos(hecha.anterior)
    assert not list(ruta.parent.glob(".*"))


def test_dos_restauraciones_guardan_dos_bases_anteriores(
    ruta: Path, respaldo: Respaldo
) -> None:
    primera = restaurar(ruta, respaldo, "ana").anterior
    segunda = restaurar(ruta, respaldo, "ana").anterior
    assert primera is not None and segunda is not None and primera != segunda
    assert "despues" in grupos(primera) and "despues" not in grupos(segunda)


def test_una_base_en_uso_no_se_restaura_ni_se_toca(
    ruta: Path, respaldo: Respaldo, correr: Consola
) -> None:
    quien_la_usa = subprocess.Popen(
        [sys.executable, "-c", "import duckdb, sys; c = duckdb.connect(sys.argv[1]);"
         "print('abierta', flush=True); sys.stdin.read()", str(ruta)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert quien_la_usa.stdout is not None
        assert quien_la_usa.stdout.readline() == "abierta\n"
        antes = ruta.read_bytes()
        hecho = correr(ruta, "restaurar", respaldo.archivo.name, "--si")
        assert hecho.codigo == 1
        assert "está en uso por otro proceso. Detenga el tablero" in hecho.errores
        assert "está en uso" in correr(ruta, "crear").errores
        assert ruta.read_bytes() == antes
        assert not list(ruta.parent.glob("*anterior*"))
        # Con el tablero en marcha, verificar sí se puede.
        assert correr(ruta, "verificar").codigo == 0
    finally:
        quien_la_usa.communicate()


def test_quien_abre_la_base_dannada_tambien_impide_restaurar(
    ruta: Path, respaldo: Respaldo
) -> None:
    # Dañada, DuckDB no llega a pedir el cerrojo: lo pide la restauración.
    ruta.write_bytes(b"esto no es una base" * 300)
    orden = (
        "import fcntl, sys; f = open(sys.argv[1], 'r+b');"
        "fcntl.lockf(f, fcntl.LOCK_SH); print('tomada', flush=True); sys.stdin.read()"
    ).replace("'r+b'", "'rb'")
    otro = subprocess.Popen(
        [sys.executable, "-c", orden, str(ruta)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert otro.stdout is not None and otro.stdout.readline() == "tomada\n"
        with pytest.raises(ErrorDeDatos, match="está en uso por otro proceso"):
            restaurar(ruta, respaldo, "ana")
    finally:
        otro.communicate()
    hecha = restaurar(ruta, respaldo, "ana")
    assert "antes" in grupos(ruta)
    assert hecha.anterior is not None
    assert hecha.anterior.read_bytes().startswith(b"esto no es una base")


def test_un_registro_ajeno_se_aparta_con_la_base_anterior(
    ruta: Path, respaldo: Respaldo, tmp_path: Path
) -> None:
    ajena = tmp_path / "ajena.duckdb"
    registro = ruta.with_name("base.duckdb.wal")
    with duckdb.connect(str(ajena)) as con:
        con.execute("create table t as select 1 as x; checkpoint;"
                    "insert into t values (2)")  # fmt: skip
        shutil.copy(f"{ajena}.wal", registro)
    escrito = registro.read_bytes()
    with pytest.raises(ErrorDeDatos, match="dañado o de otra base"):
        abrir(ruta, escribe=True)
    hecha = restaurar(ruta, respaldo, "ana")
    assert not registro.exists()
    assert "antes" in grupos(ruta)
    assert hecha.anterior is not None
    assert Path(f"{hecha.anterior}.wal").read_bytes() == escrito


def test_sin_base_que_reemplazar_se_restaura_igual(
    ruta: Path, respaldo: Respaldo
) -> None:
    ruta.unlink()
    assert restaurar(ruta, respaldo, "ana").anterior is None
    assert "antes" in grupos(ruta)


def test_un_respaldo_mas_nuevo_que_el_programa_se_rechaza(
    ruta: Path, respaldo: Respaldo, tmp_path: Path
) -> None:
    nuevo = Path(shutil.copy(respaldo.archivo, tmp_path / "nuevo.duckdb"))
    with duckdb.connect(str(nuevo)) as con:
        con.execute("update base_info set version_esquema = 99")
    antes = ruta.read_bytes()
    with pytest.raises(ErrorDeDatos, match=r"versión 99, más nueva.*Actualice"):
        restaurar(ruta, hallar(ruta, str(nuevo)), "ana")
    assert ruta.read_bytes() == antes


def test_un_respaldo_de_un_esquema_anterior_se_pone_al_dia_al_restaurar(
    ruta: Path, respaldo: Respaldo, tmp_path: Path
) -> None:
    viejo = Path(shutil.copy(respaldo.archivo, tmp_path / "viejo.duckdb"))
    with duckdb.connect(str(viejo)) as con:
        con.execute("drop table lecturas; drop table segmentaciones;"
                    "drop table libros_versiones")  # fmt: skip
        con.execute("update base_info set version_esquema = 3")
    restaurar(ruta, hallar(ruta, str(viejo)), "ana")
    with abrir(ruta, escribe=True) as con:
        assert con.execute("select version_esquema from base_info").fetchall() == [
            (VERSION_ESQUEMA,)
        ]
        ((lecturas,),) = con.execute("select count(*) from lecturas").fetchall()
        assert lecturas > 0
        assert con.execute(
            "select despues::json ->> 'version_esquema' from bitacora"
            " where accion = 'restaurar'"
        ).fetchall() == [("3",)]


@pytest.mark.parametrize("dannar", ["bytes", "corto", "vacio", "otra"])
def test_un_respaldo_dannado_no_se_restaura(
    ruta: Path, respaldo: Respaldo, tmp_path: Path, dannar: str
) -> None:
    malo = Path(shutil.copy(respaldo.archivo, tmp_path / "malo.duckdb"))
    match dannar:
        case "bytes":
            romper(malo)
        case "corto":
            malo.write_bytes(malo.read_bytes()[: malo.stat().st_size // 2])
        case "vacio":
            malo.write_bytes(b"")
        case "otra":
            malo.unlink()
            duckdb.connect(str(malo)).close()
    antes = ruta.read_bytes()
    with pytest.raises(ErrorDeDatos, match=r"malo.duckdb (está dañado|no es una base)"):
        restaurar(ruta, hallar(ruta, str(malo)), "ana")
    assert ruta.read_bytes() == antes


def test_sin_espacio_no_se_restaura_y_la_base_sigue(
    ruta: Path, respaldo: Respaldo, monkeypatch: pytest.MonkeyPatch
) -> None:
    veces: list[int] = []

    def llena(origen: Path, destino: Path) -> None:
        veces.append(1)
        if len(veces) in (1, 3):
            raise OSError("No queda espacio en el dispositivo.")
        copiar(origen, destino)

    # Primero no cabe el respaldo; después, no cabe la base anterior.
    monkeypatch.setattr(respaldo_restaurar, "copiar", llena)
    for _ in range(2):
        with pytest.raises(ErrorDeDatos, match="puede faltar espacio"):
            restaurar(ruta, respaldo, "ana")
        assert "despues" in grupos(ruta)
        assert not list(ruta.parent.glob(".*.nueva*"))


def test_la_consola_pregunta_antes_de_restaurar(ruta: Path, correr: Consola) -> None:
    nombre = listar(ruta)[0].archivo.stem
    for dice in ("", "si\n", "no\n"):
        hecho = correr(ruta, "restaurar", nombre, dice=dice)
        assert hecho.codigo == 1
        assert "No se restauró; la base sigue como estaba." in hecho.errores
        assert "despues" in grupos(ruta)
    hecho = correr(ruta, "restaurar", nombre, "--quien", "beto", dice="restaurar\n")
    assert (hecho.codigo, hecho.errores) == (0, "")
    assert "La anterior quedó en" in hecho.salida
    assert "despues" not in grupos(ruta)


def test_la_consola_crea_verifica_y_dice_cual_falla(
    ruta: Path, correr: Consola
) -> None:
    assert "revisado." in correr(ruta, "crear").salida
    assert "Nada cambió" in correr(ruta, "crear").salida
    bien = correr(ruta, "verificar")
    assert bien.codigo == 0 and bien.salida.count(": sirve.") == 2
    malo = listar(ruta)[0].archivo
    romper(malo)
    mal = correr(ruta, "verificar")
    assert mal.codigo == 1
    assert f"{malo} cambió desde que se hizo" in mal.salida
    assert mal.salida.count(": sirve.") == 1


def test_la_consola_dice_lo_que_falta(
    tmp_path: Path, ruta: Path, correr: Consola
) -> None:
    for mal in (
        correr(tmp_path / "nada.duckdb", "crear"),
        correr(tmp_path / "nada.duckdb", "verificar"),
        correr(ruta, "restaurar", "no-existe", "--si"),
        correr(ruta, "restaurar", listar(ruta)[0].archivo.name, "--si", "--quien", "á"),
        correr(ruta, "restaurar"),
    ):
        assert mal.codigo == 1
        assert mal.errores or "No hay respaldos en" in mal.salida


def test_la_orden_se_corre_como_dice_el_readme(ruta: Path) -> None:
    hecho = subprocess.run(
        [sys.executable, "-m", "datos.respaldo", "verificar"],
        cwd=RAIZ, env={"TABLERO_BD": str(ruta), "PATH": "/usr/bin"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (hecho.returncode, hecho.stderr) == (0, "")
    assert ": sirve." in hecho.stdout


def test_a_un_respaldo_sin_ficha_se_la_hace_al_verificarlo(ruta: Path) -> None:
    (carpeta(ruta) / f"{listar(ruta)[0].archivo.name}.json").unlink()
    assert not listar(ruta)[0].sirve
    lineas, sirven = consola.verificar(ruta, [])
    assert sirven and ": sirve." in lineas[0]
    (listado,) = listar(ruta)
    assert listado.sirve and listado.marca == abrir_copia(listado.archivo)


def test_verificar_nombra_la_regla_que_el_respaldo_rompe(ruta: Path) -> None:
    (respaldo,) = listar(ruta)
    with duckdb.connect(str(respaldo.archivo)) as con:
        # Sin la llave que lo impediría.
        con.execute("create or replace table citas as select * from citas")
        con.execute("update citas set enunciado_id = 'no-esta'")
    (carpeta(ruta) / f"{respaldo.archivo.name}.json").unlink()
    (linea,), sirven = consola.verificar(ruta, [])
    assert not sirven
    assert "rompe" in linea and "«no-esta» no existe en enunciados" in linea

"""Publicar: siempre se lee una publicación entera, y nunca la mitad de dos."""

import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from consultas import lector
from datos import publicar
from datos.base import AJUSTES, abrir
from datos.errores import ErrorDeDatos
from datos.publicar import Publicacion, vigente
from pruebas_de_carga.preguntas import CONSULTAS
from tests.conftest import RAIZ
from tests.test_consultas import como_csv, preguntar

LECTORES = 16
PUBLICACIONES = 20
MATADOS = 12
MARCADAS = {"base_info": "huella_fuente", "libros": "nota"}
# Escribe filas de dos en dos tablas, en una transacción, y a veces lleva al archivo.
ESCRITOR = """
import sys, duckdb
con = duckdb.connect(sys.argv[1], config={"checkpoint_threshold": "1TB"})
print("listo", flush=True)
for n in range(1, 1000000):
    con.execute("begin")
    for tabla in ("temas", "grupos"):
        con.execute(f"insert into {tabla} values (?, ?)", [n + 1000, f"nuevo {n}"])
    con.execute("commit")
    if n % 50 == 0:
        con.execute("checkpoint")
"""


@pytest.fixture
def base(base_muestra: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(base_muestra, tmp_path / "base.duckdb"))


def marcar(base: Path, vez: int) -> None:
    """Deja la misma marca en dos tablas: una publicación entera la trae en ambas."""
    with duckdb.connect(str(base)) as con:
        for tabla, columna in MARCADAS.items():
            con.execute(f"update {tabla} set {columna} = ?", [f"vez {vez}"])


def marcas(publicacion: Publicacion) -> set[str]:
    """Devuelve las marcas de las dos tablas, en la base y en los Parquet."""
    tablas = publicacion.tablas()
    halladas = []
    with duckdb.connect(str(publicacion.base), read_only=True, config=AJUSTES) as con:
        for tabla, columna in MARCADAS.items():
            halladas += con.execute(f"select {columna} from {tabla}").fetchall()
    with duckdb.connect() as con:
        for tabla, columna in MARCADAS.items():
            sql = f"select {columna} from read_parquet(?)"
            halladas += con.execute(sql, [str(tablas[tabla])]).fetchall()
    assert len(halladas) >= 4
    return {nombre for (nombre,) in halladas}


def test_lo_publicado_responde_lo_mismo_que_la_base(base: Path, tmp_path: Path) -> None:
    publicacion = publicar.publicar(base, tmp_path / "publicado")
    assert vigente(tmp_path / "publicado") == publicacion
    for nombre in ("enunciados_lista", "temas_tipos", "mesas_pares"):
        assert como_csv(preguntar(publicacion.base, nombre)) == como_csv(
            preguntar(base, nombre)
        )


def test_hay_un_parquet_de_cada_tabla_que_alguna_consulta_lee(
    base: Path, tmp_path: Path
) -> None:
    tablas = publicar.publicar(base, tmp_path / "publicado").tablas()
    sql = " ".join(lector.texto(nombre) for nombre in CONSULTAS)
    propias = set(re.findall(r"\b(\w+) as \(", sql))
    leidas = set(re.findall(r"\b(?:from|join) (\w+)", sql)) - propias
    assert "lectura_enunciados" in leidas
    assert leidas <= set(tablas)
    with abrir(base) as con:
        for tabla, ruta in tablas.items():
            ((filas,),) = con.execute(f"select count(*) from {tabla}").fetchall()
            ((copiadas,),) = (
                duckdb.connect()
                .execute("select count(*) from read_parquet(?)", [str(ruta)])
                .fetchall()
            )
            assert copiadas == filas, tabla


def test_una_publicacion_no_se_puede_cambiar(base: Path, tmp_path: Path) -> None:
    publicacion = publicar.publicar(base, tmp_path / "publicado")
    for ruta in publicacion.carpeta.iterdir():
        assert not ruta.stat().st_mode & 0o222, ruta.name
    assert not publicacion.base.with_name(f"{publicacion.base.name}.wal").exists()


def test_quienes_leen_mientras_se_publica_ven_una_publicacion_entera(
    base: Path, tmp_path: Path
) -> None:
    destino = tmp_path / "publicado"
    marcar(base, 0)
    publicar.publicar(base, destino)
    termino = threading.Event()

    def leer() -> list[str]:
        vistas: list[str] = []
        leida = None
        while not termino.is_set() or not vistas:
            if (publicada := vigente(destino)) == leida:
                time.sleep(0.002)
                continue
            (marca,) = marcas(publicada)
            vistas.append(marca)
            leida = publicada
        return vistas

    with ThreadPoolExecutor(LECTORES) as hilos:
        lectores = [hilos.submit(leer) for _ in range(LECTORES)]
        try:
            for vez in range(1, PUBLICACIONES + 1):
                marcar(base, vez)
                publicar.publicar(base, destino)
        finally:
            termino.set()
        vistas = [lector.result() for lector in lectores]
    # Cada uno ve avanzar las publicaciones, y entre todos más de una.
    for suyas in vistas:
        veces = [int(marca.removeprefix("vez ")) for marca in suyas]
        assert veces == sorted(veces)
    assert len({marca for suyas in vistas for marca in suyas}) > 2
    assert marcas(vigente(destino)) == {f"vez {PUBLICACIONES}"}


@contextmanager
def escribiendo(base: Path) -> Iterator[None]:
    proceso = subprocess.Popen(
        [sys.executable, "-c", ESCRITOR, str(base)], stdout=subprocess.PIPE, text=True
    )
    assert proceso.stdout is not None
    try:
        assert proceso.stdout.readline() == "listo\n"
        yield
        assert proceso.poll() is None, "dejó de escribir"
    finally:
        proceso.kill()
        proceso.wait()
        proceso.stdout.close()


def test_se_publica_entera_mientras_otro_proceso_escribe(
    base: Path, tmp_path: Path
) -> None:
    cuantas = set()
    with escribiendo(base):
        for _ in range(4):
            tablas = publicar.publicar(base, tmp_path / "publicado").tablas()
            (temas, grupos) = (
                duckdb.connect()
                .execute(
                    "select count(*) from read_parquet(?) where nombre like 'nuevo %'",
                    [str(tablas[tabla])],
                )
                .fetchall()
                for tabla in ("temas", "grupos")
            )
            assert temas == grupos
            cuantas.add(temas[0][0])
    assert len(cuantas) > 1


def test_matar_a_quien_publica_deja_en_pie_la_publicacion_anterior(
    base: Path, tmp_path: Path
) -> None:
    destino = tmp_path / "publicado"
    marcar(base, 0)
    desde = time.monotonic()
    ultima = publicar.publicar(base, destino)
    dura = time.monotonic() - desde
    orden = [sys.executable, "-m", "datos.publicar", "--bd", str(base), str(destino)]
    a_medias = 0
    for vez in range(1, MATADOS + 1):
        marcar(base, vez)
        proceso = subprocess.Popen(orden, cwd=RAIZ, stdout=subprocess.DEVNULL)
        # Desde que empieza a copiar, en un momento cada vez más tardío.
        while proceso.poll() is None and not list(destino.glob(".p-*")):
            time.sleep(0.001)
        time.sleep(dura * vez / MATADOS)
        proceso.kill()
        if proceso.wait() == -signal.SIGKILL:
            a_medias += bool(list(destino.glob(".p-*")))
        ahora = vigente(destino)
        assert ahora.momento >= ultima.momento
        (marca,) = marcas(ahora)
        assert marca in {f"vez {n}" for n in range(vez + 1)}
        ultima = ahora
    assert a_medias > 0, "ninguna se mató a medias"
    publicar.publicar(base, destino)
    assert not list(destino.glob(".p-*")), "quedaron restos"
    assert marcas(vigente(destino)) == {f"vez {MATADOS}"}


def test_quedan_las_ultimas_y_la_que_rige(base: Path, tmp_path: Path) -> None:
    destino = tmp_path / "publicado"
    todas = [publicar.publicar(base, destino, guardar=2).carpeta for _ in range(4)]
    assert sorted(destino.glob("p-*")) == todas[-2:]
    # Como si el reloj hubiera ido adelantado: la que rige no es la última por nombre.
    for vieja in todas[-2:]:
        vieja.rename(vieja.with_name(vieja.name.replace("p-2", "p-9")))
    nueva = publicar.publicar(base, destino, guardar=2)
    assert nueva.carpeta in destino.glob("p-*")
    assert vigente(destino) == nueva


def test_no_publican_dos_a_la_vez(base: Path, tmp_path: Path) -> None:
    destino = tmp_path / "publicado"
    publicar.publicar(base, destino)
    with (
        publicar._turno(destino),
        pytest.raises(ErrorDeDatos, match="está en curso"),
    ):
        publicar.publicar(base, destino)


def test_lo_que_no_se_puede_publicar_se_dice_y_rige_lo_anterior(
    base: Path, tmp_path: Path
) -> None:
    destino = tmp_path / "publicado"
    with pytest.raises(ErrorDeDatos, match="Todavía no hay nada publicado"):
        vigente(destino)
    buena = publicar.publicar(base, destino)
    ajena = tmp_path / "ajena.duckdb"
    ajena.write_bytes(b"no es una base" * 1000)
    antigua = Path(shutil.copy(base, tmp_path / "antigua.duckdb"))
    with duckdb.connect(str(antigua)) as con:
        con.execute("update base_info set version_esquema = 1")
    for mala, dicho in (
        (tmp_path / "no-esta.duckdb", "No existe la base"),
        (ajena, "puede estar dañada"),
        (antigua, "es de la versión 1"),
    ):
        with pytest.raises(ErrorDeDatos, match=dicho):
            publicar.publicar(mala, destino)
        assert vigente(destino) == buena
        assert not list(destino.glob(".p-*"))

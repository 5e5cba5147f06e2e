"""Todo sale a archivos abiertos y vuelve igual; lo alterado se dice por su nombre."""

import csv
import hashlib
import io
import json
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from datos import abierto
from datos.abierto import exportar
from datos.abierto_construir import construir
from datos.base import abrir
from datos.edicion import editar
from datos.errores import ErrorDeDatos
from datos.escritura import escribir
from datos.migraciones import DICCIONARIO
from datos.ubicacion import VERSION_ESQUEMA
from tests.conftest import RAIZ
from tests.esquemas_anteriores import en_version
from tests.test_escritura import ARCHIVO, con_un_tema
from tests.test_respaldos import abrir_en_otro_proceso, un_grupo

SEMILLA = 20181017
HOSTILES = (
    "", " ", '"', '""', '","', "\n", "\r", "\r\n", "\r\n\r\n", "a\nb", "\\", '\\"',
    "\\N", "NULL", "null", "=1+1", "@SUM(A1)", "-", ";", "\t", "\x00", "a\x00b", "\x1a",
    "\x85", "\u2028", "\u2029", "\ufeff", "e\u0301", "é", "😀", "'", "''; drop x", "#",
    "--", "[1, 2]", "{}", "true", "1.0", "\x7f", "</script>", "%s", "\n\n", ",", '"\n"',
)  # fmt: skip
Contenido = dict[str, list[tuple[object, ...]]]


def todo(ruta: Path) -> Contenido:
    """Todo lo que la base dice, tabla por tabla, las que se derivan incluidas."""
    with duckdb.connect(str(ruta), read_only=True) as con:
        tablas = con.execute(
            "select table_name from duckdb_tables() where schema_name = 'main'"
        ).fetchall()
        return {
            tabla: sorted(con.execute(f"select * from {tabla}").fetchall(), key=repr)
            for (tabla,) in tablas
        }


def formas(ruta: Path) -> list[tuple[object, ...]]:
    """Columnas, tipos, comentarios y reglas de una base, y dónde va su secuencia."""
    with duckdb.connect(str(ruta), read_only=True) as con:
        columnas = con.execute(
            "select table_name, column_name, data_type, is_nullable, comment"
            " from duckdb_columns() where schema_name = 'main' order by all"
        ).fetchall()
        reglas = con.execute(
            "select table_name, constraint_text from duckdb_constraints() order by all"
        ).fetchall()
        secuencias = con.execute(
            "select sequence_name, last_value from duckdb_sequences()"
        ).fetchall()
    return [*columnas, *reglas, *secuencias]


def azarosos(cuantos: int) -> list[str]:
    azar = random.Random(SEMILLA)
    letras = ['"', ",", "\n", "\r", "\\", "a", "é", " ", "\x00", "😀", "'", ";"]
    return ["".join(azar.choices(letras, k=azar.randrange(9))) for _ in range(cuantos)]


def llenar_de_hostiles(con: DuckDBPyConnection) -> None:
    """Pone textos difíciles, vacíos y nulos en columnas de todos los tipos."""
    textos = [*HOSTILES, *azarosos(400), "x" * 3_000_000]
    con.execute(
        "insert into documentos select concat('h-', i), t, 'otro', repeat('a', 64),"
        " case when i % 2 = 0 then date '0001-02-03' + i::int end,"
        " case when i % 3 = 0 then null when i % 3 = 1 then '' else t end"
        " from (select unnest(?) as t, unnest(range(?)) as i)",
        [textos, len(textos)],
    )
    con.execute(
        "insert into bitacora (momento, quien, accion, tabla, clave, antes, despues)"
        " select timestamp '2031-01-02 03:04:05.000001' + interval (i) second, t, t, t,"
        " cast(to_json({'k': t}) as varchar), nullif(t, ''), null"
        " from (select unnest(?) as t, unnest(range(?)) as i) order by i",
        [textos, len(textos)],
    )
    con.execute(
        "insert into segmentaciones select documento_id, t, 1, q, [3, 9, 2147483647],"
        " timestamp '1999-12-31 23:59:59.999999', 1 from (select min(documento_id) as"
        " documento_id from documentos), (select min(tema_dialogo_id) as t from"
        " temas_dialogo), (select min(codificador_id) as q from codificadores)"
    )


@pytest.fixture(scope="module")
def base(base_muestra: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Una base con cargas, ediciones y textos hostiles."""
    ruta = tmp_path_factory.mktemp("abierto") / "base.duckdb"
    shutil.copy(base_muestra, ruta)
    with abrir(ruta, escribe=True) as con:
        escribir(con, ruta, "ana", ARCHIVO, con_un_tema)
        un_grupo(con, "uno")
        editar(con, "beto", "cambiar",
               lambda e: e.cambiar("grupos", {"grupo_id": "uno"}, {"nombre": '=",\n"'})
        )  # fmt: skip
        llenar_de_hostiles(con)
    return ruta


@pytest.fixture(scope="module")
def paquete(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    destino = tmp_path_factory.mktemp("paquete") / "todo.zip"
    exportar(base, destino)
    return destino


def archivos(paquete: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(paquete) as zip_:
        return {nombre: zip_.read(nombre) for nombre in zip_.namelist()}


def rehacer(
    paquete: Path,
    destino: Path,
    cambiar: Callable[[dict[str, bytes]], None],
    *,
    sumar: bool = True,
) -> Path:
    """Un paquete alterado; con `sumar`, por alguien que rehace las sumas."""
    dentro = archivos(paquete)
    cambiar(dentro)
    if sumar:
        dentro["SHA256SUMS"] = "".join(
            f"{hashlib.sha256(cuerpo).hexdigest()}  {nombre}\n"
            for nombre, cuerpo in dentro.items()
            if nombre != "SHA256SUMS"
        ).encode()
    with zipfile.ZipFile(destino, "w") as zip_:
        for nombre, cuerpo in dentro.items():
            zip_.writestr(nombre, cuerpo)
    return destino


def test_ida_y_vuelta_da_una_base_igual(
    base: Path, paquete: Path, tmp_path: Path
) -> None:
    vuelta = tmp_path / "vuelta.duckdb"
    construir(paquete, vuelta)
    antes, despues = todo(base), todo(vuelta)
    assert despues.keys() == antes.keys()
    for tabla, filas in antes.items():
        assert despues[tabla] == filas, tabla
    assert formas(vuelta) == formas(base)
    # Y de vuelta otra vez: la base construida da el mismo paquete, byte por byte.
    exportar(vuelta, tmp_path / "otra.zip")
    assert (tmp_path / "otra.zip").read_bytes() == paquete.read_bytes()
    with abrir(vuelta, escribe=True) as con:
        un_grupo(con, "se-puede-escribir")
        ((ultimo, cuantos),) = con.execute(
            "select max(bitacora_id), count(*) from bitacora"
        ).fetchall()
        assert ultimo == cuantos == len(antes["bitacora"]) + 1


def test_la_base_del_proyecto_vuelve_igual(base_real: Path, tmp_path: Path) -> None:
    paquete, vuelta = tmp_path / "p.zip", tmp_path / "v.duckdb"
    exportar(base_real, paquete)
    construir(paquete, vuelta)
    assert todo(vuelta) == todo(base_real)
    assert formas(vuelta) == formas(base_real)


def test_el_orden_en_que_se_escribio_no_cambia_los_bytes(
    base: Path, paquete: Path, tmp_path: Path
) -> None:
    revuelta = Path(shutil.copy(base, tmp_path / "revuelta.duckdb"))
    with duckdb.connect(str(revuelta)) as con:
        for tabla in ("reglas", "autoridades"):
            con.execute(f"create temp table t as select * from {tabla}")
            con.execute(f"delete from {tabla}")
            con.execute(f"insert into {tabla} from (from t order by all desc)")
            con.execute("drop table t")
    exportar(revuelta, tmp_path / "r.zip")
    assert (tmp_path / "r.zip").read_bytes() == paquete.read_bytes()


def test_cualquier_lector_de_csv_entiende_las_tablas(base: Path, paquete: Path) -> None:
    dentro = archivos(paquete)
    filas = todo(base)
    csv.field_size_limit(10_000_000)
    for tabla in ("documentos", "enunciados", "codificaciones"):
        texto = dentro[f"tablas/{tabla}.csv"].decode()
        encabezado, *leidas = list(csv.reader(io.StringIO(texto, newline="")))
        # Sin distinguir nulo de vacío, que el lector de Python no separa.
        escritas = [
            tuple("" if v is None else str(v).lower() if isinstance(v, bool) else str(v)
                  for v in fila) for fila in filas[tabla]
        ]  # fmt: skip
        assert sorted(map(tuple, leidas), key=repr) == sorted(escritas, key=repr)
        assert encabezado[0] == {"documentos": "documento_id"}.get(tabla, encabezado[0])


def test_las_sumas_las_comprueba_sha256sum(paquete: Path, tmp_path: Path) -> None:
    if not (orden := shutil.which("sha256sum")):
        pytest.skip("no hay sha256sum en este equipo")
    with zipfile.ZipFile(paquete) as zip_:
        zip_.extractall(tmp_path)
    assert subprocess.run([orden, "-c", "--quiet", "SHA256SUMS"], cwd=tmp_path,
                          check=False).returncode == 0  # fmt: skip


def test_el_diccionario_dice_toda_tabla_y_columna(paquete: Path) -> None:
    dentro = archivos(paquete)
    filas = list(csv.DictReader(io.StringIO(dentro["diccionario.csv"].decode())))
    for nombre, cuerpo in dentro.items():
        if not nombre.startswith("tablas/"):
            continue
        tabla = nombre.removeprefix("tablas/").removesuffix(".csv")
        dichas = [f["columna"] for f in filas if f["tabla"] == tabla]
        assert dichas == ["", *next(csv.reader([cuerpo.decode().splitlines()[0]]))]
    assert all(fila["descripcion"] for fila in filas)


def test_el_leeme_dice_que_puede_llevar_el_texto_cargado(paquete: Path) -> None:
    leeme = archivos(paquete)["LEEME.txt"].decode()
    assert "Si alguien cargó el texto de un informe" in leeme
    assert "python -m datos.abierto construir" in leeme


def cambiar_un_byte(dentro: dict[str, bytes]) -> None:
    cuerpo = bytearray(dentro["tablas/temas.csv"])
    cuerpo[-3] ^= 1
    dentro["tablas/temas.csv"] = bytes(cuerpo)


def cortar_comillas(dentro: dict[str, bytes]) -> None:
    dentro["tablas/temas.csv"] = dentro["tablas/temas.csv"].removesuffix(b'"\n')


def quitar_columna(dentro: dict[str, bytes]) -> None:
    filas = list(csv.reader(io.StringIO(dentro["tablas/grupos.csv"].decode())))
    salida = io.StringIO()
    csv.writer(salida, lineterminator="\n").writerows(fila[:1] for fila in filas)
    dentro["tablas/grupos.csv"] = salida.getvalue().encode()


def cambiar_paquete(**nuevos: object) -> Callable[[dict[str, bytes]], None]:
    def cambiar(dentro: dict[str, bytes]) -> None:
        dicho = json.loads(dentro["paquete.json"])
        dentro["paquete.json"] = json.dumps({**dicho, **nuevos}).encode()

    return cambiar


def sumar_fila(tabla: str, fila: bytes) -> Callable[[dict[str, bytes]], None]:
    def cambiar(dentro: dict[str, bytes]) -> None:
        dentro[f"tablas/{tabla}.csv"] += fila

    return cambiar


@pytest.mark.parametrize(
    ("cambiar", "sumar", "dice"),
    [
        (cambiar_un_byte, False, r"tablas/temas.csv: no calza con su suma"),
        (lambda d: d.pop("tablas/temas.csv"), False, r"tablas/temas.csv: falta"),
        (lambda d: d.update({"x.csv": b"a"}), False, r"x.csv: .* no lo nombra"),
        (lambda d: d.pop("SHA256SUMS"), False, r"SHA256SUMS: falta o no se entiende"),
        (lambda d: d.update(SHA256SUMS=b"\xff"), False, r"SHA256SUMS: falta o no"),
        (lambda d: d.pop("paquete.json"), True, r"No se entiende paquete.json"),
        (lambda d: d.update({"paquete.json": b"[]"}), True, r"No se entiende paquete"),
        (lambda d: d.update({"../fuera.csv": b"a"}), True, r"no es un nombre"),
        (lambda d: d.update({"tablas/a/b.csv": b""}), True, r"no es un nombre"),
        (quitar_columna, True, r"tablas/grupos.csv: falta la columna nombre"),
        (lambda d: d.pop("tablas/temas.csv"), True, r"tablas/temas.csv: falta"),
        (lambda d: d.update({"tablas/otra.csv": b"a\n"}), True, r"otra.csv: no es una"),
        (sumar_fila("temas", b'99,"Otro mas"\n'), True, r"temas.csv: tiene \d+ filas"),
        (sumar_fila("temas", b'1,"Repetido"\n'), True, r"temas.csv: no se puede"),
        (sumar_fila("temas", b'uno,"Letras"\n'), True, r"temas.csv: no se puede"),
        (cortar_comillas, True, r"temas.csv: (no se puede|tiene \d+ filas)"),
        (sumar_fila("temas", b'7,"\xff"\n'), True, r"temas.csv: no se puede"),
        (cambiar_paquete(version_esquema=99), True, r"versión 99 .*Actualice"),
        (cambiar_paquete(version_esquema=0), True, r"versión 0 .*no conoce"),
        (cambiar_paquete(version_esquema="5"), True, r"No se entiende paquete.json"),
        (cambiar_paquete(formato=2), True, r"formato 2 .*Actualice el programa"),
        (cambiar_paquete(filas={}), True, r"no cuenta las tablas"),
    ],
)  # fmt: skip
def test_un_paquete_alterado_se_rechaza_y_dice_donde(
    paquete: Path,
    tmp_path: Path,
    cambiar: Callable[[dict[str, bytes]], None],
    sumar: bool,
    dice: str,
) -> None:
    malo = rehacer(paquete, tmp_path / "malo.zip", cambiar, sumar=sumar)
    with pytest.raises(ErrorDeDatos, match=dice):
        construir(malo, tmp_path / "nueva.duckdb")
    assert [ruta.name for ruta in tmp_path.iterdir()] == ["malo.zip"]


def test_lo_que_no_es_un_paquete_se_rechaza(paquete: Path, tmp_path: Path) -> None:
    malo, destino = tmp_path / "malo.zip", tmp_path / "nueva.duckdb"
    entero = paquete.read_bytes()
    for cuerpo in (b"", b"no es un zip", entero[: len(entero) // 2], entero[:-30]):
        malo.write_bytes(cuerpo)
        with pytest.raises(ErrorDeDatos, match="no es un ZIP o está dañado"):
            construir(malo, destino)
    with pytest.raises(ErrorDeDatos, match="No se puede leer"):
        construir(tmp_path / "no-esta.zip", destino)
    assert [ruta.name for ruta in tmp_path.iterdir()] == ["malo.zip"]


@pytest.mark.parametrize("version", range(1, VERSION_ESQUEMA))
def test_un_paquete_de_cada_esquema_anterior_se_pone_al_dia(
    base_muestra: Path, tmp_path: Path, version: int
) -> None:
    vieja = tmp_path / "vieja.duckdb"
    en_version(base_muestra, vieja, version)
    exportar(vieja, tmp_path / "p.zip")
    construir(tmp_path / "p.zip", tmp_path / "nueva.duckdb")
    with abrir(vieja, escribe=True) as con:
        # El orden de creación no se conserva al reabrir, y esta tabla lo dice.
        con.execute(DICCIONARIO.read_text(encoding="utf-8"))
    migrada, construida = todo(vieja), todo(tmp_path / "nueva.duckdb")
    for tabla in construida:
        if tabla != "lectura_diccionario":
            assert construida[tabla] == migrada[tabla], tabla


def test_el_destino_no_se_pisa(base: Path, paquete: Path, tmp_path: Path) -> None:
    ocupado = tmp_path / "ocupado"
    ocupado.write_text("algo")
    with pytest.raises(ErrorDeDatos, match="ya existe"):
        exportar(base, ocupado)
    with pytest.raises(ErrorDeDatos, match="ya existe"):
        construir(paquete, ocupado)
    assert ocupado.read_text() == "algo"


def test_con_la_base_en_uso_se_dice_que_hacer(base: Path, tmp_path: Path) -> None:
    usada = Path(shutil.copy(base, tmp_path / "usada.duckdb"))
    otro = subprocess.Popen(
        [sys.executable, "-c", "import duckdb, sys; c = duckdb.connect(sys.argv[1]);"
         "print('abierta', flush=True); sys.stdin.read()", str(usada)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert otro.stdout is not None and otro.stdout.readline() == "abierta\n"
        with pytest.raises(ErrorDeDatos, match="exporte con --bd un respaldo de"):
            exportar(usada, tmp_path / "p.zip")
    finally:
        otro.communicate()
    assert abrir_en_otro_proceso(usada) == ""


def test_una_base_mas_nueva_o_que_no_es_base_no_se_exporta(
    base_muestra: Path, tmp_path: Path
) -> None:
    nueva = Path(shutil.copy(base_muestra, tmp_path / "nueva.duckdb"))
    with duckdb.connect(str(nueva)) as con:
        con.execute("update base_info set version_esquema = 99")
    (tmp_path / "rota.duckdb").write_bytes(b"esto no es una base" * 300)
    for ruta, dice in (
        (nueva, "versión 99, más nueva"),
        (tmp_path / "rota.duckdb", "está dañada o no es de DuckDB"),
        (tmp_path / "nada.duckdb", "No existe la base"),
    ):
        with pytest.raises(ErrorDeDatos, match=dice):
            exportar(ruta, tmp_path / "p.zip")
    assert not (tmp_path / "p.zip").exists()


def test_la_consola_va_y_vuelve(base: Path, tmp_path: Path) -> None:
    zip_, vuelta = tmp_path / "p.zip", tmp_path / "v.duckdb"
    hecho = subprocess.run(
        [sys.executable, "-m", "datos.abierto", "exportar", str(zip_)],
        cwd=RAIZ, env={"TABLERO_BD": str(base), "PATH": "/usr/bin"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (hecho.returncode, hecho.stderr) == (0, "")
    assert zip_.stat().st_mode & 0o077 == 0
    assert abierto.main(["construir", str(zip_), str(vuelta)]) == 0
    assert abierto.main(["construir", str(zip_), str(vuelta)]) == 1
    assert abierto.main(["exportar"]) == 1

"""Lo que se borra no queda en ninguna parte, y lo demás queda igual."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from datos import borrar as modulo
from datos import permisos
from datos.base import AJUSTES, abrir
from datos.borrar import Borrada, borrar, main
from datos.borrar_averiguar import averiguar
from datos.borrar_copias import (
    BORRADOR,
    PUBLICACION,
    RESPALDO,
    hasta_cuando,
    quitar_copias,
)
from datos.codificar import Lectura, guardar_lectura
from datos.deshacer import deshacer
from datos.errores import ErrorDeDatos
from datos.escritura import Anotador, Archivo, escribir
from datos.permisos import Persona, Rol, SinPermiso
from datos.publicar import publicar, vigente
from datos.respaldo_ficha import Respaldo
from datos.respaldo_reloj import respaldar_si_cambio
from datos.respaldo_revisar import Marca, abrir_copia
from datos.respaldos import A_MANO, listar
from datos.respuestas import Respuesta, contestar
from tests.test_cargas import base_vacia, cargar_acta, guardar, llena
from tests.test_escritura import contenido

__all__ = ["base_vacia"]
# No se parece a nada: si está en un archivo, es porque alguien lo dejó.
MARCA = "Zq7Kx0Vw9Yt4Lm2Rb8"
MOTIVO = "Traía un nombre y lo pidió su titular"
LECTURA = Lectura("recomendacion", "TIC", "organizacion", (), f"Dudé de {MARCA}.")


@pytest.fixture
def ruta(base_vacia: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(base_vacia, tmp_path / "base.duckdb"))


@pytest.fixture
def con(ruta: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DuckDBPyConnection]:
    # Así la marca se ve en los bytes: comprimida podría no verse y estar.
    monkeypatch.setitem(AJUSTES, "force_compression", "uncompressed")
    with abrir(ruta, escribe=True) as abierta:
        yield abierta


def donde_esta(carpeta_: Path) -> set[str]:
    """Los archivos con la marca, en sus bytes o en lo que dicen sus tablas."""
    con_marca = set()
    for archivo in (a for a in carpeta_.rglob("*") if a.is_file()):
        if MARCA.encode() in archivo.read_bytes() or _dice(archivo):
            con_marca.add(str(archivo.relative_to(carpeta_)))
    return con_marca


def _dice(archivo: Path) -> bool:
    if archivo.suffix != ".duckdb":
        return False
    with duckdb.connect(str(archivo), read_only=True) as con:
        tablas = con.execute("select table_name from duckdb_tables()").fetchall()
        return any(
            MARCA in str(con.execute(f"select * from {t}").fetchall())
            for (t,) in tablas
        )


def acta(con: DuckDBPyConnection, ruta: Path, cambio: str = MARCA) -> str:
    """Carga un acta con la marca en un enunciado y devuelve la carga."""
    acuse, _ = cargar_acta(con, ruta, llena(con, f" {cambio}"))
    return acuse.carga_id


def enunciado(con: DuckDBPyConnection) -> str:
    sql = "select enunciado_id from enunciados where contains(texto, ?)"
    ((clave,),) = con.execute(sql, [MARCA]).fetchall()
    return str(clave)


def trabajar(con: DuckDBPyConnection) -> None:
    """Lee el enunciado marcado, responde el otro y deja la marca en los registros."""
    suyo = enunciado(con)
    guardar_lectura(con, "ana", suyo, "v1", LECTURA, None)
    guardar_lectura(con, "ana", suyo, "v1", replace(LECTURA, nota=f"{MARCA} otra"), 1)
    dicho = f"Se hará {MARCA}."
    respuesta = Respuesta("Unidad", "aceptada", "pendiente", accion=dicho)
    contestar(con, "ana", [suyo.replace("-02", "-01")], respuesta)


def normal(con: DuckDBPyConnection) -> dict[str, object]:
    """Lo que no se deriva de otra cosa, sin el rastro ni quién alguna vez codificó."""
    return {
        tabla: filas
        for tabla, filas in contenido(con).items()
        if not tabla.startswith("lectura_") and tabla != "codificadores"
    }


def hacerlo(ruta: Path, carga_id: str, *, con_copias: bool = True) -> Borrada:
    return borrar(ruta, carga_id, "consola", MOTIVO, con_copias=con_copias)


def test_no_queda_un_byte_en_ninguna_parte_y_lo_demas_queda_igual(
    con: DuckDBPyConnection, ruta: Path
) -> None:
    guardar(con, ruta)
    antes = normal(con)
    suya = acta(con, ruta)
    trabajar(con)
    respaldar_si_cambio(con, ruta, A_MANO, abrir_copia)
    con.close()
    assert "base.duckdb" in donde_esta(ruta.parent)
    hecha = hacerlo(ruta, suya)
    assert hecha.filas["enunciados"] == 3 and hecha.filas["respuestas"] == 1
    assert [c.clase for c in hecha.copias] == [RESPALDO]
    assert donde_esta(ruta.parent) == set()
    assert next(r.archivo for r in listar(ruta) if r.sirve) == hecha.respaldo
    with abrir(ruta, escribe=True) as otra:
        assert normal(otra) == antes


def test_queda_que_se_borro_quien_cuando_y_por_que_y_se_puede_seguir_cargando(
    con: DuckDBPyConnection, ruta: Path
) -> None:
    guardar(con, ruta)
    suya = acta(con, ruta)
    trabajar(con)
    ((antes,),) = con.execute("select max(bitacora_id) from bitacora").fetchall()
    con.close()
    hacerlo(ruta, suya)
    with abrir(ruta, escribe=True) as otra:
        ((numero, quien, despues),) = otra.execute(
            "select bitacora_id, quien, despues from bitacora where accion = 'borrar'"
        ).fetchall()
        assert numero > antes and quien == "consola" and MOTIVO in despues
        # De lo que se hizo queda el renglón, con una nota en lugar del texto.
        notas = otra.execute(
            "select distinct quien, despues from bitacora where tabla = 'lecturas'"
            " and quien = 'ana'"
        ).fetchall()
        assert notas == [("ana", '{"borrado": true}')]
        ((archivo, resumen),) = otra.execute(
            "select archivo, resumen from cargas where carga_id = ?", [suya]
        ).fetchall()
        assert archivo == "borrado" and MOTIVO in resumen
        # El mismo archivo, ya sin el dato, se puede cargar.
        acta(otra, ruta, "sin nada")
        with pytest.raises(ErrorDeDatos, match="ya se borró"):
            averiguar(otra, suya)


def test_sin_pedirlo_las_copias_se_nombran_y_no_se_tocan(
    con: DuckDBPyConnection, ruta: Path, tmp_path: Path
) -> None:
    guardar(con, ruta)
    suya = acta(con, ruta)
    respaldo = respaldar_si_cambio(con, ruta, A_MANO, abrir_copia)
    assert respaldo is not None
    con.close()
    destino = ruta.with_name("base.duckdb.publicaciones")
    publicada = publicar(ruta, destino)
    sha = abierta_sha(ruta, suya)
    borrador = ruta.with_name("base.duckdb.borradores") / "uno.json"
    borrador.parent.mkdir()
    borrador.write_text(f'{{"sha256": "{sha}", "texto": "{MARCA}"}}')
    hecha = hacerlo(ruta, suya, con_copias=False)
    halladas = {c.clase: c.archivo for c in hecha.copias}
    assert halladas == {
        RESPALDO: respaldo.archivo, PUBLICACION: publicada.carpeta, BORRADOR: borrador
    }  # fmt: skip
    assert all(archivo.exists() for archivo in halladas.values())
    # Del respaldo que se hace al terminar, nada.
    assert MARCA.encode() not in hecha.respaldo.read_bytes()
    quitar_copias(ruta, hecha.copias)
    assert donde_esta(tmp_path) == set()
    assert vigente(destino).carpeta != publicada.carpeta


def abierta_sha(ruta: Path, carga_id: str) -> str:
    with duckdb.connect(str(ruta), read_only=True) as con:
        sql = "select sha256 from cargas where carga_id = ?"
        ((sha,),) = con.execute(sql, [carga_id]).fetchall()
    return str(sha)


def test_de_una_version_corregida_se_va_la_anterior_y_la_nueva_sigue(
    con: DuckDBPyConnection, ruta: Path
) -> None:
    guardar(con, ruta)
    sin_actas = normal(con)
    primera = acta(con, ruta)
    segunda = acta(con, ruta, "ya sin el dato")
    antes = con.execute("select texto from lectura_enunciados order by 1").fetchall()
    con.close()
    hacerlo(ruta, primera)
    assert donde_esta(ruta.parent) == set()
    with abrir(ruta, escribe=True) as otra:
        ahora = otra.execute("select texto from lectura_enunciados order by 1")
        assert ahora.fetchall() == antes
        # Y deshacer la que queda lleva a antes de las dos.
        deshacer(otra, ruta, segunda, "ana")
        assert normal(otra) == sin_actas


def test_lo_deshecho_tambien_se_borra_sin_tocar_lo_que_se_cargo_de_nuevo(
    con: DuckDBPyConnection, ruta: Path
) -> None:
    guardar(con, ruta)
    primera = acta(con, ruta)
    deshacer(con, ruta, primera, "ana")
    acta(con, ruta, "ya sin el dato")
    antes = normal(con)
    con.close()
    hacerlo(ruta, primera)
    assert donde_esta(ruta.parent) == set()
    with abrir(ruta, escribe=True) as otra:
        assert normal(otra) == antes


def test_sobre_lo_que_se_apoya_otra_carga_no_se_borra(
    con: DuckDBPyConnection, ruta: Path
) -> None:
    informe = guardar(con, ruta).carga_id
    de_acta = acta(con, ruta)
    con.close()
    antes = ruta.read_bytes()
    with pytest.raises(ErrorDeDatos, match=f"se apoya otra carga, {de_acta}"):
        hacerlo(ruta, informe)
    assert ruta.read_bytes() == antes
    hacerlo(ruta, de_acta)
    hacerlo(ruta, informe)
    with abrir(ruta) as otra:
        assert otra.execute("select count(*) from dialogos").fetchall() == [(0,)]
        assert otra.execute("select count(*) from documentos").fetchall() == [(0,)]


def test_del_texto_adjunto_no_queda_nada_y_el_documento_sigue(
    con: DuckDBPyConnection, ruta: Path
) -> None:
    guardar(con, ruta)
    con.execute("update documentos set texto = null")

    def adjuntar(anotador: Anotador) -> str:
        ((documento,),) = con.execute("select documento_id from documentos").fetchall()
        anotador.cambiar("documentos", {"documento_id": documento},
                         {"texto": f"El texto {MARCA}."})  # fmt: skip
        return "Se adjuntó."

    suya = escribir(con, ruta, "ana", Archivo("i.txt", "c" * 64, "texto"), adjuntar)
    con.close()
    hacerlo(ruta, suya.carga_id)
    assert donde_esta(ruta.parent) == set()
    with abrir(ruta) as otra:
        assert otra.execute("select texto from documentos").fetchall() == [(None,)]


def test_solo_quien_administra_borra(con: DuckDBPyConnection, ruta: Path) -> None:
    suya = guardar(con, ruta).carga_id
    con.close()
    antes = ruta.read_bytes()
    edita = Persona("ana", Rol.EDICION)
    with permisos.actuando(edita), pytest.raises(SinPermiso):
        borrar(ruta, suya, "ana", MOTIVO)
    jefa = Persona("jefa", Rol.ADMINISTRACION)
    with permisos.actuando(jefa), pytest.raises(SinPermiso, match="se firma «jefa»"):
        borrar(ruta, suya, "otra", MOTIVO)
    assert ruta.read_bytes() == antes


@pytest.mark.parametrize("motivo", ["", "no", "Lo pidió 12.345.678-5 por correo"])
def test_sin_un_motivo_que_se_pueda_escribir_no_se_borra(
    con: DuckDBPyConnection, ruta: Path, motivo: str
) -> None:
    suya = guardar(con, ruta).carga_id
    con.close()
    with pytest.raises(ErrorDeDatos, match=r"motivo|por qué"):
        borrar(ruta, suya, "ana", motivo)


def test_una_base_en_uso_no_se_toca(con: DuckDBPyConnection, ruta: Path) -> None:
    suya = guardar(con, ruta).carga_id
    # En este proceso está abierta para escribir; en otro sería el cerrojo.
    with pytest.raises((ErrorDeDatos, duckdb.Error)):
        hacerlo(ruta, suya)
    assert con.execute("select count(*) from dialogos").fetchall() == [(1,)]


def test_si_algo_falla_a_medio_camino_la_base_queda_como_estaba(
    con: DuckDBPyConnection, ruta: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guardar(con, ruta)
    suya = acta(con, ruta)
    con.close()
    antes = ruta.read_bytes()

    def falla(*_: object) -> Marca:
        raise OSError("sin espacio")

    monkeypatch.setattr(modulo, "revisar_a_fondo", falla)
    with pytest.raises(ErrorDeDatos, match="sigue como estaba"):
        hacerlo(ruta, suya)
    assert ruta.read_bytes() == antes
    assert not list(ruta.parent.glob(".*nueva*"))


def test_por_consola_se_ve_se_confirma_y_se_borra(
    con: DuckDBPyConnection, ruta: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    guardar(con, ruta)
    suya = acta(con, ruta)
    con.close()
    pedido = [suya, "--bd", str(ruta), "--motivo", MOTIVO]
    assert main([*pedido, "--ver"]) == 0
    assert "enunciados: 3" in capsys.readouterr().out
    monkeypatch.setattr("builtins.input", lambda _: "no")
    assert main(pedido) == 1
    assert "sigue como estaba" in capsys.readouterr().err
    monkeypatch.setattr("builtins.input", lambda _: "borrar")
    assert main([*pedido, "--con-respaldos"]) == 0
    assert "Se quitaron las copias" in capsys.readouterr().out
    assert donde_esta(ruta.parent) == set()
    assert main([*pedido, "--si"]) == 1
    assert "ya se borró" in capsys.readouterr().err


def test_dice_hasta_cuando_la_rotacion_guarda_cada_respaldo(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sirve = Marca(7, "", 0, {})
    reloj = Respaldo(Path("r-1.duckdb"), 1, "2026-11-25T10:00:00", "", sirve)
    assert hasta_cuando(reloj) == "hasta 11-2027, si algo cambia cada mes"
    de_carga = replace(reloj, archivo=Path("c-1.duckdb"))
    assert hasta_cuando(de_carga).endswith("; o hasta que haya otras 10 cargas")
    a_mano = replace(reloj, archivo=Path("m-1.duckdb"))
    assert hasta_cuando(a_mano) == "hasta que alguien la quite"
    monkeypatch.setenv("TABLERO_RESPALDOS_MESES", "0")
    assert hasta_cuando(reloj) == "hasta 14 días con cambios después del 25-11-2026"

"""Un borrador sobrevive a lo que pase, y dos ventanas no se pisan."""

import json
import os
import resource
import signal
import stat
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datos.borradores import (
    DANADO,
    Ficha,
    guardar,
    leer,
    listar,
    nueva_clave,
    quitar,
)
from datos.errores import ErrorDeDatos
from datos.leido import Candidato, Hoja, InformeLeido, Planilla, Seccion, Texto
from datos.registros import a_json, de_json
from tests.conftest import RAIZ

AHORA = datetime(2026, 3, 4, 15, 30, tzinfo=UTC)
DESPUES = AHORA + timedelta(minutes=5)
CLAVE = "borrador-de_prueba-1"


def _contenido(texto: str = "Una oración con eñe y «comillas».") -> dict[str, object]:
    return {
        "titulo": "Informe de prueba",
        "datos": {"texto": texto, "lista": [1, None]},
    }


def test_lo_guardado_se_lee_igual_con_sus_sellos(tmp_path: Path) -> None:
    carpeta = tmp_path / "aun" / "no-existe"
    assert guardar(carpeta, CLAVE, _contenido(), AHORA, 0) == 1
    esperado = _contenido() | {
        "version": 1,
        "creado": AHORA.isoformat(),
        "cambiado": AHORA.isoformat(),
    }
    assert leer(carpeta, CLAVE) == esperado


def test_lo_leido_se_puede_guardar_y_conserva_cuando_se_creo(tmp_path: Path) -> None:
    guardar(tmp_path, CLAVE, _contenido(), AHORA, 0)
    leido = leer(tmp_path, CLAVE) | {"datos": "otros", "creado": "1900-01-01"}
    assert guardar(tmp_path, CLAVE, leido, DESPUES, 1) == 2
    assert leer(tmp_path, CLAVE) == {
        "titulo": "Informe de prueba",
        "datos": "otros",
        "version": 2,
        "creado": AHORA.isoformat(),
        "cambiado": DESPUES.isoformat(),
    }


def test_nadie_mas_del_equipo_puede_leerlo(tmp_path: Path) -> None:
    carpeta = tmp_path / "borradores"
    guardar(carpeta, CLAVE, _contenido(), AHORA, 0)
    (archivo,) = carpeta.iterdir()
    assert archivo.name == f"{CLAVE}.json"
    assert stat.S_IMODE(archivo.stat().st_mode) == 0o600
    assert stat.S_IMODE(carpeta.stat().st_mode) == 0o700


def test_otro_proceso_lo_encuentra(tmp_path: Path) -> None:
    guardar(tmp_path, CLAVE, _contenido("Sigue aquí."), AHORA, 0)
    programa = (
        "import sys; from pathlib import Path; from datos.borradores import leer;"
        "print(leer(Path(sys.argv[1]), sys.argv[2])['datos']['texto'])"
    )
    orden = [sys.executable, "-c", programa, str(tmp_path), CLAVE]
    salida = subprocess.run(orden, capture_output=True, text=True, cwd=RAIZ, check=True)
    assert salida.stdout == "Sigue aquí.\n"


@pytest.mark.parametrize("version", [0, 1, 3, -1])
def test_con_otra_version_no_se_guarda(tmp_path: Path, version: int) -> None:
    guardar(tmp_path, CLAVE, _contenido("uno"), AHORA, 0)
    guardar(tmp_path, CLAVE, _contenido("dos"), AHORA, 1)
    antes = leer(tmp_path, CLAVE)
    with pytest.raises(ErrorDeDatos, match="otra ventana lo cambió"):
        guardar(tmp_path, CLAVE, _contenido("tres"), DESPUES, version)
    assert leer(tmp_path, CLAVE) == antes


def test_lo_que_otra_ventana_quito_no_revive(tmp_path: Path) -> None:
    guardar(tmp_path, CLAVE, _contenido(), AHORA, 0)
    quitar(tmp_path, CLAVE)
    for intento in (
        lambda: guardar(tmp_path, CLAVE, _contenido(), AHORA, 1),
        lambda: leer(tmp_path, CLAVE),
        lambda: quitar(tmp_path, CLAVE),
    ):
        with pytest.raises(ErrorDeDatos, match="Ese borrador ya no está"):
            intento()
    assert list(tmp_path.iterdir()) == []


def test_las_claves_nuevas_no_se_repiten_y_sirven(tmp_path: Path) -> None:
    claves = {nueva_clave() for _ in range(500)}
    assert len(claves) == 500
    for clave in list(claves)[:20]:
        guardar(tmp_path, clave, _contenido(), AHORA, 0)
    assert len(listar(tmp_path)) == 20


@pytest.mark.parametrize(
    "clave",
    [
        *("", ".", "..", "../otro", "/etc/passwd", "a/b", "a\\b", "a.json", "a b"),
        *("a\0", "a\n", "ñandú", "x" * 65, "x" * 100_000, "%2e%2e", "a\u200b"),
    ],
)
def test_una_clave_de_otra_forma_no_llega_al_disco(tmp_path: Path, clave: str) -> None:
    carpeta = tmp_path / "borradores"
    for intento in (
        lambda: guardar(carpeta, clave, _contenido(), AHORA, 0),
        lambda: leer(carpeta, clave),
        lambda: quitar(carpeta, clave),
    ):
        with pytest.raises(ErrorDeDatos, match="no tiene la forma debida"):
            intento()
    assert list(tmp_path.iterdir()) == []


BUENO = '"titulo": "T", "datos": 1'
MOMENTOS = '"creado": "2026-03-04", "cambiado": "2026-03-04"'


@pytest.mark.parametrize(
    "crudo",
    [
        b"",
        b"{",
        b"[1, 2]",
        b"null",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b"1" * 10_000,
        f'{{"version": 1, {BUENO}, {MOMENTOS}'.encode(),
        f'{{"version": 1, {BUENO}}}'.encode(),
        f'{{"version": true, {BUENO}, {MOMENTOS}}}'.encode(),
        f'{{"version": "1", {BUENO}, {MOMENTOS}}}'.encode(),
        f'{{"version": 1, "titulo": null, "datos": 1, {MOMENTOS}}}'.encode(),
        f'{{"version": 1, "titulo": "T", {MOMENTOS}}}'.encode(),
        f'{{"version": 1, {BUENO}, "creado": "ayer", "cambiado": "hoy"}}'.encode(),
    ],
)
def test_uno_danado_lo_dice_y_queda_en_su_lugar(tmp_path: Path, crudo: bytes) -> None:
    archivo = tmp_path / f"{CLAVE}.json"
    archivo.write_bytes(crudo)
    for intento in (
        lambda: leer(tmp_path, CLAVE),
        lambda: guardar(tmp_path, CLAVE, _contenido(), AHORA, 0),
        lambda: guardar(tmp_path, CLAVE, _contenido(), AHORA, 1),
    ):
        with pytest.raises(ErrorDeDatos, match=r"está dañado: .+ respaldo o quítelo"):
            intento()
        assert archivo.read_bytes() == crudo
    assert listar(tmp_path) == (Ficha(CLAVE, DANADO, None, None),)
    quitar(tmp_path, CLAVE)
    assert listar(tmp_path) == ()


def test_una_carpeta_con_nombre_de_borrador_no_hace_fallar_la_lista(
    tmp_path: Path,
) -> None:
    (tmp_path / f"{CLAVE}.json").mkdir()
    assert [ficha.titulo for ficha in listar(tmp_path)] == [DANADO]
    with pytest.raises(ErrorDeDatos, match="está dañado"):
        leer(tmp_path, CLAVE)
    with pytest.raises(ErrorDeDatos, match="No se pudo quitar"):
        quitar(tmp_path, CLAVE)


def test_la_lista_va_del_ultimo_cambiado_al_primero(tmp_path: Path) -> None:
    # En UTC son las 15:00: se ordena por el momento y no por el texto.
    chile = datetime.fromisoformat("2026-03-04T12:00:00-03:00")
    guardar(tmp_path, "a", _contenido() | {"titulo": "Medio"}, AHORA, 0)
    guardar(tmp_path, "b", _contenido() | {"titulo": "Último"}, chile, 0)
    guardar(tmp_path, "b", _contenido() | {"titulo": "Último"}, DESPUES, 1)
    guardar(tmp_path, "c", _contenido() | {"titulo": "Primero"}, chile, 0)
    (tmp_path / "d.json").write_text("roto")
    (tmp_path / "no es clave.json").write_text("ajeno")
    (tmp_path / "LEAME.txt").write_text("ajeno")
    assert listar(tmp_path) == (
        Ficha("b", "Último", chile.astimezone(UTC), DESPUES),
        Ficha("a", "Medio", AHORA, AHORA),
        Ficha("c", "Primero", chile.astimezone(UTC), chile.astimezone(UTC)),
        Ficha("d", DANADO, None, None),
    )
    assert listar(tmp_path / "no-existe") == ()


@pytest.mark.parametrize(
    "contenido",
    [
        {"datos": 1},
        {"titulo": 5, "datos": 1},
        {"titulo": "T"},
        {"titulo": "T", "datos": {1, 2}},
        {"titulo": "T", "datos": float("nan")},
        {"titulo": "T", "datos": AHORA},
    ],
)
def test_lo_que_no_se_podria_leer_no_se_guarda(
    tmp_path: Path, contenido: dict[str, object]
) -> None:
    guardar(tmp_path, CLAVE, _contenido(), AHORA, 0)
    antes = leer(tmp_path, CLAVE)
    with pytest.raises(ErrorDeDatos, match="El borrador no se guardó"):
        guardar(tmp_path, CLAVE, contenido, AHORA, 1)
    assert leer(tmp_path, CLAVE) == antes
    assert len(list(tmp_path.iterdir())) == 1


def test_sin_espacio_queda_la_version_anterior_y_ningun_resto(tmp_path: Path) -> None:
    guardar(tmp_path, CLAVE, _contenido("cabe"), AHORA, 0)
    antes = leer(tmp_path, CLAVE)
    blando, duro = resource.getrlimit(resource.RLIMIT_FSIZE)
    # El sistema corta de verdad la escritura a los 2 KB, como un disco que se llena.
    resource.setrlimit(resource.RLIMIT_FSIZE, (2048, duro))
    try:
        with pytest.raises(ErrorDeDatos, match="no queda espacio en el disco"):
            guardar(tmp_path, CLAVE, _contenido("x" * 100_000), AHORA, 1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (blando, duro))
    assert leer(tmp_path, CLAVE) == antes
    assert len(list(tmp_path.iterdir())) == 1
    assert guardar(tmp_path, CLAVE, _contenido("y" * 100_000), AHORA, 1) == 2


def test_el_resto_de_un_proceso_muerto_no_se_lista_y_se_barre(tmp_path: Path) -> None:
    (tmp_path / ".abc123.tmp").write_text("a medias")
    assert listar(tmp_path) == ()
    guardar(tmp_path, CLAVE, _contenido(), AHORA, 0)
    assert [archivo.name for archivo in tmp_path.iterdir()] == [f"{CLAVE}.json"]


def test_si_la_carpeta_es_un_archivo_lo_explica(tmp_path: Path) -> None:
    (tmp_path / "borradores").write_text("no soy una carpeta")
    with pytest.raises(ErrorDeDatos, match="No se pudo guardar el borrador"):
        guardar(tmp_path / "borradores", CLAVE, _contenido(), AHORA, 0)


ESCRIBE_SIN_PARAR = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from datos.borradores import guardar, leer
carpeta, version = Path(sys.argv[1]), 0
while True:
    contenido = {"titulo": "T", "datos": [version] * 200_000}
    version = guardar(carpeta, "muere", contenido, datetime.now(UTC), version)
    print(version, flush=True)
"""


def test_matar_al_que_escribe_no_deja_un_borrador_a_medias(tmp_path: Path) -> None:
    for vuelta in range(4):
        carpeta = tmp_path / str(vuelta)
        orden = [sys.executable, "-c", ESCRIBE_SIN_PARAR, str(carpeta)]
        with subprocess.Popen(orden, stdout=subprocess.PIPE, cwd=RAIZ) as proceso:
            assert proceso.stdout is not None
            assert proceso.stdout.readline() == b"1\n"
            time.sleep(0.013 * vuelta)
            os.kill(proceso.pid, signal.SIGKILL)
            dichas = proceso.stdout.read().split()
        leido = leer(carpeta, "muere")
        version = leido["version"]
        assert isinstance(version, int)
        assert version >= int(dichas[-1] if dichas else 1)
        assert leido["datos"] == [version - 1] * 200_000
        # El cerrojo murió con su dueño, y el siguiente barre lo que haya dejado.
        guardar(carpeta, "muere", leido, AHORA, version)
        assert [archivo.name for archivo in carpeta.iterdir()] == ["muere.json"]


def _sumar(carpeta: Path, quien: str, veces: int) -> None:
    """Agrega `veces` marcas al borrador, releyéndolo cuando otro llegó antes."""
    hechas = 0
    while hechas < veces:
        leido = leer(carpeta, CLAVE)
        version, datos = leido["version"], leido["datos"]
        assert isinstance(version, int)
        assert isinstance(datos, list)
        nuevo = leido | {"datos": [*datos, f"{quien}-{hechas}-{'x' * 2000}"]}
        try:
            guardar(carpeta, CLAVE, nuevo, AHORA, version)
            hechas += 1
        except ErrorDeDatos as error:
            assert "otra ventana lo cambió" in str(error)


def test_muchos_a_la_vez_no_pierden_ni_mezclan_nada(tmp_path: Path) -> None:
    veces = 8
    guardar(tmp_path, CLAVE, {"titulo": "T", "datos": []}, AHORA, 0)
    # No con multiprocessing: repetiría en el hijo el último guion que corrió AppTest.
    orden = (
        "import sys; from pathlib import Path; from tests.test_borradores import _sumar"
        f"; _sumar(Path(sys.argv[1]), sys.argv[2], {veces})"
    )
    procesos = [
        subprocess.Popen(
            [sys.executable, "-c", orden, str(tmp_path), f"proceso{n}"], cwd=RAIZ
        )
        for n in range(2)
    ]
    hilos = [
        threading.Thread(target=_sumar, args=(tmp_path, f"hilo{n}", veces))
        for n in range(3)
    ]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(60)
    assert [proceso.wait(60) for proceso in procesos] == [0, 0]
    leido = leer(tmp_path, CLAVE)
    nombres = [*(f"proceso{n}" for n in range(2)), *(f"hilo{n}" for n in range(3))]
    esperados = {f"{q}-{n}-{'x' * 2000}" for q in nombres for n in range(veces)}
    assert isinstance(leido["datos"], list)
    assert sorted(leido["datos"]) == sorted(esperados)
    assert leido["version"] == 1 + len(esperados)


def test_de_dos_que_crean_el_mismo_gana_uno(tmp_path: Path) -> None:
    salida = threading.Barrier(8)
    ganaron: list[int] = []

    def crear(cual: int) -> None:
        salida.wait()
        try:
            guardar(tmp_path, CLAVE, _contenido(str(cual) * 50_000), AHORA, 0)
            ganaron.append(cual)
        except ErrorDeDatos as error:
            assert "otra ventana lo cambió" in str(error)

    hilos = [threading.Thread(target=crear, args=(cual,)) for cual in range(8)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(60)
    (ganador,) = ganaron
    assert leer(tmp_path, CLAVE)["datos"] == _contenido(str(ganador) * 50_000)["datos"]


@given(st.from_type(InformeLeido) | st.from_type(Candidato) | st.from_type(Planilla))
def test_ida_y_vuelta_de_lo_leido(valor: InformeLeido | Candidato | Planilla) -> None:
    crudo = json.loads(json.dumps(a_json(valor)))
    rehecho = de_json(type(valor), crudo)
    assert rehecho == valor
    assert repr(rehecho) == repr(valor)


@given(st.lists(st.from_type(Candidato), max_size=5).map(tuple))
def test_ida_y_vuelta_de_muchos_candidatos(valor: tuple[Candidato, ...]) -> None:
    assert (
        de_json(tuple[Candidato, ...], json.loads(json.dumps(a_json(valor)))) == valor
    )


@dataclass(frozen=True)
class _Raro:
    decimal: float


@pytest.mark.parametrize("valor", [1.5, {1}, b"x", AHORA, [1], _Raro(0.5), Candidato])
def test_lo_que_no_sabe_guardar_lo_dice(valor: object) -> None:
    with pytest.raises(ErrorDeDatos, match="no guarda valores de tipo"):
        a_json(valor)


CANDIDATO = {"tema": 1, "parrafo": 2, "desde": 3, "hasta": 9, "texto": "Algo."}


@pytest.mark.parametrize(
    ("cambio", "motivo"),
    [
        ({"tema": "1"}, "en «Candidato.tema» hay un texto"),
        ({"tema": True}, "en «Candidato.tema» hay sí o no"),
        ({"tema": 1.0}, "en «Candidato.tema» hay un decimal"),
        ({"tema": None}, "en «Candidato.tema» hay nada"),
        ({"texto": 5}, "en «Candidato.texto» hay un entero"),
        ({"tipo": []}, "en «Candidato.tipo» hay una lista"),
        ({"reglas": "ab"}, "en «Candidato.reglas» hay un texto"),
        ({"reglas": ["a", None]}, r"en «Candidato.reglas\[1\]» hay nada"),
        ({"reglas": {"a": 1}}, "en «Candidato.reglas» hay un registro"),
        ({"novedad": 1}, "sobra «Candidato.novedad»"),
    ],
)
def test_una_forma_que_no_calza_nombra_el_lugar(
    cambio: dict[str, object], motivo: str
) -> None:
    with pytest.raises(ErrorDeDatos, match=motivo):
        de_json(Candidato, CANDIDATO | cambio)


@pytest.mark.parametrize("falta", CANDIDATO)
def test_un_campo_que_falta_se_nombra(falta: str) -> None:
    crudo = {nombre: valor for nombre, valor in CANDIDATO.items() if nombre != falta}
    with pytest.raises(ErrorDeDatos, match=f"falta «Candidato.{falta}»"):
        de_json(Candidato, crudo)


def test_un_campo_con_valor_de_partida_puede_faltar() -> None:
    assert de_json(Candidato, CANDIDATO) == Candidato(1, 2, 3, 9, "Algo.")
    assert de_json(Texto, {"formato": "txt", "texto": "a"}) == Texto("txt", "a")


def test_el_lugar_de_una_falta_honda_se_dice_entero() -> None:
    hoja = a_json(Planilla("csv", (Hoja("h", (("a", None), ("b", "c"))),)))
    texto = json.dumps(hoja).replace('"c"', "3")
    with pytest.raises(ErrorDeDatos, match=r"«Planilla.hojas\[0\].filas\[1\]\[1\]»"):
        de_json(Planilla, json.loads(texto))


@pytest.mark.parametrize("crudo", [None, 1, "x", [], [CANDIDATO]])
def test_lo_que_no_es_un_registro_se_rechaza(crudo: object) -> None:
    with pytest.raises(ErrorDeDatos, match="no calza"):
        de_json(Seccion, crudo)


def test_una_tupla_de_largo_fijo_va_y_vuelve_con_cada_tipo_en_su_lugar() -> None:
    @dataclass(frozen=True)
    class Emparejado:
        temas: tuple[tuple[int, int | None], ...]

    uno = Emparejado(((1, None), (2, 7)))
    assert de_json(Emparejado, a_json(uno)) == uno
    with pytest.raises(ErrorDeDatos, match="hay 1 valores"):
        de_json(Emparejado, {"temas": [[1]]})

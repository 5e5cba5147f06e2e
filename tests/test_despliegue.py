"""Lo de deploy/ que no pide más programas: la imagen, la composición y el servicio."""

import re
import shutil
import subprocess
from pathlib import Path
from urllib.request import urlopen

import pytest
import yaml  # type: ignore[import-untyped]
from streamlit import config

from tests import conftest
from tests.conftest import RAIZ

DEPLOY = RAIZ / "deploy"
IMAGEN = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
COMPOSICION = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
COPIAS_DE_LECTURA = (DEPLOY / "compose.copias.yaml").read_text(encoding="utf-8")
AGREGADO = yaml.safe_load(COPIAS_DE_LECTURA)
ORDENES = re.findall(r"^([A-Z]+) (.+)$", IMAGEN.replace("\\\n", " "), re.MULTILINE)
COPIAS = [resto.split() for orden, resto in ORDENES if orden == "COPY"]


def test_la_imagen_parte_de_una_base_fija_y_no_corre_como_root() -> None:
    bases = {resto.split()[0] for orden, resto in ORDENES if orden == "FROM"}
    (base,) = bases
    assert re.fullmatch(r"python:3\.11\.\d+-slim-bookworm", base)
    usuarios = [lugar for lugar, (orden, _) in enumerate(ORDENES) if orden == "USER"]
    assert usuarios and ORDENES[usuarios[-1]][1] == "10001"
    # Después de dejar de ser root no se instala ni se copia nada.
    assert not {"RUN", "COPY"} & {orden for orden, _ in ORDENES[usuarios[-1] :]}
    assert {"HEALTHCHECK", "VOLUME", "CMD"} <= {orden for orden, _ in ORDENES}
    assert "ADD" not in {orden for orden, _ in ORDENES}


def test_quien_construye_con_sus_archivos_cerrados_hace_una_imagen_que_parte() -> None:
    # Lo copiado conserva sus permisos: con umask 077 la cuenta del tablero no lo lee.
    (abre,) = [r for o, r in ORDENES if o == "RUN" and "chmod -R u=rwX,go=rX" in r]
    abiertos = set(abre.split("&&")[0].split())
    propios = [(o, d) for *o, d in COPIAS if o[0] != "--from=entorno" and d != "/tmp/"]
    assert propios
    for origenes, destino in propios:
        lugares = origenes if destino == "./" else [destino.rstrip("/")]
        assert set(lugares) <= abiertos


@pytest.mark.navegador
def test_lo_que_la_imagen_copia_basta_y_no_escribe_en_su_codigo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    casa = tmp_path / "imagen"
    sin = shutil.ignore_patterns("*.duckdb*", "__pycache__")
    for *origenes, destino in COPIAS:
        for origen in (RAIZ / nombre for nombre in origenes):
            if origen.is_dir():
                shutil.copytree(origen, casa / destino, ignore=sin)
            elif origen.is_file():
                (casa / destino).mkdir(parents=True, exist_ok=True)
                shutil.copy(origen, casa / destino)
    antes = sorted(casa.rglob("*"))
    datos = tmp_path / "datos"
    datos.mkdir()
    monkeypatch.setattr(conftest, "RAIZ", casa)
    monkeypatch.setenv("HOME", str(datos))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    with (
        conftest.servir(datos / "tablero.duckdb") as servidor,
        urlopen(f"{servidor.url}/api/enunciados.csv", timeout=20) as respuesta,
    ):
        assert respuesta.status == 200
    assert sorted(casa.rglob("*")) == antes


def test_a_la_imagen_no_van_ni_la_base_ni_los_secretos() -> None:
    reglas = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    entra = {regla[1:] for regla in reglas if regla.startswith("!")}
    pedidos = {n for *o, _ in COPIAS for n in o if not n.startswith(("--", "/"))}
    assert "*" in reglas and entra == pedidos
    assert reglas.index("**/*.duckdb*") > max(reglas.index(f"!{n}") for n in pedidos)


def test_en_la_composicion_solo_el_proxy_se_alcanza_y_nada_escribe_donde_no_debe() -> (
    None
):
    servicios = COMPOSICION["services"]
    assert [n for n, s in servicios.items() if "ports" in s] == ["proxy"]
    assert servicios["tablero"]["networks"] == ["interna", "identidad"]
    assert servicios["proxy"]["networks"] == ["interna", "afuera"]
    assert COMPOSICION["networks"]["interna"] == {"internal": True}
    for servicio in servicios.values():
        assert servicio["read_only"] and servicio["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in servicio["security_opt"]
        # Una coma sin comillas parte en dos lo que es uno.
        assert all(donde.startswith("/") for donde in servicio["tmpfs"])
    assert re.fullmatch(r"nginx:\d+\.\d+\.\d+-alpine", servicios["proxy"]["image"])


def test_en_la_composicion_se_para_como_en_systemd_y_el_proxy_sigue_a_los_nuevos() -> (
    None
):
    servicio = (DEPLOY / "tablero.service").read_text(encoding="utf-8")
    (plazo,) = re.findall(r"^TimeoutStopSec=(\d+)$", servicio, re.MULTILINE)
    todos = [COMPOSICION["services"], AGREGADO["services"]]
    atienden = [s for grupo in todos for s in grupo.values() if "build" in s]
    assert len(atienden) == 4
    for uno in atienden:
        # Sin init, Python es el proceso 1 y una orden de parar al partir se pierde.
        assert uno["init"] is True and uno["stop_grace_period"] == f"{plazo}s"
    esperas = [e for g in todos for e in g["proxy"]["depends_on"].values()]
    assert esperas == [{"condition": "service_healthy", "restart": True}] * 4


def test_toda_variable_que_se_pide_esta_en_el_ejemplo_o_en_la_plantilla() -> None:
    ejemplo = (DEPLOY / "ejemplo.env").read_text(encoding="utf-8")
    dichas = set(re.findall(r"^(\w+)=", ejemplo, re.MULTILINE))
    compose = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    pedidas = set(re.findall(r"\$\{(\w+):\?\}", compose))
    assert pedidas and pedidas <= dichas
    plantilla = (DEPLOY / "tablero.conf.template").read_text(encoding="utf-8")
    en_plantilla = set(re.findall(r"\$\{(\w+)\}", plantilla))
    assert en_plantilla <= set(COMPOSICION["services"]["proxy"]["environment"])


def test_los_limites_del_proxy_son_los_del_tablero() -> None:
    plantilla = (DEPLOY / "tablero.conf.template").read_text(encoding="utf-8")
    limite = config.get_option("server.maxUploadSize")
    assert f"client_max_body_size {limite + 1}m;" in plantilla
    assert f"más de lo que se admite: {limite} MB" in plantilla


@pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="no hay systemd en este equipo"
)
def test_systemd_entiende_el_servicio_y_lo_halla_encerrado(tmp_path: Path) -> None:
    texto = (DEPLOY / "tablero.service").read_text(encoding="utf-8")
    unidad = tmp_path / "tablero.service"
    # El programa no está instalado en este equipo; lo demás queda igual.
    orden = texto.replace("/opt/tablero/.venv/bin/streamlit", "/bin/true")
    unidad.write_text(orden, encoding="utf-8")
    for pedido in (["verify"], ["security", "--offline=yes", "--threshold=20"]):
        corrida = subprocess.run(
            ["systemd-analyze", *pedido, str(unidad)], capture_output=True, text=True
        )
        dicho = corrida.stdout + corrida.stderr
        assert corrida.returncode == 0, dicho
        assert "Unknown" not in dicho and "ignoring" not in dicho


def test_las_copias_solo_leen_lo_publicado_y_comparten_la_clave() -> None:
    servicios = AGREGADO["services"]
    copias = {n: s for n, s in servicios.items() if n.startswith("copia-")}
    assert len(copias) == 3
    clave = "STREAMLIT_SERVER_COOKIE_SECRET"
    comunes = {clave, "TABLERO_PUBLICACIONES", "TABLERO_EXPORTACIONES"}
    escribe = servicios["tablero"]["environment"]
    for copia in copias.values():
        assert copia["volumes"][0] == "publicado:/publicado:ro"
        assert not any(str(v).startswith("datos:") for v in copia["volumes"])
        assert copia["read_only"] and copia["cap_drop"] == ["ALL"]
        assert copia["networks"] == COMPOSICION["services"]["tablero"]["networks"]
        assert {n: copia["environment"][n] for n in comunes} == escribe
    atienden = servicios["proxy"]["environment"]["TABLERO_COPIAS"]
    assert re.findall(r"server ([\w-]+):8501;", atienden) == list(copias)
    ejemplo = (DEPLOY / "ejemplo.env").read_text(encoding="utf-8")
    for pedida in re.findall(r"\$\{(\w+):\?\}", COPIAS_DE_LECTURA):
        assert f"{pedida}=" in ejemplo

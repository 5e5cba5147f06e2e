"""La configuración de nginx de deploy/, con un nginx y un Chromium de verdad."""

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from string import Template

import pytest
from playwright.sync_api import Browser, expect

from tablero.cabeceras import CABECERAS
from tests.conftest import RAIZ, copia, puerto_libre, servir
from tests.visitas import Visita, pulsar_barra

pytestmark = pytest.mark.navegador

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
OPENSSL = shutil.which("openssl")
# Todo navegador entiende que .localhost es este equipo.
NOMBRE = "tablero.localhost"
PLANTILLA = RAIZ / "deploy" / "tablero.conf.template"
MARCO = """daemon off;
{usuario}
pid {carpeta}/nginx.pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {carpeta}/cuerpos;
    proxy_temp_path {carpeta}/respuestas;
    fastcgi_temp_path {carpeta}/f;
    uwsgi_temp_path {carpeta}/u;
    scgi_temp_path {carpeta}/s;
    include {carpeta}/tablero.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """Un nginx en marcha: sus dos puertos y el certificado que presenta."""

    claro: int
    cifrado: int
    certificado: Path

    def pedir(
        self, camino: str, metodo: str = "GET", nombre: str = NOMBRE, **cabeceras: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Pide algo por TLS, con el certificado verificado."""
        confianza = ssl.create_default_context(cafile=str(self.certificado))
        enchufe = socket.create_connection(("127.0.0.1", self.cifrado), timeout=30)
        conexion = http.client.HTTPConnection(nombre, self.cifrado)
        with enchufe, closing(conexion):
            conexion.sock = confianza.wrap_socket(enchufe, server_hostname=nombre)
            propias = {n.replace("_", "-"): v for n, v in cabeceras.items()}
            conexion.request(metodo, camino, headers=propias)
            with conexion.getresponse() as respuesta:
                dichas = {n.lower(): v for n, v in respuesta.getheaders()}
                return respuesta.status, dichas, respuesta.read()


def certificar(carpeta: Path) -> Path:
    """Hace un certificado propio para NOMBRE y devuelve su ruta."""
    assert OPENSSL
    certificado = carpeta / "fullchain.pem"
    subprocess.run(
        [OPENSSL, "req", "-x509", "-newkey", "ec", "-pkeyopt",
         "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
         f"/CN={NOMBRE}", "-addext", f"subjectAltName=DNS:{NOMBRE}", "-keyout",
         str(carpeta / "privkey.pem"), "-out", str(certificado)],
        check=True, capture_output=True,
    )  # fmt: skip
    return certificado


@contextmanager
def proxy_hacia(destino: str, carpeta: Path, *copias: str) -> Iterator[Proxy]:
    """Mantiene en marcha un nginx con la plantilla de deploy/ tal como es.

    En `destino` se escribe; leen de las `copias` o, si no las hay, de él.
    """
    if not NGINX or not OPENSSL:
        pytest.skip("No hay nginx u openssl. Instálelos con: make proxy")
    proxy = Proxy(puerto_libre(), puerto_libre(), certificar(carpeta))
    texto = Template(PLANTILLA.read_text(encoding="utf-8")).safe_substitute(
        TABLERO_NOMBRE=NOMBRE, TABLERO_DESTINO=destino, TABLERO_CERTIFICADO=carpeta,
        TABLERO_COPIAS=" ".join(f"server {copia};" for copia in copias or (destino,)),
    )  # fmt: skip
    # Los puertos de verdad piden ser root; lo demás queda igual.
    texto = texto.replace("listen 80", f"listen 127.0.0.1:{proxy.claro}")
    texto = texto.replace("listen 443", f"listen 127.0.0.1:{proxy.cifrado}")
    (carpeta / "tablero.conf").write_text(texto, encoding="utf-8")
    usuario = "user root;" if os.geteuid() == 0 else ""
    marco = carpeta / "nginx.conf"
    marco.write_text(MARCO.format(carpeta=carpeta, usuario=usuario), encoding="utf-8")
    orden = [NGINX, "-p", str(carpeta), "-c", str(marco), "-e", "stderr"]
    with (carpeta / "salida").open("w+", encoding="utf-8") as salida:
        proceso = subprocess.Popen(orden, stderr=salida)
        try:
            while not _abierto(proxy.cifrado):
                if proceso.poll() is not None:
                    salida.seek(0)
                    pytest.fail(f"nginx no partió:\n{salida.read()}")
                time.sleep(0.05)
            yield proxy
        finally:
            proceso.terminate()
            proceso.wait(timeout=20)


def _abierto(puerto: int) -> bool:
    with socket.socket() as enchufe:
        return enchufe.connect_ex(("127.0.0.1", puerto)) == 0


@pytest.fixture(scope="module")
def proxy(base_real: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """nginx delante de un tablero que solo atiende por el nombre público."""
    entorno = {
        "STREAMLIT_SERVER_ALLOWED_HOSTS": f"{NOMBRE} 127.0.0.1",
        "TABLERO_SIN_CUENTAS": "abierto",
    }
    with servir(copia(base_real, tmp_path_factory), entorno) as servidor:
        destino = servidor.url.removeprefix("http://")
        with proxy_hacia(destino, tmp_path_factory.mktemp("nginx")) as abierto:
            yield abierto


def test_la_pagina_funciona_por_el_proxy_con_tls_y_websocket(
    navegador: Browser, proxy: Proxy
) -> None:
    contexto = navegador.new_context(ignore_https_errors=True, locale="es-CL")
    contexto.set_default_timeout(20_000)
    try:
        visita = Visita(contexto.new_page(), f"https://{NOMBRE}:{proxy.cifrado}")
        enchufes: list[str] = []
        visita.pagina.on("websocket", lambda enchufe: enchufes.append(enchufe.url))
        pagina = visita.ir("temas")
        pulsar_barra(pagina, "Enunciados por tema y naturaleza", 0)
        expect(pagina.locator(".filtros")).to_contain_text("de 62")
        visita.quieta()
        assert visita.direccion["tema"]
        assert enchufes and enchufes[0].startswith("wss://")
        assert visita.afuera == []
    finally:
        contexto.close()


def test_cada_respuesta_lleva_las_cabeceras_y_va_comprimida(proxy: Proxy) -> None:
    estado, dichas, cuerpo = proxy.pedir("/tablero/es.js", Accept_Encoding="gzip")
    assert estado == 200 and cuerpo[:2] == b"\x1f\x8b"
    assert {n: dichas[n] for n in CABECERAS} == CABECERAS
    assert dichas["strict-transport-security"] == "max-age=31536000"
    assert dichas["content-encoding"] == "gzip" and dichas["server"] == "nginx"


def test_lo_de_http_va_a_https_y_un_salto_no_vuelve_a_http(proxy: Proxy) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", proxy.claro)) as conexion:
        conexion.request("GET", "/temas?tema=2", headers={"Host": NOMBRE})
        with conexion.getresponse() as respuesta:
            assert respuesta.status == 308
            assert respuesta.headers["Location"] == f"https://{NOMBRE}/temas?tema=2"
    _, dichas, _ = proxy.pedir("/resumen")
    assert dichas["location"] == f"https://{NOMBRE}:{proxy.cifrado}/"


def test_por_otro_nombre_no_se_responde(proxy: Proxy) -> None:
    with pytest.raises(ssl.SSLError, match=r"(?i)unrecognized.name"):
        proxy.pedir("/", nombre="otro.localhost")
    with closing(http.client.HTTPConnection("127.0.0.1", proxy.claro)) as conexion:
        conexion.request("GET", "/", headers={"Host": "otro.localhost"})
        with pytest.raises(http.client.RemoteDisconnected):
            conexion.getresponse()
    with pytest.raises(http.client.RemoteDisconnected):
        proxy.pedir("/", Host="otro.localhost")


def test_un_cuerpo_muy_grande_se_rehusa_con_una_frase(proxy: Proxy) -> None:
    largo = str(22 * 1024 * 1024)
    for camino in ("/_stcore/upload_file/a/b", "/"):
        estado, dichas, cuerpo = proxy.pedir(camino, "PUT", Content_Length=largo)
        assert estado == 413 and dichas["content-type"].startswith("text/plain")
        assert cuerpo.decode() == "El archivo pesa más de lo que se admite: 20 MB.\n"


def test_quien_pide_demasiado_espera(proxy: Proxy) -> None:
    pedidos = [proxy.pedir("/api/enunciados.json?tema=ninguno") for _ in range(30)]
    estados = [estado for estado, _, _ in pedidos]
    # Sin cuentas, a los programas solo se les responde en el mismo equipo.
    assert estados[:10] == [403] * 10 and 429 in estados
    assert pedidos[-1][2].decode() == "Demasiados pedidos. Espere un momento.\n"


def test_lo_cerrado_sigue_cerrado_tras_el_proxy(proxy: Proxy) -> None:
    assert proxy.pedir("/_stcore/metrics")[0] == 404
    assert proxy.pedir("/_stcore/agent/openapi.json")[0] == 404


def test_si_el_tablero_no_esta_se_dice(tmp_path: Path) -> None:
    with proxy_hacia(f"127.0.0.1:{puerto_libre()}", tmp_path) as solo:
        estado, _, cuerpo = solo.pedir("/")
    assert estado == 502 and cuerpo.decode().startswith("El tablero no está en marcha")

"""Qué responde cada ruta del servidor a quien no es nadie; ninguna se olvida."""

import http.client
import json
import subprocess
import sys
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from starlette.routing import compile_path

from tests.conftest import RAIZ, Servidor

WEBSOCKET = {
    "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}  # fmt: skip
AJENO = {"Origin": "http://otro.example"}
# Método, dirección, cabeceras y lo que se responde a nadie. Lo que Streamlit no conoce
# recibe la página, que en el navegador dice que no existe.
NADIE: tuple[tuple[str, str, dict[str, str], int], ...] = (
    ("GET", "/", {}, 200),
    ("GET", "/temas", {}, 200),
    ("GET", "/no-existe", {}, 200),
    ("GET", "/resumen", {}, 307),
    ("POST", "/", {}, 405),
    ("GET", "/static/no-existe.js", {}, 200),
    ("GET", "/static/../../secrets.toml", {}, 400),
    ("GET", "/tablero/es.js", {}, 200),
    ("GET", "/tablero/cuantos.js", {}, 200),
    ("GET", "/tablero/marco.css", {}, 200),
    ("GET", "/tablero/cuantos/tema", {}, 200),
    ("GET", "/tablero/cuantos/nada", {}, 400),
    ("GET", "/tablero/servidor.py", {}, 200),
    ("GET", "/api/enunciados.csv", {}, 200),
    ("GET", "/api/enunciados.json", {}, 200),
    ("POST", "/api/enunciados.json", {}, 405),
    ("GET", "/_stcore/health", {}, 200),
    ("OPTIONS", "/_stcore/health", {}, 204),
    ("GET", "/_stcore/host-config", {}, 200),
    ("GET", "/_stcore/stream", WEBSOCKET, 101),
    ("GET", "/_stcore/stream", WEBSOCKET | AJENO, 403),
    ("GET", "/_stcore/metrics", {}, 404),
    ("OPTIONS", "/_stcore/metrics", {}, 404),
    ("GET", "/_stcore/script-health-check", {}, 404),
    ("GET", "/_stcore/agent/openapi.json", {}, 404),
    ("POST", "/_stcore/agent/interact", {}, 404),
    ("POST", "/_stcore/agent/mcp", {}, 404),
    ("PUT", "/_stcore/upload_file/nadie/uno", {}, 403),
    ("DELETE", "/_stcore/upload_file/nadie/uno", {}, 403),
    ("OPTIONS", "/_stcore/upload_file/nadie/uno", {}, 204),
    ("GET", "/_stcore/bidi-components/nada/uno.js", {}, 404),
    ("OPTIONS", "/_stcore/bidi-components/nada/uno.js", {}, 204),
    ("GET", "/media/nada", {}, 404),
    ("OPTIONS", "/media/nada", {}, 204),
    ("GET", "/component/nada/uno", {}, 404),
    ("OPTIONS", "/component/nada/uno", {}, 204),
    ("GET", "/auth/login", {}, 302),
    ("GET", "/auth/logout", {}, 302),
    ("GET", "/oauth2callback", {}, 302),
    ("GET", "/", {"Host": "otro.example"}, 421),
    ("GET", "/api/enunciados.csv", {"Host": "otro.example"}, 421),
    ("GET", "/_stcore/stream", WEBSOCKET | {"Host": "otro.example"}, 403),
)
# Sin cuentas solo se atiende a este equipo: lo que un proxy reenvía es de otro.
REENVIADAS: tuple[tuple[str, str, dict[str, str], int], ...] = (
    ("GET", "/", {}, 403),
    ("GET", "/tablero/es.js", {}, 403),
    ("GET", "/api/enunciados.csv", {}, 403),
    ("GET", "/tablero/cuantos/tema", {}, 403),
    ("GET", "/media/nada", {}, 403),
    ("GET", "/_stcore/stream", WEBSOCKET, 403),
    ("GET", "/_stcore/health", {}, 200),
)
RUTAS_PY = """
import json
import dashboard
print(json.dumps([
    [r.path, sorted(getattr(r, "methods", None) or ["GET"])]
    for r in dashboard.app._build_starlette_app().routes if r.path
]))
"""


@pytest.mark.navegador
@pytest.mark.parametrize(("metodo", "camino", "cabeceras", "estado"), NADIE)
def test_cada_ruta_responde_a_nadie_lo_que_debe(
    servidor: Servidor, metodo: str, camino: str, cabeceras: dict[str, str], estado: int
) -> None:
    direccion = urlsplit(servidor.url)
    assert direccion.hostname
    with closing(
        http.client.HTTPConnection(direccion.hostname, direccion.port, timeout=20)
    ) as conexion:
        conexion.request(metodo, camino, headers=cabeceras)
        with conexion.getresponse() as respuesta:
            assert respuesta.status == estado


@pytest.mark.navegador
@pytest.mark.parametrize("dicha", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
@pytest.mark.parametrize(("metodo", "camino", "cabeceras", "estado"), REENVIADAS)
def test_sin_cuentas_no_se_atiende_lo_que_viene_de_otro_equipo(
    servidor: Servidor, metodo: str, camino: str, cabeceras: dict[str, str],
    estado: int, dicha: str,
) -> None:  # fmt: skip
    reenviada = cabeceras | {dicha: "192.0.2.7"}
    test_cada_ruta_responde_a_nadie_lo_que_debe(
        servidor, metodo, camino, reenviada, estado
    )


def test_ninguna_ruta_del_servidor_falta_en_la_lista() -> None:
    salida = subprocess.run(
        [sys.executable, "-c", RUTAS_PY], cwd=RAIZ, capture_output=True, text=True,
        check=True,
    ).stdout  # fmt: skip
    probadas = [(metodo, camino) for metodo, camino, _, _ in NADIE]
    # HEAD va con GET, y las que se cierran enteras se prueban con un método.
    faltan = [
        (metodo, ruta)
        for ruta, metodos in json.loads(salida)
        for metodo in metodos
        if metodo != "HEAD" and "/agent/" not in ruta
        if not any(m == metodo and compile_path(ruta)[0].match(c) for m, c in probadas)
    ]
    assert faltan == []

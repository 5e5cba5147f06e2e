"""Entrar con la identidad del servicio: un proveedor, un servidor y un navegador.

Y qué responde cada ruta y cada página a quien no es nadie y a cada rol.
"""

import http.client
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from datos import fichas
from datos.base import abrir
from datos.permisos import Rol
from pruebas_de_carga.persona import abrir as abrir_pestana
from tablero.identidad import ENTRAR, VENCIDA
from tablero.paginas import PAGINAS, POR_NOMBRE
from tests.conftest import (
    ESPERA_ARRANQUE,
    Servidor,
    copia,
    en_un_hilo,
    puerto_libre,
    servir,
)

pytestmark = pytest.mark.navegador

CONFIGURACION = """
[auth]
redirect_uri = "{url}/oauth2callback"
cookie_secret = "{secreto}"
client_id = "tablero"
client_secret = "de-prueba"
server_metadata_url = "{proveedor}/.well-known/openid-configuration"

[cuentas]
horas = {horas}
{personas}
"""
PERSONA = """
[cuentas.personas.{nombre}]
rol = "{rol}"
seudonimo = "{nombre}"
regiones = ["02"]
"""
ROLES = {"lee": "lectura", "edita": "edicion", "manda": "administracion"}
SECRETO = "un-secreto-de-prueba-de-cuarenta-letras"
GALLETA = "_streamlit_user"


def configuracion(
    url: str, proveedor: str, roles: dict[str, str], horas: float = 12
) -> str:
    """Devuelve el archivo de cuentas de un tablero: quién es quién."""
    personas = "".join(PERSONA.format(nombre=n, rol=r) for n, r in roles.items())
    return CONFIGURACION.format(
        url=url, secreto=SECRETO, proveedor=proveedor, horas=horas, personas=personas
    )


def crear_ficha(base: Path) -> str:
    """Crea una ficha que rige hasta mañana."""
    with abrir(base, escribe=True) as con:
        manana = datetime.now(UTC).date() + timedelta(days=1)
        return fichas.crear(con, base, "jefatura", "power-bi", manana)


@dataclass
class ConCuentas:
    """Un tablero con cuentas, y el archivo que dice quién es quién."""

    servidor: Servidor
    proveedor: str
    archivo: Path
    base: Path
    ficha: str

    def configurar(self, roles: dict[str, str], horas: float = 12) -> None:
        """Escribe quién es quién; rige sin reiniciar."""
        self.archivo.write_text(
            configuracion(self.servidor.url, self.proveedor, roles, horas)
        )


@contextmanager
def proveedor_de_identidad() -> Iterator[str]:
    """Un proveedor de OpenID Connect en marcha, en su proceso; da su dirección."""
    puerto = puerto_libre()
    proceso = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(puerto)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        limite = time.monotonic() + ESPERA_ARRANQUE
        while time.monotonic() < limite:
            with closing(socket.socket()) as enchufe:
                if enchufe.connect_ex(("127.0.0.1", puerto)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://localhost:{puerto}"
    finally:
        proceso.terminate()
        proceso.wait(timeout=20)


@pytest.fixture(scope="module")
def con_cuentas(
    base_real: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ConCuentas]:
    base = copia(base_real, tmp_path_factory)
    ficha = crear_ficha(base)
    archivo, puerto = base.with_name("secrets.toml"), puerto_libre()
    with proveedor_de_identidad() as lugar:
        # El proveedor devuelve a «localhost»: el mismo sitio que la cookie.
        url = f"http://localhost:{puerto}"
        armado = ConCuentas(Servidor(url, None), lugar, archivo, base, ficha)  # type: ignore[arg-type]
        armado.configurar(ROLES)
        entorno = {"STREAMLIT_SECRETS_FILES": str(archivo)}
        with servir(base, entorno, puerto) as servidor:
            armado.servidor = Servidor(url, servidor.proceso)
            yield armado


@contextmanager
def persona(navegador: Browser) -> Iterator[Page]:
    """Alguien con su propio navegador."""
    contexto = navegador.new_context(viewport={"width": 1366, "height": 768})
    try:
        yield contexto.new_page()
    finally:
        contexto.close()


def entrar(pagina: Page, url: str, quien: str, camino: str = "") -> None:
    """Entra como lo haría una persona: el botón, el proveedor y de vuelta."""
    pagina.goto(f"{url}/{camino}")
    pagina.get_by_role("button", name=ENTRAR).click()
    pagina.get_by_placeholder("sub").fill(quien)
    pagina.get_by_role("button", name="Authorize").click()
    pagina.wait_for_url(f"{url}/**")


def salir(pagina: Page) -> None:
    """Sale, también de la sesión del proveedor, que lo pregunta aparte."""
    pagina.get_by_role("button", name="Salir").click()
    pagina.get_by_role("button", name="End session").click()
    expect(pagina.get_by_role("button", name=ENTRAR)).to_be_visible()


def test_sin_entrar_no_se_ve_nada_y_al_entrar_se_vuelve_a_donde_se_iba(
    navegador: Browser, con_cuentas: ConCuentas
) -> None:
    with persona(navegador) as pagina:
        pagina.goto(f"{con_cuentas.servidor.url}/temas?tema=2")
        expect(pagina.get_by_role("button", name=ENTRAR)).to_be_visible()
        assert "enunciado" not in pagina.locator("body").inner_text()
        assert pagina.locator("[data-testid=stTopNavLink]").count() == 0
        entrar(pagina, con_cuentas.servidor.url, "lee", "temas?tema=2")
        expect(pagina.locator(".filtros")).to_contain_text("en el tema 2")
        assert urlsplit(pagina.url).path == "/temas"
        # Su rol no carga ni administra, y el menú no se lo ofrece.
        menu = pagina.locator("[data-testid=stTopNavLink]").all_inner_texts()
        assert "Enunciados" in menu
        assert "Cargar" not in menu
        expect(
            pagina.get_by_text("Entró como «lee», con el rol «lectura»")
        ).to_be_visible()


def test_quien_no_tiene_rol_se_entera_y_puede_salir(
    navegador: Browser, con_cuentas: ConCuentas
) -> None:
    with persona(navegador) as pagina:
        entrar(pagina, con_cuentas.servidor.url, "otra")
        expect(pagina.get_by_text("Su cuenta no tiene acceso")).to_be_visible()
        assert re.search("cuenta-[0-9a-f]{12}", pagina.locator("body").inner_text())
        salir(pagina)


def test_salir_cierra_tambien_las_otras_pestanas_y_la_cookie_copiada(
    navegador: Browser, con_cuentas: ConCuentas
) -> None:
    with persona(navegador) as pagina, persona(navegador) as ajena:
        entrar(pagina, con_cuentas.servidor.url, "lee")
        expect(pagina.get_by_text("Entró como «lee»")).to_be_visible()
        otra = pagina.context.new_page()
        otra.goto(f"{con_cuentas.servidor.url}/tipos")
        expect(otra.get_by_text("Entró como «lee»")).to_be_visible()
        ajena.context.add_cookies(pagina.context.cookies())  # type: ignore[arg-type]
        salir(pagina)
        otra.get_by_text("Temas", exact=True).first.click()
        expect(otra.get_by_role("button", name=ENTRAR)).to_be_visible()
        ajena.goto(con_cuentas.servidor.url)
        expect(ajena.get_by_text(VENCIDA)).to_be_visible()


def test_una_cookie_falsa_no_deja_entrar(
    navegador: Browser, con_cuentas: ConCuentas
) -> None:
    reclamos = {
        "is_logged_in": True, "sub": "manda", "iss": con_cuentas.proveedor,
        "iat": datetime.now(UTC).timestamp(), "origin": con_cuentas.servidor.url,
        "provider": "default",
    }  # fmt: skip
    for secreto, entra in (("otro-secreto", False), (SECRETO, True)):
        with persona(navegador) as pagina:
            falsa = create_signed_value(secreto, GALLETA, json.dumps(reclamos))
            pagina.context.add_cookies(
                [{"name": GALLETA, "value": falsa.decode(),
                  "url": con_cuentas.servidor.url}]
            )  # fmt: skip
            pagina.goto(con_cuentas.servidor.url)
            # Con el secreto de veras entraría: la prueba sabe falsificar.
            visto = "Entró como «manda»" if entra else ENTRAR
            expect(pagina.get_by_text(visto)).to_be_visible()


def test_quitar_un_rol_y_vencer_rigen_en_la_vuelta_siguiente(
    navegador: Browser, con_cuentas: ConCuentas
) -> None:
    with persona(navegador) as pagina:
        entrar(pagina, con_cuentas.servidor.url, "edita", "cargar")
        expect(
            pagina.get_by_text("Lo que escriba queda firmado por «edita»")
        ).to_be_visible()
        try:
            con_cuentas.configurar({**ROLES, "edita": "lectura"})
            intentar(pagina, "Esta página es para cuentas con el rol «edición»")
            con_cuentas.configurar(ROLES, horas=0.0001)
            intentar(pagina, VENCIDA)
        finally:
            con_cuentas.configurar(ROLES)


def intentar(pagina: Page, dicho: str) -> None:
    """Vuelve a pedir la página hasta que el cambio de configuración se note."""
    for _ in range(20):
        pagina.reload()
        with suppress(TimeoutError):
            pagina.get_by_text(dicho).wait_for(timeout=3000)
            return
    pytest.fail(f"Nunca se dijo: {dicho}")


Sesiones = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def sesiones(navegador: Browser, con_cuentas: ConCuentas) -> Sesiones:
    """Las cookies con que sigue quien ya entró, por rol; a nadie, ninguna."""
    halladas: Sesiones = {"nadie": {}}
    for quien, rol in ROLES.items():
        with persona(navegador) as pagina:
            entrar(pagina, con_cuentas.servidor.url, quien)
            expect(pagina.get_by_text(f"Entró como «{quien}»")).to_be_visible()
            halladas[rol] = {g["name"]: g["value"] for g in pagina.context.cookies()}
    return halladas


# Lo que lleva datos: método, dirección y qué se responde a nadie, a quien lee, a quien
# edita y a quien administra. Lo demás lo prueba tests/test_rutas.py.
RUTAS = (
    ("GET", "/", 200, 200, 200, 200),
    ("GET", "/temas", 200, 200, 200, 200),
    ("GET", "/_stcore/health", 200, 200, 200, 200),
    ("GET", "/tablero/cuantos/tema", 401, 200, 200, 200),
    ("GET", "/tablero/cuantos/nada", 401, 400, 400, 400),
    ("GET", "/api/enunciados.csv", 401, 200, 200, 200),
    ("GET", "/api/enunciados.json?tema=2", 401, 200, 200, 200),
    ("HEAD", "/api/enunciados.csv", 401, 200, 200, 200),
    ("GET", "/media/nada", 401, 404, 404, 404),
    ("PUT", "/_stcore/upload_file/nadie/uno", 401, 403, 403, 403),
    ("DELETE", "/_stcore/upload_file/nadie/uno", 401, 403, 403, 403),
    ("GET", "/_stcore/metrics", 404, 404, 404, 404),
    ("GET", "//api/enunciados.csv", 400, 400, 400, 400),
)


def pedir(
    tablero: ConCuentas, metodo: str, camino: str, cabeceras: dict[str, str]
) -> tuple[int, str]:
    direccion = urlsplit(tablero.servidor.url)
    with closing(
        http.client.HTTPConnection("127.0.0.1", direccion.port, timeout=20)
    ) as conexion:
        conexion.request(
            metodo, camino, headers={"Host": direccion.netloc, **cabeceras}
        )
        respuesta = conexion.getresponse()
        return respuesta.status, respuesta.read().decode()


@pytest.mark.parametrize(("metodo", "camino", *"abcd"), RUTAS)
def test_cada_ruta_responde_lo_que_el_rol_permite(
    con_cuentas: ConCuentas, sesiones: Sesiones, metodo: str, camino: str,
    a: int, b: int, c: int, d: int,
) -> None:  # fmt: skip
    for rol, estado in zip(("nadie", *ROLES.values()), (a, b, c, d), strict=True):
        cookies = "; ".join(f"{n}={v}" for n, v in sesiones[rol].items())
        hallado, cuerpo = pedir(con_cuentas, metodo, camino, {"Cookie": cookies})
        assert (rol, hallado) == (rol, estado)
        if rol == "nadie":
            assert "enunciado_id" not in cuerpo


@pytest.mark.parametrize(
    ("cabecera", "estado"),
    [("Bearer {}", 200), ("bearer {}", 200), ("Bearer {}x", 401), ("Bearer", 401),
     ("Basic {}", 401)],
)  # fmt: skip
def test_un_programa_entra_con_su_ficha(
    con_cuentas: ConCuentas, cabecera: str, estado: int
) -> None:
    dicha = {"Authorization": cabecera.format(con_cuentas.ficha)}
    hallado, cuerpo = pedir(con_cuentas, "GET", "/api/enunciados.csv", dicha)
    assert hallado == estado
    assert ("enunciado_id" in cuerpo) == (estado == 200)
    # La ficha es para esa dirección y no para las demás.
    assert pedir(con_cuentas, "GET", "/tablero/cuantos/tema", dicha)[0] == 401


@pytest.mark.parametrize("rol", ["nadie", *ROLES.values()])
def test_cada_pagina_muestra_lo_que_el_rol_permite(
    con_cuentas: ConCuentas, sesiones: Sesiones, rol: str
) -> None:
    async def mirar() -> dict[str, str]:
        visto = {}
        for pagina in PAGINAS:
            async with abrir_pestana(
                con_cuentas.servidor.url, pagina.nombre, sesiones[rol]
            ) as (_, vuelta):
                assert vuelta.errores == []
                visto[pagina.nombre] = " ".join(vuelta.textos)
        return visto

    tiene = {r.nombre: r for r in Rol}.get(rol, Rol.NINGUNO)
    for nombre, visto in en_un_hilo(mirar()).items():
        if tiene is Rol.NINGUNO:
            assert "del servicio" in visto
            assert "class=" not in visto
        elif tiene < POR_NOMBRE[nombre].rol:
            assert "Esta página es para cuentas con el rol" in visto
            assert 'class="procedencia"' not in visto
        else:
            assert 'class="procedencia"' in visto

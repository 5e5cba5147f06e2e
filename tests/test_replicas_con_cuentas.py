"""Con copias y con cuentas: se entra una vez, y el rol rige en todas."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tablero.identidad import ENTRAR
from tests.casa import Casa, casa_con, la_que_atiende
from tests.test_despliegue_proxy import NOMBRE
from tests.test_entrar import ROLES, configuracion, crear_ficha, entrar
from tests.test_entrar import proveedor_de_identidad as proveedor_en_marcha

pytestmark = pytest.mark.navegador
COPIAS = 2


@dataclass(frozen=True)
class ConCuentas:
    """La casa, y una ficha que rige en ella."""

    casa: Casa
    ficha: str


@pytest.fixture(scope="module")
def con_cuentas(
    base_real: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ConCuentas]:
    archivo = tmp_path_factory.mktemp("secretos") / "secrets.toml"
    dada = []
    with proveedor_en_marcha() as proveedor:

        def propio(base: Path, url: str) -> Mapping[str, str]:
            archivo.write_text(configuracion(url, proveedor, ROLES))
            dada.append(crear_ficha(base))
            return {"STREAMLIT_SECRETS_FILES": str(archivo)}

        with casa_con(base_real, tmp_path_factory, COPIAS, propio) as casa:
            yield ConCuentas(casa, *dada)


@pytest.fixture
def pagina(navegador: Browser) -> Iterator[Page]:
    contexto = navegador.new_context(ignore_https_errors=True, locale="es-CL")
    yield contexto.new_page()
    contexto.close()


def test_se_entra_en_una_copia_y_se_escribe_con_la_misma_cuenta(
    pagina: Page, con_cuentas: ConCuentas
) -> None:
    url = con_cuentas.casa.url
    entrar(pagina, url, "edita", "temas?tema=2")
    expect(pagina.get_by_text("Entró como «edita»")).to_be_visible()
    # De vuelta del proveedor, en la página a la que se iba, y en una copia.
    expect(pagina.locator(".filtros")).to_contain_text("en el tema 2")
    expect(pagina.get_by_text("Copia de lectura")).to_be_visible()
    pagina.goto(f"{url}/escribir")
    expect(
        pagina.get_by_text("Lo que escriba queda firmado por «edita»")
    ).to_be_visible()
    pagina.goto(f"{url}/leer")
    expect(pagina.get_by_text("Copia de lectura")).to_be_visible()
    expect(pagina.get_by_text("Entró como «edita»")).to_be_visible()
    # Quien sale, sale de todas: también de donde se escribe.
    pagina.get_by_role("button", name="Salir").click()
    pagina.get_by_role("button", name="End session").click()
    expect(pagina.get_by_role("button", name=ENTRAR)).to_be_visible()
    pagina.goto(f"{url}/escribir")
    expect(pagina.get_by_role("button", name=ENTRAR)).to_be_visible()
    # Volver a entrar, ahora desde ahí, sirve.
    entrar(pagina, url, "lee")
    expect(pagina.get_by_text("Entró como «lee»")).to_be_visible()
    expect(pagina.get_by_text("Copia de lectura")).to_have_count(0)


def test_una_ficha_rige_por_el_proxy_y_sin_ella_no_se_entra(
    con_cuentas: ConCuentas,
) -> None:
    proxy = con_cuentas.casa.proxy
    nombre = f"{NOMBRE}:{proxy.cifrado}"
    for ficha, estado in ((con_cuentas.ficha, 200), ("otra", 401)):
        hallado, _, cuerpo = proxy.pedir(
            "/api/enunciados.csv?tema=2", Host=nombre, Authorization=f"Bearer {ficha}"
        )
        assert hallado == estado
        assert (b"enunciado_id" in cuerpo) == (estado == 200)
    assert proxy.pedir("/api/enunciados.csv", Host=nombre)[0] == 401


def test_si_una_copia_se_cae_quien_entro_sigue_dentro_en_otra(
    pagina: Page, con_cuentas: ConCuentas
) -> None:
    casa = con_cuentas.casa
    entrar(pagina, casa.url, "lee", "temas?tema=2")
    expect(pagina.get_by_text("Entró como «lee»")).to_be_visible()
    suya = la_que_atiende(casa.copias)
    suya.proceso.kill()
    suya.proceso.wait()
    pagina.wait_for_selector("[data-test-connection-state=CONNECTED]")
    pagina.reload()
    expect(pagina.get_by_text("Entró como «lee»")).to_be_visible()
    expect(pagina.locator(".filtros")).to_contain_text("en el tema 2")
    assert la_que_atiende([c for c in casa.copias if c is not suya])
    assert re.search(r"/temas\?.*tema=2", pagina.url)

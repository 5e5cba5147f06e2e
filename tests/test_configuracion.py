"""La configuración de Streamlit: toda opción existe, rige y lleva su razón."""

import re
import tomllib

import pytest
from streamlit import config

from tests.conftest import RAIZ

ARCHIVO = RAIZ / ".streamlit" / "config.toml"
TEXTO = ARCHIVO.read_text(encoding="utf-8")
PUESTAS = {
    f"{seccion}.{nombre}": valor
    for seccion, opciones in tomllib.loads(TEXTO).items()
    for nombre, valor in opciones.items()
}
# Lo que Streamlit trae abierto o en inglés, o abriría una puerta: ha de estar dicho.
DEBIDAS = {
    "server.address", "server.allowedHosts", "server.enableCORS",
    "server.corsAllowedOrigins", "server.enableXsrfProtection",
    "server.xsrfCookieSameSite", "server.fileWatcherType", "server.runOnSave",
    "server.enableStaticServing", "server.enableAgentApi", "server.maxUploadSize",
    "server.maxMessageSize", "server.maxWidgetStateSize", "server.trustedUserHeaders",
    "server.scriptHealthCheckEnabled", "client.showErrorDetails",
    "client.showErrorLinks", "client.toolbarMode", "client.allowedOrigins",
    "browser.gatherUsageStats", "global.developmentMode", "runner.magicEnabled",
    "logger.hideWelcomeMessage",
}  # fmt: skip


@pytest.mark.parametrize("opcion", sorted(PUESTAS))
def test_la_opcion_existe_en_esta_version(opcion: str) -> None:
    conocidas = config._config_options_template
    if isinstance(PUESTAS[opcion], dict) and opcion not in conocidas:
        assert all(f"{opcion}.{nombre}" in conocidas for nombre in PUESTAS[opcion])
    else:
        assert opcion in conocidas and not conocidas[opcion].deprecated


@pytest.mark.parametrize("opcion", sorted(DEBIDAS))
def test_la_opcion_esta_dicha_y_rige(opcion: str) -> None:
    assert config.get_option(opcion) == PUESTAS[opcion]
    assert str(ARCHIVO) in config.get_where_defined(opcion)


def test_cada_opcion_lleva_su_razon() -> None:
    sin_tema = TEXTO[: TEXTO.index("[theme]")]
    sin_razon = [
        linea for linea in sin_tema.splitlines()
        if re.match(r"\w+ = ", linea) and not re.search(r" # \w", linea)
    ]  # fmt: skip
    assert sin_razon == []

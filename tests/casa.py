"""El tablero con copias de lectura: quien escribe, las copias y su nginx, de verdad."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from datos.publicar import publicar
from tests.conftest import Servidor, copia, puerto_libre, servir
from tests.test_despliegue_proxy import NOMBRE, Proxy, proxy_hacia

# Sin cuentas, y con un proxy delante.
ABIERTA = {"TABLERO_SIN_CUENTAS": "abierto"}


@dataclass(frozen=True)
class Casa:
    """El proxy, quien escribe y las copias de lectura."""

    proxy: Proxy
    escribe: Servidor
    copias: list[Servidor]

    @property
    def url(self) -> str:
        return f"https://{NOMBRE}:{self.proxy.cifrado}"


@contextmanager
def casa_con(
    base_real: Path,
    tmp_path_factory: pytest.TempPathFactory,
    copias: int,
    propio: Callable[[Path, str], Mapping[str, str]] = lambda _base, _url: ABIERTA,
) -> Iterator[Casa]:
    """Mantiene en marcha la casa entera, con tantas copias.

    `propio` da, de la base de quien escribe y la dirección del proxy, lo que se agrega
    al entorno de todos.
    """
    publicado = tmp_path_factory.mktemp("publicado")
    # Una copia parte con lo publicado, o dice que no hay nada.
    publicar(base_real, publicado)
    base = copia(base_real, tmp_path_factory)
    puertos = [puerto_libre() for _ in range(copias + 1)]
    destinos = [f"127.0.0.1:{puerto}" for puerto in puertos]
    with ExitStack() as pila, ThreadPoolExecutor(copias + 1) as hilos:
        carpeta = tmp_path_factory.mktemp("nginx")
        proxy = pila.enter_context(proxy_hacia(destinos[0], carpeta, *destinos[1:]))
        comun = {
            "STREAMLIT_SERVER_ALLOWED_HOSTS": f"{NOMBRE} 127.0.0.1",
            "STREAMLIT_SERVER_COOKIE_SECRET": "de-todas-las-copias",
            "TABLERO_PUBLICACIONES": str(publicado),
            "TABLERO_PUBLICAR_SEGUNDOS": "1",
            "TABLERO_RESPALDOS_MINUTOS": "0",
            **propio(base, f"https://{NOMBRE}:{proxy.cifrado}"),
        }
        lee = {
            **comun,
            "TABLERO_REPLICA": "1",
            "TABLERO_ESCRITORA": f"{NOMBRE}/escribir",
        }
        partiendo = [servir(base, comun, puertos[0])] + [
            servir(base.with_name("no-esta"), lee, puerto) for puerto in puertos[1:]
        ]
        for una in partiendo:
            pila.push(una)
        escribe, *leen = hilos.map(lambda una: una.__enter__(), partiendo)
        yield Casa(proxy, escribe, leen)


def la_que_atiende(copias: list[Servidor]) -> Servidor:
    """Devuelve la copia que tiene conexiones abiertas ahora."""
    abiertas = {
        int(linea.split()[1].rpartition(":")[2], 16)
        for linea in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]
        if linea.split()[3] == "01"
    }
    (una,) = (c for c in copias if int(c.url.rpartition(":")[2]) in abiertas)
    return una

"""Lo que no se debe subir se rehúsa antes de ocupar memoria, y se dice por qué."""

import http.client
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from datos.recibir import MEGA
from tablero.subidas import EN_MEMORIA, MINIMO, POR_SESION, VENTANA, Cuota
from tests import informes
from tests.conftest import Servidor
from tests.visitas import Visita, visitar

ORILLA = "orilla"
PRINCIPIO = (
    f"--{ORILLA}\r\nContent-Disposition: form-data; name=f; filename=a.txt\r\n\r\n"
).encode()
FINAL = f"\r\n--{ORILLA}--\r\n".encode()


@dataclass(frozen=True)
class Sesion:
    """Una sesión abierta en el navegador: dónde sube y con qué cabeceras."""

    visita: Visita
    camino: str
    cabeceras: dict[str, str]

    def conectar(self) -> closing[http.client.HTTPConnection]:
        direccion = urlsplit(self.visita.url)
        assert direccion.hostname
        return closing(
            http.client.HTTPConnection(direccion.hostname, direccion.port, timeout=30)
        )

    def subir(self, megas: int, camino: str = "") -> tuple[int, str]:
        """Sube un archivo de tantos megabytes y devuelve qué se respondió."""
        cuerpo = PRINCIPIO + bytes(megas * MEGA) + FINAL
        with self.conectar() as conexion:
            conexion.request("PUT", camino or self.camino, cuerpo, self.cabeceras)
            with conexion.getresponse() as respuesta:
                return respuesta.status, respuesta.read().decode()


@contextmanager
def abierta(navegador: Browser, servidor: Servidor) -> Iterator[Sesion]:
    """Una persona que ya subió un informe en Cargar."""
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("cargar")
        archivo = {"name": "informe.txt", "mimeType": "text/plain",
                   "buffer": informes.texto().encode()}  # fmt: skip
        with pagina.expect_request(lambda pedido: pedido.method == "PUT") as subida:
            pagina.locator("input[type=file]").set_input_files(archivo)  # type: ignore[arg-type]
        visita.quieta()
        boton = pagina.get_by_role("button", name="Revisar lo que se entendió")
        expect(boton).to_be_visible()
        todas = subida.value.all_headers()
        cabeceras = {n: todas[n] for n in ("cookie", "x-xsrftoken")}
        cabeceras["Content-Type"] = f"multipart/form-data; boundary={ORILLA}"
        yield Sesion(visita, urlsplit(subida.value.url).path, cabeceras)


def memoria(servidor: Servidor) -> int:
    """Lo más que ha ocupado el servidor desde que partió, en MB."""
    estado = Path(f"/proc/{servidor.proceso.pid}/status").read_text(encoding="utf-8")
    (linea,) = (una for una in estado.splitlines() if una.startswith("VmHWM"))
    return int(linea.split()[1]) // 1024


def envuelto(trozo: bytes) -> bytes:
    """Un trozo como lo pide HTTP cuando no se anuncia el largo."""
    return f"{len(trozo):x}\r\n".encode() + trozo + b"\r\n"


def insistir(
    sesion: Sesion, cabeceras: dict[str, str], principio: bytes, trozo: bytes
) -> int:
    """Envía 300 trozos, o hasta que cierren; devuelve cuántos alcanzó a enviar."""
    with sesion.conectar() as conexion:
        conexion.putrequest("PUT", sesion.camino)
        for nombre, valor in (sesion.cabeceras | cabeceras).items():
            conexion.putheader(nombre, valor)
        conexion.endheaders(principio)
        for enviados in range(300):
            try:
                conexion.send(trozo)
            except OSError:
                return enviados
    return 300


@pytest.mark.navegador
def test_trescientos_megas_se_rehusan_sin_ocupar_memoria(
    navegador: Browser, servidor: Servidor
) -> None:
    with abierta(navegador, servidor) as sesion:
        antes = memoria(servidor)
        anunciado = {"Content-Length": str(300 * MEGA)}
        assert insistir(sesion, anunciado, PRINCIPIO, bytes(MEGA)) < 40
        por_trozos = {"Transfer-Encoding": "chunked"}
        assert (
            insistir(sesion, por_trozos, envuelto(PRINCIPIO), envuelto(bytes(MEGA)))
            < 40
        )
        crecio = memoria(servidor) - antes
        assert crecio < 60, crecio


@pytest.mark.navegador
def test_cada_razon_para_rehusar_se_dice_en_espanol(
    navegador: Browser, servidor: Servidor
) -> None:
    with abierta(navegador, servidor) as sesion:
        assert sesion.subir(1) == (204, "")
        assert sesion.subir(1, "/_stcore/upload_file/otra/uno")[0] == 403
        # Sin leer el cuerpo: al cerrar, lo que venía en camino borraría la respuesta.
        grande = sesion.cabeceras | {"Content-Length": str(21 * MEGA)}
        with sesion.conectar() as conexion:
            conexion.request("PUT", sesion.camino, headers=grande)
            with conexion.getresponse() as respuesta:
                assert respuesta.status == 413
                dicho = respuesta.read().decode()
        assert dicho == "El archivo pesa más de lo que se admite: 20 MB.\n"
        # La misma sesión, en una página sin control de archivo.
        sesion.visita.por_el_menu("Temas")
        estado, motivo = sesion.subir(1)
        assert estado == 403 and motivo.startswith("Desde esta página no se suben")
        sesion.visita.por_el_menu("Cargar")
        assert sesion.subir(1) == (204, "")


@pytest.mark.navegador
def test_una_sesion_no_sube_mas_que_su_cuota(
    navegador: Browser, servidor: Servidor
) -> None:
    with abierta(navegador, servidor) as sesion:
        estados = [sesion.subir(19) for _ in range(6)]
        assert [estado for estado, _ in estados] == [204] * 5 + [429]
        assert estados[-1][1].startswith("Se subieron demasiados archivos")
    with abierta(navegador, servidor) as otra:
        assert otra.subir(1) == (204, "")


def test_la_cuota_de_una_sesion_se_recupera_al_pasar_la_ventana() -> None:
    hora = [0.0]
    cuota = Cuota(lambda: hora[0])
    assert cuota.tomar("a", POR_SESION, 0)
    cuota.soltar(POR_SESION)
    assert not cuota.tomar("a", 1, 0) and cuota.tomar("b", 1, 0)
    hora[0] = VENTANA + 1
    assert cuota.tomar("a", 1, 0)


def test_muchos_archivos_vacios_tambien_gastan_la_cuota() -> None:
    cuota = Cuota(lambda: 0.0)
    admitidos = sum(cuota.tomar("a", 0, 0) for _ in range(2000))
    assert admitidos == POR_SESION // MINIMO


def test_el_proceso_no_guarda_ni_recibe_mas_que_lo_suyo() -> None:
    cuota = Cuota(lambda: 0.0)
    assert not cuota.tomar("a", MEGA, EN_MEMORIA)
    assert cuota.tomar("a", 60 * MEGA, EN_MEMORIA - 60 * MEGA)
    # Lo que está llegando ocupa, aunque aún no esté guardado.
    assert not cuota.tomar("b", 60 * MEGA, EN_MEMORIA - 60 * MEGA)
    cuota.soltar(60 * MEGA)
    assert cuota.tomar("b", 60 * MEGA, EN_MEMORIA - 60 * MEGA)

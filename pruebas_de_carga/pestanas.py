"""Cierra pestañas mientras guardan, y comprueba que lo guardado quedó entero.

    python -m pruebas_de_carga.pestanas [--pestanas 200]

Cada pestaña habla con un tablero de verdad por su websocket, como el navegador: pone
su seudónimo, codifica un enunciado, pulsa Guardar y corta la conexión en un momento al
azar. Una de cada cuatro espera el acuse antes de irse. Al final se mata el servidor y
se abre la base: lo acusado está, y nada está a medias.
"""

import argparse
import asyncio
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from datos.base import abrir
from datos.construir import construir

RAIZ = Path(__file__).parent.parent
SEMILLA = 20181017
FACETAS = ("Naturaleza", "Tipo", "Recurso")
GUARDAR, ACUSE = "Guardar y seguir", "Listo. La lectura está guardada"
# Segundos: cuánto espera una vuelta, y a lo más cuánto tarda en cerrarse una pestaña.
PLAZO, ESPERA_MAXIMA = 120.0, 0.4
A_LA_VEZ = 20
ESPERAN_ACUSE = 4


@dataclass
class Cuenta:
    """Lo que se vio. `a_medias` son lecturas sin sus tres códigos o sin bitácora."""

    cerradas: int = 0
    acusadas: set[str] = field(default_factory=set)
    guardadas: int = 0
    perdidas: int = 0
    a_medias: int = 0


class Pestana:
    """Una pestaña abierta en Codificar."""

    def __init__(self, enchufe: ClientConnection) -> None:
        """Toma una conexión recién abierta."""
        self._enchufe = enchufe
        self._vistos: dict[str, ForwardMsg] = {}
        self._valores: dict[str, WidgetState] = {}
        self.controles: dict[str, tuple[str, list[str]]] = {}
        self.textos = ""

    def escribir(self, rotulo: str, valor: str) -> None:
        """Deja un texto en un control."""
        cual = self.controles[rotulo][0]
        self._valores[cual] = WidgetState(id=cual, string_value=valor)

    def elegir(self, rotulo: str, lugar: int) -> None:
        """Elige una opción por su lugar, dando la vuelta si no alcanza."""
        cual, opciones = self.controles[rotulo]
        valor = WidgetState(id=cual)
        valor.string_array_value.data.append(opciones[lugar % len(opciones)])
        self._valores[cual] = valor

    async def pedir(self, pulsa: str = "") -> None:
        """Pide una vuelta, con un botón pulsado si se dice; no espera la respuesta."""
        pedido = BackMsg()
        pedido.rerun_script.page_name = "codificar"
        pedido.rerun_script.cached_message_hashes.extend(self._vistos)
        pedido.rerun_script.widget_states.widgets.extend(self._valores.values())
        if pulsa:
            boton = WidgetState(id=self.controles[pulsa][0], trigger_value=True)
            pedido.rerun_script.widget_states.widgets.append(boton)
        self.textos = ""
        await self._enchufe.send(pedido.SerializeToString())

    async def esperar(self) -> None:
        """Espera a que la vuelta termine, con las que ella misma pide después."""
        async with asyncio.timeout(PLAZO):
            while True:
                crudo = await self._enchufe.recv()
                mensaje = ForwardMsg.FromString(bytes(crudo))  # type: ignore[arg-type]
                if mensaje.metadata.cacheable:
                    self._vistos[mensaje.hash] = mensaje
                mensaje = self._vistos.get(mensaje.ref_hash, mensaje)
                match mensaje.WhichOneof("type"):
                    case "delta":
                        self._anotar(mensaje.delta.new_element)
                    case "script_finished":
                        como = mensaje.script_finished
                        if como != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                            return

    def _anotar(self, elemento: Element) -> None:
        match elemento.WhichOneof("type"):
            case "text_input":
                caja = elemento.text_input
                self.controles[caja.label] = (caja.id, [])
            case "button":
                boton = elemento.button
                self.controles[boton.label] = (boton.id, [])
            case "button_group":
                grupo = elemento.button_group
                opciones = [opcion.content for opcion in grupo.options]
                self.controles[grupo.label] = (grupo.id, opciones)
            case "markdown":
                self.textos += elemento.markdown.body
            case "html":
                self.textos += elemento.html.body

    def cortar(self) -> None:
        """Corta la conexión de golpe, como un navegador que se muere."""
        self._enchufe.transport.abort()


async def una_pestana(url: str, numero: int, azar: random.Random) -> str | None:
    """Abre, codifica, guarda y se va; devuelve su seudónimo si vio el acuse."""
    quien = f"pestana-{numero}"
    async with connect(
        f"{url.replace('http', 'ws', 1)}/_stcore/stream",
        origin=Origin(url), subprotocols=[Subprotocol("streamlit")],
        compression=None, max_size=None, ping_interval=None, open_timeout=PLAZO,
        proxy=None,
    ) as enchufe:  # fmt: skip
        pestana = Pestana(enchufe)
        await pestana.pedir()
        await pestana.esperar()
        pestana.escribir("Su seudónimo", quien)
        await pestana.pedir()
        await pestana.esperar()
        for faceta in FACETAS:
            pestana.elegir(faceta, numero)
        await pestana.pedir(GUARDAR)
        if numero % ESPERAN_ACUSE == 0:
            await pestana.esperar()
        else:
            await asyncio.sleep(azar.uniform(0, ESPERA_MAXIMA))
        pestana.cortar()
    return quien if ACUSE in pestana.textos else None


async def cerrar_pestanas(url: str, cuantas: int) -> Cuenta:
    """Abre y cierra `cuantas` pestañas, unas pocas a la vez."""
    cuenta, azar = Cuenta(), random.Random(SEMILLA)
    for desde in range(0, cuantas, A_LA_VEZ):
        numeros = range(desde, min(desde + A_LA_VEZ, cuantas))
        vistas = await asyncio.gather(*(una_pestana(url, n, azar) for n in numeros))
        cuenta.acusadas |= {quien for quien in vistas if quien}
        cuenta.cerradas += len(vistas)
    # La última, tranquila: el tablero sigue atendiendo y guardando.
    if quien := await una_pestana(url, cuantas * ESPERAN_ACUSE, azar):
        cuenta.acusadas.add(quien)
    return cuenta


def revisar(ruta: Path, cuenta: Cuenta) -> None:
    """Abre la base y cuenta qué quedó: entero, perdido o a medias."""
    with abrir(ruta, escribe=True) as con:
        quedo = con.execute(
            "select l.codificador_id, count(distinct c.faceta), count(distinct"
            " b.bitacora_id) from lecturas as l left join codificaciones as c using"
            " (enunciado_id, libro_id, codificador_id) left join bitacora as b"
            " on b.tabla = 'lecturas' and b.quien = l.codificador_id"
            " where l.codificador_id like 'pestana-%' group by l.codificador_id"
        ).fetchall()
        sueltas = con.execute(
            "select codificador_id from codificaciones where codificador_id like"
            " 'pestana-%' and codificador_id not in (select codificador_id from"
            " lecturas)"
        ).fetchall()
    cuenta.guardadas = len(quedo)
    cuenta.perdidas = len(cuenta.acusadas - {quien for quien, *_ in quedo})
    cuenta.a_medias = len(sueltas) + sum(
        (facetas, escritas) != (len(FACETAS), 1) for _, facetas, escritas in quedo
    )


def probar(cuantas: int) -> Cuenta:
    """Sirve una base nueva, cierra las pestañas, mata el servidor y revisa la base."""
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        puerto = libre.getsockname()[1]
    url = f"http://127.0.0.1:{puerto}"
    with tempfile.TemporaryDirectory() as carpeta:
        ruta = construir(Path(carpeta) / "base.duckdb")
        servidor = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "dashboard.py",
             "--server.port", str(puerto)],
            cwd=RAIZ, env={**os.environ, "TABLERO_BD": str(ruta)},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            _esperar_servidor(url, servidor)
            cuenta = asyncio.run(cerrar_pestanas(url, cuantas))
        finally:
            servidor.kill()
            servidor.wait()
        revisar(ruta, cuenta)
    return cuenta


def _esperar_servidor(url: str, servidor: "subprocess.Popen[bytes]") -> None:
    limite = time.monotonic() + PLAZO
    while time.monotonic() < limite and servidor.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("El servidor no partió.")


def main() -> int:
    """Imprime la cuenta; devuelve 1 si algo se perdió o quedó a medias."""
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("--pestanas", type=int, default=200)
    cuenta = probar(opciones.parse_args().pestanas)
    print(
        f"{cuenta.cerradas} pestañas cerradas al guardar: {cuenta.guardadas} lecturas"
        f" guardadas, {len(cuenta.acusadas)} con acuse; {cuenta.perdidas} perdidas,"
        f" {cuenta.a_medias} a medias."
    )
    return int(bool(cuenta.perdidas or cuenta.a_medias))


if __name__ == "__main__":
    sys.exit(main())

"""Pulsa lo mismo en el producto y en sus rivales, por turnos, y exige que coincidan.

    python -m pruebas_de_carga.interaccion.medir BASE COPIAS

Todos están en marcha a la vez y cada clic se da en uno tras otro: lo que ocupe al
equipo les toca a todos, y las razones valen aunque esté ocupado.
"""

import argparse
import asyncio
import json
import statistics
import sys
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack, ExitStack, contextmanager
from pathlib import Path
from typing import TypedDict

from consultas.lector import consultar, valores
from consultas.seleccion import Seleccion
from datos.base import abrir as abrir_base
from pruebas_de_carga.interaccion import de_datasette
from pruebas_de_carga.interaccion.clientes import (
    Cliente,
    PorDash,
    PorDatasette,
    PorStreamlit,
)
from pruebas_de_carga.interaccion.entornos import SinEntorno, python_de
from pruebas_de_carga.interaccion.pasos import COLUMNAS, POR_FILTRO
from pruebas_de_carga.motores.preguntas import Lugar
from pruebas_de_carga.persona import abrir
from pruebas_de_carga.proceso import Servidor, puerto_libre, servir, servir_tablero

RIVALES = ("datasette", "dash", "pandas")
CARPETA = "pruebas_de_carga/interaccion"
# Se mide cuánto tarda, no si pasa del plazo con que las pantallas se protegen.
PLAZO = "600"
ENTRE_CLICS = 0.1
CALIENTAN = 2
Clic = tuple[str, str]


class Medido(TypedDict):
    """De uno, por clic: ms de reloj (mediana y media) y de CPU; y los MiB, el mayor."""

    ms: float
    media: float
    cpu: float
    memoria: float


class NoCoincide(Exception):
    """Un rival respondió otra cosa que el producto; el mensaje dice a qué clic."""


def elegir(lugar: Lugar) -> tuple[list[Clic], list[Clic], dict[Clic, str]]:
    """Devuelve los clics que calientan, los que se miden y cómo se lee cada opción.

    Ninguno se repite: nada sale de la memoria de nadie. Se miden los valores con más
    enunciados de cada filtro; calientan los que siguen.
    """
    nombre = "filtros_opciones"
    with abrir_base(lugar.base) as con:
        opciones = consultar(con, nombre, valores(nombre, Seleccion(ficticio=True)))
        por_filtro = {
            filtro: con.execute(
                f"select {columna} from lectura_enunciados group by {columna}"
                f" order by count(*) desc, {columna}"
            ).fetchall()
            for filtro, columna in COLUMNAS.items()
        }
    rangos = (POR_FILTRO, POR_FILTRO + CALIENTAN), (0, POR_FILTRO)
    calientan, clics = (
        [
            (filtro, str(valor))
            for filtro, filas in por_filtro.items()
            for (valor,) in filas[desde:hasta]
        ]
        for desde, hasta in rangos
    )
    etiquetas = opciones.itertuples(index=False, name=None)
    return (
        calientan,
        clics,
        {(filtro, valor): dice for filtro, valor, dice in etiquetas},
    )


def _orden(rival: str, lugar: Lugar, puerto: int) -> tuple[list[str], dict[str, str]]:
    """Devuelve cómo se parte un rival, con su Python, y qué lleva en el entorno."""
    python = str(python_de(rival))
    sitio = {"PYTHONPATH": "."}
    match rival:
        case "datasette":
            guardadas = de_datasette.preparar(lugar.sqlite, lugar.copias)
            ajustes = {"sql_time_limit_ms": "600000", "cache_size_kb": "262144",
                       "default_cache_ttl": "0"}  # fmt: skip
            puestos = [p for par in ajustes.items() for p in ("--setting", *par)]
            return [python, "-m", "datasette", "-i", str(lugar.sqlite), "--metadata",
                    str(guardadas), "--port", str(puerto), *puestos], {}  # fmt: skip
        case "dash":
            return [python, "-m", "pruebas_de_carga.interaccion.app_dash",
                    str(lugar.base), str(puerto)],\
                {**sitio, "TABLERO_PLAZO": PLAZO}  # fmt: skip
    return [python, "-m", "streamlit", "run", f"{CARPETA}/guion_pandas.py",
            "--server.port", str(puerto)],\
        {**sitio, "INTERACCION_PARQUET": str(lugar.parquet("enunciados"))}  # fmt: skip


@contextmanager
def servidos(lugar: Lugar) -> Iterator[dict[str, Servidor]]:
    """Mantiene en marcha al producto y a los rivales que se pudieron instalar."""
    with ExitStack() as abiertos:
        guion = f"{CARPETA}/app_producto.py"
        marcha = {
            "producto": abiertos.enter_context(servir_tablero(lugar.base, guion, PLAZO))
        }
        for rival in RIVALES:
            puerto = puerto_libre()
            try:
                orden, entorno = _orden(rival, lugar, puerto)
            except SinEntorno as error:
                print(error, file=sys.stderr)
                continue
            marcha[rival] = abiertos.enter_context(servir(orden, puerto, "", entorno))
        yield marcha


async def _sentar(
    marcha: Mapping[str, Servidor], base: str, etiquetas: Mapping[Clic, str],
    abiertas: AsyncExitStack,
) -> dict[str, Cliente]:  # fmt: skip
    sentados: dict[str, Cliente] = {}
    for nombre, servidor in marcha.items():
        if nombre == "datasette":
            sentados[nombre] = PorDatasette(servidor.url, base)
        elif nombre == "dash":
            sentados[nombre] = PorDash(servidor.url)
        else:
            persona, _ = await abiertas.enter_async_context(
                abrir(servidor.url, "?ficticio=si")
            )
            como = etiquetas if nombre == "producto" else {}
            sentados[nombre] = PorStreamlit(servidor.url, persona, como, abiertas)
    return sentados


async def _exigir_iguales(clientes: Mapping[str, Cliente], clics: list[Clic]) -> None:
    """Lanza NoCoincide si alguno responde otra cosa que el producto a algún clic."""
    for clic in clics:
        dichas = {
            nombre: json.loads(await cliente.comprobar(*clic))
            for nombre, cliente in clientes.items()
        }
        for nombre, dicha in dichas.items():
            for parte, cierta in dichas["producto"].items():
                if dicha[parte] != cierta:
                    raise NoCoincide(
                        f"«{parte}» con {nombre}, al elegir {' = '.join(clic)}:"
                        f" {str(dicha[parte])[:200]} y no {str(cierta)[:200]}"
                    )


async def _pulsar_todo(
    clientes: Mapping[str, Cliente], marcha: Mapping[str, Servidor], clics: list[Clic]
) -> dict[str, list[tuple[float, float]]]:
    """Devuelve los segundos de reloj y de CPU de cada clic, por cliente."""
    tiempos: dict[str, list[tuple[float, float]]] = {nombre: [] for nombre in clientes}
    for clic in clics:
        for nombre, cliente in clientes.items():
            antes = marcha[nombre].cpu()
            segundos = await cliente.pulsar(*clic)
            # Lo que el servidor hace tras responder es CPU suya, y no de espera.
            await asyncio.sleep(ENTRE_CLICS)
            tiempos[nombre].append((segundos, marcha[nombre].cpu() - antes))
    return tiempos


async def _medir(lugar: Lugar, marcha: Mapping[str, Servidor]) -> dict[str, Medido]:
    calientan, clics, etiquetas = elegir(lugar)
    async with AsyncExitStack() as abiertas:
        base = lugar.sqlite.stem
        clientes = await _sentar(marcha, base, etiquetas, abiertas)
        await _pulsar_todo(clientes, marcha, calientan)
        tiempos = await _pulsar_todo(clientes, marcha, clics)
        memorias = {n: marcha[n].memoria("VmHWM") / 1024 for n in clientes}
        # Después de medir: el producto recuerda lo que ya respondió.
        await _exigir_iguales(clientes, clics)
    return {
        nombre: {
            "ms": statistics.median(reloj for reloj, _ in suyos) * 1000,
            "media": statistics.fmean(reloj for reloj, _ in suyos) * 1000,
            "cpu": statistics.fmean(cpu for _, cpu in suyos) * 1000,
            "memoria": memorias[nombre],
        }
        for nombre, suyos in tiempos.items()
    }


def medir(lugar: Lugar) -> dict[str, Medido]:
    """Mide al producto y a sus rivales, y devuelve lo medido de cada uno.

    Lanza NoCoincide, sin devolver nada, si alguna respuesta difiere.
    """
    with servidos(lugar) as marcha:
        return asyncio.run(_medir(lugar, marcha))


def main() -> int:
    """Imprime lo medido como JSON; devuelve 1 si alguna respuesta difiere."""
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("base", type=Path)
    opciones.add_argument("copias", type=Path)
    pedido = opciones.parse_args()
    try:
        print(json.dumps(medir(Lugar(pedido.base, pedido.copias))))
    except NoCoincide as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

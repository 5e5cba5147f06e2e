"""Muchas personas a la vez en el tablero de verdad: cuánto esperan y qué gasta.

    python -m pruebas_de_carga.concurrencia --personas 100 --pausa 10 --segundos 60
        [--bd BASE]

Cada una abre una página y, tras una pausa, cambia un filtro o de página. Los tiempos
de espera valen en un equipo desocupado; la CPU y la memoria, en cualquiera.
"""

import argparse
import asyncio
import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pruebas_de_carga.persona import Persona, SinTerminar, Vuelta, abrir
from pruebas_de_carga.proceso import Servidor, servir_tablero
from tablero.paginas import PAGINAS

SEMILLA = 20181017
NOMBRES = [pagina.nombre for pagina in PAGINAS]
# Una de cada tantas acciones cambia de página; las demás, un filtro.
CAMBIA_DE_PAGINA = 3
# Streamlit guarda por un rato hasta 128 sesiones cerradas: se llenan antes de medir.
GUARDADAS, TANDAS, POR_TANDA = 160, 5, 100


@dataclass
class Cuenta:
    """Lo que vieron todas. Segundos; CPU del servidor, solo de las acciones."""

    esperas: list[float] = field(default_factory=list)
    aperturas: list[float] = field(default_factory=list)
    paginas: set[str] = field(default_factory=set)
    errores: list[str] = field(default_factory=list)
    cpu: float = 0.0

    def anotar(self, vuelta: Vuelta, donde: list[float]) -> None:
        """Suma una vuelta."""
        donde.append(vuelta.segundos)
        self.paginas.add(vuelta.pagina)
        self.errores += [f"{vuelta.pagina}: {texto}" for texto in vuelta.errores]


async def _actuar(persona: Persona, azar: random.Random) -> Vuelta:
    if azar.randrange(CAMBIA_DE_PAGINA) == 0:
        return await persona.ir(azar.choice(sorted(persona.paginas)))
    return await persona.filtrar(azar)


async def _vivir(
    numero: int, servidor: Servidor, acciones: int, pausa: float,
    cuenta: Cuenta, todas: asyncio.Barrier,
) -> None:  # fmt: skip
    """Una persona: abre, espera a que todas hayan abierto, y actúa."""
    azar = random.Random(SEMILLA + numero)
    adentro = False
    try:
        # Las aperturas se reparten en una pausa: nadie llega en el mismo instante.
        await asyncio.sleep(pausa * azar.random())
        nombre = NOMBRES[numero % len(NOMBRES)]
        async with abrir(servidor.url, nombre) as (persona, primera):
            cuenta.anotar(primera, cuenta.aperturas)
            await todas.wait()
            adentro = True
            for _ in range(acciones):
                await asyncio.sleep(azar.expovariate(1 / pausa))
                cuenta.anotar(await _actuar(persona, azar), cuenta.esperas)
    except SinTerminar as error:
        cuenta.errores.append(f"sin terminar: {error}")
        if not adentro:
            await todas.wait()


async def concurrir(
    servidor: Servidor, personas: int, acciones: int, pausa: float
) -> Cuenta:
    """Pone a `personas` a hacer `acciones` cada una, con pausas de `pausa` en promedio.

    Las pausas son exponenciales: las llegadas son independientes unas de otras.
    """
    cuenta, antes = Cuenta(), 0.0

    async def _abiertas() -> None:
        nonlocal antes
        await todas.wait()
        antes = servidor.cpu()

    todas = asyncio.Barrier(personas + 1)
    await asyncio.gather(
        _abiertas(),
        *(_vivir(i, servidor, acciones, pausa, cuenta, todas) for i in range(personas)),
    )
    cuenta.cpu = servidor.cpu() - antes
    return cuenta


async def restos(servidor: Servidor, antes: int, tandas: int, por_tanda: int) -> float:
    """Devuelve los KiB que deja cada sesión ya cerrada: la pendiente entre tandas.

    `antes` son las sesiones que se abren y cierran sin contarlas.
    """

    async def tanda(cuantas: int) -> None:
        for numero in range(cuantas):
            nombre = NOMBRES[numero % len(NOMBRES)]
            async with abrir(servidor.url, nombre):
                pass

    await tanda(antes)
    memorias = []
    for _ in range(tandas):
        await tanda(por_tanda)
        memorias.append(servidor.memoria())
    cerradas = range(0, tandas * por_tanda, por_tanda)
    return statistics.linear_regression(cerradas, memorias).slope


def percentil(valores: Sequence[float], cuanto: int) -> float:
    """Devuelve un percentil de los valores, que son al menos dos."""
    return statistics.quantiles(valores, n=100, method="inclusive")[cuanto - 1]


def redactar(
    personas: int, pausa: float, cuenta: Cuenta, pico: float, resto: float
) -> str:
    """Devuelve la tabla en Markdown. `pico` y `resto` van en KiB."""
    ms = [segundos * 1000 for segundos in cuenta.esperas]
    primeras = [segundos * 1000 for segundos in cuenta.aperturas]
    filas = [
        ("acciones terminadas, sin error", f"{len(ms)}, {len(cuenta.errores)} errores",
         "0 errores"),
        ("de pedir a terminar, p50", f"{percentil(ms, 50):.0f} ms", ""),
        ("de pedir a terminar, p95", f"{percentil(ms, 95):.0f} ms", "150 ms"),
        ("de pedir a terminar, la peor", f"{max(ms):.0f} ms", ""),
        ("primera vuelta de una visita, p95", f"{percentil(primeras, 95):.0f} ms", ""),
        ("CPU del servidor por acción", f"{cuenta.cpu * 1000 / len(ms):.1f} ms",
         "30 ms; 60 con 2.000.000"),
        ("memoria del servidor, la mayor", f"{pico / 1024:.0f} MiB", "600"),
        ("lo que deja cada sesión cerrada", f"{resto:.1f} KiB", "20 KiB"),
    ]  # fmt: skip
    titulo = f"{personas} personas, pausas de {pausa:g} s"
    return "\n".join(
        [f"| {titulo} | medido | meta |", "|---|---:|---:|"]
        + [f"| {que} | {medido} | {meta} |" for que, medido, meta in filas]
    ).replace("nan", "—")


def main() -> None:
    """Imprime una tabla en Markdown, y debajo los errores que hubo."""
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("--personas", type=int, default=100)
    opciones.add_argument("--pausa", type=float, default=10)
    opciones.add_argument("--segundos", type=float, default=60)
    opciones.add_argument("--bd", type=Path, help="una base; si no, el diálogo real")
    pedido = opciones.parse_args()
    acciones = max(1, round(pedido.segundos / pedido.pausa))
    with servir_tablero(pedido.bd) as servidor:
        cuenta = asyncio.run(
            concurrir(servidor, pedido.personas, acciones, pedido.pausa)
        )
        pico = servidor.memoria("VmHWM")
        resto = asyncio.run(restos(servidor, GUARDADAS, TANDAS, POR_TANDA))
    print(redactar(pedido.personas, pedido.pausa, cuenta, pico, resto))
    for error in sorted(set(cuenta.errores)):
        print(f"- {error}")


if __name__ == "__main__":
    main()

"""Mata el proceso mientras carga, muchas veces, y comprueba que nada se perdió.

    python -m pruebas_de_carga.resistencia [--muertes 1000]

Un proceso hijo carga actas sin parar e imprime cada acuse; el padre lo mata con SIGKILL
en un momento al azar, abre la base y comprueba que toda carga con acuse está entera,
que ninguna está a medias y cuánto tardó en abrir. Cada tanto el hijo también deshace.
"""

import argparse
import hashlib
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from datos.actas import guardado
from datos.actas.forma import ActaLeida, FilaActa
from datos.actas.vigentes import mesas_de
from datos.base import abrir
from datos.construir import construir
from datos.deshacer import deshacer

RAIZ = Path(__file__).parent.parent
ESPERA_MAXIMA = 1.5
FILAS = 40
SEMILLA = 20181017


@dataclass
class Cuenta:
    """Lo que se vio en todas las muertes. Los segundos son los de abrir la base."""

    muertes: int = 0
    acuses: int = 0
    perdidas: int = 0
    a_medias: int = 0
    peor_apertura: float = 0.0


def cargar_sin_parar(ruta: Path) -> None:
    """Carga y deshace actas hasta que lo maten; imprime cada acuse."""
    con = abrir(ruta, escribe=True)
    mesas = list(mesas_de(con))
    vez = time.time_ns()
    while True:
        vez += 1
        filas = tuple(
            FilaActa(
                i, None, f"Enunciado inventado {vez} número {i}.", None, None, None
            )
            for i in range(1, FILAS + 1)
        )
        acta = ActaLeida(mesas[vez % len(mesas)], vez % 12, "digital", filas)
        huella = hashlib.sha256(str(vez).encode()).hexdigest()
        acuse = guardado.guardar(
            con, ruta, "ana", f"acta-{vez}.csv", huella, [acta], ()
        )
        print("acuse", acuse.carga_id, acuse.filas, flush=True)
        if vez % 4 == 0:
            deshacer(con, ruta, acuse.carga_id, "ana")
            print("deshecha", acuse.carga_id, 0, flush=True)


def _revisar(con: DuckDBPyConnection, acuses: dict[str, int], cuenta: Cuenta) -> None:
    """Compara lo que el hijo acusó con lo que la base tiene."""
    estados = dict(con.execute("select carga_id, estado from cargas").fetchall())
    filas = dict(
        con.execute(
            "select carga_id, count(*) from cargas_filas group by carga_id"
        ).fetchall()
    )
    cuenta.perdidas += sum(
        carga not in estados or filas.get(carga) != cuantas
        for carga, cuantas in acuses.items()
        if cuantas
    )
    cuenta.perdidas += sum(
        estados.get(carga) != "deshecha" for carga, n in acuses.items() if not n
    )
    ((sueltos,),) = con.execute(
        "select count(*) from enunciados as e"
        " left join citas as c using (enunciado_id) where c.cita_id is null"
    ).fetchall()
    ((a_medias,),) = con.execute(
        "select count(*) from (select m.mesa_id, count(*) as n from enunciados as e"
        " inner join mesas as m using (mesa_id) inner join actas as a using (mesa_id)"
        " where e.enunciado_id not in (select enunciado_id from retirados)"
        " and a.documento_id in (select json_extract_string(clave, '$.documento_id')"
        " from cargas_filas where tabla = 'documentos')"
        f" group by m.mesa_id having n <> {FILAS})"
    ).fetchall()
    ((pendientes,),) = con.execute(
        "select count(*) from cargas where estado = 'deshaciendo'"
    ).fetchall()
    cuenta.a_medias += sueltos + a_medias + pendientes


def una_muerte(ruta: Path, azar: random.Random, cuenta: Cuenta) -> None:
    """Deja cargar a un hijo, lo mata, abre la base y la revisa."""
    hijo = subprocess.Popen(
        [sys.executable, "-m", "pruebas_de_carga.resistencia", "--hijo", str(ruta)],
        cwd=RAIZ, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert hijo.stdout is not None
    # Desde el primer acuse, para que la muerte caiga cargando y no partiendo.
    primera = hijo.stdout.readline()
    time.sleep(azar.uniform(0, ESPERA_MAXIMA))
    hijo.kill()
    lineas = [primera, *hijo.stdout.read().splitlines()]
    hijo.stdout.close()
    hijo.wait()
    acuses = {}
    for linea in lineas:
        partes = linea.split()
        # La última línea puede haber quedado cortada.
        if len(partes) == 3 and partes[2].isdigit():
            acuses[partes[1]] = int(partes[2])
    antes = time.perf_counter()
    con = abrir(ruta, escribe=True)
    cuenta.peor_apertura = max(cuenta.peor_apertura, time.perf_counter() - antes)
    with con:
        _revisar(con, acuses, cuenta)
    cuenta.muertes += 1
    cuenta.acuses += len(acuses)


def probar(muertes: int) -> Cuenta:
    """Mata `muertes` veces y devuelve lo visto. La base se renueva cada 50."""
    azar, cuenta = random.Random(SEMILLA), Cuenta()
    with tempfile.TemporaryDirectory() as carpeta:
        modelo = construir(Path(carpeta) / "modelo.duckdb")
        ruta = Path(carpeta) / "base.duckdb"
        for vez in range(muertes):
            if vez % 50 == 0:
                shutil.copy(modelo, ruta)
                ruta.with_name("base.duckdb.wal").unlink(missing_ok=True)
            una_muerte(ruta, azar, cuenta)
    return cuenta


def main() -> int:
    """Imprime la cuenta; devuelve 1 si algo se perdió o quedó a medias."""
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("--muertes", type=int, default=1000)
    opciones.add_argument("--hijo", type=Path, help=argparse.SUPPRESS)
    pedido = opciones.parse_args()
    if pedido.hijo:
        cargar_sin_parar(pedido.hijo)
    cuenta = probar(pedido.muertes)
    print(
        f"{cuenta.muertes} muertes, {cuenta.acuses} cargas con acuse:"
        f" {cuenta.perdidas} perdidas, {cuenta.a_medias} a medias; la base tardó"
        f" {cuenta.peor_apertura:.2f} s en abrir, a lo más."
    )
    return int(bool(cuenta.perdidas or cuenta.a_medias))


if __name__ == "__main__":
    sys.exit(main())

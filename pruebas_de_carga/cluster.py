"""Pregunta todo a DuckDB y a un clúster de Spark, y mata un trabajador en el medio.

    python -m pruebas_de_carga.cluster [--enunciados 2000] [--spark CARPETA]

Parte en este equipo un Spark de verdad, con dos trabajadores; publica una base
sintética y compara las respuestas de toda consulta: de a una y, otra vez, de a varias
mientras muere un trabajador con sus ejecutores. Los archivos van a la carpeta temporal
(TMPDIR).
"""

import argparse
import signal
import statistics
import sys
import tempfile
import warnings
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from consultas import motor_spark, plazo
from consultas.motor_spark import Motor
from datos.publicar import Publicacion, publicar
from pruebas_de_carga.contraste import Pregunta, Respuesta, en_duckdb, en_spark
from pruebas_de_carga.preguntas import CONSULTAS
from pruebas_de_carga.proceso import NoParte
from pruebas_de_carga.sintetico.generar import generar
from pruebas_de_carga.spark_entero import Cluster, FaltaSpark, cluster, hallar

# Segundos por respuesta: aquí se mide cuánto tarda, no se corta.
PLAZO = 900.0
# Preguntas a la vez mientras muere el trabajador.
A_LA_VEZ = 4
ESPERA_OCUPADO = 30.0


@dataclass(frozen=True)
class Medido:
    """Lo que respondió Spark, cuándo murió el trabajador y qué quedó después."""

    primera: Respuesta
    solas: list[Respuesta]
    juntas: list[Respuesta]
    muerte: float
    tareas: int
    quedan: int
    misma: bool

    @property
    def despues(self) -> list[Respuesta]:
        """Devuelve las que se dieron con un trabajador menos."""
        return [r for r in self.juntas if r.hasta > self.muerte]

    @property
    def al_morir(self) -> list[Respuesta]:
        """Devuelve las que se estaban preguntando cuando murió."""
        return [r for r in self.despues if r.desde < self.muerte]

    @property
    def reparos(self) -> list[str]:
        """Devuelve qué fue distinto, o no llegó."""
        todas = (self.primera, *self.solas, *self.juntas)
        return [r.reparo for r in todas if r.reparo]


def avisar(texto: str) -> None:
    """Dice por dónde va: tarda minutos, y lo medido sale al final."""
    print(texto, file=sys.stderr, flush=True)


def con_una_muerte(
    servidores: Cluster, motor: Motor, dada: Publicacion, preguntas: Sequence[Pregunta]
) -> tuple[list[Respuesta], float, int]:
    """Pregunta de a varias y, con un tercio respondido, mata a un trabajador ocupado.

    Devuelve las respuestas, cuándo murió y cuántas tareas hacía.
    """
    with ThreadPoolExecutor(A_LA_VEZ) as hilos:
        futuros = [hilos.submit(en_spark, motor, dada, p) for p in preguntas]
        futuros[len(futuros) // 3].result()
        muerte, tareas = servidores.matar_uno_ocupado(ESPERA_OCUPADO)
        avisar(f"Murió un trabajador; hacía {tareas} tareas.")
        return [futuro.result() for futuro in futuros], muerte, tareas


def medir(
    servidores: Cluster,
    dada: Publicacion,
    preguntas: Sequence[Pregunta],
    *,
    solo_muerte: bool,
) -> Medido:
    """Hace las dos vueltas, o solo la de la muerte, en un clúster recién partido."""
    motor = Motor(servidores.url, dada.carpeta.parent)
    # La primera abre la sesión: se mide aparte.
    primera = en_spark(motor, dada, preguntas[0])
    solas = []
    if not solo_muerte:
        avisar(f"Haciendo {len(preguntas)} preguntas a Spark, de a una…")
        solas = [en_spark(motor, dada, p) for p in preguntas]
    avisar(f"Haciendo {len(preguntas)}, de a {A_LA_VEZ}, con una muerte…")
    sesion = motor.abierta
    juntas, muerte, tareas = con_una_muerte(servidores, motor, dada, preguntas)
    misma = motor.abierta is sesion
    return Medido(primera, solas, juntas, muerte, tareas, servidores.vivos(), misma)


def _fila(quien: str, preguntas: Sequence[Pregunta], segundos: Sequence[float]) -> str:
    mediana = statistics.median(segundos)
    peor, cual = max(zip(segundos, (p.nombre for p in preguntas), strict=True))
    return f"| {quien} | {len(segundos)} | {mediana:.3f} | {peor:.2f} | {cual} |"


def informe(preguntas: Sequence[Pregunta], medido: Medido) -> str:
    """Devuelve la tabla, en Markdown, y lo que pasó con la muerte."""
    con_filas = [p for p in preguntas if not p.esperada.empty]
    filas = {
        "DuckDB": [p.segundos for p in preguntas],
        "Spark, de a una": [r.tardo for r in medido.solas],
        f"Spark, de a {A_LA_VEZ}, con una muerte": [r.tardo for r in medido.juntas],
    }
    lineas = [
        "| motor | preguntas | mediana, s | mayor, s | la más lenta |",
        "|---|---:|---:|---:|---|",
        *(_fila(quien, preguntas, s) for quien, s in filas.items() if s),
        "",
        f"Distintas o sin respuesta: {len(medido.reparos)}. Con filas, y no vacías:"
        f" {len(con_filas)}, de {len({p.nombre for p in con_filas})} consultas.",
        f"Con un trabajador menos se dieron {len(medido.despues)} respuestas;"
        f" {len(medido.al_morir)} estaban en curso cuando murió, y él hacía"
        f" {medido.tareas} tareas.",
        f"Trabajadores al final: {medido.quedan}."
        f" Sesión de Spark: {'la misma' if medido.misma else 'otra'}."
        f" La primera pregunta, que abre la sesión: {medido.primera.tardo:.0f} s.",
    ]  # fmt: skip
    return "\n".join(lineas)


def probar(
    spark: Path, enunciados: int, veces: int, base: Path | None, *, solo_muerte: bool
) -> int:
    """Hace la prueba e imprime lo medido; devuelve 1 si algo no salió igual."""
    with ExitStack() as pila:
        temporal = tempfile.TemporaryDirectory(
            prefix="cluster-", ignore_cleanup_errors=True
        )
        carpeta = Path(pila.enter_context(temporal))
        if base is None:
            avisar(f"Generando {enunciados} enunciados…")
        hecha = base or generar(carpeta / "base.duckdb", enunciados)
        dada = publicar(hecha, carpeta / "publicado")
        if base is None:
            hecha.unlink()
        avisar("Preguntando a DuckDB…")
        preguntas = en_duckdb(dada.base, veces)
        (carpeta / "spark").mkdir()
        servidores = pila.enter_context(cluster(spark, carpeta / "spark"))
        medido = medir(servidores, dada, preguntas, solo_muerte=solo_muerte)
    print(f"{base or enunciados}: {len(CONSULTAS)} consultas.\n")
    print(informe(preguntas, medido))
    for reparo in medido.reparos:
        avisar(reparo)
    return int(bool(medido.reparos) or not medido.al_morir)


def main() -> int:
    """Hace la prueba; devuelve 0 si toda respuesta fue igual y 1 si no."""
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("--enunciados", type=int, default=2_000)
    opciones.add_argument(
        "--spark", type=Path, help="la carpeta de Spark; o SPARK_HOME"
    )
    opciones.add_argument("--veces", type=int, default=2, help="filtros al azar")
    opciones.add_argument("--base", type=Path, help="una ya generada, en vez de otra")
    opciones.add_argument(
        "--solo-muerte", action="store_true", help="sin la vuelta de a una"
    )
    pedido = opciones.parse_args()
    try:
        spark = hallar(pedido.spark)
        plazo.PLAZO = motor_spark.PLAZO = PLAZO
        # Recién partido y en un equipo ocupado, a saludar también tarda.
        motor_spark.ESPERA_SALUDO = PLAZO
        # Detenida desde fuera, también desarma el clúster.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        # El cliente se despide, desde otro hilo, de un servidor que ya no está.
        warnings.filterwarnings("ignore", r".*RETRIES_EXCEEDED", UserWarning)
        return probar(
            spark,
            pedido.enunciados,
            pedido.veces,
            pedido.base,
            solo_muerte=pedido.solo_muerte,
        )
    except (FaltaSpark, NoParte) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())

"""Archivos rotos, raros u hostiles, hechos en código, y quien los lee y los mide."""

import json
import resource
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from datos.aparte import leer_planilla, leer_texto
from datos.errores import ErrorDeDatos
from tests import malformados_oficina as oficina
from tests import malformados_paquetes as paquetes
from tests import malformados_pdf as de_pdf
from tests import malformados_planos as planos

GRUPOS = (
    planos.codificaciones,
    planos.textos,
    planos.planillas_csv,
    planos.ajenos,
    planos.cortados,
    de_pdf.pdfs,
    paquetes.comprimidos,
    paquetes.definiciones,
    oficina.word,
    oficina.excel,
)


@dataclass(frozen=True)
class Caso:
    """Un archivo y qué se espera: None si se lee; si no, la regex de su rechazo."""

    nombre: str
    archivo: str
    contenido: bytes
    espera: str | None


@dataclass(frozen=True)
class Resultado:
    """Cómo le fue a un caso: su rechazo, y lo que gastó su proceso (s, MB)."""

    nombre: str
    espera: str | None
    mensaje: str | None
    inesperado: str | None
    cpu: float
    memoria: float


def casos() -> list[Caso]:
    """Devuelve todos los casos; los mismos cada vez."""
    return [Caso(*fila) for grupo in GRUPOS for fila in grupo()]


def correr(caso: Caso) -> Resultado:
    """Lee el caso como lo haría el tablero y mide a su proceso."""
    antes = resource.getrusage(resource.RUSAGE_CHILDREN)
    mensaje = inesperado = None
    try:
        if caso.archivo.endswith((".xlsx", ".csv")):
            leer_planilla(caso.archivo, caso.contenido, planos.ENCABEZADO)
        else:
            leer_texto(caso.archivo, caso.contenido)
    except ErrorDeDatos as error:
        mensaje = str(error)
    except Exception as error:
        inesperado = repr(error)
    uso = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = uso.ru_utime + uso.ru_stime - antes.ru_utime - antes.ru_stime
    # La memoria es la mayor hasta aquí: crece en el caso que bate el récord.
    memoria = uso.ru_maxrss / 1024
    return Resultado(caso.nombre, caso.espera, mensaje, inesperado, cpu, memoria)


def guardar(carpeta: Path) -> None:
    """Deja los casos en archivos numerados, con su índice en JSON."""
    indice = []
    for numero, caso in enumerate(casos()):
        (carpeta / f"{numero}.bin").write_bytes(caso.contenido)
        indice.append((caso.nombre, caso.archivo, caso.espera))
    (carpeta / "indice.json").write_text(json.dumps(indice), encoding="utf-8")


def principal(carpeta: Path, primero: int, paso: int) -> None:
    """Corre uno de cada `paso` casos, de a uno, y escribe los resultados.

    En un proceso que no los armó: Linux cuenta como memoria de un hijo también el
    máximo de quien lo lanzó.
    """
    indice = json.loads((carpeta / "indice.json").read_text(encoding="utf-8"))
    resultados = []
    for numero in range(primero, len(indice), paso):
        nombre, archivo, espera = indice[numero]
        contenido = (carpeta / f"{numero}.bin").read_bytes()
        resultados.append(asdict(correr(Caso(nombre, archivo, contenido, espera))))
    print(json.dumps(resultados))


if __name__ == "__main__":
    principal(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

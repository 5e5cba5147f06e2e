"""Las copias de la base: dónde están, cómo se hacen, cuáles se guardan.

Un respaldo es un archivo de DuckDB que se abre solo, y junto a él una ficha en JSON con
su número, cuándo se hizo, su SHA-256 y cuántas filas tiene cada tabla. Su orden es el
número: el reloj del equipo puede retroceder.
"""

import logging
import os
import shutil
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from datos.errores import ErrorDeDatos
from datos.filas import ahora
from datos.respaldo_copia import copiar
from datos.respaldo_ficha import FORMA, PARCIAL, PROCESO, Respaldo, anotar, leer, quitar
from datos.respaldo_revisar import Marca, abrir_copia, huella

registro = logging.getLogger("tablero")
# Se guardan los de las últimas cargas y el último de cada hora, que son un día de
# trabajo; el último de cada día de dos semanas, por si un error se nota al volver de
# unos días libres; y el último de cada mes de un año, que es lo que va de una ronda de
# diálogos a la otra. Solo se cuentan las horas, días y meses en que algo cambió.
SE_GUARDAN = 10
HORAS = 10
DIAS = 14
MESES = 12
# Los que no sirven se dejan para mirarlos, y no desplazan a ninguno que sirva.
DUDOSOS = 3
# Lo que ocupa una carga, además de la copia: el doble de la base y un piso.
HOLGURA = 64 * 1024 * 1024
DE_CARGA = "c-"
# Los que pide una persona los quita una persona.
A_MANO = "m-"
CERROJO = threading.Lock()


def entero(variable: str, por_omision: int) -> int:
    """Devuelve el entero, desde 0, de una variable de entorno; si no lo es, avisa."""
    escrito = os.environ.get(variable, "").strip()
    if escrito and not (escrito.isascii() and escrito.isdigit()):
        registro.warning("%s debe ser un número entero; se usa %s.", variable,
                         por_omision)  # fmt: skip
        return por_omision
    return int(escrito) if escrito else por_omision


def carpeta(ruta: Path) -> Path:
    """Devuelve la carpeta de respaldos de una base: junto a ella o en otro disco."""
    otra = os.environ.get("TABLERO_RESPALDOS", "").strip()
    return (Path(otra) if otra else ruta.parent) / f"{ruta.name}.respaldos"


def revisar_espacio(ruta: Path) -> None:
    """Lanza ErrorDeDatos si en el disco no cabe la copia y la carga."""
    hace_falta = ruta.stat().st_size * 2 + HOLGURA
    # Si el otro disco no está montado, crear la carpeta respaldaría en este.
    if not (donde := carpeta(ruta).parent).is_dir():
        raise ErrorDeDatos(
            f"No existe la carpeta {donde}, que TABLERO_RESPALDOS señala para los"
            " respaldos. No se cambió nada; avise a quien administra el tablero."
        )
    libre = min(shutil.disk_usage(lugar).free for lugar in (ruta.parent, donde))
    if libre < hace_falta:
        raise ErrorDeDatos(
            f"No hay espacio en el disco para cargar: quedan {libre >> 20} MB y hacen"
            f" falta {hace_falta >> 20} MB. No se cambió nada; avise a quien administra"
            " el tablero."
        )


def listar(ruta: Path) -> list[Respaldo]:
    """Devuelve los respaldos de una base, del más nuevo al más antiguo."""
    donde = carpeta(ruta)
    hallados = [leer(a) for patron in ("*.duckdb", "*.dudoso")
                for a in donde.glob(patron) if not a.name.startswith(".")]  # fmt: skip
    return sorted(hallados, key=lambda r: (r.numero, r.archivo.name), reverse=True)


def hallar(ruta: Path, nombre: str) -> Respaldo:
    """Devuelve un respaldo por su nombre en la carpeta o por su ruta.

    Lanza ErrorDeDatos si no existe.
    """
    donde = carpeta(ruta)
    for archivo in (Path(nombre), donde / nombre, donde / f"{nombre}.duckdb"):
        if archivo.is_file():
            return leer(archivo)
    raise ErrorDeDatos(f"No existe el respaldo {nombre}. Los que hay están en {donde}.")


def copiar_en_turno(ruta: Path, clave: str) -> Path:
    """Copia la base y su registro de escritura, y devuelve la copia, sin revisar.

    Quien llama tiene el turno de escribir: nadie cambia el archivo mientras se copia.
    Lanza OSError si no se pudo.
    """
    donde = carpeta(ruta)
    donde.mkdir(mode=0o700, exist_ok=True)
    for resto in donde.glob(f".*{PARCIAL}*"):
        if PROCESO not in resto.name:
            resto.unlink(missing_ok=True)
    parcial = donde / f".{clave}.{PROCESO}{PARCIAL}"
    try:
        copiar(ruta, parcial)
    except BaseException:
        quitar(parcial)
        raise
    return parcial


def concluir(
    ruta: Path,
    parcial: Path,
    clave: str,
    revisar: Callable[[Path], Marca],
    viva: Marca | None = None,
) -> Respaldo:
    """Revisa la copia, la compara con la base viva, la anota y retira las que sobran.

    Una copia que no sirve queda aparte, con la razón en su ficha y en el registro.
    """
    marca, problema = None, ""
    try:
        marca = revisar(parcial)
        if viva is not None and marca != viva:
            problema = "no tiene las mismas filas que la base."
    except ErrorDeDatos as error:
        problema = str(error)
    donde = carpeta(ruta)
    archivo = donde / f"{clave}.duckdb{'.dudoso' if problema else ''}"
    with CERROJO:
        numero = max((r.numero for r in listar(ruta)), default=0) + 1
        hecho = Respaldo(
            archivo, numero, f"{ahora():{FORMA}}", huella(parcial), marca,
            problema,
        )  # fmt: skip
        parcial.replace(archivo)
        parcial.with_name(f"{parcial.name}.wal").unlink(missing_ok=True)
        anotar(hecho)
        if problema:
            registro.error("El respaldo %s no sirve: %s Se guardan los anteriores.",
                           archivo, problema)  # fmt: skip
        for viejo in sobrantes(listar(ruta)):
            quitar(viejo.archivo)
    return hecho


def sobrantes(respaldos: Sequence[Respaldo]) -> list[Respaldo]:
    """Devuelve los que ya no se guardan, de una lista que va del más nuevo al último.

    Los que nadie ha revisado no se cuentan ni se quitan.
    """
    buenos = [r for r in respaldos if r.sirve and not r.archivo.name.startswith(A_MANO)]
    de_carga = [r for r in buenos if r.archivo.name.startswith(DE_CARGA)]
    quedan = [
        *buenos[:1],
        *de_carga[: entero("TABLERO_RESPALDOS_CARGAS", SE_GUARDAN)],
        *_uno_por("AAAA-MM-DDTHH", buenos, entero("TABLERO_RESPALDOS_HORAS", HORAS)),
        *_uno_por("AAAA-MM-DD", buenos, entero("TABLERO_RESPALDOS_DIAS", DIAS)),
        *_uno_por("AAAA-MM", buenos, entero("TABLERO_RESPALDOS_MESES", MESES)),
    ]
    guardados = {r.archivo for r in quedan}
    dudosos = [r for r in respaldos if r.problema]
    return [r for r in buenos if r.archivo not in guardados] + dudosos[DUDOSOS:]


def _uno_por(forma: str, buenos: Sequence[Respaldo], cuantos: int) -> list[Respaldo]:
    """Devuelve el último de cada período; `forma` es el comienzo de su momento."""
    ultimos: dict[str, Respaldo] = {}
    for respaldo in buenos:
        ultimos.setdefault(respaldo.momento[: len(forma)], respaldo)
    return list(ultimos.values())[:cuantos]


def respaldar(ruta: Path, clave: str) -> Path:
    """Respalda la base antes de escribir en ella, y devuelve la copia.

    Quien llama tiene el turno de escribir. Lanza ErrorDeDatos si no hay espacio, y
    OSError si no se pudo copiar.
    """
    revisar_espacio(ruta)
    return concluir(ruta, copiar_en_turno(ruta, clave), clave, abrir_copia).archivo

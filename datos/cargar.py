"""Carga un archivo desde la consola, con los mismos verbos y mensajes que la página.

python -m datos.cargar ARCHIVO [--probar] [--quien SEUDÓNIMO]
    [--region CÓDIGO] [--nombre NOMBRE] [--anio AÑO] [--aceptar] [--tapar]

Un informe (.txt, .docx, .pdf) que la base ya conoce se adjunta a sus enunciados; uno
nuevo se guarda como diálogo, con sus enunciados sin codificar, salvo --aceptar. Un acta
(.xlsx, .csv) se guarda en su mesa. Con el tablero en marcha la base está tomada.
"""

import argparse
import hashlib
import sys
from dataclasses import replace
from pathlib import Path

from duckdb import DuckDBPyConnection

from datos import cargas
from datos.actas import guardado, vigentes
from datos.actas.entender import entender
from datos.actas.forma import ENCABEZADO_CSV
from datos.aparte import leer_planilla
from datos.base import abrir
from datos.borrador import Borrador, aceptar_sugeridos, exigir_completo, recuento
from datos.errores import ErrorDeDatos
from datos.escritura import ya_cargado
from datos.recibir import TAMANO_MAXIMO
from datos.ubicacion import ruta_base

QUIEN = "consola"
DE_PLANILLA = (".xlsx", ".csv")
SIN_CAMBIOS = "Fue una prueba; no se cambió nada."


def leer_archivo(archivo: Path) -> bytes:
    """Devuelve los bytes de un archivo. Lanza ErrorDeDatos si no se puede leer."""
    try:
        if archivo.stat().st_size > TAMANO_MAXIMO:
            raise ErrorDeDatos(
                f"{archivo} pasa de {TAMANO_MAXIMO >> 20} MB: no parece"
                " un informe ni un acta."
            )
        return archivo.read_bytes()
    except OSError as error:
        raise ErrorDeDatos(f"No se puede leer {archivo}: {error.strerror}.") from error


def _entendido(borrador: Borrador) -> str:
    informe, cuantos = borrador.informe, recuento(borrador)
    preguntas = sum(len(tema.preguntas) for tema in informe.temas)
    parrafos = sum(len(tema.parrafos) for tema in informe.temas)
    return (
        f"Se entendió: {len(informe.temas)} temas, {preguntas} bloques de preguntas,"
        f" {parrafos} párrafos de conclusiones, {sum(cuantos.values())} enunciados"
        f" ({cuantos['aceptado']} aceptados), {len(informe.datos)} datos,"
        f" {len(informe.autoridades)} cargos. Sin entender:"
        f" {len(informe.sin_entender)} trozos."
    )


def _informe(
    con: DuckDBPyConnection, ruta: Path, contenido: bytes, pedido: argparse.Namespace
) -> str:
    lectura = cargas.leer(con, pedido.archivo.name, contenido, enmascarar=pedido.tapar)
    if lectura.hallazgo:
        if lectura.hallazgo.ya_estaba:
            return f"{lectura.hallazgo} Ya estaba cargado; no se cambió nada."
        if pedido.probar:
            return f"{lectura.hallazgo} {SIN_CAMBIOS}"
        return cargas.adjuntar(con, ruta, pedido.quien, lectura).resumen
    if resumen := ya_cargado(con, lectura.sha256):
        return f"Ese mismo archivo ya está cargado; no se cambió nada. {resumen}"
    borrador = cargas.empezar(con, lectura)
    ficha = borrador.ficha
    borrador = replace(
        borrador,
        ficha=replace(
            ficha,
            nombre=pedido.nombre or ficha.nombre,
            region_id=pedido.region or ficha.region_id,
            anio=pedido.anio or ficha.anio,
        ),
    )
    if pedido.aceptar:
        borrador = aceptar_sugeridos(borrador)
    dicho = "\n".join([*borrador.avisos, _entendido(borrador)])
    if pedido.probar:
        exigir_completo(borrador)
        return f"{dicho}\n{SIN_CAMBIOS}"
    return f"{dicho}\n{cargas.guardar(con, ruta, pedido.quien, borrador).resumen}"


def _actas(
    con: DuckDBPyConnection, ruta: Path, contenido: bytes, pedido: argparse.Namespace
) -> str:
    nombre, huella = pedido.archivo.name, hashlib.sha256(contenido).hexdigest()
    if resumen := ya_cargado(con, huella):
        return f"Ese mismo archivo ya está cargado; no se cambió nada. {resumen}"
    planilla = leer_planilla(nombre, contenido, ENCABEZADO_CSV)
    cargas.exigir_planilla_sin_personales(nombre, planilla)
    actas = entender(nombre, planilla, vigentes.mesas_de(con))
    cambios = vigentes.cambios(con, actas)
    distintas = [c.acta for c in cambios if c.es_nueva or c.diferencias]
    dicho = "\n".join([*planilla.avisos, *map(str, cambios)])
    if pedido.probar:
        return f"{dicho}\n{SIN_CAMBIOS}"
    if not distintas:
        return f"{dicho}\nNo hay nada que guardar."
    acuse = guardado.guardar(
        con, ruta, pedido.quien, nombre, huella, distintas, cargas.reglas(con)
    )
    return f"{dicho}\n{acuse.resumen}"


def cargar(ruta: Path, pedido: argparse.Namespace) -> str:
    """Carga el archivo pedido en la base de `ruta` y devuelve qué pasó.

    Con `--probar` la base no cambia. Lanza ErrorDeDatos sin haber cambiado nada.
    """
    contenido = leer_archivo(pedido.archivo)
    if not ruta.exists():
        raise ErrorDeDatos(f"No existe la base {ruta}. Constrúyala con: make base")
    pedido.quien = cargas.revisar_quien(pedido.quien)
    # Para probar se abre en solo lectura: ni un byte de la base puede cambiar.
    with abrir(ruta, escribe=not pedido.probar) as con:
        es_planilla = pedido.archivo.suffix.lower() in DE_PLANILLA
        return (_actas if es_planilla else _informe)(con, ruta, contenido, pedido)


def opciones() -> argparse.ArgumentParser:
    """Devuelve lo que la orden admite."""
    admite = argparse.ArgumentParser(
        prog="python -m datos.cargar",
        description="Carga un informe o las actas de un diálogo.",
        epilog="Devuelve 0 si se pudo y 1 si no.",
    )
    admite.add_argument("archivo", type=Path, help=".txt, .docx, .pdf, .xlsx o .csv")
    admite.add_argument("--probar", action="store_true", help="no cambia nada")
    admite.add_argument("--quien", default=QUIEN, help="seudónimo de quien carga")
    admite.add_argument("--region", help="código de la región, como 02")
    admite.add_argument("--nombre", help="nombre del diálogo")
    admite.add_argument("--anio", type=int, help="año, si el informe no lo da")
    admite.add_argument(
        "--aceptar",
        action="store_true",
        help="acepta las sugerencias completas: se hace cargo",
    )
    admite.add_argument(
        "--tapar", action="store_true", help="tapa RUT, correos y teléfonos"
    )
    return admite


def main() -> int:
    """Carga el archivo que se pide; devuelve 0 si se pudo y 1 si no."""
    try:
        pedido = opciones().parse_args()
    except SystemExit as error:
        # argparse sale con 2 si falta algo; aquí solo hay 0 y 1.
        return 1 if error.code else 0
    try:
        print(cargar(ruta_base(), pedido))
    except ErrorDeDatos as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

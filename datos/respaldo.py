"""Hace, revisa y repone los respaldos de la base, con el tablero detenido.

python -m datos.respaldo crear [--bd BASE]
python -m datos.respaldo verificar [--bd BASE] [RESPALDO…]
python -m datos.respaldo restaurar [--bd BASE] RESPALDO [--si] [--quien SEUDÓNIMO]

RESPALDO es un nombre de la carpeta de respaldos o una ruta. Verificar también sirve con
el tablero en marcha, que hace los suyos: antes de cada carga y cada hora.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from datos.base import AJUSTES, EN_USO
from datos.cargas import revisar_quien
from datos.errores import ErrorDeDatos
from datos.respaldo_ficha import Respaldo, anotar, exigir_sano
from datos.respaldo_reloj import respaldar_si_cambio
from datos.respaldo_restaurar import TOMADA, restaurar
from datos.respaldo_revisar import huella, observadas, revisar_a_fondo
from datos.respaldos import A_MANO, carpeta, hallar, listar
from datos.ubicacion import ruta_base

QUIEN = "consola"


def crear(ruta: Path) -> str:
    """Respalda la base y devuelve qué pasó. Lanza ErrorDeDatos si no se pudo."""
    if not ruta.is_file():
        raise ErrorDeDatos(f"No existe la base {ruta}.")
    try:
        con = duckdb.connect(str(ruta), read_only=True, config=AJUSTES)
    except duckdb.Error as error:
        if EN_USO in str(error):
            raise ErrorDeDatos(TOMADA.format(ruta)) from error
        raise ErrorDeDatos(
            f"La base {ruta} está dañada o no es de DuckDB, y no se respaldó."
        ) from error
    with con:
        hecho = respaldar_si_cambio(con, ruta, A_MANO, revisar_a_fondo)
    if hecho is None:
        return "Nada cambió desde el último respaldo; no hacía falta otro."
    if hecho.problema:
        raise ErrorDeDatos(f"El respaldo {hecho.archivo} no sirve: {hecho.problema}")
    return f"Respaldo {hecho.archivo}, revisado."


def verificar(ruta: Path, nombres: list[str]) -> tuple[list[str], bool]:
    """Revisa a fondo los respaldos pedidos, o todos: una línea de cada uno y si sirven.

    Al que no tenía ficha se la hace.
    """
    pedidos = [hallar(ruta, n) for n in nombres] if nombres else listar(ruta)
    if not pedidos:
        return [f"No hay respaldos en {carpeta(ruta)}."], False
    lineas, sirven = [], True
    for respaldo in pedidos:
        try:
            lineas.append(_verificar(respaldo))
        except ErrorDeDatos as error:
            lineas.append(str(error))
            sirven = False
    return lineas, sirven


def _verificar(respaldo: Respaldo) -> str:
    if respaldo.problema:
        raise ErrorDeDatos(f"El respaldo {respaldo.archivo} {respaldo.problema}")
    marca = exigir_sano(respaldo)
    if not respaldo.sirve:
        anotar(replace(respaldo, marca=marca, sha256=huella(respaldo.archivo)))
    cuantas = observadas(respaldo.archivo, marca)
    nota = f", {cuantas} observaciones de datos/pruebas" if cuantas else ""
    return (
        f"{respaldo.archivo.name}: sirve. {respaldo.momento or 'Sin fecha'}, esquema"
        f" {marca.version_esquema}, {sum(marca.filas.values())} filas, bitácora hasta"
        f" {marca.bitacora}{nota}."
    )


def reponer(ruta: Path, nombre: str, quien: str, *, si: bool) -> str:
    """Restaura un respaldo, previa confirmación, y devuelve qué pasó."""
    respaldo, quien = hallar(ruta, nombre), revisar_quien(quien)
    print(f"Se pondrá {respaldo.archivo}\nen el lugar de {ruta}, que quedará al lado.")
    if not si and not _confirma():
        raise ErrorDeDatos("No se restauró; la base sigue como estaba.")
    hecha = restaurar(ruta, respaldo, quien)
    quedo = f" La anterior quedó en {hecha.anterior}." if hecha.anterior else ""
    return f"Se restauró {respaldo.archivo.name} (SHA-256 {hecha.sha256}).{quedo}"


def _confirma() -> bool:
    try:
        return input("Escriba restaurar para seguir: ").strip().lower() == "restaurar"
    except EOFError:
        return False


def opciones() -> argparse.ArgumentParser:
    """Devuelve lo que la orden admite."""
    admite = argparse.ArgumentParser(
        prog="python -m datos.respaldo",
        description="Hace, revisa y repone los respaldos de la base.",
        epilog="Devuelve 0 si se pudo y 1 si no.",
    )
    ordenes = admite.add_subparsers(dest="orden", required=True)
    for orden, ayuda in (
        ("crear", "respalda la base, si algo cambió"),
        ("verificar", "abre y revisa los respaldos"),
        ("restaurar", "pone un respaldo en el lugar de la base"),
    ):
        una = ordenes.add_parser(orden, help=ayuda)
        una.add_argument("--bd", type=Path, default=ruta_base(), help="la base")
        if orden == "verificar":
            una.add_argument("respaldos", nargs="*", help="nombre o ruta; o todos")
        if orden == "restaurar":
            una.add_argument("respaldo", help="nombre o ruta")
            una.add_argument("--si", action="store_true", help="no pregunta")
            una.add_argument(
                "--quien", default=QUIEN, help="seudónimo de quien lo hace"
            )
    return admite


def main(argumentos: Sequence[str] | None = None) -> int:
    """Hace lo que se pide; devuelve 0 si se pudo y 1 si no."""
    try:
        pedido = opciones().parse_args(argumentos)
    except SystemExit as error:
        return 1 if error.code else 0
    try:
        if pedido.orden == "verificar":
            lineas, sirven = verificar(pedido.bd, pedido.respaldos)
            print("\n".join(lineas))
            return 0 if sirven else 1
        if pedido.orden == "crear":
            print(crear(pedido.bd))
        else:
            print(reponer(pedido.bd, pedido.respaldo, pedido.quien, si=pedido.si))
    except (ErrorDeDatos, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Borra una carga para siempre: de la base, de sus registros y de las copias.

python -m datos.borrar CARGA --motivo "…" [--con-respaldos] [--si] [--quien SEUDÓNIMO]
python -m datos.borrar CARGA --ver

Con el tablero detenido. Deshacer deja con qué volver atrás; borrar, no: queda que se
borró, quién, cuándo y por qué. La base se escribe otra vez entera, porque en el archivo
de antes quedarían bloques con lo borrado.
"""

import argparse
import secrets
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from datos import permisos, personales
from datos.base import AJUSTES
from datos.borrar_averiguar import averiguar
from datos.borrar_copias import Copia, que_la_tienen, quitar_copias
from datos.borrar_plan import BORRADO, Plan
from datos.borrar_rehacer import rehacer
from datos.borrar_textos import renglones
from datos.cargas import revisar_quien
from datos.errores import ErrorDeDatos
from datos.filas import ahora, en_json
from datos.migraciones import version
from datos.permisos import Rol
from datos.respaldo_restaurar import juntar, registro_de, tomada
from datos.respaldo_revisar import revisar_a_fondo
from datos.respaldos import respaldar, revisar_espacio
from datos.ubicacion import VERSION_ESQUEMA, ruta_base

QUIEN = "consola"
LARGO_MOTIVO = (5, 300)


@dataclass(frozen=True)
class Borrada:
    """Qué se fue: filas por tabla; el respaldo sin ella; las copias que la tienen."""

    filas: dict[str, int]
    respaldo: Path
    copias: list[Copia]


def revisar_motivo(motivo: str) -> str:
    """Devuelve el motivo limpio. Lanza ErrorDeDatos si falta o si lleva otro dato."""
    limpio = " ".join(motivo.split())
    minimo, maximo = LARGO_MOTIVO
    if not minimo <= len(limpio) <= maximo:
        raise ErrorDeDatos(f"Diga por qué se borra, en {minimo} a {maximo} caracteres.")
    if personales.hallar(limpio):
        raise ErrorDeDatos("El motivo queda escrito: no ponga en él datos personales.")
    return limpio


def borrar(
    ruta: Path, carga_id: str, quien: str, motivo: str, *, con_copias: bool = False
) -> Borrada:
    """Borra una carga de una base que nadie tiene abierta, y la respalda ya sin ella.

    Con `con_copias` quita además las copias que la tenían. Lanza ErrorDeDatos, con la
    base como estaba, si no se puede.
    """
    permisos.exigir(Rol.ADMINISTRACION)
    permisos.exigir_firma(quien)
    quien, motivo = revisar_quien(quien), revisar_motivo(motivo)
    if not ruta.is_file():
        raise ErrorDeDatos(f"No existe la base {ruta}.")
    juntar(ruta)
    revisar_espacio(ruta)
    sufijo = secrets.token_hex(3)
    nueva = ruta.with_name(f".{ruta.name}.{sufijo}.nueva")
    try:
        plan = _escribir(ruta, nueva, carga_id, quien, motivo)
    except (duckdb.Error, OSError) as error:
        raise ErrorDeDatos(
            "No se borró, y la base sigue como estaba: está dañada, o falta espacio en"
            " el disco."
        ) from error
    finally:
        for resto in (nueva, registro_de(nueva)):
            resto.unlink(missing_ok=True)
    respaldo = respaldar(ruta, f"b-{carga_id}-{sufijo}")
    copias = que_la_tienen(ruta, carga_id, plan.sha256)
    if con_copias:
        quitar_copias(ruta, copias)
    return Borrada(plan.cuentas(), respaldo, copias)


def _escribir(ruta: Path, nueva: Path, carga_id: str, quien: str, motivo: str) -> Plan:
    """Deja en el lugar de la base otra sin la carga, revisada."""
    antes = _huella(ruta)
    with duckdb.connect(str(ruta), read_only=True, config=AJUSTES) as con:
        if version(con) != VERSION_ESQUEMA:
            raise ErrorDeDatos("La base es de otra versión: abra antes el tablero.")
        plan = averiguar(con, carga_id)
        textos = renglones(con, plan)
    cuantas = sum(plan.cuentas().values())
    momento = ahora()
    plan.cambia("cargas", (carga_id,), {
        "estado": "deshecha", "archivo": BORRADO,
        "resumen": f"Se borró para siempre: {motivo}",
    })  # fmt: skip
    if plan.vuelve:
        plan.cambia("cargas", (plan.vuelve,), {"estado": "vigente"})
    hechos = {"motivo": motivo, "filas": cuantas, **plan.cuentas()}
    rehacer(ruta, nueva, plan, textos, {
        "momento": momento, "quien": quien, "accion": "borrar", "tabla": "cargas",
        "clave": carga_id, "antes": None, "despues": en_json(hechos),
    })  # fmt: skip
    revisar_a_fondo(nueva)
    nueva.chmod(ruta.stat().st_mode & 0o777)
    with tomada(ruta):
        if _huella(ruta) != antes or registro_de(ruta).exists():
            raise ErrorDeDatos("No se borró: alguien escribió en la base entretanto.")
        nueva.replace(ruta)
    return plan


def _huella(ruta: Path) -> tuple[int, int]:
    estado = ruta.stat()
    return estado.st_size, estado.st_mtime_ns


def ver(ruta: Path, carga_id: str) -> str:
    """Devuelve qué se iría con una carga, sin cambiar nada."""
    juntar(ruta)
    with duckdb.connect(str(ruta), read_only=True, config=AJUSTES) as con:
        plan = averiguar(con, carga_id)
    return "\n".join([
        f"Carga {carga_id}, {plan.estado}. Se irían:",
        *(f"  {tabla}: {cuantas}" for tabla, cuantas in plan.cuentas().items()),
        "Copias que la tienen:",
        *map(en_una_linea, que_la_tienen(ruta, carga_id, plan.sha256)),
    ])  # fmt: skip


def en_una_linea(copia: Copia) -> str:
    """Devuelve una copia como se lee en la consola."""
    return f"  {copia.clase} {copia.archivo} {copia.momento}: {copia.hasta}"


def _pedir(pedido: argparse.Namespace) -> str:
    print(ver(pedido.bd, pedido.carga))
    if pedido.ver:
        return "No se cambió nada."
    revisar_motivo(pedido.motivo)
    copias = " y las copias que la tienen" if pedido.con_respaldos else ""
    print(f"Se borrará esa carga{copias}. No hay vuelta atrás.")
    if not pedido.si and input("Escriba borrar para seguir: ").strip() != "borrar":
        raise ErrorDeDatos("No se borró; la base sigue como estaba.")
    hecha = borrar(pedido.bd, pedido.carga, pedido.quien, pedido.motivo,
                   con_copias=pedido.con_respaldos)  # fmt: skip
    quedan = "Se quitaron las copias." if pedido.con_respaldos else "\n".join(
        ["Todavía la tienen:", *map(en_una_linea, hecha.copias)]
    )  # fmt: skip
    return f"Se borró. Respaldo sin ella: {hecha.respaldo}\n{quedan}"


def main(argumentos: Sequence[str] | None = None) -> int:
    """Borra lo que se pide; devuelve 0 si se pudo y 1 si no."""
    admite = argparse.ArgumentParser(prog="python -m datos.borrar",
                                     description="Borra una carga.")  # fmt: skip
    admite.add_argument("carga", help="su clave, como c-20260101…")
    admite.add_argument("--motivo", default="", help="por qué; queda escrito")
    admite.add_argument("--con-respaldos", action="store_true",
                        help="quita además las copias que la tienen")  # fmt: skip
    admite.add_argument("--ver", action="store_true", help="solo dice qué se iría")
    admite.add_argument("--si", action="store_true", help="no pregunta")
    admite.add_argument("--quien", default=QUIEN, help="seudónimo de quien lo hace")
    admite.add_argument("--bd", type=Path, default=ruta_base(), help="la base")
    try:
        print(_pedir(admite.parse_args(argumentos)))
    except (ErrorDeDatos, OSError, EOFError) as error:
        print(error or "No se borró.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

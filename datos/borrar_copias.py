"""Las copias que todavía tienen una carga que se borró, y hasta cuándo.

Son los respaldos, las bases que quedaron al lado al restaurar o al cambiar de esquema,
las publicaciones y los borradores. Lo que alguien bajó lo dice `datos/salidas.py`.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import duckdb

from datos.borrar_plan import BORRADO
from datos.publicar import publicar
from datos.respaldo_ficha import Respaldo, quitar
from datos.respaldo_revisar import AJUSTES
from datos.respaldos import A_MANO, DE_CARGA, DIAS, MESES, SE_GUARDAN, entero, listar

RESPALDO, ANTERIOR = "respaldo", "base anterior"
PUBLICACION, BORRADOR = "publicación", "borrador"
NADIE_LO_QUITA = "hasta que alguien la quite"


@dataclass(frozen=True)
class Copia:
    """Una copia con la carga: qué es, dónde está, de cuándo y hasta cuándo queda."""

    clase: str
    archivo: Path
    momento: str
    hasta: str


def publicaciones(ruta: Path) -> Path:
    """Devuelve dónde se publica una base: junto a ella, o en TABLERO_PUBLICACIONES."""
    otra = os.environ.get("TABLERO_PUBLICACIONES", "").strip()
    return Path(otra) if otra else ruta.with_name(f"{ruta.name}.publicaciones")


def que_la_tienen(ruta: Path, carga_id: str, sha256: str) -> list[Copia]:
    """Devuelve las copias que tienen la carga, o que no se abren para saberlo."""
    copias = [
        Copia(RESPALDO, r.archivo, r.momento, hasta_cuando(r))
        for r in listar(ruta)
        if _la_tiene(r.archivo, carga_id)
    ]
    for patron in ("anterior-*", "version-*"):
        copias += [
            Copia(ANTERIOR, archivo, "", NADIE_LO_QUITA)
            for archivo in sorted(ruta.parent.glob(f"{ruta.name}.{patron}"))
            if archivo.suffix != ".wal" and _la_tiene(archivo, carga_id)
        ]
    copias += [
        Copia(PUBLICACION, carpeta, "", "hasta que se publique otras veces")
        for carpeta in sorted(publicaciones(ruta).glob("p-*"))
        if _la_tiene(carpeta / f"{carpeta.name}.duckdb", carga_id)
    ]
    borradores = ruta.with_name(f"{ruta.name}.borradores").glob("*.json")
    return copias + [
        Copia(BORRADOR, archivo, "", NADIE_LO_QUITA)
        for archivo in sorted(borradores)
        if sha256 in archivo.read_text(encoding="utf-8", errors="replace")
    ]


def _la_tiene(base: Path, carga_id: str) -> bool:
    try:
        with duckdb.connect(str(base), read_only=True, config=AJUSTES) as con:
            return bool(
                con.execute(
                    "select 1 from cargas where carga_id = ? and archivo <> ?",
                    [carga_id, BORRADO],
                ).fetchall()
            )
    except duckdb.CatalogException:
        # De antes de que hubiera cargas.
        return False
    except duckdb.Error:
        return True


def hasta_cuando(respaldo: Respaldo) -> str:
    """Dice hasta cuándo la rotación guarda un respaldo, a lo más."""
    if respaldo.archivo.name.startswith(A_MANO) or not respaldo.sirve:
        return NADIE_LO_QUITA
    anio, mes, dia = map(int, respaldo.momento[:10].split("-"))
    meses = entero("TABLERO_RESPALDOS_MESES", MESES)
    despues = mes - 1 + meses
    dicho = (
        f"hasta {despues % 12 + 1:02}-{anio + despues // 12}, si algo cambia cada mes"
    )
    if not meses:
        dias = entero("TABLERO_RESPALDOS_DIAS", DIAS)
        dicho = f"hasta {dias} días con cambios después del {dia:02}-{mes:02}-{anio}"
    if respaldo.archivo.name.startswith(DE_CARGA):
        cargas = entero("TABLERO_RESPALDOS_CARGAS", SE_GUARDAN)
        dicho += f"; o hasta que haya otras {cargas} cargas"
    return dicho


def quitar_copias(ruta: Path, copias: list[Copia]) -> None:
    """Quita esas copias. De las publicaciones deja una sola, nueva y sin la carga."""
    for copia in copias:
        if copia.clase != PUBLICACION:
            quitar(copia.archivo)
    if any(copia.clase == PUBLICACION for copia in copias):
        publicar(ruta, publicaciones(ruta), guardar=1)

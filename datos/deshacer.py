"""Deshace una carga entera, o termina de hacerlo si quedó a medias.

DuckDB no deja quitar una fila y la que ella nombra en una misma transacción. Por eso se
quita tabla por tabla, con la carga marcada «deshaciendo»: si algo corta el proceso, al
abrir la base se termina. Volver a quitar lo ya quitado no hace nada.
"""

import json
from functools import partial
from pathlib import Path

from duckdb import DuckDBPyConnection

from datos import permisos
from datos.alcance import exigir_regiones
from datos.derivar import derivar
from datos.errores import ErrorDeDatos
from datos.escritura import (
    anotar_en_bitacora,
    asegurar,
    en_turno,
    transaccion,
)
from datos.filas import Fila, enlaces, llave_de
from datos.historia import CHOQUE
from datos.permisos import Rol
from datos.respaldos import respaldar
from datos.tocado import Tocado, tocado

Claves = dict[str, list[dict[str, object]]]


def _claves(con: DuckDBPyConnection, carga_id: str, *, nuevas: bool = True) -> Claves:
    """Devuelve las claves que la carga agregó (o cambió), de la última a la primera."""
    filas = con.execute(
        "select tabla, clave from cargas_filas where carga_id = ?"
        " and (antes is null) = ? order by orden desc",
        [carga_id, nuevas],
    ).fetchall()
    claves: Claves = {}
    for tabla, clave in filas:
        claves.setdefault(tabla, []).append(json.loads(clave))
    return claves


def _cambiadas_despues(con: DuckDBPyConnection, carga_id: str) -> list[str]:
    filas = con.execute(
        "select distinct c.archivo from cargas_filas as suya"
        " inner join cargas_filas as otra on suya.tabla = otra.tabla"
        " and suya.clave = otra.clave and otra.carga_id <> suya.carga_id"
        " inner join cargas as c on otra.carga_id = c.carga_id"
        " inner join cargas as esta on suya.carga_id = esta.carga_id"
        " where suya.carga_id = ? and c.estado = 'vigente'"
        " and c.momento > esta.momento order by c.archivo",
        [carga_id],
    ).fetchall()
    ediciones = con.execute(
        "select distinct concat('lo que editó «', b.quien, '»') from cargas_filas as f"
        " inner join cargas as c on f.carga_id = c.carga_id"
        " inner join bitacora as b on f.tabla = b.tabla and f.clave = b.clave"
        " where f.carga_id = ? and b.momento > c.momento and b.accion <> ?"
        " order by 1",
        [carga_id, CHOQUE],
    ).fetchall()
    return [que for (que,) in (*filas, *ediciones)]


def _dependen(con: DuckDBPyConnection, claves: Claves, cambiadas: Claves) -> list[str]:
    """Devuelve las tablas con filas de otro origen que nombran a las de la carga.

    Las que ella misma cambió no estorban: volverán a lo que decían.
    """
    ajenas: dict[str, None] = {}
    for hija, columna, madre in enlaces(con):
        suyas = [next(iter(clave.values())) for clave in claves.get(madre, [])]
        if not suyas:
            continue
        llave = llave_de(con, hija)
        suyas_de_hija = (*claves.get(hija, []), *cambiadas.get(hija, []))
        propias = {tuple(clave.values()) for clave in suyas_de_hija}
        filas = con.execute(
            f"select {', '.join(llave)} from {hija} where {columna} in"
            " (select unnest(?))",
            [suyas],
        ).fetchall()
        if any(fila not in propias for fila in filas):
            ajenas[hija] = None
    return list(ajenas)


def _dividieron(con: DuckDBPyConnection, carga_id: str) -> list[str]:
    """Devuelve quiénes dividieron párrafos del texto que la carga adjuntó."""
    filas = con.execute(
        "select distinct s.codificador_id from cargas_filas as f"
        " inner join segmentaciones as s"
        " on f.clave::json ->> 'documento_id' = s.documento_id"
        " where f.carga_id = ? and f.tabla = 'documentos' and f.antes is not null"
        " order by 1",
        [carga_id],
    ).fetchall()
    return [f"«{quien}»" for (quien,) in filas]


def _revisar(con: DuckDBPyConnection, carga_id: str) -> Claves:
    estados = con.execute(
        "select estado from cargas where carga_id = ?", [carga_id]
    ).fetchall()
    if estados != [("vigente",)]:
        como = estados[0][0] if estados else "desconocida"
        raise ErrorDeDatos(f"Esa carga está {como}: solo se deshace una vigente.")
    if despues := _cambiadas_despues(con, carga_id):
        raise ErrorDeDatos(
            f"No se puede deshacer: después vino {', '.join(despues)} sobre lo mismo."
            " Deshaga antes eso."
        )
    if quienes := _dividieron(con, carga_id):
        raise ErrorDeDatos(
            "No se puede deshacer: hay párrafos de ese texto divididos en unidades por"
            f" {', '.join(quienes)}. Cada quien quita antes las suyas, en Codificar."
        )
    claves = _claves(con, carga_id)
    if ajenas := _dependen(con, claves, _claves(con, carga_id, nuevas=False)):
        raise ErrorDeDatos(
            "No se puede deshacer: sobre lo que trajo hay trabajo posterior, en"
            f" {', '.join(ajenas)}. Quítelo o deshágalo antes."
        )
    return claves


def _filas(con: DuckDBPyConnection, carga_id: str) -> list[Fila]:
    filas = con.execute(
        "select tabla, clave, antes from cargas_filas where carga_id = ?"
        " order by orden",
        [carga_id],
    ).fetchall()
    columnas = ("tabla", "clave", "antes")
    return [dict(zip(columnas, fila, strict=True)) for fila in filas]


def _restaurar(con: DuckDBPyConnection, carga_id: str) -> None:
    """Devuelve a lo que decían las filas que la carga cambió."""
    cambios = con.execute(
        "select tabla, clave, antes from cargas_filas where carga_id = ?"
        " and antes is not null order by orden desc",
        [carga_id],
    ).fetchall()
    for tabla, clave, antes in cambios:
        donde, previos = json.loads(clave), json.loads(antes)
        con.execute(
            f"update {tabla} set {', '.join(f'{c} = ?' for c in previos)}"
            f" where {' and '.join(f'{c} = ?' for c in donde)}",
            [*previos.values(), *donde.values()],
        )


def _quitar(con: DuckDBPyConnection, carga_id: str, quien: str, que: Tocado) -> None:
    """Quita lo agregado, tabla por tabla, y deja la carga deshecha.

    `que` es lo que la carga toca, averiguado cuando estaba entera.
    """
    claves = _claves(con, carga_id)
    for tabla, suyas in claves.items():
        columnas = list(suyas[0])
        orden = (
            f"delete from {tabla} where ({', '.join(columnas)}) in"
            f" (select ({', '.join(['unnest(?)'] * len(columnas))}))"
            if len(columnas) > 1
            else f"delete from {tabla} where {columnas[0]} in (select unnest(?))"
        )
        valores = [[clave[columna] for clave in suyas] for columna in columnas]
        transaccion(con, partial(con.execute, orden, valores))

    def cerrar() -> None:
        con.execute(
            "update cargas set estado = 'vigente' where estado = 'reemplazada' and"
            " carga_id = (select reemplaza_a from cargas where carga_id = ?)",
            [carga_id],
        )
        con.execute(
            "update cargas set estado = 'deshecha' where carga_id = ?", [carga_id]
        )
        cuantas = sum(map(len, claves.values()))
        anotar_en_bitacora(con, quien, "deshacer", carga_id, {"filas": cuantas})
        derivar(con, que)

    transaccion(con, cerrar)


def deshacer(con: DuckDBPyConnection, ruta: Path, carga_id: str, quien: str) -> None:
    """Deshace una carga vigente. Antes copia la base.

    Lanza ErrorDeDatos, sin haber cambiado nada, si la carga no está vigente, si hay
    trabajo posterior que depende de ella o si quien actúa no puede.
    """
    permisos.exigir(Rol.EDICION)
    permisos.exigir_firma(quien)
    propio = con.cursor()

    def marcar() -> None:
        _restaurar(propio, carga_id)
        propio.execute(
            "update cargas set estado = 'deshaciendo' where carga_id = ?", [carga_id]
        )

    def todo() -> None:
        _revisar(propio, carga_id)
        exigir_regiones(propio, _filas(propio, carga_id))
        respaldar(ruta, f"{carga_id}-antes-de-deshacer")
        que = tocado(propio, _filas(propio, carga_id))
        transaccion(propio, marcar)
        _quitar(propio, carga_id, quien, que)
        asegurar(propio)

    try:
        en_turno(todo)
    finally:
        propio.close()


def terminar_pendientes(con: DuckDBPyConnection) -> int:
    """Termina lo que quedó a medio deshacer y devuelve cuántas cargas eran."""
    pendientes = con.execute(
        "select carga_id from cargas where estado = 'deshaciendo' order by momento"
    ).fetchall()
    for (carga_id,) in pendientes:
        # Con ella a medio quitar ya no se sabe qué tocaba.
        _quitar(con, carga_id, "arranque", Tocado(todo=True))
    return len(pendientes)

"""Construye, de un paquete abierto, una base igual a la que se exportó."""

import csv
import os
import tempfile
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from datos import abierto_paquete as forma
from datos.construir import FORMATO
from datos.derivar import derivar_todo
from datos.errores import ErrorDeDatos, Falta
from datos.migraciones import DICCIONARIO, esquema_de, hay_camino, migrar
from datos.revision import columnas
from datos.ubicacion import VERSION_ESQUEMA

# Cabe una fila con el texto del informe más largo que se admite, varias veces.
LINEA_MAXIMA = 32 * 1024 * 1024
REHAGA = "Exporte de nuevo el paquete desde la base."


def _exigir_version(paquete: forma.Paquete) -> None:
    suya = paquete.version_esquema
    if suya > VERSION_ESQUEMA:
        raise ErrorDeDatos(
            f"El paquete es de la versión {suya} del esquema, más nueva que la"
            f" {VERSION_ESQUEMA} de este programa. Actualice el programa."
        )
    if suya != VERSION_ESQUEMA and not hay_camino(suya):
        raise ErrorDeDatos(
            f"El paquete es de la versión {suya} del esquema, que este programa no"
            " conoce."
        )


def tablas(con: DuckDBPyConnection) -> list[str]:
    """Devuelve las tablas recién creadas, en orden: antes quien es referido."""
    filas = con.execute(
        "select table_name from duckdb_tables() where schema_name = 'main'"
        " order by table_oid"
    ).fetchall()
    return [tabla for (tabla,) in filas]


def _faltas_de_forma(
    con: DuckDBPyConnection, paquete: forma.Paquete, carpeta: Path
) -> list[Falta]:
    """Devuelve las tablas y columnas que sobran o faltan respecto del esquema."""
    del_esquema = tablas(con)
    traidas = {ruta.stem for ruta in (carpeta / forma.TABLAS).glob("*.csv")}
    faltas = [
        Falta(forma.de_tabla(tabla), "falta.", REHAGA)
        for tabla in del_esquema if tabla not in traidas
    ] + [
        Falta(forma.de_tabla(tabla), "no es una tabla de ese esquema.", REHAGA)
        for tabla in sorted(traidas.difference(del_esquema))
    ]  # fmt: skip
    if set(paquete.filas) != set(del_esquema):
        faltas.append(Falta(forma.PAQUETE, "no cuenta las tablas del esquema.", REHAGA))
    for tabla in del_esquema:
        if tabla not in traidas:
            continue
        with (carpeta / forma.de_tabla(tabla)).open(
            encoding="utf-8", errors="replace", newline=""
        ) as archivo:
            hay = next(csv.reader(archivo), [])
        debe = list(columnas(con, tabla))
        if hay != debe:
            falta = [c for c in debe if c not in hay]
            sobra = [c for c in hay if c not in debe]
            problema = (
                f"falta la columna {falta[0]}." if falta
                else f"sobra la columna «{sobra[0][:60]}»." if sobra
                else "tiene sus columnas en otro orden."
            )  # fmt: skip
            faltas.append(Falta(forma.de_tabla(tabla), problema, REHAGA))
    return faltas


def _cargar(con: DuckDBPyConnection, carpeta: Path, tabla: str) -> None:
    """Inserta el CSV de una tabla, con cada valor en su tipo."""
    tipos = {nombre: tipo for nombre, (tipo, _) in columnas(con, tabla).items()}
    listas = ", ".join(f"cast({c} as {tipo}) as {c}" for c, tipo in tipos.items())
    textos = ", ".join(f"'{c}': 'varchar'" for c in tipos)
    ruta = str(carpeta / forma.de_tabla(tabla)).replace("'", "''")
    con.execute(
        f"insert into {tabla} select {listas} from read_csv('{ruta}',"
        f" {forma.LEER}, max_line_size = {LINEA_MAXIMA},"
        f" columns = {{{textos}}})"
    )


def _llenar(
    con: DuckDBPyConnection, paquete: forma.Paquete, carpeta: Path
) -> list[Falta]:
    faltas: list[Falta] = []
    for tabla in tablas(con):
        try:
            _cargar(con, carpeta, tabla)
        except duckdb.Error as error:
            dicho = str(error).splitlines()[0]
            problema = f"no se puede cargar. Lo que dijo la base: {dicho}"
            return [*faltas, Falta(forma.de_tabla(tabla), problema, REHAGA)]
        ((hay,),) = con.execute(f"select count(*) from {tabla}").fetchall()
        if hay != paquete.filas[tabla]:
            problema = f"tiene {hay} filas y debía tener {paquete.filas[tabla]}."
            faltas.append(Falta(forma.de_tabla(tabla), problema, REHAGA))
    return faltas


def avanzar(con: DuckDBPyConnection, secuencias: dict[str, int]) -> None:
    """Deja cada secuencia donde estaba: no se puede fijar, solo pedirle números."""
    propias = con.execute("select sequence_name from duckdb_sequences()").fetchall()
    for (secuencia,) in propias:
        con.execute(
            f"select max(nextval('{secuencia}')) from range(?)",
            [secuencias.get(secuencia, 0)],
        ).fetchall()


def construir(origen: Path, destino: Path) -> dict[str, int]:
    """Construye la base y devuelve las filas de cada tabla; si algo falla, nada queda.

    Lanza ErrorDeDatos, con todas las faltas halladas, si el destino existe, si el
    paquete está alterado o incompleto, o si es de un esquema que no se conoce.
    """
    if destino.exists():
        raise ErrorDeDatos(f"{destino} ya existe. Elija otro nombre o muévala antes.")
    nueva = destino.with_name(f".{destino.name}.{os.getpid()}.nueva")
    try:
        with tempfile.TemporaryDirectory(dir=destino.parent) as suya:
            carpeta = Path(suya)
            with forma.abrir(origen) as zip_:
                _exigir(forma.sacar(zip_, carpeta))
            paquete = forma.leer_paquete(carpeta)
            _exigir_version(paquete)
            _construir(nueva, paquete, carpeta)
        nueva.replace(destino)
    except OSError as error:
        raise ErrorDeDatos(f"No se pudo construir {destino}: {error}") from error
    finally:
        for resto in (nueva, nueva.with_name(f"{nueva.name}.wal")):
            resto.unlink(missing_ok=True)
    return paquete.filas


def _exigir(faltas: list[Falta]) -> None:
    if faltas:
        raise ErrorDeDatos("No se construyó la base: el paquete no está bien.", faltas)


def _construir(nueva: Path, paquete: forma.Paquete, carpeta: Path) -> None:
    with duckdb.connect(
        str(nueva), config={"storage_compatibility_version": FORMATO}
    ) as con:
        forma.encerrar(con, carpeta)
        for archivo in esquema_de(paquete.version_esquema):
            con.execute(archivo.read_text(encoding="utf-8"))
        _exigir(_faltas_de_forma(con, paquete, carpeta))
        _exigir(_llenar(con, paquete, carpeta))
        avanzar(con, paquete.secuencias)
        if paquete.version_esquema == VERSION_ESQUEMA:
            derivar_todo(con)
            con.execute(DICCIONARIO.read_text(encoding="utf-8"))
        else:
            migrar(con, paquete.version_esquema)

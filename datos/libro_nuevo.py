"""Preparar una versión del libro de códigos, publicarla o descartarla.

Una versión publicada no se cambia: se copia. La que se descarta se queda sin códigos y
con su motivo; en la bitácora sigue lo que decía.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict

from duckdb import DuckDBPyConnection

from datos.cargas import revisar_quien
from datos.edicion import Choque, Editor, editar
from datos.errores import ErrorDeDatos
from datos.filas import ahora
from datos.historia import CHOQUE, Cambio
from datos.libro_diferencias import comparar
from datos.libro_revisar import revisar_codigos
from datos.libros import Codigo, codigos_de, libro_vigente

COPIAR = "copiar libro"
EDITAR = "editar libro"
PUBLICAR = "publicar libro"
DESCARTAR = "descartar libro"
LARGO_NOMBRE, LARGO_MOTIVO = 80, 500


def en_preparacion(con: DuckDBPyConnection) -> str | None:
    """Devuelve la versión que se prepara, o None. Una descartada no tiene códigos."""
    fila = con.execute(
        "select libro_id from libros_versiones where publicado is null and libro_id in"
        " (select libro_id from codigos) order by libro_id limit 1"
    ).fetchone()
    return None if fila is None else str(fila[0])


def _siguiente(con: DuckDBPyConnection) -> str:
    hay = {libro for (libro,) in con.execute("select libro_id from libros").fetchall()}
    numero = len(hay) + 1
    while f"v{numero}" in hay:
        numero += 1
    return f"v{numero}"


def _texto(que: str, valor: str, largo: int) -> str:
    dicho = " ".join(valor.split())
    if not dicho or len(dicho) > largo:
        raise ErrorDeDatos(f"Escriba {que}, en hasta {largo} caracteres.")
    return dicho


def copiar_libro(
    con: DuckDBPyConnection,
    quien: str,
    nombre: str,
    motivo: str,
    codigos: Sequence[Codigo] | None = None,
) -> str:
    """Empieza una versión nueva, copia de la que rige o con `codigos`, y da su clave.

    Lanza ErrorDeDatos si ya se prepara otra, o con todas las faltas de los códigos.
    """
    persona = revisar_quien(quien)
    llamada = _texto("el nombre de la versión", nombre, LARGO_NOMBRE)
    razon = _texto("por qué se cambia el libro", motivo, LARGO_MOTIVO)

    def verbo(editor: Editor) -> str:
        if otra := en_preparacion(editor.con):
            raise ErrorDeDatos(
                f"Ya se prepara otra versión del libro, {otra}. Publíquela o descártela"
                " antes de empezar una nueva."
            )
        if editor.con.execute(
            "select 1 from libros where lower(nombre) = lower(?)", [llamada]
        ).fetchall():
            raise ErrorDeDatos(
                f"Ya hay una versión que se llama «{llamada}». Póngale otro nombre."
            )
        rige, libro = libro_vigente(editor.con), _siguiente(editor.con)
        base = codigos_de(editor.con, rige)
        puestos = revisar_codigos(base if codigos is None else codigos, base)
        hoy = ahora().date()
        editor.agregar(
            "libros",
            {"libro_id": libro, "nombre": llamada, "fecha": hoy, "nota": razon},
        )
        for codigo in puestos:
            editor.agregar("codigos", {"libro_id": libro, **asdict(codigo)})
        editor.agregar(
            "libros_versiones",
            {
                "libro_id": libro,
                "desde_libro_id": rige,
                "motivo": razon,
                "publicado": None,
                "version": 1,
            },
        )
        return libro

    return editar(con, persona, COPIAR, verbo)


def cambios_desde(
    con: DuckDBPyConnection, libro: str, vista: int
) -> tuple[Cambio, ...]:
    """Devuelve qué cambió en una versión del libro después de la que alguien vio.

    La fila de `libros_versiones` se anota la última: cierra cada guardado.
    """
    hallados: list[Cambio] = []
    for momento, quien, accion, tabla, clave, antes, despues in con.execute(
        "select momento, quien, accion, tabla, clave, antes, despues from bitacora"
        " where tabla in ('codigos', 'libros_versiones') and accion <> ?"
        " order by bitacora_id",
        [CHOQUE],
    ).fetchall():
        de = json.loads(clave)
        if de["libro_id"] != libro:
            continue
        era, es = (json.loads(v) if v else {} for v in (antes, despues))
        if tabla == "codigos":
            rotulo = f"{de['faceta']} {de['codigo']}"
            partes = [
                {f"{rotulo}, {c}": v for c, v in f.items() if c not in de}
                for f in (era, es)
            ]
            hallados.append(Cambio(momento, quien, accion, *partes))
        elif es.get("version") == vista:
            hallados.clear()
        else:
            hallados.append(Cambio(momento, quien, accion, era, es))
    return tuple(hallados)


def _abrir(editor: Editor, libro: str, version: int) -> str:
    """Comprueba que la versión se prepara y es la que se vio; da de cuál se copió."""
    clave = {"libro_id": libro}
    fila = editor.leer("libros_versiones", clave)
    if fila is None:
        raise ErrorDeDatos(
            "Esa versión del libro no se prepara: ya rige. Copie una nueva para"
            " cambiarla."
        )
    if fila["version"] != version:
        cambios = cambios_desde(editor.con, libro, version)
        raise Choque("libros_versiones", clave, cambios)
    if fila["publicado"] is not None:
        raise ErrorDeDatos(
            "Esa versión del libro ya está publicada y no se cambia. Copie una nueva."
        )
    if en_preparacion(editor.con) != libro:
        raise ErrorDeDatos("Esa versión del libro se descartó. Copie una nueva.")
    return str(fila["desde_libro_id"])


def _cerrar(editor: Editor, libro: str, nuevos: dict[str, object]) -> int:
    """Anota el guardado en la fila de la versión y devuelve su número."""
    clave = {"libro_id": libro}
    fila = editor.leer("libros_versiones", clave) or {}
    siguiente = int(str(fila["version"])) + 1
    editor.cambiar("libros_versiones", clave, {**nuevos, "version": siguiente})
    return siguiente


def _poner(editor: Editor, libro: str, codigos: Sequence[Codigo]) -> bool:
    """Deja en la versión esos códigos y ninguno más; dice si algo cambió."""
    hay = {(c.faceta, c.codigo): c for c in codigos_de(editor.con, libro)}
    pedidos = {(c.faceta, c.codigo): c for c in codigos}
    for faceta, codigo in hay.keys() - pedidos.keys():
        editor.quitar(
            "codigos", {"libro_id": libro, "faceta": faceta, "codigo": codigo}
        )
    for (faceta, codigo), puesto in pedidos.items():
        clave = {"libro_id": libro, "faceta": faceta, "codigo": codigo}
        if (faceta, codigo) not in hay:
            editor.agregar("codigos", {"libro_id": libro, **asdict(puesto)})
        elif hay[faceta, codigo] != puesto:
            editor.cambiar("codigos", clave, asdict(puesto))
    return hay != pedidos


def poner_codigos(
    con: DuckDBPyConnection,
    quien: str,
    libro_id: str,
    codigos: Sequence[Codigo],
    version: int,
) -> int:
    """Reemplaza los códigos de una versión en preparación; devuelve su número.

    Lanza Choque si ya no es la que se vio, y ErrorDeDatos con todas las faltas.
    """

    def verbo(editor: Editor) -> int:
        desde = _abrir(editor, libro_id, version)
        puestos = revisar_codigos(codigos, codigos_de(editor.con, desde))
        if not _poner(editor, libro_id, puestos):
            return version
        return _cerrar(editor, libro_id, {})

    return editar(con, revisar_quien(quien), EDITAR, verbo)


def publicar(con: DuckDBPyConnection, quien: str, libro_id: str, version: int) -> str:
    """Hace regir la versión que se preparaba, que ya no se cambia; devuelve su clave.

    Lanza ErrorDeDatos si no cambia nada de aquella de que se copió.
    """

    def verbo(editor: Editor) -> str:
        desde = _abrir(editor, libro_id, version)
        antes, despues = (codigos_de(editor.con, v) for v in (desde, libro_id))
        revisar_codigos(despues, antes)
        if not comparar(antes, despues):
            raise ErrorDeDatos(
                "No cambia nada de la versión que rige. Cambie algún código, o"
                " descártela."
            )
        editor.cambiar("libros", {"libro_id": libro_id}, {"fecha": ahora().date()})
        _cerrar(editor, libro_id, {"publicado": ahora()})
        return libro_id

    return editar(con, revisar_quien(quien), PUBLICAR, verbo)


def descartar(con: DuckDBPyConnection, quien: str, libro_id: str, version: int) -> str:
    """Deja de preparar una versión, que queda sin códigos, y devuelve su clave."""

    def verbo(editor: Editor) -> str:
        _abrir(editor, libro_id, version)
        _poner(editor, libro_id, ())
        _cerrar(editor, libro_id, {})
        return libro_id

    return editar(con, revisar_quien(quien), DESCARTAR, verbo)

"""Dividir en unidades un párrafo de un documento cargado, sin ver otra división.

La persona escribe rayas entre las palabras del párrafo; se guarda el último carácter
de cada unidad, y solo si lo demás sigue tal cual.
"""

from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from datos.codificar import revisar_persona
from datos.cortes import cortes_de
from datos.edicion import Editor, editar
from datos.enunciados_nuevos import asegurar_codificador
from datos.errores import ErrorDeDatos
from datos.filas import ahora
from datos.historia import version_nueva
from datos.pasajes import parrafos

DIVIDIR = "dividir en unidades"
QUITAR = "quitar una división"
TABLA = "segmentaciones"
# Un documento tiene los temas de sus citas que rigen; un informe, todos los de su
# diálogo, aunque de alguno no se haya citado nada.
DOCUMENTO_DEL_TEMA = """
    select o.clase, o.texto, td.numero
    from documentos as o, temas_dialogo as td
    inner join dialogos as d using (dialogo_id)
    where o.documento_id = ? and td.tema_dialogo_id = ? and (
        (o.clase = 'informe' and d.documento_id = o.documento_id)
        or exists (
            select 1 from citas as c inner join enunciados as e using (enunciado_id)
            where c.documento_id = o.documento_id
            and e.tema_dialogo_id = td.tema_dialogo_id
            and e.enunciado_id not in (select enunciado_id from retirados)
        )
    )
"""


@dataclass(frozen=True)
class Parrafo:
    """Un párrafo de las conclusiones de un tema, o de un acta; el primero es el 1."""

    documento: str
    tema_dialogo: str
    numero: int

    def clave(self, quien: str) -> dict[str, object]:
        """Devuelve la llave de la división que de él hizo alguien."""
        return {
            "documento_id": self.documento,
            "tema_dialogo_id": self.tema_dialogo,
            "parrafo": self.numero,
            "codificador_id": quien,
        }


def texto_de(con: DuckDBPyConnection, lugar: Parrafo) -> str:
    """Devuelve el párrafo, del texto cargado de su documento.

    Lanza ErrorDeDatos si el documento, su texto o el párrafo no están.
    """
    fila = con.execute(
        DOCUMENTO_DEL_TEMA, [lugar.documento, lugar.tema_dialogo]
    ).fetchone()
    if fila is None:
        raise ErrorDeDatos(
            "Ese documento ya no está, o ya no trata de ese tema. Vuelva a abrir la"
            " página y elija otro."
        )
    clase, texto, tema = fila
    if not texto:
        raise ErrorDeDatos(
            "El texto de ese documento no está cargado, y sin él no se puede dividir."
            " Súbalo en Cargar."
        )
    todos = parrafos(texto, clase, tema)
    if not 1 <= lugar.numero <= len(todos):
        raise ErrorDeDatos(
            f"El documento tiene {len(todos)} párrafos de ese tema y se pidió el"
            f" {lugar.numero}. Vuelva a abrir la página."
        )
    return todos[lugar.numero - 1]


def guardar_segmentacion(
    con: DuckDBPyConnection,
    quien: str,
    lugar: Parrafo,
    marcado: str,
    version: int | None,
) -> int:
    """Guarda cómo divide una persona un párrafo y devuelve la versión que queda.

    `marcado` es el párrafo con rayas, como lo lee `cortes_de`. `version` es la que
    tenía a la vista; None, si no lo había dividido. Lanza Choque si ya no es esa, y
    ErrorDeDatos, con todas las faltas, si el texto no es el del párrafo.
    """
    suyo = revisar_persona(quien)
    clave = lugar.clave(suyo)

    def verbo(editor: Editor) -> int:
        cortes = list(cortes_de(texto_de(editor.con, lugar), marcado))
        editor.exigir_version(TABLA, clave, version)
        if version is not None:
            previa = editor.leer(TABLA, clave) or {}
            if previa["cortes"] == cortes:
                return version
            nuevos = {"cortes": cortes, "momento": ahora()}
            editor.cambiar(TABLA, clave, nuevos)
            return version + 1
        asegurar_codificador(editor, suyo, "persona", "Codifica en el tablero.")
        nueva = version_nueva(editor.con, TABLA, clave)
        resto = {"cortes": cortes, "momento": ahora(), "version": nueva}
        editor.agregar(TABLA, {**clave, **resto})
        return nueva

    return editar(con, suyo, DIVIDIR, verbo)


def quitar_segmentacion(
    con: DuckDBPyConnection, quien: str, lugar: Parrafo, version: int
) -> bool:
    """Quita la división de una persona; lo que decía queda en la bitácora.

    Lanza Choque si ya no es la versión que tenía a la vista.
    """
    suyo = revisar_persona(quien)
    clave = lugar.clave(suyo)

    def verbo(editor: Editor) -> bool:
        editor.exigir_version(TABLA, clave, version)
        editor.quitar(TABLA, clave)
        return True

    return editar(con, suyo, QUITAR, verbo)

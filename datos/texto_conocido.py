"""El texto de un documento que la base ya conoce: reconocerlo y adjuntarlo."""

from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from datos.errores import ErrorDeDatos
from datos.escritura import Anotador
from datos.filas import ahora
from datos.pasajes import pasaje


@dataclass(frozen=True)
class Hallazgo:
    """Qué documento es un texto, y cuántas de sus citas tienen ahí su pasaje."""

    documento_id: str
    titulo: str
    ya_estaba: bool
    citas: int
    con_pasaje: int

    def __str__(self) -> str:
        """Devuelve el hallazgo en una frase."""
        return (
            f"Es «{self.titulo}»: {self.con_pasaje} de {self.citas} citas tienen en él"
            " su pasaje."
        )


def _medir(
    con: DuckDBPyConnection, texto: str, documento: tuple[str, str, str, bool]
) -> Hallazgo:
    documento_id, titulo, clase, ya_estaba = documento
    citas = con.execute(
        "select td.numero, c.parrafo, c.primer_caracter, c.ultimo_caracter, c.sha256"
        " from citas as c inner join enunciados as e using (enunciado_id)"
        " inner join temas_dialogo as td using (tema_dialogo_id)"
        " where c.documento_id = ?",
        [documento_id],
    ).fetchall()
    hallados = sum(pasaje(texto, clase, *cita) is not None for cita in citas)
    return Hallazgo(documento_id, titulo, ya_estaba, len(citas), hallados)


def reconocer(con: DuckDBPyConnection, texto: str, sha256: str) -> Hallazgo | None:
    """Dice de qué documento de la base es un texto, o None si de ninguno.

    Lo es si su archivo tiene la misma huella o si trae, en su lugar, todos los pasajes
    de sus citas: el mismo informe en otro formato. Lanza ErrorDeDatos si trae solo
    algunos: es otra versión, y adjuntarla haría decir a una cita lo que no dice.
    """
    documentos = con.execute(
        "select documento_id, titulo, clase, texto is not null, sha256 = ?"
        " from documentos order by 5 desc, documento_id",
        [sha256],
    ).fetchall()
    parecidos = []
    for *documento, es_el_archivo in documentos:
        hallazgo = _medir(con, texto, tuple(documento))
        if hallazgo.con_pasaje == hallazgo.citas and (es_el_archivo or hallazgo.citas):
            return hallazgo
        if hallazgo.con_pasaje * 2 > hallazgo.citas:
            parecidos.append(hallazgo)
    if parecidos:
        raise ErrorDeDatos(
            f"{parecidos[0]} Deberían tenerlo todas: el archivo es otra versión del"
            " informe. No se cargó. Use la misma con que se hicieron las citas o, si el"
            " informe se corrigió, deshaga antes su carga y cárguelo de nuevo."
        )
    return None


def adjuntar(anotador: Anotador, hallazgo: Hallazgo, texto: str) -> str:
    """Adjunta el texto a su documento y devuelve el resumen."""
    anotador.cambiar(
        "documentos",
        {"documento_id": hallazgo.documento_id},
        {"texto": texto, "cargado": ahora().date()},
    )
    return f"{hallazgo} El pasaje se ve junto a cada enunciado."

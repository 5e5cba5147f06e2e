"""Los enunciados de una carga: cada uno con su cita y sus códigos."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from datos.borrador import ACEPTADO, DESCARTADO, Borrador
from datos.edicion import Editor
from datos.errores import ErrorDeDatos
from datos.escritura import Anotador
from datos.filas import ahora
from datos.leido import Candidato

REGLAS = "reglas"
PRIMER_LIBRO = "v1"
FORMA_DE_SEUDONIMO = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])")
# Las facetas que una persona decide al revisar; sin recurso, falta codificarlo.
FACETAS = ("naturaleza", "tipo", "recurso")


@dataclass(frozen=True)
class Claves:
    """Las claves que comparten las filas de un diálogo nuevo."""

    dialogo: str
    documento: str
    libro: str
    quien: str

    def tema(self, numero: int) -> str:
        """Devuelve la clave de un tema del diálogo."""
        return f"{self.dialogo}-{numero}"


def asegurar_codificador(
    anotador: Anotador | Editor, codificador: str, clase: str, descripcion: str
) -> None:
    """Agrega al codificador si no está; si está con otra clase, lanza ErrorDeDatos."""
    clases = anotador.con.execute(
        "select clase from codificadores where codificador_id = ?", [codificador]
    ).fetchall()
    if not clases:
        anotador.agregar(
            "codificadores",
            {
                "codificador_id": codificador,
                "clase": clase,
                "descripcion": descripcion,
            },
        )
    elif clases != [(clase,)]:
        raise ErrorDeDatos(
            f"El seudónimo «{codificador}» ya es de un codificador de otra clase"
            f" ({clases[0][0]}). Use otro."
        )


def asegurar_codificadores(anotador: Anotador, quien: str) -> None:
    """Agrega, si no están, a quien se hace cargo de una carga y a las reglas."""
    asegurar_codificador(anotador, quien, "persona", "Codificó al revisar una carga.")
    asegurar_codificador(
        anotador,
        REGLAS,
        "regla",
        "Palabras del libro de códigos, sin leer. Solo sugiere.",
    )


def _enunciado(
    c: Candidato, clave: str, orden: int, claves: Claves
) -> dict[str, object]:
    return {
        "enunciado_id": clave,
        "tema_dialogo_id": claves.tema(c.tema),
        "mesa_id": None,
        "pregunta_id": f"{claves.tema(c.tema)}-p{c.pregunta}" if c.pregunta else None,
        "nivel_atribucion": "tema",
        "orden": orden,
        "texto": " ".join(c.texto.split()),
        "certeza": "alta",
        "reitera_a": None,
    }


def _cita(
    c: Candidato, clave: str, borrador: Borrador, claves: Claves
) -> dict[str, object]:
    parrafos = {t.numero: t.parrafos for t in borrador.informe.temas}[c.tema]
    pasaje = parrafos[c.parrafo - 1][c.desde - 1 : c.hasta]
    return {
        "cita_id": f"{clave}-c1",
        "enunciado_id": clave,
        "documento_id": claves.documento,
        "seccion": borrador.informe.seccion_conclusiones or "conclusiones",
        "parrafo": c.parrafo,
        "primer_caracter": c.desde,
        "ultimo_caracter": c.hasta,
        "sha256": hashlib.sha256(pasaje.encode()).hexdigest(),
    }


def clave_de_codigo(clave: str, libro: str, faceta: str, codificador: str) -> str:
    """Devuelve la llave de una codificación; la primera versión del libro se calla."""
    version = "" if libro == PRIMER_LIBRO else f"{libro}-"
    return f"{clave}-{version}{faceta}-{codificador}"


def lecturas(codificaciones: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """Devuelve las lecturas de las que salieron esas codificaciones.

    Las reglas no leen: sugieren.
    """
    leidas = dict.fromkeys(
        (str(c["enunciado_id"]), str(c["libro_id"]), str(c["codificador_id"]))
        for c in codificaciones
        if c["codificador_id"] != REGLAS
    )
    return [
        {
            "enunciado_id": enunciado,
            "libro_id": libro,
            "codificador_id": codificador,
            "momento": ahora(),
            "es_adjudicacion": False,
            "nota": None,
            "version": 1,
        }
        for enunciado, libro, codificador in leidas
    ]


def codificaciones(
    clave: str,
    codigos: dict[str, str | None],
    codificador: str,
    libro: str,
    *,
    es_principal: bool,
) -> list[dict[str, object]]:
    """Devuelve las filas de codificación de un enunciado, una por faceta con código."""
    return [
        {
            "codificacion_id": clave_de_codigo(clave, libro, faceta, codificador),
            "enunciado_id": clave,
            "libro_id": libro,
            "faceta": faceta,
            "codigo": codigo,
            "codificador_id": codificador,
            "fecha": ahora().date(),
            "es_principal": es_principal,
            "nota": None,
        }
        for faceta, codigo in codigos.items()
        if codigo
    ]


def agregar_candidatos(anotador: Anotador, borrador: Borrador, claves: Claves) -> None:
    """Agrega los candidatos que no se descartaron; solo los aceptados, codificados."""
    filas, citas, codigos, sin_pregunta = [], [], [], []
    orden: dict[int, int] = {}
    for candidato in borrador.candidatos:
        if candidato.estado == DESCARTADO:
            continue
        orden[candidato.tema] = orden.get(candidato.tema, 0) + 1
        clave = f"{claves.tema(candidato.tema)}-{orden[candidato.tema]:02d}"
        if candidato.pregunta is None:
            sin_pregunta.append(clave)
        filas.append(_enunciado(candidato, clave, orden[candidato.tema], claves))
        citas.append(_cita(candidato, clave, borrador, claves))
        aceptado = candidato.estado == ACEPTADO
        codigos += codificaciones(
            clave,
            {f: getattr(candidato, f) for f in FACETAS},
            claves.quien if aceptado else REGLAS,
            claves.libro,
            es_principal=aceptado,
        )
    anotador.agregar("enunciados", *filas)
    anotador.agregar("sin_pregunta", *({"enunciado_id": c} for c in sin_pregunta))
    anotador.agregar("citas", *citas)
    anotador.agregar("codificaciones", *codigos)
    anotador.agregar("lecturas", *lecturas(codigos))

"""Las fuentes de un proyecto REFI-QDA: cada texto, y los pasajes que se marcan en él.

Un documento va con su texto si la base lo tiene. Lo que no se halla en él, o lo que es
de un documento que no está cargado, va en otra fuente con los enunciados redactados.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from datos.refi_datos import Fila, Reunido
from datos.refi_lugares import Paginado, Tramo
from datos.refi_xml import guid, legal

REDACTADOS = (
    "Enunciados redactados por quien sistematizó, uno por párrafo. No es el texto de"
    " «{titulo}», que no viene en este archivo: cada pasaje dice dónde consta en él."
)
COMPLETO = (
    "Texto de «{titulo}» tal como se cargó en el tablero, con sus fines de línea"
    " unificados."
)
FICTICIO = " Es un documento ficticio, para mostrar la herramienta. No lo cite."


@dataclass(frozen=True)
class Pasaje:
    """Un pasaje marcado en una fuente y el enunciado que sostiene."""

    guid: str
    enunciado: Fila
    tramo: Tramo
    citas: tuple[Fila, ...]


@dataclass(frozen=True)
class Fuente:
    """Un texto y sus pasajes, en el orden en que aparecen."""

    guid: str
    nombre: str
    descripcion: str
    texto: str
    pasajes: tuple[Pasaje, ...]

    @property
    def archivo(self) -> str:
        """El nombre con que va dentro del paquete."""
        return f"{self.guid}.txt"


def _por_documento(datos: Reunido) -> dict[str, list[tuple[Fila, list[Fila]]]]:
    """Devuelve los enunciados de cada documento con sus citas a él."""
    por: dict[str, dict[str, list[Fila]]] = {}
    for cita in datos.citas:
        suyas = por.setdefault(cita["documento_id"], {})
        suyas.setdefault(cita["enunciado_id"], []).append(cita)
    return {
        documento: [
            (e, suyas[e["enunciado_id"]])
            for e in datos.enunciados
            if e["enunciado_id"] in suyas
        ]
        for documento, suyas in por.items()
    }


def _hallados(
    texto: Paginado, citados: list[tuple[Fila, list[Fila]]]
) -> Iterator[Pasaje]:
    for enunciado, citas in citados:
        for cita in citas:
            tramo = texto.hallar(
                enunciado["numero"],
                cita["parrafo"],
                cita["primer_caracter"],
                cita["ultimo_caracter"],
                cita["sha256"],
            )
            if tramo is not None:
                yield Pasaje(guid("citas", cita["cita_id"]), enunciado, tramo, (cita,))


def _redactados(
    documento: Fila, quedan: list[tuple[Fila, list[Fila]]], aviso: str
) -> Fuente:
    pasajes, parrafos, lugar = [], [], 0
    for enunciado, citas in quedan:
        parrafo = legal(" ".join(enunciado["texto"].split()))
        tramo = Tramo(lugar, lugar + len(parrafo))
        clave = guid("enunciados", enunciado["enunciado_id"])
        pasajes.append(Pasaje(clave, enunciado, tramo, tuple(citas)))
        parrafos.append(parrafo)
        lugar = tramo.hasta + 1
    return Fuente(
        guid("redactados", documento["documento_id"]),
        f"{documento['titulo']} (enunciados redactados)",
        REDACTADOS.format(titulo=documento["titulo"]) + aviso,
        "\n".join(parrafos),
        tuple(pasajes),
    )


def fuentes(datos: Reunido) -> list[Fuente]:
    """Devuelve las fuentes del proyecto; todo enunciado tiene pasaje en alguna.

    Un enunciado que cita varios documentos está en cada uno en que se le halla.
    """
    por_documento = _por_documento(datos)
    hechas: list[Fuente] = []
    ubicados: set[str] = set()
    avisos = {}
    for documento in datos.documentos:
        citados = por_documento[documento["documento_id"]]
        ficticio = all(e["es_ficticio"] for e, _ in citados)
        avisos[documento["documento_id"]] = FICTICIO if ficticio else ""
        if documento["texto"] is None:
            continue
        texto = Paginado(documento["texto"], documento["clase"])
        pasajes = sorted(
            _hallados(texto, citados),
            key=lambda p: (p.tramo.desde, p.tramo.hasta, p.guid),
        )
        if pasajes:
            ubicados |= {p.enunciado["enunciado_id"] for p in pasajes}
            hechas.append(
                Fuente(
                    guid("documentos", documento["documento_id"]),
                    documento["titulo"],
                    COMPLETO.format(titulo=documento["titulo"])
                    + avisos[documento["documento_id"]],
                    texto.texto,
                    tuple(pasajes),
                )
            )
    for documento in datos.documentos:
        quedan = [
            (e, citas)
            for e, citas in por_documento[documento["documento_id"]]
            if e["enunciado_id"] not in ubicados
        ]
        if quedan:
            ubicados |= {e["enunciado_id"] for e, _ in quedan}
            aviso = avisos[documento["documento_id"]]
            hechas.append(_redactados(documento, quedan, aviso))
    return hechas

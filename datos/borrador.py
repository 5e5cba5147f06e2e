"""Un informe en revisión: lo leído, lo que se entendió y lo que alguien decide."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace

from datos.errores import ErrorDeDatos, Falta
from datos.fechas import revisar
from datos.leido import Candidato, InformeLeido

ACEPTADO, PENDIENTE, DESCARTADO = "aceptado", "pendiente", "descartado"


@dataclass(frozen=True)
class Ficha:
    """El diálogo como quedará. Lo que no consta es None; `anio_razon`, de dónde salió.

    `temas` empareja el número de cada tema con su tema canónico, o None si es nuevo.
    """

    nombre: str
    servicio: str
    region_id: str
    comuna: str | None
    lugar: str | None
    anio: int | None
    mes: int | None
    dia: int | None
    temas: tuple[tuple[int, int | None], ...]


@dataclass(frozen=True)
class Borrador:
    """Un informe cargado que todavía no se guarda."""

    archivo: str
    sha256: str
    formato: str
    texto: str
    avisos: tuple[str, ...]
    informe: InformeLeido
    ficha: Ficha
    candidatos: tuple[Candidato, ...]


def clave_de(texto: str, largo: int = 40) -> str:
    """Devuelve el texto como clave: minúsculas sin tildes, unidas con guiones."""
    plano = unicodedata.normalize("NFKD", texto.lower()).encode("ascii", "ignore")
    return re.sub(r"[^a-z0-9]+", "-", plano.decode()).strip("-")[:largo].strip("-")


def ficha_de(
    informe: InformeLeido, canonicos: Mapping[str, int], regiones: Mapping[str, str]
) -> Ficha:
    """Propone la ficha con lo que consta; lo demás lo pone una persona.

    `canonicos` da el tema canónico de cada `clave_de(nombre)`, y `regiones`, la región
    de cada `clave_de(comuna)` conocida.
    """
    fecha = informe.fecha
    return Ficha(
        nombre=" ".join(
            filter(
                None,
                [informe.comuna, str(fecha.anio) if fecha and fecha.anio else None],
            )
        ),
        servicio="Servicio Nacional de Capacitación y Empleo (Sence)",
        region_id=regiones.get(clave_de(informe.comuna or ""), ""),
        comuna=informe.comuna,
        lugar=informe.lugar,
        anio=fecha.anio if fecha else None,
        mes=fecha.mes if fecha else None,
        dia=fecha.dia if fecha else None,
        temas=tuple(
            (tema.numero, canonicos.get(clave_de(tema.nombre, 200)))
            for tema in informe.temas
        ),
    )


def certeza(borrador: Borrador) -> tuple[str, str | None]:
    """Devuelve la certeza de la fecha, y cómo se llegó a ella si no es exacta."""
    fecha, ficha = borrador.informe.fecha, borrador.ficha
    if ficha.anio is None and ficha.mes is None:
        return "no_consta", None
    if ficha.anio is None or ficha.mes is None or ficha.dia is None:
        return "parcial", "El documento no da la fecha completa."
    if fecha is not None and fecha.anio == ficha.anio:
        return "exacta", None
    razon = "El documento no da el año; lo indicó quien cargó el informe."
    if fecha and fecha.dia_semana:
        razon += f" El documento dice {fecha.dia_semana}, y ese día cayó así."
    return "anio_inferido", razon


def faltas(borrador: Borrador) -> list[Falta]:
    """Devuelve todo lo que impide guardar, cada cosa con qué hacer."""
    ficha, halladas = borrador.ficha, []

    def falta(donde: str, problema: str, remedio: str) -> None:
        halladas.append(Falta(donde, problema, remedio))

    if not clave_de(ficha.nombre):
        falta("Diálogo", "no tiene nombre.", "Escriba uno, como «Antofagasta 2018».")
    if not ficha.region_id:
        falta("Diálogo", "no tiene región.", "Elija la región donde se hizo.")
    fecha = borrador.informe.fecha
    if ficha.anio and ficha.mes and ficha.dia:
        semana = fecha.dia_semana if fecha else None
        if problema := revisar(ficha.anio, ficha.mes, ficha.dia, semana):
            falta("Fecha", problema, "Corrija el día, el mes o el año.")
    if not borrador.informe.temas:
        falta(
            "Informe",
            "no se le hallaron temas.",
            "Revise que sus títulos digan «Tema 1: …» o «Temática 1: …».",
        )
    for lugar, candidato in enumerate(borrador.candidatos, start=1):
        if candidato.estado == ACEPTADO and not (
            candidato.naturaleza and candidato.tipo
        ):
            falta(
                f"Enunciado {lugar}",
                "está aceptado sin naturaleza o sin tipo.",
                "Elija ambos, o déjelo pendiente.",
            )
        if candidato.estado != DESCARTADO and not candidato.texto.strip():
            falta(f"Enunciado {lugar}", "quedó sin texto.", "Escríbalo o descártelo.")
        if len(candidato.texto) > 2000:
            falta(f"Enunciado {lugar}", "pasa de 2.000 caracteres.", "Divídalo.")
    return halladas


def exigir_completo(borrador: Borrador) -> None:
    """Lanza ErrorDeDatos con todo lo que falta para guardar."""
    if halladas := faltas(borrador):
        raise ErrorDeDatos("Todavía no se puede guardar.", halladas)


def recuento(borrador: Borrador) -> dict[str, int]:
    """Devuelve cuántos candidatos hay en cada estado."""
    cuantos = dict.fromkeys((ACEPTADO, PENDIENTE, DESCARTADO), 0)
    for candidato in borrador.candidatos:
        cuantos[candidato.estado] += 1
    return cuantos


def aceptar_sugeridos(borrador: Borrador) -> Borrador:
    """Acepta los pendientes que ya tienen naturaleza y tipo."""
    return replace(
        borrador,
        candidatos=tuple(
            replace(c, estado=ACEPTADO)
            if c.estado == PENDIENTE and c.naturaleza and c.tipo
            else c
            for c in borrador.candidatos
        ),
    )

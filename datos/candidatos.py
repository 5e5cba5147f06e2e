"""Propone los enunciados de un informe y los edita sin perder una letra del pasaje."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NoReturn, TypedDict, TypeVar, Unpack

from datos.errores import ErrorDeDatos, Falta
from datos.leido import Candidato, InformeLeido, Regla
from datos.reglas import sugerir
from datos.unidades import ajustar, trozos

T = TypeVar("T")
ESTADOS = ("pendiente", "aceptado", "descartado")


class Cambios(TypedDict, total=False):
    """Los campos de un candidato que una persona puede cambiar."""

    texto: str
    naturaleza: str | None
    tipo: str | None
    recurso: str | None
    pregunta: int | None
    estado: str


def _fallar(lugar: int, problema: str, remedio: str) -> NoReturn:
    falta = Falta(f"candidato {lugar + 1}", problema, remedio)
    raise ErrorDeDatos("No se pudo cambiar la lista de candidatos.", [falta])


def _en(candidatos: Sequence[Candidato], lugar: int) -> Candidato:
    if not 0 <= lugar < len(candidatos):
        _fallar(lugar, "no existe.", f"Hay {len(candidatos)}: elija uno de la lista.")
    return candidatos[lugar]


def proponer(informe: InformeLeido, reglas: Sequence[Regla]) -> tuple[Candidato, ...]:
    """Devuelve los candidatos de todas las conclusiones, en el orden del informe.

    Entre los de un párrafo cubren cada letra suya, en orden y sin pisarse. La pregunta
    se sugiere solo si el tema tiene un único bloque.
    """
    propuestos = []
    for tema in informe.temas:
        pregunta = tema.preguntas[0].orden if len(tema.preguntas) == 1 else None
        for orden, parrafo in enumerate(tema.parrafos, start=1):
            for desde, hasta in trozos(parrafo):
                texto = parrafo[desde - 1 : hasta]
                naturaleza, tipo, calzan = sugerir(texto, reglas)
                propuestos.append(
                    Candidato(
                        tema.numero,
                        orden,
                        desde,
                        hasta,
                        texto,
                        naturaleza,
                        tipo,
                        pregunta=pregunta,
                        reglas=calzan,
                    )
                )
    return tuple(propuestos)


def pasaje_de(candidato: Candidato, informe: InformeLeido) -> str:
    """Devuelve el pasaje del candidato, tomado del informe de donde salió."""
    for tema in informe.temas:
        if tema.numero == candidato.tema and candidato.parrafo <= len(tema.parrafos):
            parrafo = tema.parrafos[candidato.parrafo - 1]
            return parrafo[candidato.desde - 1 : candidato.hasta]
    problema = f"el informe no tiene el párrafo {candidato.parrafo} de su tema."
    falta = Falta(f"tema {candidato.tema}", problema, "Vuelva a cargar el informe.")
    raise ErrorDeDatos("El candidato no es de este informe.", [falta])


def dividir(
    candidatos: Sequence[Candidato], lugar: int, caracter: int, informe: InformeLeido
) -> tuple[Candidato, ...]:
    """Parte un candidato después del carácter `caracter` de su pasaje, desde 1.

    `lugar` es su posición en la lista, desde 0. Ambos heredan lo codificado. Si el
    texto se había editado, queda en el primero y el segundo parte con su pasaje.
    """
    entero = _en(candidatos, lugar)
    pasaje = pasaje_de(entero, informe)
    # Un corte negativo contaría desde el final.
    caracter = max(0, caracter)
    extremos = ajustar(pasaje, 1, caracter), ajustar(pasaje, caracter + 1, len(pasaje))
    if any(desde > hasta for desde, hasta in extremos):
        remedio = f"Elija uno entre 1 y {len(pasaje) - 1}, con texto a cada lado."
        _fallar(lugar, f"no se puede dividir en el carácter {caracter}.", remedio)
    partes = [
        replace(
            entero,
            desde=entero.desde - 1 + desde,
            hasta=entero.desde - 1 + hasta,
            texto=pasaje[desde - 1 : hasta],
        )
        for desde, hasta in extremos
    ]
    if entero.texto != pasaje:
        partes[0] = replace(partes[0], texto=entero.texto)
    return (*candidatos[:lugar], *partes, *candidatos[lugar + 1 :])


def _acuerdo(uno: T | None, otro: T | None) -> T | None:
    """Devuelve el valor en que no discrepan; si discrepan, queda sin decidir."""
    if uno is None or otro is None:
        return otro if uno is None else uno
    return uno if uno == otro else None


def unir(candidatos: Sequence[Candidato], lugar: int) -> tuple[Candidato, ...]:
    """Une un candidato con el siguiente de su párrafo, y devuelve la lista nueva.

    Donde sus códigos discrepan quedan sin decidir. ErrorDeDatos si el siguiente no
    existe o es de otro párrafo.
    """
    uno = _en(candidatos, lugar)
    otro = candidatos[lugar + 1] if lugar + 1 < len(candidatos) else None
    if otro is None or (otro.tema, otro.parrafo) != (uno.tema, uno.parrafo):
        remedio = "Solo se unen dos seguidos del mismo párrafo."
        _fallar(lugar, "no tiene otro después en su párrafo.", remedio)
    # Cortado en medio de una palabra, no había espacio entre los dos.
    pegados = otro.desde == uno.hasta + 1 and all(map(_mide_su_pasaje, (uno, otro)))
    unido = replace(
        uno,
        hasta=otro.hasta,
        texto=f"{uno.texto}{'' if pegados else ' '}{otro.texto}",
        naturaleza=_acuerdo(uno.naturaleza, otro.naturaleza),
        tipo=_acuerdo(uno.tipo, otro.tipo),
        recurso=_acuerdo(uno.recurso, otro.recurso),
        pregunta=_acuerdo(uno.pregunta, otro.pregunta),
        reglas=tuple(dict.fromkeys((*uno.reglas, *otro.reglas))),
        estado=uno.estado if uno.estado == otro.estado else ESTADOS[0],
    )
    return (*candidatos[:lugar], unido, *candidatos[lugar + 2 :])


def _mide_su_pasaje(candidato: Candidato) -> bool:
    return len(candidato.texto) == candidato.hasta - candidato.desde + 1


def cambiar(
    candidatos: Sequence[Candidato], lugar: int, **campos: Unpack[Cambios]
) -> tuple[Candidato, ...]:
    """Cambia campos de un candidato y devuelve la lista nueva.

    El pasaje no se cambia así: para eso están `dividir` y `unir`. ErrorDeDatos si el
    campo no se puede cambiar, el texto queda vacío o el estado no existe.
    """
    actual = _en(candidatos, lugar)
    posibles = sorted(Cambios.__annotations__)
    ajenos = sorted(set(campos) - set(posibles))
    if ajenos:
        remedio = f"Se pueden cambiar: {', '.join(posibles)}."
        _fallar(lugar, f"no se puede cambiar {', '.join(ajenos)}.", remedio)
    if not campos.get("texto", actual.texto).strip():
        _fallar(lugar, "queda sin texto.", "Escriba el enunciado o descártelo.")
    if campos.get("estado", actual.estado) not in ESTADOS:
        remedio = f"Los estados son: {', '.join(ESTADOS)}."
        _fallar(lugar, f"el estado «{campos.get('estado')}» no existe.", remedio)
    return (*candidatos[:lugar], replace(actual, **campos), *candidatos[lugar + 1 :])

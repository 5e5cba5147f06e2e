"""Los casos de un proyecto REFI-QDA (diálogo, tema y mesa) y sus variables."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from datos.refi_datos import Fila, Reunido
from datos.refi_fuentes import Fuente, Pasaje
from datos.refi_xml import dicho, guid, nodo

# Nombre, tipo en la norma, elemento de su valor y qué quiere decir.
VARIABLES = {
    "Clase de caso": ("Text", "TextValue", "Diálogo, tema o mesa."),
    "Servicio": ("Text", "TextValue", "Servicio que convocó."),
    "Región": ("Text", "TextValue", "Región del diálogo."),
    "Comuna": ("Text", "TextValue", "Comuna; sin valor si no consta."),
    "Año": ("Integer", "IntegerValue", "Año del diálogo; sin valor si no consta."),
    "Es ficticio": ("Boolean", "BooleanValue", "Si es inventado, para demostración."),
    "Diálogo": ("Text", "TextValue", "Diálogo a que pertenece."),
    "Número de tema": ("Integer", "IntegerValue", "Número del tema en el diálogo."),
    "Tema": ("Text", "TextValue", "Nombre del tema en el diálogo."),
    "Mesa": ("Text", "TextValue", "Letra de la mesa."),
    "Participantes": (
        "Integer",
        "IntegerValue",
        "Personas en la mesa; sin valor si no consta, que no es 0.",
    ),
    "Registro": (
        "Text",
        "TextValue",
        "Propio, conjunto (el documento no separa las mesas) o sin registro.",
    ),
}


@dataclass(frozen=True)
class Caso:
    """Un caso: su clave, su nombre, sus variables y qué pasajes reúne."""

    guid: str
    nombre: str
    valores: dict[str, object]
    pasajes: tuple[Pasaje, ...]
    fuentes: tuple[Fuente, ...] = ()


def _de_dialogo(d: Fila, todas: Sequence[Fuente], hay_ficticios: bool) -> Caso:
    suyas = tuple(
        f
        for f in todas
        if any(p.enunciado["dialogo_id"] == d["dialogo_id"] for p in f.pasajes)
    )
    suyos = (p for f in suyas for p in f.pasajes)
    return Caso(
        guid("dialogos", d["dialogo_id"]),
        d["nombre"],
        {
            "Clase de caso": "Diálogo",
            "Servicio": d["servicio"],
            "Región": d["region"],
            "Comuna": d["comuna"],
            "Año": d["anio"],
            "Es ficticio": d["es_ficticio"] if hay_ficticios else None,
        },
        tuple(p for p in suyos if p.enunciado["dialogo_id"] == d["dialogo_id"]),
        suyas,
    )


def casos(datos: Reunido, todas: Sequence[Fuente]) -> list[Caso]:
    """Devuelve un caso por diálogo, por tema y por mesa, en ese orden.

    La mesa reúne solo lo que consta que dijo ella; lo conjunto está en su tema.
    """
    pasajes = [p for fuente in todas for p in fuente.pasajes]
    dialogos = {d["dialogo_id"]: d for d in datos.dialogos}
    # Sin ficticios, la variable sobra.
    hay_ficticios = any(d["es_ficticio"] for d in datos.dialogos)
    hechos = [_de_dialogo(d, todas, hay_ficticios) for d in datos.dialogos]
    comunes = {}
    for tema in datos.temas:
        dialogo = dialogos[tema["dialogo_id"]]
        clave = tema["tema_dialogo_id"]
        comunes[clave] = {
            "Diálogo": dialogo["nombre"],
            "Es ficticio": dialogo["es_ficticio"] if hay_ficticios else None,
            "Número de tema": tema["numero"],
            "Tema": tema["nombre"],
        }
        hechos.append(
            Caso(
                guid("temas_dialogo", clave),
                f"{dialogo['nombre']}, tema {tema['numero']}: {tema['nombre']}",
                {"Clase de caso": "Tema", **comunes[clave]},
                tuple(p for p in pasajes if p.enunciado["tema_dialogo_id"] == clave),
            )
        )
    for mesa in datos.mesas:
        comun = comunes[mesa["tema_dialogo_id"]]
        hechos.append(
            Caso(
                guid("mesas", mesa["mesa_id"]),
                f"{comun['Diálogo']}, tema {comun['Número de tema']},"
                f" mesa {mesa['letra']}",
                {
                    "Clase de caso": "Mesa",
                    **comun,
                    "Mesa": mesa["letra"],
                    "Participantes": mesa["participantes"],
                    "Registro": mesa["registro"],
                },
                tuple(p for p in pasajes if p.enunciado["mesa_id"] == mesa["mesa_id"]),
            )
        )
    return hechos


def _decir(valor: object) -> str:
    return str(valor).lower() if isinstance(valor, bool) else str(valor)


def poner_casos(raiz: ET.Element, hechos: Sequence[Caso]) -> None:
    """Agrega al proyecto las variables y los casos."""
    if not hechos:
        return
    variables = nodo(raiz, "Variables")
    usadas = {n for c in hechos for n, valor in c.valores.items() if valor is not None}
    for nombre, (tipo, _, que) in VARIABLES.items():
        if nombre not in usadas:
            continue
        variable = nodo(
            variables,
            "Variable",
            guid=guid("variables", nombre),
            name=nombre,
            typeOfVariable=tipo,
        )
        dicho(variable, "Description", que)
    todos = nodo(raiz, "Cases")
    for caso in hechos:
        uno = nodo(todos, "Case", guid=caso.guid, name=caso.nombre)
        for nombre, valor in caso.valores.items():
            # Lo que no consta no lleva valor: ni 0 ni vacío.
            if valor is not None:
                puesto = nodo(uno, "VariableValue")
                nodo(puesto, "VariableRef", targetGUID=guid("variables", nombre))
                dicho(puesto, VARIABLES[nombre][1], _decir(valor))
        for fuente in caso.fuentes:
            nodo(uno, "SourceRef", targetGUID=fuente.guid)
        for pasaje in caso.pasajes:
            nodo(uno, "SelectionRef", targetGUID=pasaje.guid)

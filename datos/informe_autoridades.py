"""Los cargos que asistieron, sin los nombres de quienes los ocupan."""

import re
from collections.abc import Iterable

from datos.encabezados import aplanar, sin_vineta
from datos.leido import AutoridadLeida

OMITIDO = "[nombre omitido]"
_CARGOS = (
    r"seremi|secretari[oa]|subsecretari[oa]|director(?:a|es)?|subdirector(?:a)?|alcalde"
    r"|alcaldesa|gobernador(?:a)?|intendent[ea]|delegad[oa]|jef[ea]|encargad[oa]"
    r"|president[ea]|vicepresident[ea]|representante|concejal(?:a)?|coordinador(?:a)?"
    r"|profesional|rector(?:a)?|gerent[ea]|core|consejer[oa]|diputad[oa]|senador(?:a)?"
    r"|ministr[oa]|dirigent[ea]|administrador(?:a)?|superintendent[ea]|asesor(?:a)?"
)
_CARGO = re.compile(
    rf"(?:(?:el|la|los|las|don|dona|sr|sra)\.? )*(?P<cargo>{_CARGOS})\b"
)
_INSTITUCION = re.compile(
    r"\b(?:ministerio|servicio|secretaria|subsecretaria|direccion|corporacion|gobierno"
    r"|municipalidad|gobernacion|universidad|instituto|camara|sindicato|federacion"
    r"|asociacion|fundacion|sence|ips|senadis|sernatur|centro|liceo|agencia|consejo"
    r"|caja|comision|superintendencia|delegacion|empresa|confederacion|central|omil"
    r"|otic|otec|seremia)\b"
)
_MAYUSCULA = r"[A-ZÁÉÍÓÚÜÑ][\w'’-]*+\.?"
_ENLACE = r"(?:de|del|la|las|los|y|san)"
_TRATO = r"(?:[Dd]on|[Dd]oña|[Ss]r[ae]?s?\.|[Ss]rta\.|[Ss]eñor(?:a|ita)?)"
_DE_PERSONA = re.compile(
    rf"(?:{_TRATO} )?{_MAYUSCULA}(?: (?:{_ENLACE} ){{0,2}}{_MAYUSCULA}){{0,6}}"
)
_TRATADA = re.compile(
    rf"\b({_TRATO}) ({_MAYUSCULA}(?: (?:de |del |la |los ){{0,2}}{_MAYUSCULA}){{0,4}})"
)
# Lo que sigue con mayúscula a la primera palabra de una institución y es parte de ella.
_PROPIAS = (
    r"(?:Social(?:es)?|Nacional(?:es)?|Regional(?:es)?|Provincial(?:es)?|P[úu]blic[oa]s?"
    r"|Human[oa]s|Ambiente|Urbanismo|Ministerial(?:es)?|Laboral(?:es)?|Metropolitan[oa]"
    r"|Municipal(?:es)?|T[ée]cnic[oa]s?|Territorial(?:es)?|Subrogante|Suplente"
    r"|Delegad[oa])"
)
_OFICINA = re.compile(
    rf"\b(?P<cargo>(?i:{_CARGOS})\b(?: (?i:regional|provincial|nacional|ministerial"
    r"|subrogante|suplente|delegad[oa]|municipal|comunal|territorial|ejecutiv[oa]"
    r"|general|titular|interin[oa]|t[ée]cnic[oa]|\(s\)))*+"
    rf"(?:,? (?:de la |de los |de las |del |de )"
    r"(?:(?:San|Santa|Puerto|Los|Las|La|El) )?"
    rf"{_MAYUSCULA}(?: {_PROPIAS}| y (?:de la |de )?{_MAYUSCULA})*+)*+)"
    rf"(?P<nombre>(?: {_MAYUSCULA}){{2,5}})?"
)
# Lo que encabeza las columnas de una nómina puesta en tabla.
_COLUMNAS = {"cargo", "nombre", "institucion", "autoridad", "nombres"}
_PARTES = re.compile(r"\s*[,:|()]\s*|\s+[–—-]\s+")


def _separar(linea: str) -> tuple[list[str], list[str], list[str]]:
    """Devuelve cargos, instituciones y nombres de una línea de la nómina."""
    cargos, instituciones, otros = list[str](), list[str](), list[str]()
    for parte in filter(None, _PARTES.split(sin_vineta(linea).rstrip(" .;"))):
        plano = aplanar(parte)
        if hallado := _CARGO.match(plano):
            cargos.append(parte[hallado.start("cargo") :])
        elif _INSTITUCION.search(plano) or (parte.isupper() and " " not in parte):
            instituciones.append(parte)
        else:
            otros.append(parte)
    return cargos, instituciones, otros


def leer_nomina(
    linea: str, seccion: str
) -> tuple[list[AutoridadLeida], list[str], str | None]:
    """Entiende una línea de la nómina: sus cargos, los nombres y lo que sobra.

    Lo que sobra va sin nombres, y es None si todo se entendió. Una línea puede traer
    varias autoridades separadas por punto y coma.
    """
    autoridades, nombres, sobras = list[AutoridadLeida](), list[str](), list[str]()
    for pieza in re.split(r";\s*", linea):
        cargos, instituciones, otros = _separar(pieza)
        personas = [
            otro
            for otro in otros
            if _DE_PERSONA.fullmatch(otro) and aplanar(otro) not in _COLUMNAS
        ]
        nombres += personas
        if not cargos:
            sobras.append(" ".join([*instituciones, *(OMITIDO for _ in personas)]))
        elif not personas:
            # Sin coma, el nombre viene pegado al cargo.
            oficinas = [_OFICINA.match(cargo) for cargo in cargos]
            nombres += [o["nombre"].strip() for o in oficinas if o and o["nombre"]]
            cargos = [
                o["cargo"] + c[o.end() :] if o and o["nombre"] else c
                for o, c in zip(oficinas, cargos, strict=True)
            ]
        institucion = ", ".join(instituciones) or None
        autoridades += [AutoridadLeida(c, institucion, seccion) for c in cargos]
        sobras += [otro for otro in otros if otro not in personas]
    return autoridades, nombres, " ".join(filter(None, sobras)) or None


def _tramos_de(nombres: Iterable[str]) -> set[tuple[str, ...]]:
    """Devuelve los trozos de dos o más palabras de cada nombre."""
    tramos = set()
    for nombre in nombres:
        palabras = re.findall(r"\w+", nombre)[:8]
        for largo in range(2, len(palabras) + 1):
            for desde in range(len(palabras) - largo + 1):
                tramos.add(tuple(palabras[desde : desde + largo]))
    return tramos


def mencionadas(parrafo: str, seccion: str) -> list[AutoridadLeida]:
    """Devuelve los cargos que un párrafo nombra junto a la persona que los ocupa."""
    return [
        AutoridadLeida(oficina["cargo"], None, seccion)
        for oficina in _OFICINA.finditer(parrafo)
        if oficina["nombre"]
    ]


def _omitir(nombre: str) -> str:
    # El punto puede ser el de la oración.
    return f"{OMITIDO}." if nombre.endswith(".") else OMITIDO


def sin_nombres(parrafo: str, nombres: Iterable[str]) -> str:
    """Devuelve el párrafo con los nombres conocidos, o evidentes, reemplazados."""
    parrafo = _OFICINA.sub(
        lambda o: f"{o['cargo']} {_omitir(o['nombre'])}" if o["nombre"] else o[0],
        parrafo,
    )
    parrafo = _TRATADA.sub(lambda t: f"{t[1]} {_omitir(t[2])}", parrafo)
    tramos = _tramos_de(nombres)
    palabras = list(re.finditer(r"\w+", parrafo)) if tramos else []
    piezas, hasta, i = [], 0, 0
    while i < len(palabras):
        largo = next(
            (
                n
                for n in range(min(8, len(palabras) - i), 1, -1)
                if tuple(p[0] for p in palabras[i : i + n]) in tramos
            ),
            0,
        )
        if largo:
            piezas += [parrafo[hasta : palabras[i].start()], OMITIDO]
            hasta = palabras[i + largo - 1].end()
        i += max(1, largo)
    return "".join(piezas) + parrafo[hasta:]

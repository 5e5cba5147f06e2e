"""Reconoce las líneas de un informe que abren una sección o un tema."""

import re
import unicodedata
from collections.abc import Sequence

from datos.leido import Seccion

ROMANOS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
VINETA = re.compile(r"^[•·▪●○◦■□\uf0b7\uf0a7*–—-]+\s*")
_NUMERADA = re.compile(r"^(\d{1,2}|[IVX]{1,4})(\s?[.)°:–-]+\s*|\s)([^\W\d_].{0,110})$")
_TEMA = re.compile(
    r"^\W{0,3}(tem(?:a|atica)) ?(?:n ?[°º.]{0,2} ?)?(\d{1,2}) ?"
    r"(?:[:)\u2013\u2014-]|\.(?!\d)|$) ?"
)
_INDICE = re.compile(r"(?:\.{3}|…|_{3}) ?\d{1,3}$")
# Palabras con que abren los títulos de la pauta del servicio y los de uso común.
_CONOCIDO = re.compile(
    r"(?:introduccion|antecedentes|presentacion|objetivos?|actividad|metodologia|"
    r"(?:senalar )?(?:el )?lugar|fecha|autoridades|cantidad de|numero de|asistentes|"
    r"asistencia|participantes|descripcion|desarrollo|conclusion(?:es)?|anexos?|"
    r"observaciones|comentarios|acuerdos|compromisos|firmas|cierre|evaluacion|"
    r"registro)\b"
)
# Sin número, un título se reconoce solo si ocupa la línea entera.
_SIN_NUMERO = re.compile(
    r"(?:introduccion|antecedentes|presentacion|objetivos?(?: general(?:es)?"
    r"| especificos?)?|(?:descripcion de la )?actividad|metodologia"
    r"|(?:senalar )?lugar y fecha(?: de (?:la )?actividad)?"
    r"|autoridades(?: asistentes| presentes)?(?:, senalar cargo e institucion)?"
    r"|(?:cantidad|numero) de (?:asistentes|participantes)|descripcion del dialogo"
    r"|desarrollo(?: del dialogo| de la actividad)?|conclusiones(?: del dialogo"
    r"| de las mesas| generales| finales| por tema(?:tica)?s?)?|anexos?) ?[.:]?"
)


class _Planas(dict[int, str]):
    """Tabla letra a letra para `str.translate`, que se llena con lo que aparece."""

    def __missing__(self, codigo: int) -> str:
        base = unicodedata.normalize("NFD", chr(codigo))[0].lower()
        self[codigo] = base if len(base) == 1 else chr(codigo)
        return self[codigo]


_PLANAS = _Planas()


def aplanar(texto: str) -> str:
    """Devuelve el texto en minúsculas y sin tildes, letra por letra: mide lo mismo."""
    return texto.translate(_PLANAS)


def sin_vineta(linea: str) -> str:
    """Devuelve la línea sin la viñeta con que empieza."""
    return VINETA.sub("", linea, count=1)


def tema(linea: str) -> tuple[int, str] | None:
    """Devuelve número y nombre si la línea abre un tema («TEMA 2 - …»), o None.

    Con minúscula solo vale «tema 2:»: una oración cortada por el ancho puede seguir
    en la línea siguiente con «tema 2.».
    """
    hallado = _TEMA.match(aplanar(linea))
    if hallado is None or _INDICE.search(linea):
        return None
    abre = linea[hallado.start(1)].isupper() or ":" in hallado[0]
    return (int(hallado[2]), linea[hallado.end() :].strip()) if abre else None


def es_de_conclusiones(seccion: Seccion | None) -> bool:
    """Dice si la sección es la de conclusiones."""
    return seccion is not None and aplanar(seccion.titulo).startswith("conclusion")


def _numerada(linea: str) -> tuple[int, Seccion, bool] | None:
    hallada = _NUMERADA.match(linea)
    if hallada is None or not hallada[3][0].isupper() or _INDICE.search(linea):
        return None
    titulo = hallada[3].rstrip(" .:")
    conocida = bool(_CONOCIDO.match(aplanar(titulo)))
    es_romano = not hallada[1].isdigit()
    if not conocida and (es_romano or hallada[2].isspace()):
        return None
    if es_romano and hallada[1] not in ROMANOS:
        return None
    # «8. Conclusiones 12» es una línea de índice.
    if conocida and re.search(r" \d{1,3}$", titulo):
        return None
    orden = ROMANOS.index(hallada[1]) + 1 if es_romano else int(hallada[1])
    return orden, Seccion(hallada[1], titulo), conocida


def _numeradas(lineas: Sequence[str]) -> dict[int, Seccion]:
    hallados = {i: n for i, linea in enumerate(lineas) if (n := _numerada(linea))}
    # Un índice sin números de página repite los títulos: vale el último de cada uno.
    ultimos = {(n[0], aplanar(n[1].titulo)): i for i, n in hallados.items()}
    vigentes = sorted(ultimos.values())
    # Lo que falta por abrir, visto desde el final: una lista numerada dentro de una
    # sección no puede tomar el número de una sección que viene después.
    tope, topes = 100, {}
    for i in reversed(vigentes):
        topes[i] = tope
        tope = min(tope, hallados[i][0]) if hallados[i][2] else tope
    secciones: dict[int, Seccion] = {}
    ultimo, tras_conclusiones = 0, False
    for i in vigentes:
        orden, seccion, conocida = hallados[i]
        corrida = orden == ultimo + 1 and orden < topes[i] and not tras_conclusiones
        if (conocida and orden > ultimo) or corrida:
            secciones[i] = seccion
            ultimo = orden
            tras_conclusiones = tras_conclusiones or es_de_conclusiones(seccion)
    return secciones


def secciones(lineas: Sequence[str]) -> dict[int, Seccion]:
    """Devuelve las secciones por el lugar, desde 0, de la línea que las abre.

    Si ninguna con número es la de conclusiones, valen también los títulos de la pauta
    escritos sin número, que Word pierde cuando los pone él; su `numero` va vacío.
    """
    halladas = _numeradas(lineas)
    if any(map(es_de_conclusiones, halladas.values())):
        return halladas
    for i, linea in enumerate(lineas):
        posible = len(linea) <= 80 and linea[0].isupper() and i not in halladas
        if posible and _SIN_NUMERO.fullmatch(aplanar(linea)):
            halladas[i] = Seccion("", linea.rstrip(" .:"))
    return dict(sorted(halladas.items()))

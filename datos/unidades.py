"""Corta un párrafo de conclusiones en enunciados, según las reglas de unidad del libro.

El resultado es una propuesta para una persona: ante la duda no corta.
"""

import re

from datos.encabezados import aplanar

# Verbos con que se pide algo: en infinitivo, cada uno con su objeto es otra petición.
_PROPONER = (
    r"(?:crear|buscar|mostrar|mejorar|generar|realizar|fortalecer|ampliar|publicar"
    r"|entregar|abrir|ofrecer|aumentar|incorporar|potenciar|difundir|coordinar|vincular"
    r"|establecer|implementar|revisar|simplificar|reducir|eliminar|actualizar|promover"
    r"|desarrollar|facilitar|modificar|incluir|exigir|flexibilizar|adaptar|diversificar"
    r"|supervisar|fiscalizar|evaluar|firmar|llevar|sumar|acortar|agilizar|informar"
    r"|avisar|instalar|contratar|financiar|bajar|subir|extender|adelantar|medir)"
    r"(?:l[aoe]s?|se)?\b"
)
_PEDIR = (
    r"(?:(?:se )?(?:deb(?:e|en|eria|erian|iera|ieran)\b|tien(?:e|en) que|tendrian? que)"
    r"|hay que|habria que|hace(?:n)? falta|es necesari[oa]|es importante|falta(?:n)?\b"
    r"|se (?:necesita|requiere|pide|propone|sugiere|solicita|espera|concluy))"
)
_SUBJUNTIVO = (
    r"(?:(?:se )?(?:sea|tenga|haya|posea|permita|cuente|exista|pueda|incluya)n?\b"
    r"|(?!para )\w{2,20}(?:iese|iera|ase|ara)n?\b)"
)
_ADVERBIO = r"(?:(?:obviamente|ademas|tambien|finalmente|asi|asimismo) )?"
_ABREVIATURAS = {
    "sr", "sra", "srta", "dr", "dra", "ud", "uds", "art", "no", "nro", "num", "ej",
    "pag", "av", "sta", "sto", "prof", "ing", "p", "n",
}  # fmt: skip
_EVENTO = re.compile(
    r"(?P<fin>(?<![.!?…])[.!?…]++[\"»”’)]*+(?= ))"
    r"|(?P<aparte>;(?= ))"
    r"|(?P<luego>,(?= (?:y )?por (?:lo (?:que|cual|tanto)|ende|eso|ello)\b))"
    r"|(?P<pero>,(?= (?:pero (?!est[oae]|eso|ello|a )|sin embargo|no obstante)))"
    rf"|(?P<otra>,?(?= (?:y|e) {_ADVERBIO}(?:lo otro|otra cosa es|{_PEDIR}"
    rf"|que {_SUBJUNTIVO})))"
    r"|(?P<falla>,(?= y (?:que )?(?:lamentablemente|aun no|no|falta(?:n)?) ))"
    r"|(?P<suma>,(?= (?:y )?(?:ademas (?!de)|asimismo|tambien (?:se|es) )))"
    rf"|(?P<enumera>,?(?= y {_ADVERBIO}{_PROPONER})|,(?= {_ADVERBIO}{_PROPONER}))"
    r"|(?P<ejemplos>, como\b|\b(?:por ejemplo|tales como|ejemplos? de)\b)"
    r"|(?P<razon>\b(?:porque|ya que|dado que|puesto que|debido a|pues)\b)"
    r"|(?P<rige>\b(?:para|a|al|de|por|sin|en) )?(?<!\w)(?P<verbo>\w{2,20}"
    r"[aei]r(?:l[aoe]s?|se)?)(?!\w)"
)
_PALABRA = re.compile(r"[^\W\d_]+")
# Con un paréntesis más largo que esto, el cierre puede ser de otro.
_PARENTESIS = re.compile(r"\([^()]{0,300}\)")


def _termina(parrafo: str, plano: str, evento: re.Match[str]) -> bool:
    """Dice si un punto cierra la oración, y no una abreviatura o una inicial."""
    sigue = parrafo[evento.end() + 1 : evento.end() + 2]
    if not (sigue.isupper() or sigue.isdigit() or sigue in '¿¡«“"(•-–'):
        return False
    ultima = re.search(r"\w+$", plano[max(0, evento.start() - 12) : evento.start()])
    if evento[0] != "." or ultima is None:
        return True
    inicial = len(ultima[0]) == 1 and parrafo[evento.start() - 1].isupper()
    return ultima[0] not in _ABREVIATURAS and not inicial


def _corta(clase: str, fuera: str, verbo: re.Match[str] | None, lugar: int) -> bool:
    """Decide un corte dentro de la oración.

    `fuera` es la razón o la lista de ejemplos en que se está; `verbo`, el último
    infinitivo anterior. «para formar y colocar» es una sola finalidad, y «crear y
    mejorar cursos», una sola petición: al primero le falta su objeto.
    """
    if clase in ("aparte", "luego"):
        return True
    if fuera:
        return False
    if clase == "enumera" and verbo is not None:
        return not verbo["rige"] and lugar > verbo.end()
    return True


def _cortes(parrafo: str) -> list[int]:
    """Devuelve dónde termina, sin contarlo, cada trozo menos el último."""
    plano = _PARENTESIS.sub(lambda p: "\0" * len(p[0]), aplanar(parrafo))
    cortes: list[int] = []
    fuera = ""
    verbo: re.Match[str] | None = None
    for evento in _EVENTO.finditer(plano):
        clase = "verbo" if evento["verbo"] else evento.lastgroup or ""
        if clase == "verbo":
            verbo = evento
        elif clase in ("razon", "ejemplos"):
            fuera = clase
        elif clase == "fin":
            if _termina(parrafo, plano, evento):
                cortes.append(evento.end())
                fuera, verbo = "", None
        elif _corta(clase, fuera, verbo, evento.start()):
            cortes.append(evento.end())
            fuera, verbo = "", None
    return cortes


def _tiene_cuerpo(trozo: str) -> bool:
    """Dice si un trozo alcanza para decir algo: dos palabras o una oración corta."""
    return len(_PALABRA.findall(trozo)) > 1


def trozos(parrafo: str) -> list[tuple[int, int]]:
    """Devuelve el primer y el último carácter de cada enunciado, desde 1, inclusive.

    Van en orden, no se pisan y entre todos cubren lo que no es espacio. La razón y la
    lista de ejemplos se quedan con lo suyo; dos peticiones se separan.
    """
    bordes = [0]
    for corte in _cortes(parrafo):
        if _tiene_cuerpo(parrafo[bordes[-1] : corte]):
            bordes.append(corte)
    if len(bordes) > 1 and not _tiene_cuerpo(parrafo[bordes[-1] :]):
        bordes.pop()
    pares = zip(bordes, [*bordes[1:], len(parrafo)], strict=True)
    hallados = (ajustar(parrafo, desde + 1, hasta) for desde, hasta in pares)
    return [par for par in hallados if par[0] <= par[1]]


def ajustar(parrafo: str, desde: int, hasta: int) -> tuple[int, int]:
    """Devuelve los mismos extremos sin espacios al borde; vacío si `desde` lo pasa."""
    trozo = parrafo[desde - 1 : hasta]
    cabeza = len(trozo) - len(trozo.lstrip())
    return desde + cabeza, desde + len(trozo.rstrip()) - 1

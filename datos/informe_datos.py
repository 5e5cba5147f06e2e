"""Los datos de un diálogo que un párrafo da con certeza: cifras, fecha y lugar."""

import re
from collections.abc import Iterator

from datos.encabezados import aplanar
from datos.leido import DatoLeido, Fecha

_PALABRAS = (
    "un", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve",
    "diez", "once", "doce", "trece", "catorce", "quince", "dieciseis", "diecisiete",
    "dieciocho", "diecinueve", "veinte",
)  # fmt: skip
_VALOR = {p: str(max(1, i)) for i, p in enumerate(_PALABRAS)} | {
    "treinta": "30", "cuarenta": "40", "cincuenta": "50", "sesenta": "60",
    "setenta": "70", "ochenta": "80", "noventa": "90", "cien": "100",
}  # fmt: skip
_N = rf"(?:\d{{1,3}}(?:\.\d{{3}})+|\d{{1,6}}|{'|'.join(_VALOR)})"
_APROX = r"(?:cerca de|alrededor de|aproximadamente|casi|en torno a|mas de|unas|unos)"
MESES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
    "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
_LARGOS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DIAS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_SIN_TILDE = {aplanar(dia): dia for dia in _DIAS}
# Quien fue convocado no es quien asistió: cada cifra sigue al último verbo dicho.
_ASISTENCIA = re.compile(
    r"(?P<asiste>\b(?:asisti|asistencia|particip(?!ante)|concurri|reunio|congreg"
    r"|conto con))"
    r"|(?P<otra>\b(?:invit|convoc|inscri|no (?:pudieron )?(?:asist|particip)))"
    r"|(?P<fin>[.;!?](?= ))"
    rf"|(?<![\w.,])(?:(?P<antes>{_APROX}) )?(?:entre (?P<desde>{_N}) y )?(?P<n>{_N}) "
    r"(?P<que>personas|asistentes|participantes)\b(?P<despues>,? aproximadamente)?"
)
_FECHA = re.compile(
    rf"(?<!\w)(?:(?P<sem>{'|'.join(_SIN_TILDE)}),? )?(?:dia )?"
    rf"(?P<dia>\d{{1,2}}|primero)[°º]? de (?P<mes>{'|'.join(MESES)}|setiembre)\b"
    r"(?:,? del?(?: ano)? (?P<anio>(?:19|20)\d\d)\b)?"
)
_CIFRAS = re.compile(r"(?<![\w/-])(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)\d\d)(?![\w/-])")
_RANGO = re.compile(r"\d (?:y|al|a|e) (?:el )?$")
_SUELTOS = tuple(
    (variable, re.compile(patron.replace("<N>", _N)))
    for variable, patron in (
        ("Mesas por tema", r"\b(?P<n><N>) mesas por (?:cada )?tem"),
        ("Mesas por tema", r"\bcada (?P<n><N>) mesas (?:abord|trat|vi)\w{1,12} una? "
                           r"(?:sol[ao] )?tem"),
        ("Mesas", r"\b(?:agrup|organiz|form|constitu|divid|distribu|hubo|funcion|instal"
                  r"|conform|trabaj)\w{0,12}(?: \w{1,15}){0,3}? (?P<n><N>) mesas\b"
                  r"(?! (?:por|para cada))"),
        ("Preguntas por tema", r"\b(?P<n><N>) preguntas (?:de|por|para|en) (?:cada )?"
                               r"(?:un[ao] de )?(?:l[ao]s )?(?:<N> )?tem"),
        ("Temas", r"\b(?:preguntas (?:de|por|para)|l[ao]s) (?:l[ao]s )?(?P<n><N>) "
                  r"tem(?:as|aticas)\b"),
    )
)  # fmt: skip
_HORA = re.compile(
    r"\b(?P<que>comenz|inici|partio|empez|termin|finaliz|hora de inicio|hora)\w{0,6}"
    r"(?: \w{1,12}){0,4}?(?: a las| ?[:|]) (?P<h>[012]?\d)(?:[:.](?P<m>[0-5]\d))?"
    r"(?: ?(?:horas|hrs?|h)\b)?(?P<tarde> de la (?:tarde|noche)| ?p\.?m\b)?"
)
_DURACION = re.compile(
    rf"\bduracion (?:fue )?de (?P<antes>{_APROX} )?(?P<n>{_N}) horas?\b"
    r"(?P<media> y media)?(?P<despues>,? aproximada)?"
)
_NOMBRE = (
    r"[A-ZÁÉÍÓÚÑ][\w'’-]{0,30}"
    r"(?: (?:(?:de|del|la|las|los|el) ){0,2}[A-ZÁÉÍÓÚÑ][\w'’-]{0,30}){0,5}"
)
_COMUNA = re.compile(rf"\b[Cc]omuna(?: de|:| \|) ({_NOMBRE})")
_SITIO = (
    r"(?i:sal[oó]n|hotel|auditorio|gimnasio|centro|sede|teatro|biblioteca|casa|liceo"
    r"|universidad|municipalidad|instituto|club|sala|aula|edificio|colegio|escuela)"
)
_RECINTO = re.compile(
    r"(?:\ben (?:el|la|las dependencias del?|dependencias del?)(?: la)?"
    r"|\b[Ll]ugar ?[:|]|\b[Rr]ecinto ?[:|]) "
    rf"((?:{_SITIO} (?:del? |la ){{0,2}}){{1,2}}{_NOMBRE})"
)
_OCURRE = re.compile(r"realiz|cabo|tuvo lugar|desarroll|efectu|celebr|lugar|recinto")
_ROTULO = re.compile(
    r"(?:(?:fecha|lugar|recinto|comuna|hora(?: de inicio)?|total|asistieron) ?[:|]? ?)?"
)


def _valor(cifra: str) -> str:
    return _VALOR.get(cifra, cifra.replace(".", "").lstrip("0") or "0")


def _asistentes(plano: str, seccion: str, es_de_ellos: bool) -> Iterator[DatoLeido]:
    ultimo = ""
    pendientes: list[DatoLeido] = []
    for hallado in _ASISTENCIA.finditer(plano):
        clase = hallado.lastgroup or ""
        if hallado["n"]:
            n, desde = _valor(hallado["n"]), hallado["desde"]
            valor = f"entre {_valor(desde)} y {n}" if desde else n
            aproximado = any(hallado[g] for g in ("antes", "despues", "desde"))
            dato = DatoLeido("Asistentes", valor, aproximado, seccion)
            dicho = ultimo == "asiste" or hallado["que"] != "personas" or es_de_ellos
            if dicho and ultimo != "otra":
                yield dato
            elif not ultimo:
                pendientes.append(dato)
            continue
        if clase == "asiste":
            yield from pendientes
        pendientes = []
        ultimo = "" if clase == "fin" else clase


def fechas(parrafo: str) -> list[Fecha]:
    """Devuelve las fechas posibles que el párrafo menciona, en su orden."""
    plano = aplanar(parrafo)
    halladas: list[tuple[int, Fecha]] = []
    for f in _FECHA.finditer(plano):
        dia = 1 if f["dia"] == "primero" else int(f["dia"])
        mes = MESES.index(f["mes"].replace("setiembre", "septiembre")) + 1
        # De «17 y 18 de mayo» no se sabe cuál es la fecha.
        if 1 <= dia <= _LARGOS[mes - 1] and not _RANGO.search(
            plano[max(0, f.start() - 12) : f.start()]
        ):
            anio = int(f["anio"]) if f["anio"] else None
            semana = _SIN_TILDE[f["sem"]] if f["sem"] else None
            texto = parrafo[f.start() : f.end()]
            halladas.append((f.start(), Fecha(anio, mes, dia, semana, texto)))
    for c in _CIFRAS.finditer(plano):
        dia, mes, anio = map(int, c.groups())
        if 1 <= mes <= 12 and 1 <= dia <= _LARGOS[mes - 1]:
            halladas.append((c.start(), Fecha(anio, mes, dia, None, c[0])))
    return [fecha for _, fecha in sorted(halladas, key=lambda par: par[0])]


def _horas(plano: str, seccion: str) -> Iterator[DatoLeido]:
    for h in _HORA.finditer(plano):
        hora = int(h["h"]) + (12 if h["tarde"] and int(h["h"]) < 12 else 0)
        if hora < 24:
            acaba = h["que"] in ("termin", "finaliz")
            variable = "Hora de término" if acaba else "Hora de inicio"
            yield DatoLeido(variable, f"{hora}:{h['m'] or '00'}", False, seccion)
    for d in _DURACION.finditer(plano):
        valor = _valor(d["n"]) + (",5" if d["media"] else "")
        aproximado = bool(d["antes"] or d["despues"])
        yield DatoLeido("Duración en horas", valor, aproximado, seccion)


def _lugares(parrafo: str, seccion: str) -> Iterator[DatoLeido]:
    for comuna in _COMUNA.finditer(parrafo):
        yield DatoLeido("Comuna", comuna[1], False, seccion)
    for oracion in re.split(r"(?<=[.;]) ", parrafo):
        if _OCURRE.search(aplanar(oracion)):
            for recinto in _RECINTO.finditer(oracion):
                yield DatoLeido("Recinto", recinto[1], False, seccion)


def datos(parrafo: str, seccion: str, titulo: str) -> list[DatoLeido]:
    """Devuelve los datos ciertos del párrafo, cada uno con la sección en que está.

    `titulo` es el de la sección: en la de asistentes una cifra no necesita verbo.
    """
    plano = aplanar(parrafo)
    de_ellos = bool(re.search(r"asistent|asistencia|participant", aplanar(titulo)))
    de_ellos = de_ellos and "autoridad" not in aplanar(titulo)
    hallados = list(_asistentes(plano, seccion, de_ellos))
    for variable, patron in _SUELTOS:
        for hallado in patron.finditer(plano):
            valor = _valor(hallado["n"])
            hallados.append(DatoLeido(variable, valor, False, seccion))
    hallados += _horas(plano, seccion)
    hallados += _lugares(parrafo, seccion)
    for fecha in fechas(parrafo):
        hallados.append(DatoLeido("Fecha", fecha.texto, False, seccion))
    return list(dict.fromkeys(hallados))


def se_agota(parrafo: str, hallados: list[DatoLeido]) -> bool:
    """Dice si el párrafo no trae nada más que sus datos («80 personas»)."""
    if len(parrafo) > 120:
        return False
    resto = parrafo
    for dato in hallados:
        resto = resto.replace(dato.valor, "", 1)
    plano = _ROTULO.sub("", aplanar(resto).strip(), count=1)
    sobra = re.sub(r"\b(?:personas|asistentes|participantes|horas|hrs)\b", "", plano)
    return bool(hallados) and not re.search(r"\w", sobra)

"""Contrasta una fecha con su día de la semana, sin corregirla."""

import unicodedata
from datetime import MAXYEAR, MINYEAR, date

DIAS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
MESES = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio"),
    *("agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
# El mayor número de días de cada mes: febrero, en un año bisiesto.
LARGOS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
FECHA_IMPOSIBLE = "fecha imposible"
# Cuántos años se proponen, y hasta qué distancia se buscan: un 29 de febrero repite
# su día de la semana cada 28 años, o cada 40 si en medio cae un año como 1900.
PROPUESTOS = 3
DISTANCIA = 80


def _fecha(anio: int, mes: int, dia: int) -> date | None:
    try:
        return date(anio, mes, dia)
    except (ValueError, OverflowError):
        return None


def _dia_conocido(escrito: str) -> str | None:
    """Devuelve el nombre de un día, aunque venga sin tilde o en mayúscula."""

    def plano(palabra: str) -> str:
        letras = unicodedata.normalize("NFD", palabra.strip().casefold())
        return "".join(letra for letra in letras if not unicodedata.combining(letra))

    return next((nombre for nombre in DIAS if plano(nombre) == plano(escrito)), None)


def dia_de_semana(anio: int, mes: int, dia: int) -> str:
    """Devuelve «lunes» a «domingo», en el calendario gregoriano.

    Una fecha que no existe da FECHA_IMPOSIBLE, que no es igual a ningún día; `revisar`
    dice por qué no existe.
    """
    fecha = _fecha(anio, mes, dia)
    return FECHA_IMPOSIBLE if fecha is None else DIAS[fecha.weekday()]


def anios_posibles(
    mes: int, dia: int, dia_semana: str, desde: int, hasta: int
) -> tuple[int, ...]:
    """Devuelve los años de `desde` a `hasta`, inclusive, en que calza el día.

    Vacío si ninguno calza, si la fecha no existe o si `dia_semana` no es un día.
    """
    buscado = _dia_conocido(dia_semana)
    anios = range(max(desde, MINYEAR), min(hasta, MAXYEAR) + 1)
    return tuple(anio for anio in anios if dia_de_semana(anio, mes, dia) == buscado)


def _imposible(anio: int | None, mes: int | None, dia: int | None) -> str | None:
    """Dice por qué una fecha no existe, con lo que de ella conste."""
    if anio is not None and not MINYEAR <= anio <= MAXYEAR:
        return f"El año {anio} no existe en el calendario."
    if mes is not None and not 1 <= mes <= len(MESES):
        return f"El mes {mes} no existe: van de 1 a 12."
    if dia is not None and not 1 <= dia <= 31:
        return f"El día {dia} no existe: ningún mes lo tiene."
    if mes is None or dia is None:
        return None
    nombre = MESES[mes - 1]
    if dia > LARGOS[mes - 1]:
        largo = f"{LARGOS[mes - 1]} días" + (", a lo más" if mes == 2 else "")
        return f"El {dia} de {nombre} no existe: {nombre} tiene {largo}."
    if anio is not None and _fecha(anio, mes, dia) is None:
        return f"El {dia} de {nombre} de {anio} no existe: {anio} no fue bisiesto."
    return None


def _enumerar(anios: tuple[int, ...]) -> str:
    *primeros, ultimo = map(str, anios)
    return f"{', '.join(primeros)} y {ultimo}" if primeros else ultimo


def revisar(
    anio: int | None, mes: int | None, dia: int | None, dia_semana: str | None
) -> str | None:
    """Dice, en una o dos oraciones, por qué una fecha no puede ser; None si calza.

    Lo que no consta (None) no se contradice. No lanza errores.
    """
    imposible = _imposible(anio, mes, dia)
    if imposible is not None:
        return imposible
    if dia_semana is None:
        return None
    escrito = _dia_conocido(dia_semana)
    if escrito is None:
        return f"«{dia_semana}» no es un día de la semana."
    if anio is None or mes is None or dia is None:
        return None
    real = dia_de_semana(anio, mes, dia)
    if real == escrito:
        return None
    cerca = anios_posibles(mes, dia, escrito, anio - DISTANCIA, anio + DISTANCIA)
    cercanos = sorted(cerca, key=lambda otro: (abs(otro - anio), otro))[:PROPUESTOS]
    return (
        f"El {dia} de {MESES[mes - 1]} de {anio} fue {real}, y el documento dice"
        f" {escrito}. Con ese día calzan {_enumerar(tuple(sorted(cercanos)))}, entre"
        " otros años."
    )

"""Lee la planilla de respuestas que vuelve, con todas sus faltas de una vez."""

from collections.abc import Mapping, Sequence

from datos.actas.celdas import citar, clave, parecido, plegar
from datos.errores import ErrorDeDatos, Falta
from datos.leido import Hoja, Planilla
from datos.respuestas_planilla import (
    COLUMNAS,
    ENCABEZADO,
    FIJAS,
    HOJA_INSTRUCCIONES,
    LLENABLES,
    TITULOS,
    VISTAS,
    FilaRespuesta,
)
from datos.respuestas_planilla_celdas import leer_llenables, sin_apostrofo

NOMBRES = {
    clave(nombre): columna
    for columna, titulo in TITULOS.items()
    for nombre in (columna, titulo)
}
NECESARIAS = (FIJAS[0], *LLENABLES, *VISTAS)
BAJE = "Baje de nuevo la planilla y copie en ella lo que llenó."
Actuales = Mapping[str, FilaRespuesta]
Celdas = Mapping[str, str | None]


def _columna(titulo: str | None) -> str | None:
    return NOMBRES.get(clave((titulo or "").replace("*", " ")))


def _encabezado(archivo: str, hoja: Hoja) -> tuple[int, dict[str, int], list[Falta]]:
    """Devuelve la fila del encabezado, desde 0, las columnas y sus faltas."""
    for lugar, celdas in enumerate(hoja.filas):
        columnas = [_columna(celda) for celda in celdas]
        if len(set(columnas) & set(COLUMNAS)) < 3:
            continue
        fila = lugar + 1
        faltas = [
            Falta(archivo, "la columna se repite.", BAJE, fila, TITULOS[columna])
            for columna in COLUMNAS
            if columnas.count(columna) > 1
        ]
        faltas += [
            Falta(archivo, "falta la columna.", BAJE, fila, TITULOS[columna])
            for columna in NECESARIAS
            if columna not in columnas
        ]
        faltas += [
            Falta(archivo, "la columna sobra.", "Bórrela.", fila, citar(celda))
            for celda, columna in zip(celdas, columnas, strict=True)
            if celda and plegar(celda) and columna is None
        ]
        return lugar, {c: i for i, c in enumerate(columnas) if c}, faltas
    problema = "no se encuentra el encabezado."
    return -1, {}, [Falta(archivo, problema, f"Debe ser: {', '.join(ENCABEZADO)}.")]


def _de_quien(
    archivo: str, fila: int, celdas: Celdas, hoy: Actuales
) -> tuple[FilaRespuesta | None, list[Falta]]:
    """Halla la recomendación de la fila, y revisa que el texto sea el suyo."""
    dicha = plegar(celdas.get("enunciado_id"))
    titulo = TITULOS["enunciado_id"]
    if not dicha:
        problema = "falta la clave de la recomendación."
        return None, [Falta(archivo, problema, BAJE, fila, titulo)]
    actual = hoy.get(dicha)
    if actual is None:
        cercana = parecido(dicha, {clave(c): c for c in hoy})
        remedio = f"¿Quiso decir «{citar(cercana)}»?" if cercana else BAJE
        problema = f"«{citar(dicha)}» no es la clave de una recomendación."
        return None, [Falta(archivo, problema, remedio, fila, titulo)]
    texto = celdas.get("texto")
    if texto and clave(texto) != clave(actual.texto):
        problema = f"no es el texto de la recomendación «{citar(dicha)}»."
        remedio = f"Se cambió, o se ordenaron solo algunas columnas. {BAJE}"
        return actual, [Falta(archivo, problema, remedio, fila, TITULOS["texto"])]
    return actual, []


def _version(
    archivo: str, fila: int, celdas: Celdas
) -> tuple[str | None, int | None, list[Falta]]:
    """Devuelve qué respuesta y qué versión tenía la fila al bajarla."""
    respuesta_id = plegar(celdas.get("respuesta_id")) or None
    dicha = plegar(celdas.get("version"))
    bien = dicha.isascii() and dicha.isdigit() and 1 <= int(dicha[:9]) < 10**9
    faltas: list[Falta] = []
    if respuesta_id and not bien:
        problema = f"«{citar(dicha)}» no es la versión de una respuesta."
        faltas = [Falta(archivo, problema, BAJE, fila, TITULOS["version"])]
    elif dicha and not respuesta_id:
        problema = "hay versión y falta la clave de la respuesta."
        faltas = [Falta(archivo, problema, BAJE, fila, TITULOS["respuesta_id"])]
    return respuesta_id, int(dicha[:9]) if bien and respuesta_id else None, faltas


def _fila(
    archivo: str, fila: int, celdas: Celdas, hoy: Actuales
) -> tuple[FilaRespuesta | None, list[Falta]]:
    """Lee una fila; None si no dice nada y nada había, o si trae una falta."""
    actual, faltas = _de_quien(archivo, fila, celdas, hoy)
    respuesta_id, version, otras = _version(archivo, fila, celdas)
    faltas += otras
    # Lo que la respuesta ya decía no se reprocha: nadie lo escribió en esta planilla.
    previa = actual.respuesta if actual else None
    respuesta, otras = leer_llenables(archivo, fila, celdas, previa)
    faltas += otras
    if respuesta is None and respuesta_id and not otras:
        problema = "tenía respuesta y volvió vacía."
        remedio = "Por planilla no se borra: complétela, o quite la fila."
        faltas.append(Falta(archivo, problema, remedio, fila, TITULOS["unidad"]))
    if faltas or actual is None or respuesta is None:
        return None, faltas
    leida = FilaRespuesta(
        actual.enunciado_id, actual.dialogo, actual.tema, actual.texto, respuesta,
        respuesta_id, version, actual.es_ficticio, fila,
    )  # fmt: skip
    return leida, []


def _repetidas(archivo: str, filas: Sequence[FilaRespuesta]) -> list[Falta]:
    vistas: dict[str, int] = {}
    faltas: list[Falta] = []
    for leida in filas:
        primera = vistas.setdefault(leida.enunciado_id, leida.fila)
        if primera != leida.fila:
            problema = f"es la misma recomendación de la fila {primera}."
            titulo = TITULOS["enunciado_id"]
            faltas.append(
                Falta(archivo, problema, "Deje una sola.", leida.fila, titulo)
            )
    return faltas


def _dispares(archivo: str, filas: Sequence[FilaRespuesta]) -> list[Falta]:
    """Devuelve las columnas en que difieren las filas que comparten una respuesta."""
    grupos: dict[str, list[FilaRespuesta]] = {}
    for leida in filas:
        if leida.respuesta_id:
            grupos.setdefault(leida.respuesta_id, []).append(leida)
    faltas: list[Falta] = []
    for respuesta_id, grupo in grupos.items():
        donde = ", ".join(str(leida.fila) for leida in grupo)
        problema = (
            f"las filas {donde} comparten la respuesta «{citar(respuesta_id)}» y aquí"
            " no dicen lo mismo."
        )
        for campo in (*LLENABLES, "version"):
            valores = {_valor(leida, campo) for leida in grupo}
            if len(valores) > 1:
                remedio = "Escriba lo mismo en todas ellas."
                titulo = TITULOS[campo]
                faltas.append(Falta(archivo, problema, remedio, grupo[0].fila, titulo))
    return faltas


def _valor(leida: FilaRespuesta, campo: str) -> object:
    return leida.version if campo == "version" else getattr(leida.respuesta, campo)


def _leer_hoja(
    archivo: str, hoja: Hoja, es_csv: bool, hoy: Actuales
) -> tuple[list[FilaRespuesta], list[Falta]]:
    inicio, lugares, faltas = _encabezado(archivo, hoja)
    # Con el encabezado malo, todo lo demás está corrido: no vale la pena revisarlo.
    if faltas:
        return [], faltas
    leidas: list[FilaRespuesta] = []
    for fila, celdas in enumerate(hoja.filas[inicio + 1 :], start=inicio + 2):
        suyas = {c: celdas[i] if i < len(celdas) else None for c, i in lugares.items()}
        if es_csv:
            suyas = {c: sin_apostrofo(celda) for c, celda in suyas.items()}
        sueltas = [c for i, c in enumerate(celdas) if c and i not in lugares.values()]
        if sueltas:
            problema = f"«{citar(sueltas[0])}» está fuera de las columnas."
            remedio = "Páselo a su columna o bórrelo."
            faltas.append(Falta(archivo, problema, remedio, fila))
        if not sueltas and any(plegar(celda) for celda in suyas.values()):
            leida, otras = _fila(archivo, fila, suyas, hoy)
            faltas += otras
            leidas += [leida] if leida else []
    return leidas, faltas + _repetidas(archivo, leidas) + _dispares(archivo, leidas)


def leer(nombre: str, planilla: Planilla, hoy: Actuales) -> tuple[FilaRespuesta, ...]:
    """Devuelve las filas con respuesta de una planilla, en su orden.

    `hoy` es lo que la base dice (`actuales`). Una fila vacía que no tenía respuesta no
    es nada. Lanza ErrorDeDatos con todas las faltas: archivo, hoja, fila y columna.
    """
    archivo = citar(nombre)
    leidas: list[FilaRespuesta] = []
    faltas: list[Falta] = []
    hojas = [h for h in planilla.hojas if clave(h.nombre) != clave(HOJA_INSTRUCCIONES)]
    # Quien agrega una hoja de apuntes no pierde la suya: se lee la de respuestas.
    propias = [hoja for hoja in hojas if _encabezado("", hoja)[0] >= 0] or hojas[:1]
    for hoja in propias:
        lugar = f"{archivo}, hoja {citar(hoja.nombre)}"
        filas, otras = _leer_hoja(lugar, hoja, planilla.formato == "csv", hoy)
        leidas += filas
        faltas += otras
    if len(propias) > 1:
        nombres = ", ".join(f"«{citar(hoja.nombre)}»" for hoja in propias)
        problema = f"hay más de una hoja de respuestas: {nombres}."
        faltas.append(Falta(archivo, problema, "Deje una sola."))
    if not propias:
        faltas.append(Falta(archivo, "no trae la hoja de respuestas.", BAJE))
    if faltas:
        cuenta = "una falta" if len(faltas) == 1 else f"{len(faltas)} faltas"
        raise ErrorDeDatos(f"La planilla no se puede guardar: hay {cuenta}.", faltas)
    return tuple(leidas)

"""Entiende un informe: sus secciones, temas, datos y conclusiones, sin botar nada."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from datos.encabezados import aplanar
from datos.informe_autoridades import leer_nomina, mencionadas, sin_nombres
from datos.informe_datos import datos, fechas, se_agota
from datos.informe_temas import Presentacion, preguntas, presentar
from datos.leido import (
    AutoridadLeida,
    DatoLeido,
    Fecha,
    InformeLeido,
    Seccion,
    SinEntender,
    TemaLeido,
)
from datos.parrafos import Tramo, concluidos, lineas, numeros_de_pagina, tramos, unir

PORTADA = "portada"


@dataclass
class _Lectura:
    """Lo que se va juntando al recorrer el informe."""

    datos: list[DatoLeido] = field(default_factory=list)
    fechas: list[tuple[Fecha, str]] = field(default_factory=list)
    autoridades: list[AutoridadLeida] = field(default_factory=list)
    presentados: list[Presentacion] = field(default_factory=list)
    titulos: dict[int, set[str]] = field(default_factory=dict)
    concluidos: dict[int, str] = field(default_factory=dict)
    nombres: list[str] = field(default_factory=list)
    sobran: list[SinEntender] = field(default_factory=list)


def _nombre_de(seccion: Seccion | None) -> str:
    return (seccion.numero or seccion.titulo) if seccion else PORTADA


def _lugar(tramo: Tramo, parrafo: int) -> str:
    seccion = tramo.seccion
    if seccion is None:
        partes = ["antes de la primera sección"]
    elif seccion.numero:
        partes = [f"sección {seccion.numero}"]
    else:
        partes = [f"sección «{seccion.titulo}»"]
    if tramo.tema is not None:
        partes.append(f"tema {tramo.tema}")
    return ", ".join([*partes, f"párrafo {parrafo}"])


def _es_informe(cortados: Iterable[Tramo]) -> bool:
    """Dice si hay conclusiones por tema o, al menos, dos temas presentados."""
    temas = {t.tema for t in cortados if t.tema is not None}
    return len(temas) > 1 or any(t.concluye and t.tema is not None for t in cortados)


def _leer_prosa(tramo: Tramo, ancho: int | None, lectura: _Lectura) -> None:
    seccion = _nombre_de(tramo.seccion)
    titulo = tramo.seccion.titulo if tramo.seccion else ""
    es_nomina = "autoridad" in aplanar(titulo)
    for orden, parrafo in enumerate(unir(list(tramo.lineas), ancho), start=1):
        sobra: str | None = parrafo
        if es_nomina:
            autoridades, nombres, sobra = leer_nomina(parrafo, seccion)
            lectura.autoridades += autoridades
            lectura.nombres += nombres
        elif not tramo.concluye:
            hallados = datos(parrafo, seccion, titulo)
            lectura.datos += hallados
            lectura.fechas += [(fecha, titulo) for fecha in fechas(parrafo)]
            lectura.autoridades += mencionadas(parrafo, seccion)
            sobra = None if se_agota(parrafo, hallados) else parrafo
        if sobra:
            lectura.sobran.append(SinEntender(_lugar(tramo, orden), sobra))


def _leer_presentacion(
    tramo: Tramo, numero: int, ancho: int | None, lectura: _Lectura
) -> None:
    presentado = presentar(numero, tramo.titulo, tramo.lineas, ancho)
    antes = lectura.titulos.setdefault(numero, set())
    if presentado.nombre and antes and presentado.nombre not in antes:
        # El nombre de un tema es el primero que se le da; los demás, a la vista.
        lectura.sobran.append(SinEntender(_lugar(tramo, 1), presentado.nombre))
    antes.update(filter(None, [presentado.nombre]))
    lectura.presentados.append(presentado)
    lectura.sobran += [
        SinEntender(_lugar(tramo, orden), texto) for orden, texto in presentado.sobran
    ]


def _leer(cortados: Iterable[Tramo], ancho: int | None) -> _Lectura:
    lectura = _Lectura()
    for tramo in cortados:
        if tramo.tema is None:
            _leer_prosa(tramo, ancho, lectura)
        elif not tramo.concluye:
            _leer_presentacion(tramo, tramo.tema, ancho, lectura)
        elif lectura.concluidos.setdefault(tramo.tema, tramo.titulo) != tramo.titulo:
            lectura.sobran.append(SinEntender(_lugar(tramo, 1), tramo.titulo))
    return lectura


def _temas(
    parrafos: Mapping[int, Sequence[str]], lectura: _Lectura
) -> tuple[TemaLeido, ...]:
    nombres: dict[int, str] = {}
    grupos: dict[int, list[str]] = {}
    bloques: dict[int, list[str]] = {}
    for presentado in lectura.presentados:
        numero = presentado.numero
        nombres[numero] = nombres.get(numero) or presentado.nombre
        grupos.setdefault(numero, []).extend(presentado.grupos)
        bloques.setdefault(numero, []).extend(presentado.bloques)
    numeradas = preguntas(bloques)
    temas = []
    for numero in sorted({*nombres, *lectura.concluidos}):
        concluido = lectura.concluidos.get(numero)
        nombre = nombres.get(numero) or concluido or f"Tema {numero}"
        temas.append(
            TemaLeido(
                numero,
                nombre,
                None if concluido is None else concluido or nombre,
                tuple(grupos.get(numero, ())),
                numeradas.get(numero, ()),
                tuple(parrafos.get(numero, ())),
            )
        )
    return tuple(temas)


def _fecha(lectura: _Lectura) -> Fecha | None:
    """Prefiere la fecha de la sección que la pide; si no, la primera."""
    de_la_suya = [f for f, titulo in lectura.fechas if "fecha" in aplanar(titulo)]
    return next(iter([*de_la_suya, *(f for f, _ in lectura.fechas)]), None)


def _unico(hallados: Sequence[DatoLeido], variable: str) -> str | None:
    """Devuelve la mención más precisa si las demás caben en ella; si no, None."""
    valores = [dato.valor for dato in hallados if dato.variable == variable]
    mas = max(valores, key=len, default=None)
    calzan = mas is not None and all(aplanar(v) in aplanar(mas) for v in valores)
    return mas if calzan else None


def entender(texto: str) -> InformeLeido:
    """Devuelve lo que se entiende de un informe; lo demás queda en `sin_entender`.

    `texto` trae párrafos ciertos (FIN_DE_PARRAFO) o líneas cortadas por el ancho. Lo
    que no es un informe queda entero sin entender, sin temas y sin error. De las
    autoridades queda el cargo, nunca el nombre.
    """
    cortados, ancho = tramos(texto)
    numeros = " ".join(numeros_de_pagina(texto))
    al_pie = (SinEntender("números de página", numeros),) if numeros else ()
    if not _es_informe(cortados):
        sueltos = enumerate(unir(lineas(texto), ancho), start=1)
        sobran = (SinEntender(f"párrafo {orden}", suelto) for orden, suelto in sueltos)
        return InformeLeido((), None, None, None, (), (), (), None, (*sobran, *al_pie))
    lectura = _leer(cortados, ancho)
    abiertas = [t.seccion for t in cortados if t.seccion]
    concluye = next((t.seccion for t in cortados if t.concluye), None)
    sobran = (
        SinEntender(s.lugar, sin_nombres(s.texto, lectura.nombres))
        for s in lectura.sobran
    )
    return InformeLeido(
        tuple(dict.fromkeys(abiertas)),
        _unico(lectura.datos, "Comuna"),
        _unico(lectura.datos, "Recinto"),
        _fecha(lectura),
        tuple(dict.fromkeys(lectura.datos)),
        tuple(lectura.autoridades),
        _temas(concluidos(cortados, ancho), lectura),
        _nombre_de(concluye) if concluye else None,
        (*sobran, *al_pie),
    )

"""Un libro de códigos de otro programa (.qdc), entendido como versión de este.

Nada se pierde callado: lo que no cabe aquí (niveles, carpetas, conjuntos, colores,
códigos sueltos) se dice en los avisos, uno por cosa.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from duckdb import DuckDBPyConnection

from datos import personales
from datos.actas.celdas import citar
from datos.aparte import leer_libro
from datos.encabezados import aplanar
from datos.errores import ErrorDeDatos
from datos.leido import Hoja, Planilla
from datos.libro_traido_codigo import Conocidos, Lector, Nodo
from datos.libros import FACETAS, Codigo, codigos_de, libro_vigente
from datos.refi_libro import clave
from datos.refi_xml import guid

NO = ("false", "0")
INSTRUMENTOS = "instrumentos"


@dataclass(frozen=True)
class Traido:
    """Lo que un archivo trae: sus códigos, y lo que no cupo o hubo que suponer.

    `sueltos` son los nombres de las raíces que no son ninguna faceta.
    """

    codigos: tuple[Codigo, ...]
    avisos: tuple[str, ...]
    sueltos: tuple[str, ...]


def conocidos(con: DuckDBPyConnection) -> Conocidos:
    """Reúne con qué se reconoce un código que vuelve, aunque pierda su ficha."""
    libros = [
        str(libro)
        for (libro,) in con.execute("select libro_id from libros order by 1").fetchall()
    ]
    return Conocidos(
        tuple(codigos_de(con, libro_vigente(con))),
        {clave(v, c): c for v in libros for c in codigos_de(con, v)},
        {guid("facetas", v, f): f for v in libros for f in FACETAS},
    )


def leer(nombre: str, contenido: bytes) -> Planilla:
    """Abre un .qdc de afuera, en un proceso aparte; todo fallo es un ErrorDeDatos."""
    planilla = leer_libro(nombre, contenido)
    # Solo los textos: las claves únicas, de cifras y guiones, parecerían un RUT.
    faltas = [
        replace(falta, archivo=f"{nombre}, código «{citar(fila[2] or '')}»", fila=None)
        for fila in planilla.hojas[0].filas[1:]
        for texto in (fila[2], fila[4])
        for falta in personales.faltas(nombre, texto or "")
    ]
    if faltas:
        raise ErrorDeDatos(f"{nombre} trae datos personales y no se cargó.", faltas)
    return planilla


def _nodos(hoja: Hoja) -> list[Nodo]:
    filas = hoja.filas[1:]
    niveles = [int(fila[0] or 1) for fila in filas] + [0]
    camino: list[str] = []
    nodos = []
    for lugar, (_, suyo, nombre, codificable, descripcion, _) in enumerate(filas):
        nivel = niveles[lugar]
        camino = [*camino[: nivel - 1], " ".join((nombre or "").split())]
        nodos.append(
            Nodo(
                nivel,
                (suyo or "").strip().strip("{}").lower(),
                camino[-1],
                (codificable or "true").strip().lower() not in NO,
                (descripcion or "").strip(),
                camino[-2] if nivel > 1 else "",
                niveles[lugar + 1] > nivel,
            )
        )
    return nodos


def _ordenar(codigos: Sequence[Codigo]) -> list[Codigo]:
    """Deja el orden que dicen si es el del archivo; si no, el del archivo."""
    dichos = [codigo.orden for codigo in codigos]
    if dichos and dichos[0] > 0 and dichos == sorted(set(dichos)):
        return list(codigos)
    return [replace(c, orden=lugar) for lugar, c in enumerate(codigos, start=1)]


def _sin_lugar(planilla: Planilla) -> list[str]:
    """Dice lo que el archivo trae y aquí no tiene lugar."""
    avisos = []
    if colores := sum(1 for fila in planilla.hojas[0].filas[1:] if fila[5]):
        avisos.append(f"No se traen los colores ({colores}): aquí los da el tablero.")
    avisos += [
        f"El conjunto de códigos «{fila[0] or 'sin nombre'}» no se trae: aquí no los"
        " hay."
        for fila in planilla.hojas[1].filas
    ]
    return avisos


def _fuera(raiz: str, suyos: Sequence[str]) -> str:
    dentro = f", con {', '.join(f'«{nombre}»' for nombre in suyos)}," if suyos else ""
    return f"«{raiz}»{dentro} no es de ninguna faceta y queda fuera."


def interpretar(
    planilla: Planilla, sabidos: Conocidos, sueltos: str | None = None
) -> Traido:
    """Devuelve los códigos del archivo, por faceta, y todo lo que no cupo.

    Las raíces que no son una faceta van a la faceta `sueltos`, o quedan fuera. Una
    faceta que el archivo no trae queda como en la versión que rige.
    """
    lector = Lector(sabidos, {c.codigo.casefold() for c in sabidos.base})
    hallados: dict[str, list[Codigo]] = {faceta: [] for faceta in FACETAS}
    raices: list[str] = []
    fuera: dict[str, list[str]] = {}
    faceta, fondo, raiz = None, 1, ""
    for nodo in _nodos(planilla.hojas[0]):
        if nodo.nivel == 1:
            faceta, fondo, raiz = lector.faceta(nodo), 2, nodo.nombre
            if faceta is not None:
                continue
            if aplanar(raiz) != INSTRUMENTOS:
                raices.append(raiz)
                faceta, fondo = sueltos, 1
        if faceta is None:
            suyos = fuera.setdefault(raiz, [])
            suyos += [nodo.nombre] if nodo.nivel > 1 else []
        elif (codigo := lector.leer(faceta, nodo, fondo)) is not None:
            hallados[faceta].append(codigo)
    lector.avisos += [_fuera(raiz, suyos) for raiz, suyos in fuera.items()]
    for vacia in (f for f in FACETAS if not hallados[f]):
        hallados[vacia] = [c for c in sabidos.base if c.faceta == vacia]
        lector.avisos.append(f"El archivo no trae {vacia}: queda como está hoy.")
    codigos = tuple(c for f in FACETAS for c in _ordenar(hallados[f]))
    return Traido(codigos, (*lector.avisos, *_sin_lugar(planilla)), tuple(raices))

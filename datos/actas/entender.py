"""Entiende el acta de cada mesa en una planilla ya leída, o dice todo lo que falla."""

from collections.abc import Mapping

from datos.actas.celdas import citar
from datos.actas.forma import ENCABEZADO_CSV, ActaLeida, FilaActa, MesaEnBlanco
from datos.actas.hojas import leer_hojas
from datos.actas.tabla import leer_tabla
from datos.errores import ErrorDeDatos, Falta
from datos.leido import Planilla

__all__ = ["ENCABEZADO_CSV", "ActaLeida", "FilaActa", "MesaEnBlanco", "entender"]


def _sin_tocar(acta: ActaLeida) -> bool:
    return not acta.filas and acta.participantes is None and acta.soporte is None


def entender(
    archivo: str, planilla: Planilla, mesas: Mapping[str, MesaEnBlanco]
) -> tuple[ActaLeida, ...]:
    """Devuelve las actas de la planilla, en su orden; `mesas` va por mesa_id.

    Un CSV trae una tabla con ENCABEZADO_CSV; un XLSX, una hoja por mesa. La hoja que
    nadie llenó no es un acta vacía: se omite. Lanza ErrorDeDatos con todas las faltas.
    """
    nombre = citar(archivo)
    if planilla.formato == "csv" and planilla.hojas:
        actas, faltas = leer_tabla(nombre, planilla.hojas[0], mesas)
    else:
        actas, faltas = leer_hojas(nombre, planilla.hojas, mesas)
    # Si nada tuvo forma de acta, eso ya está dicho y contar enunciados no agrega.
    if not any(acta.filas for acta in actas) and (actas or not faltas):
        remedio = "Escriba al menos uno, en la columna Enunciado."
        faltas.append(Falta(nombre, "no hay ningún enunciado.", remedio))
    if faltas:
        cuenta = "una falta" if len(faltas) == 1 else f"{len(faltas)} faltas"
        raise ErrorDeDatos(f"El acta no se puede cargar: hay {cuenta}.", faltas)
    return tuple(acta for acta in actas if not _sin_tocar(acta))

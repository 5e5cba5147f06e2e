"""Guarda las actas ya entendidas; las anteriores de esas mesas se retiran."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from duckdb import DuckDBPyConnection

from datos.actas.forma import ActaLeida, MesaEnBlanco
from datos.actas.vigentes import mesas_de
from datos.dialogo_nuevo import clave_libre
from datos.enunciados_nuevos import (
    REGLAS,
    asegurar_codificadores,
    codificaciones,
    lecturas,
)
from datos.errores import ErrorDeDatos
from datos.escritura import Acuse, Anotador, Archivo, escribir
from datos.filas import ahora
from datos.leido import Regla
from datos.libros import libro_vigente
from datos.reglas import sugerir


def _documento(anotador: Anotador, acta: ActaLeida, mesa: MesaEnBlanco) -> str:
    """Agrega el acta como documento: una línea por enunciado, y las observaciones."""
    lineas = [fila.texto for fila in acta.filas]
    lineas += [
        f"Observación al enunciado {lugar}: {fila.observacion}"
        for lugar, fila in enumerate(acta.filas, 1)
        if fila.observacion
    ]
    texto = "\n".join(lineas)
    clave = clave_libre(
        anotador.con, "documentos", "documento_id", f"acta-{acta.mesa_id}"
    )
    anotador.agregar(
        "documentos",
        {
            "documento_id": clave,
            "titulo": f"Acta de {mesa.dialogo}, tema {mesa.tema_numero}, mesa"
            f" {mesa.letra}",
            "clase": "acta",
            "sha256": hashlib.sha256(texto.encode()).hexdigest(),
            "cargado": ahora().date(),
            "texto": texto,
        },
    )
    return clave


def _retirar(anotador: Anotador, mesa_id: str) -> None:
    vigentes = anotador.con.execute(
        "select enunciado_id from enunciados where mesa_id = ? and enunciado_id not in"
        " (select enunciado_id from retirados) order by orden",
        [mesa_id],
    ).fetchall()
    anotador.agregar(
        "retirados",
        *(
            {"enunciado_id": clave, "carga_id": anotador.carga_id}
            for (clave,) in vigentes
        ),
    )


def _solo_datos(anotador: Anotador, acta: ActaLeida) -> None:
    mesa: dict[str, object] = {"mesa_id": acta.mesa_id}
    if acta.participantes is not None:
        anotador.cambiar("mesas", mesa, {"participantes": acta.participantes})
    if acta.soporte is not None:
        _soporte(anotador, mesa, {"soporte": acta.soporte})


def _soporte(
    anotador: Anotador, mesa: dict[str, object], nuevos: dict[str, object]
) -> None:
    tiene = anotador.con.execute(
        "select count(*) from actas where mesa_id = ?", [mesa["mesa_id"]]
    ).fetchall()
    if tiene == [(1,)]:
        anotador.cambiar("actas", mesa, nuevos)
    else:
        anotador.agregar("actas", {"documento_id": None, **mesa, **nuevos})


def _mesa(anotador: Anotador, acta: ActaLeida, documento: str) -> None:
    mesa: dict[str, object] = {"mesa_id": acta.mesa_id}
    anotador.cambiar(
        "mesas",
        mesa,
        {
            "registro": "propio",
            "participantes": acta.participantes,
        },
    )
    _soporte(anotador, mesa, {"soporte": acta.soporte, "documento_id": documento})


def _enunciados(
    anotador: Anotador,
    acta: ActaLeida,
    mesa: MesaEnBlanco,
    documento: str,
    quien: str,
    reglas: Sequence[Regla],
) -> None:
    con = anotador.con
    ((tema,),) = con.execute(
        "select tema_dialogo_id from mesas where mesa_id = ?", [acta.mesa_id]
    ).fetchall()
    ((ultimo,),) = con.execute(
        "select coalesce(max(orden), 0) from enunciados where tema_dialogo_id = ?",
        [tema],
    ).fetchall()
    ((previos,),) = con.execute(
        "select count(*) from enunciados where mesa_id = ?", [acta.mesa_id]
    ).fetchall()
    libro = libro_vigente(con)
    enunciados, citas, codigos = [], [], []
    for lugar, fila in enumerate(acta.filas, start=1):
        clave = f"{acta.mesa_id}-{previos + lugar:02d}"
        enunciados.append(
            {
                "enunciado_id": clave,
                "tema_dialogo_id": tema,
                "mesa_id": acta.mesa_id,
                "pregunta_id": fila.pregunta_id,
                "nivel_atribucion": "mesa",
                "orden": ultimo + lugar,
                "texto": fila.texto,
                "certeza": "alta",
                "reitera_a": None,
            }
        )
        citas.append(
            {
                "cita_id": f"{clave}-c1",
                "enunciado_id": clave,
                "documento_id": documento,
                "seccion": f"mesa {mesa.letra}",
                "parrafo": lugar,
                "primer_caracter": 1,
                "ultimo_caracter": len(fila.texto),
                "sha256": hashlib.sha256(fila.texto.encode()).hexdigest(),
            }
        )
        codificado = fila.naturaleza is not None
        naturaleza, tipo, _ = sugerir(fila.texto, reglas)
        suyos = (
            {"naturaleza": fila.naturaleza, "tipo": fila.tipo}
            if codificado
            else {"naturaleza": naturaleza, "tipo": tipo}
        )
        codigos += [
            {**codigo, "nota": fila.observacion}
            for codigo in codificaciones(
                clave,
                suyos,
                quien if codificado else REGLAS,
                libro,
                es_principal=codificado,
            )
        ]
    anotador.agregar("enunciados", *enunciados)
    anotador.agregar(
        "sin_pregunta",
        *(
            {"enunciado_id": e["enunciado_id"]}
            for e in enunciados
            if not e["pregunta_id"]
        ),
    )
    anotador.agregar("citas", *citas)
    anotador.agregar("codificaciones", *codigos)
    anotador.agregar("lecturas", *lecturas(codigos))


def _todas(
    anotador: Anotador,
    actas: Sequence[ActaLeida],
    mesas: Mapping[str, MesaEnBlanco],
    quien: str,
    reglas: Sequence[Regla],
) -> str:
    asegurar_codificadores(anotador, quien)
    for acta in actas:
        mesa = mesas[acta.mesa_id]
        if not acta.filas:
            # Solo dice cuántas personas hubo o en qué soporte: no hay registro nuevo.
            _solo_datos(anotador, acta)
            continue
        _retirar(anotador, acta.mesa_id)
        documento = _documento(anotador, acta, mesa)
        _mesa(anotador, acta, documento)
        _enunciados(anotador, acta, mesa, documento, quien, reglas)
    enunciados = sum(len(acta.filas) for acta in actas)
    sueltos = sum(f.naturaleza is None for acta in actas for f in acta.filas)
    return (
        f"{mesas[actas[0].mesa_id].dialogo}: actas de {len(actas)} mesas, con"
        f" {enunciados} enunciados, {sueltos} de ellos por codificar."
    )


def _reemplazada(con: DuckDBPyConnection, actas: Sequence[ActaLeida]) -> str | None:
    """Devuelve la carga que estas actas reemplazan entera, si la hay."""
    filas = con.execute(
        "select f.carga_id, json_extract_string(f.clave, '$.mesa_id')"
        " from cargas_filas as f inner join cargas as c using (carga_id)"
        " where f.tabla = 'mesas' and c.clase = 'acta' and c.estado = 'vigente'"
    ).fetchall()
    por_carga: dict[str, set[str]] = {}
    for carga, mesa in filas:
        por_carga.setdefault(carga, set()).add(mesa)
    estas = {acta.mesa_id for acta in actas}
    enteras = [carga for carga, suyas in por_carga.items() if suyas <= estas]
    return enteras[-1] if enteras else None


def guardar(
    con: DuckDBPyConnection,
    ruta: Path,
    quien: str,
    nombre: str,
    sha256: str,
    actas: Sequence[ActaLeida],
    reglas: Sequence[Regla],
) -> Acuse:
    """Guarda las actas en una transacción; las anteriores de esas mesas se retiran.

    Lo retirado se conserva y deshacer la carga lo repone. Lanza ErrorDeDatos, sin
    cambiar nada, si alguna mesa ya no está.
    """
    mesas = mesas_de(con.cursor())
    if faltan := [a.mesa_id for a in actas if a.mesa_id not in mesas]:
        raise ErrorDeDatos(f"Ya no existe la mesa {faltan[0]}. Baje de nuevo el acta.")
    anterior = _reemplazada(con.cursor(), actas)
    return escribir(
        con,
        ruta,
        quien,
        Archivo(nombre, sha256, "acta", anterior),
        lambda anotador: _todas(anotador, actas, mesas, quien, reglas),
    )

"""Guarda un informe revisado como un diálogo nuevo: sus filas, todas de una carga."""

from collections.abc import Sequence

from duckdb import DuckDBPyConnection

from datos.borrador import Borrador, certeza, clave_de, exigir_completo, recuento
from datos.borrador_libro import al_dia
from datos.enunciados_nuevos import (
    Claves,
    agregar_candidatos,
    asegurar_codificadores,
)
from datos.errores import ErrorDeDatos
from datos.escritura import Anotador
from datos.filas import ahora
from datos.libros import FACETAS, Codigo, codigos_de, libro_vigente
from datos.temas_nuevos import agregar_temas


def clave_libre(con: DuckDBPyConnection, tabla: str, columna: str, base: str) -> str:
    """Devuelve la clave pedida o, si está tomada, la primera con un número detrás."""
    tomadas = {
        clave
        for (clave,) in con.execute(
            f"select {columna} from {tabla} where starts_with({columna}, ?)", [base]
        ).fetchall()
    }
    vez = 1
    while (clave := base if vez == 1 else f"{base}-{vez}") in tomadas:
        vez += 1
    return clave


def _acontecimiento(anotador: Anotador, borrador: Borrador, claves: Claves) -> None:
    ficha, informe = borrador.ficha, borrador.informe
    comunas = anotador.con.execute(
        "select comuna_id from comunas where region_id = ?"
        " and strip_accents(lower(nombre)) = strip_accents(lower(?))",
        [ficha.region_id, ficha.comuna or ""],
    ).fetchall()
    segun, razon = certeza(borrador)
    anotador.agregar(
        "documentos",
        {
            "documento_id": claves.documento,
            "titulo": f"Informe de {ficha.nombre}",
            "clase": "informe",
            "sha256": borrador.sha256,
            "cargado": ahora().date(),
            "texto": borrador.texto,
        },
    )
    anotador.agregar(
        "dialogos",
        {
            "dialogo_id": claves.dialogo,
            "nombre": ficha.nombre,
            "servicio": ficha.servicio,
            "region_id": ficha.region_id,
            "comuna_id": comunas[0][0] if comunas else None,
            "lugar": ficha.lugar,
            "anio": ficha.anio,
            "mes": ficha.mes,
            "dia": ficha.dia,
            "fecha_certeza": segun,
            "fecha_razon": razon,
            "documento_id": claves.documento,
            "es_ficticio": False,
        },
    )
    anotador.agregar(
        "autoridades",
        *(
            {
                "autoridad_id": f"{claves.dialogo}-a{lugar}",
                "dialogo_id": claves.dialogo,
                "cargo": a.cargo,
                "institucion": a.institucion,
                "participacion": "Asistió",
                "seccion": a.seccion,
            }
            for lugar, a in enumerate(informe.autoridades, start=1)
        ),
    )
    _datos(anotador, borrador, claves)


def _datos(anotador: Anotador, borrador: Borrador, claves: Claves) -> None:
    """Cada dato tantas veces como se da; si los valores difieren, se registra."""
    datos = list(borrador.informe.datos)
    distintos: dict[str, set[str]] = {}
    for dato in datos:
        distintos.setdefault(dato.variable, set()).add(dato.valor)
    contradichas = {
        variable: f"{claves.dialogo}-{clave_de(variable)}"
        for variable, valores in distintos.items()
        if len(valores) > 1
    }
    anotador.agregar(
        "inconsistencias",
        *(
            {
                "inconsistencia_id": clave,
                "dialogo_id": claves.dialogo,
                "clase": "contradicción",
                "asunto": f"{variable}: valores distintos",
                "descripcion": "El documento da "
                f"{' y '.join(sorted(distintos[variable]))}.",
                "secciones": " y ".join(
                    sorted({d.seccion for d in datos if d.variable == variable})
                ),
                "tratamiento": "Se conservan todos los valores, cada uno con su lugar.",
            }
            for variable, clave in contradichas.items()
        ),
    )
    anotador.agregar(
        "datos_dialogo",
        *(
            {
                "dato_id": f"{claves.dialogo}-d{lugar:02d}",
                "dialogo_id": claves.dialogo,
                "variable": d.variable,
                "valor": d.valor,
                "es_aproximado": d.es_aproximado,
                "seccion": d.seccion,
                "inconsistencia_id": contradichas.get(d.variable),
            }
            for lugar, d in enumerate(datos, start=1)
        ),
    )


def _exigir_del_libro(borrador: Borrador, codigos: Sequence[Codigo]) -> None:
    hay = {f: {c.codigo for c in codigos if c.faceta == f} for f in FACETAS}
    if al_dia(borrador, hay) != borrador:
        raise ErrorDeDatos(
            "Se publicó otra versión del libro mientras revisaba, y hay códigos que ya"
            " no están. No se guardó nada: vuelva al paso de los enunciados y póngales"
            " código."
        )


def guardar(anotador: Anotador, borrador: Borrador, quien: str) -> str:
    """Agrega el diálogo, sus temas, mesas, preguntas y enunciados; devuelve el resumen.

    Los aceptados quedan codificados por `quien`; los pendientes, sin codificar y con la
    sugerencia de las reglas aparte; los descartados no entran. Lanza ErrorDeDatos con
    todo lo que falta.
    """
    exigir_completo(borrador)
    con = anotador.con
    libro = libro_vigente(con)
    _exigir_del_libro(borrador, codigos_de(con, libro))
    dialogo = clave_libre(
        con, "dialogos", "dialogo_id", clave_de(borrador.ficha.nombre)
    )
    documento = clave_libre(con, "documentos", "documento_id", f"informe-{dialogo}")
    claves = Claves(dialogo, documento, libro, quien)
    asegurar_codificadores(anotador, quien)
    _acontecimiento(anotador, borrador, claves)
    agregar_temas(anotador, borrador, claves)
    agregar_candidatos(anotador, borrador, claves)
    cuantos = recuento(borrador)
    return (
        f"{borrador.ficha.nombre}: {len(borrador.informe.temas)} temas,"
        f" {cuantos['aceptado']} enunciados codificados, {cuantos['pendiente']} por"
        f" codificar y {cuantos['descartado']} descartados."
    )

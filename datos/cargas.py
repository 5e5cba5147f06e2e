"""Los verbos de la carga: los mismos para la página y para la consola."""

import hashlib
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from duckdb import DuckDBPyConnection
from openpyxl.utils import get_column_letter

from datos import candidatos, dialogo_nuevo, personales, texto_conocido
from datos.aparte import leer_texto
from datos.borrador import Borrador, clave_de, exigir_completo, ficha_de
from datos.enunciados_nuevos import FORMA_DE_SEUDONIMO
from datos.errores import ErrorDeDatos
from datos.escritura import Acuse, Archivo, escribir
from datos.informe import entender
from datos.leido import Planilla, Regla, Texto
from datos.libros import libro_vigente
from datos.texto_conocido import Hallazgo

# Diez veces el informe más largo que se conoce. Entender texto hostil cuesta unos diez
# segundos por millón de caracteres, y lo hace el mismo proceso que atiende a los demás.
LARGO_MAXIMO = 300_000


@dataclass(frozen=True)
class Lectura:
    """Un archivo de texto ya leído, y de qué documento de la base es, si lo es."""

    archivo: str
    sha256: str
    texto: Texto
    hallazgo: Hallazgo | None


def revisar_quien(quien: str) -> str:
    """Devuelve el seudónimo, o lanza ErrorDeDatos si no tiene forma de tal."""
    limpio = quien.strip().lower()
    if not FORMA_DE_SEUDONIMO.fullmatch(limpio):
        raise ErrorDeDatos(
            "Escriba un seudónimo de 2 a 30 letras sin tilde, números o guiones, como"
            " «equipo-norte». No use un nombre ni un correo."
        )
    return limpio


def leer(
    con: DuckDBPyConnection, archivo: str, contenido: bytes, *, enmascarar: bool = False
) -> Lectura:
    """Lee un informe en .txt, .docx o .pdf y dice si la base ya lo conoce.

    Lanza ErrorDeDatos si el archivo no sirve o trae RUT, correos o teléfonos; con
    `enmascarar`, estos se tapan en vez de detener la carga.
    """
    texto = leer_texto(archivo, contenido)
    if len(texto.texto) > LARGO_MAXIMO:
        raise ErrorDeDatos(
            f"{archivo} tiene {len(texto.texto)} caracteres: no parece el informe de un"
            f" diálogo, que cabe en {LARGO_MAXIMO}. Cargue solo el informe, sin anexos."
        )
    sha256 = hashlib.sha256(contenido).hexdigest()
    # El documento conocido se adjunta tal cual: taparlo rompería sus huellas.
    hallazgo = texto_conocido.reconocer(con, texto.texto, sha256)
    if not enmascarar:
        exigir_sin_personales(archivo, texto.texto)
    elif faltas := personales.faltas(archivo, texto.texto):
        tapado = personales.enmascarar(texto.texto)
        texto = Texto(
            texto.formato,
            tapado,
            (*texto.avisos, f"Se taparon {len(faltas)} datos personales."),
        )
    return Lectura(archivo, sha256, texto, hallazgo)


def exigir_sin_personales(archivo: str, texto: str) -> None:
    """Lanza ErrorDeDatos si el texto trae RUT, correos o teléfonos, y dice dónde."""
    if faltas := personales.faltas(archivo, texto):
        raise ErrorDeDatos(
            f"{archivo} trae datos personales y no se cargó. Táchelos en el archivo o,"
            " si es un informe, pida taparlos antes de leerlo.",
            faltas,
        )


def exigir_planilla_sin_personales(archivo: str, planilla: Planilla) -> None:
    """Lanza ErrorDeDatos si alguna celda los trae, con su hoja, fila y columna."""
    faltas = [
        replace(
            falta,
            archivo=f"{archivo}, hoja {hoja.nombre}",
            fila=fila,
            columna=get_column_letter(columna),
        )
        for hoja in planilla.hojas
        for fila, celdas in enumerate(hoja.filas, start=1)
        for columna, celda in enumerate(celdas, start=1)
        for falta in (personales.faltas(archivo, celda) if celda else ())
    ]
    if faltas:
        raise ErrorDeDatos(f"{archivo} trae datos personales y no se cargó.", faltas)


def reglas(con: DuckDBPyConnection) -> tuple[Regla, ...]:
    """Devuelve las reglas que sugieren códigos, de los que hoy tiene el libro."""
    filas = con.execute(
        "select regla_id, faceta, codigo, expresion from reglas where (faceta, codigo)"
        " in (select faceta, codigo from codigos where libro_id = ?) order by regla_id",
        [libro_vigente(con)],
    ).fetchall()
    return tuple(Regla(*fila) for fila in filas)


def empezar(con: DuckDBPyConnection, lectura: Lectura) -> Borrador:
    """Entiende el informe y propone sus enunciados; no guarda nada."""
    informe = entender(lectura.texto.texto)
    canonicos = {
        clave_de(nombre, 200): tema_id
        for tema_id, nombre in con.execute(
            "select tema_id, nombre from temas order by tema_id"
        ).fetchall()
    }
    regiones = {
        clave_de(nombre): region
        for nombre, region in con.execute(
            "select nombre, region_id from comunas order by comuna_id"
        ).fetchall()
    }
    return Borrador(
        archivo=lectura.archivo,
        sha256=lectura.sha256,
        formato=lectura.texto.formato,
        texto=lectura.texto.texto,
        avisos=lectura.texto.avisos,
        informe=informe,
        ficha=ficha_de(informe, canonicos, regiones),
        candidatos=candidatos.proponer(informe, reglas(con)),
    )


def guardar(
    con: DuckDBPyConnection, ruta: Path, quien: str, borrador: Borrador
) -> Acuse:
    """Guarda un informe revisado como un diálogo nuevo.

    Lanza ErrorDeDatos, sin cambiar nada, si falta algo o si ese archivo ya está.
    """
    exigir_completo(borrador)
    return escribir(
        con,
        ruta,
        revisar_quien(quien),
        Archivo(borrador.archivo, borrador.sha256, "informe"),
        partial(dialogo_nuevo.guardar, borrador=borrador, quien=revisar_quien(quien)),
    )


def adjuntar(
    con: DuckDBPyConnection, ruta: Path, quien: str, lectura: Lectura
) -> Acuse:
    """Adjunta el texto de un documento conocido, para que se vean sus pasajes."""
    if lectura.hallazgo is None:
        raise ErrorDeDatos("La base no conoce ese documento: cárguelo como informe.")
    return escribir(
        con,
        ruta,
        revisar_quien(quien),
        Archivo(lectura.archivo, lectura.sha256, "texto"),
        partial(
            texto_conocido.adjuntar,
            hallazgo=lectura.hallazgo,
            texto=lectura.texto.texto,
        ),
    )

"""Lee un archivo cargado en un proceso aparte, con los recursos contados.

`python -m datos.extraer FORMATO [ENCABEZADO]` recibe los bytes por la entrada y
escribe un JSON: lo leído, o el problema y su remedio.
"""

import importlib
import json
import sys
from collections.abc import Callable, Sequence

from datos.errores import ErrorDeDatos
from datos.leido import Planilla, Texto
from datos.rechazo import CORTADO, DE_NUEVO, rechazo

# Cada formato se lee con lo suyo: un texto no debe pagar lo que pesa un lector de PDF.
LECTORES = {
    "txt": "datos.extraer_texto",
    "csv": "datos.extraer_csv",
    "docx": "datos.extraer_docx",
    "xlsx": "datos.extraer_xlsx",
    "pdf": "datos.extraer_pdf",
    "qdc": "datos.extraer_qdc",
}
# openpyxl los carga si están: cuestan 80 MB, y defusedxml dobla el tiempo para cuidar
# de las definiciones de XML que `datos.recibir_paquete` ya rechazó.
AJENOS = ("numpy", "PIL", "defusedxml")
# Un .qdc es XML suelto, que nadie revisó antes: a ese sí lo cuida defusedxml.
CUIDADOS = ("qdc",)
MEGA = 1024 * 1024
ENTRADA_MAXIMA = 20 * MEGA
# Los datos propios más las bibliotecas dan la memoria residente: juntos, bajo 300 MB.
# El espacio de direcciones es solo un respaldo.
DATOS_MAXIMOS = 230 * MEGA
DIRECCIONES_MAXIMAS = 700 * MEGA
ARCHIVOS_ABIERTOS = 32
# Al cuarto segundo de procesador avisa y al quinto mata.
SEGUNDOS_CPU = (4, 5)

Lector = Callable[[bytes, Sequence[str]], Texto | Planilla]


def limitar() -> None:
    """Le pone a este proceso sus topes; en Windows no existen y queda solo el reloj."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  (no existe en Windows)

    for recurso, blando, firme in (
        (resource.RLIMIT_CPU, *SEGUNDOS_CPU),
        (resource.RLIMIT_DATA, DATOS_MAXIMOS, DATOS_MAXIMOS),
        (resource.RLIMIT_AS, DIRECCIONES_MAXIMAS, DIRECCIONES_MAXIMAS),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NOFILE, ARCHIVOS_ABIERTOS, ARCHIVOS_ABIERTOS),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        _, tope = resource.getrlimit(recurso)
        if tope != resource.RLIM_INFINITY:
            blando, firme = min(blando, tope), min(firme, tope)
        resource.setrlimit(recurso, (blando, firme))


def _en_json(leido: Texto | Planilla) -> dict[str, object]:
    if isinstance(leido, Texto):
        return {"texto": leido.texto, "avisos": leido.avisos}
    hojas = [(hoja.nombre, hoja.filas) for hoja in leido.hojas]
    return {"hojas": hojas, "avisos": leido.avisos}


def _rechazo_en_json(error: ErrorDeDatos) -> dict[str, object]:
    falta = error.faltas[0]
    return {
        "problema": falta.problema,
        "remedio": falta.remedio,
        "fila": falta.fila,
        "columna": falta.columna,
    }


def responder(formato: str, contenido: bytes, encabezado: Sequence[str]) -> bytes:
    """Devuelve el JSON de lo leído o del rechazo, en UTF-8; nunca una excepción."""
    try:
        lector: Lector = importlib.import_module(LECTORES[formato]).extraer
        respuesta = _en_json(lector(contenido, encabezado))
        return json.dumps(respuesta, ensure_ascii=False).encode()
    except ErrorDeDatos as error:
        respuesta = _rechazo_en_json(error)
    except MemoryError:
        pide = "pide más memoria de la que se le puede dar."
        respuesta = _rechazo_en_json(rechazo("", pide, "Divídalo o quítele imágenes."))
    except Exception:
        # Quien lee un archivo ajeno puede fallar de mil maneras; para la persona que
        # lo cargó son una sola.
        respuesta = _rechazo_en_json(rechazo("", CORTADO, DE_NUEVO))
    return json.dumps(respuesta, ensure_ascii=False).encode()


def principal(argumentos: Sequence[str]) -> None:
    """Lee la entrada, responde por la salida y termina."""
    limitar()
    for ajeno in AJENOS if argumentos[0] not in CUIDADOS else ():
        sys.modules[ajeno] = None  # type: ignore[assignment]
    encabezado = json.loads(argumentos[1]) if len(argumentos) > 1 else []
    contenido = sys.stdin.buffer.read(ENTRADA_MAXIMA + 1)
    sys.stdout.buffer.write(responder(argumentos[0], contenido, encabezado))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    principal(sys.argv[1:])

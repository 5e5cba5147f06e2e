"""El informe de respuestas en HTML: un archivo solo, sin red, que se imprime bien."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from tablero.formato import numero
from tablero.respuestas_informe import (
    FICTICIO,
    TITULO,
    TITULOS,
    TITULOS_SIN_RESPUESTA,
    TITULOS_TEMAS,
    Contestada,
    Informe,
    Tema,
)

ESTILO = Path(__file__).parent / "estatico" / "respuestas_informe.css"


def _parrafo(texto: str, clase: str = "") -> str:
    return f'<p class="{clase}">{escape(texto)}</p>'


def _tabla(
    titulos: Sequence[str], filas: Sequence[str], clase: str, leyenda: str, aviso: str
) -> str:
    encabezado = "".join(f'<th scope="col">{escape(titulo)}</th>' for titulo in titulos)
    # Dentro del encabezado, el aviso se repite en cada hoja.
    marca = (
        f'<tr><th class="ficticios" colspan="{len(titulos)}">{escape(aviso)}</th></tr>'
        if aviso
        else ""
    )
    return (
        f'<table class="{clase}"><caption>{escape(leyenda)}</caption>'
        # El ancho va aquí: la primera fila puede ser el aviso, de lado a lado.
        f"<colgroup>{'<col>' * len(titulos)}</colgroup>"
        f"<thead>{marca}<tr>{encabezado}</tr></thead>"
        f"<tbody>{''.join(filas)}</tbody></table>"
    )


def _celda(texto: str) -> str:
    return f"<td>{escape(texto)}</td>"


def _respondida(una: Contestada) -> str:
    partes = "".join(
        f"<div><b>{escape(rotulo)}:</b> {escape(valor)}</div>"
        for rotulo, valor in una.respuesta
    )
    fijas = "".join(map(_celda, (una.pregunta, una.texto, una.comuna)))
    return f"<tr>{fijas}<td>{partes}</td>{_celda(una.estado)}</tr>"


def _pendiente(una: Contestada) -> str:
    return f"<tr>{''.join(map(_celda, (una.pregunta, una.texto, una.comuna)))}</tr>"


def _tema(tema: Tema) -> str:
    aviso = FICTICIO if tema.es_ficticio else ""
    partes = [f"<h2>{escape(tema.titulo)}</h2>"]
    if tema.respondidas:
        filas = [_respondida(una) for una in tema.respondidas]
        partes.append(_tabla(TITULOS, filas, "respondidas", "Con respuesta", aviso))
    if tema.pendientes:
        filas = [_pendiente(una) for una in tema.pendientes]
        partes.append(
            _tabla(TITULOS_SIN_RESPUESTA, filas, "pendientes", tema.faltan, aviso)
        )
    else:
        partes.append(_parrafo(tema.faltan))
    return "".join(partes)


def _cuentas(titulo: str, cuentas: Sequence[int], es_ficticio: bool) -> str:
    marca = f" ({FICTICIO})" if es_ficticio else ""
    numeros = "".join(f'<td class="numero">{numero(c)}</td>' for c in cuentas)
    return f'<tr><th scope="row">{escape(titulo + marca)}</th>{numeros}</tr>'


def html(informe: Informe) -> str:
    """Devuelve el informe como un HTML que se basta, en carta apaisada."""
    hechos = informe.hechos
    aviso = _parrafo(hechos.ficticios, "ficticios") if hechos.ficticios else ""
    partes = [aviso, f"<h1>{escape(TITULO)}</h1>"]
    partes += [_parrafo(f"Filtros: {hechos.filtros}. Hecho el {hechos.momento}.")]
    partes += [_parrafo(aviso_) for aviso_ in informe.avisos]
    if informe.temas:
        filas = [_cuentas(t.titulo, t.cuentas, t.es_ficticio) for t in informe.temas]
        filas.append(_cuentas("Todos los temas", informe.totales, es_ficticio=False))
        leyenda = "Cuánto se respondió en cada tema, en recomendaciones"
        partes.append(_tabla(TITULOS_TEMAS, filas, "temas", leyenda, ""))
    partes += [_tema(tema) for tema in informe.temas]
    pie = "".join(_parrafo(f"{r}: {v}") for r, v in hechos.pares())
    partes.append(f'<div class="pie">{pie}</div>')
    return (
        '<!doctype html><html lang="es-CL"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(TITULO)} · Diálogos regionales</title>"
        f"<style>{ESTILO.read_text('utf-8')}</style></head>"
        f"<body><main>{''.join(partes)}</main></body></html>"
    )

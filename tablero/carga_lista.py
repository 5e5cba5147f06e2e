"""Los candidatos de un informe en una tabla, y por qué se sugiere cada código."""

from datos.borrador import ACEPTADO, DESCARTADO, PENDIENTE, Borrador
from datos.leido import Candidato
from tablero.conexion import preguntar
from tablero.formato import enumerar
from tablero.tabla import Celda, Columna, Parte, dibujar

FACETAS = {"naturaleza": "Naturaleza", "tipo": "Tipo", "recurso": "Recurso"}
SIGNO = {ACEPTADO: "● aceptado", PENDIENTE: "○ pendiente", DESCARTADO: "✕ descartado"}


def codigos() -> dict[str, dict[str, str]]:
    """Devuelve los códigos del libro que rige, por faceta, con su nombre."""
    libro = preguntar("libro_codigos")
    vigente = libro[libro["rige"].astype(bool)]
    por_faceta: dict[str, dict[str, str]] = {faceta: {} for faceta in FACETAS}
    for faceta, codigo, nombre in zip(
        vigente["faceta"], vigente["codigo"], vigente["nombre"], strict=True
    ):
        por_faceta[faceta][codigo] = nombre
    return por_faceta


def por_que(c: Candidato) -> str:
    """Dice qué palabras sugirieron cada código, o que ninguna."""
    reglas = preguntar("reglas_lista")
    suyas = reglas[reglas["regla_id"].isin(c.reglas)]
    if suyas.empty:
        return "Ninguna regla calzó: no hay sugerencia."
    por_codigo: dict[str, list[str]] = {}
    for codigo, expresion in zip(
        suyas["codigo_nombre"], suyas["expresion"], strict=True
    ):
        por_codigo.setdefault(codigo, []).append(f"«{expresion}…»")
    partes = [f"{codigo}, por {enumerar(v)}" for codigo, v in por_codigo.items()]
    return f"Palabras que calzan: {'; '.join(partes)}."


def lista_de_candidatos(borrador: Borrador, actual: int) -> None:
    """Muestra todos los candidatos; pulsar uno lo pone en revisión."""
    de_faceta = codigos()
    filas = []
    for lugar, c in enumerate(borrador.candidatos):
        celdas = [
            Celda((Parte(c.texto, str(lugar), hace="candidato"),)),
            Celda((Parte(f"{c.tema}, párrafo {c.parrafo}"),)),
            Celda((Parte(de_faceta["naturaleza"].get(c.naturaleza or "", "—")),)),
            Celda((Parte(de_faceta["tipo"].get(c.tipo or "", "—")),)),
            Celda((Parte(SIGNO[c.estado]),)),
        ]
        filas.append((celdas, "actual" if lugar == actual else ""))
    dibujar(
        [
            Columna("", "Enunciado", ancho="45%"),
            Columna("", "Tema"),
            Columna("", "Naturaleza"),
            Columna("", "Tipo"),
            Columna("", "Estado"),
        ],
        filas,
        "Todos los candidatos; pulse uno para revisarlo",
        "candidatos",
    )

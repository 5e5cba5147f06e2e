"""Las dos mesas de un tema, lado a lado, sin hacerles decir lo que no consta."""

from collections.abc import Iterator

import pandas as pd

from tablero.graficos import NATURALEZAS
from tablero.tabla import VACIO, Celda, Columna, Parte

# Cada estado se lee sin color: un signo y una palabra.
ESTADOS = {
    "ambas": "◉ ambas",
    "solo A": "◐ solo A",
    "solo B": "◑ solo B",
    "registro conjunto": "▣ registro conjunto",
    "no consta": "○ no consta",
}
EXPLICACION = {
    "conjunto": "Registro conjunto: el informe no separa las mesas, así que no se sabe"
    " qué dijo cada una ni si coincidieron.",
    "propio": "Cada mesa dejó su propio registro: lo que una no dice, no quedó en él.",
    "incompleto": "No hay registro propio de ambas mesas: que algo figure en una no dice"
    " nada de la otra.",
}
COLUMNAS = (
    Columna("", "Tipo", ancho="18%"),
    Columna("", "Mesa A", ancho="34%"),
    Columna("", "Mesa B", ancho="34%"),
    Columna("", "Estado", ancho="14%"),
)


def _registro_del_par(registros: set[str]) -> str:
    return registros.pop() if registros in ({"propio"}, {"conjunto"}) else "incompleto"


def resumir(mesas: pd.DataFrame) -> pd.DataFrame:
    """Resume cada par en una fila: tema, registro y participantes de A y de B.

    `mesas` son las filas de `mesas_registro`, una por mesa. El registro del par es
    propio, conjunto o, si las dos mesas no tienen el mismo, incompleto.
    """
    pares = []
    for _, par in mesas.groupby("tema_dialogo_id", sort=False):
        a_y_b = par.set_index("letra")["participantes"].reindex(["A", "B"])
        pares.append({
            "tema": f"{par['tema_numero'].iloc[0]}. {par['tema'].iloc[0]}",
            "registro": _registro_del_par(set(par["registro"])),
            "participantes_a": a_y_b["A"],
            "participantes_b": a_y_b["B"],
        })  # fmt: skip
    return pd.DataFrame(pares)


def _celda(enunciados: pd.DataFrame, si_vacia: str, ocupa: int = 1) -> Celda:
    partes = tuple(
        Parte(
            e.texto,
            abre=e.enunciado_id,
            marca=NATURALEZAS.index(e.naturaleza_nombre),
            nota=e.naturaleza_nombre,
        )
        for e in enunciados.itertuples()
    )
    return Celda(partes or (Parte(si_vacia),), ocupa)


def filas(de_tema: pd.DataFrame) -> Iterator[tuple[list[Celda], str]]:
    """Entrega las filas de la matriz de un tema: por tipo, mesa A, mesa B y estado.

    `de_tema` son las filas de `mesas_pares` de un tema. Lo registrado en conjunto ocupa
    ambas mesas en una fila aparte, aunque el tipo tenga también registro por mesa.
    """
    for tipo, de_tipo in de_tema.groupby("tipo_nombre", sort=False):
        en_a, en_b = (de_tipo[de_tipo["mesa"] == letra] for letra in "AB")
        juntas = de_tipo[~de_tipo["mesa"].isin(["A", "B"])]
        estado = de_tipo["estado"].iloc[0]
        nombre = Celda((Parte(str(tipo)),))
        if len(en_a) + len(en_b):
            si_vacia = ESTADOS["no consta"] if estado == "no consta" else VACIO
            par = [_celda(en_a, si_vacia), _celda(en_b, si_vacia)]
            yield [nombre, *par, Celda((Parte(ESTADOS[estado]),))], ""
        if len(juntas):
            conjunto = Celda((Parte(ESTADOS["registro conjunto"]),))
            yield [nombre, _celda(juntas, VACIO, ocupa=2), conjunto], ""

"""La misma interacción en Datasette: una consulta guardada por cada pregunta y filtro.

Sobre el SQLite de `motores/copias.py`, con más índices: uno que trae todas las columnas
de cada pregunta, tras la del filtro.
"""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from pruebas_de_carga.interaccion.pasos import COLUMNAS, FILA, PAGINA, PALABRAS

FRASE = " ".join(f'"{palabra}"' for palabra in PALABRAS)
HALLADOS = (
    "from busqueda join enunciados as e on e.posicion = busqueda.rowid"
    f" where busqueda match '{FRASE}' and e.{{condicion}}"
)
TABLA = ", ".join(f"e.{columna}" for columna in FILA)
CONSULTAS = {
    "cuantos": "select count(*) as n from enunciados where {condicion}",
    "temas_tipos": "select tema_id, tipo, count(*) as n from enunciados"
    " where {condicion} group by 1, 2",
    "tipos_naturalezas": "select tipo, naturaleza, count(*) as n from enunciados"
    " where {condicion} group by 1, 2",
    "pares": "with c as (select tema_dialogo_id, tipo, max(mesa = 'A') as a,"
    " max(mesa = 'B') as b from enunciados where {condicion} and mesa in ('A', 'B')"
    " group by 1, 2) select sum(a and b) as ambas, sum(a and not b) as solo_a,"
    " sum(b and not a) as solo_b from c",
    "halladas": f"select count(*) as n {HALLADOS}",
    "buscar": f"select {TABLA} {HALLADOS} order by busqueda.rowid limit {PAGINA}",
    "primeros": f"select {TABLA} from enunciados as e where e.{{condicion}}"
    f" order by e.posicion limit {PAGINA}",
}


def _condicion(filtro: str) -> str:
    # Lo que viene en la dirección es texto, y un tema es un número.
    valor = "cast(:valor as integer)" if filtro == "tema" else ":valor"
    return f"{COLUMNAS[filtro]} = {valor}"


def preparar(sqlite: Path, carpeta: Path) -> Path:
    """Agrega los índices y escribe las consultas guardadas; devuelve su archivo."""
    with closing(sqlite3.connect(sqlite)) as con, con:
        for columna in COLUMNAS.values():
            con.execute(f"create index f_{columna} on enunciados ({columna})")
            for numero, otras in enumerate(
                (("tema_id", "tipo"), ("tipo", "naturaleza"),
                 ("tema_dialogo_id", "tipo", "mesa"))
            ):  # fmt: skip
                todas = dict.fromkeys((columna, *otras))
                con.execute(
                    f"create index f_{columna}_{numero} on enunciados"
                    f" ({', '.join(todas)})"
                )
        con.execute("analyze")
    guardadas = {
        f"{nombre}_{filtro}": {"sql": sql.format(condicion=_condicion(filtro))}
        for filtro in COLUMNAS
        for nombre, sql in CONSULTAS.items()
    }
    destino = carpeta / "consultas.json"
    destino.write_text(
        json.dumps({"databases": {sqlite.stem: {"queries": guardadas}}}),
        encoding="utf-8",
    )
    return destino

"""Lo mismo con SQLite: la tabla ancha en un archivo, con índices para cada pregunta."""

import csv
import io
import sqlite3
from collections.abc import Iterable, Sequence
from functools import partial

from pruebas_de_carga.motores.preguntas import (
    EXPORTADAS,
    INTERNAS,
    NATURALEZA,
    PAGINA,
    PALABRAS,
    TEMA,
    TIPO,
    Consultas,
    Fila,
    Lugar,
)

COLUMNAS = (*INTERNAS, *EXPORTADAS)
# Cada uno trae todas las columnas de su pregunta: se responde sin abrir la tabla.
INDICES = (
    "tema_id, tipo",
    "tema_id, naturaleza, tipo",
    "tipo, naturaleza",
    "tipo",
    "convocatoria, tipo",
    "tratados, naturaleza",
    "tema_dialogo_id, tipo, mesa",
    "anio, tipo, dialogo_id",
    "region_id",
)
# De trigramas, que encuentran partes de palabra como las encuentra el tablero. El texto
# ya viene en minúsculas y sin tildes, y no se guarda dos veces.
BUSQUEDA = (
    "create virtual table busqueda using fts5(texto_busqueda, content='enunciados',"
    " content_rowid='posicion', columnsize=0, tokenize='trigram case_sensitive 1')"
)
SALIDA = ", ".join(EXPORTADAS)
CONSULTAS = {
    "temas_tipos": "select tema_id, tipo, count(*) from enunciados group by 1, 2",
    "filtrada": "select tema_id, tipo, count(*) from enunciados"
    " where tema_id = ? and naturaleza = ? group by 1, 2",
    "tipos_naturalezas": "select tipo, naturaleza, count(*),"
    " sum(count(*)) over (partition by tipo) from enunciados group by 1, 2",
    "temas_naturalezas": "select tema_id, naturaleza, count(*) from enunciados"
    " group by 1, 2",
    "grupos_tipos": "with c as materialized (select convocatoria, tipo, count(*) as n"
    " from enunciados group by 1, 2) select grupo_id, tipo, sum(n) from c"
    " join grupos using (convocatoria) group by 1, 2",
    "instrumentos": "with c as materialized (select tratados, naturaleza, count(*) as n"
    " from enunciados group by 1, 2) select instrumento_id, naturaleza, sum(n) from c"
    " join instrumentos using (tratados) group by 1, 2",
    "pares": "with c as (select tema_dialogo_id, tipo, max(mesa = 'A') as a,"
    " max(mesa = 'B') as b from enunciados where mesa in ('A', 'B') group by 1, 2)"
    " select tema_dialogo_id, sum(a and b), sum(a and not b), sum(b and not a)"
    " from c group by 1",
    "anios_tipos": "select anio, tipo, count(*),"
    " sum(count(*)) over (partition by anio), count(distinct dialogo_id)"
    " from enunciados where anio is not null group by 1, 2",
    "regiones": "select region_id, count(*) from enunciados group by 1",
    "cuantos": "select count(*) from busqueda where busqueda match ?",
    "pagina": f"select {SALIDA} from enunciados where posicion in (select rowid from"
    " busqueda where busqueda match ? order by rowid limit ?) order by posicion",
    "exportar": f"select {SALIDA} from enunciados where tipo = ? order by posicion",
}


class EnSqlite:
    """Una conexión de lectura; las respuestas son las columnas y las filas."""

    def __init__(self, con: sqlite3.Connection) -> None:
        """Prepara las preguntas sobre una conexión abierta."""
        self.con = con
        solas = ("temas_tipos", "grupos_tipos", "instrumentos", "pares", "anios_tipos",
                 "regiones")  # fmt: skip
        self.preguntas: Consultas = {
            **{clave: partial(self._tabla, clave) for clave in solas},
            "filtrada": lambda: (self._filas("filtrada", TEMA, NATURALEZA),),
            "facetas": lambda: (
                self._filas("tipos_naturalezas"),
                self._filas("temas_naturalezas"),
            ),
            "buscar": self._buscar,
            "exportar": self._exportar,
        }

    def _filas(self, clave: str, *enlazados: object) -> list[Fila]:
        return self.con.execute(CONSULTAS[clave], enlazados).fetchall()

    def _tabla(self, clave: str) -> tuple[list[Fila]]:
        return (self._filas(clave),)

    def _buscar(self) -> tuple[list[Fila], ...]:
        frase = " ".join(f'"{palabra}"' for palabra in PALABRAS)
        pagina = self._filas("pagina", frase, PAGINA)
        lugares = [EXPORTADAS.index(c) for c in ("enunciado_id", "texto")]
        cortas = [tuple(fila[lugar] for lugar in lugares) for fila in pagina]
        return self._filas("cuantos", frase), cortas

    def _exportar(self) -> tuple[bytes]:
        salida = io.StringIO(newline="")
        escritor = csv.writer(salida, lineterminator="\r\n")
        escritor.writerow(EXPORTADAS)
        escritor.writerows(self.con.execute(CONSULTAS["exportar"], (TIPO,)))
        return (salida.getvalue().encode(),)

    def filas(self, tabla: object, columnas: Sequence[str]) -> Iterable[Fila]:
        """Devuelve las filas, que ya vienen con las columnas de la pregunta."""
        assert isinstance(tabla, list)
        return tabla


def abrir_en(lugar: Lugar) -> EnSqlite:
    """Abre el archivo para leer, con memoria bastante para sus índices."""
    con = sqlite3.connect(f"file:{lugar.sqlite}?mode=ro", uri=True)
    con.execute("pragma mmap_size = 8589934592")
    con.execute("pragma cache_size = -262144")
    con.execute("pragma temp_store = memory")
    return EnSqlite(con)

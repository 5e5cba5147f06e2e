"""Lo que acompaña a las tablas del paquete abierto: el LÉEME y el diccionario."""

import csv
import io

from duckdb import DuckDBPyConnection

from datos.abierto_paquete import DICCIONARIO, PAQUETE, SUMAS, TABLAS, Paquete

ENCABEZADO = ("tabla", "columna", "tipo", "obligatoria", "llave", "descripcion")


def leeme(paquete: Paquete, ultima: str) -> bytes:
    """Devuelve el LÉEME, en texto llano; `ultima` es la última escritura, en UTC."""
    filas = "\n".join(f"  {tabla:24}{n:>12}" for tabla, n in paquete.filas.items())
    return f"""\
TABLERO DE DIÁLOGOS REGIONALES: TODO EL CONTENIDO, EN ARCHIVOS ABIERTOS

Última escritura que contiene: {ultima}
Versión del esquema: {paquete.version_esquema}

Qué trae
  {TABLAS}*.csv      cada tabla, entera; las que se derivan de otras no van
  {DICCIONARIO}   qué es cada tabla y cada columna
  {PAQUETE}      versión del esquema, filas de cada tabla y secuencias
  {SUMAS}        la suma SHA-256 de cada archivo

Cómo se comprueba
  Descomprima y corra: sha256sum -c {SUMAS}

Cómo se vuelve a una base igual
  python -m datos.abierto construir ESTE.zip DESTINO.duckdb

Cómo se lee
  CSV con comas, UTF-8, una línea de encabezado y fin de línea LF. Entre comillas, un
  texto puede tener comas y saltos de línea; una comilla se escribe doble. Un campo
  vacío sin comillas es «no consta»; dos comillas sin nada entre ellas es un texto
  vacío. Fechas AAAA-MM-DD; momentos AAAA-MM-DD HH:MM:SS.ffffff en UTC; verdadero y
  falso, true y false; listas, [1, 2]. Las columnas «clave», «antes» y «despues» de
  bitacora y cargas_filas son JSON.

Cuidado
  Si alguien cargó el texto de un informe o de un acta, ese texto va aquí, en
  documentos.csv y, si se corrigió, en cargas_filas.csv. También los seudónimos de
  quienes codificaron y toda la bitácora. Guárdelo como guarda la base.
  Los textos van tal como están. Una hoja de cálculo puede tomar como fórmula uno que
  empiece con = + - o @: impórtelos como texto en vez de abrirlos con doble clic.

Filas
{filas}
""".encode()


def diccionario(con: DuckDBPyConnection, tablas: list[str]) -> bytes:
    """Devuelve el diccionario en CSV: los comentarios que la base lleva consigo."""
    filas = con.execute(
        "select t.table_name, t.comment, c.column_name, lower(c.data_type),"
        " not c.is_nullable, coalesce(list_contains(k.columnas, c.column_name), false),"
        " c.comment from duckdb_tables() as t"
        " inner join duckdb_columns() as c using (database_name, schema_name,"
        " table_name) left join (select table_name, constraint_column_names as columnas"
        " from duckdb_constraints() where schema_name = 'main'"
        " and constraint_type = 'PRIMARY KEY') as k using (table_name)"
        " where t.schema_name = 'main' and t.table_name in (select unnest(?))"
        " order by t.table_name, c.column_index",
        [tablas],
    ).fetchall()
    salida = io.StringIO()
    escritor = csv.writer(salida, lineterminator="\n")
    escritor.writerow(ENCABEZADO)
    anterior = ""
    for tabla, de_tabla, columna, tipo, obligatoria, llave, dice in filas:
        if tabla != anterior:
            escritor.writerow((tabla, "", "", "", "", de_tabla))
            anterior = tabla
        si = ("no", "sí")
        escritor.writerow((tabla, columna, tipo, si[obligatoria], si[llave], dice))
    return salida.getvalue().encode()

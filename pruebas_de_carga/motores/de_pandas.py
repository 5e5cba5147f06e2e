"""Lo mismo con pandas: la tabla ancha en memoria, con categorías donde se repite."""

from collections.abc import Iterable, Sequence

import pandas as pd

from pruebas_de_carga.motores.preguntas import (
    EXPORTADAS,
    NATURALEZA,
    PAGINA,
    PALABRAS,
    REPETIDAS,
    TEMA,
    TIPO,
    Consultas,
    Fila,
    Lugar,
)

# También los números con pocos valores: agrupar por sus códigos cuesta menos.
NUMEROS_REPETIDOS = ("tema_id", "anio")


class EnPandas:
    """Un DataFrame ancho, en el orden de los documentos, y dos tablas de cruce."""

    def __init__(
        self, ancha: pd.DataFrame, grupos: pd.DataFrame, instrumentos: pd.DataFrame
    ) -> None:
        """Prepara las preguntas sobre las tablas ya en memoria."""
        self.ancha, self.grupos, self.usados = ancha, grupos, instrumentos
        self.preguntas: Consultas = {
            "temas_tipos": lambda: (self._contar(self.ancha, "tema_id", "tipo"),),
            "filtrada": self._filtrada,
            "facetas": self._facetas,
            "grupos_tipos": lambda: (
                self._cruzar(self.grupos, "convocatoria", "grupo_id", "tipo"),
            ),
            "instrumentos": lambda: (
                self._cruzar(self.usados, "tratados", "instrumento_id", "naturaleza"),
            ),
            "pares": self._pares,
            "anios_tipos": self._anios_tipos,
            "regiones": lambda: (self._contar(self.ancha, "region_id"),),
            "buscar": self._buscar,
            "exportar": self._exportar,
        }

    def _contar(self, tabla: pd.DataFrame, *por: str) -> pd.DataFrame:
        grupos = tabla.groupby(list(por), observed=True, sort=False)
        return grupos.size().reset_index(name="enunciados")

    def _filtrada(self) -> tuple[pd.DataFrame]:
        t = self.ancha
        elegidas = (t["tema_id"] == TEMA) & (t["naturaleza"] == NATURALEZA)
        return (self._contar(t.loc[elegidas, ["tema_id", "tipo"]], "tema_id", "tipo"),)

    def _facetas(self) -> tuple[pd.DataFrame, ...]:
        tipos = self._contar(self.ancha, "tipo", "naturaleza")
        del_tipo = tipos.groupby("tipo", observed=True)["enunciados"].transform("sum")
        temas = self._contar(self.ancha, "tema_id", "naturaleza")
        return tipos.assign(del_tipo=del_tipo), temas

    def _cruzar(
        self, cruce: pd.DataFrame, llave: str, valor: str, por: str
    ) -> pd.DataFrame:
        # Se cuenta antes de cruzar: son pocos conjuntos y muchos enunciados.
        contados = self._contar(self.ancha, llave, por)
        unidos = contados.merge(cruce, on=llave)
        sumados = unidos.groupby([valor, por], observed=True, sort=False)["enunciados"]
        return sumados.sum().reset_index()

    def _pares(self) -> tuple[pd.DataFrame]:
        llaves = ["tema_dialogo_id", "tipo", "mesa"]
        de_mesa = self.ancha.loc[self.ancha["mesa"].isin(["A", "B"]), llaves]
        hay = de_mesa.groupby(llaves, observed=True).size().unstack(fill_value=0) > 0
        a, b = hay["A"], hay["B"]
        estados = pd.DataFrame({"ambas": a & b, "solo_a": a & ~b, "solo_b": b & ~a})
        por_par = estados.groupby(level="tema_dialogo_id", observed=True).sum()
        return (por_par.reset_index(),)

    def _anios_tipos(self) -> tuple[pd.DataFrame]:
        grupos = self.ancha.groupby(["anio", "tipo"], observed=True, sort=False)
        contados = grupos.agg(
            enunciados=("dialogo_id", "size"), dialogos=("dialogo_id", "nunique")
        )
        tabla = contados.reset_index()
        por_anio = tabla.groupby("anio", observed=True)["enunciados"]
        return (tabla.assign(total=por_anio.transform("sum")),)

    def _buscar(self) -> tuple[pd.DataFrame, ...]:
        textos = self.ancha["texto_busqueda"]
        primera, segunda = PALABRAS
        # El segundo filtro solo mira lo que pasó el primero.
        con_una = textos.loc[textos.str.contains(primera, regex=False)]
        halladas = con_una.loc[con_una.str.contains(segunda, regex=False)]
        pagina = self.ancha.loc[halladas.index[:PAGINA], list(EXPORTADAS)]
        return pd.DataFrame({"enunciados": [len(halladas)]}), pagina

    def _exportar(self) -> tuple[bytes]:
        elegidas = self.ancha.loc[self.ancha["tipo"] == TIPO, list(EXPORTADAS)]
        texto = elegidas.to_csv(index=False, lineterminator="\r\n")
        return (texto.encode(),)

    def filas(self, tabla: object, columnas: Sequence[str]) -> Iterable[Fila]:
        """Devuelve las filas de un DataFrame."""
        assert isinstance(tabla, pd.DataFrame)
        return tabla[list(columnas)].itertuples(index=False, name=None)


def abrir_en(lugar: Lugar) -> EnPandas:
    """Lee las tres tablas; lo que en Parquet es diccionario llega como categoría."""
    ancha = pd.read_parquet(
        lugar.parquet("enunciados"), read_dictionary=list(REPETIDAS)
    )
    ancha = ancha.astype(dict.fromkeys(NUMEROS_REPETIDOS, "category"))
    return EnPandas(
        ancha,
        pd.read_parquet(lugar.parquet("grupos")),
        pd.read_parquet(lugar.parquet("instrumentos")),
    )

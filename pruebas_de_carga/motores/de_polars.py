"""Lo mismo con polars: la tabla ancha en memoria y consultas diferidas."""

from collections.abc import Iterable, Sequence

import polars as pl  # type: ignore[import-not-found,unused-ignore]

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


class EnPolars:
    """Un DataFrame ancho, en el orden de los documentos, y dos tablas de cruce."""

    def __init__(
        self, ancha: pl.DataFrame, grupos: pl.DataFrame, instrumentos: pl.DataFrame
    ) -> None:
        """Prepara las preguntas sobre las tablas ya en memoria."""
        self.ancha = ancha.lazy()
        self.grupos, self.usados = grupos.lazy(), instrumentos.lazy()
        self.preguntas: Consultas = {
            "temas_tipos": lambda: (self._contar("tema_id", "tipo").collect(),),
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
            "regiones": lambda: (self._contar("region_id").collect(),),
            "buscar": self._buscar,
            "exportar": self._exportar,
        }

    def _contar(self, *por: str) -> pl.LazyFrame:
        return self.ancha.group_by(por).agg(pl.len().alias("enunciados"))

    def _filtrada(self) -> tuple[pl.DataFrame]:
        elegidas = self.ancha.filter(
            pl.col("tema_id") == TEMA, pl.col("naturaleza") == NATURALEZA
        )
        contadas = elegidas.group_by("tema_id", "tipo").agg(
            pl.len().alias("enunciados")
        )
        return (contadas.collect(),)

    def _facetas(self) -> tuple[pl.DataFrame, ...]:
        del_tipo = pl.col("enunciados").sum().over("tipo").alias("del_tipo")
        tipos = self._contar("tipo", "naturaleza").with_columns(del_tipo)
        return tuple(pl.collect_all([tipos, self._contar("tema_id", "naturaleza")]))

    def _cruzar(
        self, cruce: pl.LazyFrame, llave: str, valor: str, por: str
    ) -> pl.DataFrame:
        # Se cuenta antes de cruzar: son pocos conjuntos y muchos enunciados.
        unidos = self._contar(llave, por).join(cruce, on=llave)
        return unidos.group_by(valor, por).agg(pl.col("enunciados").sum()).collect()

    def _pares(self) -> tuple[pl.DataFrame]:
        a, b = pl.col("a"), pl.col("b")
        por_codigo = (
            self.ancha.filter(pl.col("mesa").is_in(["A", "B"]))
            .group_by("tema_dialogo_id", "tipo")
            .agg((pl.col("mesa") == "A").any().alias("a"),
                 (pl.col("mesa") == "B").any().alias("b"))
        )  # fmt: skip
        por_par = por_codigo.group_by("tema_dialogo_id").agg(
            (a & b).sum().alias("ambas"),
            (a & ~b).sum().alias("solo_a"),
            (b & ~a).sum().alias("solo_b"),
        )
        return (por_par.collect(),)

    def _anios_tipos(self) -> tuple[pl.DataFrame]:
        contados = (
            self.ancha.filter(pl.col("anio").is_not_null())
            .group_by("anio", "tipo")
            .agg(
                pl.len().alias("enunciados"),
                pl.col("dialogo_id").n_unique().alias("dialogos"),
            )
        )
        total = pl.col("enunciados").sum().over("anio").alias("total")
        return (contados.with_columns(total).collect(),)

    def _buscar(self) -> tuple[pl.DataFrame, ...]:
        textos = pl.col("texto_busqueda")
        primera, segunda = PALABRAS
        # Los dos filtros por separado: el segundo solo mira lo que pasó el primero.
        halladas = (
            self.ancha.select(pl.row_index("fila"), textos)
            .filter(textos.str.contains(primera, literal=True))
            .collect()
            .filter(textos.str.contains(segunda, literal=True))
        )
        pagina = self.ancha.collect()[halladas["fila"].head(PAGINA)]
        cuantos = pl.DataFrame({"enunciados": [halladas.height]})
        return cuantos, pagina.select(EXPORTADAS)

    def _exportar(self) -> tuple[bytes]:
        elegidas = self.ancha.filter(pl.col("tipo") == TIPO).select(EXPORTADAS)
        return (elegidas.collect().write_csv(line_terminator="\r\n").encode(),)

    def filas(self, tabla: object, columnas: Sequence[str]) -> Iterable[Fila]:
        """Devuelve las filas de un DataFrame."""
        assert isinstance(tabla, pl.DataFrame)
        filas: list[Fila] = tabla.select(columnas).rows()
        return filas


def abrir_en(lugar: Lugar) -> EnPolars:
    """Lee las tres tablas, con categorías donde los valores se repiten."""
    repetidas = pl.col(REPETIDAS).cast(pl.Categorical)
    ancha = pl.read_parquet(lugar.parquet("enunciados")).with_columns(repetidas)
    grupos, usados = (
        pl.read_parquet(ruta).cast({llave: pl.Categorical})
        for ruta, llave in (
            (lugar.parquet("grupos"), "convocatoria"),
            (lugar.parquet("instrumentos"), "tratados"),
        )
    )  # fmt: skip
    return EnPolars(ancha, grupos, usados)

"""La selección de una persona: sus filtros, como valores planos."""

import unicodedata
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

PALABRAS = 5
NO_LISTAS = ("buscar", "ficticio")


def sin_acentos(texto: str) -> str:
    """Devuelve `texto` en minúsculas y sin marcas diacríticas (la ñ queda como n).

    Da lo mismo que `strip_accents(lower(…))` de DuckDB, con que se guarda la columna
    de búsqueda; una prueba lo comprueba.
    """
    partes = unicodedata.normalize("NFD", texto.lower())
    return "".join(letra for letra in partes if unicodedata.category(letra) != "Mn")


@dataclass(frozen=True)
class Seleccion:
    """Filtros de la pantalla. Una tupla vacía no filtra; `buscar` va tal cual.

    Dentro de un filtro los valores se suman (o); entre filtros se exigen todos (y). La
    búsqueda exige todas sus palabras, en cualquier orden. Los diálogos ficticios solo
    entran con `ficticio`, que no es un filtro: agrega en vez de quitar.
    """

    region: tuple[str, ...] = ()
    anio: tuple[str, ...] = ()
    dialogo: tuple[str, ...] = ()
    tema: tuple[str, ...] = ()
    pregunta: tuple[str, ...] = ()
    grupo: tuple[str, ...] = ()
    tipo: tuple[str, ...] = ()
    naturaleza: tuple[str, ...] = ()
    instrumento: tuple[str, ...] = ()
    mesa: tuple[str, ...] = ()
    buscar: str = ""
    ficticio: bool = False

    def parametros(self) -> dict[str, object]:
        """Devuelve los parámetros de las consultas: listas como tuplas, o None."""
        valores: dict[str, object] = {
            campo.name: getattr(self, campo.name) or None
            for campo in fields(self)
            if campo.name not in NO_LISTAS
        }
        valores["tema"] = tuple(int(tema) for tema in self.tema) or None
        valores["anio"] = tuple(int(anio) for anio in self.anio) or None
        valores["solo_reales"] = None if self.ficticio else True
        # Las palabras que pasan de la última se buscan juntas, como una frase.
        palabras = sin_acentos(self.buscar).split(maxsplit=PALABRAS - 1)
        for lugar in range(PALABRAS):
            palabra = palabras[lugar] if lugar < len(palabras) else None
            valores[f"palabra_{lugar + 1}"] = palabra
        return valores

    def de_ambas_mesas(self) -> "Seleccion":
        """Devuelve la selección sin el filtro de mesa, para comparar las dos.

        Con una sola, todo parecería dicho solo por ella.
        """
        return replace(self, mesa=())

    def direccion(self) -> str:
        """Devuelve la selección como va en la dirección: `tema=2&ficticio=si`."""
        ficticio = {"ficticio": "si"} if self.ficticio else {}
        return urlencode({**self.activos(), **ficticio}, doseq=True)

    def activos(self) -> dict[str, tuple[str, ...]]:
        """Devuelve los filtros puestos, en orden; la búsqueda, como un valor."""
        puestos = {nombre: getattr(self, nombre) for nombre in LISTAS}
        puestos["buscar"] = (self.buscar,) if self.buscar.strip() else ()
        return {nombre: valores for nombre, valores in puestos.items() if valores}


LISTAS = tuple(campo.name for campo in fields(Seleccion) if campo.name not in NO_LISTAS)

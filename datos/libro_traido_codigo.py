"""Un código de un .qdc de afuera, entendido como código de una faceta de este libro."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from datos.encabezados import aplanar
from datos.libro_revisar import LARGO_CODIGO
from datos.libros import FACETAS, Codigo
from datos.refi_libro import entender

SIN_DEFINICION = "No consta en el archivo de que se trajo."


@dataclass(frozen=True)
class Nodo:
    """Un código del archivo. `padre` es el nombre del que lo contiene."""

    nivel: int
    guid: str
    nombre: str
    codificable: bool
    descripcion: str
    padre: str
    es_carpeta: bool


@dataclass(frozen=True)
class Conocidos:
    """La versión que rige y las claves de todos los códigos de la base."""

    base: tuple[Codigo, ...]
    codigos: Mapping[str, Codigo] = field(default_factory=dict)
    facetas: Mapping[str, str] = field(default_factory=dict)


def _proponer(nombre: str, usados: set[str]) -> str:
    """Devuelve un código corto y libre hecho del nombre."""
    letras = "".join(c if c.isascii() and c.isalnum() else "_" for c in aplanar(nombre))
    base = "_".join(filter(None, letras.split("_"))).upper()[:LARGO_CODIGO] or "CODIGO"
    hallado, numero = base, 1
    while hallado.casefold() in usados:
        numero += 1
        hallado = f"{base[: LARGO_CODIGO - len(str(numero)) - 1]}_{numero}"
    return hallado


@dataclass
class Lector:
    """Convierte los nodos en códigos y anota lo que no cabe."""

    sabidos: Conocidos
    usados: set[str] = field(default_factory=set)
    avisos: list[str] = field(default_factory=list)

    def faceta(self, nodo: Nodo) -> str | None:
        """Devuelve la faceta que una raíz nombra, o None si no es ninguna."""
        llano = aplanar(nodo.nombre.partition(" (")[0]).strip()
        return llano if llano in FACETAS else self.sabidos.facetas.get(nodo.guid)

    def _previo(self, faceta: str, nodo: Nodo) -> Codigo | None:
        """Devuelve el código de la base que es este, por su clave o por su nombre."""
        por_clave = self.sabidos.codigos.get(nodo.guid)
        if por_clave is not None and por_clave.faceta == faceta:
            hoy = [c for c in self.sabidos.base if c.codigo == por_clave.codigo
                   and c.faceta == faceta]  # fmt: skip
            return hoy[0] if hoy else por_clave
        nombre = nodo.nombre.casefold()
        iguales = [c for c in self.sabidos.base if c.faceta == faceta
                   and c.nombre.casefold() == nombre]  # fmt: skip
        return iguales[0] if iguales else None

    def _numero(self, nodo: Nodo, rotulo: str, valor: str | None) -> int | None:
        if valor is None or (valor.strip().isdecimal() and len(valor) < 9):
            return None if valor is None else int(valor)
        self.avisos.append(
            f"«{nodo.nombre}»: {rotulo} «{valor}» no es un número y no se trae."
        )
        return None

    def codigo(self, faceta: str, nodo: Nodo) -> Codigo:
        """Devuelve el código de un nodo, de su ficha o de lo que se sepa de él."""
        ficha, previo = entender(nodo.descripcion), self._previo(faceta, nodo)
        if ficha is None and not nodo.descripcion and previo is not None:
            self.avisos.append(
                f"«{nodo.nombre}» vino sin descripción: conserva la que tiene"
                f" {previo.codigo} en este tablero."
            )
            return replace(previo, nombre=nodo.nombre, orden=0)
        if ficha is None:
            return self._ajeno(faceta, nodo, previo)
        return Codigo(
            faceta=faceta,
            codigo=ficha["codigo"],
            nombre=nodo.nombre,
            orden=self._numero(nodo, "el orden", ficha.get("orden")) or 0,
            definicion=ficha.get("definicion") or self._sin_definicion(nodo),
            prioridad=self._numero(
                nodo, "el lugar en el desempate", ficha.get("prioridad")
            ),
            incluir=ficha.get("incluir"),
            excluir=ficha.get("excluir"),
            ejemplo=ficha.get("ejemplo"),
        )

    def _sin_definicion(self, nodo: Nodo) -> str:
        self.avisos.append(
            f"«{nodo.nombre}» no dice qué abarca: escríbalo al preparar la versión."
        )
        return SIN_DEFINICION

    def _ajeno(self, faceta: str, nodo: Nodo, previo: Codigo | None) -> Codigo:
        definicion = nodo.descripcion or self._sin_definicion(nodo)
        if previo is not None:
            return Codigo(faceta, previo.codigo, nodo.nombre, 0, definicion,
                          previo.prioridad)  # fmt: skip
        propuesto = _proponer(nodo.nombre, self.usados)
        self.avisos.append(f"«{nodo.nombre}» no trae código: se le puso {propuesto}.")
        return Codigo(faceta, propuesto, nodo.nombre, 0, definicion)

    def leer(self, faceta: str, nodo: Nodo, fondo: int) -> Codigo | None:
        """Devuelve el código de un nodo, o None si es una carpeta."""
        if nodo.es_carpeta and not nodo.codificable:
            self.avisos.append(f"«{nodo.nombre}» es una carpeta: quedan sus códigos.")
            return None
        if nodo.nivel > fondo:
            self.avisos.append(
                f"«{nodo.nombre}» venía dentro de «{nodo.padre}»: aquí una faceta no"
                " tiene niveles, y queda como un código más."
            )
        hecho = self.codigo(faceta, nodo)
        self.usados.add(hecho.codigo.casefold())
        return hecho

"""Editar de a poco lo que ya está: codificar, contestar. La otra mitad de la puerta.

Como una carga, una edición es una transacción y deja en la bitácora cada fila que
agrega, cambia o quita, con lo que decía antes. Quien edita dice qué versión de la fila
vio; si otra persona la cambió entretanto, nada se guarda y se le dice quién y qué.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from duckdb import DuckDBPyConnection

from datos import permisos
from datos.alcance import exigir_regiones
from datos.derivar import derivar
from datos.errores import ErrorDeDatos
from datos.escritura import asegurar, en_turno, transaccion
from datos.filas import Fila, ahora, en_json, igual, insertar, llave_de
from datos.historia import CHOQUE, Cambio, desde_la_version
from datos.permisos import Rol
from datos.tocado import tocado

T = TypeVar("T")


class Choque(ErrorDeDatos):
    """Otra persona cambió la fila desde que se vio. Lleva qué cambió y quién."""

    def __init__(self, tabla: str, clave: Fila, cambios: tuple[Cambio, ...]) -> None:
        """Guarda los cambios que quien edita no había visto, del más antiguo."""
        self.tabla = tabla
        self.clave = dict(clave)
        self.cambios = cambios
        quienes = list(dict.fromkeys(f"«{c.quien}»" for c in cambios))
        verbo = "cambiaron" if len(quienes) > 1 else "cambió"
        super().__init__(
            f"{' y '.join(quienes) or 'Otra persona'} {verbo} esto mientras usted lo"
            " tenía abierto. Lo suyo no se guardó y sigue en pantalla: vea qué cambió"
            " y, si corresponde, guarde de nuevo."
        )


@dataclass
class Editor:
    """Escribe filas y anota cada una con lo que decía antes."""

    con: DuckDBPyConnection
    quien: str
    accion: str
    anotadas: list[Fila] = field(default_factory=list)

    def _clave(self, tabla: str, fila: Fila) -> dict[str, object]:
        return {columna: fila[columna] for columna in llave_de(self.con, tabla)}

    def _anotar(
        self, tabla: str, clave: Fila, antes: Fila | None, despues: Fila | None
    ) -> None:
        self.anotadas.append(
            {
                "momento": ahora(),
                "quien": self.quien,
                "accion": self.accion,
                "tabla": tabla,
                "clave": en_json(clave),
                "antes": None if antes is None else en_json(antes),
                "despues": None if despues is None else en_json(despues),
            }
        )

    def leer(self, tabla: str, clave: Fila) -> dict[str, object] | None:
        """Devuelve la fila de esa llave, o None si no está."""
        cursor = self.con.execute(
            f"select * from {tabla} where {igual(clave)}", list(clave.values())
        )
        columnas = [columna[0] for columna in cursor.description]
        filas = cursor.fetchall()
        return dict(zip(columnas, filas[0], strict=True)) if filas else None

    def agregar(self, tabla: str, *filas: Fila) -> None:
        """Agrega filas a una tabla, con una sola orden; sus claves son columnas."""
        if filas:
            insertar(self.con, tabla, filas)
        for fila in filas:
            self._anotar(tabla, self._clave(tabla, fila), None, fila)

    def cambiar(self, tabla: str, clave: Fila, nuevos: Fila) -> bool:
        """Cambia una fila que existe; dice si algo cambió.

        En una tabla con `version`, esta sube en uno: no la ponga en `nuevos`.
        """
        previa = self.leer(tabla, clave)
        if previa is None:
            raise ErrorDeDatos(
                f"La fila {en_json(clave)} ya no está en {tabla}. Vuelva a abrir la"
                " página."
            )
        distintos = {c: v for c, v in nuevos.items() if previa[c] != v}
        if not distintos:
            return False
        if isinstance(previa.get("version"), int):
            distintos["version"] = previa["version"] + 1  # type: ignore[operator]
        self.con.execute(
            f"update {tabla} set {', '.join(f'{c} = ?' for c in distintos)}"
            f" where {igual(clave)}",
            [*distintos.values(), *clave.values()],
        )
        self._anotar(tabla, clave, {c: previa[c] for c in distintos}, distintos)
        return True

    def quitar(self, tabla: str, clave: Fila) -> None:
        """Quita una fila que existe y deja en la bitácora lo que decía."""
        previa = self.leer(tabla, clave)
        if previa is None:
            return
        self.con.execute(
            f"delete from {tabla} where {igual(clave)}", list(clave.values())
        )
        self._anotar(tabla, clave, previa, None)

    def exigir_version(self, tabla: str, clave: Fila, vista: int | None) -> None:
        """Lanza Choque si la fila ya no es la que se vio; None es no haber visto fila.

        La tabla tiene una columna `version`.
        """
        actual = self.leer(tabla, clave)
        version = None if actual is None else actual["version"]
        if version != vista:
            raise Choque(tabla, clave, desde_la_version(self.con, tabla, clave, vista))


def editar(
    con: DuckDBPyConnection,
    quien: str,
    accion: str,
    verbo: Callable[[Editor], T],
) -> T:
    """Edita filas en una transacción y devuelve lo que devuelva `verbo`.

    De las tablas de lectura se rehace lo que la edición toca. Al volver, todo está en
    el disco. Si lanza ErrorDeDatos, la base quedó como estaba; un Choque queda además
    en la bitácora, para que también lo vea quien guardó primero.
    """
    permisos.exigir(Rol.EDICION)
    permisos.exigir_firma(quien)
    propio = con.cursor()
    resultados: list[T] = []
    choques: list[Choque] = []

    def dentro() -> None:
        editor = Editor(propio, quien, accion)
        resultados.append(verbo(editor))
        if editor.anotadas:
            insertar(propio, "bitacora", [dict(fila) for fila in editor.anotadas])
            exigir_regiones(propio, editor.anotadas)
            derivar(propio, tocado(propio, editor.anotadas))

    def dejar_constancia() -> None:
        insertar(propio, "bitacora", [_choque(choques[0], quien)])

    def todo() -> None:
        try:
            transaccion(propio, dentro)
        except Choque as choque:
            choques.append(choque)
            transaccion(propio, dejar_constancia)
        asegurar(propio)

    try:
        en_turno(todo)
    finally:
        propio.close()
    if choques:
        raise choques[0]
    return resultados[0]


def _choque(choque: Choque, quien: str) -> Fila:
    return {
        "momento": ahora(),
        "quien": quien,
        "accion": CHOQUE,
        "tabla": choque.tabla,
        "clave": en_json(choque.clave),
        "antes": None,
        "despues": None,
    }

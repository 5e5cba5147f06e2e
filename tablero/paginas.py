"""Qué páginas hay, en el orden del menú."""

from dataclasses import dataclass
from pathlib import Path

from datos.permisos import Rol

CARPETA = Path(__file__).parent.parent / "pages"
ICONO = str(Path(__file__).parent / "estatico" / "icono.svg")


@dataclass(frozen=True)
class Pagina:
    """Una página: el nombre de su archivo y dirección, su título y para qué rol es.

    `filtra`: lo que muestra depende de los filtros.
    """

    nombre: str
    titulo: str
    rol: Rol = Rol.LECTURA
    filtra: bool = True

    @property
    def ruta(self) -> Path:
        """Devuelve la ruta absoluta de su archivo."""
        return CARPETA / f"{self.nombre}.py"


PAGINAS = (
    Pagina("resumen", "Resumen"),
    Pagina("temas", "Temas"),
    Pagina("grupos", "Grupos"),
    Pagina("tipos", "Tipos"),
    Pagina("mesas", "Mesas"),
    Pagina("regiones", "Regiones"),
    Pagina("enunciados", "Enunciados"),
    Pagina("cargar", "Cargar", Rol.EDICION, filtra=False),
    Pagina("codificar", "Codificar"),
    Pagina("acuerdo", "Acuerdo"),
    Pagina("seguimiento", "Seguimiento"),
    Pagina("metodologia", "Metodología"),
    Pagina("guia", "Guía", filtra=False),
    Pagina("administracion", "Administración", Rol.ADMINISTRACION, filtra=False),
)
POR_NOMBRE = {pagina.nombre: pagina for pagina in PAGINAS}

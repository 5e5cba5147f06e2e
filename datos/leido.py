"""Lo que se entendió de un archivo cargado: valores, sin base ni pantalla."""

from dataclasses import dataclass

# Cierra un párrafo cierto en un texto extraído: el formato de origen los separa. Un
# texto sin esta marca trae líneas cortadas por el ancho y hay que volver a unirlas.
FIN_DE_PARRAFO = "\u2029"
SALTO_DE_PAGINA = "\f"


@dataclass(frozen=True)
class Texto:
    """El texto de un archivo, en NFC, con FIN_DE_PARRAFO y SALTO_DE_PAGINA.

    `formato` es txt, docx o pdf; `avisos`, lo que hubo que suponer al leerlo.
    """

    formato: str
    texto: str
    avisos: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hoja:
    """Una hoja de planilla: sus filas desde la primera, con la celda vacía como None.

    La fila 1 de la planilla es `filas[0]`. Todo valor viene como texto, tal como lo
    vería una persona: un entero sin decimales, una fecha AAAA-MM-DD.
    """

    nombre: str
    filas: tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True)
class Planilla:
    """Las hojas de un XLSX, o un CSV como una sola hoja."""

    formato: str
    hojas: tuple[Hoja, ...]
    avisos: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seccion:
    """Una sección numerada del informe, con su título."""

    numero: str
    titulo: str


@dataclass(frozen=True)
class PreguntaLeida:
    """Un bloque de preguntas de un tema.

    `orden` desde 1 dentro del tema; `clave` es la misma en todos los bloques que se
    repiten en dos o más temas, y None si es único.
    """

    orden: int
    texto: str
    interrogantes: int
    clave: str | None


@dataclass(frozen=True)
class TemaLeido:
    """Un tema: cómo se presenta, a quiénes se convocó y qué se concluyó.

    `grupos`, como los escribe el informe, de a uno. `nombre_conclusiones` es None si
    las conclusiones no lo tratan; `parrafos`, los de sus conclusiones, ya unidos.
    """

    numero: int
    nombre: str
    nombre_conclusiones: str | None
    grupos: tuple[str, ...]
    preguntas: tuple[PreguntaLeida, ...]
    parrafos: tuple[str, ...]


@dataclass(frozen=True)
class Fecha:
    """La fecha tal como consta; lo que no consta es None.

    `dia_semana` va en minúscula y con tilde («miércoles»); `texto`, la mención entera.
    """

    anio: int | None
    mes: int | None
    dia: int | None
    dia_semana: str | None
    texto: str


@dataclass(frozen=True)
class DatoLeido:
    """Un dato que el informe da, cada vez que lo da: «Asistentes», «100», sección 1."""

    variable: str
    valor: str
    es_aproximado: bool
    seccion: str


@dataclass(frozen=True)
class AutoridadLeida:
    """Un cargo que asistió. Nunca un nombre de persona."""

    cargo: str
    institucion: str | None
    seccion: str


@dataclass(frozen=True)
class SinEntender:
    """Un trozo que el lector no supo dónde poner: se muestra, no se bota."""

    lugar: str
    texto: str


@dataclass(frozen=True)
class InformeLeido:
    """Lo que se entendió de un informe."""

    secciones: tuple[Seccion, ...]
    comuna: str | None
    lugar: str | None
    fecha: Fecha | None
    datos: tuple[DatoLeido, ...]
    autoridades: tuple[AutoridadLeida, ...]
    temas: tuple[TemaLeido, ...]
    seccion_conclusiones: str | None
    sin_entender: tuple[SinEntender, ...]


@dataclass(frozen=True)
class Regla:
    """Una palabra o frase que sugiere un código de una faceta."""

    regla_id: str
    faceta: str
    codigo: str
    expresion: str


@dataclass(frozen=True)
class Candidato:
    """Un posible enunciado, con el pasaje que lo sostiene.

    `desde` y `hasta` son caracteres Unicode dentro del párrafo, desde 1, inclusive;
    `parrafo`, su ordinal entre los de su tema, desde 1. `texto` es cómo quedará: parte
    siendo el pasaje. `reglas` son las que calzaron. `pregunta` es el orden del bloque
    que responde: 0 si a ninguno, None si nadie lo ha decidido. `estado`: pendiente,
    aceptado o descartado.
    """

    tema: int
    parrafo: int
    desde: int
    hasta: int
    texto: str
    naturaleza: str | None = None
    tipo: str | None = None
    recurso: str | None = None
    pregunta: int | None = None
    reglas: tuple[str, ...] = ()
    estado: str = "pendiente"

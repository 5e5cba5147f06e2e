"""Lo codificado sale en REFI-QDA, un lector ajeno lo lee igual, y un libro vuelve."""

import hashlib
import io
import re
import shutil
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from duckdb import DuckDBPyConnection
from hypothesis import given
from hypothesis import strategies as st
from pyrefiqda import RefiCodebook, RefiProject  # type: ignore[import-untyped]
from pyrefiqda.models import (  # type: ignore[import-untyped]
    CodeBook,
    PlainTextSelectionType,
    Project,
    ProjectCodeType,
)
from streamlit.testing.v1 import AppTest
from xsdata.formats.dataclass.parsers.config import ParserConfig
from xsdata_pydantic.bindings import XmlParser, XmlSerializer

from consultas.seleccion import Seleccion
from datos.aparte import leer_texto
from datos.base import abrir
from datos.codificar import Lectura, guardar_lectura
from datos.errores import ErrorDeDatos
from datos.extraer_qdc import CODIGOS_MAXIMOS, NIVELES_MAXIMOS, extraer
from datos.libro_diferencias import comparar
from datos.libro_nuevo import copiar_libro, en_preparacion, publicar
from datos.libro_revisar import revisar_codigos
from datos.libro_traido import Traido, conocidos, interpretar, leer
from datos.libro_traido_codigo import SIN_DEFINICION
from datos.libros import Codigo, codigos_de
from datos.parrafos import conclusiones, lineas
from datos.refi_datos import reunir
from datos.refi_libro import describir, entender, qdc
from datos.refi_lugares import Paginado
from datos.refi_proyecto import qdpx
from datos.refi_xml import ILEGAL, guid
from tablero import conexion
from tablero.codifica_intercambio import _proyecto
from tests import informes
from tests.test_paginas import abrir as abrir_pagina
from tests.test_paginas import html

# Los modelos del lector ajeno están hechos de los esquemas de la norma.
MODELOS = {"Codebook": CodeBook, "Project": Project}
ESTRICTO = ParserConfig(
    fail_on_unknown_properties=True,
    fail_on_unknown_attributes=True,
    fail_on_converter_warnings=True,
)
HOSTIL = '<img src=x onerror="alert(1)"> & **negrita** \N{GRINNING FACE} ]]>'
CONTROL = "uno\x00dos\x0bcuatro\x1f\ufffe"
CABEZA = '<?xml version="1.0" encoding="UTF-8"?>\n<CodeBook xmlns="urn:x">'


def nodos(contenido: bytes) -> list[tuple[str, str, dict[str, str]]]:
    """Devuelve, en orden, cada elemento con su texto y sus atributos."""
    return [
        (nodo.tag, (nodo.text or "").strip(), dict(nodo.attrib))
        for nodo in ET.fromstring(contenido).iter()
    ]


def validar(cual: str, contenido: bytes) -> None:
    """Exige que la norma admita el archivo, con sus elementos en el orden que pide.

    Lo que el lector no conoce lo rechaza, y al escribir usa el orden de la norma.
    """
    hecho = XmlParser(config=ESTRICTO).from_bytes(contenido, MODELOS[cual])
    vuelta = nodos(XmlSerializer().render(hecho).encode())
    suyos = nodos(contenido)
    assert [v[:2] for v in vuelta] == [s[:2] for s in suyos]
    for (_, _, dichos), (_, _, leidos) in zip(suyos, vuelta, strict=True):
        assert {c: leidos.get(c) for c in dichos} == dichos


@pytest.fixture(scope="module")
def real(base_real: Path) -> Iterator[DuckDBPyConnection]:
    with abrir(base_real) as abierta:
        yield abierta


@pytest.fixture
def con(base_muestra: Path, tmp_path: Path) -> Iterator[DuckDBPyConnection]:
    """La muestra, en una copia que se puede cambiar."""
    copia = Path(shutil.copy(base_muestra, tmp_path / "base.duckdb"))
    with abrir(copia, escribe=True) as abierta:
        yield abierta


def claves(con: DuckDBPyConnection, donde: str = "true") -> list[str]:
    filas = con.execute(
        "select enunciado_id from enunciados inner join temas_dialogo"
        " using (tema_dialogo_id) inner join dialogos using (dialogo_id)"
        f" where {donde} order by 1"
    ).fetchall()
    return [clave for (clave,) in filas]


@dataclass(frozen=True)
class Leido:
    """Un proyecto leído por otro programa, y sus textos."""

    proyecto: Project
    textos: dict[str, str]
    xml: bytes

    @property
    def pasajes(self) -> dict[str, list[PlainTextSelectionType]]:
        """Los pasajes por enunciado."""
        por: dict[str, list[PlainTextSelectionType]] = {}
        for fuente in self.proyecto.sources.text_source:
            for pasaje in fuente.plain_text_selection:
                por.setdefault(pasaje.name, []).append(pasaje)
        return por

    def plano(self, pasaje: PlainTextSelectionType) -> str:
        for fuente in self.proyecto.sources.text_source:
            if pasaje in fuente.plain_text_selection:
                texto = self.textos[fuente.guid]
                return texto[pasaje.start_position : pasaje.end_position]
        raise AssertionError(pasaje)


def leer_ajeno(contenido: bytes, carpeta: Path) -> Leido:
    ruta = carpeta / "p.qdpx"
    ruta.write_bytes(contenido)
    sitio = carpeta / "abierto"
    proyecto = RefiProject.load(ruta, str(sitio))
    textos = {}
    for fuente in proyecto.sources.text_source:
        camino = RefiProject.resolve_source_path(fuente.plain_text_path, sitio)
        # Como otro programa: en UTF-8 y con los fines de línea que traiga.
        textos[fuente.guid] = camino.read_bytes().decode("utf-8")
    return Leido(proyecto, textos, (sitio / "project.qde").read_bytes())


def aplanar(codigos: list[ProjectCodeType]) -> dict[str, ProjectCodeType]:
    """Todos los códigos de un libro, por su clave."""
    todos: dict[str, ProjectCodeType] = {}
    for codigo in codigos:
        todos |= {codigo.guid: codigo} | aplanar(codigo.code)
    return todos


@pytest.fixture(scope="module")
def todo(real: DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory) -> Leido:
    """La base entera, ficticios incluidos, como la lee otro programa."""
    datos = reunir(real, claves(real))
    return leer_ajeno(
        qdpx("Prueba", "Con ficticios.", datos), tmp_path_factory.mktemp("refi")
    )


# --- El libro de códigos


def test_el_libro_sale_valido_y_vuelve_igual(
    real: DuckDBPyConnection, tmp_path: Path
) -> None:
    codigos = codigos_de(real, "v1")
    contenido = qdc("v1", codigos)
    validar("Codebook", contenido)
    traido = interpretar(leer("libro.qdc", contenido), conocidos(real))
    assert list(traido.codigos) == codigos
    assert traido.avisos == ()
    ruta = tmp_path / "libro.qdc"
    ruta.write_bytes(contenido)
    ajenos = aplanar(RefiCodebook.load(ruta).codes.code)
    nombres = {c.name for c in ajenos.values() if c.is_codable}
    assert nombres == {c.nombre for c in codigos}
    assert {c.name for c in ajenos.values() if not c.is_codable} == {
        "Naturaleza", "Tipo", "Recurso",
    }  # fmt: skip


def test_un_libro_que_pasa_por_otro_programa_vuelve_igual(
    real: DuckDBPyConnection, tmp_path: Path
) -> None:
    codigos = codigos_de(real, "v1")
    ida, vuelta = tmp_path / "ida.qdc", tmp_path / "vuelta.qdc"
    ida.write_bytes(qdc("v1", codigos))
    RefiCodebook.save(RefiCodebook.load(ida), vuelta)
    assert vuelta.read_bytes() != ida.read_bytes()
    traido = interpretar(leer("vuelta.qdc", vuelta.read_bytes()), conocidos(real))
    assert (list(traido.codigos), traido.avisos) == (codigos, ())


# Lo que `revisar_codigos` deja entrar al libro: sin espacios al borde.
LETRAS = st.sampled_from("aé\n\r\t :<>&\"'\N{GRINNING FACE}\u2028")
TEXTO = (
    st.text(LETRAS | st.characters(codec="utf-8"))
    .map(lambda texto: ILEGAL.sub("", texto).strip())
    .filter(bool)
)
O_NADA = st.none() | TEXTO


@given(TEXTO, O_NADA, O_NADA, O_NADA, st.none() | st.integers(1, 99))
def test_cualquier_ficha_vuelve_igual_de_la_descripcion(
    definicion: str, incluir: str, excluir: str, ejemplo: str, prioridad: int | None
) -> None:
    codigo = Codigo("tipo", "PERT", "Uno", 1, definicion, prioridad, incluir, excluir,
                    ejemplo)  # fmt: skip
    (_, _, fila) = extraer(qdc("v1", [codigo]), ()).hojas[0].filas
    ficha = entender(str(fila[4]).strip())
    assert ficha is not None
    vuelto = {c: ficha.get(c) for c in ("definicion", "incluir", "excluir", "ejemplo")}
    assert vuelto == {
        "definicion": definicion, "incluir": incluir, "excluir": excluir,
        "ejemplo": ejemplo,
    }  # fmt: skip


def test_un_valor_que_parece_otro_rotulo_no_lo_es() -> None:
    codigo = Codigo("tipo", "A", "A", 1, "Uno.\nEjemplo: falso.\n\nPrioridad: 3")
    ficha = entender(describir(codigo))
    assert ficha is not None and "ejemplo" not in ficha and "prioridad" not in ficha
    assert ficha["definicion"] == codigo.definicion


@pytest.mark.parametrize("rotulo", ["Lugar en el desempate", "Prioridad"])
def test_el_desempate_vuelve_de_los_archivos_de_hoy_y_de_los_de_antes(
    rotulo: str,
) -> None:
    dicho = describir(Codigo("tipo", "A", "A", 1, "Uno.", 3))
    assert "Lugar en el desempate: 3" in dicho
    ficha = entender(dicho.replace("Lugar en el desempate", rotulo))
    assert ficha is not None and ficha["prioridad"] == "3"


def qdc_ajeno(codigos: str, fin: str = "") -> bytes:
    return f"{CABEZA}<Codes>{codigos}</Codes>{fin}</CodeBook>".encode()


def traer(con: DuckDBPyConnection, contenido: bytes, *sueltos: str) -> Traido:
    return interpretar(leer("ajeno.qdc", contenido), conocidos(con), *sueltos)


def tipos(traido: Traido) -> list[Codigo]:
    return [c for c in traido.codigos if c.faceta == "tipo"]


def test_un_libro_de_otro_programa_entra_y_dice_todo_lo_que_no_cabe(
    con: DuckDBPyConnection,
) -> None:
    traido = traer(
        con,
        qdc_ajeno(
            '<Code guid="{1}" name="TIPO" isCodable="false">'
            '<Code guid="2" name="Pasantías en empresas" isCodable="true" color="#fff">'
            '<Description>Ir a ver.</Description><Code guid="3" name="Otras"/></Code>'
            '<Code guid="4" name="Carpeta" isCodable="false">'
            '<Code guid="5" name="Otro" isCodable="true"/></Code></Code>'
            '<Code guid="6" name="Suelta" isCodable="true"><Code guid="7" name="Hija"/>'
            "</Code>",
            '<Sets><Set guid="8" name="Mi conjunto"/></Sets>',
        ),
    )
    assert [(c.codigo, c.nombre, c.orden) for c in tipos(traido)] == [
        ("PASANTIAS_EN_EMPRESA", "Pasantías en empresas", 1),
        ("OTRAS", "Otras", 2),
        # Sin descripción, se le reconoce por su nombre y conserva lo que abarca.
        ("OTR", "Otro", 3),
    ]
    assert tipos(traido)[0].definicion == "Ir a ver."
    assert tipos(traido)[1].definicion == SIN_DEFINICION
    dicho = "\n".join(traido.avisos)
    for parte in ("«Otras» venía dentro de «Pasantías", "«Carpeta» es una carpeta",
                  "«Otro» vino sin descripción", "«Suelta», con «Hija»,", "Mi conjunto",
                  "color", "no trae naturaleza", "no trae recurso"):  # fmt: skip
        assert parte in dicho
    assert traido.sueltos == ("Suelta",)
    revisar_codigos(traido.codigos, conocidos(con).base)


def test_los_codigos_sueltos_van_a_la_faceta_que_se_elija(
    con: DuckDBPyConnection,
) -> None:
    ajeno = qdc_ajeno('<Code name="Uno" guid="1"><Code name="Dos" guid="2"/></Code>')
    traido = traer(con, ajeno, "tipo")
    assert [c.nombre for c in tipos(traido)] == ["Uno", "Dos"]
    with pytest.raises(ErrorDeDatos, match="OTR"):
        revisar_codigos(traido.codigos, conocidos(con).base)


def test_las_faltas_de_un_libro_ajeno_se_dicen_todas_juntas(
    con: DuckDBPyConnection,
) -> None:
    largo = "x" * 81
    traido = traer(
        con,
        qdc_ajeno(
            f'<Code name="tipo" guid="1"><Code name="{largo}" guid="2"/>'
            '<Code guid="3"/><Code name="A" guid="4"/><Code name="a" guid="5"/></Code>'
        ),
    )
    with pytest.raises(ErrorDeDatos) as error:
        revisar_codigos(traido.codigos, conocidos(con).base)
    dicho = str(error.value)
    for parte in ("demasiado largo", "Está vacío", "ya está en esa faceta", "OTR"):
        assert parte in dicho


def test_lo_traido_queda_como_version_en_preparacion_con_sus_diferencias(
    con: DuckDBPyConnection,
) -> None:
    base = codigos_de(con, "v1")
    otro = [replace(c, definicion=HOSTIL) if c.codigo == "PERT" else c for c in base]
    traido = traer(con, qdc("v1", otro))
    (una,) = comparar(base, traido.codigos)
    assert (una.que, una.codigo, una.cambia_el_sentido) == ("cambiado", "PERT", True)
    libro = copiar_libro(con, "ana", "Traído", "Prueba", codigos=traido.codigos)
    assert en_preparacion(con) == libro
    assert codigos_de(con, libro) == otro
    # Y esa versión también sale y vuelve igual.
    assert list(traer(con, qdc(libro, otro)).codigos) == otro


RISAS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
SIN_DTD = "definición de tipo"
HOSTILES = {
    "doctype": (b"<!DOCTYPE CodeBook><CodeBook/>", SIN_DTD),
    "doctype en UTF-16": ("<!DOCTYPE CodeBook><CodeBook/>".encode("utf-16"), SIN_DTD),
    "entidad de fuera": (
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><CodeBook>&x;'
        b"</CodeBook>",
        SIN_DTD,
    ),
    "mil millones de risas": (
        f'<!DOCTYPE a [<!ENTITY l0 "ja">{RISAS}]><CodeBook>&l11;</CodeBook>'.encode(),
        SIN_DTD,
    ),
    "cortado": (qdc_ajeno('<Code name="a" guid="1"/>')[:-15], "bien formado"),
    "otra raíz": (b"<html/>", "no es un libro de códigos"),
    "no es XML": ("Código;Nombre\nA;b\n".encode(), "bien formado"),
    "código de caracteres que no es": (
        '<?xml version="1.0" encoding="UTF-8"?><CodeBook n="é"/>'.encode("latin-1"),
        "bien formado",
    ),
    "código de caracteres desconocido": (
        b'<?xml version="1.0" encoding="big5"?><CodeBook/>', "código de caracteres",
    ),
    "hondo": (
        qdc_ajeno('<Code name="a" guid="1">' * (NIVELES_MAXIMOS + 1)
                  + "</Code>" * (NIVELES_MAXIMOS + 1)),
        "niveles",
    ),
    "muchos": (qdc_ajeno('<Code name="a" guid="1"/>' * (CODIGOS_MAXIMOS + 1)), "2000"),
    "pesado": (qdc_ajeno(" " * (5 * 1024 * 1024)), "5 MB"),
    "un ZIP": (b"PK\x03\x04" + b"\0" * 60, "dañado"),
    "vacío": (b"", "vacío"),
    "datos personales": (
        qdc_ajeno('<Code name="tipo" guid="1"><Description>ana.perez@correo.cl'
                  "</Description></Code>"),
        "datos personales",
    ),
}  # fmt: skip


@pytest.mark.parametrize("caso", HOSTILES)
def test_un_archivo_hostil_se_rechaza_en_castellano(caso: str) -> None:
    contenido, dice = HOSTILES[caso]
    with pytest.raises(ErrorDeDatos, match=dice) as error:
        leer("libro.qdc", contenido)
    assert "libro.qdc" in error.value.faltas[0].archivo
    assert "passwd" not in str(error.value) and "Traceback" not in str(error.value)
    assert error.value.faltas[0].remedio


@pytest.mark.parametrize("codigo", ["utf-8-sig", "utf-16", "windows-1252", "latin-1"])
def test_se_lee_en_el_codigo_de_caracteres_que_diga(
    con: DuckDBPyConnection, codigo: str
) -> None:
    declarado = codigo.removesuffix("-sig")
    xml = (
        f'<?xml version="1.0" encoding="{declarado}"?><CodeBook><Codes>'
        '<Code name="Tipo" guid="1"><Code name="Ñandú" guid="2"/></Code></Codes>'
        "</CodeBook>"
    )
    (uno,) = tipos(traer(con, xml.encode(codigo)))
    assert (uno.nombre, uno.codigo) == ("Ñandú", "NANDU")


# --- El proyecto


def test_el_proyecto_entero_cumple_el_esquema_de_la_norma(todo: Leido) -> None:
    validar("Project", todo.xml)


def test_un_lector_ajeno_halla_las_mismas_codificaciones_que_la_base(
    real: DuckDBPyConnection, todo: Leido
) -> None:
    quienes = {u.guid: u.name for u in todo.proyecto.users.user}
    hallado = Counter(
        (enunciado, quienes[c.creating_user], c.code_ref.target_guid)
        for enunciado, pasajes in todo.pasajes.items()
        # Un enunciado con varias citas lleva sus códigos en cada una.
        for c in pasajes[0].coding
    )
    base = real.execute(
        "select enunciado_id, codificador_id, libro_id, faceta, codigo"
        " from codificaciones"
    ).fetchall()
    esperado = Counter((e, q, guid("codigos", v, f, c)) for e, q, v, f, c in base)
    esperado += Counter(
        (e, q, guid("instrumentos", i))
        for e, q, i in real.execute(
            "select enunciado_id, codificador_id, instrumento_id"
            " from enunciados_instrumentos"
        ).fetchall()
    )
    assert hallado == esperado
    for pasajes in todo.pasajes.values():
        puestos = [sorted(c.code_ref.target_guid for c in p.coding) for p in pasajes]
        assert all(uno == puestos[0] for uno in puestos)


def test_un_lector_ajeno_halla_los_mismos_codigos_e_instrumentos(
    real: DuckDBPyConnection, todo: Leido
) -> None:
    ajenos = aplanar(todo.proyecto.code_book.codes.code)
    for codigo in codigos_de(real, "v1"):
        suyo = ajenos[guid("codigos", "v1", codigo.faceta, codigo.codigo)]
        assert (suyo.name, suyo.description) == (codigo.nombre, describir(codigo))
    instrumentos = real.execute("select instrumento_id, nombre from instrumentos")
    for clave, nombre in instrumentos.fetchall():
        assert ajenos[guid("instrumentos", clave)].name == nombre


def test_cada_pasaje_marcado_es_el_de_la_cita_o_el_enunciado_redactado(
    real: DuckDBPyConnection, todo: Leido
) -> None:
    assert sorted(todo.pasajes) == claves(real)
    de_cita = {guid("citas", c): h for c, h in real.execute(
        "select cita_id, sha256 from citas").fetchall()}  # fmt: skip
    textos = dict(real.execute("select enunciado_id, texto from enunciados").fetchall())
    hallados = 0
    for enunciado, pasajes in todo.pasajes.items():
        for pasaje in pasajes:
            plano = todo.plano(pasaje)
            if pasaje.guid in de_cita:
                hallados += 1
                huella = hashlib.sha256(plano.encode()).hexdigest()
                assert huella == de_cita[pasaje.guid]
            else:
                assert plano == textos[enunciado]
    # De lo ficticio está cada acta; del informe real, solo lo redactado.
    assert hallados == 186
    redactada = [f for f in todo.proyecto.sources.text_source if "redactados" in f.name]
    assert len(redactada) == 1
    assert "No es el texto" in redactada[0].description
    for fuente in todo.proyecto.sources.text_source:
        de_ficticio = "ficticio" in fuente.plain_text_selection[0].name
        assert ("documento ficticio" in fuente.description) == de_ficticio


def test_los_casos_son_los_dialogos_los_temas_y_las_mesas_de_la_base(
    real: DuckDBPyConnection, todo: Leido
) -> None:
    casos = {caso.guid: caso for caso in todo.proyecto.cases.case}
    enunciado_de = {
        p.guid: enunciado for enunciado, ps in todo.pasajes.items() for p in ps
    }
    vistos = 0
    for tabla, columna in (
        ("dialogos", "dialogo_id"),
        ("temas_dialogo", "tema_dialogo_id"),
        ("mesas", "mesa_id"),
    ):
        for (clave,) in real.execute(f"select {columna} from {tabla}").fetchall():
            caso = casos[guid(tabla, clave)]
            suyos = {enunciado_de[r.target_guid] for r in caso.selection_ref}
            donde = "d.dialogo_id" if columna == "dialogo_id" else f"e.{columna}"
            esperados = real.execute(
                "select enunciado_id from enunciados as e inner join temas_dialogo"
                " using (tema_dialogo_id) inner join dialogos as d using (dialogo_id)"
                f" where {donde} = ?",
                [clave],
            ).fetchall()
            assert suyos == {e for (e,) in esperados}
            vistos += 1
    assert vistos == len(casos)
    nombres = {v.guid: v.name for v in todo.proyecto.variables.variable}
    antofagasta = casos[guid("mesas", "antofagasta-2018-1-A")]
    puestas = {nombres[v.variable_ref.target_guid] for v in antofagasta.variable_value}
    # No consta cuántas personas hubo: no lleva 0 ni vacío, no lleva la variable.
    assert "Registro" in puestas and "Participantes" not in puestas


def test_sin_ficticios_nada_del_paquete_es_ficticio(real: DuckDBPyConnection) -> None:
    datos = reunir(real, claves(real, "not es_ficticio"))
    paquete = qdpx("Prueba", "Sin.", datos)
    with zipfile.ZipFile(io.BytesIO(paquete)) as abierto:
        dicho = "".join(abierto.read(n).decode() for n in abierto.namelist())
    assert "ficticio" not in dicho.lower() and "demostracion" not in dicho
    assert "antofagasta-2018-1-01" in dicho


def test_lo_mismo_da_el_mismo_archivo_byte_por_byte(real: DuckDBPyConnection) -> None:
    suyas = claves(real)
    una = qdpx("P", "D", reunir(real, suyas))
    assert una == qdpx("P", "D", reunir(real, suyas[::-1]))


def citar(con: DuckDBPyConnection, documento: str, clase: str, texto: str) -> None:
    """Carga un texto en un documento, y cita en él un párrafo por enunciado."""
    con.execute("update documentos set texto = ?, clase = ? where documento_id = ?",
                [texto, clase, documento])  # fmt: skip
    citas = con.execute(
        "select cita_id, numero from citas inner join enunciados using (enunciado_id)"
        " inner join temas_dialogo using (tema_dialogo_id) where documento_id = ?"
        " order by cita_id",
        [documento],
    ).fetchall()
    vistas: Counter[int] = Counter()
    for cita, tema in citas:
        por_tema = conclusiones(texto).get(tema, []) if clase == "informe" else []
        parrafos = por_tema or lineas(texto)
        parrafo = vistas[tema] % len(parrafos) + 1
        vistas[tema] += 1
        dicho = parrafos[parrafo - 1][1:-1]
        con.execute(
            "update citas set parrafo = ?, primer_caracter = 2, ultimo_caracter = ?,"
            " sha256 = ? where cita_id = ?",
            [parrafo, len(dicho) + 1, hashlib.sha256(dicho.encode()).hexdigest(), cita],
        )


ACTA = (
    "Primera \N{GRINNING FACE}\N{GRINNING FACE} línea, con ñ.\r\n\r\n"
    "Segunda\x01 con control \x1b y \U0001f1e8\U0001f1f1 al final.\r"
    "Tercera & <b>última</b>."
)


def test_emojis_controles_y_fines_de_linea_no_mueven_los_pasajes(
    con: DuckDBPyConnection, tmp_path: Path
) -> None:
    citar(con, "doc-2", "acta", ACTA)
    con.execute(
        "update documentos set titulo = ? where documento_id = 'doc-2'",
        [f"{HOSTIL} {CONTROL}"],
    )
    con.execute("insert into instrumentos values ('raro', ?, 'propuesto')", [CONTROL])
    con.execute("update lecturas set nota = ? where enunciado_id = 'g'", [HOSTIL])
    con.execute(
        "update codificaciones set nota = ? where enunciado_id = 'g'", [CONTROL]
    )
    leido = leer_ajeno(qdpx(HOSTIL, CONTROL, reunir(con, claves(con))), tmp_path)
    validar("Project", leido.xml)
    parrafos = lineas(ACTA)
    for enunciado in ("g", "h"):
        (pasaje,) = leido.pasajes[enunciado]
        (esperado,) = (
            parrafos[p - 1][1:-1]
            for (p,) in con.execute(
                "select parrafo from citas where enunciado_id = ?", [enunciado]
            ).fetchall()
        )
        assert leido.plano(pasaje) == ILEGAL.sub("\ufffd", esperado)
    (fuente,) = (
        f for f in leido.proyecto.sources.text_source if f.name.startswith("<img")
    )
    assert fuente.name == ILEGAL.sub("\ufffd", f"{HOSTIL} {CONTROL}")
    assert "\r" not in leido.textos[fuente.guid]
    notas = Counter(n.plain_text_content for n in leido.proyecto.notes.note)
    assert notas[HOSTIL] == 3 and notas[ILEGAL.sub("\ufffd", CONTROL)] == 9


CRUDOS: dict[str, Callable[[], str]] = {
    "txt": informes.texto,
    "txt de Windows": lambda: informes.texto().replace("\n", "\r\n"),
    "docx": lambda: leer_texto("i.docx", informes.docx()).texto,
    "pdf": lambda: leer_texto("i.pdf", informes.pdf()).texto,
}


@pytest.mark.parametrize("formato", CRUDOS)
def test_en_un_informe_cada_parrafo_esta_donde_dice_aunque_venga_cortado(
    formato: str,
) -> None:
    texto = CRUDOS[formato]()
    paginado = Paginado(texto, "informe")
    vistos = 0
    for tema, parrafos in conclusiones(texto).items():
        for numero, parrafo in enumerate(parrafos, start=1):
            desde = parrafo.index(" ") + 2
            dicho = parrafo[desde - 1 :]
            huella = hashlib.sha256(dicho.encode()).hexdigest()
            tramo = paginado.hallar(tema, numero, desde, len(parrafo), huella)
            assert tramo is not None
            hallado = paginado.texto[tramo.desde : tramo.hasta]
            # Entre dos páginas puede quedar el número de la primera.
            plano = " ".join(re.sub(r"\n\s*(pág\. )?\d+\s*\n", "\n", hallado).split())
            assert plano == dicho
            assert paginado.hallar(tema, numero, desde, len(parrafo), "0" * 64) is None
            vistos += 1
    assert vistos == 7


def test_lo_que_no_se_halla_en_el_texto_va_redactado_y_lo_dice(
    con: DuckDBPyConnection, tmp_path: Path
) -> None:
    con.execute(
        "update documentos set texto = 'Otro texto.' where documento_id = 'doc-2'"
    )
    leido = leer_ajeno(qdpx("P", "D", reunir(con, claves(con))), tmp_path)
    assert sorted(leido.pasajes) == claves(con)
    assert all("redactados" in f.name for f in leido.proyecto.sources.text_source)


def test_un_enunciado_sin_codigo_va_y_lo_dice(
    con: DuckDBPyConnection, tmp_path: Path
) -> None:
    for tabla in ("codificaciones", "enunciados_instrumentos", "lecturas"):
        con.execute(f"delete from {tabla}")
    leido = leer_ajeno(qdpx("P", "D", reunir(con, ["a"])), tmp_path)
    validar("Project", leido.xml)
    (pasaje,) = leido.pasajes["a"]
    assert not pasaje.coding and "Espera código" in pasaje.description


def test_lo_codificado_con_dos_versiones_del_libro_va_con_cada_una(
    con: DuckDBPyConnection, tmp_path: Path
) -> None:
    otro = [replace(c, ejemplo="Otro.") for c in codigos_de(con, "v1")]
    libro = copiar_libro(con, "ana", "Segunda", "Prueba", codigos=otro)
    publicar(con, "ana", libro, 1)
    lectura = Lectura("recomendacion", "PERT", "tesoro")
    guardar_lectura(con, "ana", "a", libro, lectura, None)
    leido = leer_ajeno(qdpx("P", "D", reunir(con, ["a"])), tmp_path)
    validar("Project", leido.xml)
    codigos = leido.proyecto.code_book.codes.code
    assert [c.name for c in codigos if c.name.startswith("Tipo")] == [
        "Tipo (Libro de códigos, versión 1)", "Tipo (Segunda)",
    ]  # fmt: skip
    puestos = [c.code_ref.target_guid for c in leido.pasajes["a"][0].coding]
    assert puestos.count(guid("codigos", libro, "tipo", "PERT")) == 1
    assert puestos.count(guid("codigos", "v1", "tipo", "PERT")) == con.execute(
        "select count(*) from codificaciones where enunciado_id = 'a' and"
        " libro_id = 'v1' and codigo = 'PERT'"
    ).fetchall()[0][0] > 0  # fmt: skip


# --- La pantalla


@pytest.mark.usefixtures("con_real")
def test_el_proyecto_dice_sus_filtros_y_cuanto_es_ficticio(tmp_path: Path) -> None:
    elegida = Seleccion(tema=("1",), ficticio=True)
    suyas = claves(conexion.conexion(), "tema_id = 1")
    leido = leer_ajeno(_proyecto(elegida)[0], tmp_path)
    assert sorted(leido.pasajes) == suyas
    dicho = leido.proyecto.description
    assert "Filtros: " in dicho and "ninguno" not in dicho.splitlines()[0]
    inventados = sum("ficticio" in clave for clave in suyas)
    assert f"{inventados} de {len(suyas)} enunciados son inventados" in dicho
    real = leer_ajeno(_proyecto(Seleccion())[0], Path(tempfile.mkdtemp(dir=tmp_path)))
    assert real.proyecto.description.startswith("Filtros: ninguno.")
    assert "ficticio" not in real.proyecto.description


@pytest.fixture
def pagina(
    base_muestra: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DuckDBPyConnection]:
    ruta = Path(shutil.copy(base_muestra, tmp_path / "pagina.duckdb"))
    monkeypatch.setenv("TABLERO_BD", str(ruta))
    conexion.cerrar()
    yield conexion.conexion()
    conexion.cerrar()


def subir(prueba: AppTest, contenido: bytes) -> AppTest:
    archivo = ("libro.qdc", contenido, "application/xml")
    prueba.file_uploader(key="qdc_0").set_value(archivo).run()
    assert not prueba.exception
    return prueba


def test_en_la_pantalla_se_trae_un_libro_se_ve_que_cambia_y_se_guarda(
    pagina: DuckDBPyConnection,
) -> None:
    base = codigos_de(pagina, "v1")
    prueba = abrir_pagina("codificar", hacer="intercambio")
    assert not prueba.exception
    subir(prueba, b"<!DOCTYPE a><CodeBook/>")
    assert SIN_DTD in html(prueba) and "Guardar como" not in str(prueba.button)
    subir(prueba, qdc("v1", base))
    assert "Es igual al libro que rige" in html(prueba)
    otro = [replace(c, ejemplo=HOSTIL) if c.codigo == "PERT" else c for c in base]
    subir(prueba, qdc("v1", otro))
    dicho = html(prueba).replace("\N{NO-BREAK SPACE}", " ")
    assert "1 cambio en 1 código respecto de la versión que rige" in dicho
    assert "<img src=x" not in html(prueba)
    prueba.text_input(key="seudonimo").set_value("ana").run()
    prueba.text_input(key="qdc_nombre").set_value("Traído de fuera").run()
    prueba.text_area(key="qdc_motivo").set_value("Mejor ejemplo").run()
    prueba.button(key="qdc_guardar").click().run()
    assert not prueba.exception
    libro = en_preparacion(pagina.cursor())
    assert libro is not None and codigos_de(pagina.cursor(), libro) == otro
    # Queda donde se sigue: en la versión que se prepara.
    assert prueba.session_state["hacer"] == "libro"
    assert "quedó como versión en preparación" in html(prueba)

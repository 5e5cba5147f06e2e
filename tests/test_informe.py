"""Los enunciados de Antofagasta, contra el informe mismo, donde esté."""

import csv
import hashlib
import re
from pathlib import Path

import pytest

from datos.construir import FUENTE
from datos.parrafos import conclusiones

INFORME = Path(__file__).parents[2] / "shared" / "informes" / "antofagasta.txt"
Fila = dict[str, str]
# Nombres oficiales que hay que escribir tal cual, y que por eso coinciden.
NOMBRES = {"temas.csv", "temas_dialogo.csv"}
SERVICIO = "servicio nacional de capacitación y empleo"

pytestmark = pytest.mark.skipif(
    not INFORME.exists(), reason="el texto del informe no está en este equipo"
)


def leer(nombre: str) -> list[Fila]:
    with (FUENTE / nombre).open(encoding="utf-8", newline="") as archivo:
        return list(csv.DictReader(archivo))


@pytest.fixture(scope="module")
def texto() -> str:
    return INFORME.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def parrafos(texto: str) -> dict[int, list[str]]:
    return conclusiones(texto)


def tema_de(cita: Fila) -> int:
    temas = {e["enunciado_id"]: e["tema_dialogo_id"] for e in leer("enunciados.csv")}
    return int(temas[cita["enunciado_id"]].rpartition("-")[2])


def test_la_huella_del_documento_es_la_del_informe() -> None:
    (documento,) = leer("documentos.csv")
    assert documento["sha256"] == hashlib.sha256(INFORME.read_bytes()).hexdigest()


def test_cada_cita_lleva_al_pasaje_de_su_huella(parrafos: dict[int, list[str]]) -> None:
    malas = []
    for cita in leer("citas.csv"):
        parrafo = parrafos[tema_de(cita)][int(cita["parrafo"]) - 1]
        desde, hasta = int(cita["primer_caracter"]), int(cita["ultimo_caracter"])
        pasaje = parrafo[desde - 1 : hasta]
        largo_justo = len(pasaje) == hasta - desde + 1
        huella = hashlib.sha256(pasaje.encode()).hexdigest()
        if not largo_justo or huella != cita["sha256"] or pasaje != pasaje.strip():
            malas.append(cita["cita_id"])
    assert not malas


def test_ninguna_letra_de_las_conclusiones_queda_sin_citar(
    parrafos: dict[int, list[str]],
) -> None:
    citado: set[tuple[int, int, int]] = set()
    for cita in leer("citas.csv"):
        desde, hasta = int(cita["primer_caracter"]), int(cita["ultimo_caracter"])
        lugar = (tema_de(cita), int(cita["parrafo"]))
        citado |= {(*lugar, i) for i in range(desde, hasta + 1)}
    sueltas = [
        (tema, numero, i)
        for tema, de_tema in parrafos.items()
        for numero, parrafo in enumerate(de_tema, start=1)
        for i, letra in enumerate(parrafo, start=1)
        if not letra.isspace() and (tema, numero, i) not in citado
    ]
    assert not sueltas


def test_el_informe_tiene_los_bloques_de_preguntas_que_se_registran(texto: str) -> None:
    presentacion = texto.partition("2. Objetivo general")[0]
    preguntas = leer("preguntas.csv")
    interrogantes = sum(int(pregunta["interrogantes"]) for pregunta in preguntas)
    assert interrogantes == presentacion.count("¿")
    comun = presentacion.count("respecto al sistema informático")
    assert comun == sum(bool(pregunta["clave"]) for pregunta in preguntas) == 5


def test_los_nombres_de_los_temas_son_los_exactos(texto: str) -> None:
    presentacion, _, conclusion = texto.partition("8. Conclusiones")
    for tema in leer("temas_dialogo.csv"):
        assert tema["nombre"] in presentacion
        titulo = (
            rf"Tem(a|ática) {tema['numero']}: {re.escape(tema['nombre_conclusiones'])}"
        )
        assert re.search(titulo, conclusion)


def test_nada_de_lo_que_se_publica_copia_una_frase_del_informe(texto: str) -> None:
    palabras = re.findall(r"\w+", texto.lower())
    tramos = {tuple(palabras[i : i + 6]) for i in range(len(palabras) - 5)}
    copiados = []
    for ruta in sorted(FUENTE.glob("*.csv")):
        if ruta.name in NOMBRES:
            continue
        for fila in leer(ruta.name):
            for valor in fila.values():
                propias = re.findall(r"\w+", valor.lower().replace(SERVICIO, ""))
                tramo = (tuple(propias[i : i + 6]) for i in range(len(propias) - 5))
                copiados += [(ruta.name, t) for t in tramo if t in tramos]
    assert not copiados


def test_ningun_nombre_de_persona_de_la_seccion_5_se_publica(texto: str) -> None:
    seccion = texto.partition("5. Autoridades")[2].partition("6. Cantidad")[0]
    nombres = {
        palabra
        for linea in seccion.splitlines()
        for palabra in re.findall(r"[A-ZÁÉÍÓÚ]\w{4,}", linea.partition(",")[2])
    }
    assert nombres, "la sección 5 ya no trae nombres tras la coma"
    publicado = " ".join(p.read_text(encoding="utf-8") for p in FUENTE.glob("*.csv"))
    assert not {nombre for nombre in nombres if nombre in publicado.split()}

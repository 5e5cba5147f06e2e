"""Lo ficticio está completo, se sostiene en sus actas y no se mezcla con lo real."""

import csv
import hashlib
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from consultas import lector
from consultas.seleccion import Seleccion
from datos.base import abrir
from datos.construir import DEMOSTRACION
from datos.pasajes import pasaje
from pruebas_de_carga.preguntas import CONSULTAS, OTROS

Fila = dict[str, str]
FICTICIOS = ("coquimbo-2023-ficticio", "maule-2024-ficticio", "los-lagos-2024-ficticio")


def leer(nombre: str) -> list[Fila]:
    ruta = DEMOSTRACION / f"{nombre}.csv"
    with ruta.open(encoding="utf-8", newline="") as archivo:
        return list(csv.DictReader(archivo))


def test_son_tres_dialogos_en_tres_regiones_y_dos_anios() -> None:
    dialogos = leer("dialogos")
    assert tuple(d["dialogo_id"] for d in dialogos) == FICTICIOS
    assert len({d["region_id"] for d in dialogos}) == 3
    assert len({d["anio"] for d in dialogos}) == 2
    assert {d["es_ficticio"] for d in dialogos} == {"true"}
    assert all("(ficticio)" in d["nombre"] for d in dialogos)


def test_cada_uno_tiene_diez_mesas_y_unos_sesenta_enunciados() -> None:
    mesas = Counter(m["mesa_id"].rsplit("-", 2)[0] for m in leer("mesas"))
    dichos = Counter(
        e["tema_dialogo_id"].rpartition("-")[0] for e in leer("enunciados")
    )
    assert set(mesas.values()) == {10}
    assert set(mesas) == set(dichos) == set(FICTICIOS)
    assert all(55 <= cuantos <= 65 for cuantos in dichos.values())


def test_ningun_enunciado_es_plantilla_de_otro() -> None:
    vistos: dict[str, str] = {}
    for enunciado in leer("enunciados"):
        palabras = enunciado["texto"].lower().split()
        for i in range(len(palabras) - 4):
            tramo = " ".join(palabras[i : i + 5])
            dueno = vistos.setdefault(tramo, enunciado["enunciado_id"])
            assert dueno == enunciado["enunciado_id"], tramo


def test_cada_cita_lleva_al_pasaje_de_su_acta() -> None:
    actas = {d["documento_id"]: d for d in leer("documentos")}
    for acta in actas.values():
        assert acta["sha256"] == hashlib.sha256(acta["texto"].encode()).hexdigest()
    for cita in leer("citas"):
        hallado = pasaje(
            actas[cita["documento_id"]]["texto"], "acta", 0, int(cita["parrafo"]),
            int(cita["primer_caracter"]), int(cita["ultimo_caracter"]), cita["sha256"],
        )  # fmt: skip
        assert hallado, cita["cita_id"]


def test_todo_lo_escrito_en_las_actas_esta_citado() -> None:
    largo: Counter[str] = Counter()
    for cita in leer("citas"):
        desde, hasta = int(cita["primer_caracter"]), int(cita["ultimo_caracter"])
        largo[cita["documento_id"]] += hasta - desde + 1
    for acta in leer("documentos"):
        # Entre dos pasajes del mismo párrafo va un espacio, que nadie cita.
        sueltos = len(acta["texto"]) - acta["texto"].count("\n")
        assert 0 <= sueltos - largo[acta["documento_id"]] <= 10


@pytest.mark.parametrize("nombre", sorted(set(CONSULTAS) - {"diccionario_columnas"}))
def test_apagada_la_demostracion_ninguna_respuesta_la_trae(
    base_real: Path, nombre: str
) -> None:
    con = abrir(base_real)
    pedidos = {
        **OTROS,
        "enunciado": "coquimbo-2023-ficticio-1-01",
        "tema_dialogo": "coquimbo-2023-ficticio-1",
    }
    tabla = lector.consultar(
        con, nombre, lector.valores(nombre, Seleccion(), **pedidos)
    )
    if nombre in {"enunciados_citas", "enunciados_lecturas"}:
        # Solo se piden para un enunciado que ya se pudo abrir.
        return
    dicho = tabla.to_csv(header=False)
    assert "ficticio" not in dicho.lower()
    assert "demostracion" not in dicho


def test_apagada_la_demostracion_las_cifras_son_las_del_informe(
    base_real: Path,
) -> None:
    con = abrir(base_real)
    cifras = lector.consultar(
        con, "resumen_cifras", lector.valores("resumen_cifras", Seleccion())
    ).iloc[0]
    assert (cifras["enunciados"], cifras["ficticios"]) == (62, 0)


def test_en_coquimbo_cada_grupo_esta_en_dos_temas_o_mas(base_real: Path) -> None:
    with duckdb.connect(str(base_real), read_only=True) as con:
        filas = con.execute(
            "select grupo_id, count(distinct tema_dialogo_id) from mesas_grupos"
            " where starts_with(tema_dialogo_id, 'coquimbo') group by grupo_id"
        ).fetchall()
    assert len(filas) == 9
    assert min(temas for _, temas in filas) == 2

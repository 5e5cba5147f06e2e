"""Las actas de las mesas: en blanco, llenas, mal llenas y corregidas."""

import io
import random
import re
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datos.actas.comparar import Diferencia, comparar
from datos.actas.entender import (
    ENCABEZADO_CSV,
    ActaLeida,
    FilaActa,
    MesaEnBlanco,
    entender,
)
from datos.actas.forma import COLUMNAS
from datos.actas.planilla import MESAS_MAXIMAS, en_blanco
from datos.aparte import leer_planilla
from datos.errores import ErrorDeDatos
from datos.extraer_xlsx import HOJAS_MAXIMAS
from datos.leido import Hoja, Planilla
from tests.actas_malas import (
    BUENA,
    MAR_A,
    MAR_B,
    MESAS,
    MONTE_A,
    OTRA,
    SEGUNDA,
    UNA,
    Caso,
    acta,
    casos,
    libro,
    tabla,
)

CREADO = datetime(2020, 5, 4, 12, 30)
CASOS = casos()
INICIO = 9
RECOMIENDA = ("recomendacion", "PERT")


def cargar(caso: Caso) -> tuple[ActaLeida, ...] | str:
    """Lo que entiende el camino entero, o el mensaje con que lo rechaza."""
    try:
        planilla = leer_planilla(caso.archivo, caso.contenido, ENCABEZADO_CSV)
        return entender(caso.archivo, planilla, MESAS)
    except ErrorDeDatos as error:
        return str(error)


@pytest.fixture(scope="module")
def resultados() -> Mapping[str, tuple[ActaLeida, ...] | str]:
    nombres = [caso.nombre for caso in CASOS]
    # Cada lectura es un proceso: de a dos, que es lo que la puerta admite.
    with ThreadPoolExecutor(2) as cuadrilla:
        return dict(zip(nombres, cuadrilla.map(cargar, CASOS), strict=True))


def leidas(contenido: bytes, archivo: str = "acta.csv") -> tuple[ActaLeida, ...]:
    resultado = cargar(Caso("", archivo, contenido, None))
    assert not isinstance(resultado, str), resultado
    return resultado


def en_tabla(*filas: tuple[str | None, ...]) -> Planilla:
    return Planilla("csv", (Hoja("CSV", (ENCABEZADO_CSV, *filas)),))


def una_acta(*filas: FilaActa, participantes: int | None = 8) -> ActaLeida:
    return ActaLeida(MAR_A, participantes, "papel", filas)


def dicho(fila: int, texto: str, pregunta: str | None = "p1") -> FilaActa:
    return FilaActa(fila, pregunta, texto, *RECOMIENDA, None)


def test_los_casos_son_muchos_y_ninguno_se_llama_como_otro() -> None:
    assert len(CASOS) >= 110
    assert len({caso.nombre for caso in CASOS}) == len(CASOS)
    assert sum(caso.espera is not None for caso in CASOS) >= 100


@pytest.mark.parametrize("caso", CASOS, ids=lambda caso: caso.nombre)
def test_cada_acta_rara_se_admite_o_se_rechaza_diciendo_por_que(
    caso: Caso, resultados: Mapping[str, tuple[ActaLeida, ...] | str]
) -> None:
    resultado = resultados[caso.nombre]
    if caso.espera is None:
        assert not isinstance(resultado, str), resultado
        assert any(una.filas for una in resultado)
    else:
        assert isinstance(resultado, str), resultado
        assert re.search(caso.espera, resultado), resultado
        assert "Traceback" not in resultado


def test_una_tabla_se_entiende_en_codigos_y_sin_inventar() -> None:
    sin_nada = {"mesa_id": MAR_B, "enunciado": "  Los   botes\nno alcanzan "}
    assert leidas(tabla(BUENA, sin_nada, SEGUNDA).encode()) == (
        ActaLeida(
            MAR_A,
            8,
            "papel",
            (
                FilaActa(
                    2,
                    "inventada-2020-1-p1",
                    "Abrir cursos de redes en las caletas",
                    *RECOMIENDA,
                    "Lo repitieron dos grupos",
                ),
                FilaActa(
                    4,
                    "inventada-2020-1-p1",
                    "Faltan instructores en el archipiélago",
                    "diagnostico",
                    "PERT",
                    None,
                ),
            ),
        ),
        ActaLeida(
            MAR_B,
            None,
            None,
            (FilaActa(3, None, "Los botes no alcanzan", None, None, None),),
        ),
    )


def test_la_hoja_que_nadie_lleno_no_es_un_acta_y_la_que_dice_cero_si() -> None:
    vacia = acta(mesa_id=MAR_B, participantes=None, soporte=None)
    cero = acta(mesa_id=MONTE_A, participantes=0, soporte=None)
    actas = leidas(libro(A=acta(UNA, OTRA), B=vacia, C=cero), "acta.xlsx")
    assert [(a.mesa_id, a.participantes, len(a.filas)) for a in actas] == [
        (MAR_A, 8, 2),
        (MONTE_A, 0, 0),
    ]


def test_todas_las_faltas_salen_juntas_con_fila_columna_y_remedio() -> None:
    mala = ("zzz", "-1", "cinta", "=1", "=2", "=3", None, "@5")
    buena = (MAR_A, "8", "papel", "9", "Abrir", "x", "y", None)
    with pytest.raises(ErrorDeDatos) as lanzado:
        entender("<b>.csv", en_tabla(mala, buena, ("", None)), MESAS)
    lugares = [(falta.fila, falta.columna) for falta in lanzado.value.faltas]
    assert sorted(lugares) == sorted(
        [(2, titulo) for titulo in (
            "Clave de la mesa", "Participantes", "Soporte del acta", "Pregunta",
            "Enunciado", "Naturaleza", "Tipo", "Observación",
        )] + [(3, "Pregunta"), (3, "Naturaleza"), (3, "Tipo")]
    )  # fmt: skip
    assert all(f.remedio and f.archivo == "<b>.csv" for f in lanzado.value.faltas)


@pytest.mark.parametrize(
    "raro", ["\0", "\x07", "\x0b", "\x1b", "\x85", "\u202e", "\u2066", "\ud800"]
)
@pytest.mark.parametrize("lugar", range(len(ENCABEZADO_CSV)))
def test_un_caracter_de_control_es_una_falta_en_cualquier_celda(
    raro: str, lugar: int
) -> None:
    buena = tuple(BUENA[columna] for columna in ENCABEZADO_CSV)
    mala = (*buena[:lugar], buena[lugar] + raro, *buena[lugar + 1 :])
    with pytest.raises(ErrorDeDatos, match="caracteres de control") as lanzado:
        entender("acta.csv", en_tabla(mala), MESAS)
    assert raro not in str(lanzado.value)


def test_lo_invisible_que_trae_el_pegar_no_cuenta() -> None:
    fila = (
        MAR_A,
        None,
        None,
        None,
        "Abrir\u200b ta\u00adlleres\ufeff",
        None,
        None,
        None,
    )
    (leida,) = entender("acta.csv", en_tabla(fila), MESAS)
    assert leida.filas[0].texto == "Abrir talleres"


def test_un_nombre_que_sirve_a_dos_codigos_no_elige_y_el_codigo_si() -> None:
    dudosa = replace(MESAS[MAR_A], tipos=(("X1", "Otro"), ("X2", "otro"), ("Z", "x1")))
    mesas = {MAR_A: dudosa}

    def tipo(celda: str) -> str | None:
        fila = (MAR_A, None, None, None, "Abrir", "contexto", celda, None)
        return entender("a.csv", en_tabla(fila), mesas)[0].filas[0].tipo

    assert tipo("x2") == "X2"
    assert tipo("x1") == "X1"
    with pytest.raises(ErrorDeDatos, match="no es un tipo"):
        tipo("otro")


def test_una_planilla_hostil_de_cinco_mil_filas_se_revisa_pronto() -> None:
    azar = random.Random(7)
    letras = "abcdefghij "
    filas = tuple(
        tuple("".join(azar.choices(letras, k=200)) for _ in ENCABEZADO_CSV)
        for _ in range(5_000)
    )
    antes = time.process_time()
    with pytest.raises(ErrorDeDatos, match="faltas más"):
        entender("acta.csv", en_tabla(*filas), MESAS)
    assert time.process_time() - antes < 15


@given(
    st.lists(
        st.lists(
            st.none()
            | st.text(max_size=12)
            | st.sampled_from([*COLUMNAS, *BUENA.values(), *MESAS, "Participantes"]),
            max_size=9,
        ).map(tuple),
        max_size=8,
    ),
    st.sampled_from(["csv", "xlsx"]),
)
@settings(max_examples=300, deadline=None)
def test_cualquier_cosa_se_entiende_o_se_rechaza(
    filas: list[tuple[str | None, ...]], formato: str
) -> None:
    planilla = Planilla(formato, (Hoja("Hoja", tuple(filas)),))
    try:
        actas = entender("acta", planilla, MESAS)
    except ErrorDeDatos as error:
        assert error.faltas
        return
    assert any(una.filas for una in actas)


# En blanco


def hojas_de(contenido: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(contenido))


def test_el_acta_en_blanco_es_la_misma_para_la_misma_fecha() -> None:
    mesas = tuple(MESAS.values())
    assert en_blanco(mesas, CREADO) == en_blanco(mesas, CREADO)
    assert en_blanco(mesas, CREADO) != en_blanco(mesas, datetime(2021, 1, 1))


def test_el_acta_en_blanco_deja_escribir_solo_donde_corresponde() -> None:
    blanco = hojas_de(en_blanco(tuple(MESAS.values()), CREADO))
    assert blanco.sheetnames == [
        "Instrucciones",
        "Tema 1 mesa A",
        "Tema 1 mesa B",
        "Tema 2 mesa A",
        "Tema 2 mesa B",
        "Listas",
    ]
    assert blanco["Listas"].sheet_state == "hidden"
    hoja = blanco["Tema 2 mesa A"]
    assert hoja.protection.sheet
    assert hoja.freeze_panes == f"A{INICIO + 1}"
    assert hoja.page_setup.paperSize == "1" or hoja.page_setup.paperSize == 1
    assert [c.value for c in hoja[INICIO]] == [
        "Pregunta", "Enunciado", "Naturaleza", "Tipo", "Observación",
    ]  # fmt: skip
    assert all(hoja[f"B{fila}"].protection.locked for fila in (2, 3, 4, 5))
    abiertas = [hoja["B6"], hoja["B7"], *hoja[INICIO + 1], *hoja[INICIO + 60]]
    assert not any(celda.protection.locked for celda in abiertas)
    assert all(celda.protection.locked for celda in hoja[INICIO])


def test_ningun_texto_del_acta_en_blanco_es_formula_ni_enlace() -> None:
    hostil = replace(
        MESAS[MAR_A],
        mesa_id="=1+1",
        dialogo="http://127.0.0.1/",
        letra="[/]",
        tipos=(("+T", "@T"),),
    )
    blanco = hojas_de(en_blanco((hostil, *MESAS.values(), hostil), CREADO))
    celdas = [c for hoja in blanco for fila in hoja.iter_rows() for c in fila]
    assert {c.data_type for c in celdas if c.value is not None} == {"s"}
    assert not any(celda.hyperlink for celda in celdas)
    assert "=1+1" in [celda.value for celda in celdas]
    assert "Tema 1 mesa (2)" in blanco.sheetnames


def test_cada_lista_ofrece_lo_de_su_mesa_y_todo_se_puede_elegir() -> None:
    larga = "Si " + "los talleres del puerto, " * 40
    extensa = replace(MESAS[MAR_A], preguntas=(("p1", larga), ("p2", larga)))
    contenido = en_blanco((extensa, MESAS[MONTE_A]), CREADO)
    blanco = hojas_de(contenido)
    hoja, listas = blanco["Tema 1 mesa A"], blanco["Listas"]
    reglas = {
        str(r.sqref).split(":")[0]: r for r in hoja.data_validations.dataValidation
    }
    assert {"A10", "B10", "C10", "D10", "B6", "B7"} == set(reglas)
    elegidas = {}
    for lugar in ("A10", "C10", "D10", "B7"):
        rango = reglas[lugar].formula1.removeprefix("Listas!").replace("$", "")
        elegidas[lugar] = [celda.value for (celda,) in listas[rango]]
        assert all(len(opcion) <= 255 for opcion in elegidas[lugar])
    assert [opcion[:5] for opcion in elegidas["A10"]] == ["1. Si", "2. Si"]
    for pregunta in elegidas["A10"]:
        for naturaleza in elegidas["C10"]:
            for tipo in elegidas["D10"]:
                for soporte in elegidas["B7"]:
                    fila = (
                        MAR_A,
                        None,
                        soporte,
                        pregunta,
                        "Ir",
                        naturaleza,
                        tipo,
                        None,
                    )
                    (leida,) = entender("a.csv", en_tabla(fila), {MAR_A: extensa})
                    assert leida.soporte and leida.filas[0].pregunta_id in ("p1", "p2")


def test_lo_que_se_llena_en_el_acta_en_blanco_vuelve_igual() -> None:
    mesas = tuple(MESAS.values())
    lleno = hojas_de(en_blanco(mesas, CREADO))
    esperado = []
    for lugar, (nombre, mesa) in enumerate(
        zip(lleno.sheetnames[1:-1], mesas, strict=True)
    ):
        hoja = lleno[nombre]
        hoja["B6"], hoja["B7"] = lugar, "solo informe"
        fila = INICIO + 1 + lugar
        pregunta_id, texto = mesa.preguntas[-1]
        orden = len(mesa.preguntas)
        hoja[f"A{fila}"] = f"{orden}. {texto}"
        hoja[f"B{fila}"] = "Enseñar «a flote»; con <b>boyas</b>"
        hoja[f"C{fila}"], hoja[f"D{fila}"] = "Contexto", "Acceso, requisitos y otros"
        hoja[f"E{fila}"] = "Nota"
        texto = "Enseñar «a flote»; con <b>boyas</b>"
        leida = FilaActa(fila, pregunta_id, texto, "contexto", "ACC", "Nota")
        esperado.append(ActaLeida(mesa.mesa_id, lugar, "solo_informe", (leida,)))
    salida = io.BytesIO()
    lleno.save(salida)
    assert leidas(salida.getvalue(), "acta.xlsx") == tuple(esperado)


def test_el_acta_en_blanco_tal_cual_se_rechaza_por_vacia() -> None:
    contenido = en_blanco(tuple(MESAS.values()), CREADO)
    resultado = cargar(Caso("", "acta.xlsx", contenido, None))
    assert isinstance(resultado, str)
    assert "no hay ningún enunciado" in resultado
    assert "hay una falta" in resultado


def varias(cuantas: int) -> list[MesaEnBlanco]:
    return [replace(MESAS[MAR_A], mesa_id=f"m{n}") for n in range(cuantas)]


def test_no_se_escribe_un_acta_que_despues_no_se_podria_cargar() -> None:
    assert MESAS_MAXIMAS + 2 <= HOJAS_MAXIMAS
    en_blanco(varias(MESAS_MAXIMAS), CREADO)
    with pytest.raises(ErrorDeDatos, match="por partes"):
        en_blanco(varias(MESAS_MAXIMAS + 1), CREADO)
    with pytest.raises(ErrorDeDatos, match="No hay mesas"):
        en_blanco([], CREADO)


# Comparar


def test_dos_actas_iguales_no_tienen_diferencias_aunque_se_muevan_de_fila() -> None:
    antes = una_acta(dicho(2, "Abrir talleres"), dicho(3, "Cerrar el puerto"))
    despues = una_acta(dicho(9, "Cerrar el puerto"), dicho(12, "Abrir talleres"))
    assert comparar(antes, despues) == ()


def test_una_palabra_corregida_es_un_cambio_y_no_un_quitado_y_un_agregado() -> None:
    antes = una_acta(dicho(2, "Abrir tayeres de redes"), dicho(3, "Comprar botes"))
    despues = una_acta(
        dicho(2, "Comprar botes"),
        dicho(3, "Abrir talleres de redes"),
        participantes=None,
    )
    assert comparar(antes, despues) == (
        Diferencia("cambiado", None, "participantes", "8", None),
        Diferencia(
            "cambiado",
            3,
            "enunciado",
            "Abrir tayeres de redes",
            "Abrir talleres de redes",
        ),
    )


def test_lo_que_no_se_parece_se_quita_y_se_agrega() -> None:
    antes = una_acta(dicho(2, "Abrir talleres"))
    despues = una_acta(dicho(5, "Publicar cada mes las vacantes"))
    assert comparar(antes, despues) == (
        Diferencia("agregado", 5, None, None, "Publicar cada mes las vacantes"),
        Diferencia("quitado", 2, None, "Abrir talleres", None),
    )


def test_lo_parecido_en_otra_pregunta_no_es_el_mismo_enunciado() -> None:
    antes = una_acta(dicho(2, "Abrir talleres de redes"))
    despues = una_acta(dicho(2, "Abrir talleres de reds", "p2"))
    assert [d.clase for d in comparar(antes, despues)] == ["agregado", "quitado"]


def test_el_mismo_texto_en_otra_pregunta_cambia_de_pregunta() -> None:
    antes = una_acta(dicho(2, "Abrir talleres"))
    nueva = replace(dicho(4, "Abrir talleres", None), tipo="ACC", observacion="Ojo")
    assert comparar(antes, una_acta(nueva)) == (
        Diferencia("cambiado", 4, "pregunta", "p1", None),
        Diferencia("cambiado", 4, "tipo", "PERT", "ACC"),
        Diferencia("cambiado", 4, "observacion", None, "Ojo"),
    )


def test_cada_enunciado_se_queda_con_el_que_mas_se_le_parece() -> None:
    antes = una_acta(dicho(2, "Abrir cursos de red"), dicho(3, "Abrir cursos de redes"))
    despues = una_acta(dicho(2, "Abrir cursos de redes."))
    cambio, quitado = comparar(antes, despues)
    assert (cambio.clase, cambio.antes) == ("cambiado", "Abrir cursos de redes")
    assert (quitado.clase, quitado.antes) == ("quitado", "Abrir cursos de red")


def test_no_se_comparan_mesas_distintas() -> None:
    with pytest.raises(ErrorDeDatos, match="mesas distintas"):
        comparar(una_acta(), replace(una_acta(), mesa_id=MAR_B))


@given(
    st.lists(st.sampled_from("abcdefgh"), unique=True),
    st.lists(st.sampled_from("abcdefgh"), unique=True),
)
def test_la_cuenta_cuadra_entre_las_dos_versiones(a: list[str], b: list[str]) -> None:
    textos = {letra: f"{letra * 9} {ord(letra)}" for letra in "abcdefgh"}
    antes = una_acta(*(dicho(n, textos[letra]) for n, letra in enumerate(a)))
    despues = una_acta(*(dicho(n, textos[letra]) for n, letra in enumerate(b)))
    diferencias = comparar(antes, despues)
    agregados = {d.despues for d in diferencias if d.clase == "agregado"}
    quitados = {d.antes for d in diferencias if d.clase == "quitado"}
    assert agregados == {textos[letra] for letra in set(b) - set(a)}
    assert quitados == {textos[letra] for letra in set(a) - set(b)}
    assert len(agregados) + len(quitados) == len(diferencias)


def test_dos_actas_enormes_y_distintas_se_comparan_pronto() -> None:
    azar = random.Random(3)

    def grande() -> ActaLeida:
        textos = ("".join(azar.choices("abcdefg ", k=400)) for _ in range(2_000))
        return una_acta(*(dicho(n, texto) for n, texto in enumerate(textos)))

    inicio = time.process_time()
    assert len(comparar(grande(), grande())) == 4_000
    assert time.process_time() - inicio < 10

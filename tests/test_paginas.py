"""Cada página, corrida por el marco como la corre el servidor, sin navegador."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tablero.paginas import PAGINAS, POR_NOMBRE

MARCO = Path(__file__).parent.parent / "tablero" / "marco.py"
SIN_FILTROS = {
    "metodologia", "guia", "cargar", "codificar", "acuerdo", "administracion"
}  # fmt: skip
NOMBRES = [pagina.nombre for pagina in PAGINAS]


def abrir(nombre: str, *pliegues: str, **direccion: str | list[str]) -> AppTest:
    """Abre una página con una dirección, como la primera visita de una sesión.

    `pliegues` son los que la persona ya abrió: cerrados no traen nada.
    """
    prueba = AppTest.from_file(str(MARCO), default_timeout=60)
    for pliegue in pliegues:
        prueba.session_state[f"plegado_{pliegue}"] = True
    for clave, valor in direccion.items():
        prueba.query_params[clave] = valor
    prueba.run()
    if nombre != PAGINAS[0].nombre:
        prueba.switch_page(str(POR_NOMBRE[nombre].ruta)).run()
    return prueba


def html(prueba: AppTest) -> str:
    """Devuelve todo el HTML propio que la página envía."""
    return "".join(elemento.proto.body for elemento in prueba.get("html"))


def filas(prueba: AppTest) -> int:
    """Cuenta las filas de la última tabla."""
    return html(prueba).rpartition("<tbody>")[2].count("<tr ")


@pytest.mark.parametrize("nombre", NOMBRES)
@pytest.mark.usefixtures("con_real")
def test_la_pagina_corre_con_el_dialogo_real(nombre: str) -> None:
    prueba = abrir(nombre)
    assert not prueba.exception
    assert not prueba.error
    assert prueba.title[0].value


@pytest.mark.parametrize("nombre", NOMBRES)
@pytest.mark.usefixtures("con_muestra")
def test_la_pagina_corre_con_la_muestra_dificil_y_nada_hostil_queda_vivo(
    nombre: str,
) -> None:
    prueba = abrir(nombre)
    assert not prueba.exception
    assert "<img" not in html(prueba)
    vivos = [*prueba.markdown, *prueba.caption, *prueba.subheader, *prueba.title]
    assert not [vivo for vivo in vivos if "negrita" in vivo.value]


@pytest.mark.parametrize("nombre", [n for n in NOMBRES if n not in SIN_FILTROS])
@pytest.mark.usefixtures("con_real")
def test_la_direccion_trae_los_filtros_y_la_pagina_los_redacta(nombre: str) -> None:
    prueba = abrir(nombre, tema=["2", "3"], naturaleza="diagnostico")
    assert not prueba.exception
    assert "Se muestran 8 de 62 enunciados: en el tema 2." in html(prueba)
    assert "de naturaleza Diagnóstico." in html(prueba)


@pytest.mark.usefixtures("con_real")
def test_lo_desconocido_en_la_direccion_se_ignora_sin_rastro() -> None:
    prueba = abrir(
        "enunciados", tema=["99", "2; drop"], tipo="<script>", mesa="'--",
        orden="zzz", sentido="arriba", enunciado="nada", otra="cosa",
    )  # fmt: skip
    assert not prueba.exception
    assert "Se muestra" not in html(prueba)
    assert "<script" not in html(prueba)
    assert filas(prueba) == 62
    assert not prueba.query_params


@pytest.mark.usefixtures("con_real")
def test_una_pagina_a_otra_conserva_los_filtros() -> None:
    prueba = abrir("temas", tipo="TIC")
    prueba.switch_page(str(POR_NOMBRE["enunciados"].ruta)).run()
    assert filas(prueba) == 4
    assert prueba.query_params["tipo"] == "TIC"


@pytest.mark.usefixtures("con_real")
def test_un_filtro_elegido_llega_a_la_direccion_y_quitar_lo_borra() -> None:
    prueba = abrir("enunciados")
    prueba.multiselect(key="f_tipo").select("SEG").run()
    assert prueba.query_params["tipo"] == "SEG"
    assert filas(prueba) == 3
    prueba.button(key="quitar").click().run()
    assert not prueba.query_params
    assert filas(prueba) == 62


@pytest.mark.usefixtures("con_real")
def test_si_nada_cumple_se_dice_y_se_ofrece_salir() -> None:
    prueba = abrir("temas", buscar="palabrainexistente")
    assert not prueba.exception
    assert "Ningún enunciado reúne todas esas condiciones" in prueba.info[0].value
    assert prueba.button(key="quitar")


@pytest.mark.usefixtures("con_real")
def test_el_resumen_dice_lo_que_el_informe_dice_y_lo_que_no() -> None:
    texto = re.sub(r"<[^>]+>|\s", " ", html(abrir("resumen")))
    assert "cerca de 100 (sección 1) y 80 (sección 6)" in texto
    assert "17 oct 2018 (año inferido)" in texto
    assert "3 de 16 bloques de preguntas" in texto
    assert texto.count("sin registro") >= 3
    assert "por un modelo de lenguaje, sin revisión de personas del servicio" in texto


@pytest.mark.usefixtures("con_real")
def test_las_mesas_de_antofagasta_dicen_registro_conjunto() -> None:
    texto = html(abrir("mesas", "pares"))
    assert "Registro conjunto: el documento no separa las mesas" in texto
    assert texto.count('colspan="2"') == 25
    # Una vez por fila de las matrices y una por enunciado de la tabla plana.
    assert texto.count("▣ registro conjunto") == 25 + 62
    assert "ambas</div>" not in texto and "solo A" not in texto


@pytest.mark.usefixtures("con_real")
def test_la_ficha_lleva_del_enunciado_a_su_pasaje() -> None:
    texto = html(abrir("enunciados", "lecturas", enunciado="antofagasta-2018-1-09"))
    assert "Dónde consta" in texto
    assert texto.count("Informe del diálogo regional de Antofagasta") == 2
    assert "El texto del informe no está cargado" in texto
    assert "lectura-2" in texto


@pytest.mark.parametrize(
    "seccion",
    ["codificacion", "libro", "reglas", "inconsistencias", "ficha", "diccionario"],
)
@pytest.mark.usefixtures("con_real")
def test_cada_seccion_de_la_metodologia_se_abre_por_su_direccion(seccion: str) -> None:
    prueba = abrir("metodologia", seccion=seccion)
    assert not prueba.exception
    assert filas(prueba) > 0
    esperado = None if seccion == "codificacion" else seccion
    assert prueba.query_params.get("seccion") == esperado


@pytest.mark.usefixtures("con_muestra")
def test_el_filtro_de_mesa_no_hace_parecer_que_hablo_una_sola() -> None:
    # PERT está en A y en B; con el filtro de mesa A seguiría siendo de ambas.
    texto = html(abrir("mesas", mesa="A", tema="1"))
    assert "El filtro de mesa no se aplica en esta página" in texto
    assert "◉ ambas" in texto
    assert "pasan los filtros" not in texto
    assert "pasan los filtros" in html(abrir("mesas", tipo="PERT"))


@pytest.mark.usefixtures("con_real")
def test_el_resumen_no_muestra_recomendaciones_que_el_filtro_deja_fuera() -> None:
    texto = html(abrir("resumen", naturaleza="diagnostico"))
    assert "No hay recomendaciones en la selección." in texto
    assert "por turnos entre temas" not in texto
    assert "2 de 2 recomendaciones, por turnos" in html(abrir("resumen", tema="2"))
    # Son de todos los temas, y no las primeras del documento.
    todas = html(abrir("resumen")).partition("por turnos entre temas")[2]
    assert all(f"{tema}. " in todas for tema in range(1, 6))


@pytest.mark.usefixtures("con_real")
def test_sin_preguntas_por_responder_se_dice_y_no_hay_tabla_vacia() -> None:
    texto = html(abrir("resumen", tema="2"))
    assert "Ninguna: los 3\N{NO-BREAK SPACE}bloques de preguntas tienen" in texto
    assert "0 de 3" not in texto.partition("Ninguna:")[2]


@pytest.mark.parametrize("pagina", [p.nombre for p in PAGINAS])
@pytest.mark.usefixtures("con_real")
def test_donde_los_filtros_no_cambian_nada_se_dice(pagina: str) -> None:
    dicho = "En esta página los filtros no cambian nada." in html(abrir(pagina))
    assert dicho == (pagina in {"cargar", "guia", "administracion"})


@pytest.mark.usefixtures("con_muestra")
def test_lo_que_quizas_se_cuenta_dos_veces_se_avisa_y_una_mesa_lo_evita() -> None:
    aviso = "enunciados son de temas con dos registros"
    assert f"5 de 8 {aviso}" in html(abrir("temas"))
    for mesa in ("A", "conjunto"):
        assert aviso not in html(abrir("temas", mesa=mesa))


@pytest.mark.usefixtures("con_real")
def test_sin_resultados_de_una_busqueda_se_dice_en_que_se_busco() -> None:
    aviso = "Se busca en los enunciados"
    assert aviso in html(abrir("enunciados", buscar="zorzal"))
    assert aviso not in html(abrir("enunciados", tipo="OTR", tema="3"))


@pytest.mark.parametrize(
    ("pagina", "clave"),
    [("seguimiento", "recomendacion"), ("codificar", "leer"),
     ("enunciados", "enunciado")],
)  # fmt: skip
@pytest.mark.usefixtures("con_real")
def test_quitar_los_ficticios_cierra_lo_abierto_que_era_suyo_y_no_lo_real(
    pagina: str, clave: str
) -> None:
    for abierto, queda in (
        ("coquimbo-2023-ficticio-1-03", ""),
        ("antofagasta-2018-1-04", "antofagasta-2018-1-04"),
    ):
        prueba = abrir(pagina, **{clave: abierto, "ficticio": "si"})
        assert prueba.session_state[clave] == abierto
        prueba.button(key="ficticios_False").click().run()
        assert not prueba.exception
        assert prueba.session_state[clave] == queda
        assert "ficticio" not in str(dict(prueba.query_params))

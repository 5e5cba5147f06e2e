"""El tablero en un Chromium de verdad, como lo encuentra una persona."""

import csv
import io
import re
import urllib.request
import zipfile
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect

from tests.conftest import Servidor
from tests.visitas import INGLES, TEXTOS_JS, WCAG, bajar, pulsar_barra, visitar

pytestmark = pytest.mark.navegador


def test_la_lista_de_un_filtro_tambien_habla_espanol(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("guia?tema=1")
        pagina.locator("[data-testid=stMultiSelect] input").nth(2).click()
        pagina.keyboard.type("zzzz")
        expect(pagina.get_by_text("No hay más que elegir")).to_be_visible()
        ingles = [t for t in pagina.evaluate(TEXTOS_JS) if t.startswith(INGLES)]
        assert ingles == []


def test_pulsar_una_barra_acota_y_un_control_lo_deshace(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("temas")
        figura = pagina.get_by_role("figure", name="Enunciados por tema y naturaleza")
        expect(figura).to_be_visible()
        pulsar_barra(pagina, "Enunciados por tema y naturaleza", 0)
        expect(pagina.locator(".filtros")).to_contain_text("Se muestran 7 de 62")
        visita.quieta()
        assert visita.direccion == {"tema": ["1"], "naturaleza": ["recomendacion"]}
        enlace, frase = pagina.url, pagina.locator(".filtros").inner_text()
        filas = visita.filas()
        with visitar(navegador, servidor) as otra:
            otra.ir(enlace.removeprefix(f"{servidor.url}/"))
            assert otra.pagina.locator(".filtros").inner_text() == frase
            assert otra.filas() == filas
        pagina.get_by_role("button", name="Quitar filtros").click()
        expect(pagina.locator(".filtros")).to_have_count(0)
        visita.quieta()
        assert visita.direccion == {}


def test_pulsar_una_celda_del_mapa_acota_a_ella(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir()
        pulsar_barra(pagina, "De qué trató cada tema", 0)
        expect(pagina.locator(".filtros")).to_contain_text("Se muestran 3 de 62")
        visita.quieta()
        assert visita.direccion == {"tema": ["1"], "tipo": ["PERT"]}


def test_un_enunciado_abre_su_ficha_con_el_teclado_y_queda_en_la_direccion(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("tipos?tipo=EJE")
        boton = pagina.locator("table.tabla button[data-hacer=abrir]").first
        boton.focus()
        pagina.keyboard.press("Enter")
        expect(pagina.locator("h1")).to_have_text("Enunciados")
        expect(pagina.get_by_text("Dónde consta")).to_be_visible()
        visita.quieta()
        assert visita.direccion["enunciado"] == ["antofagasta-2018-3-05"]
        pagina.reload()
        expect(pagina.get_by_text("Dónde consta")).to_be_visible()
        pagina.get_by_role("button", name="Cerrar ficha").click()
        expect(pagina.get_by_text("Dónde consta")).to_have_count(0)
        visita.quieta()
        assert "enunciado" not in visita.direccion


def test_el_primer_tabulador_ofrece_saltar_al_contenido(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("guia")
        pagina.keyboard.press("Tab")
        assert (
            pagina.evaluate("document.activeElement.innerText") == "Saltar al contenido"
        )


def test_ordenar_cambia_las_filas_el_titulo_y_la_direccion(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("enunciados")
        antes = visita.filas()
        titulo = pagina.get_by_role("columnheader", name="Tipo")
        titulo.get_by_role("button").click()
        expect(titulo).to_have_attribute("aria-sort", "ascending")
        subida = visita.filas()
        assert subida != antes and sorted(subida) == sorted(antes)
        titulo.get_by_role("button").click()
        expect(titulo).to_have_attribute("aria-sort", "descending")
        visita.quieta()
        assert visita.direccion == {"orden": ["tipo"], "sentido": ["desc"]}
        assert visita.filas()[0][2] == subida[-1][2] != subida[0][2]


@pytest.mark.parametrize(
    "camino", ["enunciados?tema=3&orden=tipo&sentido=desc", "muestra"]
)
def test_los_csv_son_la_tabla_de_la_pantalla_fila_por_fila(
    navegador: Browser, servidor: Servidor, servidor_muestra: Servidor, camino: str
) -> None:
    real = camino != "muestra"
    with visitar(navegador, servidor if real else servidor_muestra) as visita:
        pagina = visita.ir(camino if real else "enunciados")
        titulos = [
            re.sub(r"\s*[↕▲▼]$", "", titulo.strip())
            for titulo in pagina.locator("table.tabla thead th").all_inner_texts()
        ]
        pantalla = [titulos, *visita.filas()]
        excel, simple = bajar(visita, "CSV para Excel"), bajar(visita, "CSV simple")
    assert len(pantalla) == (12 if real else 9)
    assert excel.startswith(b"\xef\xbb\xbf") and b"\r\n" in excel
    assert not simple.startswith(b"\xef\xbb\xbf") and b"\r\n" in simple
    for texto, separador in ((excel.decode("utf-8-sig"), ";"), (simple.decode(), ",")):
        leido = list(csv.reader(io.StringIO(texto, newline=""), delimiter=separador))
        peligrosas = [celda for fila in leido for celda in fila
                      if celda.startswith(("=", "@", "+"))]  # fmt: skip
        assert peligrosas == []
        sin_apostrofo = [[celda.removeprefix("'") for celda in fila] for fila in leido]
        assert sin_apostrofo == pantalla


def test_buscar_sin_tildes_halla_lo_que_las_lleva(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("enunciados")
        caja = pagina.get_by_role("textbox", name="Buscar en los enunciados")
        caja.fill("region")
        caja.press("Enter")
        expect(pagina.locator(".filtros")).to_contain_text("que contienen «region»")
        visita.quieta()
        textos = [fila[0] for fila in visita.filas()]
        assert any("región" in texto for texto in textos)
        dicho = re.search(r"Se muestran (\d+) de 62", pagina.inner_text(".filtros"))
        assert dicho and int(dicho[1]) == len(textos)


def test_lo_desconocido_en_la_direccion_no_deja_rastro(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        malo = "tema=99&tipo=%3Cscript%3E&orden=zzz&mesa=A%27--&enunciado=nada"
        pagina = visita.ir(f"enunciados?{malo}")
        assert len(visita.filas()) == 62
        assert visita.direccion == {}
        assert pagina.locator(".filtros").count() == 0
        assert pagina.locator("[data-testid=stAlert]").count() == 0
        assert "zzz" not in pagina.inner_text("body")


def test_el_inventario_de_inconsistencias_esta_a_un_clic(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir()
        pagina.get_by_role("button", name="Ver 14 observaciones").click()
        expect(pagina.locator("h1")).to_have_text("Metodología")
        expect(pagina.get_by_text("Registro de inconsistencias")).to_be_visible()
        visita.quieta()
        assert visita.direccion == {"seccion": ["inconsistencias"]}
        assert len(visita.filas()) == 14


def test_lo_impreso_lleva_graficos_y_no_controles(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("temas?tema=1")
        pagina.wait_for_selector(".js-plotly-plot .main-svg")
        pagina.emulate_media(media="print")
        for control in ("stSidebar", "stDownloadButton", "stButton", "stHeader"):
            visibles = pagina.locator(f"[data-testid={control}]").filter(visible=True)
            assert visibles.count() == 0, control
        expect(pagina.locator("[data-testid=stPlotlyChart]").first).to_be_visible()


def test_una_pagina_que_no_existe_se_dice_en_espanol(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("nadaquever")
        expect(pagina.get_by_text("Esa página no existe")).to_be_visible()
        assert [t for t in pagina.evaluate(TEXTOS_JS) if t.startswith("The page")] == []


def test_sin_javascript_el_aviso_es_en_espanol(servidor: Servidor) -> None:
    with urllib.request.urlopen(f"{servidor.url}/temas") as respuesta:
        texto = respuesta.read().decode()
    (aviso,) = re.findall(r"<noscript>(.*?)</noscript>", texto, re.DOTALL)
    assert aviso == "Para usar este tablero, active JavaScript en su navegador."


def test_quitar_los_ficticios_quita_tambien_los_filtros_que_eran_suyos(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("temas?ficticio=si&dialogo=maule-2024-ficticio&tema=2")
        expect(pagina.locator(".filtros")).to_contain_text("Maule 2024 (ficticio)")
        pagina.get_by_text("Datos ficticios de demostración").click()
        expect(pagina.locator(".filtros")).to_contain_text("Se muestran 7 de 62")
        visita.quieta()
        assert visita.direccion == {"tema": ["2"]}
        visita.ir(
            "enunciados?dialogo=maule-2024-ficticio&enunciado=maule-2024-ficticio-1-01"
        )
        expect(pagina.locator(".filtros")).to_have_count(0)
        expect(pagina.get_by_text("Dónde consta")).to_have_count(0)


def test_el_par_que_mas_difiere_lleva_a_su_matriz_y_el_enlace_la_trae(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("mesas?ficticio=si")
        # El primer par no tiene códigos en ambas: su primer tramo es «solo A».
        pulsar_barra(pagina, "Qué pares difieren más", 1)
        expect(pagina.locator(".filtros")).to_contain_text("Los Lagos 2024 (ficticio)")
        visita.quieta()
        assert visita.direccion == {
            "dialogo": ["los-lagos-2024-ficticio"], "tema": ["4"], "ficticio": ["si"],
        }  # fmt: skip
        pagina.get_by_role("radio", name="Instrumento").click()
        visita.quieta()
        pagina.get_by_role("combobox", name="Estado del código").click()
        pagina.get_by_role("option", name="en tensión").click()
        matriz = pagina.locator("table.tabla").first
        expect(matriz).to_contain_text("⇄ en tensión")
        visita.quieta()
        assert visita.direccion["filas"] == ["instrumento"]
        assert visita.direccion["estado"] == ["tension"]
        assert [fila[0] for fila in visita.filas(0)] == ["Bolsa Nacional de Empleo"]
        filas, enlace = visita.filas(0), pagina.url
        with visitar(navegador, servidor) as otra:
            otra.ir(enlace.removeprefix(f"{servidor.url}/"))
            assert otra.filas(0) == filas
        # Del estado a lo dicho, y de lo dicho a su pasaje en el acta.
        matriz.locator("button[data-hacer=abrir]").first.click()
        expect(pagina.locator("h1")).to_have_text("Enunciados")
        expect(pagina.locator(".pasaje")).to_be_visible()


def test_la_region_se_pulsa_y_lo_que_no_tiene_dialogo_no(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("regiones?ficticio=si")
        figura = pagina.get_by_role("figure", name="Enunciados por región")
        expect(figura.get_by_text("sin diálogo cargado", exact=True)).to_have_count(12)
        # Las barras con diálogo se dibujan primero, de norte a sur.
        pulsar_barra(pagina, "Enunciados por región", 4)
        pagina.wait_for_timeout(600)
        assert "region" not in visita.direccion
        pulsar_barra(pagina, "Enunciados por región", 2)
        expect(pagina.locator(".filtros")).to_contain_text("en la región de Maule")
        visita.quieta()
        assert visita.direccion == {"region": ["07"], "ficticio": ["si"]}
        # Con Maule elegida, las demás siguen a la vista y se pueden pulsar.
        expect(figura.get_by_text("sin diálogo cargado", exact=True)).to_have_count(12)
        pulsar_barra(pagina, "Enunciados por región", 0)
        expect(pagina.locator(".filtros")).to_contain_text("región de Antofagasta")
        visita.ir("regiones?region=07&ficticio=si&tipo=OTR&tema=3")
        expect(pagina.get_by_text("Ningún enunciado reúne")).to_be_visible()


def test_comparar_dialogos_y_anios_tambien_acota(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        visita.ir("regiones?ficticio=si")
        pulsar_barra(visita.pagina, "Enunciados por diálogo y tipo", 0)
        expect(visita.pagina.locator(".filtros")).to_contain_text(
            "Se muestran 8 de 248"
        )
        visita.quieta()
        assert visita.direccion["dialogo"] == ["antofagasta-2018"]
        assert visita.direccion["tipo"] == ["PERT"]
        visita.ir("regiones?ficticio=si")
        pulsar_barra(visita.pagina, "Enunciados por año de los diálogos", 2)
        visita.quieta()
        assert visita.direccion["anio"] == ["2024"]
        visita.ir("regiones?ficticio=si")
        pulsar_barra(visita.pagina, "misma pregunta en cada diálogo", 0)
        visita.quieta()
        assert visita.direccion["pregunta"] == ["oficios-que-faltan"]


def test_de_un_numero_a_los_enunciados_que_cuenta_hay_un_paso(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir()
        pagina.locator(".cifras").get_by_role("button", name="18").click()
        expect(pagina.locator("h1")).to_have_text("Enunciados")
        expect(pagina.locator(".filtros")).to_contain_text("Se muestran 18 de 62")
        visita.ir("temas")
        cobertura = pagina.get_by_text("Ver en tabla y descargar").nth(1)
        cobertura.click()
        numero = pagina.locator("table.tabla").filter(has_text="Bloques con registro")
        numero.get_by_role("button", name="4").first.click()
        expect(pagina.locator("h1")).to_have_text("Enunciados")
        expect(pagina.locator(".filtros")).to_contain_text("Se muestran 4 de 62")


def test_un_numero_que_no_mira_los_filtros_los_quita_al_llevar(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("temas?naturaleza=recomendacion&buscar=servicio")
        pagina.get_by_text("Ver en tabla y descargar").nth(1).click()
        tabla = pagina.locator("table.tabla").filter(has_text="Bloques con registro")
        boton = tabla.get_by_role("button").first
        dicho = boton.inner_text()
        boton.click()
        expect(pagina.locator("h1")).to_have_text("Enunciados")
        visita.quieta()
        assert set(visita.direccion) == {"pregunta", "tema"}
        assert len(visita.filas()) == int(dicho)


def test_donde_grupo_y_tema_no_se_confunden_el_aviso_se_va(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("grupos")
        expect(pagina.locator(".aviso")).to_contain_text("7 de 9 grupos")
        visita.ir("grupos?ficticio=si&dialogo=coquimbo-2023-ficticio")
        visita.quieta()
        expect(pagina.get_by_text("están en un solo tema")).to_have_count(0)


def test_la_planilla_y_el_zip_bajan_con_las_filas_de_la_pantalla(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        visita.ir("enunciados?tema=3&ficticio=si&dialogo=maule-2024-ficticio")
        pantalla = visita.filas()
        planilla, paquete = (
            bajar(visita, "Excel (XLSX)"),
            bajar(visita, "ZIP con LÉEME"),
        )
    libro = openpyxl.load_workbook(io.BytesIO(planilla))
    filas = [[str(c) for c in f] for f in libro["Datos"].iter_rows(values_only=True)]
    assert [fila[:-1] for fila in filas[1:]] == pantalla
    assert {fila[-1] for fila in filas[1:]} == {"Puede incluir datos ficticios"}
    acerca = {f[0]: f[1] for f in libro["Acerca de"].iter_rows(values_only=True)}
    assert acerca["Filtros"].startswith("en el diálogo Maule 2024 (ficticio), en el")
    assert "13 de 13 enunciados son inventados" in acerca["Datos ficticios"]
    with zipfile.ZipFile(io.BytesIO(paquete)) as abierto:
        nombre, leeme = abierto.namelist()
        assert "con-ficticios" in nombre
        texto = abierto.read(leeme).decode("utf-8-sig")
        assert "Datos ficticios: Puede incluir datos ficticios" in texto
        cuerpo = abierto.read(nombre).decode()
    leido = list(csv.reader(io.StringIO(cuerpo, newline="")))
    assert [[c.removeprefix("'") for c in f[:-1]] for f in leido[1:]] == pantalla


def anotar_pedidos(pagina: Page) -> list[str]:
    """Devuelve una lista que se llena con todo lo que la página pida."""
    pedidos: list[str] = []

    def anotar(pedido: Request) -> None:
        pedidos.append(pedido.url)

    pagina.on("request", anotar)
    return pedidos


def test_la_sintesis_baja_y_se_imprime_en_dos_hojas_carta(
    navegador: Browser, servidor: Servidor, tmp_path: Path
) -> None:
    for camino in ("", "?ficticio=si", "?tema=2"):
        hoja = tmp_path / "sintesis.html"
        with visitar(navegador, servidor) as visita:
            visita.ir(camino)
            hoja.write_bytes(bajar(visita, "Síntesis de dos páginas"))
            # Las cifras de la síntesis son las de la pantalla.
            cifras = visita.pagina.locator(".cifras dd").all_inner_texts()[:4]
        pagina = navegador.new_page()
        pedidos = anotar_pedidos(pagina)
        pagina.goto(hoja.as_uri())
        assert pagina.locator("dd").all_inner_texts() == cifras
        assert Axe().run(pagina, options=WCAG).response["violations"] == []
        impreso = pagina.pdf(prefer_css_page_size=True)
        pagina.close()
        assert len(re.findall(rb"/Type\s*/Page\b", impreso)) == 2, camino
        assert pedidos == [hoja.as_uri()]


@pytest.mark.parametrize(
    ("rotulo", "abre"),
    [
        ("Matriz de sistematización (XLSX)", b"PK"),
        ("Matriz de sistematización (Word)", b"PK"),
    ],
)
def test_la_matriz_de_sistematizacion_baja(
    navegador: Browser, servidor: Servidor, rotulo: str, abre: bytes
) -> None:
    with visitar(navegador, servidor) as visita:
        visita.ir("enunciados?tema=4")
        textos = [fila[0] for fila in visita.filas()]
        visita.ir("temas?tema=4")
        contenido = bajar(visita, rotulo)
    assert contenido.startswith(abre)
    with zipfile.ZipFile(io.BytesIO(contenido)) as paquete:
        partes = b"".join(
            paquete.read(n) for n in paquete.namelist() if n.endswith("xml")
        )
        todo = partes.decode()
    assert "4. Intermediación Laboral" in todo
    assert "sin registro" in todo
    assert len(textos) == 13
    assert [texto for texto in textos if texto not in todo] == []


def test_la_direccion_para_maquinas_da_las_filas_de_la_pantalla(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        pagina = visita.ir("enunciados?tema=5&naturaleza=recomendacion&buscar=servicio")
        textos = [fila[0] for fila in visita.filas()]
        enlace = pagina.get_by_role("link", name="api/enunciados.csv")
        with urllib.request.urlopen(enlace.evaluate("(a) => a.href")) as respuesta:
            assert respuesta.headers["content-type"].startswith("text/csv")
            leido = list(csv.DictReader(io.StringIO(respuesta.read().decode())))
    assert textos
    assert [fila["texto"] for fila in leido] == textos


def test_al_imprimir_ninguna_figura_se_corta(
    navegador: Browser, servidor: Servidor
) -> None:
    with visitar(navegador, servidor) as visita:
        for nombre in ("resumen", "mesas", "regiones"):
            pagina = visita.ir(f"{nombre}?ficticio=si")
            pagina.wait_for_selector(".js-plotly-plot .main-svg")
            # Una hoja carta con sus márgenes, en puntos de pantalla.
            pagina.set_viewport_size({"width": 710, "height": 950})
            pagina.evaluate("dispatchEvent(new Event('beforeprint'))")
            pagina.emulate_media(media="print")
            sobra = pagina.evaluate(
                """() => Math.max(...[...document.querySelectorAll('.main-svg')]
                  .map((s) => s.getBoundingClientRect().right - innerWidth))"""
            )
            assert sobra <= 1, nombre
            expect(pagina.locator(".ficticios")).to_be_visible()
            pagina.emulate_media(media="screen")
            pagina.set_viewport_size({"width": 1366, "height": 768})

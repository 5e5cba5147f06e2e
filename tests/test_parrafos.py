"""Los párrafos de un informe vuelven a ser los que se escribieron."""

from datos.parrafos import conclusiones, lineas, unir

ANCHO = 40


def test_une_las_lineas_cortadas_por_el_ancho() -> None:
    cortadas = ["Esta oración no cabe entera en la línea", "y sigue en la otra."]
    assert unir(cortadas, ANCHO) == [" ".join(cortadas)]


def test_un_salto_de_pagina_dentro_de_una_oracion_no_parte_el_parrafo() -> None:
    texto = "Quien no haya terminado su enseñanza\n\n\f\n\npuede hacerlo después.\n"
    assert unir(lineas(texto), ANCHO) == [
        "Quien no haya terminado su enseñanza puede hacerlo después."
    ]


def test_un_parrafo_sin_punto_final_se_cierra() -> None:
    assert unir(["Termina sin punto", "Y aquí empieza otro."], ANCHO) == [
        "Termina sin punto",
        "Y aquí empieza otro.",
    ]


def test_un_nombre_propio_al_comienzo_de_linea_no_abre_parrafo() -> None:
    cortadas = ["y que por desgracia para todas ellas", "Sence no llega."]
    assert unir(cortadas, ANCHO) == [" ".join(cortadas)]


def test_el_doble_espacio_separa_lineas_y_no_parrafos() -> None:
    texto = "Una línea  con   espacios de más y larga\n \n\nsigue.\n"
    assert unir(lineas(texto), ANCHO) == [
        "Una línea con espacios de más y larga sigue."
    ]


def test_reconoce_los_encabezados_de_tema_escritos_de_varias_maneras() -> None:
    texto = (
        "Temática 1:\nEsto es de la sección 1.\n8. Conclusiones\n"
        "Tema 1: Uno\nPrimero.\nTEMÁTICA 2 : Dos\nSegundo.\nTercero.\n"
    )
    assert conclusiones(texto) == {1: ["Primero."], 2: ["Segundo.", "Tercero."]}


def test_un_texto_sin_conclusiones_no_da_parrafos() -> None:
    assert conclusiones("1. Introducción\nTema 1: Uno\nAlgo.\n") == {}

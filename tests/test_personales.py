"""Ningún RUT, correo ni teléfono entra al tablero, y una cifra cualquiera sí.

Todos los números son inventados.
"""

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from datos.errores import ErrorDeDatos
from datos.personales import Hallazgo, enmascarar, faltas, hallar

# Lo que va entre ⟦ y ⟧ es exactamente lo que debe hallarse.
RUTS = [
    "El RUT ⟦12.345.678-5⟧ consta en el acta.",
    "⟦12345678-5⟧",
    "⟦1.234.567-4⟧ y ⟦1234567-4⟧",
    "⟦10.000.013-K⟧, ⟦10.000.013-k⟧ y ⟦10000013-k⟧.",
    "⟦10.000.004-0⟧",
    "(⟦12.345.678-5⟧)",
    "N°⟦12.345.678-5⟧;",
    "RUT⟦12.345.678-5⟧",
    "Lista: 1.⟦12.345.678-5⟧ 2.⟦1.234.567-4⟧",
    "⟦12.345.678 - 5⟧",
    "⟦12 345 678-5⟧",
    "⟦12. 345. 678-5⟧",
    "⟦12,345,678-5⟧",
    "⟦12345.678-5⟧",
    "⟦12.345.6785⟧",
    "⟦12.345.678 5⟧ años de servicio",
    "⟦12.345.678-\n5⟧ cortado por el ancho",
    "⟦12.345.\n678-5⟧ cortado por el ancho",
    "⟦01.234.567-4⟧ con un cero delante",
    "RUT: ⟦123456785⟧",
    "RUT ⟦12345678 5⟧",
    "RUN ⟦12 345 678 5⟧",
    "r.u.t. ⟦10000013k⟧",
    "R.U.N. N° ⟦123456785⟧",
    "cédula de identidad número ⟦123456785⟧",
    "CÉDULA ⟦12345674⟧",
    "ce\u0301dula ⟦12345674⟧",
    "C.I. ⟦123456785⟧",
    "RUT:\n⟦123456785⟧",
    "RUTs ⟦123456785⟧, ⟦12345674⟧ y ⟦98765432-5⟧",
    "RUT12345678-X, ⟦98765432-5⟧",
    "⟦１２．３４５．６７８－５⟧",
    "⟦12\u00b7345\u00b7678\u20115⟧",
    "⟦12.345.678\u20135⟧",
    "⟦12.345.678\u22125⟧",
    "⟦12.345.678\u00a0-\u00a05⟧",
    "⟦1\u200b2.3\u200d45.6\u206078-\ufeff5⟧",
    "⟦12.345.678\u00ad5⟧",
    "⟦12345678\ufffe5⟧ con el guion que dejan algunos PDF",
    "7\u200b⟦12.345.678-5⟧",
    "⟦١٢٣٤٥٦٧٨-٥⟧",
    "⟦10.000.013-К⟧ con ka cirílica",
    "⟦12.345.678-5⟧² con una llamada a nota",
]
CORREOS = [
    "Escriba a ⟦mesa.uno+dos@ejemplo.cl⟧.",
    "⟦MESA_UNO@SUB.EJEMPLO.GOB.CL⟧",
    "<⟦mesa@ejemplo.com⟧>",
    "mailto:⟦mesa@ejemplo.com⟧?subject=hola",
    "⟦mesa@ejemplo.cl⟧;⟦otra@ejemplo.cl⟧",
    "⟦señas-ñandú@ejemplo.cl⟧",
    "⟦mesa @ ejemplo.cl⟧",
    "⟦mesa@\nejemplo.cl⟧",
    "⟦mesa＠ejemplo．cl⟧",
    "⟦me\u200bsa@ejem\u00adplo.cl⟧",
    "⟦mesa (arroba) ejemplo punto cl⟧",
    "⟦mesa(arroba)ejemplo.cl⟧",
    "⟦mesa [at] ejemplo [dot] com⟧",
    "⟦mesa arroba ejemplo punto cl⟧, gracias",
    "⟦mesa arroba sub punto ejemplo punto cl⟧",
    "⟦mesa punto uno arroba ejemplo punto cl⟧",
    "⟦mesa@ejemplo punto cl⟧",
]
TELEFONOS = [
    "Llame al ⟦+56 9 8765 4321⟧.",
    "⟦+56987654321⟧",
    "⟦+56 9 2018 2019⟧ aunque parezcan años",
    "⟦(+56) 9 8765-4321⟧",
    "⟦+56 (9) 8765 4321⟧",
    "⟦0056 9 8765 4321⟧",
    "⟦+56 55 2 123 456⟧",
    "⟦+56 2 2345 6789⟧",
    "⟦+56 9\n8765 4321⟧ cortado por el ancho",
    "⟦56 9 8765 4321⟧",
    "wa.me/⟦56987654321⟧",
    "⟦9 8765 4321⟧",
    "⟦987654321⟧,⟦912345678⟧",
    "⟦9-8765-4321⟧",
    "⟦9.8765.4321⟧",
    "⟦98765 4321⟧",
    "⟦98 765 43 21⟧",
    "⟦987 654 321⟧",
    "⟦987-654-321⟧",
    "⟦09 8765 4321⟧",
    "⟦(9) 8765 4321⟧",
    "Nº⟦9 8765 4321⟧",
    "⟦(55) 2 123 456⟧",
    "⟦(55) 2123456⟧",
    "⟦(55)2123456⟧⟦(55)2123457⟧",
    "⟦(055) 212-3456⟧",
    "⟦(55) 234567⟧",
    "⟦(2) 2345 6789⟧",
    "⟦55-2123456⟧",
    "⟦55 2123456⟧",
    "⟦55 2 123 456⟧",
    "⟦2 2345 6789⟧",
    "⟦22345 6789⟧",
    "⟦600 123 4567⟧",
    "⟦600-123-4567⟧",
    "⟦800 123 456⟧",
    "⟦800-123-456⟧",
    "Teléfono: ⟦2345678⟧",
    "fono ⟦234567⟧",
    "Celular\n⟦87654321⟧",
    "celular ⟦987.654.321⟧",
    "teléfonos ⟦2345678⟧, ⟦2345679⟧ y ⟦2345680⟧",
    "contacto telefónico: ⟦+51 987 654 321⟧",
    "tel.⟦552123456⟧",
    "⟦９\u00a0８７６５\u2011４３２１⟧",
    "⟦9\u200b8765\u200b4321⟧",
]
NINGUNO = [
    # RUT que no lo son: dígito errado, sin guion ni palabra, muy cortos o muy largos
    "12.345.678-9",
    "12345678-K",
    "10.000.013-kilos",
    "123456785",
    "12 345 678 5",
    "00.000.000-0",
    "123.456-0",
    "112.345.678-5",
    "9123456785",
    "El rutero 123456785 y la ruta 123456785",
    "Licitación 1234567-4-LP18",
    "$12.345.678 5 veces",
    "$ 12.345.678 5 veces",
    "12.345.678 5 20 31",
    "12.345.678 5,3 %",
    "12.345.678 5%",
    "RUT de la empresa, sin número: 2018",
    # cantidades, porcentajes, leyes, secciones
    "$1.234.567",
    "$ 987654321",
    "$912.345.678",
    "US$987654321",
    "1.234.567.890",
    "987.654.321 pesos",
    "9.123.456 horas",
    "12.345.678,5",
    "Ley 20.500 y Ley N° 19.518",
    "Decreto Supremo N° 98 de 1997",
    "DFL 3, artículo 12, numeral 9.1.2.3",
    "8.1.2 Sección y 9.10.11 otra",
    "Resolución Exenta N° 4.567, de 17-10-2018",
    "un 45,7 % y un 9,87654321 %",
    "entre 600 y 800 personas",
    "600 personas en 123 cursos y 4567 horas",
    "mesas 700 800 900 950",
    "filas 12 987 654 321 100",
    "9 10 11 12 13",
    "(55) 23 12 345",
    "120 (55) 45 (21)",
    "1.234 9876 543",
    # años y fechas
    "2018-2019",
    "9 2018 2019",
    "2 2018-2019",
    "(2) 2018-2019",
    "9\n2018\n2019",
    "17/10/2018 al 19/10/2018",
    "2018-10-17T09:30:00",
    "20181017-20191017",
    "por teléfono (2018) 2019",
    "atendió por teléfono en 2018-2019",
    "celular, el 17-10-2018",
    "celular, el 2018-10-17",
    "celular: 1.234.567 usuarios",
    "celular: 1 234 567 usuarios",
    "fonos: 20 30 40",
    "telefonía 2345678",
    # huellas e identificadores
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "a987654321b ab912345678cd",
    "12345678-1234-9876-8765-123456789012",
    "ISBN 978-91234-5678-1",
    # correos que no lo son
    "síganos en @ejemplo.cl",
    "tres arrobas de trigo",
    "una arroba de harina punto aparte",
    "mesa@ejemplo",
    "versión paquete@1.2.3",
    "precio @ 2.500",
    "(arroba) ejemplo",
    "",
    "\n\n\f",
]


def _partes(marcado: str) -> tuple[str, list[str]]:
    return re.sub("[⟦⟧]", "", marcado), re.findall("⟦(.*?)⟧", marcado, re.DOTALL)


@pytest.mark.parametrize(
    ("clase", "marcado"),
    [
        *(("RUT", caso) for caso in RUTS),
        *(("correo", caso) for caso in CORREOS),
        *(("teléfono", caso) for caso in TELEFONOS),
    ],
)
def test_halla_el_dato_entero_y_nada_mas(clase: str, marcado: str) -> None:
    texto, esperados = _partes(marcado)
    hallados = hallar(texto)
    assert [texto[h.desde - 1 : h.hasta] for h in hallados] == esperados
    assert {h.clase for h in hallados} == {clase}


@pytest.mark.parametrize("texto", NINGUNO)
def test_una_cifra_cualquiera_pasa(texto: str) -> None:
    assert hallar(texto) == ()
    assert hallar(f"Antes: {texto}. Después.") == ()


def test_dice_donde_esta_sin_mostrarlo() -> None:
    texto = "Uno.\r\nDos.\u2029\nTres: mesa@ejemplo.cl y\fRUT 1.234.567-4\n"
    assert hallar(texto) == (
        Hallazgo("correo", 19, 33, 3, "m█████████████l"),
        Hallazgo("RUT", 41, 51, 4, "1█████████4"),
    )


def test_las_faltas_nombran_el_lugar_y_que_hacer() -> None:
    texto = "Acta.\nFono +56 9 8765 4321\nRUT 12.345.678-5"
    error = ErrorDeDatos("El archivo trae datos personales.", faltas("acta.txt", texto))
    assert str(error).splitlines()[1:] == [
        "  - acta.txt, fila 2: hay un teléfono (+█████████████1), caracteres 12 a 26."
        " Bórrelo en el archivo y cárguelo otra vez: aquí no se guardan datos"
        " personales.",
        "  - acta.txt, fila 3: hay un RUT (1██████████5), caracteres 32 a 43."
        " Bórrelo en el archivo y cárguelo otra vez: aquí no se guardan datos"
        " personales.",
    ]
    assert faltas("acta.txt", "Sin nada que quitar.") == []


def test_tachar_conserva_el_largo_las_lineas_y_lo_demas() -> None:
    texto = "Fono +56 9\r\n8765 4321, RUT 1\u200b2.345.678-5. Fin."
    tachado = enmascarar(texto)
    assert tachado == "Fono █████\r\n█████████, RUT █████████████. Fin."
    assert len(tachado) == len(texto)


def _digito(numero: int) -> str:
    """El dígito verificador por el camino largo, para no repetir el del programa."""
    suma, peso = 0, 2
    while numero:
        suma += numero % 10 * peso
        numero //= 10
        peso = 2 if peso == 7 else peso + 1
    resultado = 11 - suma % 11
    return {11: "0", 10: "K"}.get(resultado, str(resultado))


def _con_puntos(numero: int) -> str:
    return f"{numero:,}".replace(",", ".")


FORMAS = {
    "puntos y guion": "{puntos}-{dv}",
    "guion": "{solo}-{dv}",
    "espacios y guion": "{espacios}-{dv}",
    "puntos y espacio": "{puntos} {dv}",
    "puntos": "{puntos}{dv}",
    "guion con espacios": "{puntos} - {dv}",
    "raya": "{puntos}–{dv}",
    "palabra": "RUT {solo}{dv}",
    "palabra y espacios": "cédula {espacios} {dv}",
}
numeros = st.integers(1_000_000, 99_999_999)
# Un vecino que no alarga el número ni le cambia el sentido.
entornos = st.sampled_from(["", "(", "Consta ", "\n", "«", "N°"])


@pytest.mark.parametrize("forma", FORMAS.values(), ids=FORMAS)
@given(numeros, st.booleans(), entornos)
def test_todo_rut_valido_se_halla(
    forma: str, numero: int, minuscula: bool, antes: str
) -> None:
    puntos = _con_puntos(numero)
    dv = _digito(numero).lower() if minuscula else _digito(numero)
    escrito = forma.format(
        puntos=puntos, solo=numero, espacios=puntos.replace(".", " "), dv=dv
    )
    texto = f"{antes}{escrito}, y sigue."
    (hallado,) = hallar(texto)
    assert hallado.clase == "RUT"
    assert escrito.endswith(texto[hallado.desde - 1 : hallado.hasta])
    assert not re.search(r"\d", enmascarar(texto))


@given(numeros, st.sampled_from("0123456789Kk"), st.sampled_from(["-", " - ", "", " "]))
def test_con_otro_digito_verificador_no_es_rut(
    numero: int, dv: str, guion: str
) -> None:
    texto = f"{_con_puntos(numero)}{guion}{dv}"
    assert bool(hallar(texto)) == (dv.upper() == _digito(numero))


@given(numeros, st.lists(st.sampled_from("\u200b\u200c\u200d\u2060\ufeff\u00ad\u0301")))
def test_lo_invisible_entre_las_cifras_no_esconde_un_rut(
    numero: int, invisibles: list[str]
) -> None:
    escrito = f"{_con_puntos(numero)}-{_digito(numero)}"
    for lugar, invisible in enumerate(invisibles):
        corte = 1 + lugar * 2 % (len(escrito) - 1)
        escrito = escrito[:corte] + invisible + escrito[corte:]
    hallados = hallar(f"Consta {escrito}.")
    assert [h.clase for h in hallados] == ["RUT"]


DENSO = st.text(st.sampled_from("0123456789.-+() @$kKabc\n\u200b\u00ad２rutelé"))


@given(DENSO | st.text())
@example("12.345.678-5@ejemplo.cl")
@example("9 8765 4321-5")
def test_todo_hallazgo_esta_dentro_en_orden_y_sin_encimarse(texto: str) -> None:
    hallados = hallar(texto)
    fin = 0
    for h in hallados:
        assert fin < h.desde <= h.hasta <= len(texto)
        fin = h.hasta
        assert h.muestra[0] == texto[h.desde - 1]
        assert h.muestra[-1] == texto[h.hasta - 1]
        assert set(h.muestra[1:-1]) <= {"█"}
        assert len(h.muestra) == h.hasta - h.desde + 1
        assert texto[: h.desde - 1].count("\n") <= h.linea - 1
    tachado = enmascarar(texto)
    assert len(tachado) == len(texto)
    dentro = {lugar for h in hallados for lugar in range(h.desde - 1, h.hasta)}
    for lugar, (antes, ahora) in enumerate(zip(texto, tachado, strict=True)):
        saltos = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
        tacha = lugar in dentro and antes not in saltos
        assert ahora == ("█" if tacha else antes)


@pytest.mark.parametrize(
    "trozo",
    [
        *("1", "9 ", "x@a.a.a.a.a.a.a.a.a", "r.u.", "+56 ", "1.1.", "tel 1 "),
        *("x arroba a punto ", "12.345.678-6", "\u00ada@", "12.345.678-5 "),
    ],
)
def test_dos_megas_hostiles_toman_un_tiempo_proporcional(trozo: str) -> None:
    texto = trozo * (2_000_000 // len(trozo))
    octavo = texto[: len(texto) // 8]

    def tarda(cual: str) -> float:
        inicio = time.process_time()
        hallar(cual)
        return time.process_time() - inicio

    # Un tiempo cuadrático daría 64 veces; el doble de 8 deja lugar al ruido.
    assert tarda(texto) < 24 * max(min(tarda(octavo), tarda(octavo)), 0.05)

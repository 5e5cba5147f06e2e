"""Actas mal formadas o raras de un diálogo inventado, y qué se espera de cada una."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

import openpyxl

from datos.actas.entender import ENCABEZADO_CSV, MesaEnBlanco

Celda: TypeAlias = str | int | float | bool | date | None
Filas: TypeAlias = Sequence[Sequence[Celda]]

NATURALEZAS = (
    ("recomendacion", "Recomendación"),
    ("diagnostico", "Diagnóstico"),
    ("contexto", "Contexto"),
)
TIPOS = (("PERT", "Pertinencia de la oferta"), ("ACC", "Acceso, requisitos y otros"))
PREGUNTAS_MAR = (
    ("inventada-2020-1-p1", "Si los cursos llegan a las caletas"),
    ("inventada-2020-1-p2", "Qué falta para aprender en invierno, y a quiénes"),
)
PREGUNTAS_MONTE = (("inventada-2020-2-p1", "=Si los viveros forman a su gente"),)
DIALOGO = "Diálogo inventado del Sur"
MESAS = {
    mesa.mesa_id: mesa
    for mesa in (
        MesaEnBlanco(
            f"inventada-2020-{tema}-{letra}",
            DIALOGO,
            tema,
            nombre,
            letra,
            preguntas,
            NATURALEZAS,
            TIPOS,
        )
        for tema, nombre, preguntas in (
            (1, "Oficios del mar", PREGUNTAS_MAR),
            (2, "=SUMA(A1:A9)", PREGUNTAS_MONTE),
        )
        for letra in "AB"
    )
}
MAR_A, MAR_B, MONTE_A, MONTE_B = MESAS
BUENA = {
    "mesa_id": MAR_A,
    "participantes": "8",
    "soporte": "papel firmado",
    "pregunta": "1. Si los cursos llegan a las caletas",
    "enunciado": "Abrir cursos de redes en las caletas",
    "naturaleza": "Recomendación",
    "tipo": "Pertinencia de la oferta",
    "observacion": "Lo repitieron dos grupos",
}
# Otra fila de la misma mesa, para no chocar con el enunciado de la anterior.
SEGUNDA = {
    **BUENA,
    "enunciado": "Faltan instructores en el archipiélago",
    "naturaleza": "diagnostico",
    "observacion": "",
}
TITULOS = ("Pregunta", "Enunciado", "Naturaleza", "Tipo", "Observación")


@dataclass(frozen=True)
class Caso:
    """Un archivo y la expresión que su rechazo debe cumplir; None si se admite."""

    nombre: str
    archivo: str
    contenido: bytes
    espera: str | None


def tabla(
    *filas: dict[str, str],
    encabezado: Sequence[str] = ENCABEZADO_CSV,
    separador: str = ";",
) -> str:
    salida = io.StringIO(newline="")
    escritor = csv.writer(salida, delimiter=separador)
    escritor.writerow(encabezado)
    escritor.writerows(
        [fila.get(columna, "") for columna in encabezado] for fila in filas
    )
    return salida.getvalue()


def libro(**hojas: Filas) -> bytes:
    """Un XLSX sin cuidados: un texto con «=» es fórmula. En los nombres, «_» separa."""
    nuevo = openpyxl.Workbook()
    nuevo.remove(nuevo.worksheets[0])
    for nombre, filas in hojas.items():
        hoja = nuevo.create_sheet(nombre.replace("_", " "))
        for fila in filas:
            hoja.append(list(fila))
    salida = io.BytesIO()
    nuevo.save(salida)
    return salida.getvalue()


def acta(
    *enunciados: Sequence[Celda],
    mesa_id: str = MAR_A,
    participantes: Celda = 8,
    soporte: Celda = "papel firmado",
    titulos: Sequence[Celda] = TITULOS,
    **cambios: Celda,
) -> list[list[Celda]]:
    """La hoja de una mesa; `cambios` reemplaza diálogo, tema o letra."""
    mesa = MESAS.get(mesa_id, MESAS[MAR_A])
    return [
        ["Acta de la mesa"],
        ["Clave de la mesa", mesa_id],
        ["Diálogo", cambios.get("dialogo", mesa.dialogo)],
        ["Tema", cambios.get("tema", f"{mesa.tema_numero}. {mesa.tema}")],
        ["Letra", cambios.get("letra", mesa.letra)],
        ["Participantes", participantes],
        ["Soporte del acta", soporte],
        [],
        list(titulos),
        *(list(fila) for fila in enunciados),
    ]


def con_fila(filas: list[list[Celda]], lugar: int, fila: list[Celda]) -> Filas:
    return [*filas[:lugar], fila, *filas[lugar + 1 :]]


UNA = ("1", "Comprar botes escuela", "recomendacion", "PERT", None)
OTRA = (
    "2",
    "Las clases empiezan en plena veda",
    "diagnostico",
    "ACC",
    "Dicho dos veces",
)

# Por columna: el valor de una celda y lo que se espera del archivo.
CELDAS: dict[str, tuple[tuple[str, str | None], ...]] = {
    "mesa_id": (
        ("", "fila 2, columna Clave de la mesa: está vacía"),
        ("   ", "Clave de la mesa: está vacía"),
        ("inventada-2020-9-A", "no es la clave de una mesa conocida.*Quiso decir"),
        ("zzz", "Use uno de estos valores: inventada-2020-1-A; inventada-2020-1-B"),
        ("INVENTADA-2020-1-a", None),
        ("=A1", "celda con fórmula"),
        ("#REF!", "la celda tiene el error #REF!"),
        ("<b>x</b>", "«<b>x</b>» no es la clave de una mesa"),
        ("inventada-2020-1-A;inventada-2020-1-B", "no es la clave de una mesa"),
    ),
    "participantes": (
        ("", None),
        ("0", None),
        ("1000", None),
        ("008", None),
        (" 8 ", None),
        ("-3", "fila 2, columna Participantes: «-3» es negativo"),
        ("- 3", "es negativo"),
        ("−4", "es negativo"),
        ("-2,5", "es negativo"),
        ("7,5", "«7,5» tiene decimales"),
        ("7.5", "tiene decimales"),
        ("1.000", "tiene decimales"),
        ("1001", r"«1001» es más de lo posible en una mesa \(1000\)"),
        ("9" * 30, "es más de lo posible"),
        ("9" * 5_000, "5000 caracteres y el máximo es 2000"),
        ("doce", "«doce» no es un número entero"),
        ("12 personas", "no es un número entero"),
        ("no consta", "deje la celda vacía si no consta"),
        ("2020-05-04", "es una fecha y no un número"),
        ("2020-05-04 10:00", "es una fecha"),
        ("04-05-2020", "es una fecha"),
        ("4/5/20", "es una fecha"),
        ("1e2", "no es un número entero"),
        ("0x10", "no es un número entero"),
        ("NaN", "no es un número entero"),
        ("٣", "no es un número entero"),
        ("8-9", "no es un número entero"),
        ("=4+4", "celda con fórmula: «=4\\+4»"),
        ("+8", "celda con fórmula"),
        ("@8", "celda con fórmula"),
        ("-", "celda con fórmula"),
        ("#N/A", "el error #N/A"),
        ("#¡VALOR!", "el error #¡VALOR!"),
    ),
    "soporte": (
        ("", None),
        ("papel", None),
        ("PAPEL FIRMADO ", None),
        ("sólo informe", None),
        ("solo_informe", None),
        ("papel sellado", "¿Quiso decir «papel firmado»"),
        ("audio", "Use uno de estos valores: papel firmado; digital; solo informe"),
        ("digital, papel", "no es un soporte del acta"),
        ("=1", "columna Soporte del acta: celda con fórmula"),
        ("#NULL!", "el error #NULL!"),
    ),
    "pregunta": (
        ("", None),
        ("2", None),
        ("2. Qué falta para aprender en invierno, y a quiénes", None),
        ("QUE FALTA PARA APRENDER EN INVIERNO, Y A QUIENES", None),
        ("inventada-2020-1-p2", None),
        ("3", "«3» no es una pregunta de esta mesa.*Use uno de estos valores: 1. Si"),
        ("0", "no es una pregunta de esta mesa"),
        ("9. Sobre la pesca", "no es una pregunta de esta mesa"),
        (
            "inventada-2020-2-p1",
            "«inventada-2020-2-p1» no es una pregunta de esta mesa",
        ),
        ("1 y 2", "no es una pregunta de esta mesa"),
        ("1. Si los curso llegan a la caleta", "¿Quiso decir «1. Si los cursos"),
        ("=1", "columna Pregunta: celda con fórmula"),
        ("<script>", "«<script>» no es una pregunta"),
        ("#REF!", "columna Pregunta: la celda tiene el error"),
    ),
    "naturaleza": (
        ("RECOMENDACION", None),
        (" recomendación\n", None),
        ("Recomendasión", "¿Quiso decir «Recomendación»"),
        ("x", "Use uno de estos valores: Recomendación; Diagnóstico; Contexto"),
        ("Recomendación; Contexto", "no es una naturaleza del libro de códigos"),
        ("PERT", "no es una naturaleza"),
        ("=1", "columna Naturaleza: celda con fórmula"),
        ("#NAME?", "el error #NAME"),
        ("", "columna Naturaleza: hay tipo y falta naturaleza"),
    ),
    "tipo": (
        ("PERT", None),
        ("pert", None),
        ("acceso, requisitos y otros", None),
        ("Acceso, requisito y otros", "¿Quiso decir «Acceso, requisitos y otros»"),
        ("PER", "¿Quiso decir «Pertinencia de la oferta»"),
        ("QQQ", "«QQQ» no es un tipo del libro de códigos"),
        ("Recomendación", "no es un tipo"),
        ("+PERT", "columna Tipo: celda con fórmula"),
        ("#DIV/0!", "el error #DIV/0!"),
        ("", "columna Tipo: hay naturaleza y falta tipo"),
    ),
    "enunciado": (
        ("", "columna Enunciado: hay otras celdas llenas y falta el enunciado"),
        (" \u200b ", "falta el enunciado"),
        ("a" * 2_000, None),
        ("a" * 2_001, "tiene 2001 caracteres y el máximo es 2000"),
        ("a" * 9_000, "tiene 9000 caracteres"),
        ("=SUMA(A1)", "columna Enunciado: celda con fórmula"),
        (" =1+1", "celda con fórmula"),
        ("\u00a0=1", "celda con fórmula"),
        ("\t=1", "celda con fórmula"),
        ("＝1+1", "celda con fórmula"),
        ("=cmd|'/C calc'!A0", "celda con fórmula"),
        ('=HYPERLINK("http://127.0.0.1";"x")', "celda con fórmula"),
        ("+abrir talleres", "celda con fórmula"),
        ("@abrir", "celda con fórmula"),
        ("-", "celda con fórmula: «-»"),
        (" - ", "celda con fórmula"),
        ("-2+3", "celda con fórmula"),
        ("-SUMA(A1)", "celda con fórmula"),
        ("- Abrir talleres", None),
        ("—Abrir talleres", None),
        ("12345", "«12345» no dice nada"),
        ("???", "no dice nada"),
        ("#REF!", "la celda tiene el error #REF!"),
        ("#N/D", "la celda tiene el error #N/D"),
        ("#talleres en la caleta", None),
        ("<script>alert(1)</script>", None),
        ("<img src=x onerror=alert(1)>", None),
        ("**Abrir** [talleres](javascript:alert(1))", None),
        ("' or 1=1 -- abrir", None),
        ("Una línea\ny otra\n\n del mismo enunciado", None),
        ('Pidió "redes"; nudos, y boyas', None),
        ("Ensen\u0303ar a navegar 🌊", None),
    ),
    "observacion": (
        ("", None),
        ("12", None),
        ("o" * 2_001, "columna Observación: el texto tiene 2001"),
        ("=1", "columna Observación: celda con fórmula"),
        ("-", "columna Observación: celda con fórmula"),
        ("#VALUE!", "columna Observación: la celda tiene el error"),
    ),
}


def _de_celdas() -> list[Caso]:
    return [
        Caso(
            f"{columna} {lugar}: {valor[:20]!r}",
            "acta.csv",
            tabla({**BUENA, columna: valor}).encode(),
            espera,
        )
        for columna, valores in CELDAS.items()
        for lugar, (valor, espera) in enumerate(valores, start=1)
    ]


def _de_columnas() -> list[Caso]:
    todas = ENCABEZADO_CSV
    quitadas = [
        (f"sin {c}", tabla(BUENA, encabezado=[x for x in todas if x != c]), espera)
        for c, espera in zip(
            todas,
            (
                "columna Clave de la mesa: falta la columna",
                "columna Participantes: falta la columna",
                "columna Soporte del acta: falta la columna",
                "columna Pregunta: falta la columna",
                "columna Enunciado: falta la columna",
                "columna Naturaleza: falta la columna",
                "columna Tipo: falta la columna",
                "columna Observación: falta la columna.*El encabezado debe ser: Clave",
            ),
            strict=True,
        )
    ]
    cuerpo = tabla(BUENA).partition("\r\n")[2]
    renombradas = [
        (f"{viejo} por {nuevo}", tabla(BUENA).replace(viejo, nuevo, 1), espera)
        for viejo, nuevo, espera in (
            (
                "enunciado",
                "enunciados",
                "columna enunciados: la columna sobra.*Enunciado»",
            ),
            ("tipo", "tipos", "(?s)tipos: la columna sobra.*columna Tipo: falta"),
            ("naturaleza", "natural", "¿Quiso decir «Naturaleza»"),
            ("mesa_id", "mesaid", "¿Quiso decir «Clave de la mesa»"),
            ("soporte", "=soporte", "columna =soporte: la columna sobra"),
            ("soporte", "<b>", "columna <b>: la columna sobra"),
            ("observacion", "tipo", "columna Tipo: la columna se repite"),
            ("observacion", "", "columna Observación: falta la columna"),
        )
    ]
    otras: list[tuple[str, str, str | None]] = [
        ("con RUT", tabla(BUENA, encabezado=(*todas, "rut")), "rut: la columna sobra"),
        (
            "dos veces",
            tabla(BUENA, encabezado=(*todas, *todas)),
            "Tipo: la columna se rep",
        ),
        ("al revés", tabla(BUENA, encabezado=todas[::-1]), None),
        ("en mayúsculas", tabla().upper() + cuerpo, None),
        ("con tildes", tabla().replace("cion", "ción") + cuerpo, None),
        ("con títulos", tabla().replace("mesa_id", " Clave de la Mesa") + cuerpo, None),
        ("sin encabezado", cuerpo, "no se encuentra"),
        ("solo encabezado", tabla(), "no hay ningún enunciado"),
        ("una sola columna", "enunciado\r\nAbrir talleres\r\n", "no se encuentra"),
        ("encabezado ajeno", "a;b;c\r\n1;2;3\r\n", "no se encuentra"),
        ("tras líneas vacías", "\r\n\r\n" + tabla(BUENA), None),
        ("con título arriba", "Actas 2020\r\n" + tabla(BUENA), "sobre el encabezado"),
    ]
    return [
        Caso(f"columnas: {nombre}", "acta.csv", texto.encode(), espera)
        for nombre, texto, espera in (*quitadas, *renombradas, *otras)
    ]


def _de_filas() -> list[Caso]:
    b_sola = {**BUENA, "mesa_id": MAR_B}
    solo_mesa = {"mesa_id": MAR_B, "participantes": "7", "soporte": "digital"}
    sin_datos = {**SEGUNDA, "participantes": "", "soporte": ""}
    otra_caja = {**BUENA, "enunciado": "ABRIR CURSOS DE REDES EN LAS CALÉTAS"}
    otra_pregunta = {**BUENA, "pregunta": "2"}
    mucho = {
        "mesa_id": "x",
        "participantes": "-1",
        "soporte": "cinta",
        "pregunta": "=1",
        "enunciado": "=2",
        "naturaleza": "=3",
        "tipo": "+4",
        "observacion": "@5",
    }
    todo = "".join(f"(?=.*fila {n}, columna Tipo)" for n in range(2, 32))
    larga = tabla(BUENA).rstrip() + ";sobra\r\n"
    casos: list[tuple[str, str, str | None]] = [
        ("dos iguales", tabla(BUENA, BUENA), "mismo enunciado de la fila 2. Deje uno"),
        ("iguales con otra caja", tabla(BUENA, otra_caja), "fila 3.*mismo enunciado"),
        ("iguales en otra pregunta", tabla(BUENA, otra_pregunta), "mismo enunciado"),
        ("iguales en otra mesa", tabla(BUENA, b_sola), None),
        ("mesas intercaladas", tabla(BUENA, b_sola, SEGUNDA), None),
        ("datos en una sola fila", tabla(BUENA, sin_datos), None),
        (
            "participantes distintos",
            tabla(BUENA, {**SEGUNDA, "participantes": "9"}),
            "fila 3, columna Participantes: «9» contradice «8», de la fila 2",
        ),
        (
            "soportes distintos",
            tabla(BUENA, {**SEGUNDA, "soporte": "digital"}),
            "columna Soporte del acta: «digital» contradice «papel»",
        ),
        ("mesa sin enunciados", tabla(BUENA, solo_mesa), None),
        ("ningún enunciado", tabla(solo_mesa), "no hay ningún enunciado"),
        (
            "solo observación",
            tabla({"mesa_id": MAR_A, "observacion": "Ojo"}),
            "y falta el",
        ),
        (
            "fila sin mesa",
            tabla({"enunciado": "Abrir"}),
            "Clave de la mesa: está vacía",
        ),
        ("filas vacías", tabla({}, BUENA, {}, {}, SEGUNDA, {}), None),
        ("fila larga", larga, "fila 2, columna I: «sobra» está fuera de las columnas"),
        ("larga y vacía", tabla(BUENA).rstrip() + ";;;;\r\n", None),
        ("corta al final", tabla(BUENA).rpartition(";")[0] + "\r\n", None),
        (
            "corta antes del enunciado",
            tabla() + f"{MAR_A};8;papel;1\r\n",
            "falta el enun",
        ),
        ("una celda", tabla(BUENA) + "restos\r\n", "fila 3.*«restos» no es la clave"),
        (
            "coma sin comillas",
            tabla() + f"{MAR_A};8;papel;1;a;b;c;PERT;;\r\n",
            "«b»|«c»",
        ),
        ("comilla sin cerrar", tabla() + f'{MAR_A};8;papel;1;"Abrir\r\n', "comillas"),
        ("muchas en una fila", tabla(mucho), _todas("x", "-1", "cinta", "=1", "@5")),
        ("muchas filas", tabla(*_con_tipo_malo(30)), f"(?s){todo}"),
        ("más de las que se muestran", tabla(*_con_tipo_malo(300)), "100 faltas más"),
        (
            "preguntas de otro tema",
            tabla({**BUENA, "mesa_id": MONTE_A}),
            "no es una preg",
        ),
        (
            "pregunta que parece fórmula",
            tabla(_del_monte("=Si los viveros forman a su gente")),
            None,
        ),
        (
            "otra fórmula",
            tabla(_del_monte("=Si")),
            "columna Pregunta: celda con fórmula",
        ),
    ]
    return [
        Caso(f"filas: {nombre}", "acta.csv", texto.encode(), espera)
        for nombre, texto, espera in casos
    ]


def _del_monte(pregunta: str) -> dict[str, str]:
    return {**BUENA, "mesa_id": MONTE_A, "pregunta": pregunta}


def _todas(*citas: str) -> str:
    return "(?s)" + "".join(f"(?=.*«{cita}»)" for cita in citas)


def _con_tipo_malo(cuantas: int) -> list[dict[str, str]]:
    filas = ({**BUENA, "enunciado": f"Abrir el taller {n}"} for n in range(cuantas))
    return [{**fila, "tipo": "QQQ"} for fila in filas]


def _de_archivos() -> list[Caso]:
    buena = tabla(BUENA, SEGUNDA)
    casos: list[tuple[str, str, bytes, str | None]] = [
        ("con comas", "a.csv", tabla(BUENA, separador=",").encode(), None),
        ("con tabuladores", "a.csv", tabla(BUENA, separador="\t").encode(), None),
        ("con barras", "a.csv", tabla(BUENA, separador="|").encode(), None),
        ("con BOM", "a.csv", buena.encode("utf-8-sig"), None),
        ("en UTF-16", "a.csv", buena.encode("utf-16"), None),
        ("en Windows-1252", "a.csv", buena.encode("cp1252"), None),
        ("con saltos de Unix", "a.csv", buena.replace("\r\n", "\n").encode(), None),
        ("con saltos de Mac", "a.csv", buena.replace("\r\n", "\r").encode(), None),
        ("vacío", "a.csv", b"", "vacío"),
        ("solo espacios", "a.csv", b"  \r\n \r\n", "no trae ningún texto"),
        ("con nulos", "a.csv", buena.replace("Abrir", "A\0rir").encode(), "nulo"),
        ("un PDF", "a.csv", b"%PDF-1.4\n1 0 obj", "PDF"),
        ("un CSV llamado XLSX", "a.xlsx", buena.encode(), "xlsx"),
        ("un XLSX llamado CSV", "a.csv", libro(Mesa=acta(UNA)), "XLSX"),
        ("un texto", "a.txt", buena.encode(), "aquí no se recibe un .txt"),
    ]
    return [
        Caso(f"archivo: {nombre}", archivo, contenido, espera)
        for nombre, archivo, contenido, espera in casos
    ]


def _de_libros() -> list[Caso]:
    fecha = datetime(2020, 5, 4)
    sin_tipo = ("Pregunta", "Enunciado", "Naturaleza", "Observación")
    b = acta(UNA, mesa_id=MAR_B)
    casos: list[tuple[str, bytes, str | None]] = [
        ("lleno", libro(Tema_1_mesa_A=acta(UNA, OTRA)), None),
        ("dos mesas", libro(A=acta(UNA), B=b), None),
        (
            "una sin tocar",
            libro(A=acta(UNA), B=acta(mesa_id=MAR_B, participantes=None, soporte=None)),
            None,
        ),
        (
            "otro orden de columnas",
            libro(
                A=acta(
                    ("Abrir", "1"),
                    titulos=(
                        "Enunciado",
                        "Pregunta",
                        "Tipo",
                        "Naturaleza",
                        "Observación",
                    ),
                )
            ),
            None,
        ),
        (
            "con instrucciones",
            libro(INSTRUCCIONES=[["Lea"]], listas=[["x"]], A=acta(UNA)),
            None,
        ),
        ("filas salteadas", libro(A=acta(UNA, (), (), OTRA)), None),
        ("participantes 8.0", libro(A=acta(UNA, participantes=8.0)), None),
        ("participantes vacíos", libro(A=acta(UNA, participantes=None)), None),
        (
            "participantes 7.5",
            libro(A=acta(UNA, participantes=7.5)),
            "A, fila 6, columna Participantes: «7.5» tiene decimales",
        ),
        (
            "participantes negativos",
            libro(A=acta(UNA, participantes=-2)),
            "es negativo",
        ),
        (
            "participantes enormes",
            libro(A=acta(UNA, participantes=10**15)),
            "más de lo posible",
        ),
        (
            "participantes con fecha",
            libro(A=acta(UNA, participantes=fecha)),
            "«2020-05-04» es una fecha",
        ),
        (
            "participantes verdadero",
            libro(A=acta(UNA, participantes=True)),
            "«sí» no es un número",
        ),
        (
            "participantes calculados",
            libro(A=acta(UNA, participantes="=4+4")),
            "celda con fórmula",
        ),
        (
            "participantes con error",
            libro(A=acta(UNA, participantes="#REF!")),
            "el error #REF!",
        ),
        (
            "soporte ajeno",
            libro(A=acta(UNA, soporte="video")),
            "fila 7, columna Soporte del acta",
        ),
        (
            "enunciado calculado",
            libro(A=acta(("1", "=A1&A2"))),
            "hoja A, fila 10, columna Enunciado: celda con fórmula",
        ),
        ("enunciado con error", libro(A=acta(("1", "#N/A"))), "el error #N/A"),
        ("enunciado numérico", libro(A=acta(("1", 42))), "«42» no dice nada"),
        ("pregunta numérica", libro(A=acta((2, "Abrir"))), None),
        (
            "pregunta calculada",
            libro(A=acta(("=1+1", "Abrir"))),
            "columna Pregunta: celda con fórmula",
        ),
        (
            "naturaleza sin tipo",
            libro(A=acta(("1", "Abrir", "contexto"))),
            "falta tipo",
        ),
        (
            "tipo sin naturaleza",
            libro(A=acta(("1", "Abrir", None, "ACC"))),
            "falta naturaleza",
        ),
        (
            "repetido",
            libro(A=acta(UNA, UNA)),
            "fila 11, columna Enunciado: es el mismo enunciado de la fila 10",
        ),
        ("sin enunciados", libro(A=acta()), "no hay ningún enunciado"),
        (
            "sin nada",
            libro(A=acta(participantes=None, soporte=None)),
            "no hay ningún enunciado",
        ),
        (
            "solo instrucciones",
            libro(Instrucciones=[["Lea"]]),
            "no hay ningún enunciado",
        ),
        (
            "hoja ajena",
            libro(A=acta(UNA), Notas=[["Recordar"]]),
            "hoja Notas: la hoja no tiene la forma de un acta",
        ),
        (
            "hoja vacía",
            libro(A=acta(UNA), Hoja1=[]),
            "hoja Hoja1: la hoja no tiene la forma",
        ),
        (
            "hoja con la tabla",
            libro(T=[ENCABEZADO_CSV[:3], (MAR_A, 8, "papel")]),
            "no tiene la forma",
        ),
        (
            "misma mesa dos veces",
            libro(A=acta(UNA), Copia=acta(OTRA)),
            "hoja Copia: la mesa ya está en la hoja «A»",
        ),
        (
            "clave ajena",
            libro(A=acta(UNA, mesa_id="inventada-2021-1-A")),
            "fila 2, columna Clave de la mesa: .*Quiso decir",
        ),
        ("clave vacía", libro(A=acta(UNA, mesa_id="")), "Clave de la mesa: está vacía"),
        (
            "sin la clave",
            libro(A=con_fila(acta(UNA), 1, [])),
            "falta la casilla «Clave de la mesa»",
        ),
        (
            "sin participantes",
            libro(A=con_fila(acta(UNA), 5, [])),
            "falta la casilla «Participantes»",
        ),
        (
            "casilla con otro nombre",
            libro(A=con_fila(acta(UNA), 5, ["Participante", 8])),
            "¿Quiso decir «Participantes»",
        ),
        (
            "casilla repetida",
            libro(A=con_fila(acta(UNA), 7, ["Letra", "B"])),
            "columna Letra: la casilla se repite",
        ),
        (
            "nota en la cabecera",
            libro(A=con_fila(acta(UNA), 7, [None, None, "Ojo"])),
            "fila 8: «Ojo» está fuera de lugar",
        ),
        (
            "letra de otra mesa",
            libro(A=acta(UNA, letra="B")),
            "columna Letra: «B» no es lo que corresponde a la mesa",
        ),
        (
            "tema de otra mesa",
            libro(A=acta(UNA, tema="2. Bosques")),
            "columna Tema: «2. Bosques» no es",
        ),
        (
            "otro diálogo",
            libro(A=acta(UNA, dialogo="Diálogo del Norte")),
            "columna Diálogo: ",
        ),
        (
            "sin una columna",
            libro(A=acta(("1", "Abrir"), titulos=sin_tipo)),
            "hoja A, fila 9, columna Tipo: falta la columna",
        ),
        (
            "columna de más",
            libro(A=acta(UNA, titulos=(*TITULOS, "Nombre"))),
            "columna Nombre: la columna sobra",
        ),
        (
            "columna repetida",
            libro(A=acta(UNA, titulos=(*TITULOS, "Tipo"))),
            "columna Tipo: la columna se repite",
        ),
        (
            "columna renombrada",
            libro(A=acta(UNA, titulos=(*TITULOS[:4], "Observasiones"))),
            "¿Quiso decir «Observación»",
        ),
        (
            "fuera de columnas",
            libro(A=acta((*UNA, None, "suelto"))),
            "fila 10, columna G: «suelto» está fuera",
        ),
        ("sin encabezado", libro(A=con_fila(acta(UNA), 8, [])), "no tiene la forma"),
        (
            "faltas en dos hojas",
            libro(A=acta(("7", "Abrir")), B=acta(("1", "=1"), mesa_id=MAR_B)),
            "(?s)hoja A.*no es una pregunta.*hoja B.*fórmula",
        ),
        ("HTML", libro(A=acta(("1", "<b>Abrir</b> & cerrar"))), None),
        (
            "tema que parece fórmula",
            libro(A=acta(("1", "Abrir viveros"), mesa_id=MONTE_B)),
            None,
        ),
    ]
    return [
        Caso(f"libro: {nombre}", "acta.xlsx", contenido, espera)
        for nombre, contenido, espera in casos
    ]


def casos() -> list[Caso]:
    """Todos los casos, siempre los mismos y en el mismo orden."""
    return [
        *_de_celdas(),
        *_de_columnas(),
        *_de_filas(),
        *_de_archivos(),
        *_de_libros(),
    ]

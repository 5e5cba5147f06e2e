"""La hoja que explica cómo llenar el acta, en pocas líneas."""

from xlsxwriter.worksheet import Worksheet

from datos.actas.forma import LARGO_TEXTO
from datos.actas.formatos import Formatos, imprimible

INSTRUCCIONES: tuple[tuple[str, str | None], ...] = (
    ("Qué va en cada lugar", None),
    ("", "Una hoja por mesa. Llene solo su hoja: la cabecera ya dice cuál es."),
    ("Participantes", "Cuántas personas hubo. Vacío es «no consta», que no es 0."),
    ("Soporte del acta", "Si hay papel firmado, un archivo digital o solo el informe."),
    ("Pregunta", "De la lista, la que responde. Vacía si no responde ninguna."),
    ("Enunciado", f"Lo que dijo la mesa, uno por fila; hasta {LARGO_TEXTO} letras."),
    ("Naturaleza y Tipo", "De la lista. Van juntas: llene ambas o deje ambas vacías."),
    ("Observación", "Lo que ayude a entender el enunciado. No es obligatoria."),
    ("Qué es un enunciado", None),
    ("1", "Una acción que se pide o un juicio que se hace, con su objeto."),
    ("2", "Una oración que pide dos cosas da dos enunciados: van en dos filas."),
    ("3", "La razón no se separa, salvo que critique o reconozca algo por sí misma."),
    ("4", "Los ejemplos no se separan, y lo repetido en la mesa se escribe una vez."),
    ("Qué no escribir", None),
    ("", "Nombres de personas, RUT, correos ni teléfonos."),
    ("", "Fórmulas, ni textos que empiecen con =, + o @."),
    ("", "Otros títulos ni columnas. La clave de la mesa no se cambia."),
)


def escribir_instrucciones(hoja: Worksheet, formatos: Formatos) -> None:
    """Escribe la hoja, que no se puede cambiar."""
    imprimible(hoja)
    hoja.set_column(0, 0, 22)
    hoja.set_column(1, 1, 88)
    hoja.write_string(0, 0, "Cómo llenar el acta de una mesa", formatos.titulo)
    for fila, (rotulo, texto) in enumerate(INSTRUCCIONES, start=2):
        if texto is None:
            hoja.write_string(fila, 0, rotulo, formatos.rotulo)
        else:
            hoja.write_string(fila, 0, rotulo, formatos.fijo)
            hoja.write_string(fila, 1, texto, formatos.fijo)
    hoja.protect()

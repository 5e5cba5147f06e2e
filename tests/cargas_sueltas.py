"""Cargas pequeñas, escritas a mano, para probar lo que una carga provoca."""

import hashlib

from datos.escritura import Anotador
from datos.filas import Fila, ahora

CODIGOS = {"naturaleza": "recomendacion", "tipo": "TIC", "recurso": "tesoro"}
PALABRAS = ("cursos", "noche", "señal", "oficios", "pequeñas", "empresas", "avisar")


def _enunciados(
    anotador: Anotador, tema: str, mesa: str | None, documento: str, cuantos: int
) -> None:
    """Agrega enunciados a un tema, con su cita; de cada tres, dos codificados."""
    ((ultimo,),) = anotador.con.execute(
        "select coalesce(max(orden), 0) from enunciados where tema_dialogo_id = ?",
        [tema],
    ).fetchall()
    preguntas = anotador.con.execute(
        "select pregunta_id from preguntas where tema_dialogo_id = ? order by 1", [tema]
    ).fetchall()
    filas: dict[str, list[Fila]] = {
        "enunciados": [], "sin_pregunta": [], "citas": [], "codificaciones": []
    }  # fmt: skip
    for orden in range(ultimo + 1, ultimo + cuantos + 1):
        clave = f"{anotador.carga_id}-{tema}-{orden}"
        pregunta = preguntas[0][0] if preguntas and orden % 2 else None
        texto = f"{PALABRAS[orden % 7].capitalize()} {PALABRAS[orden % 3]} {orden}"
        filas["enunciados"].append(
            {"enunciado_id": clave, "tema_dialogo_id": tema, "mesa_id": mesa,
             "pregunta_id": pregunta, "nivel_atribucion": "mesa" if mesa else "tema",
             "orden": orden, "texto": texto, "certeza": "alta", "reitera_a": None}
        )  # fmt: skip
        if pregunta is None:
            filas["sin_pregunta"].append({"enunciado_id": clave})
        filas["citas"].append(
            {"cita_id": f"{clave}-c1", "enunciado_id": clave,
             "documento_id": documento, "seccion": "1", "parrafo": orden,
             "primer_caracter": 1, "ultimo_caracter": 9, "sha256": "a" * 64}
        )  # fmt: skip
        filas["codificaciones"] += [
            {"codificacion_id": f"{clave}-{faceta}", "enunciado_id": clave,
             "libro_id": "v1", "faceta": faceta, "codigo": codigo,
             "codificador_id": "lectura-1", "fecha": ahora().date(),
             "es_principal": True, "nota": None}
            for faceta, codigo in (CODIGOS.items() if orden % 3 else ())
        ]  # fmt: skip
    # Tabla por tabla, como las cargas de verdad: así se deshacen, al revés.
    for tabla, suyas in filas.items():
        anotador.agregar(tabla, *suyas)


def _documento(anotador: Anotador, clase: str) -> str:
    clave = f"doc-{anotador.carga_id}"
    anotador.agregar(
        "documentos",
        {"documento_id": clave, "titulo": clave, "clase": clase,
         "sha256": hashlib.sha256(clave.encode()).hexdigest(), "cargado": None,
         "texto": None},
    )  # fmt: skip
    return clave


def un_dialogo(anotador: Anotador, region: str, anio: int | None, cuantos: int) -> str:
    """Carga un diálogo nuevo: un tema nuevo y uno conocido, con mesas y un grupo."""
    documento = _documento(anotador, "informe")
    dialogo = f"d-{anotador.carga_id[-6:]}"
    ((numero,),) = anotador.con.execute("select max(tema_id) + 1 from temas").fetchall()
    anotador.agregar("temas", {"tema_id": numero, "nombre": f"Tema {numero}"})
    grupo = f"g-{dialogo}"
    anotador.agregar("grupos", {"grupo_id": grupo, "nombre": f"Grupo {dialogo}"})
    anotador.agregar(
        "dialogos",
        {"dialogo_id": dialogo, "nombre": dialogo, "servicio": "Uno",
         "region_id": region, "comuna_id": None, "lugar": None, "anio": anio,
         "mes": None, "dia": None, "fecha_certeza": "parcial" if anio else "no_consta",
         "fecha_razon": "Se supo así.", "documento_id": documento,
         "es_ficticio": False},
    )  # fmt: skip
    temas = {f"{dialogo}-{n}": tema for n, tema in enumerate((1, numero), start=1)}
    anotador.agregar(
        "temas_dialogo",
        *({"tema_dialogo_id": clave, "dialogo_id": dialogo, "tema_id": tema,
           "numero": int(clave[-1]), "nombre": clave, "nombre_conclusiones": clave}
          for clave, tema in temas.items()),
    )  # fmt: skip
    anotador.agregar(
        "preguntas",
        *({"pregunta_id": f"{clave}-p1", "tema_dialogo_id": clave, "orden": 1,
           "texto": "¿Qué falta?", "clave": "comun", "interrogantes": 1}
          for clave in temas),
    )  # fmt: skip
    anotador.agregar(
        "mesas",
        *({"mesa_id": f"{clave}-{letra}", "tema_dialogo_id": clave, "letra": letra,
           "participantes": None, "registro": "conjunto"}
          for clave in temas for letra in "AB"),
    )  # fmt: skip
    anotador.agregar(
        "mesas_grupos",
        *({"mesa_grupo_id": f"{clave}-g", "tema_dialogo_id": clave, "mesa_id": None,
           "grupo_id": grupo, "como_figura": grupo} for clave in temas),
    )  # fmt: skip
    _enunciados(anotador, list(temas)[cuantos % 2], None, documento, cuantos)
    return "Un diálogo."


def un_acta(anotador: Anotador, mesa: str, cuantos: int) -> str:
    """Carga el acta de una mesa, cuyos enunciados de antes dejan de regir."""
    documento = _documento(anotador, "acta")
    ((tema,),) = anotador.con.execute(
        "select tema_dialogo_id from mesas where mesa_id = ?", [mesa]
    ).fetchall()
    for (clave,) in anotador.con.execute(
        "select enunciado_id from enunciados where mesa_id = ? and enunciado_id not in"
        " (select enunciado_id from retirados) order by 1",
        [mesa],
    ).fetchall():
        retiro = {"enunciado_id": clave, "carga_id": anotador.carga_id}
        anotador.agregar("retirados", retiro)
    anotador.cambiar("mesas", {"mesa_id": mesa}, {"registro": "propio"})
    _enunciados(anotador, tema, mesa, documento, cuantos)
    return "Un acta."

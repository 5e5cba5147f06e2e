"""Los temas de un diálogo nuevo: preguntas, mesas y a quiénes se convocó."""

from datos.borrador import Borrador, clave_de
from datos.enunciados_nuevos import Claves
from datos.escritura import Anotador
from datos.leido import TemaLeido


def _tema_canonico(anotador: Anotador, tema: TemaLeido, elegido: int | None) -> int:
    if elegido is not None:
        return elegido
    ((ultimo,),) = anotador.con.execute(
        "select coalesce(max(tema_id), 0) from temas"
    ).fetchall()
    nombre = tema.nombre
    tomado = anotador.con.execute(
        "select tema_id from temas where nombre = ?", [nombre]
    ).fetchall()
    if tomado:
        existente: int = tomado[0][0]
        return existente
    anotador.agregar("temas", {"tema_id": ultimo + 1, "nombre": nombre})
    nuevo: int = ultimo + 1
    return nuevo


def _grupo(anotador: Anotador, como_figura: str) -> str:
    clave = clave_de(como_figura)
    for grupo_id, nombre in anotador.con.execute(
        "select grupo_id, nombre from grupos order by grupo_id"
    ).fetchall():
        # «usuarios/as» y «Usuarios y usuarias» son el mismo: manda la primera palabra
        # si es la única llena.
        if clave in (grupo_id, clave_de(nombre)) or clave == f"{grupo_id}-as":
            existente: str = grupo_id
            return existente
    anotador.agregar("grupos", {"grupo_id": clave, "nombre": como_figura.capitalize()})
    return clave


def agregar_temas(anotador: Anotador, borrador: Borrador, claves: Claves) -> None:
    """Agrega los temas con sus preguntas, sus dos mesas y sus convocados."""
    elegidos = dict(borrador.ficha.temas)
    for tema in borrador.informe.temas:
        clave = claves.tema(tema.numero)
        anotador.agregar(
            "temas_dialogo",
            {
                "tema_dialogo_id": clave,
                "dialogo_id": claves.dialogo,
                "tema_id": _tema_canonico(anotador, tema, elegidos.get(tema.numero)),
                "numero": tema.numero,
                "nombre": tema.nombre,
                "nombre_conclusiones": tema.nombre_conclusiones or tema.nombre,
            },
        )
        anotador.agregar(
            "preguntas",
            *(
                {
                    "pregunta_id": f"{clave}-p{p.orden}",
                    "tema_dialogo_id": clave,
                    "orden": p.orden,
                    "texto": p.texto,
                    "clave": f"{claves.dialogo}-{p.clave}" if p.clave else None,
                    "interrogantes": p.interrogantes,
                }
                for p in tema.preguntas
            ),
        )
        mesas = [f"{clave}-{letra}" for letra in "AB"]
        registro = "conjunto" if tema.parrafos else "sin registro"
        anotador.agregar(
            "mesas",
            *(
                {
                    "mesa_id": mesa,
                    "tema_dialogo_id": clave,
                    "letra": mesa[-1],
                    "participantes": None,
                    "registro": registro,
                }
                for mesa in mesas
            ),
        )
        anotador.agregar(
            "actas",
            *(
                {"mesa_id": mesa, "soporte": "solo_informe", "documento_id": None}
                for mesa in mesas
            ),
        )
        grupos = dict.fromkeys(
            (_grupo(anotador, grupo), grupo) for grupo in tema.grupos
        )
        anotador.agregar(
            "mesas_grupos",
            *(
                {
                    "mesa_grupo_id": f"{clave}-{grupo}",
                    "tema_dialogo_id": clave,
                    "mesa_id": None,
                    "grupo_id": grupo,
                    "como_figura": como,
                }
                for grupo, como in grupos
            ),
        )

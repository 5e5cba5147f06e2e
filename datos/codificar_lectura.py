"""Una lectura de un enunciado: qué dice, si sirve, y cómo se escribe."""

from collections.abc import Sequence

from duckdb import DuckDBPyConnection

from datos.codificar_valores import Lectura, Lugar
from datos.edicion import Editor
from datos.enunciados_nuevos import clave_de_codigo
from datos.errores import ErrorDeDatos
from datos.filas import ahora
from datos.historia import version_nueva
from datos.libros import FACETAS, libro_vigente


def revisar(con: DuckDBPyConnection, lugar: Lugar, lectura: Lectura) -> None:
    """Lanza ErrorDeDatos si el enunciado, el libro o algún código no están."""
    if not con.execute(
        "select 1 from enunciados where enunciado_id = ? and enunciado_id not in"
        " (select enunciado_id from retirados)",
        [lugar.enunciado],
    ).fetchall():
        raise ErrorDeDatos(
            "Ese enunciado ya no está: lo quitó una carga posterior. Vuelva a abrir la"
            " página y siga con otro."
        )
    if con.execute(
        "select 1 from libros_versiones where libro_id = ? and publicado is null",
        [lugar.libro],
    ).fetchall():
        raise ErrorDeDatos(
            "Esa versión del libro todavía se prepara. Publíquela en Libro de códigos"
            " antes de codificar con ella."
        )
    if lugar.libro != libro_vigente(con):
        raise ErrorDeDatos(
            "Entretanto se publicó otra versión del libro. Lo suyo no se guardó y sigue"
            " en pantalla: revíselo con los códigos de ahora y guarde de nuevo."
        )
    for faceta in FACETAS:
        codigo = getattr(lectura, faceta)
        if not con.execute(
            "select 1 from codigos where libro_id = ? and faceta = ? and codigo = ?",
            [lugar.libro, faceta, codigo],
        ).fetchall():
            raise ErrorDeDatos(
                f"Falta elegir {faceta}, o «{codigo}» no está en esa versión del libro."
                " Elija un código de la lista."
            )
    conocidos = con.execute("select instrumento_id from instrumentos").fetchall()
    if ajenos := set(lectura.instrumentos) - {i for (i,) in conocidos}:
        raise ErrorDeDatos(
            f"No existe el instrumento «{min(ajenos)}». Elija uno de la lista."
        )


def version_de(editor: Editor, lugar: Lugar) -> int | None:
    """Devuelve la versión de una lectura, o None si no la hay."""
    fila = editor.leer("lecturas", lugar.clave())
    return None if fila is None else int(str(fila["version"]))


def _codigos(editor: Editor, lugar: Lugar, lectura: Lectura, cuenta: bool) -> bool:
    hay = dict(
        editor.con.execute(
            "select faceta, codificacion_id from codificaciones where enunciado_id = ?"
            " and libro_id = ? and codificador_id = ?",
            list(lugar.clave().values()),
        ).fetchall()
    )
    cambio = False
    hoy = ahora().date()
    for faceta in FACETAS:
        codigo = getattr(lectura, faceta)
        # Solo al trasladar: hay lecturas de cargas a las que les falta el recurso.
        if not codigo:
            continue
        if faceta in hay:
            clave = {"codificacion_id": hay[faceta]}
            nuevos: dict[str, object] = {"codigo": codigo, "es_principal": cuenta}
            previa = editor.leer("codificaciones", clave) or {}
            if previa["codigo"] != codigo:
                nuevos["fecha"] = hoy
            cambio |= editor.cambiar("codificaciones", clave, nuevos)
            continue
        llave = clave_de_codigo(lugar.enunciado, lugar.libro, faceta, lugar.codificador)
        editor.agregar(
            "codificaciones",
            {
                "codificacion_id": llave,
                "enunciado_id": lugar.enunciado,
                "libro_id": lugar.libro,
                "faceta": faceta,
                "codigo": codigo,
                "codificador_id": lugar.codificador,
                "fecha": hoy,
                "es_principal": cuenta,
                "nota": None,
            },
        )
        cambio = True
    return cambio


def _instrumentos(editor: Editor, lugar: Lugar, lectura: Lectura, cuenta: bool) -> bool:
    filas = editor.con.execute(
        "select instrumento_id from enunciados_instrumentos where enunciado_id = ?"
        " and codificador_id = ?",
        [lugar.enunciado, lugar.codificador],
    ).fetchall()
    hay = {i for (i,) in filas}
    pedidos = set(lectura.instrumentos)
    cambio = hay != pedidos
    for instrumento in sorted(hay | pedidos):
        clave: dict[str, object] = {
            "enunciado_id": lugar.enunciado,
            "instrumento_id": instrumento,
            "codificador_id": lugar.codificador,
        }
        if instrumento not in pedidos:
            editor.quitar("enunciados_instrumentos", clave)
        elif instrumento in hay:
            cambio |= editor.cambiar(
                "enunciados_instrumentos", clave, {"es_principal": cuenta}
            )
        else:
            hoy = ahora().date()
            editor.agregar(
                "enunciados_instrumentos",
                {**clave, "fecha": hoy, "es_principal": cuenta},
            )
    return cambio


def _dejar(
    editor: Editor,
    enunciado: str,
    codigos: Sequence[tuple[str]],
    instrumentos: Sequence[tuple[str, str]],
    cuenta: bool,
) -> None:
    """Deja códigos e instrumentos, estos con su codificador, como contados o no."""
    for (clave,) in codigos:
        editor.cambiar(
            "codificaciones", {"codificacion_id": clave}, {"es_principal": cuenta}
        )
    for instrumento, codificador in instrumentos:
        clave_i = {
            "enunciado_id": enunciado,
            "instrumento_id": instrumento,
            "codificador_id": codificador,
        }
        editor.cambiar("enunciados_instrumentos", clave_i, {"es_principal": cuenta})


def marcar(editor: Editor, lugar: Lugar, cuenta: bool) -> None:
    """Deja una lectura que ya está como la que se cuenta, o como una más."""
    codigos = editor.con.execute(
        "select codificacion_id from codificaciones where enunciado_id = ?"
        " and libro_id = ? and codificador_id = ? order by 1",
        list(lugar.clave().values()),
    ).fetchall()
    instrumentos = editor.con.execute(
        "select instrumento_id, codificador_id from enunciados_instrumentos"
        " where enunciado_id = ? and codificador_id = ? order by 1",
        [lugar.enunciado, lugar.codificador],
    ).fetchall()
    _dejar(editor, lugar.enunciado, codigos, instrumentos, cuenta)


def _soltar_las_otras(editor: Editor, lugar: Lugar) -> None:
    """Deja de contar lo principal de otras lecturas del enunciado."""
    # Las condiciones van aquí: en la pregunta, DuckDB recorrería las tablas enteras.
    codigos = editor.con.execute(
        "select codificacion_id, libro_id, codificador_id, es_principal"
        " from codificaciones where enunciado_id = ? order by 1",
        [lugar.enunciado],
    ).fetchall()
    instrumentos = editor.con.execute(
        "select instrumento_id, codificador_id, es_principal"
        " from enunciados_instrumentos where enunciado_id = ? order by all",
        [lugar.enunciado],
    ).fetchall()
    _dejar(
        editor,
        lugar.enunciado,
        [
            (clave,)
            for clave, *de, cuenta in codigos
            if cuenta and de != [lugar.libro, lugar.codificador]
        ],
        [
            (i, de)
            for i, de, cuenta in instrumentos
            if cuenta and de != lugar.codificador
        ],
        False,
    )


def poner(
    editor: Editor, lugar: Lugar, lectura: Lectura, *, cuenta: bool, adjudica: bool
) -> int:
    """Escribe una lectura entera y devuelve su versión; si nada cambia, no escribe.

    Si se `cuenta`, las otras del enunciado dejan de contarse. La fila de `lecturas` se
    anota la última: en la bitácora cierra cada guardado.
    """
    if cuenta:
        _soltar_las_otras(editor, lugar)
    cambio = _codigos(editor, lugar, lectura, cuenta)
    cambio |= _instrumentos(editor, lugar, lectura, cuenta)
    nota = (lectura.nota or "").strip() or None
    fila = editor.leer("lecturas", lugar.clave())
    if fila is None:
        # Tampoco se repite la de otra versión del libro: quién y qué número bastan
        # para saber qué lectura se vio.
        ((otras,),) = editor.con.execute(
            "select coalesce(max(version), 0) from lecturas where enunciado_id = ?"
            " and codificador_id = ?",
            [lugar.enunciado, lugar.codificador],
        ).fetchall()
        nueva = max(
            version_nueva(editor.con, "lecturas", lugar.clave()), int(otras) + 1
        )
        resto = {"momento": ahora(), "es_adjudicacion": adjudica, "nota": nota}
        editor.agregar("lecturas", {**lugar.clave(), **resto, "version": nueva})
        return nueva
    if cambio or fila["nota"] != nota:
        editor.cambiar("lecturas", lugar.clave(), {"momento": ahora(), "nota": nota})
    return version_de(editor, lugar) or 1

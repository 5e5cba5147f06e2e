"""Qué cuenta es quién y qué puede, según lo configurado y lo que dice el proveedor."""

from typing import Any

import pytest

from datos.errores import ErrorDeDatos
from datos.permisos import NADIE, Rol
from tablero.cuentas import Cuentas, leer

AUTH = {"cookie_secret": "x" * 32}
AHORA = 1_800_000_000.0
PERSONAS: dict[str, dict[str, Any]] = {
    "ana": {"rol": "edicion", "regiones": ["02"], "seudonimo": "equipo-norte"},
    "eva": {"rol": "edicion", "regiones": "todas"},
    "leo": {"rol": "lectura"},
    "fuera": {"rol": "ninguno"},
    "jefa": {"rol": "administracion", "seudonimo": "jefatura"},
}


def cuentas(**puesto: object) -> Cuentas:
    return leer(AUTH, {"personas": PERSONAS, **puesto})


def reclamos(sub: str, **otros: object) -> dict[str, Any]:
    return {"iss": "https://entrada.example", "sub": sub, "iat": AHORA - 60, **otros}


def test_cada_persona_tiene_su_rol_su_seudonimo_y_sus_regiones() -> None:
    ana = cuentas().persona(reclamos("ana"), AHORA)
    assert (ana.seudonimo, ana.rol, ana.regiones) == (
        "equipo-norte", Rol.EDICION, frozenset({"02"}),
    )  # fmt: skip
    assert cuentas().persona(reclamos("eva"), AHORA).regiones is None
    assert cuentas().persona(reclamos("jefa"), AHORA).rol is Rol.ADMINISTRACION


def test_sin_seudonimo_se_le_da_uno_que_no_dice_quien_es() -> None:
    leo = cuentas().persona(reclamos("leo"), AHORA)
    assert leo.seudonimo == cuentas().persona(reclamos("leo"), AHORA).seudonimo
    assert "leo" not in leo.seudonimo
    otro = cuentas().persona(reclamos("leo", iss="https://otra.example"), AHORA)
    assert otro.seudonimo != leo.seudonimo


@pytest.mark.parametrize("quien", ["nadie", "ANA", "fuera"])
def test_quien_no_esta_o_esta_excluido_no_puede_nada(quien: str) -> None:
    assert cuentas().persona(reclamos(quien), AHORA).rol is Rol.NINGUNO


@pytest.mark.parametrize("iat", [None, "hoy", AHORA - 12 * 3600 - 1])
def test_una_sesion_vencida_o_sin_hora_no_es_de_nadie(iat: object) -> None:
    assert cuentas().persona(reclamos("ana", iat=iat), AHORA) == NADIE


def test_el_rol_que_da_el_proveedor_se_traduce_y_la_lista_manda_sobre_el() -> None:
    con_rol = cuentas(
        reclamo_rol="grupos", reclamo_regiones="regiones",
        roles={"lee": "lectura", "edita": "edicion", "manda": "administracion"},
    )  # fmt: skip
    uno = con_rol.persona(reclamos("x", grupos=["lee", "edita"], regiones="05"), AHORA)
    assert (uno.rol, uno.regiones) == (Rol.EDICION, frozenset({"05"}))
    sin_region = con_rol.persona(reclamos("x", grupos="edita"), AHORA)
    assert sin_region.regiones == frozenset()
    assert con_rol.persona(reclamos("x", grupos="manda"), AHORA).regiones is None
    assert con_rol.persona(reclamos("x", grupos=["otro"]), AHORA).rol is Rol.NINGUNO
    excluida = con_rol.persona(reclamos("fuera", grupos="manda"), AHORA)
    assert excluida.rol is Rol.NINGUNO


def test_por_correo_solo_entra_quien_lo_tiene_verificado() -> None:
    por_correo = leer(
        AUTH, {"cuenta": "email", "personas": {"A@x.cl": {"rol": "lectura"}}}
    )
    bien = reclamos("1", email="a@X.cl", email_verified=True)
    assert por_correo.persona(bien, AHORA).rol is Rol.LECTURA
    assert por_correo.persona({**bien, "email_verified": False}, AHORA) == NADIE
    del bien["email_verified"]
    assert por_correo.persona(bien, AHORA) == NADIE


@pytest.mark.parametrize(
    ("auth", "puesto", "dicho"),
    [
        ({"cookie_secret": "corto"}, {"personas": PERSONAS}, "openssl rand"),
        ({}, {"personas": PERSONAS}, "cookie_secret"),
        ({**AUTH, "expose_tokens": "id"}, {"personas": PERSONAS}, "expose_tokens"),
        (AUTH, {}, "nadie podría entrar"),
        (AUTH, {"roles": {"a": "lectura"}}, "nadie podría entrar"),
        (AUTH, {"personas": PERSONAS, "hora": 3}, "hora: no existe"),
        (AUTH, {"personas": PERSONAS, "horas": 0}, "horas"),
        (AUTH, {"personas": PERSONAS, "horas": True}, "horas"),
        (AUTH, {"personas": {"a": {"rol": "Lectura"}}}, "no es un rol"),
        (AUTH, {"personas": {"a": {}}}, "no es un rol"),
        (AUTH, {"personas": {"a": {"rol": "edicion"}}}, "quien edita dice dónde"),
        (AUTH, {"personas": {"a": {"rol": "edicion", "regiones": ["2"]}}}, "02"),
        (AUTH, {"personas": {"a": {"rol": "lectura", "seudonimo": "Ana P"}}}, "letras"),
        (AUTH, {"personas": {"a": {"rol": "lectura", "nota": 1}}}, "nota"),
        (AUTH, {"personas": {n: {"rol": "lectura", "seudonimo": "uno"} for n in "ab"}},
         "dos cuentas firman «uno»"),
    ],
)  # fmt: skip
def test_lo_que_no_se_entiende_se_dice_con_su_lugar(
    auth: dict[str, Any], puesto: dict[str, Any], dicho: str
) -> None:
    with pytest.raises(ErrorDeDatos, match=r"secrets\.toml") as error:
        leer(auth, puesto)
    assert dicho in str(error.value)

"""La auditoría de dependencias no calla: dice si hay faltas y si no pudo preguntar."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import RAIZ

SANA = {"name": "sana", "version": "1", "vulns": []}
FALTA = {"id": "PYSEC-1", "fix_versions": ["2"], "aliases": [], "description": ""}
ENFERMA = {"name": "enferma", "version": "1", "vulns": [FALTA]}
AJENA = {"name": "ajena", "skip_reason": "Dependency not found on PyPI"}


@pytest.mark.parametrize(
    ("respuesta", "codigo", "dicho"),
    [
        (json.dumps({"dependencies": [SANA]}), 0, "ninguna falta conocida en 1"),
        (json.dumps({"dependencies": [SANA, ENFERMA]}), 1, "enferma 1: PYSEC-1"),
        (json.dumps({"dependencies": [SANA, AJENA]}), 2, "SIN REVISAR: a 1 de 2"),
        (json.dumps({"dependencies": []}), 2, ""),
        ("", 2, "SIN REVISAR: el servicio no respondió"),
    ],
)
def test_la_auditoria_no_calla(
    tmp_path: Path, respuesta: str, codigo: int, dicho: str
) -> None:
    ajeno = tmp_path / "pip-audit"
    ajeno.write_text(f"#!/bin/sh\necho '{respuesta}'\n", encoding="utf-8")
    ajeno.chmod(0o755)
    corrida = subprocess.run(
        [sys.executable, ".ci/auditoria.py", str(ajeno), str(tmp_path)],
        cwd=RAIZ, capture_output=True, text=True,
    )  # fmt: skip
    assert corrida.returncode == codigo and dicho in corrida.stdout

"""El entorno de cada rival: lo suyo y nada más, con versión exacta.

Se crean bajo la carpeta temporal del sistema y se vuelven a usar mientras no cambie lo
que piden: nada de ellos entra en los requisitos del proyecto.
"""

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

CARPETA = Path(__file__).parent / "requisitos"
ENTORNOS = Path(tempfile.gettempdir()) / "tablero-entornos"


class SinEntorno(Exception):
    """No se pudo instalar lo que un rival pide; el mensaje dice qué y por qué."""


def python_de(nombre: str) -> Path:
    """Devuelve el Python del entorno de un rival; si falta, lo crea.

    Lanza SinEntorno si pip no consigue los paquetes.
    """
    pedido = CARPETA / f"{nombre}.txt"
    version = hashlib.sha256(pedido.read_bytes() + sys.version.encode()).hexdigest()
    entorno = ENTORNOS / f"{nombre}-{version[:12]}"
    python, listo = entorno / "bin" / "python", entorno / "listo"
    if listo.exists():
        return python
    crear = [sys.executable, "-m", "venv", "--clear", str(entorno)]
    instalar = [str(python), "-m", "pip", "install", "--quiet",
                "--disable-pip-version-check", "-r", str(pedido)]  # fmt: skip
    for orden in (crear, instalar):
        hecho = subprocess.run(orden, capture_output=True, text=True, check=False)
        if hecho.returncode:
            ultimas = " ".join(hecho.stderr.strip().splitlines()[-2:])
            raise SinEntorno(
                f"No se pudo instalar {nombre} y no se mide (could not install"
                f" {nombre}; not measured): {ultimas}"
            )
    listo.touch()
    return python

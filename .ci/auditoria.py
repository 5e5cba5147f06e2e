"""Pregunta por las faltas conocidas de lo instalado, y dice si no se pudo preguntar.

python .ci/auditoria.py PIP_AUDIT CARPETA_DE_PAQUETES

Termina en 0 si no hay ninguna, en 1 si las hay y en 2 si algo quedó sin revisar:
pip-audit termina bien aunque su servicio no conozca ni un paquete.
"""

import json
import subprocess
import sys


def auditar(pip_audit: str, paquetes: str) -> int:
    """Corre pip-audit sobre una carpeta de paquetes y cuenta lo que halló."""
    orden = [pip_audit, "--path", paquetes, "-f", "json", "--progress-spinner", "off"]
    corrida = subprocess.run(  # noqa: S603  (la orden es de quien llama)
        orden, capture_output=True, text=True, check=False
    )
    try:
        todos = json.loads(corrida.stdout)["dependencies"]
    except (ValueError, KeyError):
        ultima = corrida.stderr.strip().splitlines()[-1:]
        print("DEPENDENCIAS SIN REVISAR: el servicio no respondió.", *ultima)
        return 2
    faltas = [(uno, falta) for uno in todos for falta in uno.get("vulns", ())]
    for uno, falta in faltas:
        remedio = ", ".join(falta["fix_versions"]) or "aún no hay"
        print(f"{uno['name']} {uno['version']}: {falta['id']}; remedio: {remedio}")
    sin_revisar = [uno["name"] for uno in todos if "skip_reason" in uno]
    if sin_revisar:
        print(
            f"DEPENDENCIAS SIN REVISAR: a {len(sin_revisar)} de {len(todos)} no las"
            " conoce el servicio de faltas. Repita en un equipo con salida a internet."
        )
    elif not faltas:
        print(f"Dependencias: ninguna falta conocida en {len(todos)}.")
    return 1 if faltas else 2 if sin_revisar or not todos else 0


if __name__ == "__main__":
    sys.exit(auditar(*sys.argv[1:3]))

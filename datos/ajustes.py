"""Los ajustes con que se cierra toda base que se abre para atender o revisar."""

Ajustes = dict[str, str | bool | int | float | list[str]]

# Lo que llega de fuera nunca debe lograr que la base lea o escriba otros archivos.
CERRADA: Ajustes = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    # Ni las claves que alguien guardó en este equipo ni las variables de Python.
    "allow_persistent_secrets": False,
    "python_enable_replacements": False,
}

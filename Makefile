# Órdenes del proyecto. Solo piden make y Python 3.11 o posterior.
PYTHON ?= python3
PUERTO ?= 8501
V := .venv
BIN := $(V)/bin

.PHONY: run run-grande base test check formato bench resistencia cluster seguridad personales dorados navegador proxy limpiar
.DEFAULT_GOAL := run

$(V)/run: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Se necesita Python 3.11 o posterior.")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(V)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(V)/dev: requirements.txt requirements-spark.txt requirements-dev.txt | $(V)/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

run: $(V)/run ## crea el entorno, construye la base si falta y sirve el tablero
	@$(BIN)/python -m datos.construir --si-falta
	@echo "Tablero en http://localhost:$(PUERTO)  (Ctrl+C para detenerlo)"
	@$(BIN)/streamlit run dashboard.py --server.port $(PUERTO)

GRANDE := datos/grande.duckdb
ENUNCIADOS ?= 100000

run-grande: $(V)/run ## lo mismo, con ENUNCIADOS sintéticos marcados como ficticios
	@test -f $(GRANDE) || $(BIN)/python -m pruebas_de_carga.sintetico.generar $(GRANDE) --enunciados $(ENUNCIADOS)
	@TABLERO_BD=$(GRANDE) $(MAKE) --no-print-directory run

base: $(V)/run ## vuelve a construir la base desde datos/fuente
	$(BIN)/python -m datos.construir

navegador: $(V)/dev ## consigue un Chromium si no hay ninguno
	@CHROMIUM="$$CHROMIUM" sh .ci/navegador $(BIN)/python

proxy: ## consigue un nginx, para probar deploy/, si no hay ninguno
	@sh .ci/proxy

test: $(V)/dev navegador proxy ## todas las pruebas, navegador incluido
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: $(V)/dev ## formato, estilo, tipos, capas y pruebas rápidas
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/sqlfluff lint --disable-progress-bar consultas datos
	$(BIN)/mypy
	PYTHONPATH=. $(BIN)/lint-imports --no-cache
	$(if $(SIN_PRUEBAS),,$(BIN)/python -m pytest -m "not navegador")

formato: $(V)/dev ## arregla lo que se arregla solo
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/sqlfluff fix --disable-progress-bar consultas datos

# Con 2000000 tarda varios minutos y pide unos 6 GB de disco.
TAMANOS ?= 1000 100000

bench: $(V)/dev ## CPU por vuelta de cada página; y las preguntas, junto a otros motores
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	$(BIN)/python -m pruebas_de_carga.vueltas 2>/dev/null
	$(BIN)/python -m pruebas_de_carga.motores.comparar --tamanos $(TAMANOS)

resistencia: $(V)/dev ## mata el proceso mil veces y cierra 200 pestañas; una hora larga
	$(BIN)/python -m pruebas_de_carga.resistencia
	$(BIN)/python -m pruebas_de_carga.pestanas

cluster: $(V)/dev ## toda consulta en un clúster de Spark (SPARK_HOME), con una muerte
	$(BIN)/python -m pruebas_de_carga.cluster --enunciados $(ENUNCIADOS)

$(V)/seguridad: requirements-seguridad.txt | $(V)/dev
	$(PYTHON) -m venv $@
	$@/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-seguridad.txt
	touch $@

seguridad: $(V)/seguridad ## código, claves olvidadas, imagen y dependencias
	@sh .ci/seguridad $(BIN) $(V)/seguridad/bin

personales: $(V)/run ## busca RUT, correos y teléfonos en la base, con el tablero detenido
	@$(BIN)/python -m datos.personales_base

dorados: $(V)/dev ## rehace los dorados; revíselos antes de guardarlos
	$(BIN)/python -m tests.test_consultas
	REHACER_DORADOS=1 $(BIN)/python -m pytest tests/test_salidas.py

limpiar: ## quita el entorno y la base
	rm -rf $(V) datos/tablero.duckdb datos/tablero.duckdb.wal

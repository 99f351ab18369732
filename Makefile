# Needs Python 3.11 or newer, git and make. Everything is installed below .venv and .judges.
# `make demo PYTHON=/path/to/python` names another Python than the one found.

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
PYTEST ?= -n auto
PROOF ?=
BENCH ?=

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
BESIDE := PYTHONPATH=tests $(BIN)/python
MAPPINGS := $(shell find mappings -name '*.yaml')

.PHONY: help demo test lint judges proof bench docs tables clean distclean
.DELETE_ON_ERROR:

help:
	@sed -n 's/^\([a-z]*\):.*## /make \1: /p' Makefile

demo: .venv/installed tables ## converts examples/Jenkinsfile: the workflow and the report
	@$(BIN)/jenkins2gha convert examples/Jenkinsfile || test $$? -eq 1

test: .venv/dev tables judges ## runs the whole suite; a judge this machine cannot hold is skipped
	$(BIN)/pytest -rs $(PYTEST)

lint: .venv/dev ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

judges: .venv/dev ## installs the judges at their pinned versions into .judges
	@$(BESIDE) -m judges

proof: .venv/dev tables judges ## the large numbers, by seed range: PROOF='...'
	$(BESIDE) -m proof $(PROOF)

bench: .venv/dev tables judges ## speed and memory: BENCH='...'
	$(BESIDE) -m bench $(BENCH)

docs: .venv/installed tables ## writes the pages that are made from the tables
	$(BIN)/python docs/write.py

tables: grammar/groovy.table mappings/tables.json ## builds what makes a start fast
	@$(BIN)/python -m compileall -q jenkins2gha

grammar/groovy.table: .venv/installed grammar/groovy.lark $(wildcard jenkins2gha/groovy/*.py)
	@$(BIN)/python -c 'import pathlib, jenkins2gha.groovy.tables as tables; tables.write(pathlib.Path("$@"))'

mappings/tables.json: .venv/installed $(MAPPINGS) $(wildcard jenkins2gha/tables/*.py)
	@$(BIN)/python -c 'import pathlib, jenkins2gha.tables as tables; tables.write(pathlib.Path("$@"))'

clean: ## removes what was built, but for .venv and .judges
	rm -rf build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	rm -f grammar/groovy.table mappings/tables.json
	find jenkins2gha tests -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## removes .venv and .judges too
	rm -rf .venv .judges

$(BIN)/python:
	@test -n '$(PYTHON)' || { echo 'jenkins2gha needs Python 3.11 or newer; name it with PYTHON=...' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make an environment;" \
		'install its venv module (Debian, Ubuntu: apt install python3-venv)' >&2; exit 1; }
	@echo 'Making .venv, once; the packages come from your package index.'
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/installed: pyproject.toml setup.py | $(BIN)/python
	@$(PIP) install --editable .
	@touch $@

.venv/dev: .venv/installed
	@$(PIP) install --editable '.[dev]'
	@touch $@

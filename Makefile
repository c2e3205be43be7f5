# All verbs of Hansa. `make help` says what each does.
# Every verb sets up what it needs; when nothing has changed, that takes no time.

PYTHON ?= python3
PORT ?= $(or $(HANSA_PORT),8000)
# More words for the command behind a verb: make test ARGS="tests/web -k port"
ARGS ?=

PY := .venv/bin/python
HANSA := $(PY) -m hansa.web.cli
INSTALL := $(PYTHON) requirements/install.py

.PHONY: help setup run test check check-code fix demo docs bench
.NOTPARALLEL:

help:
	@echo "make run      start Hansa with its demo network (make run PORT=8001, DEMO=0 without the demo)"
	@echo "make test     run all tests"
	@echo "make check    everything CI runs: style, types, walls between rooms, migrations, tests"
	@echo "make fix      correct the style"
	@echo "make demo     fill in the demo network, or complete it"
	@echo "make docs     write the generated pages of docs/"
	@echo "make bench    measure"
	@echo "make setup    only install what the other verbs need"

setup:
	@$(INSTALL) dev

run: export HANSA_DEMO := $(or $(DEMO),$(HANSA_DEMO),1)
run:
	@$(INSTALL) run
	@$(HANSA) run --port $(PORT) $(ARGS)

# On all cores, at most four; a file's tests stay together. The worker's tests want a thread without the browser's loop.
test: setup
	@$(PY) -m pytest -n auto --maxprocesses 4 --dist loadfile --ignore tests/web/test_run_worker.py $(ARGS)
	@$(PY) -m pytest tests/web/test_run_worker.py

check: check-code test

# What can be said without running the program.
check-code: setup
	@echo "style";      $(PY) -m ruff check --quiet . && $(PY) -m ruff format --check --quiet .
	@echo "types";      $(PY) -m mypy
	@echo "walls";      PYTHONPATH=src .venv/bin/lint-imports
	@echo "migrations"; $(HANSA) makemigrations --check --dry-run
	@echo "pages written by the machine"; $(HANSA) processes --check && $(PY) frontend/build.py --check

fix: setup
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

demo:
	@$(INSTALL) run
	@$(HANSA) migrate --verbosity 0
	@$(HANSA) vocabulary ensure
	@$(HANSA) demo ensure $(ARGS)

docs: setup
	@$(HANSA) processes $(ARGS)

bench: setup
	@$(PY) -m bench $(ARGS)

# Standpoint: `make` lists what there is. Nothing is installed twice: a stamp in .venv carries the hash of its lock.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test check fix translations bench docs pictures lock clean

PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,$(shell command -v $(name))))
WORKERS ?= 2
BIN := .venv/bin
SCALE := $(if $(findstring postgresql,$(DATABASE_URL)),requirements-scale.txt)
hash = $(shell cat $(1) | sha256sum | cut -c1-16)
BASE_STAMP := .venv/.base-$(call hash,requirements.txt $(SCALE))
DEV_STAMP := .venv/.dev-$(call hash,requirements.txt requirements-scale.txt requirements-dev.txt)
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do printf '  make %-13s %s\n' "$$name" "$$text"; done

run: $(BASE_STAMP) ## install, migrate, load the demo on first start, serve
	@exec $(BIN)/flask --app wsgi serve

test: $(DEV_STAMP) ## all tests: SQLite, PostgreSQL, browser (ARGS="-k name" picks)
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n $(WORKERS) $(ARGS)  # or each program that a test starts compiles it all

check: $(DEV_STAMP) ## format, lint, types, import contracts, translations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy app config.py wsgi.py
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -p no:randomly tests/laws/test_translations.py

fix: $(DEV_STAMP) ## format, and mend what the linter can mend
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

translations: $(DEV_STAMP) ## collect the messages and bring every language's file up to date
	$(BIN)/python tests/laws/messages.py

bench: $(DEV_STAMP) ## measure: ours, the peers and the limit in one table
	$(BIN)/python -m bench

docs: $(DEV_STAMP) ## check that every link of the documents leads somewhere
	$(BIN)/python -m pytest -q -p no:randomly tests/laws/test_docs.py

pictures: $(DEV_STAMP) ## take the pictures of the documents anew (needs Chromium)
	$(BIN)/python -m docs.pictures

lock: $(DEV_STAMP) ## compile requirements*.in to hashed requirements*.txt
	for name in requirements requirements-scale requirements-dev; do \
	  $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header $$name.in -o $$name.txt || exit 1; done

clean: ## remove the environment and caches; data in instance/ stays
	rm -rf .venv build .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed. On Debian: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is older."; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "The venv module is missing. On Debian: apt-get install python3-venv"; exit 1; }

$(BASE_STAMP): | $(BIN)/python
	@echo "Installing what Standpoint needs ..."
	@$(INSTALL) -r requirements.txt $(addprefix -r ,$(SCALE))
	@rm -f .venv/.base-* && touch $@

$(DEV_STAMP): | $(BIN)/python
	@echo "Installing what the tests and checks need ..."
	@$(INSTALL) -r requirements.txt -r requirements-scale.txt -r requirements-dev.txt
	@rm -f .venv/.dev-* .venv/.base-* && touch $@

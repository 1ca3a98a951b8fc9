# Everything sets itself up: `make chat` and `make test` need only Python 3.11, make and git.
# Without Chromium and its driver `make test` leaves the tests of the page in the browser out.
PYTHON ?= python3
BIN := .venv/bin
# The folders count too: taking a file away must rebuild the record as well.
CURATED := $(shell find knowledge/record) $(wildcard $(addprefix knowledge/,aliases.py build.py countries.py layout.py rows.py store.py))

.PHONY: chat browse demo run test check bench lock record readme clean help
.DEFAULT_GOAL := chat

chat: knowledge/record.db  ## Ask the record questions in the terminal; no account needed.
	@$(BIN)/sitrep chat

browse: PORT ?= 8001
browse: knowledge/record.db .venv/installed-browse  ## Serve the record as pages, on this machine only (PORT=8001).
	@$(BIN)/sitrep browse --port $(PORT)

demo: PORT ?= 8002
demo: knowledge/record.db  ## Talk with the bot in the browser, without Telegram (PORT=8002).
	@$(BIN)/sitrep demo --port $(PORT)

run: knowledge/record.db  ## Run the Telegram bot (needs SITREP_TOKEN).
	@$(BIN)/sitrep run

record: .venv/installed  ## Check the curated files and build the record's database.
	@$(BIN)/sitrep record build

readme: record  ## Rewrite the table in README.md of what is on record.
	@$(BIN)/sitrep record coverage --into README.md

# On standard error, so that `make chat` in a pipe writes answers only.
knowledge/record.db: $(CURATED) | .venv/installed
	@$(BIN)/sitrep record build >&2
	@touch $@

test: .venv/installed-dev  ## Run the tests.
	@$(BIN)/pytest

check: .venv/installed-dev  ## Lint, type-check and validate the record.
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/sitrep record check

bench: .venv/installed-dev  ## Measure accuracy and speed; prints, asserts nothing.
	@$(BIN)/python -m tests.benchmarks

COMPILE := $(BIN)/pip-compile -q --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --allow-unsafe --build-deps-for=editable

# What is shared has one version: each file is held to the ones before it.
lock: .venv/installed-dev  ## Rewrite the hashed requirements from pyproject.toml.
	@$(COMPILE) -o requirements.txt pyproject.toml
	@$(COMPILE) --extra browse -c requirements.txt -o requirements-browse.txt pyproject.toml
	@$(COMPILE) --extra browse --extra dev -c requirements-browse.txt -o requirements-dev.txt pyproject.toml

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit("Sitrep needs Python 3.11 or newer; set PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv .venv

.venv/installed: .venv/pyvenv.cfg requirements.txt pyproject.toml
	@echo "Setting up (once) ..." >&2
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

.venv/installed-browse: .venv/installed requirements-browse.txt
	@echo "Setting up Datasette (once) ..." >&2
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-browse.txt
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt
	@echo "Setting up the test tools (once) ..." >&2
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

help:  ## Say what each target does.
	@sed -n 's/^\([a-z]*\):.*  ## /\1\t/p' Makefile

clean:  ## Remove what the targets above made.
	rm -rf .venv knowledge/record.db

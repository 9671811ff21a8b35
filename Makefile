# The words of this project. Each works from a fresh clone with Python 3.11+, pip and make.

PYTHON ?= python3
BIN := .venv/bin

help:
	@echo "make run     set up, load the facts, publish, serve on http://127.0.0.1:8000"
	@echo "make demo    the same in the autumn of 2025"
	@echo "make test    set up and run every test"
	@echo "make bench   measure what the README tells in figures"
	@echo "make check   format, lint, types, import rules"
	@echo "make setup   the environment alone: .venv/bin/calendar-svc"
	@echo "make lock    the lock files anew, from pyproject.toml"

run: setup
	@$(BIN)/calendar-svc db upgrade
	@$(BIN)/calendar-svc db seed
	@exec $(BIN)/calendar-svc serve $(SERVE)

demo:
	@CALENDAR_NOW=2025-09-27T09:00:00+08:00 $(MAKE) --no-print-directory run

setup: .venv/installed

test: .venv/installed-dev
	@$(BIN)/pytest

bench: .venv/installed-dev
	@$(BIN)/python -m tests.bench

check: .venv/installed-dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

lock: .venv/bin/python
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --group build --output-file requirements.txt $(LOCK)
	$(BIN)/uv pip compile pyproject.toml --group build --group dev --constraint requirements.txt \
		--output-file requirements-dev.txt $(LOCK)

# no address of an index or a file goes into a lock: whoever installs has their own
LOCK := --universal --python-version 3.11 --generate-hashes --no-header --quiet \
	--no-emit-index-url --no-emit-find-links

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/installed: requirements.txt pyproject.toml | .venv/bin/python
	@echo "Installing what the service needs into .venv (once; about half a minute) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	@echo "Installing what the tests need into .venv (once; about half a minute) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.PHONY: help run demo setup test bench check lock

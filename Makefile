# Everything runs in .venv, made by `make install`. See README.md.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
LOG := $(VENV)/install.log
PORT ?= 8420
PIP := $(BIN)/python -m pip --disable-pip-version-check
# The first interpreter that is new enough and can make virtual environments.
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13; do \
	  "$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)

.PHONY: help install demo test lint bench peers soak clean

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

install: $(VENV)/.installed $(VENV)/.model ## Install everything into .venv (about 2 GB, a few minutes)

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "kbaudit needs Python 3.11 or newer with venv (Debian: apt-get install python3-venv)" >&2; exit 2; }
	@echo "make install: $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV)

# torch goes first and alone: pinned it is the CPU build, a range would pull gigabytes of CUDA libraries.
$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "make install: torch, then kbaudit and its libraries (log: $(LOG))"
	@start=$$SECONDS; \
	step() { echo "+ $$*" >>$(LOG); "$$@" >>$(LOG) 2>&1 || { tail -n 25 $(LOG) >&2; echo "make install failed; the whole log is in $(LOG)" >&2; exit 1; }; }; \
	: >$(LOG); \
	step $(PIP) install --progress-bar off -c constraints.txt "$$(grep '^torch==' constraints.txt)"; \
	step $(PIP) install --progress-bar off -c constraints.txt -e '.[dev]'; \
	step $(PIP) check; \
	echo "make install: libraries done in $$((SECONDS - start)) s"
	@touch $@

# The ONNX export of the bundled model: made once, then every start is fast.
$(VENV)/.model: $(VENV)/.installed
	@$(BIN)/kbaudit model prepare
	@touch $@

demo: install ## Audit the sample store and serve the pages until stopped
	@$(BIN)/kbaudit demo --port $(PORT)

lint: install
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

test: lint ## Check style, types and layers, then run the suite
	@$(BIN)/python -m pytest -m "not peer and not soak"

bench: install ## Measure quality and speed against the floors (slow; needs the data folder)
	@$(BIN)/python -m bench

peers: install ## Run the tests that talk to real programs that are not ours (slow)
	@PYTHON=$(BIN)/python bash tests/peers/run.sh

soak: install ## Run the long tests: crashes, fuzzing, growth (slow)
	@$(BIN)/python -m pytest -m soak

clean: ## Remove .venv and every cache
	@rm -rf $(VENV) build dist demo .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# Two commands do all the set-up: `make extract` and `make test`. `make check` adds the linters.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: extract test check consumers format docs bench golden clean

extract: $(VENV)/.extract
	@$(BIN)/assembly-extract extract fixtures

test: $(VENV)/.test
	@$(BIN)/python -m pytest

check: $(VENV)/.check
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# Exports handed to the programs that people read them with, and the report to a browser.
consumers: $(VENV)/.consumers
	@$(BIN)/python -m pytest tests/consumers

format: $(VENV)/.check
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

docs: $(VENV)/.test
	@$(BIN)/python scripts/build_docs.py

golden: $(VENV)/.test
	@$(BIN)/python tests/golden.py

# All benchmarks; `make bench BENCH="dates cleaning"` runs those.
bench: $(VENV)/.bench
	@$(BIN)/python bench/run.py $(BENCH)

# Set-up speaks on stderr: stdout of `make extract` holds JSON Lines only.
$(BIN)/python:
	@$(PYTHON) -m venv $(VENV) 1>&2

$(VENV)/.extract: pyproject.toml | $(BIN)/python
	@$(PIP) install -q -e . 1>&2
	@$(BIN)/python -m compileall -q src 1>&2
	@touch $@

$(VENV)/.test: pyproject.toml | $(BIN)/python
	@$(PIP) install -q -e '.[test]' 1>&2
	@touch $@ $(VENV)/.extract

$(VENV)/.check: pyproject.toml | $(BIN)/python
	@$(PIP) install -q -e '.[test,check]' 1>&2
	@touch $@ $(VENV)/.test $(VENV)/.extract

$(VENV)/.consumers: pyproject.toml | $(BIN)/python
	@$(PIP) install -q -e '.[test,consumers]' 1>&2
	@touch $@ $(VENV)/.test $(VENV)/.extract

$(VENV)/.bench: pyproject.toml | $(BIN)/python
	@$(PIP) install -q -U pip 1>&2  # older ones stumble over lxml[html_clean], which two peers ask for
	@$(PIP) install -q -e '.[test,bench]' 1>&2
	@touch $@ $(VENV)/.test $(VENV)/.extract

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

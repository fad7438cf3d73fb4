# Two commands matter: `make run` and `make test`. Each prepares what it needs by itself.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
DATA   ?= var/demo
PORT   ?= 8000
STAMP  := $(VENV)/.ready

.PHONY: setup run test lint bench lock packages-run packages-test

setup: $(STAMP)

$(STAMP): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cần Python 3.11 trở lên (đang có: $$($(PYTHON) --version))"; exit 1; }
	@deploy/debian-packages venv
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Cài các thư viện đã khoá phiên bản vào $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

packages-run:
	@deploy/debian-packages run

packages-test:
	@deploy/debian-packages run test

run: packages-run setup
	@$(BIN)/bmnn demo --data $(DATA) --if-missing
	@$(BIN)/bmnn serve --data $(DATA) --port $(PORT) --open

test: packages-test lint
	@$(BIN)/python -m pytest -n auto --dist loadgroup

lint: setup
	@$(BIN)/ruff check src tests bench
	@$(BIN)/ruff format --check src tests bench
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/mypy

bench: packages-test setup
	@$(BIN)/python -m bench

# Freezes the versions again after a change of dependencies in pyproject.toml.
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q
lock:
	@command -v uv >/dev/null || $(BIN)/python -m pip install --quiet uv
	@PATH="$(BIN):$$PATH" $(LOCK) -o requirements.lock
	@PATH="$(BIN):$$PATH" $(LOCK) --group dev -o requirements-dev.lock

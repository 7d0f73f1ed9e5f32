# Each target sets up .venv by itself, from requirements.lock; a second run is quick.
SHELL := /bin/bash
PYTHON ?=
PORT ?= 8100
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

# A machine that tells Python to keep no bytecode has it compile Jalon anew at each of some hundred starts of the tests.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help install demo run test check format texts screens lock clean

help: ## List the targets.
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

install: $(INSTALLED) ## Set up .venv, and nothing else.

$(INSTALLED): requirements.lock pyproject.toml .ci/python
	@python="$$(.ci/python $(PYTHON))" && "$$python" -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --no-compile --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(INSTALLED) ## Open Jalon on a simulated Telegram in a web page (PORT=8100).
	@exec $(BIN)/python -m demo --port $(PORT)

run: $(INSTALLED) ## Run the bot with the settings of .env.
	@exec $(BIN)/python -m bot run

test: $(INSTALLED) ## Run all the tests.
	@$(BIN)/python -m pytest --numprocesses 4 --dist worksteal

check: $(INSTALLED) ## Check format, lint, types, import contracts, catalogues and screens.
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy . & types=$$!; \
	$(BIN)/lint-imports && $(BIN)/python -m locales.check && $(BIN)/python -m tests.screens --check; others=$$?; \
	wait $$types && exit $$others

format: $(INSTALLED) ## Set the format and mend what the linter can mend.
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

texts: $(INSTALLED) ## Take new texts from the code into the catalogues.
	@$(BIN)/python -m locales.extract

screens: $(INSTALLED) ## Walk through every screen and write docs/screens.md.
	@$(BIN)/python -m tests.screens

lock: ## Resolve the dependencies anew into requirements.lock (needs uv).
	uv pip compile --quiet --universal --generate-hashes --all-extras --no-header --no-emit-index-url \
		--no-emit-find-links --python-version 3.11 pyproject.toml --output-file requirements.lock

clean: ## Remove .venv and what the tools leave behind.
	@rm -rf $(VENV) build ./*.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage

# Two commands are enough on a fresh machine: `make demo` shows the tool at work, `make test` proves it.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check unit bench docs translations samples clean

demo: .venv/installed
	$(BIN)/reputation demo

test: .venv/installed-test
	sh tools/install_servers.sh
	$(MAKE) --no-print-directory check unit

check: .venv/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python tools/translations.py check

unit: .venv/installed-test
	$(BIN)/python -m pytest -n 2 --dist loadfile

bench: .venv/installed-test
	sh tools/install_servers.sh bench
	for bench in benchmarks/*/bench.py; do echo "== $$bench"; $(BIN)/python "$$bench" || exit 1; done

docs: .venv/installed-test
	for page in tools/make_*.py; do $(BIN)/python "$$page"; done

translations: .venv/installed-test
	$(BIN)/python tools/translations.py compile

.venv/installed: pyproject.toml tools/make_venv.sh
	PYTHON=$(PYTHON) sh tools/make_venv.sh .
	touch $@

.venv/installed-test: pyproject.toml tools/make_venv.sh
	PYTHON=$(PYTHON) sh tools/make_venv.sh ".[test]"
	touch $@ .venv/installed

clean:
	rm -rf .venv .tools build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Two commands matter: `make run` and `make test`. Both make .venv themselves and need only Python >= 3.11.

PYTHON_CANDIDATES ?= python3.13 python3.12 python3.11 python3 python
PYTHON ?= $(shell for name in $(PYTHON_CANDIDATES); do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo "$$name" && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
CODE := core dashboard pages tests

.DEFAULT_GOAL := help
.PHONY: help run test check bench soak format clean chromium redis

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/.runtime ## Start the dashboard and print its address.
	@exec $(BIN)/python -m dashboard

# Many processes start: compiled modules are kept, whatever the environment says.
test: export PYTHONDONTWRITEBYTECODE =
test: ready ## Formatting, lint, types, import contracts and all tests.
	@$(MAKE) --no-print-directory -j2 static compiled
	$(BIN)/pytest --cov -n 3 --dist loadfile --no-loadscope-reorder

check: $(VENV)/.tools ## The same without browser and slow tests: about a minute.
	@$(MAKE) --no-print-directory static
	$(BIN)/pytest -q -n 2 --dist loadfile -m "not browser and not slow and not soak and not bench"

bench: $(VENV)/.tools redis ## Print the benchmarks' figures; BENCH_BIG=1 adds what takes minutes.
	$(BIN)/pytest -m bench -s

soak: $(VENV)/.tools chromium redis ## The tests that take long.
	$(BIN)/pytest -m soak

format: $(VENV)/.tools ## Format the code and repair what the linter can.
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

clean: ## Remove .venv and caches; data is left alone.
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

# What the tests need, from PyPI and from Debian at the same time; dpkg lets one in at a time.
.PHONY: ready
ready:
	@$(MAKE) --no-print-directory -j2 $(VENV)/.tools redis-after-chromium

.PHONY: redis-after-chromium
redis-after-chromium: chromium
	@.ci/redis

# Every process of the tests reads all of them: compiled once beside the static checks, not by each anew.
.PHONY: compiled
compiled:
	@$(BIN)/pytest --collect-only -q >/dev/null || true

.PHONY: static
static:
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports

# The stamps make a second start quick: pip runs again only when the requirements are newer.
$(VENV)/.runtime: requirements.txt | $(BIN)/python
	@echo "Installing requirements.txt into $(VENV) ..."
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.tools: tests/requirements.txt $(VENV)/.runtime
	@echo "Installing tests/requirements.txt into $(VENV) ..."
	@$(PIP) -r tests/requirements.txt
	@touch $@

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "Python 3.11 or newer is needed and was not found. Install it, or name it: make run PYTHON=/path/to/python3.11"; \
		exit 1; fi
	@echo "Making $(VENV) with $$("$(PYTHON)" --version) ..."
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); \
		echo "The virtual environment could not be made. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }

chromium:
	@.ci/chromium

redis:
	@.ci/redis

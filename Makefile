# Two commands are enough: make site, make test. What they need besides this file: Python 3.11 or newer.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Build backends are pinned too: feedgen comes as source.
INSTALL := $(PIP) install --quiet --constraint constraints.txt --build-constraint constraints.txt

# In this order, so that a lost interpreter (an upgrade of Python) is made anew before the stamps are looked at.
SET_UP := $(BIN)/python $(VENV)/.installed
SET_UP_DEV := $(SET_UP) $(VENV)/.installed-dev
SET_UP_DOCS := $(SET_UP) $(VENV)/.installed-docs

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help site test test-deep fuzz bench counts lint docs install clean

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile

site: $(SET_UP) ## Set up and build this repository's own site into site/
	@$(BIN)/broadsheet build

test: lint ## Set up with the development tools, check the code, run the tests
	@$(BIN)/python -m pytest

test-deep: lint ## The same with the long tests: minutes, not seconds
	@$(BIN)/python -m pytest --deep

SECONDS ?= 60
fuzz: $(SET_UP_DEV) $(VENV)/.installed-fuzz ## Throw made-up input at schema and text, each for SECONDS=60
	@$(BIN)/python -m fuzz schema -max_total_time=$(SECONDS)
	@$(BIN)/python -m fuzz text -max_total_time=$(SECONDS)

N ?= 1000
BENCHMARKS ?= $${XDG_CACHE_HOME:-$$HOME/.cache}/broadsheet-benchmarks
bench: $(SET_UP_DEV) ## Build N=1000 made-up articles with Hugo, Pelican, Eleventy and this, and compare
	@$(BIN)/python -m benchmarks.build --n $(N) --workdir $(BENCHMARKS)

counts: $(SET_UP_DEV) ## Take the work that builds do now, in calls, for what they may do
	@$(BIN)/python -m benchmarks.counts --update

lint: $(SET_UP_DEV) ## Check style, types and floors
	@$(BIN)/ruff check generator tests fuzz benchmarks
	@$(BIN)/ruff format --check generator tests fuzz benchmarks
	@$(BIN)/mypy
	@$(BIN)/lint-imports

docs: $(SET_UP_DOCS) ## Build the documentation as a site into dist/docs/; a link that leads nowhere fails
	@$(BIN)/properdocs build --strict --config-file mkdocs.yml
	@echo "Built dist/docs/index.html"

install: $(SET_UP) ## Only set up

clean: ## Remove everything that was made, the built site too
	@rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis dist
	@find generator tests fuzz benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
	@if [ -d site ]; then find site -mindepth 1 ! -path site/.gitignore -delete; fi

# -------------------------------------------------------------------------------------- the set-up

define CHECK_PYTHON
import sys
version = "%d.%d" % sys.version_info[:2]
if sys.version_info < (3, 11):
    sys.exit("Broadsheet needs Python 3.11 or newer; $(PYTHON) is %s.\n"
             "Install one, or name one: make site PYTHON=python3.12" % version)
try:
    import venv
    from ensurepip import version as _
except ImportError:
    sys.exit("$(PYTHON) cannot make virtual environments here. Install this package, then try again:\n"
             "    sudo apt install python%s-venv" % version)
endef
export CHECK_PYTHON

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "There is no $(PYTHON). Install Python 3.11 or newer (Debian: sudo apt install python3-venv)." >&2; \
	  exit 1; }
	@$(PYTHON) -c "$$CHECK_PYTHON"
	@echo "Making $(VENV)"
	@$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.installed: $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing Broadsheet and its libraries"
	@$(PIP) --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@$(PIP) install --quiet --upgrade --constraint constraints.txt pip
	@$(INSTALL) --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "Installing the development tools"
	@$(INSTALL) --group dev
	@touch $@

$(VENV)/.installed-docs: $(VENV)/.installed
	@echo "Installing what the documentation is built with"
	@$(INSTALL) --group docs
	@touch $@

$(VENV)/.installed-fuzz: $(VENV)/.installed
	@echo "Installing the fuzzer"
	@$(INSTALL) --group fuzz
	@touch $@

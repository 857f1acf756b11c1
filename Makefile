# `make run` and `make test` need only Python 3.11 or newer and make: each sets up .venv by itself, and again when the
# requirements change. Another interpreter: make run PYTHON=/path/to/python3.
MAKEFLAGS += --no-builtin-rules
.DEFAULT_GOAL := help
.PHONY: help run test lint format types readme bench fuzz manifest audit lock pictures clean

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --no-input
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))

# The first name that runs and is new enough. Each is tried, since a name on the PATH may lead to nothing (pyenv's shims).
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	if "$$name" -c '$(NEW_ENOUGH)' >/dev/null 2>&1; then command -v "$$name"; break; fi; done)

help: ## say what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: $(VENV)/.installed ## try it: the local console (without a terminal it plays three samples)
	@$(BIN)/python -m bot chat

test: $(VENV)/.installed-dev ## everything CI runs: format, lint, types, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --strict bot tests
	$(BIN)/python -m pytest --numprocesses auto

lint: $(VENV)/.installed-dev ## look for mistakes
	$(BIN)/ruff check .

format: $(VENV)/.installed-dev ## lay out the code, and mend what can be mended without a thought
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

types: $(VENV)/.installed-dev ## check the types
	$(BIN)/mypy --strict bot tests

readme: $(VENV)/.installed ## write the generated parts of README.md
	@$(BIN)/python -m docs.readme

bench: $(VENV)/.installed ## measure it beside others, on this machine alone (a few minutes)
	@for each in startup diagnosis growth server; do $(BIN)/python -m benchmarks.$$each || exit; echo; done

fuzz: $(VENV)/.installed-dev ## try 200,000 mutated pastes for crashes, leaks and slowness (about half an hour)
	@$(BIN)/python -m tests.fuzz

manifest: ## print the Slack app's manifest: make manifest URL=https://your-app.example.com, or SOCKET=1 for Socket Mode
	@case "$$SOCKET$$URL" in \
	1) sed 's/socket_mode_enabled: false.*/socket_mode_enabled: true/' manifest.yml ;; \
	https://*[!A-Za-z0-9.:/-]* | https://*/?*) echo "URL is the address of your deployment alone: https:// and a host" >&2; exit 2 ;; \
	https://?*.?*) sed "s#https://YOUR-APP.example.com#$${URL%/}#" manifest.yml ;; \
	*) echo "Say where the app is reached: make manifest URL=https://your-app.example.com, or SOCKET=1" >&2; exit 2 ;; \
	esac

# What merely looks random is everywhere in a project about tokens, so that secrets are known by their form alone; tests
# invent some, of zeros or of the alphabet.
SECRETS := $(BIN)/detect-secrets-hook --no-verify --exclude-secrets '0000|abcdefgh' --disable-plugin KeywordDetector \
	--disable-plugin Base64HighEntropyString --disable-plugin HexHighEntropyString

audit: $(VENV)/.installed-audit ## secrets in tracked files, and known vulnerabilities of what is pinned (asks PyPI)
	git ls-files -z -- . ':!tests' | xargs -0 $(SECRETS)
	git ls-files -z -- tests | xargs -0 $(SECRETS) --disable-plugin BasicAuthDetector
	$(BIN)/pip-audit --strict --disable-pip --require-hashes \
		--requirement requirements.txt --requirement requirements-dev.txt --requirement requirements-audit.txt || { \
		echo "Either a version above is vulnerable, or PyPI's advisories could not be asked for: they need the network." >&2; \
		exit 1; }

UV := uv==0.13.9
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command 'make lock' pyproject.toml

lock: | $(BIN)/python ## pin what pyproject.toml asks for, with hashes (newest versions: make lock UPGRADE=--upgrade)
	$(PIP) install '$(UV)'
	$(COMPILE) $(UPGRADE) --output-file requirements.txt
	$(COMPILE) $(UPGRADE) --extra dev --constraint requirements.txt --output-file requirements-dev.txt
	$(COMPILE) $(UPGRADE) --extra audit --constraint requirements-dev.txt --output-file requirements-audit.txt

pictures: $(VENV)/.installed ## write the payloads of the pictures in docs/, and draw them where DRAW names a tool
	@$(BIN)/python -m bot.local.pictures $(if $(DRAW),--draw '$(DRAW)')

clean: ## remove .venv and what tools leave behind
	rm -rf $(VENV) .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
	find bot tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps stand in .venv, so that they go with it. A .venv that was made by hand is kept and installed into.
$(VENV)/.installed: requirements.txt
$(VENV)/.installed-dev: requirements-dev.txt
$(VENV)/.installed-audit: requirements-audit.txt
$(VENV)/.installed $(VENV)/.installed-dev $(VENV)/.installed-audit: | $(BIN)/python
	@$(BIN)/python -c '$(NEW_ENOUGH)' || { \
		echo "$(VENV) holds no working Python 3.11 or newer. Remove it with 'make clean', then try again." >&2; exit 1; }
	@$(PIP) --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null || { \
		echo "$(VENV) has no pip. Remove it with 'make clean', then try again." >&2; exit 1; }
	@echo "Installing $< (again only when it changes)"
	@$(PIP) install --require-hashes --requirement $<
	@touch $@

$(BIN)/python:
	@if [ -L $@ ]; then echo "The Python of $(VENV) is gone. Remove it with 'make clean', then try again." >&2; exit 1; fi
	@python='$(PYTHON)'; \
	"$${python:-false}" -c '$(NEW_ENOUGH)' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed$${python:+, and $$python is not}." >&2; \
		echo "Install it, or name one: make run PYTHON=/path/to/python3" >&2; exit 1; }; \
	echo "Setting up $(VENV) with $$python"; \
	"$$python" -m venv $(VENV) || { \
		rm -f $@; \
		echo "$$python cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }

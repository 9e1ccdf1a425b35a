# The two commands most people need:  make demo   make test
# Each does its own set-up: a virtual environment in .venv with locked, hash-checked packages.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
DOUBLE := tests/double/node_modules
RECORDINGS := tests/double/recorded
PROGRAMS := $(VENV)/.programs

.PHONY: help setup demo test check static exactness bench conformance mutants exhaust clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-11s %s\n", $$1, $$2}'

setup: $(STAMP) $(DOUBLE)/.ready $(RECORDINGS)/.ready $(PROGRAMS) ## the set-up alone (quick when already done)

$(STAMP): requirements.lock pyproject.toml
	@command -v git >/dev/null || (apt-get update -q && apt-get install -y -q git)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
	  || (apt-get update -q && apt-get install -y -q python3-venv && $(PYTHON) -m venv $(VENV))
	@$(BIN)/python -m pip --disable-pip-version-check install -q --require-hashes --no-deps -r requirements.lock
	@$(BIN)/python -m pip --disable-pip-version-check install -q --no-deps --no-build-isolation --no-index -e .
	@touch $(STAMP)

# What GitHub publishes about itself, for the tests only; what the tests do not read is not kept.
$(DOUBLE)/.ready: tests/double/package.json tests/double/package-lock.json
	@command -v npm >/dev/null || (apt-get update -q && apt-get install -y -q nodejs npm)
	@cd tests/double && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@cd $(DOUBLE)/@octokit/openapi/generated && find . -name '*.json' ! -name api.github.com.json -delete
	@touch $@

# Real exchanges with GitHub, which the source distribution of PyGithub ships: read by the tests, never installed.
$(RECORDINGS)/.ready: tests/double/recordings.txt | $(STAMP)
	@$(BIN)/python -m pip --disable-pip-version-check download -q --no-binary :all: --no-deps --require-hashes \
	  --dest $(RECORDINGS) -r tests/double/recordings.txt
	@touch $@

# The programs that people open our documents with: LibreOffice, a browser, a PDF reader.
$(PROGRAMS): .ci/programs | $(STAMP)
	@.ci/programs >/dev/null
	@touch $@

demo: $(STAMP) ## a drafting round up to draft-2, on a scratch copy, in plain words
	@rm -rf demo
	@$(BIN)/accord rehearse demo --until draft-2

test: setup ## every test
	@.ci/test $(BIN)/python -m pytest -q -n 2

static: $(STAMP) ## types, lint, layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: $(STAMP) ## the quick loop: static checks and the tests that need no git
	@$(MAKE) --no-print-directory static
	@$(BIN)/python -m pytest -q -x tests/domain tests/render

exactness: setup ## every format of the redline over every text: accepted it is the new one, rejected the old one
	@$(BIN)/python -m tests.exactness

bench: setup ## measure against named peers, in one run
	@for f in bench/bench_*.py; do $(BIN)/python $$f || exit 1; done

conformance: setup ## how well the GitHub of the tests fits what the real one answered
	@$(BIN)/python -m tests.double.conformance

# Long: an hour or more for all of it. What is known is kept in build/mutants.json; AGAIN=1 judges only what survived.
mutants: setup ## change the domain in every small way, see whether its tests notice; ONLY=FILE_OR_FOLDER, AGAIN=1
	@nice -n 10 $(BIN)/python -m tests.mutants $(if $(AGAIN),--again) $(ONLY)

# Long: reckoned at one to two hours on two idle cores. Every history of the small world under every preset, in every order,
# without the help of symmetry.
exhaust: setup ## everything that can happen in a small world, under every preset
	@ACCORD_EXHAUST=1 nice -n 10 $(BIN)/python -m pytest -q -n 2 --durations=0 tests/domain/agreement/test_small_world.py

clean: ## remove what the commands above made
	rm -rf $(VENV) $(DOUBLE) $(RECORDINGS) demo build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

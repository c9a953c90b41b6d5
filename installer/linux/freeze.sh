#!/usr/bin/env bash
# Freezes the workstation of this checkout: build/package/frozen/agent-desktop, a folder that needs no Python.
# Usage: installer/linux/freeze.sh
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

PYTHON=${PACKAGE_PYTHON:-$(newest)}
CACHE=${AGENT_DESKTOP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/agent-desktop}
export PYTHON AGENT_DESKTOP_CACHE=$CACHE UV_CACHE_DIR=${UV_CACHE_DIR:-$CACHE/uv} UV_PYTHON_DOWNLOADS=never
export SSL_CERT_FILE=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
# The same bytes from the same commit: no order of a set, no time of this day.
export SOURCE_DATE_EPOCH PYTHONHASHSEED=0
unset PYTHONPATH
ABI=$("$PYTHON" -c 'import sys; print("%d%d" % sys.version_info[:2])')
ROOM=$PWD/build/package/work
FROZEN=$PWD/build/package/frozen
for tool in patchelf strip; do command -v "$tool" >/dev/null || stop "$tool is missing (make package installs it)"; done

say "an environment of $("$PYTHON" --version) from requirements/desktop-linux-py$ABI.txt"
rm -rf "$ROOM" "$FROZEN"
mkdir -p "$ROOM"
UV=$(installer/linux/uv.sh)
"$UV" venv --quiet --python "$PYTHON" "$ROOM/venv"
"$UV" pip sync --quiet --python "$ROOM/venv/bin/python" --require-hashes \
    "requirements/desktop-linux-py$ABI.txt" requirements/freeze-linux.txt
.venv/bin/python -m hatchling build --target wheel --directory "$ROOM/wheel" >/dev/null
say "the phone engine: from the cache, or two to three minutes to build it"
engine=$("$ROOM/venv/bin/python" installer/linux/phone_engine/build_wheel.py --cache "$CACHE/phone-engine" | tail -n 1) ||
    stop "a package is never made with an engine that is not ours; see the line above"
"$UV" pip install --quiet --python "$ROOM/venv/bin/python" --no-deps --no-index "$engine" "$ROOM"/wheel/*.whl
"$ROOM/venv/bin/python" -c 'from agent_desktop.smoke import engine; engine()' 2>/dev/null ||
    stop "this phone engine may not be shipped: run $ROOM/venv/bin/agent-phone --about"

say "freezing, one to four minutes"
(cd "$ROOM" && "$ROOM/venv/bin/pyinstaller" --noconfirm --log-level ERROR --distpath "$FROZEN" --workpath "$ROOM/pyinstaller" \
    "$OLDPWD/installer/desk.spec")

# The interpreter comes unstripped and with the folder it was built for; two wheels come with what a debugger reads.
inside=$FROZEN/agent-desktop/_internal
find "$inside" \( -name 'libpython3*' -o -path '*/zstandard/*.so' -o -path '*/sqlcipher3/*.so' \) -exec strip --strip-debug {} +
while IFS= read -r file; do
    if [[ $(patchelf --print-rpath "$file" 2>/dev/null) == /* ]]; then patchelf --remove-rpath "$file"; fi
done < <(find "$inside" -type f -name '*.so*')
find "$FROZEN" -type f -exec chmod 644 {} +
chmod 755 "$FROZEN/agent-desktop/agent-desktop"
say "$(du -sm "$FROZEN/agent-desktop" | cut -f1) MB in $FROZEN/agent-desktop"
QT_QPA_PLATFORM=offscreen "$FROZEN/agent-desktop/agent-desktop" --smoke 2>"$ROOM/smoke.log" ||
    stop "the frozen program does not work; what it said is in $ROOM/smoke.log"

#!/usr/bin/env bash
# Makes the installers for Windows, on Linux: build/package/agent-desktop_VERSION_x64.msi and .exe, with a list of what is in them.
# Usage: installer/windows/build.sh [payload|msi]     payload: only what they install, build/package/windows/agent-desktop; msi: no .exe
# Environment: PAYLOAD_PYTHON (a CPython 3.12 of this machine), PACKAGE_VERSION (that of pyproject.toml), SOURCE_DATE_EPOCH (the moment
#   of the last commit), AGENT_DESKTOP_CACHE (~/.cache/agent-desktop), PACKAGE_OUT (build/package), PHONE_WHEEL (instead of building the engine); what
#   python.sh and sign.sh read
set -euo pipefail
cd "$(dirname "$0")/../.."

say() { printf 'package: %s\n' "$*"; }
stop() { printf 'package: %s\n' "$*" >&2; exit 1; }

newest() {
    local found
    for found in python3.12 "$HOME"/.pyenv/versions/3.12.*/bin/python; do
        if command -v "$found" >/dev/null && "$found" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 12))' 2>/dev/null; then
            command -v "$found"
            return 0
        fi
    done
    stop "Python 3.12 is needed, as what is shipped is compiled for it (PAYLOAD_PYTHON=PATH)"
}

PYTHON=${PAYLOAD_PYTHON:-$(newest)}
CACHE=${AGENT_DESKTOP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/agent-desktop}
VERSION=${PACKAGE_VERSION:-$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)}
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export PYTHON SOURCE_DATE_EPOCH AGENT_DESKTOP_CACHE=$CACHE UV_CACHE_DIR=${UV_CACHE_DIR:-$CACHE/uv} UV_PYTHON_DOWNLOADS=never
export SSL_CERT_FILE=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}
# The same bytes from the same commit: no order of a set, and nothing of the calling shell.
export PYTHONHASHSEED=0 PYTHONPATH=$PWD
NAME=agent-desktop_${VERSION}_x64
OUT=${PACKAGE_OUT:-$PWD/build/package}
ROOM=$OUT/work/windows
PAYLOAD=$OUT/windows/agent-desktop
LOCK=requirements/desktop-windows-py312.txt
HOST=x86_64-w64-mingw32
[[ $VERSION =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || stop "Windows counts versions in three numbers, and $VERSION is none"
NUMBERS=${VERSION//./,},0
for tool in $HOST-gcc-posix $HOST-windres $HOST-objdump wixl msibuild makensis osslsigncode; do
    command -v "$tool" >/dev/null || stop "$tool is missing (make package-windows installs it)"
done
began=$SECONDS

say "CPython for Windows, and the phone engine: from the cache, or five minutes to build it"
windows_python=$(installer/windows/python.sh)
wheel=${PHONE_WHEEL:-$(.venv/bin/python -m installer.phone_engine.for_windows --cache "$CACHE/phone-engine" --python "$windows_python" | tail -n 1)}
[ -f "$wheel" ] || stop "there is no phone engine for Windows; see the line above"

say "wheels for Windows, from $LOCK"
rm -rf "$ROOM" "$PAYLOAD"
mkdir -p "$ROOM/launchers" "$OUT/windows"
.venv/bin/python -m hatchling build --target wheel --directory "$ROOM/wheel" >/dev/null 2>&1
for_windows=("$(installer/linux/uv.sh)" pip install --quiet --target "$ROOM/site" --python "$PYTHON" --python-platform windows --python-version 3.12
    --only-binary :all: --no-deps)
"${for_windows[@]}" --require-hashes -r "$LOCK"
"${for_windows[@]}" --no-index "$wheel" "$ROOM"/wheel/*.whl

say "launchers"
QT_QPA_PLATFORM=offscreen .venv/bin/python -m installer.windows.icon "$ROOM/agent-desktop.ico"
compiled() { # SOURCE TO FLAG...
    local source=$1 to=$2
    shift 2
    $HOST-gcc-posix -municode -O2 -s -Wall -Wextra -Werror -static-libgcc -Wl,--no-insert-timestamp,--dynamicbase,--nxcompat,--high-entropy-va \
        "$@" -o "$to" "$source" ${RESOURCES:+"$RESOURCES"} -lole32 -luuid -lshell32 -ladvapi32
}
launcher() { # NAME FLAG...
    local RESOURCES=$ROOM/$1.o name=$1
    shift
    $HOST-windres -I "$ROOM" -I installer/windows -DNUMBERS="$NUMBERS" "-DVERSION=\\\"$VERSION\\\"" "-DFILENAME=\\\"$name.exe\\\"" \
        installer/windows/launcher.rc "$RESOURCES"
    compiled installer/windows/launcher.c "$ROOM/launchers/$name.exe" "$@"
}
launcher agent-desktop -mwindows
launcher agent-desktop-console -mconsole -DCONSOLE
compiled installer/windows/machine_folder.c "$ROOM/machine_folder.exe" -mwindows

say "what is installed"
"$PYTHON" -m installer.windows.payload "$windows_python/embed" "$ROOM/site" "$ROOM/launchers" "$PAYLOAD"
"$PYTHON" installer/licences.py "$ROOM/site" "$PAYLOAD/licences"
cp "$windows_python/embed/LICENSE.txt" "$PAYLOAD/licences/python"
cp LICENSE "$PAYLOAD/licences/agent-desktop"
mkdir "$PAYLOAD/policy"
cp -r resources/policy/admx resources/policy/examples "$PAYLOAD/policy/"
installer/windows/sign.sh "$PAYLOAD"/agent-desktop*.exe "$PAYLOAD"/lib/_pjsua2*.pyd "$ROOM/machine_folder.exe"
"$PYTHON" installer/sbom.py agent-desktop "$VERSION" "$PAYLOAD" "$ROOM/site" "$(cat "$windows_python/version")" >"$OUT/$NAME.cdx.json"
cp "$OUT/$NAME.cdx.json" "$PAYLOAD/sbom.cdx.json"
find "$PAYLOAD" -exec touch --no-dereference --date "@$SOURCE_DATE_EPOCH" {} +
bytes=$(find "$PAYLOAD" -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum }')
say "$((bytes / 1000000)) MB in $(find "$PAYLOAD" -type f | wc -l) files, CPython $(cat "$windows_python/version"), after $((SECONDS - began)) s"
[ "${1:-}" != payload ] || exit 0

say "$NAME.msi"
rm -f "$OUT/$NAME.msi" "$OUT/$NAME.exe"
"$PYTHON" -m installer.windows.msi windows/agent-desktop "$VERSION" work/windows/agent-desktop.ico work/windows/machine_folder.exe "$OUT" >"$ROOM/agent-desktop.wxs"
(cd "$OUT" && wixl --arch x64 --output "$NAME.msi" "$ROOM/agent-desktop.wxs")
mapfile -t queries < <("$PYTHON" -m installer.windows.msi --queries "$VERSION")
msibuild "$OUT/$NAME.msi" -q "${queries[@]}"

made=("$OUT/$NAME.msi")
if [ "${1:-}" != msi ]; then
    say "$NAME.exe"
    "$PYTHON" -m installer.windows.registry >"$ROOM/registry.nsh"
    makensis -V2 -NOCD "-DVERSION=$VERSION" "-DNUMBERS=$VERSION.0" "-DPAYLOAD=$PAYLOAD" "-DREGISTRY=$ROOM/registry.nsh" "-DICON=$ROOM/agent-desktop.ico" \
        "-DHELPER=$ROOM/machine_folder.exe" "-DTO=$OUT/$NAME.exe" "-DSIGN=$PWD/installer/windows/sign.sh" "-DKILOBYTES=$((bytes / 1024))" \
        installer/windows/agent-desktop.nsi
    made+=("$OUT/$NAME.exe")
fi
installer/windows/sign.sh "${made[@]}"
for each in "${made[@]}"; do say "$each: $(($(stat -c %s "$each") / 1000000)) MB"; done
say "after $((SECONDS - began)) s"

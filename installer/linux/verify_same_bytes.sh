#!/usr/bin/env bash
# Whether the packages in build/package come out with the same bytes when they are made again: from a clone of the same commit in
# another folder, with another environment, and a phone engine that is built anew. It takes as long as `make package` with nothing
# in the cache, so it belongs to a release and a nightly run.
# Usage: installer/linux/verify_same_bytes.sh
# Environment: what freeze.sh reads; AGENT_DESKTOP_CACHE (~/.cache/agent-desktop) lends only what it downloaded
set -euo pipefail
cd "$(dirname "$0")/../.."

MADE=build/package
VERSION=${PACKAGE_VERSION:-$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)}
CACHE=${AGENT_DESKTOP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/agent-desktop}

say() { printf 'verify: %s\n' "$*"; }
stop() { printf 'verify: FAILED: %s\n' "$*" >&2; exit 1; }
debs=("$MADE/agent-desktop_${VERSION}_amd64.deb" "$MADE/agent-server_${VERSION}_amd64.deb")
for deb in "${debs[@]}"; do [ -f "$deb" ] || stop "there is no $deb: make package"; done
[ -z "$(git status --porcelain --untracked-files=no)" ] || stop "commit first: they are made again from the last commit"

other=$(mktemp -d "${TMPDIR:-/tmp}/same-bytes-XXXXXX")
trap 'rm -rf "$other"' EXIT
git clone --quiet . "$other/of-the-same-commit"
ln -s "$PWD/.venv" "$other/of-the-same-commit/.venv"
mkdir -p "$other/cache/phone-engine"
find "$CACHE" -maxdepth 1 -name 'uv-*' -exec cp -a -t "$other/cache" {} +
find "$CACHE/phone-engine" -maxdepth 1 -name '*.tar.xz' -exec cp -t "$other/cache/phone-engine" {} +
AGENT_DESKTOP_CACHE=$other/cache UV_CACHE_DIR=${UV_CACHE_DIR:-$CACHE/uv} \
    make --no-print-directory -C "$other/of-the-same-commit" -j2 desktop-package server-package >"$other/log" 2>&1 ||
    { tail -n 5 "$other/log" >&2; stop "they could not be made again"; }

sums() { dpkg-deb --ctrl-tarfile "$1" | tar -xO ./md5sums; }
differs=
for deb in "${debs[@]}"; do
    again=$other/of-the-same-commit/$deb
    if cmp -s "$deb" "$again"; then
        say "two freezes of $(git rev-parse --short HEAD) give the same bytes: $(sha256sum "$deb" | cut -d' ' -f1) $(basename "$deb")"
    else
        printf 'verify: two freezes of %s differ in:\n' "$(basename "$deb")" >&2
        diff <(sums "$deb") <(sums "$again") | sed -n 's/^> [0-9a-f]* */  /p' >&2 || true
        differs=yes
    fi
done
[ -z "$differs" ] || stop "not the same bytes"

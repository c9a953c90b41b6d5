#!/usr/bin/env bash
# Writes the hash-locked requirements for every platform and Python we support. UPGRADE=1 moves to newer releases.
# Environment: UV (the uv we pin), UPGRADE
set -euo pipefail
cd "$(dirname "$0")/.."

UV=${UV:-$(installer/linux/uv.sh)}
compile() {
    local input=$1 output=$2
    shift 2
    printf 'lock: %s\n' "$output"
    "$UV" pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
        --custom-compile-command "make lock" ${UPGRADE:+--upgrade} --output-file "$output" "$@" "$input" >/dev/null
}

for python in 3.11 3.12; do
    for platform in linux windows; do
        target=$platform
        # Qt's wheels need glibc 2.34; uv's own "linux" promises less.
        [ "$platform" = windows ] || target=x86_64-manylinux_2_34
        compile pyproject.toml "requirements/$platform-py${python/./}.txt" \
            --extra server --extra dev --python-platform "$target" --python-version "$python"
        compile pyproject.toml "requirements/desktop-$platform-py${python/./}.txt" \
            --python-platform "$target" --python-version "$python"
    done
done
for python in 3.11 3.12; do
    # The same versions as in a checkout, where the tests run.
    compile pyproject.toml "requirements/server-linux-py${python/./}.txt" --extra server \
        --constraint "requirements/linux-py${python/./}.txt" --python-platform x86_64-manylinux_2_34 --python-version "$python"
done
compile requirements/uv.in requirements/uv.txt --python-version 3.11
compile requirements/phone-linux.in requirements/phone-linux.txt --python-version 3.11 --python-platform x86_64-manylinux_2_34
compile requirements/phone-windows.in requirements/phone-windows.txt --python-version 3.11 --python-platform windows
compile requirements/freeze.in requirements/freeze-linux.txt --python-version 3.12 --python-platform x86_64-manylinux_2_34

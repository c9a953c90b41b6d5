#!/usr/bin/env bash
# Tries this checkout's committed state on a Debian 12 that has git, make and python3 and nothing else.
# Usage: installer/linux/try_fresh_machine.sh MIRROR [COMMAND...]   as root; commands default to: make setup, make test, make demo
#   MIRROR   a Debian mirror, as debootstrap takes it
# Environment: AGENT_DESKTOP_CACHE (~/.cache/agent-desktop) keeps the bare system between trials; PIP_*, UV_* and
#   *_proxy reach the trial, and so do the certificate authorities in /usr/local/share/ca-certificates, because that
#   is how a company's network looks from a new machine; APT_CONF names a file of apt settings that MIRROR needs;
#   KEEP=1 leaves the tried system on disk.
set -euo pipefail
cd "$(dirname "$0")/../.."

[ $# -ge 1 ] || { sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2; }
[ "$(id -u)" -eq 0 ] || { echo "fresh machine: needs root (debootstrap, chroot)" >&2; exit 2; }
command -v debootstrap >/dev/null || { echo "fresh machine: needs the package debootstrap" >&2; exit 2; }

mirror=$1
shift
[ $# -gt 0 ] || set -- "make setup" "make test" "make demo"
home=${AGENT_DESKTOP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/agent-desktop}/fresh-machine
bare=$home/bookworm
mkdir -p "$home"

if [ ! -f "$bare.complete" ]; then
    rm -rf "$bare"
    debootstrap --variant=minbase --include=git,make,python3,ca-certificates bookworm "$bare" "$mirror" >"$home/debootstrap.log"
    touch "$bare.complete"
fi

machine=$(mktemp -d "$home/trial-XXXXXX")
[ -n "${KEEP:-}" ] || trap 'rm -rf --one-file-system "$machine"' EXIT
cp -a --reflink=auto "$bare/." "$machine/"
cp -L /etc/resolv.conf "$machine/etc/resolv.conf"
printf '127.0.0.1 localhost\n::1 localhost\n' >"$machine/etc/hosts" # an installer writes it, debootstrap does not
if [ -n "${APT_CONF:-}" ]; then cp "$APT_CONF" "$machine/etc/apt/apt.conf.d/99mirror"; fi
git clone --quiet --bare . "$machine/srv/agent-desktop.git"

passed=()
while IFS= read -r line; do passed+=("$line"); done < <(env | grep -E '^(PIP_|UV_|[a-zA-Z]+_(proxy|PROXY)=)' | grep -vE '^UV_CACHE_DIR=' || true)

# Runs one shell line inside, with its own processes and mounts: nothing of it can outlive the line.
inside() {
    unshare --mount --pid --fork --kill-child -- bash -euc '
        mount -t proc proc "$0/proc"
        mount --rbind /dev "$0/dev"
        mount -t tmpfs tmpfs "$0/tmp"
        exec chroot "$0" env -i HOME=/root TERM=dumb LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin "${@:2}" bash -euc "$1"
    ' "$machine" "$1" "${passed[@]}" </dev/null
}

if compgen -G '/usr/local/share/ca-certificates/*.crt' >/dev/null; then
    cp /usr/local/share/ca-certificates/*.crt "$machine/usr/local/share/ca-certificates/"
    inside "update-ca-certificates >/dev/null"
fi
inside "git clone --quiet /srv/agent-desktop.git /root/agent-desktop"
for command in "$@"; do
    printf 'fresh machine: %s\n' "$command"
    began=$(date +%s)
    status=0
    inside "cd /root/agent-desktop; $command" || status=$?
    printf 'fresh machine: %s: exit %d after %d s\n' "$command" "$status" "$(($(date +%s) - began))"
    [ "$status" -eq 0 ] || exit "$status"
done

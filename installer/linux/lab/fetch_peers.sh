#!/usr/bin/env bash
# Prepares the lab's peers: Asterisk, Kamailio, SIPp, baresip and PulseAudio from one Debian suite, unpacked into the
# cache and run from there by bin/NAME. Nothing is installed on this machine and no service is started, so neither
# root nor a chroot is needed; apt's own settings (mirror, proxy, certificates) count as they do for the machine.
# Usage: installer/linux/lab/fetch_peers.sh
# Environment: AGENT_DESKTOP_CACHE (~/.cache/agent-desktop)
set -euo pipefail

SUITE=forky # Debian 12 has no Asterisk
PACKAGES="asterisk asterisk-core-sounds-en-wav kamailio kamailio-tls-modules kamailio-presence-modules sip-tester
    baresip-core pulseaudio pulseaudio-utils libasound2-plugins"
PROGRAMS="usr/sbin/asterisk usr/sbin/kamailio usr/bin/sipp usr/bin/baresip usr/bin/pulseaudio usr/bin/pactl
    usr/bin/parec usr/bin/paplay"
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

lab=${AGENT_DESKTOP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/agent-desktop}/lab
peers=$lab/peers
recipe=$(sha256sum "$0" | cut -c1-16)

complete() { [ "$(cat "$peers/.recipe" 2>/dev/null)" = "$recipe" ]; }
say() { printf 'lab: %s\n' "$*"; }
stop() { printf 'lab: the lab cannot be prepared: %s\n' "$*" >&2; exit 1; }

if complete; then exit 0; fi
mkdir -p "$lab"
exec 9>"$lab/lock"
flock 9
if complete; then exit 0; fi

for tool in apt-get dpkg-deb tar; do command -v $tool >/dev/null || stop "$tool is missing (it needs Debian's or Ubuntu's)"; done
[ -f "$KEYRING" ] || stop "$KEYRING is missing (package debian-archive-keyring)"
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | sed -n '\,/debian/*$,{p;q}')
mirror=${mirror:-http://deb.debian.org/debian}

say "fetching Asterisk, Kamailio, SIPp, baresip and PulseAudio from $SUITE (170 MB)"
began=$SECONDS
rm -rf "$lab"/new-* # left by an interrupted run
new=$(mktemp -d "$lab/new-XXXXXX")
trap 'rm -rf "$new"' EXIT
mkdir -p "$new/apt/lists/partial" "$new/apt/archives/partial" "$new/apt/etc" "$new/root/bin"
: >"$new/apt/status"
echo "deb [signed-by=$KEYRING] $mirror $SUITE main" >"$new/apt/etc/sources.list"

# An apt that sees an empty machine of the suite, so that what it fetches is whole in itself.
suite_apt() {
    apt-get -qq -o Dir::State="$new/apt" -o Dir::State::status="$new/apt/status" -o Dir::Cache="$new/apt" \
        -o Dir::Etc::sourcelist="$new/apt/etc/sources.list" -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::Etc::preferencesparts=/dev/null -o Acquire::Languages=none -o Acquire::Retries=3 \
        -o Debug::NoLocking=1 -o APT::Sandbox::User="$(id -un)" "$@" >>"$lab/apt.log" 2>&1 ||
        stop "$(grep '^E:' "$lab/apt.log" | tail -n 1) (apt-get $1 on $mirror; the whole story is in $lab/apt.log)"
}
: >"$lab/apt.log"
suite_apt update -o APT::Update::Error-Mode=any
# shellcheck disable=SC2086
suite_apt install -y --no-install-recommends --download-only $PACKAGES

for package in "$new"/apt/archives/*.deb; do
    dpkg-deb --fsys-tarfile "$package" |
        tar -x -C "$new/root" --keep-directory-symlink --no-same-owner --exclude='./usr/share/doc/*' \
            --exclude='./usr/share/locale/*' --exclude='./usr/share/man/*'
done

# The suite's own loader and libraries run its programs beside the machine's.
cd "$new/root"
loader=$(find usr/lib -name 'ld-linux*.so.*' -type f -print -quit)
libraries=$(dirname "$loader")
path='$root/'$libraries
for folder in "$libraries"/pulseaudio usr/lib/pulse-*/modules; do path=$path:'$root/'$folder; done
for program in $PROGRAMS; do
    [ -x "$program" ] || stop "$SUITE has no $program any more"
    cat >"bin/${program##*/}" <<SH
#!/bin/sh
root=\${0%/bin/*}
exec "\$root/$loader" --inhibit-cache --argv0 ${program##*/} --library-path "$path" "\$root/$program" "\$@"
SH
    chmod +x "bin/${program##*/}"
done
"$new/root/bin/asterisk" -V >/dev/null || stop "Asterisk of $SUITE does not run on this machine"
printf '%s\n' "$recipe" >.recipe
[ ! -d "$peers" ] || mv "$peers" "$new/before"
mv "$new/root" "$peers"
say "ready after $((SECONDS - began)) s: $("$peers/bin/asterisk" -V)"

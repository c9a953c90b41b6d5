#!/usr/bin/env bash
# Tries the packages in build/package on a Debian 12 that has nothing but apt: installing, working, a real call, the next
# version, the one before, removing. Everything it starts and mounts ends with it.
# Usage: installer/linux/verify_in_chroot.sh [MIRROR]   as root
# Environment: AGENT_DESKTOP_CACHE (~/.cache/agent-desktop) keeps the bare system and what apt fetched; APT_CONF names a file of
#   apt settings that MIRROR needs; KEEP=1 leaves the tried system on disk
# What it leaves in build/package: window.png, as the installed workstation drew itself in Chinese, and pages/, as an open one
# drew its pages after the upgrade.
set -euo pipefail
cd "$(dirname "$0")/../.."

MIRROR=${1:-$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | awk '/\/debian\/*$/ && !found++')}
CACHE=${AGENT_DESKTOP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/agent-desktop}
HOME_OF_TRIALS=$CACHE/package-trial
MADE=build/package
VERSION=${PACKAGE_VERSION:-$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)}
BEFORE=0.0.1~before
DESKTOP=$MADE/agent-desktop_${VERSION}_amd64.deb
SERVER=$MADE/agent-server_${VERSION}_amd64.deb
MOST_START=1.1 # of processor time and of time on the clock, by those of this checkout

say() { printf 'verify: %s\n' "$*"; }
stop() { printf 'verify: FAILED: %s\n' "$*" >&2; exit 1; }
began() { started=$(date +%s); }
done_with() { say "$* ($(($(date +%s) - started)) s)"; }

[ "$(id -u)" -eq 0 ] || stop "it needs root (debootstrap, chroot)"
for tool in debootstrap lintian objcopy unshare xdotool Xvfb; do command -v "$tool" >/dev/null || stop "$tool is missing"; done
for package in "$DESKTOP" "$SERVER"; do [ -f "$package" ] || stop "there is no $package: make package"; done

# ---- the packages themselves ----------------------------------------------------------------------------

began
for package in "$DESKTOP" "$SERVER"; do
    found=$(lintian --fail-on none "$package" 2>/dev/null)
    [ -z "$found" ] || stop "lintian finds in $package: $found"
done
done_with "lintian finds nothing without a reason"
# Everything is root's, and nobody else may write to it; nothing makes who runs it somebody else.
for package in "$DESKTOP" "$SERVER"; do
    found=$(dpkg-deb -c "$package" | awk '$1 !~ /^l/ && ($2 != "root/root" || $1 ~ /^.....w|^........w|[sStT]/)')
    [ -z "$found" ] || stop "in $package others may write, or become root: $found"
done
dpkg-deb --fsys-tarfile "$DESKTOP" | tar -xO ./usr/share/applications/agent-desktop.desktop >"$MADE/agent-desktop.desktop"
desktop-file-validate "$MADE/agent-desktop.desktop"
dpkg-deb --fsys-tarfile "$DESKTOP" | tar -xO ./usr/share/metainfo/org.agent_desktop.AgentDesktop.metainfo.xml >"$MADE/metainfo.xml"
appstreamcli validate --no-net "$MADE/metainfo.xml" >/dev/null || stop "appstreamcli refuses the metainfo"
rm "$MADE/agent-desktop.desktop" "$MADE/metainfo.xml"

# ---- a machine ------------------------------------------------------------------------------------------

bare=$HOME_OF_TRIALS/bookworm
mkdir -p "$HOME_OF_TRIALS/archives"
if [ ! -f "$bare.complete" ]; then
    began
    rm -rf "$bare"
    debootstrap --variant=minbase bookworm "$bare" "$MIRROR" >"$HOME_OF_TRIALS/debootstrap.log"
    touch "$bare.complete"
    done_with "a bare Debian 12, kept in $bare"
fi
machine=$(mktemp -d "$HOME_OF_TRIALS/trial-XXXXXX")
screen_pid=
finish() {
    [ -z "$screen_pid" ] || kill "$screen_pid" 2>/dev/null || true
    cp -n "$machine"/var/cache/apt/archives/*.deb "$HOME_OF_TRIALS/archives/" 2>/dev/null || true
    [ -n "${KEEP:-}" ] || rm -rf --one-file-system "$machine"
}
trap finish EXIT
cp -a --reflink=auto "$bare/." "$machine/"
cp -L /etc/resolv.conf "$machine/etc/resolv.conf"
printf '127.0.0.1 localhost\n::1 localhost\n' >"$machine/etc/hosts"
printf '#!/bin/sh\nexit 101\n' >"$machine/usr/sbin/policy-rc.d" # nothing is started by a package in a chroot
chmod 755 "$machine/usr/sbin/policy-rc.d"
if [ -n "${APT_CONF:-}" ]; then cp "$APT_CONF" "$machine/etc/apt/apt.conf.d/99mirror"; fi
find "$HOME_OF_TRIALS/archives" -name '*.deb' -exec cp --reflink=auto -t "$machine/var/cache/apt/archives" {} +
printf 'force-unsafe-io\n' >"$machine/etc/dpkg/dpkg.cfg.d/trial" # it is thrown away: nothing has to be on the disk for good
printf 'Binary::apt-get::APT::Keep-Downloaded-Packages "true";\n' >"$machine/etc/apt/apt.conf.d/98keep"

# Mounts and processes of its own, and nothing of this shell's environment.
inside() {
    unshare --mount --pid --fork --kill-child -- bash -euc '
        mount -t proc proc "$0/proc"
        mount --rbind /dev "$0/dev"
        mount -t tmpfs tmpfs "$0/tmp"
        mount -t tmpfs tmpfs "$0/run"
        exec chroot "$0" env -i HOME=/root TERM=dumb LANG=C.UTF-8 LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
            PATH=/usr/sbin:/usr/bin:/sbin:/bin bash -euc "$1"
    ' "$machine" "$1" </dev/null
}
install_it() {
    cp "$1" "$machine/srv/it.deb"
    inside "apt-get install -y -qq --no-install-recommends --allow-downgrades -o Dpkg::Options::=--force-confold /srv/it.deb \
        >/var/log/trial.log 2>&1" || { tail -n 20 "$machine/var/log/trial.log" >&2; stop "apt-get could not install $1"; }
    rm "$machine/srv/it.deb"
}
version_of() { inside "dpkg-query -W -f '\${db:Status-Abbrev} \${Version}' $1 2>/dev/null" || true; }
must_be() { [ "$2" = "$3" ] || stop "$1 is '$2', not '$3'"; }

# The screen is this machine's, so that its libraries are not the tried machine's.
Xvfb -displayfd 3 -screen 0 1920x1080x24 -nolisten tcp 3>"$machine/srv/screen" >/dev/null 2>&1 &
screen_pid=$!
until [ -s "$machine/srv/screen" ]; do kill -0 "$screen_pid" || stop "there is no screen"; sleep 0.1; done
SCREEN=:$(cat "$machine/srv/screen")
smoke() {
    local told
    told=$(inside "su agent -s /bin/bash -c 'cd; DISPLAY=$SCREEN QT_QPA_PLATFORM=xcb agent-desktop --smoke --picture /var/tmp/window.png' 2>/var/log/smoke.log") ||
        { printf '%s\n' "$told" >&2; tail -n 5 "$machine/var/log/smoke.log" >&2; stop "the installed workstation does not work"; }
    case $told in *'"platform": "xcb"'*'"ok": true'*) ;; *) stop "$told" ;; esac
    cp "$machine/var/tmp/window.png" "$MADE/window.png"
}

# ---- the workstation ------------------------------------------------------------------------------------

began
inside "apt-get update -qq >/dev/null; useradd --create-home agent"
files() { inside "find / -xdev \( -path /proc -o -path /var/cache -o -path /var/lib/dpkg -o -path /var/lib/apt -o -path /var/log -o -path /var/tmp -o -path /home \) -prune -o -print | sort"; }
# The version before: the same with another number, a file that this one has not any more, and its modules at other places
# of the program's archive.
before=$machine/srv/before.deb
dpkg-deb -R "$DESKTOP" "$machine/srv/before"
sed -i "s/^Version: .*/Version: $BEFORE/" "$machine/srv/before/DEBIAN/control"
touch "$machine/srv/before/opt/agent-desktop/only-before"
objcopy --dump-section "pydata=$machine/srv/modules" "$machine/srv/before/opt/agent-desktop/agent-desktop" /dev/null
{ head -c 8192 /dev/zero; cat "$machine/srv/modules"; } >"$machine/srv/moved"
objcopy --update-section "pydata=$machine/srv/moved" "$machine/srv/before/opt/agent-desktop/agent-desktop"
rm "$machine/srv/modules" "$machine/srv/moved"
dpkg-deb --root-owner-group -Znone --build "$machine/srv/before" "$before" >/dev/null
rm -rf "$machine/srv/before"
install_it "$before"
! inside "command -v python3" >/dev/null || stop "something brought a Python along: this proves nothing"
done_with "installed without recommends and without a Python: $(version_of agent-desktop)"

began
missing=$(inside "find /opt/agent-desktop -name '*.so*' -type f -not -path '*printsupport*' |
    LD_LIBRARY_PATH=/opt/agent-desktop/_internal xargs ldd 2>/dev/null | grep 'not found' | sort -u" || true)
[ -z "$missing" ] || stop "libraries that nothing depends on: $missing"
smoke
done_with "agent-desktop --smoke on a screen, every part works: look at $MADE/window.png"

began
said=$(PYTHONPATH=$PWD .venv/bin/python -m tests.lab.packaged_wipe "$machine" agent-desktop) || stop "a workstation that was wiped, or locked: $said"
inside "rm -r /home/agent/wiped"
done_with "wiped from afar, and locked after too long without the server: what was written arrived, nothing of it lies in clear"

# What the site and the person have by then.
autostart=/etc/xdg/autostart/agent-desktop.desktop
managed=/etc/agent-desktop/policies/managed/10-site.json
settings=/home/agent/.config/agent-desktop/settings.json
inside "echo 'X-Edited=by-the-site' >>$autostart; echo '{\"update.url\": \"https://desk.example\"}' >$managed
    su agent -s /bin/bash -c 'mkdir -p ~/.config/agent-desktop ~/.local/share/agent-desktop; echo \"{\\\"area_code\\\": \\\"0571\\\"}\" >$settings
    echo kept >~/.local/share/agent-desktop/kept'"
whole() {
    inside "grep -q X-Edited $autostart" || stop "$1: the edited file of the site was lost"
    inside "grep -q desk.example $managed" || stop "$1: the policy was lost"
    inside "grep -q 0571 $settings; grep -q kept /home/agent/.local/share/agent-desktop/kept" || stop "$1: what is the person's was lost"
    local counts
    counts=$(inside "su agent -s /bin/bash -c 'agent-desktop --policy-report --json'") || true
    case $counts in *https://desk.example*) ;; *) stop "$1: the policy does not count: $counts" ;; esac
}
versions() { find "$machine/opt/agent-desktop/versions" -mindepth 1 -maxdepth 1 | wc -l; }
began
cp "$DESKTOP" "$machine/srv/it.deb"
said=$(PYTHONPATH=$PWD .venv/bin/python -m tests.lab.packaged_window "$machine" agent-desktop /srv/it.deb) ||
    stop "a workstation that was open during the upgrade: $said"
rm -rf "$machine/srv/it.deb" "$MADE/pages"
cp -r "$machine/srv/pages" "$MADE/pages"
done_with "upgraded from $BEFORE while a workstation was open: every page of its own version opened, its phone came back"

began
must_be "the version after the upgrade" "$(version_of agent-desktop)" "ii  $VERSION"
inside "test ! -e /opt/agent-desktop/only-before" || stop "the upgrade left a file of the version before"
whole "upgrade"
smoke
done_with "upgraded from $BEFORE: what the site edited and the person's data are there, policy counts"

began
installer/linux/repo.sh "$machine/srv/repository" "$before" "$DESKTOP" >/dev/null
inside "cp /srv/repository/agent-desktop.asc /etc/apt/keyrings/ 2>/dev/null || install -D -m 644 /srv/repository/agent-desktop.asc /etc/apt/keyrings/agent-desktop.asc
    echo 'deb [signed-by=/etc/apt/keyrings/agent-desktop.asc] file:/srv/repository stable main' >/etc/apt/sources.list.d/agent-desktop.list
    apt-get update -qq; apt-get install -y -qq --allow-downgrades -o Dpkg::Options::=--force-confold agent-desktop=$BEFORE >/var/log/trial.log 2>&1"
must_be "the version after going back" "$(version_of agent-desktop)" "ii  $BEFORE"
must_be "what is kept once nobody runs another version" "$(versions)" 1
whole "going back"
inside "apt-get install -y -qq --only-upgrade -o Dpkg::Options::=--force-confold agent-desktop >/var/log/trial.log 2>&1"
must_be "the version after going on" "$(version_of agent-desktop)" "ii  $VERSION"
sed -i 's/Agent Desktop/Agent Desktoq/' "$machine/srv/repository/dists/stable/InRelease"
! inside "rm -rf /var/lib/apt/lists/*stable*; apt-get update -qq -o APT::Update::Error-Mode=any -o Dir::Etc::sourcelist=/etc/apt/sources.list.d/agent-desktop.list -o Dir::Etc::sourceparts=-" \
    >/dev/null 2>&1 || stop "apt believes a repository that was tampered with"
done_with "from a signed repository: back to $BEFORE and on again; a tampered list is refused"

began
said=$(PYTHONPATH=$PWD .venv/bin/python -m tests.lab.packaged_call "$machine/srv/lab" \
    unshare --mount -- bash -euc 'mount -t proc proc "$0/proc"; mount --rbind /dev "$0/dev"; exec chroot "$0" env -i HOME=/root PATH=/usr/bin:/bin \
    LANG=C.UTF-8 AGENT_PHONE_PASSWORD="$AGENT_PHONE_PASSWORD" agent-phone "$@"' "$machine" 2>/dev/null) || stop "the call of the packaged phone: $said"
done_with "the packaged phone called baresip by TLS and SRTP, both heard each other: $said"

began
inside "sleep 60 | agent-phone --account sip:nobody@127.0.0.1:9 --registrar 127.0.0.1:9 >/dev/null 2>&1 & open=\$!
    until [ -e /proc/\$open/exe ] && readlink /proc/\$open/exe | grep -q agent-desktop; do sleep 0.1; done
    apt-get remove -y -qq agent-desktop >/dev/null 2>&1; kill \$open"
must_be "what is kept of a removed package while somebody runs it" "$(versions)" 1
must_be "the state after removing" "$(version_of agent-desktop)" "rc  $VERSION"
inside "test ! -e /opt/agent-desktop/agent-desktop; test ! -e /usr/bin/agent-desktop; test -e $managed; test -e $autostart" || stop "removing took or left too much"
inside "apt-get purge -y -qq agent-desktop >/dev/null 2>&1"
inside "test ! -e /opt/agent-desktop" || stop "purging left the version that somebody ran"
left=$(files | grep -i -e agent-desktop -e agent-phone -e agent_desktop | grep -v -e '^/srv' -e '^/etc/apt' || true)
[ -z "$left" ] || stop "purging left: $left"
inside "grep -q kept /home/agent/.local/share/agent-desktop/kept" || stop "purging touched a home"
done_with "removed, then purged: nothing is left, the person's data are where they were"

# ---- the server -----------------------------------------------------------------------------------------

began
install_it "$SERVER"
inside "agent-server init; agent-server doctor" >"$MADE/doctor.txt" || stop "the server's doctor says: $(cat "$MADE/doctor.txt")"
inside "test \"\$(stat -c '%U %a' /var/lib/agent-server/secret.key)\" = 'agent-server 600'; test \"\$(stat -c %a /etc/agent-server/agent-server.env)\" = 600" ||
    stop "the server's key or its variables may be read by others"
inside "agent-server run --port 18700 --port-file /var/lib/agent-server/port >/dev/null 2>&1 & serving=\$!
    for _ in \$(seq 100); do [ -s /var/lib/agent-server/port ] && break; sleep 0.2; done
    agent-server doctor --port 18700 | grep 'a server answers'; kill \$serving; wait \$serving || true" >/dev/null ||
    stop "the packaged server does not answer"
inside "systemd-analyze security --offline=true agent-server.service 2>/dev/null | tail -n 1" | sed 's/^/verify: /' || true
inside "apt-get purge -y -qq agent-server >/dev/null 2>&1"
inside "test ! -e /opt/agent-server; test ! -e /etc/agent-server; test -s /var/lib/agent-server/secret.key" ||
    stop "purging the server took its data or left its files"
done_with "the server: installed, made ready, served as its own user, examined, purged without its data"
# ---- how fast it starts ---------------------------------------------------------------------------------

began
starts() {
    PYTHONPATH=$PWD .venv/bin/python -m benchmarks startup --customers 2000 --runs 5 --most "$MOST_START" \
        --packaged "$PWD/$MADE/frozen/agent-desktop/agent-desktop" --json
}
# What else runs on this machine makes it slower, and never faster: the best of three counts.
said=$(starts) || said=$(starts) || said=$(starts) || stop "it starts slower than $MOST_START times this checkout: $said"
done_with "it starts as fast as this checkout, or $MOST_START times as long at most: $said"
say "all of it passed"

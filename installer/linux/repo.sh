#!/usr/bin/env bash
# Keeps a signed apt repository of our packages, several versions of each, so that a site goes back by naming one:
#   apt install agent-desktop=VERSION
# Usage: installer/linux/repo.sh FOLDER [PACKAGE.deb...]     adds the packages (none: signs anew) and signs
# Environment: REPO_KEY    fingerprint of a key in the caller's GnuPG (GNUPGHOME); without it a key is made that signs this
#                          once and is thrown away: for trials and continuous integration
#              REPO_KEEP   versions of a package that stay (5), the newest first
#              REPO_VALID_DAYS   days until clients refuse the list as stale, so that nobody can hold them on an old one (30)
# The key to trust is FOLDER/agent-desktop.asc; the lines for a workstation are in docs/it/install-linux.md.
set -euo pipefail

say() { printf 'repo: %s\n' "$*"; }
stop() { printf 'repo: %s\n' "$*" >&2; exit 1; }

[ $# -ge 1 ] || { sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2; }
for tool in apt-ftparchive dpkg-deb gpg; do command -v "$tool" >/dev/null || stop "$tool is missing (apt-utils, dpkg, gpg)"; done
FOLDER=$1
KEEP=${REPO_KEEP:-5}
shift
# Workstations that trust a key refuse one that was made for a trial; who keeps the repository is to hear of it first.
[ -n "${REPO_KEY:-}" ] || [ ! -f "$FOLDER/agent-desktop.asc" ] || stop "$FOLDER is signed already: name its key by REPO_KEY"
mkdir -p "$FOLDER/pool"

for package in "$@"; do
    name=$(dpkg-deb -f "$package" Package)_$(dpkg-deb -f "$package" Version)_$(dpkg-deb -f "$package" Architecture).deb
    if [ -f "$FOLDER/pool/$name" ]; then
        cmp -s "$package" "$FOLDER/pool/$name" || stop "$name is there already with other bytes: a version is published once"
    else
        install -m 644 "$package" "$FOLDER/pool/$name"
    fi
done

# What is older than the KEEP newest of its name goes, by dpkg's own order of versions.
versions() { for each in "$FOLDER/pool/$1"_*.deb; do dpkg-deb -f "$each" Version; done; }
newest_first() {
    local sorted=() each at
    while IFS= read -r each; do
        for ((at = 0; at < ${#sorted[@]}; at++)); do
            if dpkg --compare-versions "$each" gt "${sorted[at]}"; then break; fi
        done
        sorted=("${sorted[@]:0:at}" "$each" "${sorted[@]:at}")
    done
    printf '%s\n' "${sorted[@]}"
}
for name in $(find "$FOLDER/pool" -name '*.deb' -printf '%f\n' | cut -d_ -f1 | sort -u); do
    versions "$name" | newest_first | tail -n "+$((KEEP + 1))" | while IFS= read -r version; do
        say "$name $version goes: $KEEP newer ones are there"
        rm "$FOLDER/pool/${name}_${version}_"*.deb
    done
done

suite=$FOLDER/dists/stable
mkdir -p "$suite/main/binary-amd64"
(cd "$FOLDER" && apt-ftparchive packages pool) >"$suite/main/binary-amd64/Packages"
gzip -9nkf "$suite/main/binary-amd64/Packages"
release=$(mktemp)
home=
trap 'rm -f "$release"; [ -z "$home" ] || rm -rf "$home"' EXIT
apt-ftparchive -o APT::FTPArchive::Release::Origin="Agent Desktop" -o APT::FTPArchive::Release::Label="Agent Desktop" \
    -o APT::FTPArchive::Release::Suite=stable -o APT::FTPArchive::Release::Codename=stable \
    -o APT::FTPArchive::Release::Architectures=amd64 -o APT::FTPArchive::Release::Components=main \
    -o APT::FTPArchive::Release::Default-Patterns=false -o APT::FTPArchive::Release::Patterns::="Packages*" \
    release "$suite" >"$release"
printf 'Valid-Until: %s\n' "$(LC_ALL=C date -Ru -d "+${REPO_VALID_DAYS:-30} days" | sed 's/+0000/UTC/')" >>"$release"
install -m 644 "$release" "$suite/Release.new"

key=${REPO_KEY:-}
if [ -z "$key" ]; then
    home=$(mktemp -d)
    export GNUPGHOME=$home
    gpg --batch --quiet --passphrase '' --quick-generate-key 'Agent Desktop, thrown away' ed25519 sign 1d 2>/dev/null
    key=$(gpg --batch --no-auto-check-trustdb --list-keys --with-colons | awk -F: '$1 == "fpr" && !found++ { print $10 }')
    say "signed by a key that is thrown away (REPO_KEY names one of yours)"
fi
sign() { gpg --batch --no-auto-check-trustdb --yes --quiet --local-user "$key" --armor "$@"; }
sign --clearsign --output "$suite/InRelease.new" "$suite/Release.new"
sign --detach-sign --output "$suite/Release.gpg.new" "$suite/Release.new"
for name in Release Release.gpg InRelease; do mv -f "$suite/$name.new" "$suite/$name"; done
gpg --batch --no-auto-check-trustdb --yes --armor --output "$FOLDER/agent-desktop.asc" --export "$key" 2>/dev/null
if [ -n "$home" ]; then gpgconf --kill gpg-agent; fi
say "$(find "$FOLDER/pool" -name '*.deb' | wc -l) packages in $FOLDER"

#!/usr/bin/env bash
# Tries the installers for Windows that build.sh made: the MSI's tables and the signatures anywhere; where there is Wine, installs,
# works, upgrades, refuses, goes back and removes, by both. Nothing of this machine's own Wine is touched.
# Usage: installer/windows/verify_in_wine.sh
# It needs .venv, and the lab (make lab) for real calls.
# Environment: ALLOW_NO_WINE=1 (without Wine try the rest, and say so); what build.sh and wine.sh read
set -euo pipefail
cd "$(dirname "$0")/../.."
[ -n "${DISPLAY:-}" ] || [ ! -x /usr/lib/wine/wine64 ] || exec xvfb-run --auto-servernum --server-args="-screen 0 1920x1080x24" "$0" "$@"

say() { printf 'verify: %s\n' "$*"; }
stop() { printf 'verify: FAILED: %s\n' "$*" >&2; exit 1; }

VERSION=${PACKAGE_VERSION:-$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)}
NEXT=${VERSION%.*}.$((${VERSION##*.} + 1))
OUT=$PWD/build/package
PAYLOAD=$OUT/windows/agent-desktop
MSI=$OUT/agent-desktop_${VERSION}_x64.msi
EXE=$OUT/agent-desktop_${VERSION}_x64.exe
ROOM=$OUT/work/verify-windows
UPGRADE_CODE='{5E1B2F0E-7C0A-4D0B-9D5A-2F6A4A0C7B31}'
REFUSED=$((1603 % 256)) # of msiexec's exit code Wine hands on eight bits
[ -f "$MSI" ] && [ -f "$EXE" ] || stop "there is no $MSI or no $EXE: make package-windows"
rm -rf "$ROOM"
mkdir -p "$ROOM"
began=$SECONDS

# ---- without Windows --------------------------------------------------------------------------------------

has() { # TABLE LINE: fields with "|" between them, as they begin a row
    msiinfo export "$MSI" "$1" | tr -d '\r' | tr '\t' '|' | grep -qF -- "$2" || stop "the MSI's table $1 has no row $2"
}
has Property "UpgradeCode|$UPGRADE_CODE"
has Property "ProductVersion|$VERSION"
has Property 'ALLUSERS|1'
has Property 'MSIRESTARTMANAGERCONTROL|Disable'
has Property 'ARPPRODUCTICON|agent_desktop.ico'
has Upgrade "$UPGRADE_CODE|0.0.0|$VERSION||769||OLDERFOUND"
has Upgrade "$UPGRADE_CODE|$VERSION|||1||NEWERFOUND"
has LaunchCondition 'ALLOWDOWNGRADE="1"'
has Feature 'Main||'
has Feature 'UrlHandlers||'
has Feature 'Autostart||'
has CustomAction 'SeedMachine|3074|machine_folder|seed'
has InstallExecuteSequence 'WipeMachine|REMOVE="ALL" AND WIPEDATA="1" AND NOT UPGRADINGPRODUCTCODE'
for property in SERVERURL SIPDOMAIN PROVISION WIPEDATA ALLOWDOWNGRADE REMEMBERED_SERVERURL; do
    msiinfo export "$MSI" Property | grep '^SecureCustomProperties' | grep -qE "[;	]$property(;|\s*$)" || stop "$property does not pass an elevated installation"
done
if msiinfo export "$MSI" InstallExecuteSequence | grep -qi launch.*program; then stop "the MSI starts something at its end"; fi
say "the tables of the MSI are as they must be"
signed=0
for file in "$MSI" "$EXE" "$PAYLOAD"/agent-desktop.exe "$PAYLOAD"/agent-desktop-console.exe "$PAYLOAD"/lib/_pjsua2*.pyd "$PAYLOAD/python312.dll"; do
    told=$(osslsigncode verify -in "$file" 2>/dev/null || true)
    grep -q 'No signature found' <<<"$told" || signed=$((signed + 1))
    if grep -q 'Digest mismatch\|MISMATCH' <<<"$told"; then stop "$file was changed after it was signed"; fi
done
say "$signed of 6 files that are looked at are signed, and none was changed afterwards"
if [ ! -x /usr/lib/wine/wine64 ]; then
    [ "${ALLOW_NO_WINE:-}" = 1 ] || stop "there is no Wine: installer/linux/setup.sh windows wine, or ALLOW_NO_WINE=1 to try no more than this"
    say "########################################################################"
    say "# NO WINE: NEITHER INSTALLER WAS RUN. Nothing above shows that they work."
    say "########################################################################"
    exit 0
fi

# ---- in Wine ----------------------------------------------------------------------------------------------

say "the next version, $NEXT"
PACKAGE_VERSION=$NEXT PACKAGE_OUT=$ROOM/next installer/windows/build.sh msi >"$ROOM/next.log" 2>&1 || stop "see $ROOM/next.log"
NEXT_MSI=$ROOM/next/agent-desktop_${NEXT}_x64.msi
export WINEPREFIX=$ROOM/prefix
installer/windows/wine.sh copy "$WINEPREFIX"
trap 'installer/windows/wine.sh end' EXIT
installer/windows/wine.sh differences | sed 's/^/verify: /'
DISK=$WINEPREFIX/drive_c
INSTALLED="$DISK/Program Files/Agent Desktop"
SHARED="$DISK/ProgramData/Agent Desktop"
wine() { timeout 400 installer/windows/wine.sh run "$@"; }

# CODE PROGRAM WORD...: it ends with that code.
ends_with() {
    local wanted=$1 started=$SECONDS code=0
    shift
    wine "$@" >>"$ROOM/log" 2>&1 || code=$?
    [ "$code" = "$wanted" ] || stop "exit code $code and not $wanted: $* (see $ROOM/log)"
    took=$((SECONDS - started))
}
registry() {
    for key in AgentDesktop RegisteredApplications Classes\\AgentDesktop.tel Classes\\AgentDesktop.callto \
        Microsoft\\Windows\\CurrentVersion\\Run Microsoft\\Windows\\CurrentVersion\\Uninstall; do
        wine reg query "HKLM\\Software\\$key" /s 2>/dev/null || true
    done | tr -d '\r' >"$ROOM/registry"
}
says() { grep -qF -- "$1" "$ROOM/registry" || stop "the registry does not say: $1 (see $ROOM/registry)"; }
says_not() { if grep -qF -- "$1" "$ROOM/registry"; then stop "the registry still says: $1"; fi; }
is_as_shipped() { # FOLDER [EXTRA]
    diff -rq "$PAYLOAD" "$1" | grep -v "^Only in .*: ${2:-nothing}$" >"$ROOM/differing" || true
    [ ! -s "$ROOM/differing" ] || stop "what is installed is not what was packed: $(head -n 3 "$ROOM/differing")"
}
is_listed_once() {
    [ "$(grep -c 'DisplayName .*Agent Desktop' "$ROOM/registry")" = 1 ] || stop "it is not listed once among the programs"
    grep -q "DisplayVersion .*REG_SZ *$1\$" "$ROOM/registry" || stop "it is not listed as $1"
}
seed_says() { grep -qF -- "$1" "$SHARED/provision.json" || stop "provision.json does not say $1"; }

ends_with 0 msiexec /i "$MSI" /qn SERVERURL=https://desk.corp.example SIPTRANSPORT=tls
say "MSI installed in $took s, $(du -sm --apparent-size "$INSTALLED" | cut -f1) MB"
is_as_shipped "$INSTALLED"
registry
is_listed_once "$VERSION"
says "InstallLocation    REG_SZ    C:\\Program Files\\Agent Desktop\\"
says 'tel    REG_SZ    AgentDesktop.tel'
says '"C:\Program Files\Agent Desktop\agent-desktop.exe" -- "%1"'
says '"C:\Program Files\Agent Desktop\agent-desktop.exe" --autostart'
seed_says '"server.url": "https://desk.corp.example"'
[ -d "$SHARED/policies/managed" ] && [ -d "$SHARED/policies/recommended" ] || stop "the folders of policy are not there"

console='C:\Program Files\Agent Desktop\agent-desktop-console.exe'
# Wine gives every file to its one user, who is no administrator; the program says that such a file does not count.
if wine "$console" --policy-report --json >"$ROOM/policy.json" 2>>"$ROOM/log"; then stop "a file of a plain user counts: $ROOM/policy.json"; fi
tr -d ' \r\n' <"$ROOM/policy.json" | grep -qF 'provision.json","key":"","why":"writable"' || stop "the program does not look at provision.json: $ROOM/policy.json"
say "provision.json is found, and refused as Wine's owner of it is no administrator"

started=$SECONDS
wine "$console" --smoke --picture 'C:\window.png' >"$ROOM/smoke.json" 2>>"$ROOM/log" || stop "--smoke: $(tail -c 2000 "$ROOM/smoke.json")"
grep -q '"ok": true' "$ROOM/smoke.json" || stop "--smoke did not say that all is well: $ROOM/smoke.json"
cp "$DISK/window.png" "$OUT/window-windows.png"
say "--smoke in $((SECONDS - started)) s: $(cat "$ROOM/smoke.json")"
installer/windows/verify_phone.sh "$console"
is_as_shipped "$INSTALLED"
say "nothing was written where the program lies"

printf '{"server.url": "https://desk.corp.example", "ui.theme": "dark"}\n' >"$SHARED/provision.json"
printf '{"lock.idle_min": 5}\n' >"$SHARED/policies/managed/10-site.json"
cp "$SHARED/provision.json" "$ROOM/seed"
ends_with 0 msiexec /i "$NEXT_MSI" /qn
say "upgraded to $NEXT in $took s"
registry
is_listed_once "$NEXT"
says 'SERVERURL    REG_SZ    https://desk.corp.example'
says 'SIPTRANSPORT    REG_SZ    tls'
cmp -s "$ROOM/seed" "$SHARED/provision.json" || stop "the upgrade touched provision.json"
[ -f "$SHARED/policies/managed/10-site.json" ] || stop "the upgrade took a file of policy away"
ends_with "$REFUSED" msiexec /i "$MSI" /qn
registry
is_listed_once "$NEXT"
ends_with 0 msiexec /i "$MSI" /qn ALLOWDOWNGRADE=1
registry
is_listed_once "$VERSION"
is_as_shipped "$INSTALLED"
cmp -s "$ROOM/seed" "$SHARED/provision.json" || stop "going back touched provision.json"
say "an older version is refused, and taken where it is asked for"

is_gone() {
    registry
    [ ! -e "$1" ] || stop "left: $(find "$1" | head -n 5)"
    says_not AgentDesktop
    says_not "Agent Desktop"
    [ -z "$(find "$DISK" -name 'Agent Desktop.lnk')" ] || stop "the Start menu still has it"
}
ends_with 0 msiexec /x "$MSI" /qn
is_gone "$INSTALLED"
cmp -s "$ROOM/seed" "$SHARED/provision.json" || stop "removing took provision.json away unasked"
say "removed in $took s; what stays is %ProgramData%\\Agent Desktop"

chinese='C:\坐席 工作台'
ends_with 0 msiexec /i "$MSI" /qn ADDLOCAL=Main "INSTALLDIR=$chinese"
registry
says_not 'URLAssociations'
says_not '--autostart'
is_as_shipped "$DISK/坐席 工作台"
wine "$chinese\\agent-desktop-console.exe" --version 2>>"$ROOM/log" | grep -q "agent-desktop" || stop "it does not start in $chinese"
ends_with 0 msiexec /x "$MSI" /qn WIPEDATA=1
is_gone "$DISK/坐席 工作台"
[ ! -e "$SHARED" ] || stop "WIPEDATA=1 left $(find "$SHARED")"
say "a folder with a Chinese name, one feature alone, and WIPEDATA=1 do what they say"

printf '{"server.url": "https://exe.corp.example"}\n' >"$DISK/site.json"
ends_with 0 "$EXE" /S '/PROVISION=C:\site.json' /AUTOSTART=0
say ".exe installed in $took s"
is_as_shipped "$INSTALLED" uninstall.exe
registry
is_listed_once "$VERSION"
says '"C:\Program Files\Agent Desktop\agent-desktop.exe" -- "%1"'
says_not '--autostart'
seed_says 'https://exe.corp.example'
wine "$console" --version 2>>"$ROOM/log" | grep -q "agent-desktop" || stop "it does not start"
ends_with "$REFUSED" msiexec /i "$MSI" /qn
ends_with 0 "$EXE" /S '/PROVISION=C:\site.json'
registry
is_listed_once "$VERSION"
says '--autostart'
ends_with 4 "$EXE" /S '/PROVISION=C:\nowhere.json'
ends_with 0 'C:\Program Files\Agent Desktop\uninstall.exe' /S /WIPEDATA=1 '_?=C:\Program Files\Agent Desktop'
rm -f "$INSTALLED/uninstall.exe" # which may not remove itself when it is waited for
[ ! -d "$INSTALLED" ] || rmdir "$INSTALLED"
is_gone "$INSTALLED"
[ ! -e "$SHARED" ] || stop "/WIPEDATA=1 left $(find "$SHARED")"
say ".exe removed; nothing is left"
say "all of it holds, in $((SECONDS - began)) s"

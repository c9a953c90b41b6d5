#!/usr/bin/env bash
# Tries the phone and the policy of a workstation that is installed in $WINEPREFIX: what its engine can do, calls by TLS and
# SRTP through the lab's exchange to baresip that both sides hear (from files, and through sound devices), policy from the
# registry.
# Usage: installer/windows/verify_phone.sh PROGRAM      as a path of Windows: 'C:\Program Files\Agent Desktop\agent-desktop.exe'
# Environment: WINEPREFIX (what "wine.sh prefix" prints), AGENT_DESKTOP_CACHE; PYTHON_ONLY=1: PROGRAM is a python.exe with the
#   workstation in it
# It needs .venv and the lab (make lab).
set -euo pipefail
cd "$(dirname "$0")/../.."

PROGRAM=${1:?the installed program, as a path of Windows}
WINE=installer/windows/wine.sh
export WINEPREFIX=${WINEPREFIX:-$($WINE prefix)}
workstation=("$WINE" run "$PROGRAM")
[ -z "${PYTHON_ONLY:-}" ] || workstation+=(-m agent_desktop)
phone=("$WINE" run "$PROGRAM" -m agent_desktop.softphone)
MACHINE='HKLM\Software\Policies\AgentDesktop'
USER_POLICY='HKCU\Software\Policies\AgentDesktop'

say() { printf 'verify: %s\n' "$*"; }
stop() { printf 'verify: FAILED: %s\n' "$*" >&2; exit 1; }
room=$(mktemp -d)
finish() {
    "$WINE" run reg delete "$MACHINE" /f >/dev/null 2>&1 || true
    "$WINE" run reg delete "$USER_POLICY" /f >/dev/null 2>&1 || true
    rm -rf "$room"
}
trap finish EXIT
seen_as() { printf 'Z:%s' "${1//\//\\}"; }

"$WINE" differences | sed 's/^/verify: /'
about=$("${phone[@]}" --about 2>"$room/log") || { tail -n 5 "$room/log" >&2; stop "the phone does not say what it can do"; }
PYTHONPATH=$PWD .venv/bin/python -c 'import json, sys; from agent_desktop.smoke import require_fit; require_fit(json.loads(sys.argv[1]))' \
    "$about" 2>"$room/log" || { tail -n 1 "$room/log" >&2; stop "this engine is not to be shipped: $about"; }
say "the phone engine: $about"

call() {
    PYTHONPATH=$PWD .venv/bin/python -m tests.lab.packaged_call "${@:2}" --seen-as "$(seen_as "$room/$1")" "$room/$1" "${phone[@]}" 2>"$room/log"
}
said=$(call files) || { tail -n 20 "$room/log" >&2; stop "the call: $said"; }
say "the phone called baresip by TLS and SRTP, both heard each other: $said"
said=$(call devices --through-devices) || { grep -v ^warning "$room/log" | tail -n 20 >&2; stop "the call through devices: $said"; }
say "the same through microphone and speaker, as Windows (WMME) has them, on a sound server: $said"

"$WINE" run reg add "$MACHINE" /v server.url /t REG_SZ /d https://machine.example /f >/dev/null 2>&1
"$WINE" run reg add "$MACHINE" /v ui.reduce_motion /t REG_DWORD /d 1 /f >/dev/null 2>&1
"$WINE" run reg add "$MACHINE\\Recommended" /v ui.theme /t REG_SZ /d dark /f >/dev/null 2>&1
"$WINE" run reg add "$USER_POLICY" /v server.url /t REG_SZ /d https://user.example /f >/dev/null 2>&1
"$WINE" run reg add "$USER_POLICY" /v server.proxy /t REG_SZ /d http://proxy.example:8080 /f >/dev/null 2>&1
# Exit code 1 stands for what does not count, such as a site's own file that others may write.
"${workstation[@]}" --policy-report --json >"$room/report" 2>"$room/log" || [ $? -eq 1 ] || { tail -n 5 "$room/log" >&2; stop "--policy-report failed"; }
.venv/bin/python - "$room/report" <<'PY' || stop "policy does not count as the registry has it: $(cat "$room/report")"
import json, sys
keys = json.load(open(sys.argv[1], encoding="utf-8"))["keys"]
told = {name: (keys[name]["value"], keys[name]["source"], keys[name]["locked"])
        for name in ("server.url", "ui.reduce_motion", "ui.theme", "server.proxy")}
sys.exit(told != {
    "server.url": ("https://machine.example", "machine", True),
    "ui.reduce_motion": (True, "machine", True),
    "ui.theme": ("dark", "recommended", False),
    "server.proxy": ("http://proxy.example:8080", "user", True),
})
PY
say "policy in the registry: the machine's before the person's, text and numbers, recommended is not locked"

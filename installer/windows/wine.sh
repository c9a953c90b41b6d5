#!/usr/bin/env bash
# A Windows 10 of Wine's, where there is no Windows, and programs run in it with their own output and exit code.
# Usage: installer/windows/wine.sh prefix                    prints where it lies, made when it is not there
#        installer/windows/wine.sh copy FOLDER               another one, as fresh, in FOLDER
#        installer/windows/wine.sh run PROGRAM [WORD...]     runs PROGRAM (a path of either system) in $WINEPREFIX
#        installer/windows/wine.sh end                       ends whatever still runs in $WINEPREFIX
#        installer/windows/wine.sh differences               says what is not as on a real Windows, for logs
# Environment: AGENT_DESKTOP_CACHE (~/.cache/agent-desktop); WINEPREFIX, for run and end (what "prefix" prints)
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)

CACHE=${AGENT_DESKTOP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/agent-desktop}
WINE=/usr/lib/wine/wine64 # the command "wine" complains on stderr when there is no Wine for 32 bits, which nothing here needs
TOOLS=x86_64-w64-mingw32
CC=$TOOLS-gcc-posix
# Wine does not pass QT_* on; a Chinese path needs UTF-8 on this side.
export LC_ALL=C.UTF-8 WINEARCH=win64 WINEDEBUG=${WINEDEBUG:--all}

say() { printf 'wine: %s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

[ -x "$WINE" ] || stop "there is no Wine for 64 bits: installer/linux/setup.sh windows wine"
key=$({ cat "$0" "$HERE"/wine/*.c; "$WINE" --version; } | sha256sum | cut -c1-16)
BASE=$CACHE/wine-$key

# A screen where there is none, and pipes: CPython does not start on what Wine makes of a file.
run() {
    local screen=() status=0
    [ -n "${DISPLAY:-}" ] || screen=(xvfb-run --auto-servernum --server-args="-screen 0 1920x1080x24")
    { "${screen[@]}" "$WINE" "$@" </dev/null 2>&1 >&3 3>&- | cat >&2 3>&-; } 3>&1 | cat || status=$?
    return "$status"
}

switch_dll() { run reg add 'HKCU\Software\Wine\DllOverrides' /v "$1" /t REG_SZ /d "$2" /f >>"$CACHE/wine.log" 2>&1; }

# What Wine lacks and Windows has. Its ucrtbase.dll goes on under another name, and as a file like any other.
stand_ins() {
    local system=$1 room=$2 ours
    "$CC" -shared -s -O2 -o "$system/icuuc.dll" "$HERE/wine/icuuc.c"
    "$CC" -shared -s -O2 -o "$system/bcryptprimitives.dll" "$HERE/wine/bcryptprimitives.c" -ladvapi32
    sed '0,/Wine builtin DLL/s//Wine was builtin/' "$system/ucrtbase.dll" >"$system/ucrtwine.dll"
    "$CC" -c -O2 -o "$room/ucrtbase.o" "$HERE/wine/ucrtbase.c"
    ours=$("$TOOLS-nm" "$room/ucrtbase.o" | awk '$2 == "T" && sub(/^own_/, "", $3) { print $3 }')
    { printf 'LIBRARY ucrtbase.dll\nEXPORTS\n'
      "$TOOLS-objdump" -p "$system/ucrtwine.dll" | sed -n '/Ordinal\/Name Pointer/,/^$/p' | awk 'NR > 1 && NF { print $NF }' |
        awk -v ours="$ours" 'BEGIN { split(ours, names); for (i in names) own[names[i]] }
            { printf "  \"%s\" = \"%s\"\n", $1, ($1 in own) ? "own_" $1 : "ucrtwine." $1 }'
    } >"$room/ucrtbase.def"
    rm "$system/ucrtbase.dll"
    "$CC" -shared -static -s -o "$system/ucrtbase.dll" "$room/ucrtbase.o" "$room/ucrtbase.def"
}

make_base() {
    local room
    command -v "$CC" >/dev/null || stop "$CC is missing: installer/linux/setup.sh windows wine"
    say "making a Windows 10 in $BASE, half a minute"
    mkdir -p "$CACHE"
    room=$(mktemp -d "$CACHE/wine-XXXXXX")
    trap 'WINEPREFIX=$room/prefix wineserver -k 2>/dev/null || true; rm -rf "$room"' EXIT
    export WINEPREFIX=$room/prefix
    # Neither Mono nor Gecko is offered: nothing here needs .NET or a browser.
    WINEDLLOVERRIDES='mscoree,mshtml=' run wineboot --init >"$CACHE/wine.log" 2>&1 || stop "wineboot failed, see $CACHE/wine.log"
    run winecfg -v win10 >>"$CACHE/wine.log" 2>&1 || stop "winecfg failed, see $CACHE/wine.log"
    stand_ins "$WINEPREFIX/drive_c/windows/system32" "$room"
    switch_dll ucrtbase native
    # CPython's _wmi.pyd asks Wine's propsys.dll for a function that is not there, which ends the process. Without the DLL
    # Python does without _wmi.
    switch_dll propsys ''
    # Sound through a sound server where one is; ALSA would complain of cards that are not there.
    run reg add 'HKCU\Software\Wine\Drivers' /v Audio /t REG_SZ /d pulse /f >>"$CACHE/wine.log" 2>&1
    # No "your program crashed" that waits for a click.
    run reg add 'HKCU\Software\Wine\WineDbg' /v ShowCrashDialog /t REG_DWORD /d 0 /f >>"$CACHE/wine.log" 2>&1
    wineserver -w
    mv -T "$WINEPREFIX" "$BASE" 2>/dev/null || [ -f "$BASE/system.reg" ] || stop "could not write $BASE"
    rm -rf "$room"
    trap - EXIT
}

case ${1:-} in
    prefix)
        [ -f "$BASE/system.reg" ] || make_base
        printf '%s\n' "$BASE"
        ;;
    copy)
        [ -n "${2:-}" ] && [ ! -e "$2" ] || stop "copy needs a folder that is not there yet"
        [ -f "$BASE/system.reg" ] || make_base
        cp -a --reflink=auto "$BASE" "$2"
        ;;
    run)
        [ -n "${2:-}" ] || stop "run needs a program"
        shift
        if [ -z "${WINEPREFIX:-}" ]; then
            [ -f "$BASE/system.reg" ] || make_base
            export WINEPREFIX=$BASE
        fi
        run "$@"
        ;;
    end)
        WINEPREFIX=${WINEPREFIX:-$BASE} wineserver -k || true
        ;;
    differences)
        cat <<TEXT
$("$WINE" --version) stands in for Windows 10. Of what is installed no file is changed; of the system these differ:
  icuuc.dll             a stand-in without code pages (Windows 10 has it since 1703, Wine has not)
  bcryptprimitives.dll  a stand-in with the one function that libraries in Rust call (Wine has none)
  ucrtbase.dll          Wine's, with the functions of complex numbers that Wine only names
  propsys.dll           switched off: a function that CPython's _wmi.pyd calls ends the process; Python does without _wmi
TEXT
        ;;
    *) stop "usage: wine.sh prefix | copy FOLDER | run PROGRAM [WORD...] | end | differences" ;;
esac

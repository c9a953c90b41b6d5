"""Lays out what is installed on Windows, on any system and without running a program of Windows.

    python3.12 -m installer.windows.payload EMBEDDED SITE LAUNCHERS TO

EMBEDDED is CPython as its makers signed it (python.sh), SITE what the locks installed for Windows, LAUNCHERS our
programs. The interpreter that runs this compiles for the one that is shipped: both are a 3.12. The same bytes from the
same input.
"""

import platform
import py_compile
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.util import MAGIC_NUMBER
from pathlib import Path

from installer.pruning import EXCLUDED, FORBIDDEN, is_wanted

LIBRARY = "lib"
PATHS = f"python312.zip\n.\n{LIBRARY}\n"
"""Where modules are looked for: nowhere else, whatever the environment says."""
STAYS_AWAY = ("python.exe", "pythonw.exe", "python.cat", "python312._pth", "LICENSE.txt", "_msi.pyd")
"""Of the interpreter's folder. The launchers stand in for its programs; the licence goes to the others."""
OF_THE_BUILD = re.compile(r"(^|/)(tests?|__pycache__|bin|share)/|\.(pyi|pyx|pxd|c|h|hpp|lib|a|exe|typed|pth)$")
RUNTIME = re.compile(r"(msvcp|vcruntime|concrt|vccorlib|vcomp|vcamp)140[^/]*\.dll")
"""Of Microsoft's compiler: wheels bring it many times over, and it is needed once, beside the programs."""
QT = "PySide6/"
QT_MODULES = ("QtCore", "QtDBus", "QtGui", "QtNetwork", "QtPrintSupport", "QtSvg", "QtWidgets")
QT_FOLDERS = ("plugins", "support", "translations")
NEEDED = (
    "agent-desktop.exe",
    "agent-desktop-console.exe",
    "python312.dll",
    "lib/PySide6/plugins/platforms/qwindows.dll",
    "lib/PySide6/plugins/platforms/qoffscreen.dll",
    "lib/pjsua2.pyc",
    "lib/agent_desktop/_resources/policy/schema.json",
    "lib/start.pyc",
)
LOADED = (".dll", ".exe", ".pyd")
OF_WINDOWS = """
    advapi32 authz bcrypt bcryptprimitives comdlg32 crypt32 d3d11 d3d12 d3d9 dnsapi dwmapi dwrite dxgi gdi32 icuuc
    imm32 iphlpapi kernel32 mpr msvcrt ncrypt netapi32 ntdll ole32 oleaut32 propsys rpcrt4 secur32 setupapi
    shell32 shlwapi uiautomationcore user32 userenv uxtheme version winhttp winmm winspool.drv ws2_32 wtsapi32
"""
"""What Windows 10 has; beside them its sets of functions, api-ms-win-*."""


def main() -> None:
    embedded, site, launchers, to = map(Path, sys.argv[1:])
    with zipfile.ZipFile(embedded / "python312.zip") as library:
        if not library.read("runpy.pyc").startswith(MAGIC_NUMBER):
            sys.exit(f"payload: what CPython {platform.python_version()} compiles does not run on what is shipped")
    shutil.rmtree(to, ignore_errors=True)
    (to / LIBRARY).mkdir(parents=True)
    for path in sorted(embedded.iterdir()):
        if path.name not in STAYS_AWAY:
            shutil.copyfile(path, to / path.name)
    (to / "python312._pth").write_text(PATHS, "ascii")
    for path in sorted(launchers.glob("*.exe")):
        shutil.copyfile(path, to / path.name)
    for place in sorted(_wanted(site)):
        _lay(site / place, to / LIBRARY / place, place)
    _lay(Path(__file__).parents[1] / "start.py", to / LIBRARY / "start.py", "start.py")
    _gather_runtime(to)
    _leave_unused_qt(to)
    _judge(to)


def _wanted(site: Path) -> Iterator[str]:
    excluded = tuple(name.replace(".", "/") + "/" for name in EXCLUDED)
    for path in site.rglob("*"):
        place = path.relative_to(site).as_posix()
        is_left = place.startswith(excluded) or OF_THE_BUILD.search(place) or not is_wanted(place)
        if path.is_file() and not is_left and (not place.startswith(QT) or _is_of_a_desktop(place.removeprefix(QT))):
            yield place


def _is_of_a_desktop(place: str) -> bool:
    """Of Qt: libraries are looked at later, by who loads them."""
    top, _, below = place.partition("/")
    if below:
        return top in QT_FOLDERS
    return top.endswith((".py", ".dll")) or top.removesuffix(".pyd") in QT_MODULES


def _lay(source: Path, to: Path, place: str) -> None:
    """Compiled, and the source stays away: nothing is ever written where the program lies."""
    to.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix != ".py":
        shutil.copyfile(source, to)
        return
    unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
    py_compile.compile(str(source), str(to) + "c", dfile=place, doraise=True, invalidation_mode=unchecked)


def _gather_runtime(to: Path) -> None:
    for package in ("PySide6", "shiboken6"):
        for path in sorted((to / LIBRARY / package).glob("*.dll")):
            if RUNTIME.fullmatch(path.name):
                if (to / path.name).exists():
                    path.unlink()
                else:
                    path.rename(to / path.name)


def _leave_unused_qt(to: Path) -> None:
    """Libraries of Qt and of the compiler that nothing loads."""
    of_compiler = (path for path in to.glob("*.dll") if RUNTIME.fullmatch(path.name))
    found = {path.name.lower(): path for path in (*(to / LIBRARY / QT).glob("*.dll"), *of_compiler)}
    reached: set[Path] = set()
    waiting = [path for path in _programs(to) if path not in found.values()]
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            waiting += [found[name] for name in _loads(path) if name in found]
    for path in found.values():
        if path not in reached:
            path.unlink()


def _programs(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in LOADED)


def _loads(path: Path) -> list[str]:
    told = subprocess.run(["x86_64-w64-mingw32-objdump", "-p", path], stdout=subprocess.PIPE, check=True).stdout
    return [name.decode("ascii").lower() for name in re.findall(rb"DLL Name: (\S+)", told)]


def _is_of_windows(name: str) -> bool:
    return name.startswith("api-ms-win-") or name.removesuffix(".dll") in OF_WINDOWS.split()


def _judge(to: Path) -> None:
    """Ends the build when something is missing, or is there that must not be."""
    places = {path.relative_to(to).as_posix() for path in to.rglob("*") if path.is_file()}
    names = {place.rpartition("/")[2].lower() for place in places}
    lacking = [place for place in NEEDED if place not in places]
    unwanted = sorted(place for place in places if any(name in place for name in FORBIDDEN))
    strange = {
        f"{path.relative_to(to)} loads {name}"
        for path in _programs(to)
        for name in _loads(path)
        if name not in names and not _is_of_windows(name)
    }
    if lacking or unwanted or strange:
        sys.exit(f"payload: it lacks {lacking}, must not hold {unwanted}, and nobody knows {sorted(strange)}")


if __name__ == "__main__":
    main()

"""Builds the phone engine, PJSIP 2.17 with its Python bindings, as a wheel from Debian's source package.

    python -m installer.phone_engine.for_linux --python .venv/bin/python     the wheel's path is the last line printed
    python -m installer.phone_engine.for_linux --apt-packages                what must be installed to build it
    python -m installer.phone_engine.for_linux --runtime-packages            what must be installed to use it

Nothing is installed and nothing is written outside the cache folder. When the wheel cannot be built, one line on
stderr says why and the exit code is 3, so that a setup can take the wheel of the package index instead.
"""

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from installer.phone_engine import recipe
from installer.phone_engine.sources import BuildError, fetched

FALL_BACK: Final = "pjsua2-python==2.15.1.post1"
SYSTEM: Final = recipe.HERE / "linux"
SOUND_SERVER: Final = SYSTEM / "pulse_dev.c"
BUILD_PACKAGES: Final = (
    "g++", "make", "swig", "pkg-config", "dpkg-dev", "patch", "xz-utils", "binutils", "debian-archive-keyring",
    "libssl-dev", "libopus-dev", "libasound2-dev", "libsrtp2-dev", "libsamplerate0-dev", "libspeex-dev",
    "libspeexdsp-dev", "libpulse-dev", "uuid-dev",
)  # fmt: skip
CFLAGS: Final = "-O2 -fPIC -DNDEBUG"  # without NDEBUG an assertion in PJSIP ends the call with the process
INTERFACE: Final = """%{
extern "C" int pulse_list(char *text, int size);
extern "C" unsigned pulse_changes(int port);
%}
%inline %{
std::string soundServerDevices() {
    std::vector<char> text(65536);
    pulse_list(&text[0], (int)text.size());
    return &text[0];
}
unsigned soundServerChanges(int port) { return pulse_changes(port); }
%}
"""
TOOLS: Final = {
    "g++": "g++", "make": "make", "swig": "swig", "strip": "binutils", "patch": "patch", "xz": "xz-utils",
}  # fmt: skip


def main() -> int:
    asked = _arguments()
    if asked.apt_packages:
        print(" ".join((*BUILD_PACKAGES, *_python_headers(asked.python))))
        return 0
    if asked.runtime_packages:
        print(" ".join(_runtime_packages()))
        return 0
    try:
        print(_wheel(asked))
    except BuildError as missing:
        recipe.say(f"cannot build the phone engine: {missing}; the fall-back is {FALL_BACK}")
        return 3
    return 0


def _arguments() -> argparse.Namespace:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "agent-desktop" / "phone-engine"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default=sys.executable, help="the interpreter the wheel is for")
    parser.add_argument("--cache", type=Path, default=cache, help="where sources and wheels are kept (%(default)s)")
    parser.add_argument("--source", type=Path, help="a copy of the pinned orig-Xpjproject.tar.xz; nothing is fetched")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--apt-packages", action="store_true")
    parser.add_argument("--runtime-packages", action="store_true")
    return parser.parse_args()


def _wheel(asked: argparse.Namespace) -> Path:
    if sys.platform != "linux":
        raise BuildError("this recipe is for Linux")
    target = _interpreter(asked.python)
    parts = (Path(__file__), SOUND_SERVER, *recipe.patches(SYSTEM))
    key = f"{target['tag']}-{recipe.fingerprint(parts, target)}"
    return recipe.kept(asked.cache, key, lambda: _build(asked, target))


def _interpreter(python: str) -> dict[str, str]:
    """Facts of the interpreter the wheel is for; its headers may differ from those of the one that runs us."""
    question = (
        "import json,sys,sysconfig as s;v=s.get_config_vars();print(json.dumps({"
        "'tag':'cp%d%d'%sys.version_info[:2],'include':s.get_paths()['include'],'suffix':v['EXT_SUFFIX']}))"
    )
    try:
        answer = subprocess.run([python, "-c", question], check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError) as reason:
        raise BuildError(f"{python} does not run ({reason})") from reason
    found: dict[str, str] = json.loads(answer)
    if found["tag"] not in ("cp311", "cp312"):
        raise BuildError(f"Python {found['tag']} is not supported, only 3.11 and 3.12")
    return found


def _need_tools(target: dict[str, str]) -> None:
    missing = [package for tool, package in TOOLS.items() if shutil.which(tool) is None]
    if not (Path(target["include"]) / "Python.h").is_file():
        missing.append("the headers of this Python (python3-dev)")
    if missing:
        raise BuildError("missing " + ", ".join(missing))


def _build(asked: argparse.Namespace, target: dict[str, str]) -> Path:
    _need_tools(target)
    cache: Path = asked.cache
    cache.mkdir(parents=True, exist_ok=True)
    source = fetched(recipe.PJSIP, cache, asked.source)
    environment = {**os.environ, "CFLAGS": CFLAGS, "CXXFLAGS": CFLAGS, "LC_ALL": "C"}
    steps = recipe.Steps(cache / "build.log", environment)
    with tempfile.TemporaryDirectory(prefix="build-", dir=cache) as name:
        tree = recipe.unpacked(source, Path(name) / "unpacked")
        shutil.copy(SOUND_SERVER, tree / "pjmedia/src/pjmedia-audiodev")
        recipe.prepare(tree, steps, SYSTEM)
        steps.do("configuring", ["./configure", *recipe.SWITCHES], tree)
        steps.do("compiling", ["make", f"-j{asked.jobs}", "lib"], tree)
        objects = recipe.compile_bindings(
            tree, steps, compiler=("g++",), include=target["include"], interface=INTERFACE
        )
        library = "_pjsua2" + target["suffix"]
        folders, archives = recipe.libraries(tree, steps)
        hidden = ["-Wl,--exclude-libs,ALL", "-Wl,-Bsymbolic", "-Wl,-z,relro,-z,now", "-Wl,--gc-sections"]
        link = ["g++", "-shared", "-o", library, *objects, *folders, *hidden, "-Wl,--as-needed", *archives]
        steps.do("linking", link, recipe.bindings_of(tree))
        steps.do("stripping", ["strip", "--strip-unneeded", library], recipe.bindings_of(tree))
        tag = f"{target['tag']}-{target['tag']}-linux_{platform.machine()}"
        wheel = recipe.pack(tree, library, tag, Path(name))
        return wheel.replace(cache / wheel.name)


def _python_headers(python: str) -> tuple[str, ...]:
    """python3-dev where the interpreter is the system's and its headers are not there yet."""
    try:
        target = _interpreter(python)
    except BuildError:
        return ("python3-dev",)
    if (Path(target["include"]) / "Python.h").is_file() or not target["include"].startswith("/usr/include"):
        return ()
    return ("python3-dev",)


def _runtime_packages() -> tuple[str, ...]:
    """Names changed with Debian 13 and Ubuntu 24.04, when 64-bit time came."""
    release = Path("/etc/os-release").read_text(encoding="utf-8") if Path("/etc/os-release").is_file() else ""
    version = re.search(r'^VERSION_ID="?(\d+)', release, re.MULTILINE)
    since = 24 if re.search(r"^ID=ubuntu", release, re.MULTILINE) else 13
    is_new = version is None or int(version.group(1)) >= since
    changed = ("libasound2t64", "libssl3t64") if is_new else ("libasound2", "libssl3")
    return (*changed, "libopus0", "libspeexdsp1", "libsrtp2-1", "libsamplerate0", "libuuid1", "libstdc++6")


if __name__ == "__main__":
    sys.exit(main())

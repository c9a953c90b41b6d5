"""Builds the phone engine for CPython 3.12 on Windows x86-64, on Debian, as a wheel: the same PJSIP as on Linux.

    python -m installer.phone_engine.for_windows     the wheel's path is the last line printed

It shares the OpenSSL that comes with CPython for Windows, so that there is one to keep safe. Opus, SRTP, the resampler
and the echo canceller are in the wheel itself, from Debian's sources, as are the libraries of the compiler: it needs no
DLL but CPython's and the system's, which is looked at. Nothing is installed and nothing is written outside the cache
folder. Exit code 3, and one line on stderr says why, when it cannot be built.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from installer.phone_engine import recipe
from installer.phone_engine.sources import BuildError, Source, fetched

SYSTEM: Final = recipe.HERE / "windows"
PYTHON_OF_WINDOWS: Final = Path("installer/windows/python.sh")
HOST: Final = "x86_64-w64-mingw32"
COMPILERS: Final = {"CC": f"{HOST}-gcc-posix", "CXX": f"{HOST}-g++-posix"}
DLLTOOL: Final = f"{HOST}-dlltool"
TARGET: Final = {"tag": "cp312", "suffix": ".cp312-win_amd64.pyd"}
TOOLS: Final = {
    COMPILERS["CC"]: "gcc-mingw-w64-x86-64-posix",
    COMPILERS["CXX"]: "g++-mingw-w64-x86-64-posix",
    "gendef": "mingw-w64-tools",
    "make": "make",
    "swig": "swig",
    "patch": "patch",
    "xz": "xz-utils",
}
SUITES: Final = ("trixie",)
OPUS: Final = Source(
    "opus", "1.5.2-2", SUITES, "opus_*.orig.tar.gz",
    "65c1d2f78b9f2fb20082c38cbe47c951ad5839345876e46941612ee87f9a7ce1", "opus-1.5.2",
)  # fmt: skip
SRTP: Final = Source(
    "libsrtp2", "2.7.0-3", SUITES, "libsrtp2_*.orig.tar.gz",
    "54facb1727a557c2a76b91194dcb2d0a453aaf8e2d0cbbf1e3c2848c323e28ad", "libsrtp2-2.7.0",
)  # fmt: skip
RESAMPLER: Final = Source(
    "libsamplerate", "0.2.2-4", SUITES, "libsamplerate_*.orig.tar.gz",
    "16e881487f184250deb4fcb60432d7556ab12cb58caea71ef23960aec6c0405a", "libsamplerate-0.2.2",
)  # fmt: skip
ECHO_CANCELLER: Final = Source(
    "speexdsp", "1.2.1-3", SUITES, "speexdsp_*.orig.tar.gz",
    "8c777343e4a6399569c72abc38a95b24db56882c83dbdb6c6424a5f4aeb54d3d", "speexdsp-1.2.1",
)  # fmt: skip
# Only its headers: PJSIP asks for them though the codec is left out.
SPEEX: Final = Source(
    "speex", "1.2.1-3", SUITES, "speex_*.orig.tar.gz",
    "4b44d4f2b38a370a2d98a78329fefc56a0cf93d1c1be70029217baae6628feea", "speex-1.2.1",
)  # fmt: skip
OPENSSL_HEADERS: Final = (Path("/usr/include/openssl"), Path("/usr/include/x86_64-linux-gnu/openssl"))
OF_PYTHON: Final = ("libcrypto-3.dll", "libssl-3.dll", "python312.dll")
OF_SYSTEM: Final = (
    "advapi32.dll", "crypt32.dll", "iphlpapi.dll", "kernel32.dll", "msvcrt.dll", "ole32.dll", "user32.dll",
    "winmm.dll", "ws2_32.dll",
)  # fmt: skip
LINKED: Final = frozenset({"crypto", "opus", "samplerate", "speexdsp", "srtp2", "ssl"})
CFLAGS: Final = "-O2 -DNDEBUG"  # without NDEBUG an assertion in PJSIP ends the call with the process


def main() -> int:
    asked = _arguments()
    try:
        print(_wheel(asked))
    except BuildError as missing:
        recipe.say(f"cannot build the phone engine for Windows: {missing}")
        return 3
    return 0


def _arguments() -> argparse.Namespace:
    cache = Path(os.environ.get("AGENT_DESKTOP_CACHE") or Path.home() / ".cache/agent-desktop") / "phone-engine"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=cache, help="where sources and wheels are kept (%(default)s)")
    parser.add_argument("--python", type=Path, help=f"what {PYTHON_OF_WINDOWS} printed; without it, it is asked")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    return parser.parse_args()


def _wheel(asked: argparse.Namespace) -> Path:
    python: Path = asked.python or _pinned_python()
    made_for = {**TARGET, "python": (python / "version").read_text(encoding="ascii").strip()}
    key = f"{TARGET['tag']}-win-{recipe.fingerprint((Path(__file__), *recipe.patches(SYSTEM)), made_for)}"
    return recipe.kept(asked.cache, key, lambda: _build(asked, python))


def _pinned_python() -> Path:
    try:
        done = subprocess.run([PYTHON_OF_WINDOWS], check=True, stdout=subprocess.PIPE, text=True)
    except (OSError, subprocess.CalledProcessError) as reason:
        raise BuildError(f"{PYTHON_OF_WINDOWS} has no Python for Windows") from reason
    return Path(done.stdout.splitlines()[-1])


def _build(asked: argparse.Namespace, python: Path) -> Path:
    missing = [package for tool, package in TOOLS.items() if shutil.which(tool) is None]
    if not all(each.is_dir() for each in OPENSSL_HEADERS):
        missing.append("libssl-dev")
    if missing:
        raise BuildError("missing " + ", ".join(missing))
    cache: Path = asked.cache
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="build-win-", dir=cache) as name:
        wheel = _Build(Path(name), cache, python, asked.jobs).wheel()
        return wheel.replace(cache / wheel.name)


class _Build:
    """One wheel, made in `room`."""

    def __init__(self, room: Path, cache: Path, python: Path, jobs: int) -> None:
        self._room = room
        self._cache = cache
        self._python = python
        self._jobs = jobs
        self._reached = room / "reached"  # what PJSIP is linked with: include, lib
        flags = f"{CFLAGS} -I{self._reached / 'include'} -ffile-prefix-map={room}=."
        environment = {
            **os.environ,
            **COMPILERS,
            "CFLAGS": flags,
            "CXXFLAGS": flags,
            "LDFLAGS": f"-L{self._reached / 'lib'}",
            "PKG_CONFIG_LIBDIR": str(self._reached / "lib/pkgconfig"),
            "crypto_CFLAGS": f"-I{self._reached / 'include'}",  # as libsrtp's configure asks
            "crypto_LIBS": "-lcrypto",
            "LC_ALL": "C",
        }
        self._steps = recipe.Steps(cache / "build-windows.log", environment)

    def wheel(self) -> Path:
        for folder in ("include", "lib"):
            (self._reached / folder).mkdir(parents=True)
        self._openssl()
        licences = {
            "OPUS": self._made_by_configure(OPUS, "--disable-doc", "--disable-extra-programs") / "COPYING",
            "LIBSRTP": self._made_by_configure(SRTP, "--enable-openssl", goals=("libsrtp2.a",)) / "LICENSE",
            "SPEEXDSP": self._made_by_configure(ECHO_CANCELLER, "--disable-examples") / "COPYING",
            "LIBSAMPLERATE": self._resampler() / "COPYING",
        }
        shutil.copytree(self._unpacked(SPEEX) / "include/speex", self._reached / "include/speex", dirs_exist_ok=True)
        tree = self._unpacked(recipe.PJSIP)
        library = self._pjsip(tree)
        self._look_at(recipe.bindings_of(tree) / library)
        return recipe.pack(tree, library, f"{TARGET['tag']}-{TARGET['tag']}-win_amd64", self._room, licences)

    def _unpacked(self, source: Source) -> Path:
        return recipe.unpacked(fetched(source, self._cache), self._room / source.kept_as)

    def _openssl(self) -> None:
        """The way into the DLLs of CPython, and headers that know how long a long is on Windows."""
        for name in ("libssl", "libcrypto"):
            dll = self._python / "embed" / f"{name}-3.dll"
            self._steps.do(f"listing {dll.name}", ["gendef", str(dll)], self._room)
            into = ["-d", f"{name}-3.def", "-D", dll.name, "-l", str(self._reached / "lib" / f"{name}.a")]
            self._steps.do(f"a way into {dll.name}", [DLLTOOL, *into], self._room)
        headers = self._reached / "include/openssl"
        for each in OPENSSL_HEADERS:
            shutil.copytree(each, headers, dirs_exist_ok=True)
        configuration = headers / "configuration.h"
        told = configuration.read_text(encoding="utf-8")
        swapped = re.sub(r"# *define SIXTY_FOUR_BIT_LONG", "# define SIXTY_FOUR_BIT", told)
        swapped = re.sub(r"# *undef SIXTY_FOUR_BIT\b", "# undef SIXTY_FOUR_BIT_LONG", swapped)
        configuration.write_text(swapped, encoding="utf-8")

    def _made_by_configure(self, source: Source, *switches: str, goals: tuple[str, ...] = ()) -> Path:
        tree = self._unpacked(source)
        static = ["--enable-static", "--disable-shared"]
        configure = ["./configure", f"--host={HOST}", f"--prefix={self._reached}", *static, *switches]
        self._steps.do(f"configuring {source.kept_as}", configure, tree)
        self._steps.do(f"compiling {source.kept_as}", ["make", f"-j{self._jobs}", *goals], tree)
        self._steps.do(f"laying out {source.kept_as}", ["make", "install"], tree)
        return tree

    def _resampler(self) -> Path:
        """Its sources have no configure, and need none."""
        tree = self._unpacked(RESAMPLER)
        parts = ("samplerate", "src_linear", "src_sinc", "src_zoh")
        chosen = [f"-DENABLE_SINC_{each}_CONVERTER" for each in ("FAST", "MEDIUM", "BEST")]
        facts = ["-DHAVE_STDBOOL_H", "-DCPU_CLIPS_POSITIVE=0", "-DCPU_CLIPS_NEGATIVE=0", '-DPACKAGE="libsamplerate"']
        compile_it = [COMPILERS["CC"], "-c", *CFLAGS.split(), *chosen, *facts, '-DVERSION="0.2.2"', "-I../include"]
        folder = tree / "src"
        self._steps.do(f"compiling {RESAMPLER.kept_as}", [*compile_it, *(f"{each}.c" for each in parts)], folder)
        archive = [f"{HOST}-ar", "rcs", str(self._reached / "lib/libsamplerate.a"), *(f"{each}.o" for each in parts)]
        self._steps.do(f"laying out {RESAMPLER.kept_as}", archive, folder)
        shutil.copy(tree / "include/samplerate.h", self._reached / "include")
        return tree

    def _pjsip(self, tree: Path) -> str:
        steps = self._steps
        recipe.prepare(tree, steps, SYSTEM)
        whereabouts = [f"--with-{each}={self._reached}" for each in ("ssl", "opus")]
        steps.environment["LIBS"] = "-lws2_32 -lcrypt32 -lssp"  # Opus is built with the stack protector
        steps.do("configuring", ["./configure", f"--host={HOST}", *recipe.SWITCHES, *whereabouts], tree)
        lacking = sorted(LINKED - set(recipe.make_words(tree, "libs", steps)))
        if lacking:
            raise BuildError(f"configure of PJSIP did not find {' '.join(lacking)}")
        steps.do("compiling", ["make", f"-j{self._jobs}", "lib"], tree)
        compiler = (COMPILERS["CXX"], "-Wa,-mbig-obj")
        objects = recipe.compile_bindings(tree, steps, compiler=compiler, include=str(self._python / "include"))
        library = "_pjsua2" + TARGET["suffix"]
        folders, archives = recipe.libraries(tree, steps)
        python = str(self._python / "libs/python312.lib")
        of_system = ["-lws2_32", "-lcrypt32", "-liphlpapi", "-lole32", "-lwinmm", "-lssp"]
        link = [COMPILERS["CXX"], "-shared", "-static", "-Wl,--no-insert-timestamp", "-Wl,--gc-sections", "-o", library]
        steps.do("linking", [*link, *objects, *folders, *archives, python, *of_system], recipe.bindings_of(tree))
        steps.do("stripping", [f"{HOST}-strip", "--strip-unneeded", library], recipe.bindings_of(tree))
        return library

    def _look_at(self, library: Path) -> None:
        told = subprocess.run([f"{HOST}-objdump", "-p", library], check=True, capture_output=True, text=True).stdout
        needed = sorted({name.lower() for name in re.findall(r"DLL Name: (\S+)", told)})
        strange = [name for name in needed if name not in (*OF_PYTHON, *OF_SYSTEM)]
        if strange or not set(OF_PYTHON) <= set(needed):
            raise BuildError(f"it must need {OF_PYTHON} and the system's only; it needs {needed}")
        recipe.say(f"phone engine: needs {' '.join(needed)}")


if __name__ == "__main__":
    sys.exit(main())

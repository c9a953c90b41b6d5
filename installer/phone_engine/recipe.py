"""What the phone engines of all systems are made of: PJSIP 2.17, what is switched on in it, its bindings, the wheel.

Why we build it ourselves: docs/decisions/0002-phone-engine.md.
"""

import base64
import csv
import hashlib
import io
import json
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from installer.phone_engine.sources import BuildError, Source

ENGINE_VERSION: Final = "2.17"
PJSIP: Final = Source(
    package="asterisk",
    version="1:22.10.1+dfsg+~cs6.17.60671434-1",
    suites=("forky", "sid"),
    file="*.orig-Xpjproject.tar.xz",
    sha256="6860c2f7604b4eee75f38151a9ef69774eb3f0c5286fc1d14bc1db2dc5a9e8aa",
    kept_as=f"pjproject-{ENGINE_VERSION}",
)
SWITCHES: Final = (
    "--disable-video", "--with-external-srtp", "--disable-gsm-codec", "--disable-ilbc-codec",
    "--disable-g7221-codec", "--with-external-speex", "--disable-libwebrtc",
    "--disable-resample", "--enable-libsamplerate", "--disable-libyuv",
)  # fmt: skip
# Without the codec by a switch of configure the echo canceller would go with it; so it is left out here.
# A UDP account stays on UDP whatever an INVITE weighs: many switches have no TCP port to move to.
# Sound servers give devices long names.
# A connection that says nothing is closed after 5 s. Nobody connects to a phone by TLS: it has no certificate to show.
# G.722 is as loud as Asterisk, FreeSWITCH and baresip have it, all by the same reading of the standard; PJSIP's own is
# 6 dB off in both directions.
CONFIG_SITE: Final = """#define PJMEDIA_HAS_SPEEX_CODEC 0
#define PJSIP_DONT_SWITCH_TO_TCP 1
#define PJSIP_TCP_INITIAL_TIMEOUT 5
#define PJSIP_TLS_TRANSPORT_DONT_CREATE_LISTENER 1
#define PJ_IOQUEUE_MAX_HANDLES 256
#define PJ_HAS_IPV6 1
#define PJMEDIA_SRTP_HAS_DTLS 1
#define PJMEDIA_AUD_DEV_INFO_NAME_LEN 256
#define PJMEDIA_G722_DEFAULT_PCM_SHIFT 1
"""
HERE: Final = Path(__file__).parent
BESIDES: Final = (HERE / "door.cpp", HERE / "names.cpp")
# Built-in types need a quarter of the memory and start-up time of Python proxies. An exception cannot be one of
# them, so PJSIP's errors arrive as RuntimeError with PJSIP's own text; also where PJSIP does not say that it throws, as
# when a device is opened to ring at: what nobody catches ends the process.
INTERFACE: Final = """%module(directors="1") pjsua2
%define TOLD_TO_PYTHON(error)
    PyErr_SetString(PyExc_RuntimeError, error.info(true).c_str());
    SWIG_fail;
%enddef
%typemap(throws) pj::Error { TOLD_TO_PYTHON($1) }
%exception {
    try {
        $action
    } catch (pj::Error &error) {
        TOLD_TO_PYTHON(error)
    }
}
%include "pjsua2.i"
"""
OURS: Final = """%{
extern "C" int pjmedia_snd_port_take_peak(void);
%}
%inline %{
int takeMicrophonePeak() { return pjmedia_snd_port_take_peak(); }
void letIn(const std::string &hosts);
unsigned takeTurnedAway();
std::string lastTurnedAway();
void lookUpNamesBeside();
std::string takeWantedNames();
void nameFound(const std::string &host, const std::string &addresses);
%}
"""
CODE: Final = (HERE / "recipe.py", HERE / "sources.py")
NOT_LINKED: Final = frozenset({"speex"})
PARTS: Final = ("pjlib", "pjlib-util", "pjmedia", "pjsip", "pjnath")


def patches(system: Path) -> list[Path]:
    """Those of every system and those of this one, in the order of their numbers."""
    found = (*(HERE / "patches").glob("*.patch"), *(system / "patches").glob("*.patch"))
    return sorted(found, key=lambda patch: patch.name)


def fingerprint(files: Iterable[Path], target: Mapping[str, str]) -> str:
    """Changes with everything the wheel is made of."""
    parts = [each.read_bytes() for each in (*CODE, *BESIDES, *files)]
    return hashlib.sha256(b"".join((*parts, json.dumps(target, sort_keys=True).encode()))).hexdigest()[:16]


class Steps:
    """What is done one after the other, each told with its time; all of what they print goes to `log`."""

    def __init__(self, log: Path, environment: dict[str, str]) -> None:
        self._log = log
        self.environment = environment
        log.write_bytes(b"")

    def do(self, what: str, command: list[str], folder: Path) -> None:
        say(f"phone engine: {what}")
        began = time.monotonic()
        with self._log.open("ab") as lines:
            lines.write(f"$ {' '.join(command)}\n".encode())
            lines.flush()
            done = subprocess.run(
                command, cwd=folder, env=self.environment, stdout=lines, stderr=subprocess.STDOUT, check=False
            )
        if done.returncode != 0:
            raise BuildError(f"{what} failed, see {self._log}")
        say(f"phone engine: {what} took {time.monotonic() - began:.0f} s")


def unpacked(archive_file: Path, room: Path) -> Path:
    """The one folder that is in it."""
    with tarfile.open(archive_file) as archive:
        if hasattr(tarfile, "data_filter"):  # Debian 12's Python 3.11.2 has none; the checksum vouches for the source
            archive.extraction_filter = tarfile.data_filter
        archive.extractall(room)  # noqa: S202
    (tree,) = room.iterdir()
    return tree


def prepare(tree: Path, steps: Steps, system: Path) -> None:
    """PJSIP's sources with ours beside them, set and patched."""
    for source_file in BESIDES:
        shutil.copy(source_file, bindings_of(tree))
    (tree / "pjlib/include/pj/config_site.h").write_text(CONFIG_SITE, encoding="utf-8")
    for patch in patches(system):
        steps.do(f"applying {patch.name}", ["patch", "-p0", "--fuzz=0", "-i", str(patch)], tree)


def bindings_of(tree: Path) -> Path:
    return tree / "pjsip-apps/src/swig/python"


def compile_bindings(
    tree: Path, steps: Steps, *, compiler: tuple[str, ...], include: str, interface: str = ""
) -> list[str]:
    """The objects of the module, for the linker; `compiler` with what it needs to be told beside PJSIP's own flags."""
    bindings = bindings_of(tree)
    includes = [f"-I{tree / part / 'include'}" for part in PARTS]
    (bindings / "engine.i").write_text(INTERFACE + interface + OURS, encoding="utf-8")
    swig = ["swig", *includes, "-I..", "-w312", "-threads", "-builtin", "-python", "-c++"]
    steps.do("generating the bindings", [*swig, "-o", "pjsua2_wrap.cpp", "engine.i"], bindings)
    flags = [word for word in make_words(tree, "cflags", steps) if not word.startswith("-O")]
    wrapper = [*compiler, "-c", "-O1", *flags, f"-I{include}", "-o", "wrap.o", "pjsua2_wrap.cpp"]
    steps.do("compiling the bindings", wrapper, bindings)
    ours = [*compiler, "-c", "-O2", *flags, *(each.name for each in BESIDES)]
    steps.do("compiling what is ours", ours, bindings)
    return ["wrap.o", *(f"{each.stem}.o" for each in BESIDES)]


def libraries(tree: Path, steps: Steps) -> tuple[list[str], list[str]]:
    """Where they lie, and what PJSIP wants to be linked with."""
    folders = [word for word in make_words(tree, "ldflags", steps) if word.startswith("-L")]
    names = [f"-l{name}" for name in make_words(tree, "libs", steps) if name not in NOT_LINKED]
    return folders, ["-Wl,--start-group", *names, "-Wl,--end-group"]


def make_words(tree: Path, goal: str, steps: Steps) -> list[str]:
    ask = ["make", "--no-print-directory", "-f", "helper.mak", goal]
    done = subprocess.run(ask, cwd=bindings_of(tree), env=steps.environment, check=True, capture_output=True, text=True)
    return done.stdout.split()


def pack(tree: Path, library: str, tag: str, room: Path, licences: Mapping[str, Path] | None = None) -> Path:
    """The wheel. `licences`: those of what is linked into it, beside PJSIP's own."""
    name, version = "agent_desktop_phone_engine", ENGINE_VERSION
    about = f"{name}-{version}.dist-info"
    metadata = (
        f"Metadata-Version: 2.1\nName: agent-desktop-phone-engine\nVersion: {version}\n"
        "Summary: PJSIP with its PJSUA2 Python bindings, built for Agent Desktop\nLicense: GPL-2.0-or-later\n"
    )
    wheel = f"Wheel-Version: 1.0\nGenerator: build_wheel.py\nRoot-Is-Purelib: false\nTag: {tag}\n"
    bindings = bindings_of(tree)
    members = {
        "pjsua2.py": (bindings / "pjsua2.py").read_bytes(),
        library: (bindings / library).read_bytes(),
        f"{about}/METADATA": metadata.encode(),
        f"{about}/WHEEL": wheel.encode(),
        f"{about}/licenses/COPYING": (tree / "COPYING").read_bytes(),
        **{f"{about}/licenses/{each}": file.read_bytes() for each, file in (licences or {}).items()},
    }
    record = io.StringIO()
    rows = csv.writer(record, lineterminator="\n")
    for path, content in members.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        rows.writerow((path, f"sha256={digest}", len(content)))
    rows.writerow((f"{about}/RECORD", "", ""))
    members[f"{about}/RECORD"] = record.getvalue().encode()
    packed = room / f"{name}-{version}-{tag}.whl"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in members.items():
            entry = zipfile.ZipInfo(path, date_time=(2020, 1, 1, 0, 0, 0))
            entry.external_attr = (0o755 if path == library else 0o644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return packed


def kept(cache: Path, key: str, build: Callable[[], Path]) -> Path:
    """The wheel made before under this key, else the one that `build` makes now."""
    folder = cache / f"{ENGINE_VERSION}-{key}"
    ready = sorted(folder.glob("*.whl"))
    if ready:
        return ready[0]
    built = build()
    folder.mkdir(parents=True, exist_ok=True)
    return built.replace(folder / built.name)


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)

#!/usr/bin/env python3
"""Builds the phone engine, PJSIP 2.17 with its Python bindings, as a wheel from Debian's source package.

    build_wheel.py --python .venv/bin/python     the wheel's path is the last line printed
    build_wheel.py --apt-packages                what must be installed to build it
    build_wheel.py --runtime-packages            what must be installed to use it

Nothing is installed and nothing is written outside the cache folder. When the wheel cannot be built, one line on
stderr says why and the exit code is 3, so that a setup can take the wheel of the package index instead. Why we
build it ourselves: docs/decisions/0002-phone-engine.md.
"""

from __future__ import annotations

import argparse
import base64
import csv
import hashlib
import io
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.parse
import zipfile
from pathlib import Path

ASTERISK_VERSION = "1:22.10.1+dfsg+~cs6.17.60671434-1"
SOURCE_SHA256 = "6860c2f7604b4eee75f38151a9ef69774eb3f0c5286fc1d14bc1db2dc5a9e8aa"
SUITES = ("forky", "sid")
ENGINE_VERSION = "2.17"
FALL_BACK = "pjsua2-python==2.15.1.post1"

BUILD_PACKAGES = (
    "g++", "make", "swig", "pkg-config", "dpkg-dev", "patch", "xz-utils", "binutils", "debian-archive-keyring",
    "libssl-dev", "libopus-dev", "libasound2-dev", "libsrtp2-dev", "libsamplerate0-dev", "libspeex-dev",
    "libspeexdsp-dev", "libpulse-dev", "uuid-dev",
)  # fmt: skip
CONFIGURE = (
    "./configure", "--disable-video", "--with-external-srtp", "--disable-gsm-codec", "--disable-ilbc-codec",
    "--disable-g7221-codec", "--with-external-speex", "--disable-libwebrtc",
    "--disable-resample", "--enable-libsamplerate", "--disable-libyuv",
)  # fmt: skip
CFLAGS = "-O2 -fPIC -DNDEBUG"  # without NDEBUG an assertion in PJSIP ends the call with the process
# Without the codec by a switch of configure the echo canceller would go with it; so it is left out here.
# A UDP account stays on UDP whatever an INVITE weighs: many switches have no TCP port to move to.
# Sound servers give devices long names.
# A connection that says nothing is closed after 5 s. Nobody connects to a phone by TLS: it has no certificate to show.
# G.722 is as loud as Asterisk, FreeSWITCH and baresip have it, all by the same reading of the standard; PJSIP's own is
# 6 dB off in both directions.
CONFIG_SITE = """#define PJMEDIA_HAS_SPEEX_CODEC 0
#define PJSIP_DONT_SWITCH_TO_TCP 1
#define PJSIP_TCP_INITIAL_TIMEOUT 5
#define PJSIP_TLS_TRANSPORT_DONT_CREATE_LISTENER 1
#define PJ_IOQUEUE_MAX_HANDLES 256
#define PJ_HAS_IPV6 1
#define PJMEDIA_SRTP_HAS_DTLS 1
#define PJMEDIA_AUD_DEV_INFO_NAME_LEN 256
#define PJMEDIA_G722_DEFAULT_PCM_SHIFT 1
"""
HERE = Path(__file__).parent
SOUND_SERVER = HERE / "pulse_dev.c"
BESIDES = (HERE / "door.cpp", HERE / "names.cpp")
PATCHES = sorted((HERE / "patches").glob("*.patch"))
# Built-in types need a quarter of the memory and start-up time of Python proxies. An exception cannot be one of
# them, so PJSIP's errors arrive as RuntimeError with PJSIP's own text.
INTERFACE = """%module(directors="1") pjsua2
%typemap(throws) pj::Error %{
    PyErr_SetString(PyExc_RuntimeError, $1.info(true).c_str());
    SWIG_fail;
%}
%include "pjsua2.i"
%{
extern "C" int pulse_list(char *text, int size);
extern "C" unsigned pulse_changes(int port);
extern "C" int pjmedia_snd_port_take_peak(void);
%}
%inline %{
std::string soundServerDevices() {
    std::vector<char> text(65536);
    pulse_list(&text[0], (int)text.size());
    return &text[0];
}
unsigned soundServerChanges(int port) { return pulse_changes(port); }
int takeMicrophonePeak() { return pjmedia_snd_port_take_peak(); }
void letIn(const std::string &hosts);
unsigned takeTurnedAway();
std::string lastTurnedAway();
void lookUpNamesBeside();
std::string takeWantedNames();
void nameFound(const std::string &host, const std::string &addresses);
%}
"""
NOT_LINKED = {"speex"}
TOOLS = {"g++": "g++", "make": "make", "swig": "swig", "strip": "binutils", "patch": "patch", "xz": "xz-utils"}


class BuildError(Exception):
    """What is missing, in words for the log."""


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
        _say(f"cannot build the phone engine: {missing}; the fall-back is {FALL_BACK}")
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
    parts = [each.read_bytes() for each in (Path(__file__), SOUND_SERVER, *BESIDES, *PATCHES)]
    recipe = hashlib.sha256(b"".join((*parts, json.dumps(target, sort_keys=True).encode()))).hexdigest()
    cache: Path = asked.cache
    folder = cache / f"{ENGINE_VERSION}-{target['tag']}-{recipe[:16]}"
    ready = sorted(folder.glob("*.whl"))
    if ready:
        return ready[0]
    _need_tools(target)
    cache.mkdir(parents=True, exist_ok=True)
    source = _source(cache, asked.source)
    with tempfile.TemporaryDirectory(prefix="build-", dir=cache) as room:
        built = _build(source, Path(room), target, asked.jobs, cache / "build.log")
        folder.mkdir(parents=True, exist_ok=True)
        wheel = folder / built.name
        built.replace(wheel)
    return wheel


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


def _source(cache: Path, given: Path | None) -> Path:
    kept = cache / f"pjproject-{ENGINE_VERSION}-{SOURCE_SHA256[:16]}.tar.xz"
    if given is not None:
        _copy_if_right(given, kept)
    if kept.is_file() and _sha256(kept) == SOURCE_SHA256:
        return kept
    mirror = _mirror()
    reasons = []
    for suite in SUITES:
        try:
            _fetch(mirror, suite, kept)
        except BuildError as reason:
            reasons.append(f"{suite}: {reason}")
        else:
            return kept
    raise BuildError("no source (" + "; ".join(reasons) + ")")


def _fetch(mirror: str, suite: str, kept: Path) -> None:
    """The source package by apt, which checks the archive's signature; apt's own configuration stays untouched."""
    _say(f"fetching the source of asterisk from {suite}")
    with tempfile.TemporaryDirectory(prefix="source-", dir=kept.parent) as name:
        room = Path(name)
        for folder in ("sources", "lists/partial", "archives/partial", "fetched"):
            (room / folder).mkdir(parents=True)
        keyring = "/usr/share/keyrings/debian-archive-keyring.gpg"
        entry = f"Types: deb-src\nURIs: {mirror}\nSuites: {suite}\nComponents: main\nSigned-By: {keyring}\n"
        (room / "sources" / "engine.sources").write_text(entry, encoding="utf-8")
        options = [
            "-q",
            "-o", "Dir::Etc::SourceList=/dev/null",
            "-o", f"Dir::Etc::SourceParts={room / 'sources'}",
            "-o", f"Dir::State::Lists={room / 'lists'}",
            "-o", f"Dir::Cache={room}",
            "-o", "Acquire::Languages=none",
            "-o", "Acquire::Retries=3",
            "-o", "Debug::NoLocking=1",
            "-o", f"APT::Sandbox::User={_user()}",
        ]  # fmt: skip
        _run(["apt-get", *options, "update"], room)
        try:
            pinned = ["apt-get", *options, "source", "--download-only", f"asterisk={ASTERISK_VERSION}"]
            _run(pinned, room / "fetched")
        except BuildError:  # a newer package may still carry the pinned PJSIP; the checksum decides
            _run(["apt-get", *options, "source", "--download-only", "asterisk"], room / "fetched")
        found = sorted((room / "fetched").glob("*.orig-Xpjproject.tar.xz"))
        if not found:
            raise BuildError("the source package has no PJSIP in it")
        _copy_if_right(found[0], kept)


def _user() -> str:
    return "root" if os.geteuid() == 0 else "_apt"


def _mirror() -> str:
    """The mirror this machine already uses."""
    ask = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE)", "Created-By: Packages"]
    try:
        answer = subprocess.run(ask, check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError) as reason:
        raise BuildError("apt is not here to fetch the source") from reason
    for line in answer.splitlines():
        address, _, release = line.partition(" ")
        path = urllib.parse.urlsplit(address).path.rstrip("/")
        if path.endswith("/debian") and "security" not in release:
            return address.rstrip("/")
    raise BuildError("no Debian mirror among apt's sources")


def _copy_if_right(found: Path, kept: Path) -> None:
    if not found.is_file():
        raise BuildError(f"{found} is not there")
    if _sha256(found) != SOURCE_SHA256:
        raise BuildError(f"{found.name} is not the pinned PJSIP {ENGINE_VERSION}")
    kept.parent.mkdir(parents=True, exist_ok=True)
    part = kept.with_suffix(".part")
    shutil.copyfile(found, part)
    part.replace(kept)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _build(source: Path, room: Path, target: dict[str, str], jobs: int, log: Path) -> Path:
    with tarfile.open(source) as archive:
        if hasattr(tarfile, "data_filter"):  # Debian 12's Python 3.11.2 has none; the checksum vouches for the source
            archive.extraction_filter = tarfile.data_filter
        archive.extractall(room / "unpacked")  # noqa: S202
    (tree,) = (room / "unpacked").iterdir()
    shutil.copy(SOUND_SERVER, tree / "pjmedia/src/pjmedia-audiodev")
    for source_file in BESIDES:
        shutil.copy(source_file, tree / "pjsip-apps/src/swig/python")
    (tree / "pjlib/include/pj/config_site.h").write_text(CONFIG_SITE, encoding="utf-8")
    environment = {**os.environ, "CFLAGS": CFLAGS, "CXXFLAGS": CFLAGS, "LC_ALL": "C"}
    with log.open("wb") as lines:

        def step(what: str, command: list[str], folder: Path) -> None:
            _say(f"phone engine: {what}")
            began = time.monotonic()
            lines.write(f"$ {' '.join(command)}\n".encode())
            lines.flush()
            done = subprocess.run(command, cwd=folder, env=environment, stdout=lines, stderr=subprocess.STDOUT)
            if done.returncode != 0:
                raise BuildError(f"{what} failed, see {log}")
            _say(f"phone engine: {what} took {time.monotonic() - began:.0f} s")

        for patch in PATCHES:
            step(f"applying {patch.name}", ["patch", "-p0", "--fuzz=0", "-i", str(patch)], tree)
        step("configuring", list(CONFIGURE), tree)
        step("compiling", ["make", f"-j{jobs}", "lib"], tree)
        bindings = tree / "pjsip-apps/src/swig/python"
        includes = [f"-I{tree / part / 'include'}" for part in ("pjlib", "pjlib-util", "pjmedia", "pjsip", "pjnath")]
        (bindings / "engine.i").write_text(INTERFACE, encoding="utf-8")
        swig = ["swig", *includes, "-I..", "-w312", "-threads", "-builtin", "-python", "-c++"]
        step("generating the bindings", [*swig, "-o", "pjsua2_wrap.cpp", "engine.i"], bindings)
        flags = _make_words(bindings, "cflags", environment)
        flags = [word for word in flags if not word.startswith("-O")]
        compile_wrapper = ["g++", "-c", "-O1", *flags, f"-I{target['include']}", "-o", "wrap.o", "pjsua2_wrap.cpp"]
        step("compiling the bindings", compile_wrapper, bindings)
        step("compiling what is ours", ["g++", "-c", "-O2", *flags, *(each.name for each in BESIDES)], bindings)
        library = "_pjsua2" + target["suffix"]
        step("linking", _link(bindings, library, environment), bindings)
        step("stripping", ["strip", "--strip-unneeded", library], bindings)
    return _pack(tree, bindings, library, target, room)


def _make_words(bindings: Path, goal: str, environment: dict[str, str]) -> list[str]:
    ask = ["make", "--no-print-directory", "-f", "helper.mak", goal]
    done = subprocess.run(ask, cwd=bindings, env=environment, check=True, capture_output=True, text=True)
    return done.stdout.split()


def _link(bindings: Path, library: str, environment: dict[str, str]) -> list[str]:
    folders = [word for word in _make_words(bindings, "ldflags", environment) if word.startswith("-L")]
    names = _make_words(bindings, "libs", environment)
    libraries = [f"-l{name}" for name in names if name not in NOT_LINKED]
    hidden = ["-Wl,--exclude-libs,ALL", "-Wl,-Bsymbolic", "-Wl,-z,relro,-z,now", "-Wl,--gc-sections", "-Wl,--as-needed"]
    objects = ["wrap.o", *(f"{each.stem}.o" for each in BESIDES)]
    return ["g++", "-shared", "-o", library, *objects, *folders, *hidden, "-Wl,--start-group", *libraries,
            "-Wl,--end-group"]  # fmt: skip


def _pack(tree: Path, bindings: Path, library: str, target: dict[str, str], room: Path) -> Path:
    name, version = "agent_desktop_phone_engine", ENGINE_VERSION
    tag = f"{target['tag']}-{target['tag']}-linux_{platform.machine()}"
    about = f"{name}-{version}.dist-info"
    metadata = (
        f"Metadata-Version: 2.1\nName: agent-desktop-phone-engine\nVersion: {version}\n"
        "Summary: PJSIP with its PJSUA2 Python bindings, built for Agent Desktop\nLicense: GPL-2.0-or-later\n"
    )
    wheel = f"Wheel-Version: 1.0\nGenerator: build_wheel.py\nRoot-Is-Purelib: false\nTag: {tag}\n"
    members = {
        "pjsua2.py": (bindings / "pjsua2.py").read_bytes(),
        library: (bindings / library).read_bytes(),
        f"{about}/METADATA": metadata.encode(),
        f"{about}/WHEEL": wheel.encode(),
        f"{about}/licenses/COPYING": (tree / "COPYING").read_bytes(),
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


def _run(command: list[str], folder: Path) -> None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    except OSError as reason:
        raise BuildError(f"{command[0]}: {reason.strerror}") from reason
    if done.returncode != 0:
        errors = [line for line in done.stderr.splitlines() if line.startswith("E:")]
        raise BuildError(errors[0] if errors else f"{command[0]} failed")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

"""Sources of the phone engine: files of Debian's source packages, pinned by hash and kept in a folder."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
from dataclasses import dataclass
from pathlib import Path


class BuildError(Exception):
    """What is missing, in words for the log."""


@dataclass(frozen=True, slots=True)
class Source:
    """`version` is where `file` (a pattern) was found; a later one may still carry it, the checksum decides."""

    package: str
    version: str
    suites: tuple[str, ...]
    file: str
    sha256: str
    kept_as: str


def fetched(source: Source, cache: Path, given: Path | None = None) -> Path:
    """`given`: a copy of it, so that nothing is fetched."""
    ending = ".tar" + Path(source.file).suffix
    kept = cache / f"{source.kept_as}-{source.sha256[:16]}{ending}"
    if given is not None:
        _copy_if_right(source, given, kept)
    if kept.is_file() and _sha256(kept) == source.sha256:
        return kept
    mirror = _mirror()
    reasons = []
    for suite in source.suites:
        try:
            _fetch(source, mirror, suite, kept)
        except BuildError as reason:
            reasons.append(f"{suite}: {reason}")
        else:
            return kept
    raise BuildError("no source (" + "; ".join(reasons) + ")")


def _fetch(source: Source, mirror: str, suite: str, kept: Path) -> None:
    """The source package by apt, which checks the archive's signature; apt's own configuration stays untouched."""
    print(f"fetching the source of {source.package} from {suite}", file=sys.stderr, flush=True)
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
        ask = ["apt-get", *options, "source", "--download-only", "--tar-only"]
        try:
            _run([*ask, f"{source.package}={source.version}"], room / "fetched")
        except BuildError:
            _run([*ask, source.package], room / "fetched")
        found = sorted((room / "fetched").glob(source.file))
        if not found:
            raise BuildError(f"the source package has no {source.file} in it")
        _copy_if_right(source, found[0], kept)


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


def _copy_if_right(source: Source, found: Path, kept: Path) -> None:
    if not found.is_file():
        raise BuildError(f"{found} is not there")
    if _sha256(found) != source.sha256:
        raise BuildError(f"{found.name} is not the pinned {source.kept_as}")
    kept.parent.mkdir(parents=True, exist_ok=True)
    part = kept.with_suffix(".part")
    shutil.copyfile(found, part)
    part.replace(kept)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _run(command: list[str], folder: Path) -> None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except OSError as reason:
        raise BuildError(f"{command[0]}: {reason.strerror}") from reason
    if done.returncode != 0:
        errors = [line for line in done.stderr.splitlines() if line.startswith("E:")]
        raise BuildError(errors[0] if errors else f"{command[0]} failed")

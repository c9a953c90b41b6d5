"""The versions that lie beside the installed program, and which of them starts.

    PROGRAM/agent-desktop           what was installed; it always starts first, and hands over to the chosen one
    PROGRAM/update-root.json        whose releases are believed
    PROGRAM/updates/chosen.json     the choice
    PROGRAM/updates/0.2.0/          a whole program

It runs before everything else, and so knows the standard library alone.
"""

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from agent_desktop import own_program
from agent_desktop.errors import StoreError
from agent_desktop.paths import write_whole
from agent_desktop.starts import Starts

FOLDER: Final = own_program.FETCHED
CHOICE: Final = "chosen.json"
ROOT: Final = "update-root.json"
FETCHED: Final = "fetched"
FORMAT: Final = 1
FAILED_KEPT: Final = 20
_WRITTEN: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){1,3}")


def number(version: str) -> tuple[int, ...]:
    """For comparing: 0.10.0 comes after 0.9.1. Raises ValueError for what is no version."""
    if _WRITTEN.fullmatch(version) is None:
        raise ValueError(version)
    parts = [int(part) for part in version.split(".")]
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)


def is_newer(version: str, than: str) -> bool:
    return number(version) > number(than)


@dataclass(frozen=True, slots=True)
class Choice:
    """`before` starts again where `version` never comes up; empty: what was installed. `failed` is what was given up,
    `unsaid` the one of it that nobody was told of yet."""

    version: str = ""
    before: str = ""
    failed: tuple[str, ...] = ()
    unsaid: str = ""


class Versions:
    """`program` is the installed executable. Nothing here needs the network."""

    def __init__(self, program: Path) -> None:
        self.program = program
        self.folder = program.parent / FOLDER

    @classmethod
    def of(cls, executable: Path) -> "Versions":
        """From the installed program or from one of the versions beside it."""
        is_beside = executable.parent.parent.name == FOLDER
        return cls(executable.parents[2] / executable.name if is_beside else executable)

    @classmethod
    def of_this_program(cls) -> "Versions | None":
        """None in a checkout, which its owner brings up to date."""
        return cls.of(Path(sys.executable)) if hasattr(sys, "frozen") else None

    @property
    def root(self) -> Path:
        return self.program.parent / ROOT

    def may_be_added_to(self) -> bool:
        """Whether whoever works here may put versions beside the program, as where it was installed for them alone."""
        try:
            tempfile.TemporaryFile(dir=self.folder if self.folder.is_dir() else self.program.parent).close()
        except OSError:
            return False
        return True

    @property
    def has_choice(self) -> bool:
        return (self.folder / CHOICE).is_file()

    def executable(self, version: str) -> Path:
        return self.folder / version / self.program.name

    def has(self, version: str) -> bool:
        return self.executable(version).is_file()

    def choice(self) -> Choice:
        """Nothing chosen where the file cannot be read."""
        try:
            written = json.loads((self.folder / CHOICE).read_text("utf-8"))
            return _choice(written)
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return Choice()

    def to_start(self, installed: str, starts: Starts) -> Path | None:
        """The program that stands in for the installed one, whose version is `installed`; None: that one itself. What
        never came up, as `starts` say, is given up."""
        choice = self.choice()
        if choice.version and choice.version == starts.version and starts.is_bad:
            choice = Choice(choice.before, failed=_failed(choice, choice.version), unsaid=choice.version)
            with suppress(StoreError):  # a folder that is full, or not ours: the program starts all the same
                self._write(choice)
        if not choice.version or not self.has(choice.version) or not is_newer(choice.version, installed):
            return None
        return self.executable(choice.version)

    def choose(self, version: str, running: str) -> None:
        """From the next start on; back to what runs now where it never comes up. Raises DiskFull, FolderNotWritable."""
        before = running if self.has(running) else ""
        self._write(Choice(version, before, failed=self.choice().failed))

    def stay(self, running: str) -> None:
        """What was chosen and has not started yet is not wanted any more. Raises DiskFull, FolderNotWritable."""
        kept = running if self.has(running) else ""
        self._write(Choice(kept, failed=self.choice().failed))

    def give_up(self, version: str) -> None:
        """It does not run here. Raises DiskFull, FolderNotWritable."""
        choice = self.choice()
        shutil.rmtree(self.folder / version, ignore_errors=True)
        self._write(replace(choice, failed=_failed(choice, version), unsaid=version))

    def gave_up(self) -> str:
        """The version that was given up, told once; empty: none. Raises DiskFull, FolderNotWritable."""
        choice = self.choice()
        if choice.unsaid:
            self._write(replace(choice, unsaid=""))
        return choice.unsaid

    def tidy(self, wanted: Collection[str]) -> None:
        """Of the versions beside the program keeps those, what is chosen and what was before; of what was fetched,
        those. What cannot be removed stays until the next time."""
        choice = self.choice()
        kept = {*wanted, choice.version, choice.before}
        for path in self.folder.glob("[0-9]*"):
            if path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)
        for path in (self.folder / FETCHED).glob("*"):
            if not any(f"-{version}-" in path.name for version in wanted):
                with suppress(OSError):
                    path.unlink()

    def _write(self, choice: Choice) -> None:
        write_whole(self.folder / CHOICE, json.dumps({"format": FORMAT, **asdict(choice)}, indent=2))


def _failed(choice: Choice, version: str) -> tuple[str, ...]:
    return (version, *choice.failed)[:FAILED_KEPT]


def _choice(written: Any) -> Choice:
    """Raises ValueError, TypeError, KeyError, AttributeError."""
    if written["format"] != FORMAT:
        raise ValueError(written["format"])
    failed = tuple(str(one) for one in written["failed"])
    choice = Choice(str(written["version"]), str(written["before"]), failed, str(written["unsaid"]))
    for version in (choice.version, choice.before):
        if version:
            number(version)  # a name of a folder here, and of none elsewhere
    return choice

"""Whether this version comes up on this workstation: `starts.json`, which whoever chooses the version to start reads.

A start is well once the window is up, the database open and the phone process there. `bad` counts the starts of
`version` in a row that did not become well, `before` is the version that was well before it.
"""

import json
import logging
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from agent_desktop.errors import StoreError
from agent_desktop.paths import write_whole

log = logging.getLogger(__name__)

NAME: Final = "starts.json"
BAD_IN_A_ROW: Final = 2
"""So many, and the version is not to be started without asking."""


@dataclass(frozen=True, slots=True)
class Starts:
    version: str = ""
    bad: int = 0
    before: str = ""

    @property
    def is_bad(self) -> bool:
        return self.bad >= BAD_IN_A_ROW


class StartLog:
    """Of one run of the program of this version. Nothing here keeps anybody from working: what cannot be written down
    is not counted."""

    def __init__(self, folder: Path, version: str) -> None:
        self._path = folder / NAME
        self._version = version
        self._found = self._now = read_starts(folder)
        self._is_counted = False
        self._has_failed = False
        self._is_well = False

    @property
    def found(self) -> Starts:
        """As the runs before left it."""
        return self._found if self._found.version == self._version else Starts(self._version)

    @property
    def before(self) -> str:
        """The version that was well before this one; empty where none is known."""
        return self._now.before

    def begin(self) -> None:
        """This run counts as bad until it is well, or waits for a person."""
        if self._now.version != self._version:
            before = self._now.before if self._now.bad else self._now.version
            self._now = Starts(self._version, 0, before)
        self._count(is_bad=True)

    def wait(self) -> None:
        """For somebody to sign in: who gives up there has seen nothing go wrong."""
        if not self._has_failed:
            self._count(is_bad=False)

    def go_on(self) -> None:
        """They have signed in."""
        self._count(is_bad=True)

    def fail(self) -> None:
        """What this version needs does not open: that counts, whatever the person does next."""
        self._has_failed = True
        self._count(is_bad=True)

    def well(self) -> None:
        """Whatever becomes of this run later."""
        if not self._is_well:
            self._is_well = True
            self._write(replace(self._now, bad=0))

    def _count(self, *, is_bad: bool) -> None:
        if is_bad != self._is_counted and not self._is_well:
            self._is_counted = is_bad
            self._write(replace(self._now, bad=max(0, self._now.bad + (1 if is_bad else -1))))

    def _write(self, starts: Starts) -> None:
        self._now = starts
        try:
            write_whole(self._path, json.dumps(asdict(starts)))
        except StoreError as error:
            log.info("this start is not counted: %s", error)


def read_starts(folder: Path) -> Starts:
    """What cannot be read counts for nothing."""
    try:
        plain = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return Starts(str(plain["version"]), int(plain["bad"]), str(plain["before"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Starts()

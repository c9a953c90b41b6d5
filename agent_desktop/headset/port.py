"""What a headset is reached through, whichever library does it."""

from dataclasses import dataclass
from typing import Protocol


class HeadsetGone(Exception):
    """It was unplugged, or switched itself off."""


class HidPort(Protocol):
    """One device, open. `read` is always called by the same thread; `write` by any, one at a time."""

    name: str

    def descriptor(self) -> bytes:
        """The report descriptor. Raises HeadsetGone."""

    def read(self, timeout_s: float) -> bytes:
        """The next report as it came, with its id in front where reports have one; empty after `timeout_s` without.
        Raises HeadsetGone."""

    def write(self, report: bytes) -> None:
        """`report` begins with its id, 0 where reports have none. Raises HeadsetGone."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class NoHeadset:
    """None is plugged in."""


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """There is one, and this person may not open it. `path` is its device file."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class NoLibrary:
    """This installation cannot speak to headsets at all."""


Found = HidPort | NoHeadset | NotAllowed | NoLibrary

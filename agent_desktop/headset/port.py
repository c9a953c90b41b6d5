"""What a headset is reached through, whichever library does it."""

from dataclasses import dataclass
from typing import Final, Protocol

TELEPHONY_PAGE: Final = 0x0B
"""Where a device's collection begins that is a telephone (HID Usage Tables 1.4 §14)."""


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


@dataclass(frozen=True, slots=True)
class Plugged:
    """It is in use. `has_lamps` false: it cannot show what the screen does."""

    name: str
    has_lamps: bool = True


State = Plugged | NoHeadset | NotAllowed | NoLibrary
Found = HidPort | NoHeadset | NotAllowed | NoLibrary

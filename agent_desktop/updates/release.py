"""A release as the repository of updates tells of it, and whether this workstation is among those that take it."""

import hashlib
import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from agent_desktop.updates.versions import number
from agent_model.moment import from_text

ALL_PCT: Final = 100
NAME: Final = "agent-desktop"
SUFFIX: Final = ".tar.zst"


@dataclass(frozen=True, slots=True)
class Release:
    """`name` is its file in the repository, of `size` bytes. `percent` of all workstations take it; while `is_paused`
    none does."""

    version: str
    name: str
    size: int
    percent: int
    is_paused: bool
    released_at: datetime

    def is_for(self, device: str) -> bool:
        """The same workstations are among the first 10 and the first 50 percent, others with every release."""
        return not self.is_paused and share_of(device, self.version) < self.percent

    def is_due(self, now: datetime, delay_days: int) -> bool:
        return now - self.released_at >= timedelta(days=delay_days)


def share_of(device: str, version: str) -> int:
    """0..99, evenly spread over devices."""
    digest = hashlib.sha256(f"{version}\n{device}".encode()).digest()
    return int.from_bytes(digest[:8]) % ALL_PCT


def this_platform() -> str:
    """Such as `linux-x86_64`."""
    machine = platform.machine().lower()
    return f"{'windows' if sys.platform == 'win32' else sys.platform}-{'x86_64' if machine == 'amd64' else machine}"


def file_name(version: str, of: str) -> str:
    """`of` is a platform."""
    return f"{NAME}-{version}-{of}{SUFFIX}"


def told(name: str, size: int, facts: Mapping[str, Any]) -> Release:
    """From what stands signed beside the file. Raises ValueError, KeyError, TypeError."""
    version, percent = str(facts["version"]), int(facts["percent"])
    number(version)
    return Release(version, name, size, percent, bool(facts["is_paused"]), from_text(str(facts["released_at"])))

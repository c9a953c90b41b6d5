"""Where files lie that need not outlive the machine: in memory, where nothing waits for a disk."""

import os
import shutil
import sys
from pathlib import Path
from typing import Final

DISK: Final = Path("/tmp")  # noqa: S108
MEMORY: Final = Path("/dev/shm")  # noqa: S108
ENOUGH_BYTES: Final = 4 << 30


def quickest() -> Path:
    """A database is copied ten times sooner there, and a commit does not wait. Not where programs may not run from."""
    return MEMORY if MEMORY.is_mount() and _has_room() and _runs_programs() else DISK


def _has_room() -> bool:
    return shutil.disk_usage(MEMORY).free > ENOUGH_BYTES


def _runs_programs() -> bool:
    return sys.platform != "win32" and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC

"""Which program this is on the disk, and whether the next start would run another one, installed meanwhile.

A package keeps what is running until nobody runs it any more: each version lies in a folder of its own below
`versions`, and `current` beside that leads to the one that is started (installer/linux/versions.sh). What a workstation
fetched itself lies below `updates` of the installed program, which hands over to it (updates/versions.py).
"""

import sys
from pathlib import Path
from typing import Final

VERSIONS: Final = "versions"
FETCHED: Final = "updates"
CURRENT: Final = "current"

Stamp = tuple[int, int, int]


class OwnProgram:
    """Made at the start, of the file that was started; None where it is no program of its own (a checkout)."""

    def __init__(self, program: Path | None) -> None:
        self._next_start = None if program is None else lasting(program)
        self._stamp = None if program is None else _stamp(program)

    @classmethod
    def running(cls) -> "OwnProgram":
        """A version that was fetched looks after itself."""
        program = Path(sys.executable)
        is_packaged = getattr(sys, "frozen", False) and program.parent.parent.name != FETCHED
        return cls(program if is_packaged else None)

    def is_replaced(self) -> bool:
        """One look at one file. What was removed was not replaced."""
        if self._next_start is None:
            return False
        found = _stamp(self._next_start)
        return found is not None and found != self._stamp


def lasting(path: Path) -> Path:
    """The same file of whichever version is started next: for whoever writes its place down, or starts it again."""
    for folder in path.parents:
        current = folder.parent.parent / CURRENT
        if folder.parent.name == VERSIONS and current.is_symlink():
            return current / path.relative_to(folder)
        if folder.parent.name == FETCHED:
            return folder.parent.parent / path.relative_to(folder)
    return path


def _stamp(program: Path) -> Stamp | None:
    try:
        found = program.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns

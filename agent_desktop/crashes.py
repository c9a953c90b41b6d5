"""Reports of runs that ended badly, kept on this disk: one file for each run of a process, gone when it ended well.

What is written is where each thread was: files, lines and functions. Values of variables and what exceptions say are
left out, because they may name people; for the same reason there is no picture of the memory (core file, minidump).
"""

import faulthandler
import logging
import os
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import IO, Final

FOLDER: Final = "crashes"
"""Below the folder of logs."""
KEPT: Final = 10
_RUNNING: Final = ".run"
_SETTLED: Final = ".txt"
_MOST_EXCEPTIONS: Final = 20
"""Of one run: what goes wrong every second would fill the disk."""
_HEAD_ENDS: Final = b"\n\n"

log = logging.getLogger(__name__)


class CrashWatch:
    """Over this process, until `end`."""

    def __init__(self, file: IO[str], path: Path) -> None:
        self._file, self._path = file, path
        self._exceptions = 0
        self._writing = threading.Lock()
        faulthandler.enable(file)

    def unhandled(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None, where: str
    ) -> None:
        """What nobody expected; the program goes on, and so does the log."""
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            return
        text = _told(kind, error, trace)
        log.error("unhandled in %s\n%s", where, text)
        with self._writing:
            self._exceptions += 1
            if self._exceptions <= _MOST_EXCEPTIONS and not self._file.closed:
                with suppress(OSError):
                    self._file.write(f"unhandled in {where}\n{text}\n")
                    self._file.flush()

    def hear_exceptions(self) -> None:
        """Of every thread and every slot, from now on."""
        sys.excepthook = lambda kind, error, trace: self.unhandled(kind, error, trace, "the main thread")
        threading.excepthook = lambda found: self.unhandled(
            found.exc_type, found.exc_value, found.exc_traceback, found.thread.name if found.thread else "a thread"
        )

    def end(self) -> None:
        """The run has ended well: what it had to tell is kept, and a run that had nothing leaves nothing."""
        sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
        faulthandler.disable()
        with self._writing:
            self._file.close()
        _settle(self._path)


def watch(folder: Path, part: str, clock: Callable[[], datetime]) -> CrashWatch | None:
    """Begins the file of this run; `part` says which process it is. Without a folder that can be written to, none."""
    path = folder / f"{part}-{clock():%Y%m%dT%H%M%S}-{os.getpid()}{_RUNNING}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = path.open("w", encoding="utf-8", newline="\n")  # `_HEAD_ENDS` on Windows too
    except OSError:
        return None
    _lock(file)
    file.write(f"Agent Desktop {version('agent-desktop')}, {part}, begun {clock().isoformat(timespec='seconds')}\n")
    file.write(f"{platform.platform()}, Python {platform.python_version()}\n\n")
    file.flush()
    return CrashWatch(file, path)


def look_back(folder: Path) -> tuple[Path, ...]:
    """The reports of runs that ended badly since somebody last looked; older ones than the newest KEPT go."""
    found = [kept for path in sorted(folder.glob(f"*{_RUNNING}")) if not _is_running(path) and (kept := _settle(path))]
    for old in sorted(folder.glob(f"*{_SETTLED}"), key=_age)[:-KEPT]:
        with suppress(OSError):
            old.unlink()
    return tuple(path for path in found if path.exists())


def _told(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> str:
    """The stack, and the kinds of what went wrong without what they say."""
    kinds, seen = [kind.__qualname__], set()
    cause = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        cause = cause.__cause__ or cause.__context__
        kinds += [type(cause).__qualname__] if cause is not None else []
    return "".join(traceback.format_tb(trace)) + ", because of ".join(kinds)


def _settle(path: Path) -> Path | None:
    """Kept when anything stands below its head."""
    try:
        has_more = bool(path.read_bytes().partition(_HEAD_ENDS)[2].strip())
        if not has_more:
            path.unlink()
            return None
        return path.replace(path.with_suffix(_SETTLED))
    except OSError:
        return None


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0


def _lock(file: IO[str]) -> None:
    """For as long as the process lives. Windows lets nobody rename a file that is open."""
    if sys.platform != "win32":
        import fcntl

        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_running(path: Path) -> bool:
    if sys.platform == "win32":
        return False  # `_settle` cannot rename it then
    import fcntl

    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    return False

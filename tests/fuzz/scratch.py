"""Where seeds are played: in memory if there is room, in one folder a process that is gone when the process is.

A process that was killed cannot tidy up; whoever comes next does, as the lock in the folder is then free.
"""

import atexit
import contextlib
import fcntl
import functools
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import Final, NoReturn

MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a place in memory where there is one; else the usual one
START: Final = "fuzz-"
LOCK: Final = "lock"
LEAST_FREE: Final = 48 * 2**20
"""Bytes that stay free for everybody else; a seed takes a few MiB."""


class NoRoom(Exception):
    """The place where seeds are played is nearly full."""


def folder() -> Path:
    """A new one. Raises NoRoom rather than fill the machine's memory."""
    here = _own()
    if shutil.disk_usage(here).free < LEAST_FREE:
        raise NoRoom(f"less than {LEAST_FREE >> 20} MiB free at {here.parent}")
    return Path(tempfile.mkdtemp(dir=here))


def sweep() -> None:
    """Takes away what processes that are gone have left."""
    for left in (*MEMORY.glob(f"{START}*"), *Path(tempfile.gettempdir()).glob(f"{START}*")):
        with contextlib.suppress(OSError), (left / LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)


def tidy_up_on_sigterm() -> None:
    """SIGTERM ends the program as Ctrl+C does: what it made goes with it."""
    signal.signal(signal.SIGTERM, _leave)


def _leave(*_: object) -> NoReturn:
    sys.exit(128 + signal.SIGTERM)


@functools.cache
def _own() -> Path:
    sweep()
    in_memory = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 2 * LEAST_FREE
    here = Path(tempfile.mkdtemp(prefix=f"{START}{os.getpid()}-", dir=MEMORY if in_memory else None))
    lock = os.open(here / LOCK, os.O_CREAT | os.O_RDONLY | os.O_CLOEXEC)
    fcntl.flock(lock, fcntl.LOCK_EX)  # held for as long as this process lives
    atexit.register(shutil.rmtree, here, ignore_errors=True)
    return here

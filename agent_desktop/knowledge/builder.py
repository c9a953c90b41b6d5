"""Builds the search index in a process of its own, so that the window never waits for it.

`python -m agent_desktop.knowledge.builder` reads articles from standard input, one a line, and writes
to standard output how far it is, and the index in the end: no article touches the disk.
"""

import contextlib
import os
import struct
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from typing import BinaryIO, cast

import orjson

from agent_desktop.knowledge.hits import Building
from agent_desktop.no_core import leave_no_core
from agent_model.article import Article
from agent_model.body import from_body, to_body

_COMMAND = (sys.executable, "-m", "agent_desktop.knowledge.builder")
_FRAME = struct.Struct("<QQ")
"""How many articles are done, and how long the index is that follows: nothing until they all are."""
_ASIDE = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
_NICENESS = 5
"""Calls and the window come first: an index can wait a little longer."""


class BuildFailed(Exception):
    """The builder's process ended without an index; `exit_code` is negative when it was stopped."""

    def __init__(self, exit_code: int) -> None:
        super().__init__(str(exit_code))
        self.exit_code = exit_code


class ProcessBuilder:
    def __init__(self, command: Sequence[str] = _COMMAND) -> None:
        self._command = command
        self._changing = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_stopped = False

    def build(self, articles: Iterable[Article], total: int, told: Callable[[Building], None]) -> bytes:
        """Takes seconds for thousands of articles; `told` hears how many are done. Raises BuildFailed."""
        with self._changing:
            if self._is_stopped:
                raise BuildFailed(-1)
            process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, creationflags=_ASIDE
            )
            self._process = process
        index = b""
        with process:
            to_it, from_it = cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)
            with contextlib.suppress(OSError), to_it:  # one that dies says why by its exit code
                for article in articles:
                    to_it.write(_line(article))
            while frame := from_it.read(_FRAME.size):
                done, length = _FRAME.unpack(frame.ljust(_FRAME.size, b"\0"))
                index = from_it.read(length)
                told(Building(done, total))
        if process.returncode != 0:
            raise BuildFailed(process.returncode)
        return index

    def stop(self) -> None:
        """Ends a build from another thread, at the end of the day; none starts afterwards."""
        with self._changing:
            self._is_stopped = True
            if self._process is not None and self._process.poll() is None:
                self._process.kill()


def build(articles: BinaryIO, index: BinaryIO) -> None:
    from agent_desktop.knowledge.index import ArticleIndex

    def tell(done: int, content: bytes = b"") -> None:
        index.write(_FRAME.pack(done, len(content)) + content)
        index.flush()

    everything = [_article(line) for line in articles]
    built = ArticleIndex()
    built.apply(everything, tell)
    tell(len(everything), built.to_bytes())


def _line(article: Article) -> bytes:
    return orjson.dumps([article.id, article.version, to_body(article)]) + b"\n"


def _article(line: bytes) -> Article:
    return from_body(Article, *orjson.loads(line))


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    leave_no_core(for_good=True)
    build(sys.stdin.buffer, sys.stdout.buffer)

"""Builds the search index in a process of its own, so that the window never waits for it.

`python -m agent_desktop.knowledge.builder` reads articles from standard input, one a line, and writes
the index to standard output: no article touches the disk.
"""

import subprocess
import sys
from collections.abc import Collection, Sequence
from threading import Lock
from typing import BinaryIO

import orjson

from agent_model.article import Article
from agent_model.body import from_body, to_body

_COMMAND = (sys.executable, "-m", "agent_desktop.knowledge.builder")
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)


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

    def build(self, articles: Collection[Article]) -> bytes:
        """Takes seconds for thousands of articles; raises BuildFailed."""
        told = b"".join(map(_line, articles))
        with self._changing:
            if self._is_stopped:
                raise BuildFailed(-1)
            process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, creationflags=_NO_WINDOW
            )
            self._process = process
        with process:
            index, _ = process.communicate(told)
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

    built = ArticleIndex()
    built.apply(_article(line) for line in articles)
    index.write(built.to_bytes())


def _line(article: Article) -> bytes:
    return orjson.dumps([article.id, article.version, to_body(article)]) + b"\n"


def _article(line: bytes) -> Article:
    return from_body(Article, *orjson.loads(line))


if __name__ == "__main__":
    build(sys.stdin.buffer, sys.stdout.buffer)

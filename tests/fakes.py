"""Hand-written stand-ins for what a test cannot have: a set clock, a full disk, a keyring, a network that is cut."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import httpx
import keyring.errors

from agent_desktop.data_key import DataKey
from agent_desktop.offline.sealing import Sealed, Unsealed
from agent_desktop.policy.written import Hive


class SetClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


def counting_ids(prefix: str = "") -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"{prefix}{next(numbers)}"


SEALED = Sealed(DataKey(bytes(range(32))))
"""Databases as every workstation has them, under a key that tests know."""


@dataclass
class SmallDisk(Unsealed):
    """Plain SQLite on a disk with room for `pages` pages a file; more pages are added while it runs."""

    pages: int = 1_000_000
    opened: list[sqlite3.Connection] = field(default_factory=list)

    def unlock(self, connection: Any) -> None:
        self.opened.append(connection)
        connection.execute(f"PRAGMA max_page_count={self.pages:d}")

    def fill(self) -> None:
        """No page more than there are now."""
        self._set(1)

    def make_room(self) -> None:
        self._set(1_000_000)

    def _set(self, pages: int) -> None:
        self.pages = pages
        for connection in self.opened:
            with contextlib.suppress(self.dbapi.ProgrammingError):  # closed meanwhile
                connection.execute(f"PRAGMA max_page_count={pages:d}")


class OpenKeyring:
    """A keyring in memory that answers as a trusted one does."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class FailingKeyring:
    """Answers everything with one error."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def get_password(self, service: str, username: str) -> str | None:  # noqa: ARG002
        raise self._error

    def set_password(self, service: str, username: str, password: str) -> None:  # noqa: ARG002
        raise self._error

    def delete_password(self, service: str, username: str) -> None:  # noqa: ARG002
        raise self._error


def locked_keyring() -> FailingKeyring:
    return FailingKeyring(keyring.errors.InitError("Prompt dismissed"))


class WeakNetwork(httpx.BaseTransport):
    """The real network with faults at will.

    `lose_answer` and `cut_after` are asked for each request: an answer that is lost was given by the server all the
    same; a body that is cut after some bytes ends as a broken connection does.
    """

    def __init__(self) -> None:
        self._real = httpx.HTTPTransport()
        self.lose_request: Callable[[httpx.Request], bool] = lambda _request: False
        self.lose_answer: Callable[[httpx.Request], bool] = lambda _request: False
        self.cut_after: Callable[[httpx.Request], int | None] = lambda _request: None
        self.asked: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(f"{request.method} {request.url.path} {request.headers.get('Range', '')}".strip())
        if self.lose_request(request):
            raise httpx.ConnectError("no route", request=request)
        answer = self._real.handle_request(request)
        if self.lose_answer(request):
            answer.read()
            answer.close()
            raise httpx.ReadError("answer lost", request=request)
        size = self.cut_after(request)
        if size is not None:
            answer.stream = _Cut(answer.stream, size)
        return answer

    def close(self) -> None:
        self._real.close()


class _Cut(httpx.SyncByteStream):
    def __init__(self, whole: Any, size: int) -> None:
        self._whole = whole
        self._size = size

    def __iter__(self) -> Iterator[bytes]:
        left = self._size
        for part in self._whole:
            yield part[:left]
            left -= len(part)
            if left <= 0:
                raise httpx.ReadError("connection cut")

    def close(self) -> None:
        self._whole.close()


class KeptRegistry:
    """The registry of a Windows that is not there."""

    def __init__(self, keys: Mapping[tuple[Hive, str], Mapping[str, object]]) -> None:
        self._keys = keys

    def values(self, hive: Hive, key: str) -> Mapping[str, object]:
        return self._keys.get((hive, key), {})

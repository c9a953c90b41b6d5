"""Recordings of an Asterisk by its REST interface (ARI): those below astspooldir/recording, whoever made them.

The manager interface cannot hand over files; ARI can, over the same way by TLS, so nothing of the exchange's disk has
to be mounted here. It tells neither when a recording ended nor that it did: one is whole when it has not grown for
`QUIET_FOR`. https://docs.asterisk.org/Latest_API/API_Documentation/Asterisk_REST_Interface/Recordings_REST_API/
"""

import io
import ssl
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, BinaryIO, Final
from urllib.parse import quote

import orjson

from agent_server.switch.asterisk.settings import AsteriskSettings
from agent_server.switch.recorded import QUIET_FOR
from agent_server.switch.tls import Tls

if TYPE_CHECKING:
    import httpx

LARGEST: Final = 256 * 1024 * 1024
"""It is held in memory, for it must not lie in clear on a disk: two hours of both sides."""
_LARGEST_LIST: Final = 16 * 1024 * 1024
_PATIENCE_S: Final = 10.0
_FORMAT: Final = "wav"


class StoredRecordings:
    """Of an exchange whose settings name its `ari`."""

    def __init__(self, settings: AsteriskSettings) -> None:
        self._settings = settings
        is_tls = settings.ari.startswith("https:")
        self._verify: ssl.SSLContext | bool = (settings.tls or Tls()).context() if is_tls else False
        self._sizes: dict[str, tuple[int, float]] = {}
        """How long each was that is not whole yet, and since when by the monotonic clock."""

    @property
    def exchange(self) -> str:
        return self._settings.name

    async def references(self) -> Sequence[str]:
        async with self._asked("GET", "/recordings/stored") as answer:
            listed = orjson.loads(await _read(answer, _LARGEST_LIST))
        names = [one["name"] for one in listed if one["format"] == _FORMAT and "/" not in one["name"]]
        self._sizes = {name: seen for name, seen in self._sizes.items() if name in set(names)}
        return names

    async def sound(self, reference: str) -> BinaryIO | None:
        async with self._asked("GET", f"{_path_of(reference)}/file") as answer:
            if answer.status_code == HTTPStatus.NOT_FOUND:
                return None
            size, now = int(answer.headers["content-length"]), time.monotonic()
            seen, since = self._sizes.get(reference, (-1, now))
            if seen != size:
                self._sizes[reference] = size, now
                return None
            if now - since < QUIET_FOR.total_seconds():
                return None
            return io.BytesIO(await _read(answer, LARGEST))

    async def drop(self, reference: str) -> None:
        self._sizes.pop(reference, None)
        async with self._asked("DELETE", _path_of(reference)):
            pass

    @asynccontextmanager
    async def _asked(self, method: str, path: str) -> "AsyncIterator[httpx.Response]":
        """Answers of 200 to 299, and that there is no such recording. Raises OSError."""
        import httpx  # a twentieth of the start, which sites without an ARI need not take

        told = self._settings
        try:
            async with (
                httpx.AsyncClient(
                    auth=(told.user, told.ari_secret), verify=self._verify, timeout=_PATIENCE_S, trust_env=False
                ) as client,
                client.stream(method, told.ari.rstrip("/") + path) as answer,
            ):
                if answer.status_code == HTTPStatus.UNAUTHORIZED:
                    raise PermissionError(f"its ARI does not let {told.user} in: look at ari_secret and ari.conf")
                if answer.status_code == HTTPStatus.FORBIDDEN:
                    raise PermissionError(f"its ARI lets {told.user} look only: read_only is to be no in ari.conf")
                if not answer.is_success and not (
                    answer.status_code == HTTPStatus.NOT_FOUND and path != "/recordings/stored"
                ):
                    raise OSError(f"{told.ari} answers {answer.status_code}: it is to be the address of its ARI")
                yield answer
        except httpx.HTTPError as error:
            raise OSError(f"{told.ari} is not reached: {error or type(error).__name__}") from error
        except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
            raise OSError(f"{told.ari} does not answer as an ARI does") from error


async def recordings_lying_at(settings: AsteriskSettings) -> int:
    """How many its ARI lets us fetch, and delete: the latter is asked of one that is not there. Raises OSError."""
    place = StoredRecordings(settings)
    lying = len(await place.references())
    await place.drop("there-is-no-such-recording")
    return lying


def _path_of(reference: str) -> str:
    return f"/recordings/stored/{quote(reference, safe='')}"


async def _read(answer: "httpx.Response", largest: int) -> bytes:
    """Raises OSError: it is too long."""
    found = bytearray()
    async for piece in answer.aiter_bytes():
        found += piece
        if len(found) > largest:
            raise OSError(f"it is larger than {largest} bytes")
    return bytes(found)

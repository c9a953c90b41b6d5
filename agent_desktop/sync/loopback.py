"""Where the browser comes back to after a sign-on: one address on this computer, for one answer (RFC 8252 §7.3)."""

import hmac
import re
import selectors
import socket
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, cast
from urllib.parse import parse_qs

from agent_desktop.errors import NoWayBack, SignOnDeclined, SignOnGivenUp, SignOnTooLate

HERE: Final = "127.0.0.1"
LARGEST_REQUEST: Final = 16 * 1024
MOST_CONNECTIONS: Final = 16
"""Browsers open some that they then do not use; who opens more than these is not waited for."""
CONNECTION_LASTS_S: Final = 10.0
LOOK_EVERY_S: Final = 1.0
WRITING_TAKES_S: Final = 2.0
LONGEST_WORD: Final = 64
_REQUEST: Final = re.compile(r"GET /(\?[\x21-\x7e]*)? HTTP/1\.[01]")
_HEADERS: Final = (
    "Content-Type: text/html; charset=utf-8",
    "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'",
    "Referrer-Policy: no-referrer",
    "X-Content-Type-Options: nosniff",
    "Cache-Control: no-store",
    "Connection: close",
)


@dataclass(frozen=True, slots=True)
class Pages:
    """What the browser shows, as HTML: somebody is through, the provider said no, and this is not for us."""

    through: str
    declined: str
    strange: str


@dataclass(slots=True)
class _Visitor:
    until: float
    got: bytearray = field(default_factory=bytearray)


class Loopback:
    """Listens from the beginning; `wait` blocks until the browser came back, and may be given up from another thread.

    `state` is what tells our browser's answer from what any other page or program sends here. Whatever does not bring
    it is answered and forgotten.
    """

    def __init__(
        self, ports: Sequence[int], state: str, pages: Pages, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`ports` are tried in order; none: any that is free. Raises NoWayBack."""
        self._state, self._pages, self._clock = state, pages, clock
        self._listener = _listening(ports or (0,))
        self.port: int = self._listener.getsockname()[1]
        self._woken, self._wake = socket.socketpair()
        self._visitors: dict[socket.socket, _Visitor] = {}

    def give_up(self) -> None:
        """`wait` ends; nothing happens where it has ended."""
        try:
            self._wake.send(b"\0")
        except OSError:
            return

    def close(self) -> None:
        for one in (*self._visitors, self._listener, self._woken, self._wake):
            one.close()
        self._visitors.clear()

    def wait(self, issuer: str, within_s: float) -> str:
        """The code. Raises SignOnDeclined, SignOnTooLate, SignOnGivenUp."""
        end = self._clock() + within_s
        with selectors.DefaultSelector() as looking:
            looking.register(self._listener, selectors.EVENT_READ)
            looking.register(self._woken, selectors.EVENT_READ)
            while (left_s := end - self._clock()) > 0:
                for key, _ in looking.select(min(left_s, LOOK_EVERY_S)):
                    code = self._attend(looking, cast("socket.socket", key.fileobj), issuer)
                    if code is not None:
                        return code
                self._send_away(looking, self._clock())
        raise SignOnTooLate

    def _attend(self, looking: selectors.BaseSelector, one: socket.socket, issuer: str) -> str | None:
        """The code, once our browser has brought it. Raises SignOnDeclined, SignOnGivenUp."""
        if one is self._woken:
            raise SignOnGivenUp
        if one is self._listener:
            self._let_in(looking)
            return None
        request = self._read(looking, one) if one in self._visitors else None
        return None if request is None else self._answer(looking, one, request, issuer)

    # ---- who comes --------------------------------------------------------------------------------------

    def _let_in(self, looking: selectors.BaseSelector) -> None:
        try:
            visitor, _ = self._listener.accept()
        except OSError:  # it has gone already
            return
        visitor.settimeout(0)
        if len(self._visitors) >= MOST_CONNECTIONS:
            self._see_out(looking, next(iter(self._visitors)))
        self._visitors[visitor] = _Visitor(self._clock() + CONNECTION_LASTS_S)
        looking.register(visitor, selectors.EVENT_READ)

    def _read(self, looking: selectors.BaseSelector, visitor: socket.socket) -> str | None:
        """A whole request, or None as long as it is not there."""
        got = self._visitors[visitor].got
        try:
            part = visitor.recv(4096)
        except BlockingIOError:
            return None
        except OSError:
            part = b""
        got += part
        if b"\r\n\r\n" in got:
            return got.partition(b"\r\n\r\n")[0].decode("latin-1")
        if not part or len(got) > LARGEST_REQUEST:
            self._see_out(looking, visitor)
        return None

    def _answer(self, looking: selectors.BaseSelector, visitor: socket.socket, request: str, issuer: str) -> str | None:
        """The code, where this is our browser. Raises SignOnDeclined."""
        asked = self._asked(request, issuer)
        page = self._pages.strange
        if asked is not None:
            page = self._pages.through if "code" in asked else self._pages.declined
        _write(visitor, "404 Not Found" if asked is None else "200 OK", page)
        self._see_out(looking, visitor)
        if asked is None:
            return None
        if "code" not in asked:
            raise SignOnDeclined(re.sub(r"[^A-Za-z0-9_.-]", "", asked["error"])[:LONGEST_WORD])
        return asked["code"]

    def _asked(self, request: str, issuer: str) -> dict[str, str] | None:
        """What the browser brings from the provider; None for anything else."""
        first, *lines = request.split("\r\n")
        found = _REQUEST.fullmatch(first)
        hosts = [line.partition(":")[2].strip() for line in lines if line.lower().startswith("host:")]
        if found is None or hosts not in ([f"{HERE}:{self.port}"], [f"localhost:{self.port}"]):
            return None  # another host: a page of somebody else's name that was made to lead here
        try:
            asked = parse_qs((found[1] or "?")[1:], keep_blank_values=True, max_num_fields=20, encoding="latin-1")
        except ValueError:
            return None
        if any(len(values) != 1 for values in asked.values()):
            return None
        told = {name: values[0] for name, values in asked.items()}
        is_ours = hmac.compare_digest(told.get("state", "").encode("latin-1"), self._state.encode("ascii"))
        is_theirs = told.get("iss", issuer) == issuer  # RFC 9207
        has_one = bool(told.get("code")) is not bool(told.get("error"))
        return told if is_ours and is_theirs and has_one else None

    def _send_away(self, looking: selectors.BaseSelector, now: float) -> None:
        """Whoever has said nothing whole for too long."""
        for visitor in [one for one, known in self._visitors.items() if known.until <= now]:
            self._see_out(looking, visitor)

    def _see_out(self, looking: selectors.BaseSelector, visitor: socket.socket) -> None:
        looking.unregister(visitor)
        del self._visitors[visitor]
        visitor.close()


def _listening(ports: Sequence[int]) -> socket.socket:
    """Nobody else can listen there beside us: no address is shared. Raises NoWayBack."""
    for port in ports:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if sys.platform == "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        try:
            listener.bind((HERE, port))
            listener.listen(MOST_CONNECTIONS)
        except OSError:
            listener.close()
            continue
        listener.settimeout(0)
        return listener
    raise NoWayBack


def _write(visitor: socket.socket, status: str, page: str) -> None:
    body = page.encode("utf-8")
    head = "\r\n".join((f"HTTP/1.1 {status}", *_HEADERS, f"Content-Length: {len(body)}", "", ""))
    try:
        visitor.settimeout(WRITING_TAKES_S)
        visitor.sendall(head.encode("ascii") + body)
    except OSError:  # it does not want to know
        return

"""Recordings on their way to the server: after the call, piece by piece, behind everything that somebody waits for.

What lies on the disk is all there is to know, so a program that is killed goes on where it was: the server tells how
much it has. A recording belongs to its author; nobody else can open its card, so nobody else sends it.
"""

import hashlib
import logging
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

from agent_desktop.errors import (
    AnswerGarbled,
    ClientTooOld,
    DeviceBlocked,
    ServerRefused,
    ServerUnreachable,
    SignInExpired,
    StoreError,
)
from agent_desktop.sync.tus import FileTransfer

log = logging.getLogger(__name__)

LOOK_EVERY_S: Final = 60.0
BUSY_S: Final = 2.0
"""How long commands that wait are left alone with the line."""
FIRST_RETRY_S: Final = 2.0
LAST_RETRY_S: Final = 300.0
LEAST_PIECE: Final = 16 * 1024
FIRST_PIECE: Final = 64 * 1024
MOST_PIECE: Final = 1024 * 1024
QUICK_S, SLOW_S = 0.5, 2.0
"""A piece that took less may be twice as large the next time, one that took more half as large: nothing else in the
lane waits long for it."""
LONGEST_REST_S: Final = 2.0
MOST_TRIES: Final = 3
"""For a file that the server has whole and finds to be another."""


class Trouble(StrEnum):
    """Why a recording stays here. TOO_LARGE: for the server. REFUSED: by it, otherwise. UNREADABLE: the file, or with
    this agent's key. NO_ROOM: on the server's disk, so it is tried again. NOT_PUT_AWAY: the server has it, and here
    that could not be written down."""

    TOO_LARGE = "too_large"
    REFUSED = "refused"
    UNREADABLE = "unreadable"
    NO_ROOM = "no_room"
    NOT_PUT_AWAY = "not_put_away"


@dataclass(frozen=True, slots=True)
class RecordingsWaiting:
    """How many recordings the server has not got yet, and how many of them stay here for which reason."""

    count: int = 0
    troubles: Mapping[Trouble, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UploadProgress:
    """How much of the file of this name the server has, in bytes."""

    name: str
    sent: int
    length: int


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A file for the server: `key` opens it, `said` is what it belongs to, with its `kind` where it is no recording."""

    path: Path
    key: bytes = field(repr=False)
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """What is to be sent, the oldest first, and how many recordings cannot be opened here."""

    outgoing: Sequence[Outgoing]
    unreadable: int = 0


class Shelf(Protocol):
    """Where recordings lie until the server has them. `epoch` names the server's history: what another one had got is
    sent again; empty as long as it is not known."""

    def outgoing(self, epoch: str) -> Found: ...

    def arrived(self, sent: Outgoing, epoch: str) -> None:
        """The server has it whole. Raises StoreError."""

    def unwanted(self, sent: Outgoing) -> None:
        """Whom it is of was erased."""


@dataclass(frozen=True, slots=True)
class _UnderWay:
    outgoing: Outgoing
    sha256: str
    length: int
    place: str = ""
    offset: int = 0
    must_ask: bool = False


class Uploads:
    """`step` is called from the sync lane again and again, and does one short thing each time.

    `seal_key(sha256, key)` makes what only the server opens, None while it has given no key to do so; `is_busy` says
    whether commands wait, which go first.
    """

    def __init__(
        self,
        transfer: FileTransfer,
        shelf: Shelf,
        seal_key: Callable[[str, bytes], bytes | None],
        epoch: Callable[[], str],
        is_busy: Callable[[], bool],
        tell: Callable[[RecordingsWaiting | UploadProgress], None],
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._transfer = transfer
        self._shelf = shelf
        self._seal_key = seal_key
        self._epoch = epoch
        self._is_busy = is_busy
        self._tell = tell
        self._clock = clock
        self._chance = chance
        self._current: _UnderWay | None = None
        self._staying: dict[Path, Trouble] = {}
        self._passing: Trouble | None = None
        self._told = RecordingsWaiting()
        self._counted_at: float | None = None
        self._piece = FIRST_PIECE
        self._failures = 0
        self._differed = 0

    def step(self) -> float:
        """Seconds until it wants to be called again; what is wrong with the line, the server or a recording is a state
        here. Raises StoreError when the outbox cannot be read."""
        try:
            if self._is_busy():
                self._count_if_due()
                return BUSY_S
            return self._advance()
        except (SignInExpired, DeviceBlocked, ClientTooOld):
            return LAST_RETRY_S
        except ServerRefused as error:
            return self._refused(error)
        except (ServerUnreachable, AnswerGarbled) as error:
            is_full = isinstance(error, ServerUnreachable) and error.cause == "no_room"
            return self._later(Trouble.NO_ROOM if is_full else None)

    def _advance(self) -> float:
        current = self._current
        if current is None:
            return self._pick()
        if not current.place:
            return self._begin(current)
        if current.must_ask:
            offset = self._transfer.offset(current.place, current.length)
            self._current = replace(current, offset=offset, must_ask=False)
            return 0.0
        if current.offset < current.length:
            return self._send(current)
        try:
            self._shelf.arrived(current.outgoing, self._epoch())
        except StoreError as error:
            log.info("recording %s is sent, and that cannot be noted: %s", current.outgoing.path.name, error)
            return self._later(Trouble.NOT_PUT_AWAY)
        self._current, self._passing, self._failures, self._differed = None, None, 0, 0
        return 0.0

    def _pick(self) -> float:
        """The next recording, with its hash; everything that lies there is counted anew."""
        epoch = self._epoch()
        found = self._shelf.outgoing(epoch)
        self._count(found)
        if not epoch:  # nobody knows yet which of those that were sent before the server still has
            return BUSY_S
        waiting = [one for one in found.outgoing if one.path not in self._staying]
        if not waiting:
            return LOOK_EVERY_S
        outgoing = waiting[0]
        try:
            sha256, length = _hash_of(outgoing.path)
        except OSError as error:
            log.info("recording %s cannot be read: %s", outgoing.path.name, error)
            self._staying[outgoing.path] = Trouble.UNREADABLE
            return 0.0
        self._current = _UnderWay(outgoing, sha256, length)
        return 0.0

    def _begin(self, current: _UnderWay) -> float:
        sealed = self._seal_key(current.sha256, current.outgoing.key)
        if sealed is None:
            self._current = None
            return LOOK_EVERY_S
        said = {"kind": "recording", "key": sealed.hex(), **current.outgoing.said}
        begun = self._transfer.begin(current.sha256, current.length, said)
        self._current = replace(current, place=begun.place, offset=begun.offset)
        return 0.0

    def _send(self, current: _UnderWay) -> float:
        try:
            with current.outgoing.path.open("rb") as file:
                file.seek(current.offset)
                piece = file.read(min(self._piece, current.length - current.offset))
        except OSError as error:
            log.info("recording %s cannot be read: %s", current.outgoing.path.name, error)
            return self._leave(current, Trouble.UNREADABLE)
        if not piece:  # it became shorter: what is there now is another file
            self._current = None
            return 0.0
        began = self._clock()
        self._current = replace(current, must_ask=True)  # for as long as nobody knows what became of the piece
        offset = self._transfer.send(current.place, current.offset, piece, current.length)
        self._current, self._failures = replace(current, offset=offset), 0
        self._tell(UploadProgress(current.outgoing.path.name, offset, current.length))
        took_s = self._clock() - began
        if took_s < QUICK_S:
            self._piece = min(MOST_PIECE, self._piece * 2)
        elif took_s > SLOW_S:
            self._piece = max(LEAST_PIECE, self._piece // 2)
        return min(took_s, LONGEST_REST_S)

    def _refused(self, error: ServerRefused) -> float:
        current = self._current
        if current is None:
            return self._later()
        match error.status, error.code:
            case _, "file_differs":
                self._differed += 1
                self._current = None
                return self._leave(current, Trouble.REFUSED) if self._differed >= MOST_TRIES else self._later()
            case 409, _:
                self._current = replace(current, must_ask=True)
                return self._later()
            case 410, "erased":
                self._shelf.unwanted(current.outgoing)
                self._current = None
                return 0.0
            case 404 | 410, _ if current.place:
                self._current = replace(current, place="", must_ask=False)
                return self._later()
            case _, "":  # of HEAD, which gives no reason: the next creation does
                self._current = replace(current, place="", must_ask=False)
                return self._later()
            case 413, _ if current.place and self._piece > LEAST_PIECE:
                self._piece = LEAST_PIECE
                return 0.0
            case 413, _:
                return self._leave(current, Trouble.TOO_LARGE)
            case 408 | 429 | 460, _:
                return self._later()
            case _:
                log.warning("the server does not take recording %s: %s", current.outgoing.path.name, error)
                return self._leave(current, Trouble.REFUSED)

    def _leave(self, current: _UnderWay, why: Trouble) -> float:
        """It stays here until the program is started again; the others go on."""
        self._staying[current.outgoing.path] = why
        self._current, self._differed = None, 0
        return 0.0

    def _later(self, why: Trouble | None = None) -> float:
        self._passing = why
        self._count_if_due(is_news=why not in (None, *self._told.troubles))
        delay_s = min(LAST_RETRY_S, FIRST_RETRY_S * 2.0 ** min(self._failures, 10)) * (0.5 + 0.5 * self._chance())
        self._failures += 1
        return delay_s

    def _count_if_due(self, *, is_news: bool = False) -> None:
        if is_news or self._counted_at is None or self._clock() - self._counted_at > LOOK_EVERY_S:
            self._count(self._shelf.outgoing(self._epoch()))

    def _count(self, found: Found) -> None:
        self._counted_at = self._clock()
        paths = {one.path for one in found.outgoing}
        self._staying = {path: why for path, why in self._staying.items() if path in paths}
        passing = [] if self._passing is None else [self._passing]
        kinds = [*self._staying.values(), *passing, *[Trouble.UNREADABLE] * found.unreadable]
        now = RecordingsWaiting(len(paths), {why: kinds.count(why) for why in Trouble if why in kinds})
        if now != self._told:
            self._told = now
            self._tell(now)


def _hash_of(path: Path) -> tuple[str, int]:
    """Its SHA-256 and its bytes."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return digest.hexdigest(), file.tell()

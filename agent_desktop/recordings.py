"""The recordings that lie on this workstation: each with a key of its own, found by its call, opened to hear or export,
and kept until the server has them.

Beside every recording lies its card: the key and what the recording is of, sealed with a key that follows from the
agent's own (decision 0009).
"""

import json
import logging
import os
import threading
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from agent_desktop.errors import StoreError
from agent_desktop.paths import write_whole
from agent_desktop.softphone.call import Call, CallId
from agent_desktop.softphone.recording.reader import Recorded, read_recording
from agent_desktop.softphone.recording.sealed import (
    KEY_BYTES,
    NotSealedError,
    WrongKeyError,
    is_finished,
    seal_note,
    unseal_note,
)
from agent_desktop.sync.uploads import Found, Outgoing
from agent_model import moment

log = logging.getLogger(__name__)

_RECORDING, _CARD = ".adr", ".card"
LINKED_WITHIN: Final = timedelta(minutes=10)
"""How long a recording waits for the contact it belongs to before it is sent without it."""
QUIET_FOR: Final = timedelta(hours=6)
"""A recording without an end that was not written for so long is one that was cut: no call is on hold or paused that
long. It is sent as it is."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What the phone needs to know to record."""

    path: Path
    key: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """A recording: of which call, which call of the exchange, for which queue, and of which contact once that is known.
    `began_at` is aware UTC."""

    path: Path
    call_id: str
    call_ref: str | None
    queue: str | None
    began_at: datetime
    contact_id: str | None = None


@dataclass(frozen=True, slots=True)
class _Card:
    key: str
    call_id: str
    call_ref: str | None
    queue: str | None
    began_at: str
    contact_id: str | None = None
    sent_at: str | None = None
    sent_epoch: str | None = None
    sent_contact: str | None = None


class Recordings:
    """`own_key` is the 32 bytes that seal the cards. What the server has stays for `kept_for` more."""

    def __init__(
        self,
        folder: Path,
        own_key: bytes,
        clock: Callable[[], datetime],
        new_key: Callable[[], bytes] = lambda: os.urandom(KEY_BYTES),
        kept_for: timedelta = timedelta(days=7),
    ) -> None:
        self._folder = folder
        self._own_key = own_key
        self._clock = clock
        self._new_key = new_key
        self._kept_for = kept_for
        self._writing = threading.Lock()

    def begin(self, call: Call) -> Begun:
        """A place and a key for a recording of this call; the key is on the disk, sealed, before anything is said.
        Raises DiskFull, FolderNotWritable."""
        now, key = self._clock(), self._new_key()
        path = self._folder / f"{now:%Y%m%dT%H%M%S}{now.microsecond // 1000:03}-{call.id}{_RECORDING}"
        began_at = moment.to_text(now)
        self._write(path, _Card(key.hex(), call.id, call.invite.call_ref, call.invite.queue, began_at))
        return Begun(path, key)

    def link(self, call_id: CallId, contact_id: str) -> None:
        """The recordings of this call belong to this contact. Raises DiskFull, FolderNotWritable."""
        with self._writing:
            for path, card in self._cards(f"-{call_id}{_RECORDING}"):
                if card.contact_id != contact_id:
                    self._write(path, replace(card, contact_id=contact_id))

    def take_over(self, old_key: bytes) -> bool:
        """Seals every card of `old_key` with the own one; false when some could not be written and stay as they are."""
        is_whole = True
        for path in self._folder.glob(f"*{_CARD}"):
            name = path.with_suffix(_RECORDING).name
            try:
                note = unseal_note(old_key, name, path.read_text(encoding="ascii"))
                write_whole(path, seal_note(self._own_key, name, note))
            except (NotSealedError, WrongKeyError):
                continue
            except (OSError, ValueError, StoreError) as error:
                is_whole = False
                log.info("card %s stays as it was: %s", path.name, type(error).__name__)
        return is_whole

    def all(self) -> tuple[Kept, ...]:
        """The latest first. A card of another key, or one that is garbled, is passed over and said in the log."""
        found = [
            Kept(path, card.call_id, card.call_ref, card.queue, moment.from_text(card.began_at), card.contact_id)
            for path, card in self._cards(_RECORDING)
        ]
        return tuple(sorted(found, key=lambda kept: kept.began_at, reverse=True))

    def open(self, kept: Kept) -> Recorded:
        """With its sound, which `Recorded.save` exports. Raises NotSealedError, WrongKeyError, OSError."""
        return read_recording(kept.path, bytes.fromhex(self._read(kept.path).key))

    def key_of(self, kept: Kept) -> bytes:
        """What opens it. Raises as `open`."""
        return bytes.fromhex(self._read(kept.path).key)

    # ---- to the server ----------------------------------------------------------------------------------

    def outgoing(self, epoch: str) -> Found:
        """Of calls that are over, what the server has not got: the sound, or which contact it belongs to. What it has
        had for long enough goes."""
        lying = sum(1 for _ in self._folder.glob(f"*{_RECORDING}"))
        cards = self._cards(_RECORDING)
        unreadable = max(0, lying - len(cards))
        due = []
        for path, card in sorted(cards, key=lambda found: found[1].began_at):
            if self._is_let_go(path, card) or _has(card, epoch):
                continue
            try:
                if self._is_over(path, card):
                    due.append(Outgoing(path, bytes.fromhex(card.key), _said(card)))
            except (OSError, NotSealedError) as error:
                log.info("recording %s cannot be read: %s", path.name, type(error).__name__)
                unreadable += 1
        return Found(due, unreadable)

    def arrived(self, sent: Outgoing, epoch: str) -> None:
        """The server has it whole. Raises DiskFull, FolderNotWritable."""
        with self._writing:
            try:
                card = self._read(sent.path)
            except (OSError, NotSealedError, WrongKeyError) as error:
                log.info("recording %s lost its card: %s", sent.path.name, type(error).__name__)
                return
            now = moment.to_text(self._clock())
            card = replace(card, sent_at=now, sent_epoch=epoch, sent_contact=sent.said.get("contact"))
            if not self._is_let_go(sent.path, card):
                self._write(sent.path, card)

    def unwanted(self, sent: Outgoing) -> None:
        """Whom it is of was erased: nothing of it stays."""
        with self._writing:
            _remove(sent.path)

    def erase(self, contacts: Collection[str], calls: Collection[str]) -> None:
        """Every recording of these contacts, and of these calls of the exchange."""
        with self._writing:
            for path, card in self._cards(_RECORDING):
                if card.contact_id in contacts or card.call_ref in calls:
                    _remove(path)

    def _is_over(self, path: Path, card: _Card) -> bool:
        """The call, and the agent's time to say what it was about. Raises OSError, and NotSealedError for what is not
        a recording and does not become one."""
        quiet_for = self._clock() - datetime.fromtimestamp(path.stat().st_mtime, UTC)
        try:
            if not is_finished(path, bytes.fromhex(card.key)):
                return quiet_for > QUIET_FOR
        except NotSealedError:
            if quiet_for > LINKED_WITHIN:
                raise
            return False
        return card.contact_id is not None or quiet_for > LINKED_WITHIN

    def _is_let_go(self, path: Path, card: _Card) -> bool:
        if card.sent_at is None or card.contact_id != card.sent_contact:
            return False
        if self._clock() - moment.from_text(card.sent_at) < self._kept_for:
            return False
        try:
            path.unlink(missing_ok=True)
            path.with_suffix(_CARD).unlink(missing_ok=True)
        except OSError as error:
            log.info("recording %s stays: %s", path.name, type(error).__name__)
            return False
        return True

    def _cards(self, ending: str) -> list[tuple[Path, _Card]]:
        found = []
        for path in self._folder.glob(f"*{_RECORDING}"):
            if not path.name.endswith(ending):
                continue
            try:
                found.append((path, self._read(path)))
            except (OSError, NotSealedError, WrongKeyError) as error:
                log.info("recording %s cannot be opened: %s", path.name, type(error).__name__)
        return found

    def _read(self, path: Path) -> _Card:
        note = unseal_note(self._own_key, path.name, path.with_suffix(_CARD).read_text(encoding="ascii"))
        try:
            return _Card(**json.loads(note))
        except (ValueError, TypeError) as error:
            raise NotSealedError(path.name) from error

    def _write(self, path: Path, card: _Card) -> None:
        note = json.dumps(asdict(card)).encode()
        write_whole(path.with_suffix(_CARD), seal_note(self._own_key, path.name, note))


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
        path.with_suffix(_CARD).unlink(missing_ok=True)
    except OSError as error:
        log.warning("recording %s of somebody who was erased stays: %s", path.name, error)


def _has(card: _Card, epoch: str) -> bool:
    """Whether the server of this history has all of it; of an unknown one what it was told last counts."""
    is_told = card.sent_at is not None and card.contact_id == card.sent_contact
    return is_told and epoch in ("", card.sent_epoch)


def _said(card: _Card) -> dict[str, str]:
    """For the server: what the recording belongs to."""
    said = {"call_ref": card.call_ref, "contact": card.contact_id, "began_at": card.began_at}
    return {name: value for name, value in said.items() if value}

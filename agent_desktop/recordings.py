"""The recordings that lie on this workstation: each with a key of its own, found by its call, opened to hear or export.

Beside every recording lies its card: the key and what the recording is of, sealed with a key that follows from the
agent's own (decision 0009).
"""

import json
import logging
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from agent_desktop.errors import StoreError
from agent_desktop.paths import write_whole
from agent_desktop.softphone.call import Call, CallId
from agent_desktop.softphone.recording.reader import Recorded, read_recording
from agent_desktop.softphone.recording.sealed import KEY_BYTES, NotSealedError, WrongKeyError, seal_note, unseal_note
from agent_model import moment

log = logging.getLogger(__name__)

_RECORDING, _CARD = ".adr", ".card"


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


class Recordings:
    """`own_key` is the 32 bytes that seal the cards."""

    def __init__(
        self,
        folder: Path,
        own_key: bytes,
        clock: Callable[[], datetime],
        new_key: Callable[[], bytes] = lambda: os.urandom(KEY_BYTES),
    ) -> None:
        self._folder = folder
        self._own_key = own_key
        self._clock = clock
        self._new_key = new_key

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

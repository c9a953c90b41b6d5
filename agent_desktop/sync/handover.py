"""Work that is still unsent when its author leaves the seat: sealed so that only the server reads it, and left on the
machine for whoever is signed in next to deliver, in the author's name.

A batch is `magic 5 | X25519 public key 32 | nonce 12 | AES-256-GCM of (HMAC-SHA256 32 | JSON)`. The key is HKDF-SHA256
of the shared secret, salted with both public keys; the HMAC is of the JSON, under a key that only the author's own
session was given. So nobody else can read a batch, change one, or make one up in somebody's name.
"""

import hashlib
import hmac
import json
import logging
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import orjson

from agent_desktop.errors import StoreError
from agent_desktop.paths import write_whole
from agent_model import moment
from agent_model.command import Command
from agent_model.wire import command_to_plain

log = logging.getLogger(__name__)

MAGIC: Final = b"ADHO\x01"
INFO: Final = b"agent-desktop handover 1"
_NONCE_BYTES: Final = 12
_ENDING: Final = ".handover"
_REFUSED: Final = ".refused"
_PARKED: Final = "parked"
_AT_ONCE: Final = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_WAIT: Final = timedelta(hours=1)
LONGEST_WAIT: Final = timedelta(hours=72)
MOST_TRIES: Final = 6
"""A batch that the server refuses is tried again after 1 h, 4 h, 16 h, 64 h and 72 h, then put aside for IT."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """The server's public key, and the key that proves whose a batch is; both 64 hex."""

    public: str
    key: str = field(repr=False)


def seal(recipient: Recipient, author: str, device_id: str, commands: Sequence[Command], sealed_at: datetime) -> bytes:
    """The commands as they were given, with their own times."""
    return seal_plain(recipient, author, device_id, [command_to_plain(command) for command in commands], sealed_at)


def seal_plain(
    recipient: Recipient, author: str, device_id: str, ops: Sequence[Mapping[str, Any]], sealed_at: datetime
) -> bytes:
    """Commands as they go to the server."""
    said = {"author": author, "device_id": device_id, "sealed_at": moment.to_text(sealed_at), "ops": ops}
    return _sealed(recipient, said)


def seal_file_key(recipient: Recipient, author: str, device_id: str, sha256: str, key: bytes) -> bytes:
    """What opens the file with this hash, for whom the server lets hear it."""
    return _sealed(recipient, {"author": author, "device_id": device_id, "sha256": sha256, "file_key": key.hex()})


def _sealed(recipient: Recipient, plain: Mapping[str, Any]) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    payload = orjson.dumps(plain)
    proof = hmac.new(bytes.fromhex(recipient.key), payload, hashlib.sha256).digest()
    own, public = X25519PrivateKey.generate(), bytes.fromhex(recipient.public)
    own_public = own.public_key().public_bytes_raw()
    shared = own.exchange(X25519PublicKey.from_public_bytes(public))
    key = HKDF(SHA256(), 32, own_public + public, INFO).derive(shared)
    nonce, head = os.urandom(_NONCE_BYTES), MAGIC + own_public
    return head + nonce + AESGCM(key).encrypt(nonce, proof + payload, head)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many batches lie on this machine: to be delivered, refused and tried again later, put aside for IT."""

    fresh: int
    refused: int
    parked: int


@dataclass(frozen=True, slots=True)
class _Refusals:
    tries: int = 0
    next_at: datetime = _AT_ONCE


class HandoverFolder:
    """The batches that lie on this machine for one server. Everybody who signs in here delivers them."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def put(self, batch: bytes, sealed_at: datetime) -> None:
        """On the disk when this returns; batches are delivered in the order of `sealed_at`. Raises DiskFull,
        FolderNotWritable."""
        name = f"{sealed_at:%Y%m%dT%H%M%S%f}-{secrets.token_hex(8)}{_ENDING}"
        write_whole(self._path / name, batch.hex())

    def batches(self) -> list[Path]:
        """In the order they are to be delivered."""
        return sorted(self._path.glob(f"*{_ENDING}"))

    def due(self, now: datetime) -> list[Path]:
        """Those that the server has not refused, or not lately. `now` is aware UTC."""
        return [batch for batch in self.batches() if self._refusals(batch).next_at <= now]

    def refused(self, batch: Path, code: str, now: datetime) -> None:
        """The server would not take it, by this word: it waits, and after MOST_TRIES lies in the folder `parked` for IT
        to look at."""
        tries = self._refusals(batch).tries + 1
        wait = min(LONGEST_WAIT, FIRST_WAIT * 4 ** (tries - 1))
        note = {"tries": tries, "code": code, "next_at": moment.to_text(now + wait)}
        try:
            write_whole(batch.with_suffix(_REFUSED), json.dumps(note))
            if tries >= MOST_TRIES:
                (self._path / _PARKED).mkdir(exist_ok=True)
                batch.replace(self._path / _PARKED / batch.name)
                batch.with_suffix(_REFUSED).replace(self._path / _PARKED / batch.with_suffix(_REFUSED).name)
                log.warning("batch %s was refused %d times (%s) and is put aside", batch.name, tries, code)
        except (OSError, StoreError) as error:
            log.info("batch %s: its refusal could not be noted: %s", batch.name, error)

    def count(self) -> Waiting:
        batches = self.batches()
        refused = sum(self._refusals(batch).tries > 0 for batch in batches)
        parked = len(list((self._path / _PARKED).glob(f"*{_ENDING}")))
        return Waiting(len(batches) - refused, refused, parked)

    def read(self, batch: Path) -> bytes | None:
        """None when somebody else has delivered it meanwhile, or it cannot be read."""
        try:
            return bytes.fromhex(batch.read_text(encoding="ascii"))
        except (OSError, ValueError) as error:
            log.info("batch %s: %s", batch.name, type(error).__name__)
            return None

    def remove(self, batch: Path) -> None:
        """The server has it."""
        try:
            batch.unlink(missing_ok=True)
            batch.with_suffix(_REFUSED).unlink(missing_ok=True)
        except OSError as error:  # it is sent again, and the server knows every command of it
            log.info("batch %s stays: %s", batch.name, type(error).__name__)

    def _refusals(self, batch: Path) -> _Refusals:
        """None yet, also where the note of them cannot be read: then it is tried again."""
        try:
            note = json.loads(batch.with_suffix(_REFUSED).read_text(encoding="utf-8"))
            return _Refusals(int(note["tries"]), moment.from_text(note["next_at"]))
        except (OSError, ValueError, KeyError, TypeError):
            return _Refusals()

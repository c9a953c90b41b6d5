"""Work that is still unsent when its author leaves the seat: sealed so that only the server reads it, and left on the
machine for whoever is signed in next to deliver, in the author's name.

A batch is `magic 5 | X25519 public key 32 | nonce 12 | AES-256-GCM of (HMAC-SHA256 32 | JSON)`. The key is HKDF-SHA256
of the shared secret, salted with both public keys; the HMAC is of the JSON, under a key that only the author's own
session was given. So nobody else can read a batch, change one, or make one up in somebody's name.
"""

import hashlib
import hmac
import logging
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import orjson

from agent_desktop.paths import write_whole
from agent_model import moment
from agent_model.command import Command
from agent_model.wire import command_to_plain

log = logging.getLogger(__name__)

MAGIC: Final = b"ADHO\x01"
INFO: Final = b"agent-desktop handover 1"
_NONCE_BYTES: Final = 12
_ENDING: Final = ".handover"


@dataclass(frozen=True, slots=True)
class Recipient:
    """The server's public key, and the key that proves whose a batch is; both 64 hex."""

    public: str
    key: str = field(repr=False)


def seal(recipient: Recipient, author: str, device_id: str, commands: Sequence[Command], sealed_at: datetime) -> bytes:
    """The commands as they were given, with their own times."""
    return _sealed(
        recipient,
        {
            "author": author,
            "device_id": device_id,
            "sealed_at": moment.to_text(sealed_at),
            "ops": [command_to_plain(command) for command in commands],
        },
    )


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
        except OSError as error:  # it is sent again, and the server knows every command of it
            log.info("batch %s stays: %s", batch.name, type(error).__name__)

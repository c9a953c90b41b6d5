"""The key of everything one agent keeps on this workstation, and the ways in to it; see decision 0009.

The key is random and never changes. It lies in `keys.json` of the agent's folder, wrapped once for each way in: the
sign-in password, and a secret that the server gives to whoever has signed in.
"""

import json
import os
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from agent_desktop.errors import FolderNotWritable
from agent_desktop.paths import write_whole

KEY_BYTES: Final = 32
COPIES: Final = ("keys.json", "keys.second.json")
"""Without this file the outbox cannot be read any more, so there are two of it."""
PASSES, LANES, MEMORY_KIB = 3, 4, 64 * 1024
"""Argon2id as in the second recommendation of RFC 9106 §4."""
_NONCE_BYTES: Final = 12
_SALT_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class DataKey:
    """32 random bytes. Nothing is sealed with them directly, only with what `derive` makes of them."""

    secret: bytes = field(repr=False)

    @classmethod
    def new(cls) -> "DataKey":
        return cls(os.urandom(KEY_BYTES))

    @property
    def id(self) -> str:
        """Tells keys apart and nothing about them."""
        return self.derive("id").hex()[:16]

    def derive(self, purpose: str) -> bytes:
        """32 bytes for one purpose, from which neither this key nor another purpose's bytes follow."""
        return _derived(self.secret, purpose)


class Way(StrEnum):
    """In to the key."""

    PASSWORD = "password"  # noqa: S105 - the name of a way, not a secret
    UNLOCK = "unlock"


class KeySlots:
    """The wrapped key of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def id(self) -> str:
        """Of the key that is wrapped here; empty when there is none."""
        return str(self._read().get("id", ""))

    def ways(self) -> frozenset[str]:
        return frozenset(self._read().get("slots", ()))

    def open(self, way: Way, secret: str) -> DataKey | None:
        """None when the secret does not fit. By password it takes a good part of a second, as it should."""
        found = self._read()
        try:
            slot = found["slots"][way]
            salt, wrapped = bytes.fromhex(slot["salt"]), bytes.fromhex(slot["wrapped"])
        except (KeyError, TypeError, ValueError):
            return None
        opened = unsealed(_wrapping(way, secret, salt), wrapped, str(found.get("id")).encode())
        return None if opened is None else DataKey(opened)

    def keep(self, key: DataKey, **secrets: str) -> None:
        """Wraps the key for the ways that are named (`password=`, `unlock=`); other ways to the same key stay.

        Slots of another key are put beside: whoever knows the old password still finds them. Raises DiskFull,
        FolderNotWritable.
        """
        found = self._read()
        if found.get("id") != key.id:
            self._put_beside(str(found.get("id", "spoilt")))
            found = {}
        slots = dict(found.get("slots", {}))
        for way, secret in secrets.items():
            salt = os.urandom(_SALT_BYTES)
            wrapped = sealed(_wrapping(Way(way), secret, salt), key.secret, key.id.encode())
            slots[way] = {"salt": salt.hex(), "wrapped": wrapped.hex()}
        written = json.dumps({"format": 1, "id": key.id, "slots": slots}, indent=1)
        for name in COPIES:
            write_whole(self._folder / name, written)

    def close(self, way: Way) -> None:
        """This way opens the key no more; the others do. Raises DiskFull, FolderNotWritable."""
        found = self._read()
        if found and found["slots"].pop(way, None) is not None:
            for name in COPIES:
                write_whole(self._folder / name, json.dumps(found, indent=1))

    def erase(self) -> None:
        """No secret opens anything here any more: every slot is written over, then removed. Nothing there is fine.
        Raises FolderNotWritable."""
        try:
            for path in sorted(self._folder.glob("keys.*")):
                with path.open("r+b") as file:
                    file.write(bytes(path.stat().st_size))
                    file.flush()
                    os.fsync(file.fileno())
                path.unlink()
        except OSError as error:
            raise FolderNotWritable(self._folder, str(error)) from error

    def _put_beside(self, old: str) -> None:
        for name in COPIES:
            path = self._folder / name
            if path.exists():
                path.replace(path.with_suffix(f".{old}"))

    def _read(self) -> dict[str, Any]:
        """The first copy that can be read; empty when there is none."""
        for name in COPIES:
            try:
                written = json.loads((self._folder / name).read_text(encoding="ascii"))
            except (OSError, ValueError):
                continue
            if isinstance(written, dict) and isinstance(written.get("slots"), dict):
                return written
        return {}


def sealed(key: bytes, note: bytes, about: bytes = b"") -> bytes:
    """AES-256-GCM under a nonce of its own; opens only with the same `about`, which is not hidden."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, note, about)


def unsealed(key: bytes, written: bytes, about: bytes = b"") -> bytes | None:
    """None when this key does not open it, or a bit of it was changed."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(written[:_NONCE_BYTES], written[_NONCE_BYTES:], about)
    except (InvalidTag, ValueError):
        return None


def _wrapping(way: Way, secret: str, salt: bytes) -> bytes:
    if way is Way.UNLOCK:
        return _derived(secret.encode(), "unlock", salt)
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    stretch = Argon2id(salt=salt, length=KEY_BYTES, iterations=PASSES, lanes=LANES, memory_cost=MEMORY_KIB)
    return stretch.derive(secret.encode())


def _derived(secret: bytes, purpose: str, salt: bytes | None = None) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, salt, f"agent-desktop {purpose} 1".encode()).derive(secret)

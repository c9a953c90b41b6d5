"""Opens what a workstation sealed before it sent it (docs/api.md, /sync/v1/files), only with the key of the file, and
seals what comes to the server in clear."""

import os
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC: Final = b"ADREC\x01"
SALT_BYTES: Final = 16
INFO: Final = b"agent-desktop recording 1"
_LENGTH: Final = struct.Struct(">I")
_NONCE: Final = struct.Struct(">IQ")
LARGEST_CHUNK: Final = 64 * 1024 * 1024


class NotSealed(Exception):
    """Not a whole file of this kind, or not with this key."""


def opened(path: Path, key: bytes) -> Iterator[bytes]:
    """Its pieces, the first of which says what it is about and the last how it ended. Raises NotSealed, OSError."""
    with path.open("rb") as file:
        head = file.read(len(MAGIC) + SALT_BYTES)
        if len(head) < len(MAGIC) + SALT_BYTES or not head.startswith(MAGIC):
            raise NotSealed(path.name)
        cipher = AESGCM(HKDF(SHA256(), 32, head[len(MAGIC) :], INFO).derive(key))
        number = 0
        while True:
            length = file.read(_LENGTH.size)
            if len(length) < _LENGTH.size or _LENGTH.unpack(length)[0] > LARGEST_CHUNK:
                raise NotSealed(path.name)
            sealed = file.read(_LENGTH.unpack(length)[0])
            piece, is_last = _open(cipher, number, sealed)
            if piece is None or (is_last and file.read(1)):
                raise NotSealed(path.name)
            yield piece
            if is_last:
                return
            number += 1


def sealed(key: bytes, pieces: Sequence[bytes]) -> bytes:
    """A whole file of these pieces, as `opened` gives them back."""
    salt = os.urandom(SALT_BYTES)
    cipher = AESGCM(HKDF(SHA256(), 32, salt, INFO).derive(key))
    written = [MAGIC + salt]
    for number, piece in enumerate(pieces):
        chunk = cipher.encrypt(_NONCE.pack(number == len(pieces) - 1, number), piece, None)
        written += [_LENGTH.pack(len(chunk)), chunk]
    return b"".join(written)


def content(path: Path, key: bytes) -> bytes:
    """What was sealed, without what says so. Raises as `opened`."""
    return b"".join(list(opened(path, key))[1:-1])


def _open(cipher: AESGCM, number: int, sealed: bytes) -> tuple[bytes | None, bool]:
    for is_last in (False, True):
        try:
            return cipher.decrypt(_NONCE.pack(is_last, number), sealed, None), is_last
        except InvalidTag:
            continue
    return None, False

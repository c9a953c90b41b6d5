"""A file that only its key opens, and that shows when a piece of it is missing, was moved or was changed.

    magic and version 6 | salt 16 | chunk | chunk | ... | last chunk
    chunk: length 4, big endian | AES-256-GCM of the piece, its tag at the end

The key of the file is HKDF-SHA256 of the recording's key and the salt, so that a chunk fits into no other file. The
nonce is 4 bytes "is this the last" and 8 bytes the chunk's number, so that none fits into another place. The first
chunk says what the file is about, the last one how it ended; a file without it was cut.
"""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_MAGIC = b"ADREC\x01"
_SALT_BYTES = 16
_TAG_BYTES = 16
_LENGTH = struct.Struct(">I")
_NONCE = struct.Struct(">IQ")


class NotSealedError(Exception):
    """Not a sealed file, or not one of a version that is known here."""


class WrongKeyError(Exception):
    """The key is not the one of this file, or its very beginning was changed."""


class Wholeness(StrEnum):
    """CUT: the end is missing, as after a crash; what there is was verified. DAMAGED: what follows the pieces that were
    read does not belong there."""

    WHOLE = "whole"
    CUT = "cut"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Unsealed:
    """`ending` is empty unless the file is WHOLE."""

    about: bytes
    content: bytes
    ending: bytes
    wholeness: Wholeness


class SealedFile:
    """Being written: every piece is sealed in memory and lies on the disk when `add` returns.

    Everything raises OSError: the disk is full, the folder is gone, or there is a file of that name already.
    """

    def __init__(self, path: Path, key: bytes, about: bytes) -> None:
        salt = os.urandom(_SALT_BYTES)
        self._cipher = _cipher(key, salt)
        self._number = 0
        self._file = FileIO(path, "x", opener=_for_the_owner)
        try:
            self._append(_MAGIC + salt)
            self.add(about)
        except OSError:
            self._file.close()
            raise

    def __enter__(self) -> "SealedFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, piece: bytes) -> None:
        self._seal(piece, is_last=False)

    def finish(self, ending: bytes) -> None:
        """The file is whole; nothing may be added any more."""
        self._seal(ending, is_last=True)

    def _seal(self, piece: bytes, *, is_last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, is_last=is_last), piece, None)
        self._number += 1
        self._append(_LENGTH.pack(len(sealed)) + sealed)

    def _append(self, written: bytes) -> None:
        if not os.fstat(self._file.fileno()).st_nlink:
            raise FileNotFoundError("the file was taken away while it was written")
        rest = memoryview(written)
        while rest:
            rest = rest[self._file.write(rest) or 0 :]
        os.fsync(self._file.fileno())


def unseal(path: Path, key: bytes) -> Unsealed:
    """Everything that can be verified. Raises NotSealedError, WrongKeyError and OSError."""
    written = path.read_bytes()
    if len(written) < len(_MAGIC) + _SALT_BYTES or not written.startswith(_MAGIC):
        raise NotSealedError(str(path))
    salt, body = written[len(_MAGIC) :][:_SALT_BYTES], memoryview(written)[len(_MAGIC) + _SALT_BYTES :]
    pieces: list[bytes] = []
    wholeness, ending = Wholeness.CUT, b""
    for piece, is_last in _opened(_cipher(key, salt), body):
        if piece is None:
            wholeness, ending = Wholeness.DAMAGED, b""
        elif is_last:
            wholeness, ending = Wholeness.WHOLE, piece
        else:
            pieces.append(piece)
    if not pieces:
        raise NotSealedError("nothing in it") if wholeness is Wholeness.CUT else WrongKeyError(str(path))
    return Unsealed(pieces[0], b"".join(pieces[1:]), ending, wholeness)


def is_finished(path: Path, key: bytes) -> bool:
    """Whether its last piece is there, so that nothing is added any more; found without reading what is before.
    Raises NotSealedError and OSError."""
    with path.open("rb") as file:
        head = file.read(len(_MAGIC) + _SALT_BYTES)
        if len(head) < len(_MAGIC) + _SALT_BYTES or not head.startswith(_MAGIC):
            raise NotSealedError(str(path))
        number, at, size = -1, len(head), file.seek(0, os.SEEK_END)
        begins, length = at, 0
        while at + _LENGTH.size <= size:
            file.seek(at)
            begins, (length,) = at + _LENGTH.size, _LENGTH.unpack(file.read(_LENGTH.size))
            number, at = number + 1, begins + length
        if at != size or number < 0:
            return False
        file.seek(begins)
        piece, is_last = _open(_cipher(key, head[len(_MAGIC) :]), number, memoryview(file.read(length)))
    return piece is not None and is_last


def seal_note(key: bytes, name: str, note: bytes) -> str:
    """A short text beside a sealed file, that only this key opens and only under this name."""
    salt = os.urandom(_SALT_BYTES)
    return (salt + _cipher(key, salt).encrypt(_nonce(0, is_last=True), note, name.encode())).hex()


def unseal_note(key: bytes, name: str, written: str) -> bytes:
    """Raises NotSealedError and WrongKeyError."""
    from cryptography.exceptions import InvalidTag

    try:
        sealed = bytes.fromhex(written)
        salt = sealed[:_SALT_BYTES]
        return _cipher(key, salt).decrypt(_nonce(0, is_last=True), sealed[_SALT_BYTES:], name.encode())
    except ValueError as error:
        raise NotSealedError(name) from error
    except InvalidTag as error:
        raise WrongKeyError(name) from error


def _opened(cipher: "AESGCM", body: memoryview) -> Iterator[tuple[bytes | None, bool]]:
    """Each piece and whether it is the last; None for what does not belong there, which ends it."""
    number = 0
    while len(body) >= _LENGTH.size:
        (length,) = _LENGTH.unpack(body[: _LENGTH.size])
        sealed, body = body[_LENGTH.size :][:length], body[_LENGTH.size + length :]
        if len(sealed) < length:
            return
        piece, is_last = _open(cipher, number, sealed)
        yield piece, is_last
        if piece is None:
            return
        if is_last:
            if body:
                yield None, False
            return
        number += 1


def _open(cipher: "AESGCM", number: int, sealed: memoryview) -> tuple[bytes | None, bool]:
    from cryptography.exceptions import InvalidTag

    if len(sealed) < _TAG_BYTES:
        return None, False
    for is_last in (False, True):
        try:
            return cipher.decrypt(_nonce(number, is_last=is_last), sealed, None), is_last
        except InvalidTag:
            continue
    return None, False


def _cipher(key: bytes, salt: bytes) -> "AESGCM":
    """Imported when a recording starts: a phone that records nothing does without 6 MB."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return AESGCM(HKDF(SHA256(), KEY_BYTES, salt, b"agent-desktop recording 1").derive(key))


def _nonce(number: int, *, is_last: bool) -> bytes:
    return _NONCE.pack(is_last, number)


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)

"""Keeps the files of a Whoosh index in memory, and turns them into one block of bytes and back."""

import struct
import zlib
from io import SEEK_CUR, SEEK_END, SEEK_SET, RawIOBase
from typing import Any, Self

from whoosh.filedb.filestore import RamStorage
from whoosh.filedb.structfile import BufferFile

_MAGIC = b"AKBX"
# Rises whenever the fields or their contents change, so that an older index is rebuilt, not misread.
_FORMAT = 6
_HEAD = struct.Struct("<4sIIQ")
_ENTRY = struct.Struct("<HQ")


class IndexDamaged(Exception):
    """The bytes are not a readable index of this version; build it again from the articles."""


class SharedBytes(RawIOBase):
    """Reads and seeks in bytes that stay where they are, where BytesIO would hold a second copy of the index."""

    def __init__(self, content: memoryview | bytes) -> None:
        super().__init__()
        self._content = memoryview(content)
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        from_ = {SEEK_SET: 0, SEEK_CUR: self._at, SEEK_END: len(self._content)}[whence]
        self._at = from_ + offset
        return self._at

    def readinto(self, buffer: Any) -> int:
        piece = self._content[self._at : self._at + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


class SharedFile(BufferFile):  # type: ignore[misc]
    """A file of the index, as Whoosh reads one."""

    def __init__(self, content: memoryview | bytes, name: str) -> None:
        super().__init__(b"", name=name)
        self._buf = content
        self.file = SharedBytes(content)


class MemoryStorage(RamStorage):  # type: ignore[misc]
    """No article may lie in clear on the disk, so not even Whoosh's temporary files go there."""

    def temp_storage(self, name: str | None = None) -> "MemoryStorage":  # noqa: ARG002
        return MemoryStorage()

    def open_file(self, name: str, **_: object) -> SharedFile:
        return SharedFile(self.files[name], name)

    def to_bytes(self) -> bytes:
        files: list[bytes] = []
        for name, content in sorted(self.files.items()):
            key = name.encode()
            files += (_ENTRY.pack(len(key), len(content)), key, content)
        checksum = length = 0
        for part in files:
            checksum, length = zlib.crc32(part, checksum), length + len(part)
        return b"".join((_HEAD.pack(_MAGIC, _FORMAT, checksum, length), *files))

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        if len(stored) < _HEAD.size:
            raise IndexDamaged("too short")
        magic, version, checksum, length = _HEAD.unpack_from(stored)
        body = memoryview(stored)[_HEAD.size :]
        if magic != _MAGIC or version != _FORMAT or length != len(body):
            raise IndexDamaged("another format or length")
        if zlib.crc32(body) != checksum:
            raise IndexDamaged("checksum differs")
        storage = cls()
        at = 0
        while at < len(body):
            key_length, content_length = _ENTRY.unpack_from(body, at)
            at += _ENTRY.size
            key = str(body[at : at + key_length], "utf-8")
            at += key_length
            storage.files[key] = body[at : at + content_length]
            at += content_length
        return storage

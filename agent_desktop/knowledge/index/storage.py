"""Keeps the files of a Whoosh index in memory, and turns them into one block of bytes and back."""

import struct
import zlib
from typing import Self

from whoosh.filedb.filestore import RamStorage
from whoosh.filedb.structfile import BufferFile

_MAGIC = b"AKBX"
# Rises whenever the fields or their contents change, so that an older index is rebuilt, not misread.
_FORMAT = 2
_HEAD = struct.Struct("<4sIIQ")
_ENTRY = struct.Struct("<HQ")


class IndexDamaged(Exception):
    """The bytes are not a readable index of this version; build it again from the articles."""


class MemoryStorage(RamStorage):  # type: ignore[misc]
    """No article may lie in clear on the disk, so not even Whoosh's temporary files go there."""

    def temp_storage(self, name: str | None = None) -> "MemoryStorage":  # noqa: ARG002
        return MemoryStorage()

    def open_file(self, name: str, **_: object) -> BufferFile:
        # Whoosh would wrap the bytes in a memoryview and copy them once more.
        return BufferFile(self.files[name], name=name)

    def to_bytes(self) -> bytes:
        files: list[bytes] = []
        for name, content in sorted(self.files.items()):
            key = name.encode()
            files += (_ENTRY.pack(len(key), len(content)), key, content)
        body = b"".join(files)
        return _HEAD.pack(_MAGIC, _FORMAT, zlib.crc32(body), len(body)) + body

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
            storage.files[key] = bytes(body[at : at + content_length])
            at += content_length
        return storage

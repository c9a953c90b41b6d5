"""The rows of a scope as a few numbers: two sides with the same numbers hold the same rows in the same versions."""

import hashlib
import zlib
from collections.abc import Iterable
from typing import Final

BUCKETS: Final = 256
MOST_BUCKETS: Final = 4096
_WRAP: Final = 2**64 - 1


def bucket_of(entity: str, id_: str, buckets: int = BUCKETS) -> int:
    """Where a row is counted, in every version of it: CRC-32 of `entity NUL id`, modulo `buckets`."""
    return zlib.crc32(f"{entity}\0{id_}".encode()) % buckets


class Fingerprint:
    """Rows in any order, each once. A bucket is the sum, modulo 2**64, of the BLAKE2b-64 (big endian) of its rows'
    `entity NUL id NUL version`."""

    def __init__(self, buckets: int = BUCKETS) -> None:
        self._sums = [0] * buckets

    def add(self, entity: str, rows: Iterable[tuple[str, int]]) -> None:
        """Rows of one noun, as (id, version)."""
        sums, buckets = self._sums, len(self._sums)
        blake2b, crc32, number = hashlib.blake2b, zlib.crc32, int.from_bytes
        for id_, version in rows:
            key = f"{entity}\0{id_}".encode()
            seal = blake2b(b"%b\0%d" % (key, version), digest_size=8).digest()
            sums[crc32(key) % buckets] += number(seal, "big")

    def hashes(self) -> tuple[str, ...]:
        """One text of 16 hex digits a bucket."""
        return tuple(f"{total & _WRAP:016x}" for total in self._sums)

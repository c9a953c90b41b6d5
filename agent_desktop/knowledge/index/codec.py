"""Stores Whoosh postings so that numpy reads a whole term at once instead of posting by posting."""

import struct
from array import array
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Codec, W3TermsReader
from whoosh.formats import Existence
from whoosh.matching import ListMatcher
from whoosh.writing import SegmentWriter

_TYPE_OF_WIDTH: dict[int, np.dtype[np.unsignedinteger]] = {
    1: np.dtype("<u1"),
    2: np.dtype("<u2"),
    4: np.dtype("<u4"),
}

_HEAD = struct.Struct("<IB")
_MOST_COUNTED = 255

Ids = NDArray[np.int64]
Weights = NDArray[np.float32]


class PackedCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's own files, except the postings: gaps of document numbers in the narrowest width, then one byte
    a document for how often the term occurs."""

    # Lengths are kept exactly beside the segment; Whoosh would round them and ask for each posting.
    length_stats = False

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> "PackedPostings":  # noqa: ARG002
        return PackedPostings(dbfile)

    def postings_reader(self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None) -> Any:
        offset, length = terminfo.extent()
        ids, weights = unpack(dbfile.get(offset, length) or pack(array("I"), array("f")))
        return ListMatcher(ids.tolist(), weights.tolist(), format=format_, scorer=scorer, term=term, terminfo=terminfo)

    def terms_reader(self, storage: Any, segment: Any) -> "PackedTerms":
        name = segment.make_filename(self.TERMS_EXT)
        postings = segment.open_file(storage, self.POSTS_EXT)
        return PackedTerms(self, storage.open_file(name), storage.file_length(name), postings)


class PackedPostings(base.PostingsWriter):  # type: ignore[misc]
    """Also stands as the one block that the term's statistics are taken from."""

    def __init__(self, postfile: Any) -> None:
        self._postfile = postfile
        self._terminfo: Any = None
        self._is_word_list = False
        self._start = 0
        self._ids = array("I")
        self._weights = array("f")

    def start_postings(self, format_: Any, terminfo: Any) -> None:
        self._is_word_list = isinstance(format_, Existence)
        self._terminfo = terminfo
        self._start = self._postfile.tell()
        self._ids = array("I")
        self._weights = array("f")

    def add_posting(self, id_: int, weight: float, *_: Any) -> None:
        self._ids.append(id_)
        self._weights.append(weight)

    def finish_postings(self) -> Any:
        self._terminfo.add_block(self)
        packed = b"" if self._is_word_list else pack(self._ids, self._weights)
        self._postfile.write(packed)
        self._terminfo.set_extent(self._start, len(packed))
        return self._terminfo

    def written(self) -> bool:
        return False

    def __len__(self) -> int:
        return len(self._ids)

    def min_id(self) -> int:
        return self._ids[0]

    def max_id(self) -> int:
        return self._ids[-1]

    def min_length(self) -> int:
        return 0

    def max_length(self) -> int:
        return 0

    def max_weight(self) -> float:
        return max(self._weights)


class PackedTerms(W3TermsReader):  # type: ignore[misc]
    def postings(self, field: str, term: str) -> tuple[Ids, Weights] | None:
        """Document numbers in this segment, ascending, and how often each has the term; None if none has."""
        key = self._keycoder(field, term.encode())
        found = self._tindex.get(key)
        if found is None:
            return None
        offset, length = _extent(found)
        return unpack(self._postfile.get(offset, length))

    def lexicon(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Terms of the field from `prefix` on that begin with it, each with its number of documents."""
        start = self._keycoder(field, prefix.encode())
        for key, info in self._tindex.items_from(start):
            if not key.startswith(start):
                return
            yield key[2:].decode(), _document_frequency(info)


class ArticleWriter(SegmentWriter):  # type: ignore[misc]
    """Gathers postings by term, where Whoosh keeps one tuple a posting and sorts them all."""

    def __init__(self, index: Any) -> None:
        super().__init__(index, codec=PackedCodec(), compound=False)
        self.pool = GatheredPostings()

    @property
    def segment_id(self) -> str:
        return str(self.newsegment.segment_id())


class GatheredPostings:
    def __init__(self) -> None:
        self._terms: dict[tuple[str, bytes], tuple[array[int], array[float]]] = {}

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        field, term, document, weight, _ = item
        held = self._terms.get((field, term))
        if held is None:
            held = self._terms[field, term] = (array("I"), array("f"))
        held[0].append(document)
        held[1].append(weight)

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        for (field, term), (documents, weights) in sorted(self._terms.items(), key=lambda entry: entry[0]):
            for document, weight in zip(documents, weights, strict=True):
                yield field, term, document, weight, b""

    def cleanup(self) -> None:
        self._terms.clear()


def pack(documents: "array[int]", weights: "array[float]") -> bytes:
    ids = np.frombuffer(documents, dtype=np.uint32)
    gaps = np.diff(ids, prepend=np.uint32(0))
    widest = int(gaps.max(initial=0))
    width = 1 if widest < 1 << 8 else 2 if widest < 1 << 16 else 4
    counted = np.minimum(np.frombuffer(weights, dtype=np.float32), _MOST_COUNTED).astype(np.uint8)
    return _HEAD.pack(len(ids), width) + gaps.astype(_TYPE_OF_WIDTH[width]).tobytes() + counted.tobytes()


def unpack(packed: bytes) -> tuple[Ids, Weights]:
    count, width = _HEAD.unpack_from(packed)
    gaps = np.frombuffer(packed, _TYPE_OF_WIDTH[width], count, _HEAD.size)
    counted = np.frombuffer(packed, np.uint8, count, _HEAD.size + count * width)
    return np.cumsum(gaps, dtype=np.int64), counted.astype(np.float32)


# Layout of W3TermInfo.to_bytes: flags, weight, documents, lengths, weight, ids; then the extent.
_INFO = struct.Struct("!BfIBBfII")
_EXTENT = struct.Struct("!qi")


def _extent(info: bytes) -> tuple[int, int]:
    offset, length = _EXTENT.unpack_from(info, _INFO.size)
    return offset, length


def _document_frequency(info: bytes) -> int:
    return int(_INFO.unpack_from(info)[2])

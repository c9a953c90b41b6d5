"""One batch of indexed articles: written once, then read through Whoosh's term dictionary and postings."""

import re
import struct
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any, Final

import numpy as np
import orjson
from numpy.typing import NDArray
from whoosh.fields import FieldType, Schema
from whoosh.formats import Existence, Frequency
from whoosh.index import FileIndex

from agent_desktop.knowledge import pinyin
from agent_desktop.knowledge.index import text
from agent_desktop.knowledge.index.codec import ArticleWriter, Ids, PackedCodec, PackedTerms, Weights
from agent_desktop.knowledge.index.storage import IndexDamaged, MemoryStorage
from agent_model.article import Article

SCORED = ("body", "pair", "sound")
COUNTED_FIELDS = (*SCORED, "titled")
_TITLE_WEIGHT = 3
_SOUND_FIRST = 300
_TOLD_EVERY = 100
_COLUMNS = "columns.{}"
_LENGTH = struct.Struct("<I")
_NUMBER_BYTES = 8
_LATIN = re.compile(r"[a-z]{4,24}")


Numbers = NDArray[np.float64]

CODED: Final[Mapping[str, Callable[[Article], Any]]] = {
    "categories": attrgetter("category"),
    "products": attrgetter("product"),
    "queues": attrgetter("queue"),
    "languages": attrgetter("language"),
    "kinds": attrgetter("kind.value"),
    "tiers": lambda article: tuple(sorted(article.tiers)),
    "regions": lambda article: tuple(sorted(article.regions)),
}
COUNTED: Final[Mapping[str, Callable[[Article], float]]] = {
    "versions": attrgetter("version"),
    "updated_s": lambda article: article.updated_at.timestamp(),
    "valid_from_s": lambda article: article.valid_from.timestamp() if article.valid_from else -np.inf,
    "valid_to_s": lambda article: article.valid_to.timestamp() if article.valid_to else np.inf,
    "helpful": attrgetter("helpful"),
    "unhelpful": attrgetter("unhelpful"),
}


class Counted(FieldType):  # type: ignore[misc]
    """Takes terms already cut and counted; a word list only says which there are, in how many articles."""

    def __init__(self, *, is_word_list: bool = False) -> None:
        super().__init__(Existence() if is_word_list else Frequency(), analyzer=None)

    def index(self, value: Mapping[str, int], **_: Any) -> Iterator[tuple[bytes, int, int, bytes]]:
        for term, count in value.items():
            yield term.encode(), count, count, b""

    def to_bytes(self, value: str | bytes) -> bytes:
        return value if isinstance(value, bytes) else value.encode()

    def from_bytes(self, bs: bytes) -> str:
        return bs.decode()


def schema() -> Schema:
    """`body` words, `pair` Chinese character pairs, `sound` syllable pairs, `titled` the words of titles alone, each
    once; the others are word lists:
    `latin` all Latin words as written; of titles `title` as written, `spoken` and `initials` as `pinyin word`."""
    return Schema(
        body=Counted(),
        pair=Counted(),
        sound=Counted(),
        titled=Counted(),
        title=Counted(is_word_list=True),
        latin=Counted(is_word_list=True),
        spoken=Counted(is_word_list=True),
        initials=Counted(is_word_list=True),
    )


class Columns:
    """What is known of the articles of a segment beside their words: one value an article in each column.

    `CODED` columns are kept as the different values there are and a number for each article.
    """

    def __init__(self, ids: Sequence[str], values: Mapping[str, list[Any]], numbers: Mapping[str, Numbers]) -> None:
        self.ids = ids
        self.values = values
        self.numbers = numbers

    @classmethod
    def of(cls, articles: Sequence[Article], lengths: Mapping[str, list[int]]) -> "Columns":
        values: dict[str, list[Any]] = {}
        numbers: dict[str, Numbers] = {}
        for name, value_of in CODED.items():
            known: dict[Any, int] = {}
            codes = [known.setdefault(value_of(article), len(known)) for article in articles]
            values[name] = list(known)
            numbers[name] = np.array(codes, dtype=np.float64)
        for name, number_of in COUNTED.items():
            numbers[name] = np.array([number_of(article) for article in articles], dtype=np.float64)
        numbers |= {name: np.array(some, dtype=np.float64) for name, some in lengths.items()}
        return cls([article.id for article in articles], values, numbers)

    def to_bytes(self) -> bytes:
        head = orjson.dumps({"ids": self.ids, "values": self.values, "numbers": list(self.numbers)})
        return b"".join((_LENGTH.pack(len(head)), head, *(column.tobytes() for column in self.numbers.values())))

    @classmethod
    def from_bytes(cls, stored: bytes | memoryview) -> "Columns":
        (length,) = _LENGTH.unpack_from(stored)
        at = _LENGTH.size + length
        head = orjson.loads(stored[_LENGTH.size : at])
        count = len(head["ids"])
        numbers = {}
        for name in head["numbers"]:
            numbers[name] = np.frombuffer(stored, np.float64, count, at)
            at += count * _NUMBER_BYTES
        return cls(head["ids"], head["values"], numbers)


def write(
    index: FileIndex,
    storage: MemoryStorage,
    articles: Sequence[Article],
    gone: Iterable[int],
    told: Callable[[int], None],
) -> None:
    """Adds the articles as one segment and drops the documents numbered `gone`; each id at most once."""
    writer = ArticleWriter(index)
    for document in gone:
        writer.delete_document(document)
    lengths: dict[str, list[int]] = {name: [] for name in COUNTED_FIELDS}
    for number, article in enumerate(articles):
        if number % _TOLD_EVERY == 0:
            told(number)
        fields = _fields(article)
        writer.add_document(**fields)
        for name, some in lengths.items():
            # An article that says the same often is not about more: its different words are its length.
            some.append(len(fields[name]))
    if articles:
        storage.files[_COLUMNS.format(writer.segment_id)] = Columns.of(articles, lengths).to_bytes()
    writer.commit(mergetype=_keep_living)


def _keep_living(_: Any, segments: list[Any]) -> list[Any]:
    return [segment for segment in segments if segment.doc_count_all() > segment.deleted_count()]


def _fields(article: Article) -> dict[str, Counter[str]]:
    title = text.normalised(article.title)
    body = text.normalised(article.body)
    named = list(text.words(title))
    titled = Counter({*map(text.term, named)})
    for keyword in article.keywords:
        named += text.words(text.normalised(keyword))
    written = list(text.words(body))
    body_terms = Counter(map(text.term, written))
    for word in named:
        body_terms[text.term(word)] += _TITLE_WEIGHT
    pairs = Counter(text.pairs(body))
    for run in text.han_runs(title):
        for pair in (*text.pairs(run), *run):
            pairs[pair] += _TITLE_WEIGHT
    sound: Counter[str] = Counter()
    for run in text.han_runs(title):
        for pair in text.sound_pairs(pinyin.read(run)):
            sound[pair] += _TITLE_WEIGHT
    for run in text.han_runs(body[:_SOUND_FIRST]):
        sound.update(text.sound_pairs(pinyin.read(run)))
    spoken: Counter[str] = Counter()
    initials: Counter[str] = Counter()
    for word in named:
        if len(word) > 1 and text.is_han(word):
            syllables = pinyin.read(word)
            spoken[f"{''.join(syllables)} {word}"] = 1
            initials[f"{''.join(syllable[0] for syllable in syllables)} {word}"] = 1
    return {
        "body": body_terms,
        "pair": pairs,
        "sound": sound,
        "titled": titled,
        "title": Counter(set(named)),
        "latin": Counter({word for word in (*written, *named) if _LATIN.fullmatch(word)}),
        "spoken": spoken,
        "initials": initials,
    }


class Segment:
    """Never changes; which of its documents are deleted is kept outside, by the view."""

    def __init__(self, storage: MemoryStorage, segment: Any) -> None:
        self.id = str(segment.segment_id())
        self.size = int(segment.doc_count_all())
        name = _COLUMNS.format(self.id)
        if name not in storage.files:
            raise IndexDamaged("a segment without its columns")
        self.columns = Columns.from_bytes(storage.files[name])
        if len(self.columns.ids) != self.size:
            raise IndexDamaged("a segment with columns of another length")
        self._terms: PackedTerms = PackedCodec().terms_reader(storage, segment)

    def lengths(self, field: str) -> NDArray[np.float32]:
        return self.columns.numbers[field].astype(np.float32)

    def postings(self, field: str, term: str) -> tuple[Ids, Weights] | None:
        return self._terms.postings(field, term)

    def lexicon(self, field: str, prefix: str) -> Iterator[tuple[str, int]]:
        return self._terms.lexicon(field, prefix)

    @cached_property
    def latin_words(self) -> list[tuple[str, int]]:
        return list(self._terms.lexicon("latin"))


def forget_columns(storage: MemoryStorage, living: Iterable[str]) -> None:
    kept = {_COLUMNS.format(segment_id) for segment_id in living}
    for name in [name for name in storage.files if name.startswith("columns.") and name not in kept]:
        storage.delete_file(name)

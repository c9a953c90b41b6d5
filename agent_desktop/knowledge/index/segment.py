"""One batch of indexed articles: written once, then read through Whoosh's term dictionary and postings."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from functools import cached_property
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray
from whoosh.fields import FieldType, Schema
from whoosh.formats import Frequency
from whoosh.index import FileIndex

from agent_desktop.knowledge import pinyin
from agent_desktop.knowledge.index import text
from agent_desktop.knowledge.index.codec import ArticleWriter, Ids, PackedCodec, PackedTerms, Weights
from agent_desktop.knowledge.index.storage import IndexDamaged, MemoryStorage
from agent_model.article import Article

SCORED = ("body", "pair", "sound")
_TITLE_WEIGHT = 3
_SOUND_FIRST = 300
_COLUMNS = "columns.{}"
_LATIN = re.compile(r"[a-z]{4,24}")


class Counted(FieldType):  # type: ignore[misc]
    """Takes terms already cut and counted."""

    def __init__(self) -> None:
        super().__init__(Frequency(), analyzer=None)

    def index(self, value: Mapping[str, int], **_: Any) -> Iterator[tuple[bytes, int, int, bytes]]:
        for term, count in value.items():
            yield term.encode(), count, count, b""

    def to_bytes(self, value: str | bytes) -> bytes:
        return value if isinstance(value, bytes) else value.encode()

    def from_bytes(self, bs: bytes) -> str:
        return bs.decode()


def schema() -> Schema:
    """`body` words, `pair` Chinese character pairs, `sound` syllable pairs; the others are word lists:
    `latin` all Latin words as written; of titles `title` as written, `spoken` and `initials` as `pinyin word`."""
    return Schema(
        body=Counted(),
        pair=Counted(),
        sound=Counted(),
        title=Counted(),
        latin=Counted(),
        spoken=Counted(),
        initials=Counted(),
    )


@dataclass(frozen=True, slots=True)
class Columns:
    ids: list[str]
    versions: list[int]
    categories: list[str]
    products: list[str | None]
    queues: list[str | None]
    languages: list[str]
    kinds: list[str]
    tiers: list[list[str]]
    regions: list[list[str]]
    valid_from_s: list[float | None]
    valid_to_s: list[float | None]
    updated_s: list[float]
    helpful: list[int]
    unhelpful: list[int]
    body: list[int]
    pair: list[int]
    sound: list[int]

    @classmethod
    def empty(cls) -> "Columns":
        return cls(*([] for _ in dataclass_fields(cls)))

    def add(self, article: Article, body: int, pair: int, sound: int) -> None:
        self.ids.append(article.id)
        self.versions.append(article.version)
        self.categories.append(article.category)
        self.products.append(article.product)
        self.queues.append(article.queue)
        self.languages.append(article.language)
        self.kinds.append(article.kind.value)
        self.tiers.append(sorted(article.tiers))
        self.regions.append(sorted(article.regions))
        self.valid_from_s.append(article.valid_from.timestamp() if article.valid_from else None)
        self.valid_to_s.append(article.valid_to.timestamp() if article.valid_to else None)
        self.updated_s.append(article.updated_at.timestamp())
        self.helpful.append(article.helpful)
        self.unhelpful.append(article.unhelpful)
        self.body.append(body)
        self.pair.append(pair)
        self.sound.append(sound)


def write(index: FileIndex, storage: MemoryStorage, articles: Iterable[Article], gone: Iterable[int]) -> None:
    """Adds the articles as one segment and drops the documents numbered `gone`; each id at most once."""
    writer = ArticleWriter(index)
    for document in gone:
        writer.delete_document(document)
    columns = Columns.empty()
    for article in articles:
        fields = _fields(article)
        writer.add_document(**fields)
        columns.add(article, *(fields[name].total() for name in SCORED))
    if columns.ids:
        storage.files[_COLUMNS.format(writer.segment_id)] = orjson.dumps(columns)
    writer.commit(mergetype=_keep_living)


def _keep_living(_: Any, segments: list[Any]) -> list[Any]:
    return [segment for segment in segments if segment.doc_count_all() > segment.deleted_count()]


def _fields(article: Article) -> dict[str, Counter[str]]:
    title = text.normalised(article.title)
    body = text.normalised(article.body)
    named = list(text.words(title))
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
        self.columns = Columns(**orjson.loads(storage.files[name]))
        if len(self.columns.ids) != self.size:
            raise IndexDamaged("a segment with columns of another length")
        self._terms: PackedTerms = PackedCodec().terms_reader(storage, segment)

    def lengths(self, field: str) -> NDArray[np.float32]:
        return np.array(getattr(self.columns, field), dtype=np.float32)

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

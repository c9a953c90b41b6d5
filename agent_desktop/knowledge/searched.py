"""What was searched for and what came of it, gathered here and sent many at once; no customer is in it."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from agent_desktop.knowledge import pinyin
from agent_desktop.offline.outbox import Outbox
from agent_model.body import to_body
from agent_model.command import CommandKind, FieldChange
from agent_model.search_record import LONGEST_QUERY, LONGEST_SOUND, SearchBatch, SearchRecord
from agent_model.secret import mask

SENT_AFTER: Final = timedelta(minutes=10)
SENT_FROM: Final = 50
"""Records that are sent before the time is over."""
_CHINESE: Final = re.compile("[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a search was made: for which queue, product and category of ticket, about what. `names` are the people on
    the screen, who are masked."""

    language: str = ""
    queue: str | None = None
    product: str | None = None
    category: str | None = None
    subject: str = ""
    names: tuple[str, ...] = ()


class SearchLog:
    """One search at a time. It is over when it was left, when something of it was inserted, or when another begins;
    what is typed on is the same one. On one thread but for `send`."""

    def __init__(self, outbox: Outbox, agent_id: str, clock: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self._outbox = outbox
        self._agent_id = agent_id
        self._clock = clock
        self._new_id = new_id
        self._current: SearchRecord | None = None
        self._is_finished = False
        self._records: list[SearchRecord] = []

    def searched(self, query: str, hits: int, place: Place) -> None:
        """An answer came for what is typed by now."""
        asked, before = _masked(query, place.names), self._current
        if before is not None and (_led_somewhere(before) or not _is_typed_on(before.query, asked)):
            self.left()
        self._current = self._made(asked, hits, place)
        self._is_finished = False

    def paused(self) -> None:
        """Nothing more was typed: the query is what was meant."""
        self._is_finished = True

    def opened(self, article_id: str, place: Place) -> None:
        self._current = replace(self._begun(place), opened=article_id)

    def inserted(self, article_id: str, place: Place) -> None:
        self._current = replace(self._begun(place), inserted=article_id)
        self.left()

    def unhelpful(self, article_id: str, place: Place) -> None:
        """It was read and did not help; the search may be over by then."""
        for n in range(len(self._records) - 1, -1, -1):
            if article_id in (self._records[n].opened, self._records[n].inserted):
                self._records[n] = replace(self._records[n], unhelpful=article_id)
                return
        self._current = replace(self._begun(place), unhelpful=article_id)

    def left(self) -> None:
        """The search is over; what nobody finished typing is not kept."""
        if self._current is not None and not self._is_unfinished(self._current):
            self._records.append(self._current)
        self._current, self._is_finished = None, False

    @property
    def is_due(self) -> bool:
        """Whether there is enough to be sent, or it has waited long enough."""
        oldest = self._records[0].at if self._records else None
        return len(self._records) >= SENT_FROM or (oldest is not None and self._clock() - oldest >= SENT_AFTER)

    def take(self) -> tuple[SearchRecord, ...]:
        """What is to be sent, which is no longer here."""
        taken, self._records = tuple(self._records), []
        return taken

    def give_back(self, records: Collection[SearchRecord]) -> None:
        """They could not be kept on the disk."""
        self._records[:0] = records

    def send(self, records: Collection[SearchRecord]) -> None:
        """One command for all of them, in the store's lane: reading Chinese takes its time. Raises DiskFull,
        OutboxDamaged or StoreBusy."""
        if not records:
            return
        spoken = tuple(replace(record, sound=sound_of(record.query)) for record in records)
        batch = SearchBatch(self._new_id(), self._agent_id, self._clock(), spoken)
        fields = {name: FieldChange(None, value) for name, value in to_body(batch).items()}
        self._outbox.put("search_batch", batch.id, CommandKind.CREATE, fields, batch.at)

    def _is_unfinished(self, record: SearchRecord) -> bool:
        return not (self._is_finished or _led_somewhere(record))

    def _begun(self, place: Place) -> SearchRecord:
        """The search that is going on; an article that came by suggestion begins one without words."""
        return self._current or self._made("", 0, place)

    def _made(self, query: str, hits: int, place: Place) -> SearchRecord:
        return SearchRecord(
            at=self._clock(),
            query=query,
            hits=hits,
            subject=_masked(place.subject, place.names),
            language=place.language,
            queue=place.queue,
            category=place.category,
            product=place.product,
        )


def sound_of(query: str) -> str:
    """A question in pinyin, whether it was typed in Chinese or so; empty for one in other words."""
    typed = "".join(query.split()).casefold()
    if pinyin.syllables_of(typed):
        return typed[:LONGEST_SOUND]
    runs = _CHINESE.findall(query)
    if "".join(runs) != "".join(sign for sign in query if sign.isalnum()):
        return ""
    return "".join(syllable for run in runs for syllable in pinyin.read(run))[:LONGEST_SOUND]


def _masked(text: str, names: Collection[str]) -> str:
    return mask(text.strip(), names=names)[:LONGEST_QUERY]


def _led_somewhere(record: SearchRecord) -> bool:
    return bool(record.opened or record.inserted or record.unhelpful)


def _is_typed_on(before: str, now: str) -> bool:
    """Whether the one query grew out of the other."""
    return bool(before) and (now.startswith(before) or before.startswith(now))

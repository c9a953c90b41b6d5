"""Whether this workstation holds what the server holds, and putting right what it does not.

Asked after each snapshot but the first ones, at long intervals, and when a page of changes had a gap. Rows and their
versions are compared as hashes in buckets; only buckets that differ are fetched again.
"""

import logging
import time
from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from agent_desktop.offline.mirror import Mirror
from agent_desktop.sync.client import BUCKETS_AT_ONCE, ServerClient
from agent_desktop.sync.events import ScopeChanged
from agent_model.fingerprint import BUCKETS, Fingerprint, bucket_of
from agent_model.scope import Scope
from agent_model.wire import Gone, Row

log = logging.getLogger(__name__)

EVERY: Final = timedelta(hours=6)
CHUNK: Final = 150
BREATH_S: Final = 0.002
WORTH_A_SNAPSHOT: Final = BUCKETS // 8
"""Where more buckets than this differ, the snapshot is the cheaper way."""


class Finding(Enum):
    """AGREES; MOVED: the server has gone on since the cursor, nothing can be said; REPAIRED; BEYOND_REPAIR: take a
    snapshot."""

    AGREES = "agrees"
    MOVED = "moved"
    REPAIRED = "repaired"
    BEYOND_REPAIR = "beyond repair"


class Audit:
    """Knows which scopes are to be looked at. Lives in the thread of the sync cycle.

    Server errors go to the caller; a scope cut short stays due.
    """

    def __init__(
        self,
        client: ServerClient,
        mirror: Mirror,
        clock: Callable[[], datetime],
        changed: Callable[[ScopeChanged], None],
        chance: Callable[[], float],
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = client
        self._mirror = mirror
        self._clock = clock
        self._changed = changed
        self._chance = chance
        self._pause = pause
        self._due_at: dict[Scope, datetime] = {}

    def want(self, scope: Scope) -> None:
        """The scope is due at once."""
        self._due_at[scope] = self._clock()

    def due(self, scopes: Iterable[Scope]) -> list[Scope]:
        """Those of the scopes that are due; one seen for the first time is in a while, not everybody's at once."""
        now = self._clock()
        for scope in scopes:
            self._due_at.setdefault(scope, now + EVERY * (0.25 + 0.75 * self._chance()))
        return [scope for scope in scopes if self._due_at[scope] <= now]

    def check(self, scope: Scope, cursor: int, *, is_last_try: bool) -> Finding:
        """Compares the scope, read up to `cursor`. On the last try also against a server that has gone on: what
        changed meanwhile is then fetched with the rest, which is more than needed and never wrong."""
        server = self._client.verified(scope)
        if server.head != cursor and not is_last_try:
            return Finding.MOVED
        here = Fingerprint()
        for entity, rows in self._mirror.versions(scope):
            here.add(entity, rows)
            self._pause(BREATH_S)
        differing = [
            number for number, pair in enumerate(zip(here.hashes(), server.hashes, strict=True)) if len(set(pair)) > 1
        ]
        if len(differing) > WORTH_A_SNAPSHOT:
            log.warning("%d of %d parts of a scope differ from the server's", len(differing), BUCKETS)
            return Finding.BEYOND_REPAIR
        if differing:
            self._repair(scope, differing, is_expected=server.head != cursor)
        self._due_at[scope] = self._clock() + EVERY * (0.5 + self._chance())
        return Finding.REPAIRED if differing else Finding.AGREES

    def _repair(self, scope: Scope, buckets: list[int], *, is_expected: bool) -> None:
        wrong, gone = 0, 0
        for start in range(0, len(buckets), BUCKETS_AT_ONCE):
            some = buckets[start : start + BUCKETS_AT_ONCE]
            there = {(row.entity, row.id): row for row in self._client.rows_in_buckets(scope, some)}
            here = self._here(scope, frozenset(some))
            rows = [row for key, row in there.items() if here.get(key) != row.version]
            left = [Gone(entity, id_) for entity, id_ in here.keys() - there.keys()]
            self._store(scope, rows, left)
            wrong, gone = wrong + len(rows), gone + len(left)
        level = logging.INFO if is_expected else logging.WARNING
        log.log(level, "%d rows of a scope were not as on the server, %d were too many: put right", wrong, gone)

    def _here(self, scope: Scope, buckets: Collection[int]) -> dict[tuple[str, str], int]:
        return {
            (entity, id_): version
            for entity, rows in self._mirror.versions(scope)
            for id_, version in rows
            if bucket_of(entity, id_) in buckets
        }

    def _store(self, scope: Scope, rows: list[Row], gone: list[Gone]) -> None:
        for start in range(0, max(len(rows), len(gone)), CHUNK):
            part = slice(start, start + CHUNK)
            self._mirror.correct(scope, rows[part], gone[part])
            self._pause(BREATH_S)
        touched: tuple[Row | Gone, ...] = (*rows, *gone)
        entities, ids = frozenset(item.entity for item in touched), frozenset(item.id for item in touched)
        self._changed(ScopeChanged(scope, entities, ids))

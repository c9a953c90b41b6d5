"""One round of sync: send what waits, fetch what changed. It has its own clock and needs no nudge to go on.

Rules it keeps (the protocol's invariants): rows and cursor are stored together; a command leaves the outbox only
with the server's answer; a refused command never holds up the ones behind it; fetching never touches the outbox.
"""

import contextlib
import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from agent_desktop.errors import (
    AnotherEpoch,
    AnswerGarbled,
    ClientTooOld,
    CursorExpired,
    DeviceBlocked,
    ScopeNotYours,
    ServerRefused,
    ServerUnreachable,
)
from agent_desktop.errors import SignInExpired as TokenExpired
from agent_desktop.offline.intake import MET
from agent_desktop.offline.mirror import Cursor, Mirror, Sight
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.pending import State, Written
from agent_desktop.sync import first_fill
from agent_desktop.sync.audit import Audit, Finding
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.conflicts import Conflicts
from agent_desktop.sync.downloads import Downloads
from agent_desktop.sync.erasing import Erasing
from agent_desktop.sync.events import (
    DeviceStopped,
    NeedsAttention,
    Offline,
    ScopeChanged,
    SightChanged,
    SignInExpired,
    Synced,
    Syncing,
    SyncStatus,
    TooOld,
)
from agent_desktop.sync.provisions import Provisions
from agent_desktop.sync.redelivery import Redelivery
from agent_desktop.sync.snapshot import SnapshotFile
from agent_model.command import Answer, Verdict
from agent_model.device import DeviceState
from agent_model.scope import Scope
from agent_model.wire import OPS_A_BATCH, ChangesPage, Gone, Hello, Row

log = logging.getLogger(__name__)

CHUNK = 150
"""Rows a write transaction: small enough that a screen's own write waits less than 20 ms."""
BREATH_S = 0.002
"""Pause between chunks, so that the screen's thread gets the interpreter."""
POLL_S = 30.0
FIRST_RETRY_S = 1.0
LAST_RETRY_S = 60.0
AUDIT_TRIES = 3
NOT_UNDERSTOOD = (400, 413, 422)
"""The server would not read a whole batch: then the one command that it will not read is looked for."""


@dataclass(frozen=True, slots=True)
class Next:
    """When to run again if nothing calls earlier."""

    delay_s: float


def _nothing() -> None:
    """Nobody left anything here."""


def _no_clock(_: str) -> None:
    """Nobody asks how far apart the clocks are."""


def _nobody_hears(_: SightChanged) -> None:
    """There is no screen."""


class SyncCycle:
    """`run` is called from one thread only, again and again; `tell` and `changed` are called from that thread.
    `deliver` brings the server what others left here; `kept_back` hears when other kinds are hidden,
    `met` what time it is for the server.

    `stopping` is asked between chunks, so that the program ends quickly; `pause` is time.sleep outside tests.
    """

    def __init__(
        self,
        client: ServerClient,
        mirror: Mirror,
        outbox: Outbox,
        clock: Callable[[], datetime],
        tell: Callable[[SyncStatus], None],
        changed: Callable[[ScopeChanged], None],
        stopping: Callable[[], bool],
        pause: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
        deliver: Callable[[], None] = _nothing,
        conflicts: Conflicts | None = None,
        erasing: Erasing | None = None,
        kept_back: Callable[[SightChanged], None] = _nobody_hears,
        met: Callable[[str], None] = _no_clock,
        provisions: Provisions | None = None,
    ) -> None:
        self._client = client
        self._mirror = mirror
        self._outbox = outbox
        self._clock = clock
        self._tell = tell
        self._changed = changed
        self._stopping = stopping
        self._pause = pause
        self._chance = chance
        self._deliver = deliver
        self._erasing = erasing
        self._kept_back = kept_back
        self._met = met
        self._provisions = provisions
        self._failures = 0
        self._is_refused = False
        self._offline_since: datetime | None = None
        self._downloads = Downloads(client)
        self._redelivery = Redelivery(client, outbox, clock, stopping)
        self.conflicts = conflicts or Conflicts(client, mirror, outbox, clock)
        self._audit = Audit(client, mirror, clock, changed, chance, pause)

    def run(self) -> Next:
        """Sends and fetches until both are done. Returns when to come again; errors of the network are states here.

        Raises StoreError (DiskFull, CacheDamaged, OutboxDamaged, StoreBusy): the caller decides what becomes of it.
        """
        try:
            is_too_old = not self._may_send()
            self._deliver()
            self._pull()
        except TokenExpired:
            self._tell(SignInExpired(self._outbox.count_waiting()))
            return Next(LAST_RETRY_S)
        except DeviceBlocked as error:
            state = DeviceState.WIPE if error.code == "device_wiped" else DeviceState.LOCKED
            self._tell(DeviceStopped(state, self._outbox.count_waiting()))
            return Next(LAST_RETRY_S)
        except ClientTooOld as error:
            self._is_refused = True
            self._tell(TooOld(self._outbox.count_waiting(), error))
            return Next(LAST_RETRY_S)
        except (ServerUnreachable, AnswerGarbled, ServerRefused) as error:
            return self._failed(error)
        self._failures = 0
        self._is_refused = False
        self._offline_since = None
        waiting = self._outbox.count_waiting()
        if is_too_old:
            self._tell(TooOld(waiting))
            return Next(LAST_RETRY_S)
        self._tell(self._rest(waiting))
        return Next(0.0 if waiting else POLL_S * (0.75 + 0.5 * self._chance()))

    def take(self, since: int, epoch: str, page: ChangesPage) -> bool:
        """Store what came by itself, and say whether it is here now. Else it has to be fetched: `run`.

        Called from the thread of `run`. Raises StoreError.
        """
        cursor = self._mirror.cursors().get(page.scope)
        if cursor is None or not cursor.is_whole or cursor.epoch != epoch or self._stopping() or self._is_refused:
            return False
        if page.next <= cursor.seq:
            return True
        if _gone_customers(page.deleted):  # who they were is looked at first: `run`
            return False
        is_next = cursor.seq == since and not page.more and not page.has_gap_after(since)
        if not is_next or self._outbox.settled():  # those are laid over the rows until the next fetch
            return False
        self._store(page.scope, page.rows, Cursor(page.next, epoch), page.evicted, page.deleted)
        return True

    def _rest(self, waiting: int) -> SyncStatus:
        contested = sum(one.is_open for one in self.conflicts.contested())
        if count := contested + sum(not entry.is_contested for entry in self._outbox.entries(State.PARKED)):
            return NeedsAttention(count, contested)
        return Syncing(waiting) if waiting else Synced(self._clock())

    def _failed(self, error: Exception) -> Next:
        delay_s = min(LAST_RETRY_S, FIRST_RETRY_S * 2 ** min(self._failures, 10)) * (0.5 + 0.5 * self._chance())
        self._failures += 1
        now = self._clock()
        if self._offline_since is None:
            self._offline_since = now
            log.info("server not usable: %s", error)
        self._tell(Offline(self._offline_since, self._outbox.count_waiting(), now + timedelta(seconds=delay_s)))
        return Next(delay_s)

    # ---- sending --------------------------------------------------------------------------------------

    def _may_send(self) -> bool:
        """Sends what waits. False when the server no longer reads what this version writes; fetching goes on."""
        try:
            self._send()
        except ClientTooOld:
            return False
        return True

    def _send(self) -> None:
        try:
            self._push()
        except AnotherEpoch:
            self._redelivery.run(self._client.hello().epoch)
            self._push()

    def _push(self) -> None:
        while not self._stopping():
            commands = self._outbox.hand_out(OPS_A_BATCH)
            if not commands:
                return
            self._tell(Syncing(self._outbox.count_waiting()))
            try:
                self._outbox.answered(self._answers(commands))
            except ServerUnreachable as error:
                if not error.was_sent:
                    self._outbox.not_sent(commands)
                raise

    def _answers(self, commands: Sequence[Written]) -> tuple[Answer, ...]:
        """The server's answers; a command that it cannot even read is refused here, alone, and holds up nobody."""
        try:
            return self._client.push(commands, self._redelivery.epoch)
        except ServerRefused as error:
            if error.status not in NOT_UNDERSTOOD:
                raise
            if len(commands) == 1:
                log.warning("the server cannot read a command: %s", error)
                return (Answer(commands[0].op_id, Verdict.REJECTED, reason=error.code),)
        half = len(commands) // 2
        first = self._answers(commands[:half])
        self._outbox.answered(first)
        return first + self._answers(commands[half:])

    # ---- fetching -------------------------------------------------------------------------------------

    def _pull(self) -> None:
        settled = self._outbox.settled()
        hello = self._client.hello()
        self._met(hello.server_time)
        if self._erasing is not None:
            self._erasing.run(hello)
        if self._provisions is not None:
            self._provisions.run(hello)
        if hello.refusal:
            raise ClientTooOld(426, hello.refusal, hello.oldest, hello.newest)
        self._redelivery.run(hello.epoch)
        cursors = self._mirror.cursors()
        before, sight = self._mirror.sight(), Sight(hello.match_keys, hello.asks_why, hello.hidden, hello.word_keys)
        if any(cursor.epoch != hello.epoch for cursor in cursors.values()):
            log.info("the server's database began another life: everything is fetched again")
            self._mirror.clear()
            cursors = {}
            self._mirror.keep_sight(sight)
            if sight.kinds != before.kinds:
                self._kept_back(SightChanged(sight.kinds))
        lost = cursors.keys() - hello.scopes.keys()
        for scope in (*lost, *([MET] if lost else [])):
            self._drop(scope)
        if hello.scopes and not any(cursor.is_whole for cursor in cursors.values()):
            if not self._first_fill(hello):
                return
            cursors = self._mirror.cursors()
        self._mirror.keep_sight(sight)
        for scope, head in hello.scopes.items():
            if self._stopping():
                return
            self._fetch(scope, head, cursors.get(scope), hello.epoch)
        if self._stopping():
            return
        self._outbox.forget(settled)
        if "conflicts" in hello.features:
            self.conflicts.run()
        if "verify" in hello.features:
            self._verify(hello)

    def _first_fill(self, hello: Hello) -> bool:
        """Whether every scope is here now; else the program is ending."""
        pending = self._outbox.count_waiting()
        try:
            first_fill.fill(
                self._mirror,
                self._downloads,
                hello.scopes,
                hello.epoch,
                self._stopping,
                self._pause,
                lambda done, rows: self._tell(Syncing(pending, done, rows)),
            )
        except first_fill.CutShort:
            return False
        for scope in hello.scopes:  # whole by hash and by count: compared in a while, like any other
            self._changed(ScopeChanged(scope, frozenset(), frozenset()))
        return True

    def _verify(self, hello: Hello) -> None:
        """The scopes that are due for it. What the agent does meanwhile is sent between two of them."""
        for scope in self._audit.due(hello.scopes):
            if self._stopping():
                return
            self._push()
            try:
                self._compare(scope, hello.epoch)
            except ScopeNotYours:
                self._drop(scope)

    def _compare(self, scope: Scope, epoch: str) -> None:
        for attempt in range(AUDIT_TRIES):
            cursor = self._mirror.cursors().get(scope)
            if cursor is None or not cursor.is_whole or self._stopping():
                return
            match self._audit.check(scope, cursor.seq, is_last_try=attempt == AUDIT_TRIES - 1):
                case Finding.MOVED:
                    self._catch_up(scope, cursor)
                case Finding.BEYOND_REPAIR:
                    self._bootstrap(scope, epoch, was_begun=True)
                    return
                case Finding.AGREES | Finding.REPAIRED:
                    return

    def _fetch(self, scope: Scope, head: int, cursor: Cursor | None, epoch: str) -> None:
        try:
            if cursor is None or not cursor.is_whole:
                cursor = self._bootstrap(scope, epoch, was_begun=cursor is not None)
            if cursor is None or cursor.seq == head:
                return
            try:
                self._catch_up(scope, cursor)
            except CursorExpired:
                cursor = self._bootstrap(scope, epoch, was_begun=True)
                if cursor is not None:
                    self._catch_up(scope, cursor)
        except ScopeNotYours:
            self._drop(scope)

    def _drop(self, scope: Scope) -> None:
        self._mirror.drop(scope)
        self._downloads.forget(scope)
        self._changed(ScopeChanged(scope, frozenset(), frozenset()))

    def _catch_up(self, scope: Scope, cursor: Cursor) -> None:
        more = True
        fetched = 0
        while more and not self._stopping():
            page = self._client.changes(scope, cursor.seq)
            if page.has_gap_after(cursor.seq):
                log.warning("entries are missing in what the server told: the scope is compared")
                self._audit.want(scope)
            cursor = Cursor(page.next, cursor.epoch)
            self._store(scope, page.rows, cursor, page.evicted, page.deleted)
            fetched += len(page.rows)
            more = page.more
            if more:
                self._tell(Syncing(self._outbox.count_waiting(), fetched, fetched + page.head - page.next))

    def _bootstrap(self, scope: Scope, epoch: str, *, was_begun: bool) -> Cursor | None:
        """The scope from its snapshot; None when it was cut short (it goes on where it was at the next run).

        `was_begun` says that rows of the scope may be here: those that the snapshot no longer has must go.
        """
        pending = self._outbox.count_waiting()
        manifest, got = self._downloads.whole(scope, epoch, lambda rows: self._tell(Syncing(pending, 0, rows)))
        self._mirror.begin(scope, manifest.epoch)
        done = 0
        with contextlib.closing(SnapshotFile(got)) as snapshot:
            for rows in snapshot.rows(CHUNK):
                if self._stopping():
                    return None
                self._mirror.apply(scope, rows, None)
                done += len(rows)
                self._tell_every(done, manifest.rows, pending)
                self._pause(BREATH_S)
            if was_begun:
                self._mirror.sweep(scope, snapshot.among)
        self._downloads.forget(scope)
        cursor = Cursor(manifest.base_seq, manifest.epoch)
        self._mirror.apply(scope, (), cursor)
        self._audit.want(scope)
        self._changed(ScopeChanged(scope, frozenset(), frozenset()))
        return cursor

    def _tell_every(self, done: int, rows: int, pending: int) -> None:
        if done % (CHUNK * 20) < CHUNK:
            self._tell(Syncing(pending, done, rows))

    def _store(
        self, scope: Scope, rows: tuple[Row, ...], cursor: Cursor, evicted: tuple[Gone, ...], deleted: tuple[Gone, ...]
    ) -> None:
        """A page in chunks: the cursor moves with the last one, so a cut only means fetching the page again."""
        gone = _gone_customers(deleted)
        if gone and self._erasing is not None:
            self._erasing.look(gone)
        length = max(len(rows), len(evicted), len(deleted))
        for start in range(0, max(1, length), CHUNK):
            part = slice(start, start + CHUNK)
            is_last = start + CHUNK >= length
            self._mirror.apply(scope, rows[part], cursor if is_last else None, evicted[part], deleted[part])
            self._pause(BREATH_S)
        touched: tuple[Row | Gone, ...] = (*rows, *evicted, *deleted)
        entities, ids = frozenset(item.entity for item in touched), frozenset(item.id for item in touched)
        self._changed(ScopeChanged(scope, entities, ids))


def _gone_customers(deleted: Sequence[Gone]) -> list[str]:
    return [row.id for row in deleted if row.entity == "customer"]
